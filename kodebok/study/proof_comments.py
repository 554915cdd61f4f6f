"""A copy of a manuscript with comments at the places that were found; all other parts as they are.

Only four parts of the file can change: the document, the comments, and, when there were no
comments before, the lists of parts and of relations. The rest is carried over to the byte.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from kodebok.domain.span import Span
from kodebok.export.xml_text import xml_safe
from kodebok.sources.limits import parse_xml
from kodebok.study.proof_manuscript import Manuscript, Paragraph, Place
from kodebok.study.proof_package import (
    Package,
    Piece,
    attribute,
    local_name,
    paragraphs,
    pieces,
    shown,
)

if TYPE_CHECKING:
    from lxml.etree import _Element

AUTHOR = "kodebok"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_OFFICE_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships/comments"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_TYPES = "[Content_Types].xml"


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment to be written.

    Attributes:
        paragraph: Number in the manuscript's list; None for the manuscript as a whole.
        span: The words meant, in code points of the paragraph's text.
    """

    paragraph: int | None
    span: Span
    text: str


def commented_copy(path: Path, manuscript: Manuscript, remarks: Iterable[Remark]) -> bytes:
    """The manuscript's file with the remarks as comments.

    A remark on a note stands at the note's mark; one on a header or on what is hidden stands at
    the first paragraph.

    Raises:
        KodebokError: The file cannot be read any more.
    """
    return _Copy(Package(path), manuscript).made(remarks)


