"""Answers out of a Word file that a supervisor has written in, whatever program saved it."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kodebok.domain.review import AnswerKind
from kodebok.domain.span import Span
from kodebok.errors import KodebokError
from kodebok.i18n import translator
from kodebok.review.answers import Found
from kodebok.review.word_out import BOXES, PROGRAM
from kodebok.review.words import PRINTED_MARK, Read, code_in, mark_of_bookmark, read_words, tidy
from kodebok.sources.limits import Archive, parse_xml

if TYPE_CHECKING:
    from lxml.etree import _Element

_ = translator("review")

_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_PASSED_OVER = frozenset({"del", "moveFrom", "Fallback", "instrText", "rPr", "sectPr"})


def read_docx(data: bytes) -> list[Found]:
    """Comments, replies and filled boxes of a package in Word, in the order of the document.

    Raises:
        KodebokError: K974, it is no Word file; or it is damaged.
    """
    parts = _Parts(data)
    page = _Page(parts.document)
    return [*_comments(parts, page), *_filled_boxes(parts.document)]


class _Parts:
    """The document, its comments, and what Word keeps about their threads."""

    def __init__(self, data: bytes) -> None:
        if not data.startswith(b"PK"):
            raise _not_word()
        self._archive = Archive(data)
        main = next((p for p in self._archive.names if p.endswith("word/document.xml")), "")
        if not main:
            raise _not_word()
        self._folder = posixpath.dirname(main)
        self.document = parse_xml(self._archive.read(main))

    def part(self, name: str) -> _Element | None:
        """A part beside the document."""
        path = f"{self._folder}/{name}"
        return parse_xml(self._archive.read(path)) if path in self._archive else None


def _not_word() -> KodebokError:
    return KodebokError(
        _("the file is not a Word file of the kind .docx"),
        _("save it as Word document (.docx), and receive that"),
        "K974",
    )


def _local(element: _Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _value(element: _Element, name: str) -> str:
    values = (value for key, value in element.attrib.items() if str(key).endswith(f"}}{name}"))
    return str(next(values, ""))


@dataclass(slots=True)
class _Page:
    """The document's text, and where bookmarks, comments and printed ids stand in it.

    Attributes:
        marked: By printed id, where the bookmark stands.
        commented: By the comment's number, the words that it is on.
        printed: Places of printed ids, in order.
        paragraphs: Where paragraphs begin.
    """

    text: str
    marked: dict[str, Span]
    commented: dict[str, Span]
    printed: list[tuple[int, str]]
    paragraphs: list[int]

    def __init__(self, document: _Element) -> None:
        reader = _PageReader()
        reader.read(document)
        self.text = "".join(reader.pieces)
        self.marked, self.commented = reader.marked, reader.commented
        self.printed = [(m.start(), m.group()) for m in PRINTED_MARK.finditer(self.text)]
        self.paragraphs = reader.paragraphs

    def words(self, span: Span) -> str:
        """The words of a place."""
        return self.text[span.start : span.end]

    def paragraph_at(self, span: Span) -> str:
        """All words of the paragraph that a place begins in."""
        begin = max((at for at in self.paragraphs if at <= span.start), default=0)
        end = self.text.find("\n", begin)
        return self.text[begin : end if end >= 0 else len(self.text)]

    def mark_at(self, span: Span) -> str:
        """The item whose words a place shares most, else the one printed last before it."""
        shared = [
            (_likeness(span, place), printed)
            for printed, place in self.marked.items()
            if place.overlaps(span) or (not span and place.start <= span.start <= place.end)
        ]
        if shared:
            return max(shared)[1]
        inside = PRINTED_MARK.search(self.words(span))
        if inside:
            return inside.group()
        return ""

    def mark_before(self, span: Span) -> str:
        """The item printed last before a place."""
        return next((m for at, m in reversed(self.printed) if at <= span.start), "")


def _likeness(one: Span, other: Span) -> float:
    """The share of both that both have: exact borders win over a wide passage around them."""
    shared = min(one.end, other.end) - max(one.start, other.start)
    union = max(one.end, other.end) - min(one.start, other.start)
    return shared / union if union else 1.0


@dataclass(slots=True)
class _PageReader:
    """Walks over a document once, gathering its text and the borders in it."""

    pieces: list[str] = field(default_factory=list)
    marked: dict[str, Span] = field(default_factory=dict)
    commented: dict[str, Span] = field(default_factory=dict)
    paragraphs: list[int] = field(default_factory=list)
    _length: int = 0
    _names: dict[str, tuple[str, int]] = field(default_factory=dict)
    _starts: dict[str, int] = field(default_factory=dict)

    def read(self, element: _Element) -> None:
        """Take in an element and all below it."""
        for part in element:
            name = _local(part)
            if name in _PASSED_OVER:
                continue
            if name == "p":
                self.paragraphs.append(self._length)
                self.read(part)
                self._add("\n")
            elif name == "t":
                self._add(part.text or "")
            elif name in _SIGNS:
                self._add(_SIGNS[name])
            elif not self._is_border(name, part):
                self.read(part)

    def _add(self, text: str) -> None:
        self.pieces.append(text)
        self._length += len(text)

    def _is_border(self, name: str, part: _Element) -> bool:
        number = _value(part, "id")
        if name == "bookmarkStart":
            self._names[number] = (mark_of_bookmark(_value(part, "name")), self._length)
        elif name == "bookmarkEnd":
            printed, start = self._names.pop(number, ("", 0))
            if printed:
                self.marked[printed] = Span(start, self._length)
        elif name == "commentRangeStart":
            self._starts[number] = self._length
        elif name == "commentRangeEnd":
            start = self._starts.pop(number, self._length)
            self.commented[number] = Span(start, self._length)
        elif name == "commentReference":
            start = self._starts.pop(number, self._length)
            self.commented.setdefault(number, Span(start, self._length))
        else:
            return False
        return True


@dataclass(frozen=True, slots=True)
class _Thread:
    """What Word keeps about a comment: the comment it replies to, and whether it is done."""

    parent: str
    is_done: bool


def _comments(parts: _Parts, page: _Page) -> Iterator[Found]:
    root = parts.part("comments.xml")
    if root is None:
        return
    listed = [part for part in root if _local(part) == "comment"]
    threads = _threads(parts)
    keys = {_key_of(comment): comment for comment in listed}
    owned = {_value(c, "id"): _own_mark(c) for c in listed}
    for comment in listed:
        words = _words_of(comment)
        number = _value(comment, "id")
        thread = threads.get(_key_of(comment), _Thread("", is_done=False))
        if owned[number]:
            words = words.partition("]")[2]
        if not words.strip():
            continue
        parent = keys.get(thread.parent)
        parent_number = _value(parent, "id") if parent is not None else ""
        above = parent if parent is not None else comment
        span = page.commented.get(number) or page.commented.get(parent_number)
        place = span if span is not None else Span(0, 0)
        named = owned[number] or owned.get(parent_number) or page.mark_at(place)
        read = read_words(words)
        is_own = above is not comment and bool(owned.get(parent_number))
        yield Found(
            key=f"comment {number}",
            mark=named or "",
            near=page.mark_before(place) if span is not None else "",
            kind=read.kind,
            text=read.text,
            proposal=read.proposal,
            author=_author(comment),
            at=_value(comment, "date"),
            quoted=page.words(place).strip(),
            around=page.paragraph_at(place) if span is not None else "",
            parent=f"comment {parent_number}" if parent_number and not is_own else "",
            is_resolved=thread.is_done
            or threads.get(thread.parent, _Thread("", is_done=False)).is_done,
        )


def _author(comment: _Element) -> str:
    author = tidy(_value(comment, "author"))
    return "" if author == PROGRAM else author


def _own_mark(comment: _Element) -> str:
    """The printed id of a comment that kodebok wrote; nothing for anyone else's."""
    words = _words_of(comment)
    found = PRINTED_MARK.match(words, 1)
    return found.group() if words.startswith("[") and "]" in words and found else ""


