"""Everything that can be read in a file that kodebok made, so that the gate can look in it all.

The texts are read out of the finished bytes, not asked of the exporter: no exporter can forget one.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from io import BytesIO
from typing import TYPE_CHECKING

from kodebok.anonymise.gate import ExportText

if TYPE_CHECKING:
    from lxml import etree

# Elements whose runs belong together: a name may be split over several runs of one paragraph.
_WHOLE = frozenset({"p", "si", "is"})
_BREAKS = frozenset({"br", "tab", "cr"})


def texts_in(content: bytes) -> Iterator[ExportText]:
    """The texts of a file: each part of a zip, XML with its attributes, HTML, plain text.

    Binary parts, such as pictures, give their name alone.
    """
    if content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(BytesIO(content)) as archive:
            for name in archive.namelist():
                yield ExportText(name, name)
                yield from _part(name, archive.read(name))
        return
    if content.startswith(b"\x89PNG"):
        yield ExportText("", _words_of_picture(content))
        return
    yield from _part("", content)


def _words_of_picture(content: bytes) -> str:
    """The words that a figure of kodebok's carries as text beside its dots."""
    from PIL.PngImagePlugin import PngImageFile

    with PngImageFile(BytesIO(content)) as picture:
        picture.load()
        return "\n".join(str(value) for value in picture.info.values() if isinstance(value, str))


def _part(name: str, content: bytes) -> Iterator[ExportText]:
    if name.endswith((".xml", ".rels", ".qde")) or content.startswith(b"<?xml"):
        yield from _xml(name, content)
        return
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return
    if text[:15].lower().startswith("<!doctype html"):
        yield ExportText(name, _html(text))
    elif text.startswith(('{"', "{\n")):
        yield ExportText(name, _json(text))
    else:
        yield ExportText(name, text)


def _json(text: str) -> str:
    """Keys and strings, since an escaped line break would hang on to the word behind it."""
    import json

    pieces: list[str] = []

    def gather(value: object) -> None:
        if isinstance(value, dict):
            for key, inner in value.items():
                pieces.append(str(key))
                gather(inner)
        elif isinstance(value, list):
            for inner in value:
                gather(inner)
        else:
            pieces.append(str(value))

    try:
        gather(json.loads(text))
    except ValueError:
        return text
    return "\n".join(pieces)


def _xml(name: str, content: bytes) -> Iterator[ExportText]:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    root = etree.fromstring(content, parser)
    texts: list[str] = []
    values: dict[str, None] = {}
    skip_until: etree._Element | None = None
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "end":
            skip_until = None if element is skip_until else skip_until
            continue
        values.update(dict.fromkeys(str(value) for value in element.attrib.values()))
        if skip_until is not None:
            continue
        if isinstance(element.tag, str) and etree.QName(element).localname in _WHOLE:
            texts.append(_whole(element))
            skip_until = element
        elif element.text and element.text.strip():
            texts.append(element.text)
    yield ExportText(name, "\n".join(texts))
    yield ExportText(f"{name}@", "\n".join(values))


def _whole(element: etree._Element) -> str:
    from lxml import etree

    pieces = []
    for part in element.iter():
        if isinstance(part.tag, str) and etree.QName(part).localname in _BREAKS:
            pieces.append(" ")
        pieces.append(part.text or "")
    return "".join(pieces)


class _Reader(HTMLParser):
    """Gathers the text, the attributes and the scripts of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.pieces += [value for _name, value in attrs if value]

    def handle_data(self, data: str) -> None:
        self.pieces.append(data)

    def handle_comment(self, data: str) -> None:
        self.pieces.append(data)


def _html(text: str) -> str:
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return "\n".join(reader.pieces)
