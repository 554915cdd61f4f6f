"""The rows of the project screen's tables, read from the study."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kodebok.domain.case import CaseKind
from kodebok.domain.note import Note, NoteKind, Target
from kodebok.i18n import translator
from kodebok.storage import cases, codes, consents, notes, sources
from kodebok.study.consent import consent_words
from kodebok.tui.widgets.plain import bar_of
from kodebok.tui.widgets.tables import Column
from kodebok.tui.words import note_words, number, type_words

if TYPE_CHECKING:
    from kodebok.coding.retrieval import SourceCoverage
    from kodebok.study.opening import Study

_ = translator("tui")

SHORT_SCREEN = 30  # rows below which the screen says less
_BAR_WIDE = 6
_VARIABLE_WIDE = 16
_CONSENT_WIDE = 19

Row = tuple[str, tuple[str, ...]]


def source_columns(people: str) -> list[Column]:
    """Columns of the sources; `people` heads the participants."""
    return [
        Column(_("Source")),
        Column(_("Type"), 15),
        Column(people, 14),
        Column(_("Words"), 7, right=True),
        Column(_("Coded"), 11),
        Column(_("Read"), 5),
    ]


def load_source_rows(
    study: Study, coverage: Iterable[SourceCoverage], *, ascii_only: bool
) -> list[Row]:
    """A row for each source; coded is the share of its words."""
    names = {case.id: case.name for case in cases.load_cases(study.store)}
    voices = _names_by_source(study, names)
    reads = sources.load_reads(study.store)
    shares = {item.source_id: item.coded_words / max(1, item.words) for item in coverage}
    listed: list[Row] = []
    for source in sources.load_sources(study.store):
        share = shares.get(source.id, 0.0)
        bar = bar_of(share, _BAR_WIDE, ascii_only=ascii_only)
        read = study.coder.id in reads.get(source.id, ())
        cells = (
            source.name,
            type_words(source.type),
            names.get(source.case_id or "") or ", ".join(voices.get(source.id, ())) or "–",
            number(source.words),
            f"{bar} {share:>3.0%}",
            _("yes") if read else "–",
        )
        listed.append((source.id, cells))
    return listed


def _names_by_source(study: Study, names: Mapping[str, str]) -> dict[str, list[str]]:
    """Names of the participants whose voices a source has."""
    found: dict[str, list[str]] = {}
    for speaker in sources.load_speakers(study.store):
        name = names.get(speaker.case_id or "")
        if name:
            found.setdefault(speaker.source_id, []).append(name)
    return found


@dataclass(frozen=True, slots=True)
class CaseRows:
    """The participants' rows, and the variables that have a column each."""

    variables: tuple[str, ...]
    rows: tuple[Row, ...]


def case_columns(people: str, variables: Sequence[str]) -> list[Column]:
    """Columns of the participants: the name under `people`, the consent, then each variable."""
    return [
        Column(people),
        Column(_("Consent"), _CONSENT_WIDE),
        *(Column(name, _VARIABLE_WIDE) for name in variables),
    ]


def load_case_rows(study: Study) -> CaseRows:
    """A row for each participant and site."""
    variables = tuple(variable.name for variable in cases.load_variables(study.store))
    held = consents.load_consents(study.store)
    rows = []
    for case in cases.load_cases(study.store):
        is_person = case.kind is CaseKind.PARTICIPANT
        name = case.name if is_person else _("{name} (site)", name=case.name)
        consent = consent_words(held, case.id) if is_person else "–"
        rows.append((case.id, (name, consent, *(case.values.get(v, "–") for v in variables))))
    return CaseRows(variables, tuple(rows))


def memo_columns() -> list[Column]:
    """Columns of the memos."""
    return [Column(_("On"), 22), Column(_("Kind"), 16), Column(_("Memo"))]


def load_memo_rows(study: Study) -> list[Row]:
    """A row for each memo, the newest first."""
    names = _target_names(study)
    listed: list[Row] = []
    for note in reversed(notes.load_notes(study.store)):
        about = names.get(note.target_id or "", _("the study"))
        words = f"{note.title}: {note.text}" if note.title else note.text
        listed.append((note.id, (about, note_words(note.kind), words)))
    return listed


def _target_names(study: Study) -> dict[str, str]:
    store = study.store
    names = {source.id: source.name for source in sources.load_sources(store)}
    names |= {case.id: case.name for case in cases.load_cases(store)}
    names |= {code.id: code.name for code in codes.load_code_tree(store)}
    names |= {theme.id: theme.name for theme in notes.load_themes(store)}
    for note in notes.load_notes(store, Target.CODING):
        names.setdefault(note.target_id or "", _("a coded passage"))
    return names


def find_note(study: Study, note_id: str | None) -> Note | None:
    """The memo of that id, or None."""
    listed = notes.load_notes(study.store) if note_id else []
    return next((note for note in listed if note.id == note_id), None)


def load_impressions(study: Study, source_id: str | None) -> tuple[str, str]:
    """The first impression of a source, and what was written after coding it."""
    if source_id is None:
        return "", ""
    listed = notes.load_notes(study.store, Target.SOURCE, source_id)
    before = [note.text for note in listed if note.kind is NoteKind.FIRST_IMPRESSION]
    after = [note.text for note in listed if note.kind is NoteKind.AFTER_CODING]
    return "\n".join(before), "\n".join(after)
