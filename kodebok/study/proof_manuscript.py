"""A manuscript as it is read: its paragraphs with their places, and what is hidden in the file."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from kodebok.domain.text import count_words
from kodebok.errors import KodebokError
from kodebok.i18n import translator
from kodebok.sources.limits import parse_xml
from kodebok.study.proof_package import (
    NOTE_SIGN,
    Package,
    attribute,
    deleted_text,
    described_pictures,
    local_name,
    paragraphs,
    pieces,
)
from kodebok.study.proof_styles import PLAIN, Look, Styles

if TYPE_CHECKING:
    from lxml.etree import _Element

_ = translator("proof")

_REFERENCES = re.compile(
    r"(?:[\d.]+\s*)?(?:referanse|litteratur|kilde(?:r|liste)|kjelde(?:r|liste)|bibliogra|references"
    r"|works cited)",
    re.IGNORECASE,
)
_HEADING_LENGTH = 40


class Place(StrEnum):
    """What part of a file a text stands in."""

    BODY = "body"
    TABLE = "table"
    TEXT_BOX = "text-box"
    FOOTNOTE = "footnote"
    ENDNOTE = "endnote"
    HEADER = "header"
    FOOTER = "footer"
    COMMENT = "comment"
    DELETED = "deleted"
    PICTURE = "picture"
    LINK = "link"
    PROPERTIES = "properties"


QUOTED_IN = frozenset({Place.BODY, Place.TABLE, Place.TEXT_BOX, Place.FOOTNOTE, Place.ENDNOTE})


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A stretch of a manuscript's text.

    Attributes:
        part: Name of the part in the file.
        element: Its number among the part's paragraphs, from 0; -1 when it is none.
        number: Its number among the paragraphs with text under its heading, from 1.
        heading: The nearest heading before it, shortened; empty before the first.
        note: Id of the footnote or endnote that it belongs to.
        notes: Ids of the notes that are marked in its text, in order; each mark is one
            `NOTE_SIGN` in `text`.
        in_references: Whether it stands in the list of references.
    """

    text: str
    place: Place
    part: str
    element: int = -1
    number: int = 0
    heading: str = ""
    look: Look = PLAIN
    note: str = ""
    notes: tuple[str, ...] = ()
    in_references: bool = False


@dataclass(frozen=True, slots=True)
class Manuscript:
    """A manuscript, read once.

    Attributes:
        paragraphs: Those with text; the body's in order, then notes, headers and what is hidden.
        note_texts: By kind and id, such as `footnote 2`.
    """

    name: str
    paragraphs: tuple[Paragraph, ...]
    note_texts: dict[str, str]
    words: int


def read_manuscript(path: Path) -> Manuscript:
    """Read a docx; the file is not changed.

    Raises:
        KodebokError: It cannot be opened, is no Word file (K540), is protected (K541) or has no
            text (K542).
    """
    package = Package(path)
    styles = Styles(next((root for _, root in package.parts("styles")), None))
    body = _body(package, styles)
    if not any(p.text.strip() for p in body):
        raise KodebokError(
            _("there is no text in the manuscript"), _("choose the file with the text"), "K542"
        )
    notes = [*_notes(package, Place.FOOTNOTE), *_notes(package, Place.ENDNOTE)]
    note_texts: dict[str, str] = {}
    for paragraph in notes:
        key = f"{paragraph.place} {paragraph.note}"
        note_texts[key] = f"{note_texts.get(key, '')} {paragraph.text}".strip()
    read = (*body, *notes, *_around(package), *_hidden(package))
    words = sum(count_words(p.text) for p in (*body, *notes))
    return Manuscript(path.name, read, note_texts, words)


def _body(package: Package, styles: Styles) -> list[Paragraph]:
    read: list[Paragraph] = []
    heading, number, in_references = "", 0, False
    for element, paragraph in enumerate(paragraphs(package.document)):
        found = pieces(paragraph)
        text = "".join(piece.text for piece in found)
        if not text.strip():
            continue
        look = styles.look(paragraph)
        if look.is_heading:
            heading, number = shortened(text, _HEADING_LENGTH), 0
            in_references = bool(_REFERENCES.match(text.strip()))
        else:
            number += 1
        read.append(
            Paragraph(
                text,
                _place(paragraph),
                package.main,
                element,
                number,
                heading,
                look,
                notes=tuple(_note_keys(p.element) for p in found if p.text == NOTE_SIGN),
                in_references=in_references,
            )
        )
    return read


def _note_keys(mark: _Element) -> str:
    return f"{local_name(mark).removesuffix('Reference')} {attribute(mark, 'id')}"


def _place(paragraph: _Element) -> Place:
    names = {local_name(above) for above in paragraph.iterancestors()}
    if "txbxContent" in names:
        return Place.TEXT_BOX
    return Place.TABLE if "tc" in names else Place.BODY


def _notes(package: Package, place: Place) -> list[Paragraph]:
    read = []
    for part, root in package.parts(f"{place}s"):
        order = {element: n for n, element in enumerate(paragraphs(root))}
        for note in root:
            for paragraph in paragraphs(note):
                text = _text(paragraph)
                if text.strip():
                    number, key = order[paragraph], attribute(note, "id")
                    read.append(Paragraph(text, place, part, number, note=key))
    return read


def _around(package: Package) -> list[Paragraph]:
    """Headers, footers and comments."""
    read = []
    for place, kind in (
        (Place.HEADER, "header"),
        (Place.FOOTER, "footer"),
        (Place.COMMENT, "comments"),
    ):
        for part, root in package.parts(kind):
            texts = [*map(_text, paragraphs(root)), *_authors(root)]
            read += _paragraphs(texts, place, part)
    return read


def _authors(root: _Element) -> list[str]:
    return sorted({a for a in (attribute(element, "author") for element in root) if a})


def _hidden(package: Package) -> list[Paragraph]:
    """What a reader does not see on the page, but may find in the file."""
    main = package.main
    return [
        *_paragraphs([deleted_text(package.document)], Place.DELETED, main),
        *_paragraphs(described_pictures(package.document), Place.PICTURE, main),
        *_paragraphs(package.links(), Place.LINK, main),
        *_paragraphs(_properties(package), Place.PROPERTIES, "docProps"),
    ]


def _properties(package: Package) -> list[str]:
    texts: list[str] = []
    for name in sorted(package.archive.names):
        if name.startswith("docProps/") and name.endswith(".xml"):
            root = parse_xml(package.archive.read(name))
            texts += [element.text for element in root.iter() if element.text]
    return texts


def _paragraphs(texts: Iterable[str], place: Place, part: str) -> list[Paragraph]:
    return [Paragraph(text, place, part) for text in texts if text.strip()]


def _text(paragraph: _Element) -> str:
    return "".join(piece.text for piece in pieces(paragraph))


def shortened(text: str, length: int) -> str:
    """The beginning of a text on one line, cut at a word, with an ellipsis."""
    folded = " ".join(text.replace(NOTE_SIGN, "").split())
    if len(folded) <= length:
        return folded
    return folded[: length - 1].rsplit(" ", 1)[0] + "…"


def lower_words(manuscript: Manuscript) -> Counter[str]:
    """How often each word stands in lower case: what tells names from ordinary words."""
    counts: Counter[str] = Counter()
    for paragraph in manuscript.paragraphs:
        if paragraph.place not in QUOTED_IN:
            continue
        counts.update(word for word in re.findall(r"[^\W\d_]+", paragraph.text) if word.islower())
    return counts
