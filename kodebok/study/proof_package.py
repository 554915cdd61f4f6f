"""A Word file opened for reading: its parts, its paragraphs, and the runs that hold their text."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kodebok.errors import KodebokError, WrongUseError
from kodebok.i18n import translator
from kodebok.sources.limits import Archive, parse_xml, read_bytes

if TYPE_CHECKING:
    from lxml.etree import _Element

_ = translator("proof")

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # [MS-CFB] 2.2: the first eight bytes
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")  # [MS-OFFCRYPTO] 2.3.4.4
_UNSEEN = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff\x00]")
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_PASSED_OVER = frozenset(
    "del moveFrom instrText delText delInstrText pPr rPr sectPr txbxContent Fallback".split()
)
NOTE_SIGN = "\ufffc"  # stands for the mark of a footnote; no word processor writes it


@dataclass(frozen=True, slots=True)
class Piece:
    """An element of a paragraph and the text it gives.

    Attributes:
        start: Offset of the text in the paragraph's.
    """

    element: _Element
    text: str
    start: int


class Package:
    """The parts of a docx.

    Args:
        path: The manuscript; it is only read.

    Raises:
        WrongUseError: It is not a Word file of today (K540), or has a password (K541).
        KodebokError: It is damaged or would swell beyond reason.
    """

    def __init__(self, path: Path) -> None:
        self.content = read_bytes(path)
        _check_kind(self.content)
        self.archive = Archive(self.content)
        self.main = self._main_part()
        self.document = parse_xml(self.archive.read(self.main))
        if local_name(self.document) != "document":
            raise _not_word()

    def _main_part(self) -> str:
        if "_rels/.rels" not in self.archive:
            raise _not_word()
        for relation in parse_xml(self.archive.read("_rels/.rels")):
            if str(relation.get("Type", "")).endswith("/officeDocument"):
                target = str(relation.get("Target", "")).lstrip("/")
                if target in self.archive and target.endswith(".xml"):
                    return target
        raise _not_word()

    def parts(self, kind: str) -> list[tuple[str, _Element]]:
        """Name and root of the parts that the document relates to as `kind`, such as `header`."""
        names = [target for relation, target in self._relations() if relation.endswith(f"/{kind}")]
        there = (name for name in dict.fromkeys(names) if name in self.archive)
        return [(name, parse_xml(self.archive.read(name))) for name in there]

    def _relations(self) -> Iterator[tuple[str, str]]:
        folder, name = posixpath.split(self.main)
        rels = f"{folder}/_rels/{name}.rels"
        if rels not in self.archive:
            return
        for relation in parse_xml(self.archive.read(rels)):
            target = str(relation.get("Target", ""))
            kind = str(relation.get("Type", ""))
            if relation.get("TargetMode") == "External":
                yield "external", target
            else:
                joined = posixpath.normpath(posixpath.join(folder, target))
                yield kind, target.lstrip("/") if target.startswith("/") else joined

    def links(self) -> list[str]:
        """Where the document's links lead."""
        return [target for kind, target in self._relations() if kind == "external"]


def _check_kind(content: bytes) -> None:
    if content.startswith(_OLE):
        if _ENCRYPTED_STREAM in content:
            raise WrongUseError(
                _("the manuscript is protected by a password"),
                _("save a copy without a password in Word, and check that"),
                "K541",
            )
        raise _not_word()
    if not content.startswith(b"PK"):
        raise _not_word()


def _not_word() -> KodebokError:
    return WrongUseError(
        _("the manuscript is not a Word file of the kind .docx"),
        _("open it in your word processor, and save it as Word document (.docx)"),
        "K540",
    )


def local_name(element: _Element) -> str:
    """An element's name without its namespace; empty for comments."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: _Element, name: str) -> str:
    """The value of an attribute, whatever its namespace; empty when it is not there."""
    values = (value for key, value in element.attrib.items() if str(key).endswith(f"}}{name}"))
    return str(next(values, element.get(name) or ""))


def child(element: _Element, *names: str) -> _Element | None:
    """The element at the end of a path of local names, or None."""
    found: _Element | None = element
    for name in names:
        if found is None:
            return None
        found = next((part for part in found if local_name(part) == name), None)
    return found


def paragraphs(root: _Element) -> list[_Element]:
    """Every paragraph of a part in the order of the file, those in text boxes included."""
    return [
        element
        for element in root.iter()
        if local_name(element) == "p" and _is_word(element) and not _is_fallback(element)
    ]


def _is_word(element: _Element) -> bool:
    return "wordprocessingml" in str(element.tag)


def _is_fallback(element: _Element) -> bool:
    return any(local_name(above) == "Fallback" for above in element.iterancestors())


def shown(text: str) -> str:
    """The text of a run as it is compared: NFC, without soft hyphens and signs of no width."""
    return unicodedata.normalize("NFC", _UNSEEN.sub("", text))


def pieces(paragraph: _Element) -> list[Piece]:
    """The pieces of a paragraph's text as the final version shows it; deleted text left out."""
    found: list[Piece] = []
    at = 0
    for element in _walk(paragraph):
        name = local_name(element)
        text = shown(element.text or "") if name == "t" else _SIGNS.get(name, "")
        if name in {"footnoteReference", "endnoteReference"}:
            text = NOTE_SIGN
        if text:
            found.append(Piece(element, text, at))
            at += len(text)
    return found


def _walk(element: _Element) -> Iterator[_Element]:
    for part in element:
        if local_name(part) not in _PASSED_OVER:
            yield part
            yield from _walk(part)


def deleted_text(root: _Element) -> str:
    """What was deleted with changes tracked, and so is still in the file."""
    return " ".join(e.text for e in root.iter() if local_name(e) == "delText" and e.text)


def described_pictures(root: _Element) -> list[str]:
    """Names, titles and alternative texts of pictures."""
    return [
        str(value)
        for element in root.iter()
        if local_name(element) == "docPr"
        for key, value in element.attrib.items()
        if key in {"descr", "title"}
    ]