def _words_of(comment: _Element) -> str:
    reader = _PageReader()
    reader.read(comment)
    return "".join(reader.pieces).strip()


def _key_of(comment: _Element) -> str:
    """What Word knows a comment by: the id of its last paragraph."""
    ids = [_value(part, "paraId") for part in comment.iter() if _local(part) == "p"]
    return next((one for one in reversed(ids) if one), f"id {_value(comment, 'id')}")


def _threads(parts: _Parts) -> dict[str, _Thread]:
    root = parts.part("commentsExtended.xml")
    if root is None:
        return {}
    return {
        _value(part, "paraId"): _Thread(
            _value(part, "paraIdParent"), _value(part, "done") in {"1", "true", "on"}
        )
        for part in root
        if _local(part) == "commentEx"
    }


def _filled_boxes(document: _Element) -> Iterator[Found]:
    """What stands in the boxes below the items."""
    for table in document.iter():
        if _local(table) != "tbl":
            continue
        rows = [part for part in table if _local(part) == "tr"]
        head = PRINTED_MARK.match(_row(rows[0])[0].strip()) if rows and _row(rows[0]) else None
        if head is None or len(_row(rows[0])) != BOXES:
            continue
        for number, row in enumerate(rows[1:]):
            yield from _answers_in(head.group(), number, _row(row))


def _row(row: _Element) -> list[str]:
    cells = []
    for cell in (part for part in row.iter() if _local(part) == "tc"):
        reader = _PageReader()
        reader.read(cell)
        cells.append(tidy("".join(reader.pieces)))
    return cells


def _answers_in(mark: str, row: int, cells: list[str]) -> Iterator[Found]:
    kinds = (AnswerKind.AGREE, AnswerKind.DOUBT, AnswerKind.PROPOSE, AnswerKind.COMMENT)
    for kind, words in zip(kinds, cells, strict=False):
        if words:
            read = _box(kind, words)
            yield Found(
                key=f"box {mark} {row} {kind}",
                mark=mark,
                kind=read.kind,
                text=read.text,
                proposal=read.proposal,
            )


def _box(kind: AnswerKind, words: str) -> Read:
    if kind is AnswerKind.AGREE:
        read = read_words(words)
        return Read(kind, "" if read.kind is kind else words)
    if kind is AnswerKind.PROPOSE:
        line, _line_end, rest = words.partition("\n")
        return Read(kind, rest.strip(), code_in(line))
    return Read(kind, "" if words.casefold() == "x" else words)
