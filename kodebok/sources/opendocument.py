"""OpenDocument texts (odt), as LibreOffice writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kodebok.errors import KodebokError
from kodebok.i18n import plural_translator, translator
from kodebok.sources.drafts import Draft
from kodebok.sources.flow import Flow
from kodebok.sources.limits import Archive, parse_xml

if TYPE_CHECKING:
    from lxml.etree import _Element

_ = translator("sources")
_n = plural_translator("sources")

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_SILENT = frozenset(
    {f"{_TEXT}note", f"{_TEXT}tracked-changes", f"{_OFFICE}annotation", f"{_TEXT}sequence-decls"}
)
_PARAGRAPHS = frozenset({f"{_TEXT}p", f"{_TEXT}h"})
_MOST_SPACES = 100


def read_opendocument(data: bytes) -> Draft:
    """The words of an odt, deletions and footnotes left out.

    Raises:
        KodebokError: K138 when it is encrypted.
    """
    archive = Archive(data)
    manifest = archive.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in archive else b""
    if b"encryption-data" in manifest:
        raise KodebokError(
            _("the file is protected by a password"),
            _("open it in LibreOffice, remove the password, and save it again"),
            "K138",
        )
    root = parse_xml(archive.read("content.xml"))
    flow = Flow()
    notes = _walk(root, flow)
    doubts = (
        (_n("{n} footnote was left out", "{n} footnotes were left out", notes),) if notes else ()
    )
    return Draft(flow.blocks(), "odt", doubts=doubts)


def _walk(root: _Element, flow: Flow) -> int:
    from lxml import etree

    silent = inside = notes = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            silent += tag in _SILENT
            inside += tag in _PARAGRAPHS and not silent
            notes += tag == f"{_TEXT}note"
            if not silent:
                _open(tag, element, flow, in_paragraph=inside > 0)
            continue
        if not silent:
            _close(tag, flow)
        inside -= tag in _PARAGRAPHS and not silent
        silent -= tag in _SILENT
        if element.tail and inside and not silent:
            flow.add(" ".join(element.tail.split("\n")))
    return notes


def _open(tag: str, element: _Element, flow: Flow, *, in_paragraph: bool) -> None:
    if tag == f"{_TEXT}s":
        count = str(element.get(f"{_TEXT}c") or "1")
        flow.add(" " * min(int(count) if count.isdecimal() else 1, _MOST_SPACES))
    elif tag == f"{_TEXT}tab":
        flow.add("\t")
    elif tag == f"{_TEXT}line-break":
        flow.add("\n")
    elif tag == f"{_TABLE}table":
        flow.start_table()
    if in_paragraph and element.text:
        flow.add(" ".join(element.text.split("\n")))


def _close(tag: str, flow: Flow) -> None:
    if tag in _PARAGRAPHS:
        flow.end_paragraph()
    elif tag == f"{_TABLE}table-cell":
        flow.end_cell()
    elif tag == f"{_TABLE}table-row":
        flow.end_row()
    elif tag == f"{_TABLE}table":
        flow.end_table()
