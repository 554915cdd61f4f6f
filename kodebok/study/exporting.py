"""Every export by its name: what it can be told, how it is made, and where it lies afterwards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path

from kodebok.coding.naming import find_case, find_source
from kodebok.domain.text import fold_space
from kodebok.domain.verbatim import TextView
from kodebok.errors import WrongUseError
from kodebok.export.model import StudyView
from kodebok.i18n import translator
from kodebok.storage import sounding
from kodebok.storage.codings import ExcerptFilter
from kodebok.study.departing import log_export
from kodebok.study.gating import study_gate
from kodebok.study.opening import Study
from kodebok.study.singled_out import printed_role_sentences
from kodebok.study.view import load_view

_ = translator("study")


class ExportKind(StrEnum):
    """What can be made of a study."""

    WORD = "word"
    INTERVIEW = "interview"
    ANALYSIS_TABLE = "analysis-table"
    EXCEL = "excel"
    CSV = "csv"
    HTML = "html"
    APPENDIX = "appendix"
    REFI = "refi"
    REFI_CODEBOOK = "refi-codebook"
    CODEBOOK = "codebook"
    TEXT = "text"
    CAPTIONS = "captions"
    MEMBER_CHECK = "member-check"
    FIGURES = "figures"


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """What an export may be told.

    Attributes:
        preset: How quotes are printed (Word); the setting when empty.
        language: Of the document; the project's when empty.
        source: Name or id (interview, text, captions).
        format: `docx`, `xlsx` or `csv` (analysis table, appendix); empty for the first that fits.
        view: How a transcript is printed (text, captions): `verbatim`, `clean` or `readable`;
            empty for the usual one.
        with_matrix: Whether the matrix stands in the chapter.
        from_codings: Every coded passage in place of the chosen quotes; None lets the study decide.
        despite: Why it is written although the gate stops it; it is logged.
        case: Name or id of a participant (member check); else the source's is taken.
        figure: Which figure: `matrix`, `new-codes` or `cooccurrence`.
        command: The command that makes the export again, printed in the chapter.
    """

    preset: str = ""
    language: str = ""
    source: str = ""
    case: str = ""
    figure: str = "matrix"
    format: str = ""
    title: str = ""
    view: str = ""
    with_matrix: bool = False
    with_times: bool = False
    from_codings: bool | None = None
    overwrite: bool = False
    despite: str = ""
    command: str = ""
    wanted: ExcerptFilter = field(default_factory=ExcerptFilter)


@dataclass(frozen=True, slots=True)
class MadeExport:
    """A finished file, and what its author should know before using it."""

    content: bytes
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ExportResult:
    """What was written, what is doubtful in it, and what the gate said."""

    path: Path
    sentences: tuple[str, ...]
    bytes_written: int


Maker = Callable[[Study, StudyView, ExportOptions, str], bytes | MadeExport]

_SUFFIXES = {
    ExportKind.WORD: ("docx",),
    ExportKind.INTERVIEW: ("docx",),
    ExportKind.ANALYSIS_TABLE: ("docx", "xlsx", "csv"),
    ExportKind.EXCEL: ("xlsx",),
    ExportKind.CSV: ("csv",),
    ExportKind.HTML: ("html",),
    ExportKind.APPENDIX: ("xlsx", "html"),
    ExportKind.REFI: ("qdpx",),
    ExportKind.REFI_CODEBOOK: ("qdc",),
    ExportKind.CODEBOOK: ("docx",),
    ExportKind.TEXT: ("txt", "docx"),
    ExportKind.CAPTIONS: ("vtt", "srt", "eaf", "textgrid"),
    ExportKind.MEMBER_CHECK: ("docx",),
    ExportKind.FIGURES: ("svg", "png"),
}


def export_formats(kind: ExportKind) -> tuple[str, ...]:
    """The endings that an export can have, the usual one first."""
    return _SUFFIXES[kind]


def default_path(study: Study, kind: ExportKind, options: ExportOptions) -> Path:
    """Where an export goes when no path is given: the project's folder `exports`."""
    names = {
        ExportKind.WORD: _("findings"),
        ExportKind.INTERVIEW: _("interview"),
        ExportKind.ANALYSIS_TABLE: _("analysis-table"),
        ExportKind.EXCEL: _("excerpts"),
        ExportKind.CSV: _("excerpts"),
        ExportKind.HTML: _("excerpts"),
        ExportKind.APPENDIX: _("appendix"),
        ExportKind.REFI: _("study"),
        ExportKind.REFI_CODEBOOK: _("codebook"),
        ExportKind.CODEBOOK: _("codebook"),
        ExportKind.TEXT: _("transcript"),
        ExportKind.CAPTIONS: _("captions"),
        ExportKind.MEMBER_CHECK: _("member-check"),
        ExportKind.FIGURES: _("figure"),
    }
    name = names[kind]
    if kind is ExportKind.FIGURES:
        name = f"{name}-{options.figure}"
    if kind is ExportKind.MEMBER_CHECK:
        name = f"{name}-{_number_of_case(study, options)}"
    if options.source and kind is not ExportKind.MEMBER_CHECK:
        source = find_source(study.store, options.source)
        kept = "".join(sign if sign.isalnum() or sign in " -_" else "-" for sign in source.name)
        name = f"{name}-{fold_space(kept).replace(' ', '-')}"
    return study.folder / "exports" / f"{name}.{_format(kind, options)}"


