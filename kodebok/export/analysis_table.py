"""The analysis table: meaning unit, condensed wording, code, category and theme, side by side.

The columns follow the usual table of qualitative content analysis (Graneheim and Lundman, 2004).
"""

from __future__ import annotations

from kodebok.export.csv_out import csv_bytes
from kodebok.export.document import Block, Document, Table, paragraph
from kodebok.export.document import ParagraphKind as Kind
from kodebok.export.excel import Sheet, workbook_bytes
from kodebok.export.model import StudyView
from kodebok.export.quoting import passage_words
from kodebok.export.word import word_bytes
from kodebok.export.word_styles import Font
from kodebok.i18n import translator_to


def analysis_table(view: StudyView, *, language: str = "") -> Table:
    """A row for each coded passage, in the codebook's order.

    A code's category is its top code; a top code has none. Without a condensation of the passage
    the one of code × participant is shown.
    """
    lang = language or view.project.language
    _ = translator_to(lang, "export")
    by_coding = {c.coding_id: c.text for c in view.condensations if c.coding_id}
    by_cell = {(c.code_id, c.case_id): c.text for c in view.condensations if not c.coding_id}
    ids = view.case_ids_by_name()
    place = {code.id: i for i, code in enumerate(view.codes)}
    rows = []
    for e in sorted(
        view.excerpts, key=lambda e: (place.get(e.code_id, len(place)), e.source, e.start)
    ):
        case_id = ids.get(e.case) if e.case else None
        condensed = by_coding.get(e.id) or by_cell.get((e.code_id, case_id), "")
        code, category = _code_and_category(view, e.code_id, e.code)
        words = passage_words(view, e, lang)
        rows.append((words, condensed, code, category, view.theme_of(e.code_id)))
    header = (_("Meaning unit"), _("Condensed"), _("Code"), _("Category"), _("Theme"))
    return Table(header, tuple(rows), widths=(9, 6, 4, 4, 4))


def _code_and_category(view: StudyView, code_id: str, path: str) -> tuple[str, str]:
    if code_id not in view.codes:
        return path, ""
    code, top = view.codes[code_id], view.codes.top(code_id)
    return code.name, "" if top.id == code.id else top.name


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
