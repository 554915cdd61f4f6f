"""The analysis table: from the words said to the idea they come to, side by side.

The columns follow the usual table of qualitative content analysis (Graneheim and Lundman, 2004);
their headings, and which of them stand there unasked, follow the study's way of working.
"""

from __future__ import annotations

from collections.abc import Sequence

from kodebok.coding.method_words import part_word
from kodebok.domain.coding import Excerpt
from kodebok.domain.method import Part, Profile, profile_of
from kodebok.export.csv_out import csv_bytes
from kodebok.export.document import Block, Document, Table, paragraph
from kodebok.export.document import ParagraphKind as Kind
from kodebok.export.excel import Sheet, workbook_bytes
from kodebok.export.model import StudyView
from kodebok.export.quoting import passage_words
from kodebok.export.word import word_bytes
from kodebok.export.word_styles import Font
from kodebok.i18n import translator_to

_WIDTHS = {
    Part.UNIT: 9,
    Part.CONDENSED: 6,
    Part.CODE: 4,
    Part.SUBGROUP: 4,
    Part.GROUP: 4,
    Part.THEME: 4,
}


def analysis_table(view: StudyView, *, language: str = "") -> Table:
    """A row for each coded passage, in the codebook's order.

    Beside the columns of the way of working stand those in which something is written. Without a
    condensation of the passage the one of code × participant is shown, else the code's own.
    """
    lang = language or view.project.language
    profile = profile_of(view.project.method)
    place = {code.id: i for i, code in enumerate(view.codes)}
    listed = sorted(
        view.excerpts,
        key=lambda e: (place.get(e.code_id, len(place)), e.source, e.start, e.end, e.coder),
    )
    condensed = _condensed(view, listed)
    rows = [
        {
            Part.UNIT: passage_words(view, excerpt, lang),
            Part.CONDENSED: shorter,
            **_places_in_tree(view, excerpt, profile),
            Part.THEME: view.theme_of(excerpt.code_id),
        }
        for excerpt, shorter in zip(listed, condensed, strict=True)
    ]
    parts = _columns(profile, rows)
    return Table(
        tuple(part_word(view.project.method, part, to=lang) for part in parts),
        tuple(tuple(row[part] for part in parts) for row in rows),
        widths=tuple(_WIDTHS[part] for part in parts),
    )


def _condensed(view: StudyView, excerpts: Sequence[Excerpt]) -> list[str]:
    by_coding = {c.coding_id: c.text for c in view.condensations if c.coding_id}
    by_cell = {(c.code_id, c.case_id): c.text for c in view.condensations if not c.coding_id}
    ids = view.case_ids_by_name()
    found = []
    for excerpt in excerpts:
        of_case = by_cell.get((excerpt.code_id, ids.get(excerpt.case or "")))
        of_code = by_cell.get((excerpt.code_id, None))
        found.append(by_coding.get(excerpt.id) or of_case or of_code or "")
    return found


def _places_in_tree(view: StudyView, excerpt: Excerpt, profile: Profile) -> dict[Part, str]:
    """The code, the codes between it and the top, and the top code; a top code has no others."""
    if excerpt.code_id not in view.codes:
        return {Part.CODE: excerpt.code, Part.SUBGROUP: "", Part.GROUP: ""}
    name = view.codes[excerpt.code_id].name
    above = [code.name for code in view.codes.ancestors(excerpt.code_id)]
    if not above:
        own = Part.GROUP if profile.top_is_group else Part.CODE
        return {Part.CODE: "", Part.SUBGROUP: "", Part.GROUP: "", own: name}
    *between, top = above
    return {Part.CODE: name, Part.SUBGROUP: " / ".join(reversed(between)), Part.GROUP: top}


def _columns(profile: Profile, rows: Sequence[dict[Part, str]]) -> list[Part]:
    filled = {part for row in rows for part, words in row.items() if words}
    wanted = set(profile.columns)
    optional = {Part.SUBGROUP}
    shown = (wanted & filled) | (wanted - optional) | (filled - optional)
    return [part for part in _WIDTHS if part in shown]


def analysis_docx(
    view: StudyView, *, language: str = "", made_on: str = "", font: Font = Font.TIMES
) -> bytes:
    """The analysis table as a Word file with lying pages."""
    lang = language or view.project.language
    title = translator_to(lang, "export")("Analysis table")
    blocks: tuple[Block, ...] = (
        paragraph(Kind.HEADING_1, title),
        analysis_table(view, language=lang),
    )
    return word_bytes(Document(title, lang, blocks, made_on, landscape=True), font)


def analysis_xlsx(view: StudyView, *, language: str = "", made_on: str = "") -> bytes:
    """The analysis table as a spreadsheet."""
    lang = language or view.project.language
    title = translator_to(lang, "export")("Analysis table")
    return workbook_bytes([Sheet(title, analysis_table(view, language=lang))], title, made_on)


def analysis_csv(view: StudyView, *, language: str = "") -> bytes:
    """The analysis table as CSV."""
    lang = language or view.project.language
    return csv_bytes(analysis_table(view, language=lang), lang)