def _number_of_case(study: Study, options: ExportOptions) -> int:
    """The participant's number: a file name tells no name."""
    return load_view(study).case_numbers().get(_needed_case(study, options), 0)


def _needed_case(study: Study, options: ExportOptions) -> str:
    if options.source and not options.case:
        case_id = find_source(study.store, options.source).case_id
        if case_id:
            return case_id
    if not options.case:
        raise WrongUseError(
            _("that export is for one participant"),
            _("name the participant with --case"),
            "K388",
        )
    return find_case(study.store, options.case).id


def _format(kind: ExportKind, options: ExportOptions) -> str:
    possible = _SUFFIXES[kind]
    chosen = options.format.lower().removeprefix(".") or possible[0]
    if chosen not in possible:
        raise WrongUseError(
            _("that export cannot have that format"),
            _("use one of: {choices}", choices=", ".join(possible)),
            "K530",
        )
    return chosen


def make_export(study: Study, kind: ExportKind, options: ExportOptions) -> MadeExport:
    """The file; the same study gives the same bytes on the same day.

    Raises:
        WrongUseError: An option that does not fit, or no such source.
    """
    view = load_view(study, options.wanted)
    day = date.today().isoformat()  # noqa: DTZ011 - the user's own day
    made = _MAKERS[kind](study, view, options, day)
    return made if isinstance(made, MadeExport) else MadeExport(made)


def run_export(
    study: Study, kind: ExportKind, path: Path | None, options: ExportOptions
) -> ExportResult:
    """Make an export, and write it once the gate has let it pass.

    Raises:
        WrongUseError: An option that does not fit, or a file that is there already.
        ProtectionError: The gate stops it.
        KodebokError: The disk is full, or the place cannot be written.
    """
    from kodebok.export.write import write_export

    made = make_export(study, kind, options)
    target = path or default_path(study, kind, options)
    gate = study_gate(study, despite=options.despite)
    verdict = write_export(target, made.content, gate, kind=kind, overwrite=options.overwrite)
    log_export(study, target, kind, made.content)
    doubts = made.doubts + printed_role_sentences(study, kind)
    return ExportResult(target, doubts + verdict.sentences, len(made.content))


def _word(study: Study, view: StudyView, options: ExportOptions, day: str) -> MadeExport:
    from kodebok.export.chapter import make_chapter
    from kodebok.export.presets import choose_preset
    from kodebok.export.word import word_bytes

    name = options.preset or study.settings.get("preset")
    overrides = study.settings.table("presets").get(name, {})
    document = make_chapter(
        view,
        choose_preset(name, overrides),
        language=options.language,
        title=options.title,
        made_on=day,
        command=options.command,
        with_matrix=options.with_matrix,
        from_codings=options.from_codings,
    )
    return MadeExport(word_bytes(document), document.doubts)


def _interview(study: Study, view: StudyView, options: ExportOptions, day: str) -> bytes:
    from kodebok.export.margin import margin_docx

    source = _needed_source(study, options)
    return margin_docx(
        view,
        source,
        language=options.language,
        made_on=day,
        with_times=options.with_times,
    )


def _needed_source(study: Study, options: ExportOptions) -> str:
    if not options.source:
        raise WrongUseError(
            _("that export is of one source"), _("name the source, such as I1"), "K531"
        )
    return find_source(study.store, options.source).id


def _analysis_table(_study: Study, view: StudyView, options: ExportOptions, day: str) -> bytes:
    from kodebok.export import analysis_table

    form = _format(ExportKind.ANALYSIS_TABLE, options)
    if form == "csv":
        return analysis_table.analysis_csv(view, language=options.language)
    make = analysis_table.analysis_xlsx if form == "xlsx" else analysis_table.analysis_docx
    return make(view, language=options.language, made_on=day)


def _excel(_study: Study, view: StudyView, options: ExportOptions, day: str) -> bytes:
    from kodebok.export.excel import appendix_xlsx

    return appendix_xlsx(view, language=options.language, made_on=day)