class _Copy:
    """One copy in the making."""

    def __init__(self, package: Package, manuscript: Manuscript) -> None:
        self._package, self._manuscript = package, manuscript
        self._paragraphs = paragraphs(package.document)
        self._namespace = str(package.document.tag).partition("}")[0].lstrip("{")
        there = package.parts("comments")
        self._comments_name, self._comments = there[0] if there else self._new_comments()
        self._is_new = not there
        ids = [attribute(comment, "id") for comment in self._comments]
        self._next_id = max((int(i) for i in ids if i.isdecimal()), default=-1) + 1

    def made(self, remarks: Iterable[Remark]) -> bytes:
        """The bytes of the copy."""
        for remark in remarks:
            self._add(remark)
        replaced = {
            self._package.main: _bytes_of(self._package.document),
            self._comments_name: _bytes_of(self._comments),
        }
        if self._is_new:
            replaced |= self._registered()
        return _repacked(self._package.content, replaced)

    def _name(self, local: str) -> str:
        return f"{{{self._namespace}}}{local}"

    def _new_comments(self) -> tuple[str, _Element]:
        from lxml import etree

        folder = posixpath.dirname(self._package.main)
        names = (f"{folder}/comments{n or ''}.xml".lstrip("/") for n in range(1000))
        free = next(name for name in names if name not in self._package.archive)
        return free, etree.Element(self._name("comments"), nsmap={"w": self._namespace})

    def _registered(self) -> dict[str, bytes]:
        """The lists of parts and of relations, with the new part in them."""
        from lxml import etree

        types = parse_xml(self._package.archive.read(_TYPES))
        override = etree.SubElement(types, str(types.tag).replace("}Types", "}Override"))
        override.set("PartName", f"/{self._comments_name}")
        override.set("ContentType", _TYPE)
        folder, name = posixpath.split(self._package.main)
        rels_name = posixpath.join(folder, "_rels", f"{name}.rels")
        rels = parse_xml(self._package.archive.read(rels_name))
        tag = str(rels.tag).replace("}Relationships", "}Relationship")
        relation = etree.SubElement(rels, tag)
        taken = {str(other.get("Id")) for other in rels}
        relation.set("Id", next(f"kb{n}" for n in range(len(taken) + 1) if f"kb{n}" not in taken))
        is_strict = "purl.oclc.org" in self._namespace
        relation.set("Type", _OFFICE_STRICT if is_strict else _OFFICE)
        relation.set("Target", posixpath.basename(self._comments_name))
        return {_TYPES: _bytes_of(types), rels_name: _bytes_of(rels)}

    def _add(self, remark: Remark) -> None:
        number = str(self._next_id)
        self._next_id += 1
        self._write_comment(number, remark.text)
        marks = [self._element(name, number) for name in ("commentRangeStart", "commentRangeEnd")]
        reference = self._element("r", "")
        reference.append(self._element("commentReference", number))
        runs = self._runs(remark)
        if runs is None:
            paragraph = self._paragraphs[self._host_number(remark)]
            at = 1 if len(paragraph) and local_name(paragraph[0]) == "pPr" else 0
            for element in (reference, marks[1], marks[0]):
                paragraph.insert(at, element)
            return
        runs[0].addprevious(marks[0])
        runs[1].addnext(reference)
        runs[1].addnext(marks[1])

    def _element(self, name: str, number: str) -> _Element:
        from lxml import etree

        element = etree.Element(self._name(name))
        if number:
            element.set(self._name("id"), number)
        return element

    def _write_comment(self, number: str, text: str) -> None:
        from lxml import etree

        comment = etree.SubElement(self._comments, self._name("comment"))
        for key, value in (("id", number), ("author", AUTHOR), ("initials", "kb")):
            comment.set(self._name(key), value)
        for line in text.split("\n"):
            paragraph = etree.SubElement(comment, self._name("p"))
            run = etree.SubElement(paragraph, self._name("r"))
            words = etree.SubElement(run, self._name("t"))
            words.text = xml_safe(line)
            words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")

    def _runs(self, remark: Remark) -> tuple[_Element, _Element] | None:
        """The first and the last run of the words meant; None when they have none."""
        paragraph = self._paragraph(remark)
        if paragraph is None:
            return None
        if paragraph.place in {Place.FOOTNOTE, Place.ENDNOTE}:
            found = self._note_mark(paragraph)
            return None if found is None else (found, found)
        if not self._is_in_document(paragraph) or paragraph.place is Place.TEXT_BOX:
            return None
        return self._cut_out(self._paragraphs[paragraph.element], remark.span)

    def _host_number(self, remark: Remark) -> int:
        """Number of the paragraph to stand at; for a text box, which takes no comment, its host."""
        paragraph = self._paragraph(remark)
        if paragraph is None or not self._is_in_document(paragraph):
            return 0
        element = self._paragraphs[paragraph.element]
        above = [e for e in element.iterancestors() if local_name(e) == "p"]
        return self._paragraphs.index(above[-1]) if above else paragraph.element

    def _paragraph(self, remark: Remark) -> Paragraph | None:
        return None if remark.paragraph is None else self._manuscript.paragraphs[remark.paragraph]

    def _is_in_document(self, paragraph: Paragraph) -> bool:
        return paragraph.part == self._package.main and paragraph.element >= 0

    def _note_mark(self, paragraph: Paragraph) -> _Element | None:
        for element in self._package.document.iter(self._name(f"{paragraph.place}Reference")):
            if attribute(element, "id") == paragraph.note:
                return element.getparent()
        return None

    def _cut_out(self, paragraph: _Element, span: Span) -> tuple[_Element, _Element] | None:
        """The runs of exactly the words meant, split from their neighbours."""
        for offset in (span.end, span.start):
            self._split_at(paragraph, offset)
        inside = [
            piece
            for piece in pieces(paragraph)
            if piece.start < span.end and piece.start + len(piece.text) > span.start
        ]
        runs = [piece.element.getparent() for piece in inside]
        there = [run for run in runs if run is not None and local_name(run) == "r"]
        return (there[0], there[-1]) if there else None

    def _split_at(self, paragraph: _Element, offset: int) -> None:
        """Split the run that an offset falls into, so that one run ends there."""
        for piece in pieces(paragraph):
            if piece.start < offset < piece.start + len(piece.text):
                self._split(piece, offset - piece.start)
                return
            if piece.start == offset:
                run = piece.element.getparent()
                if run is not None and _has_content_before(piece.element):
                    self._move_tail(piece.element)
                return

    def _split(self, piece: Piece, at: int) -> None:
        raw = piece.element.text or ""
        cut = _cut_for(raw, at)
        tail = deepcopy(piece.element)
        piece.element.text, tail.text = raw[:cut], raw[cut:]
        for part in (piece.element, tail):
            part.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        piece.element.addnext(tail)
        self._move_tail(tail)

    def _move_tail(self, first: _Element) -> None:
        """Move an element of a run, and all after it, to a new run of the same look."""
        run = first.getparent()
        if run is None:
            return
        tail = [first, *first.itersiblings()]
        new = self._element("r", "")
        for key, value in run.attrib.items():
            new.set(key, value)
        look = next((part for part in run if local_name(part) == "rPr"), None)
        if look is not None:
            new.append(deepcopy(look))
        for part in tail:
            new.append(part)
        run.addnext(new)


def _cut_for(raw: str, at: int) -> int:
    """Where to cut a run as it is stored, so that `at` signs of its text come before.

    An accent that is stored as a sign of its own stays with its letter.
    """
    whole = shown(raw)
    return next(
        n
        for n in range(len(raw) + 1)
        if len(shown(raw[:n])) >= at and shown(raw[:n]) + shown(raw[n:]) == whole
    )


def _has_content_before(element: _Element) -> bool:
    return any(local_name(part) != "rPr" for part in element.itersiblings(preceding=True))


def _bytes_of(root: _Element) -> bytes:
    from lxml import etree

    return etree.tostring(
        root.getroottree(), xml_declaration=True, encoding="UTF-8", standalone=True
    )


def _repacked(content: bytes, replaced: dict[str, bytes]) -> bytes:
    """The archive with some parts replaced or added, every other entry as it was."""
    out = BytesIO()
    left = dict(replaced)
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            written = left.pop(entry.filename, None)
            new.writestr(entry, old.read(entry) if written is None else written)
        for name, written in left.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, written)
    return out.getvalue()
