"""The codebook as an appendix of the thesis."""

from __future__ import annotations

from kodebok.export.document import Block, Document, ParagraphKind, Table, paragraph
from kodebok.export.model import StudyView
from kodebok.export.tables import codebook_header, codebook_row
from kodebok.export.word import word_bytes
from kodebok.export.word_styles import Font
from kodebok.i18n import translator_to


def codebook_document(view: StudyView, *, language: str = "", made_on: str = "") -> Document:
    """A section for each top code, with a table of the code and all codes below it."""
    lang = language or view.project.language
    _ = translator_to(lang, "export")
    blocks: list[Block] = [paragraph(ParagraphKind.HEADING_1, _("Codebook"))]
    if view.questions:
        blocks.append(paragraph(ParagraphKind.HEADING_2, _("Research questions")))
        blocks += [
            paragraph(ParagraphKind.BODY, f"{number}. {text}")
            for number, text in enumerate(view.questions, start=1)
        ]
    if not len(view.codes):
        blocks.append(paragraph(ParagraphKind.BODY, _("There are no codes yet.")))
    for top in view.codes.children(None):
        rows = []
        for code in (top, *view.codes.descendants(top.id)):
            name, *rest = codebook_row(code, lang)
            depth = max(view.codes.depth(code.id) - 1, 0)
            rows.append(("\u2003" * depth + str(name), *rest))
        blocks.append(paragraph(ParagraphKind.HEADING_2, top.name))
        blocks.append(Table(codebook_header(lang), tuple(rows), widths=(4, 6, 5, 5, 5, 3)))
    return Document(_("Codebook"), lang, tuple(blocks), made_on, landscape=True)


def codebook_docx(
    view: StudyView, *, language: str = "", made_on: str = "", font: Font = Font.TIMES
) -> bytes:
    """The codebook as a Word file with lying pages."""
    return word_bytes(codebook_document(view, language=language, made_on=made_on), font)