def _csv(_study: Study, view: StudyView, options: ExportOptions, _day: str) -> bytes:
    from kodebok.export.csv_out import csv_bytes
    from kodebok.export.excel import excerpts_table

    language = options.language or view.project.language
    return csv_bytes(excerpts_table(view, language), language)


def _html(_study: Study, view: StudyView, options: ExportOptions, day: str) -> bytes:
    from kodebok.export.html import appendix_html

    return appendix_html(view, language=options.language, made_on=day)


def _appendix(study: Study, view: StudyView, options: ExportOptions, day: str) -> bytes:
    if _format(ExportKind.APPENDIX, options) == "html":
        return _html(study, view, options, day)
    return _excel(study, view, options, day)


def _refi(_study: Study, view: StudyView, _options: ExportOptions, _day: str) -> bytes:
    from kodebok.export.refi import qdpx_bytes

    return qdpx_bytes(view)


def _refi_codebook(_study: Study, view: StudyView, _options: ExportOptions, _day: str) -> bytes:
    from kodebok.export.refi import qdc_bytes

    return qdc_bytes(view)


def _codebook(_study: Study, view: StudyView, options: ExportOptions, day: str) -> bytes:
    from kodebok.export.codebook_doc import codebook_docx

    return codebook_docx(view, language=options.language, made_on=day)


def _text(study: Study, view: StudyView, options: ExportOptions, day: str) -> bytes:
    from kodebok.export import text_out

    source = _needed_source(study, options)
    marks = sounding.load_marks(study.store, source)
    printed = TextView(options.view or TextView.VERBATIM)
    if _format(ExportKind.TEXT, options) == "txt":
        return text_out.source_text_bytes(
            view, source, with_times=options.with_times, marks=marks, printed=printed
        )
    from kodebok.export.word import word_bytes

    return word_bytes(
        text_out.source_document(
            view,
            source,
            with_times=options.with_times,
            marks=marks,
            printed=printed,
            made_on=day,
        )
    )


def _captions(study: Study, view: StudyView, options: ExportOptions, day: str) -> bytes:
    from kodebok.export import captions, elan, praat, timed

    source_id = _needed_source(study, options)
    source = timed.TimedSource(
        view,
        source_id,
        sounding.load_word_times(study.store, source_id),
        sounding.load_marks(study.store, source_id),
        TextView(options.view or TextView.CLEAN),
    )
    form = _format(ExportKind.CAPTIONS, options)
    if form == "vtt":
        return captions.vtt_bytes(timed.captions(source))
    if form == "srt":
        return captions.srt_bytes(timed.captions(source))
    tiers = timed.tiers(timed.timed_turns(source), _("speech"))
    return elan.eaf_bytes(tiers, day) if form == "eaf" else praat.textgrid_bytes(tiers)


def _member_check(study: Study, view: StudyView, options: ExportOptions, day: str) -> bytes:
    from kodebok.export.member_check import member_check_document
    from kodebok.export.word import word_bytes

    case_id = _needed_case(study, options)
    return word_bytes(member_check_document(view, case_id, language=options.language, made_on=day))


def _figures(study: Study, view: StudyView, options: ExportOptions, _day: str) -> bytes:
    from kodebok.coding import new_code_curves, retrieval
    from kodebok.export import figures

    form = _format(ExportKind.FIGURES, options)
    language = options.language or view.project.language
    given = {"form": form, "language": language, "command": options.command}
    if options.figure == "cooccurrence":
        pairs = retrieval.load_cooccurrence(study.store)
        return figures.cooccurrence_figure(view, pairs, **given)
    if options.figure == "new-codes":
        found = [codes for _source, codes in new_code_curves.load_codes_by_source(study.store)]
        points = new_code_curves.draw_curve(found).points
        drawn = [figures.CurvePoint(p.codes, p.mean, p.low, p.high) for p in points]
        return figures.curve_figure(drawn, **given)
    return figures.matrix_figure(view, **given)


_MAKERS: dict[ExportKind, Maker] = {
    ExportKind.MEMBER_CHECK: _member_check,
    ExportKind.FIGURES: _figures,
    ExportKind.WORD: _word,
    ExportKind.INTERVIEW: _interview,
    ExportKind.ANALYSIS_TABLE: _analysis_table,
    ExportKind.EXCEL: _excel,
    ExportKind.CSV: _csv,
    ExportKind.HTML: _html,
    ExportKind.APPENDIX: _appendix,
    ExportKind.REFI: _refi,
    ExportKind.REFI_CODEBOOK: _refi_codebook,
    ExportKind.CODEBOOK: _codebook,
    ExportKind.TEXT: _text,
    ExportKind.CAPTIONS: _captions,
}
