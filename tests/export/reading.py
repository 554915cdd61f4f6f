"""Opens what was exported, as other programs would."""

from __future__ import annotations

import zipfile
from io import BytesIO

import docx
from lxml import etree

from kodebok.export.document import Document, Paragraph
from kodebok.export.word_styles import W

Q = f"{{{W}}}"


def word_texts(content: bytes) -> list[str]:
    """Texts of a docx's paragraphs, by python-docx."""
    return [p.text for p in docx.Document(BytesIO(content)).paragraphs]


def part(content: bytes, name: str = "word/document.xml") -> etree._Element:
    """A part of a zip, parsed."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return etree.fromstring(archive.read(name))


def times(content: bytes) -> set[tuple[int, ...]]:
    """The times of a zip's parts."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return {info.date_time for info in archive.infolist()}


def names(content: bytes) -> list[str]:
    """Names of a zip's parts."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return archive.namelist()


def lines(document: Document) -> list[str]:
    """Texts of a document's paragraphs."""
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def sheet_rows(content: bytes, sheet: str) -> list[tuple[object, ...]]:
    """Rows of a sheet, by openpyxl."""
    import openpyxl

    book = openpyxl.load_workbook(BytesIO(content))
    return [tuple(row) for row in book[sheet].iter_rows(values_only=True)]
