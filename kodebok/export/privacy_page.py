"""A document as plain text or as a web page that asks nothing of a network."""

from __future__ import annotations

from html import escape
from textwrap import fill

from kodebok.export.document import Block, Document, Paragraph, ParagraphKind, Table
from kodebok.export.html_page import STYLE, policy
from kodebok.export.word import word_bytes

FORMATS = ("text", "docx", "html")
_WIDTH = 92  # signs on a line of the plain text
_HEADINGS = {
    ParagraphKind.HEADING_1: "h1",
    ParagraphKind.HEADING_2: "h2",
    ParagraphKind.HEADING_3: "h3",
    ParagraphKind.HEADING_4: "h4",
}
_UNDERLINES = {ParagraphKind.HEADING_1: "=", ParagraphKind.HEADING_2: "-"}


def document_bytes(document: Document, form: str) -> bytes:
    """The document in one of `FORMATS`."""
    if form == "docx":
        return word_bytes(document)
    made = document_html(document) if form == "html" else document_text(document)
    return made.encode()


def document_text(document: Document) -> str:
    """The document as plain text, wrapped; headings are underlined, tables are lists."""
    return "\n\n".join(_text_of(block) for block in document.blocks) + "\n"


def _text_of(block: Block) -> str:
    if isinstance(block, Table):
        rows = [_row_text(block, row) for row in block.rows]
        return "\n".join([block.caption, *rows] if block.caption else rows)
    line = _UNDERLINES.get(block.kind)
    if line:
        return f"{block.text}\n{line * len(block.text)}"
    indent = "  " if block.kind is ParagraphKind.QUOTE else ""
    parts = (
        fill(part, _WIDTH, initial_indent=indent, subsequent_indent=indent)
        for part in block.text.split("\n")
    )
    return "\n".join(parts)


def _row_text(table: Table, row: tuple[str | int, ...]) -> str:
    first, *rest = (str(cell) for cell in row)
    if len(rest) == 1:
        text = f"- {first}: {rest[0]}"
    else:
        named = zip(table.header[1:], rest, strict=True)
        text = f"- {first}: " + "; ".join(f"{title}: {cell}" for title, cell in named if cell)
    return fill(text, _WIDTH, subsequent_indent="  ")


def document_html(document: Document) -> str:
    """The document as one page, its look inside it."""
    title = escape(document.title)
    body = "\n".join(_html_of(block) for block in document.blocks)
    return (
        f'<!doctype html>\n<html lang="{document.language}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy()}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n{body}\n</body>\n"
        "</html>\n"
    )


def _html_of(block: Block) -> str:
    if isinstance(block, Table):
        return _html_table(block)
    tag = _HEADINGS.get(block.kind, "blockquote" if block.kind is ParagraphKind.QUOTE else "p")
    return f"<{tag}>{_html_runs(block)}</{tag}>"


def _html_runs(block: Paragraph) -> str:
    return escape(block.text).replace("\n", "<br>")


def _html_table(table: Table) -> str:
    head = "".join(f"<th>{escape(cell)}</th>" for cell in table.header)
    rows = "\n".join(
        "<tr>" + "".join(f"<td>{escape(str(cell))}</td>" for cell in row) + "</tr>"
        for row in table.rows
    )
    caption = f"<caption>{escape(table.caption)}</caption>" if table.caption else ""
    return f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>\n{rows}\n</tbody></table>"
