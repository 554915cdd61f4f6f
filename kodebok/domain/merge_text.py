"""Two copies of one text that were edited apart, woven into one.

Both are seen as hunks on the text that they began with. What one side alone changed is taken;
where both changed the same words, the stretch is a conflict until someone chooses. Offsets are
half-open, in code points.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum

from kodebok.domain.diff import diff_edits
from kodebok.domain.span import Edit, Span, carry_span, trim_edit

_LONG_REWRITE = 200  # characters: a longer hunk is looked at word by word
_MOST_LETTERS = 20_000  # of a stretch that is looked at word by word; a longer one is one hunk


class Side(StrEnum):
    """Whose text or row is meant."""

    BASE = "base"
    MINE = "mine"
    THEIRS = "theirs"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch `start` to `end` of the first text, and what stands there now.

    Attributes:
        merged: What is to stand there; None while nobody has chosen.
    """

    start: int
    end: int
    base: str
    mine: str
    theirs: str
    merged: str | None

    def of(self, side: Side) -> str:
        """What stands there in one of the three texts."""
        return {Side.BASE: self.base, Side.MINE: self.mine, Side.THEIRS: self.theirs}[side]


def net_hunks(base: str, edits: Iterable[Edit]) -> list[Edit]:
    """What a row of edits, each on the text that the one before left, does to the first text.

    Returns:
        Edits with offsets in `base`, in order, none of which touch the same characters.
    """
    pieces: list[Span | str] = [Span(0, len(base))]
    for edit in edits:
        head, rest = _cut(pieces, edit.start)
        _gone, tail = _cut(rest, len(edit.removed))
        pieces = [*head, *([edit.inserted] if edit.inserted else []), *tail]
    return [fine for hunk in _between(base, pieces) for fine in _refined(hunk)]


def _cut(pieces: list[Span | str], length: int) -> tuple[list[Span | str], list[Span | str]]:
    head: list[Span | str] = []
    for number, piece in enumerate(pieces):
        if length < len(piece):
            first, second = _halves(piece, length)
            return [*head, *first], [*second, *pieces[number + 1 :]]
        head.append(piece)
        length -= len(piece)
    return head, []


def _halves(piece: Span | str, length: int) -> tuple[list[Span | str], list[Span | str]]:
    if length == 0:
        return [], [piece]
    if isinstance(piece, str):
        return [piece[:length]], [piece[length:]]
    middle = piece.start + length
    return [Span(piece.start, middle)], [Span(middle, piece.end)]


def _between(base: str, pieces: list[Span | str]) -> list[Edit]:
    """What stands between the pieces of the first text that are left."""
    hunks: list[Edit] = []
    done, inserted = 0, ""
    for piece in (*pieces, Span(len(base), len(base))):
        if isinstance(piece, str):
            inserted += piece
            continue
        hunk = trim_edit(Edit(done, base[done : piece.start], inserted))
        if hunk.removed or hunk.inserted:
            hunks.append(hunk)
        done, inserted = piece.end, ""
    return hunks


def _refined(hunk: Edit) -> list[Edit]:
    if min(len(hunk.removed), len(hunk.inserted)) <= _LONG_REWRITE:
        return [hunk]
    found = diff_hunks(hunk.removed, hunk.inserted)
    return [replace(fine, start=fine.start + hunk.start) for fine in found]


def diff_hunks(old: str, new: str) -> list[Edit]:
    """The smallest edits, of whole words, from one text to another: lines first, then words.

    Returns:
        Edits with offsets in `old`, in order.
    """
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    starts = [0]
    for line in before:
        starts.append(starts[-1] + len(line))
    hunks: list[Edit] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag != "equal":
            whole = Edit(starts[i], "".join(before[i:j]), "".join(after[k:m]))
            hunks += _words_of(whole)
    return hunks


def _words_of(whole: Edit) -> list[Edit]:
    if not whole.removed or not whole.inserted or len(whole.removed) > _MOST_LETTERS:
        return [whole]
    return diff_edits(whole.removed, whole.inserted, whole.start)[::-1]


def weave(base: str, mine: Sequence[Edit], theirs: Sequence[Edit]) -> list[Stretch]:
    """Both sides' hunks as stretches of the first text, in order, those in conflict unsettled."""
    items = sorted(
        (*_words_touched(base, hunk), side, number)
        for side, hunks in ((Side.MINE, mine), (Side.THEIRS, theirs))
        for number, hunk in enumerate(hunks)
    )
    by_side = {Side.MINE: mine, Side.THEIRS: theirs}
    stretches: list[Stretch] = []
    group: list[tuple[int, int, Side, int]] = []
    end = 0
    for item in items:
        if group and not (item[0] < end or item[:2] == group[0][:2]):
            stretches += _stretches_of(base, group, by_side)
            group = []
        end = max(end, item[1]) if group else item[1]
        group.append(item)
    return [*stretches, *_stretches_of(base, group, by_side)]


def _words_touched(base: str, hunk: Edit) -> tuple[int, int]:
    """The hunk's place, widened to the words that it changes."""
    start, end = hunk.start, hunk.end
    after = hunk.inserted + base[end : end + 1]
    if start and (_goes_on(base, start, after[:1]) or _goes_on(base, start, base[start:][:1])):
        while start and _is_letter(base[start - 1]):
            start -= 1
    before = base[max(0, hunk.start - 1) : hunk.start] + hunk.inserted
    last = base[end - 1 : end] if end else ""
    if end < len(base) and _is_letter(base[end]) and (_ends_so(before) or _ends_so(last)):
        while end < len(base) and _is_letter(base[end]):
            end += 1
    return start, end


def _goes_on(base: str, start: int, following: str) -> bool:
    return bool(following) and _is_letter(base[start - 1]) and _is_letter(following)


def _ends_so(text: str) -> bool:
    return bool(text) and _is_letter(text[-1])


def _is_letter(sign: str) -> bool:
    return sign.isalnum() or unicodedata.combining(sign) != 0


def _stretches_of(
    base: str, group: list[tuple[int, int, Side, int]], by_side: dict[Side, Sequence[Edit]]
) -> list[Stretch]:
    hunks = {
        side: [edits[number] for _, _, whose, number in group if whose is side]
        for side, edits in by_side.items()
    }
    if not hunks[Side.MINE] or not hunks[Side.THEIRS]:
        return [
            _one_sided(hunk, side) for side in hunks for hunk in sorted(hunks[side], key=_place)
        ]
    start = min(item[0] for item in group)
    end = max(item[1] for item in group)
    mine, theirs = (_apply_all(base, start, end, hunks[side]) for side in (Side.MINE, Side.THEIRS))
    merged = mine if mine == theirs else None
    return [Stretch(start, end, base[start:end], mine, theirs, merged)]


def _place(edit: Edit) -> tuple[int, int]:
    return edit.start, edit.end


def _one_sided(hunk: Edit, side: Side) -> Stretch:
    mine = hunk.inserted if side is Side.MINE else hunk.removed
    theirs = hunk.inserted if side is Side.THEIRS else hunk.removed
    return Stretch(hunk.start, hunk.end, hunk.removed, mine, theirs, hunk.inserted)


def _apply_all(base: str, start: int, end: int, hunks: Sequence[Edit]) -> str:
    parts, done = [], start
    for hunk in sorted(hunks, key=_place):
        parts += [base[done : hunk.start], hunk.inserted]
        done = hunk.end
    return "".join([*parts, base[done:end]])


class Weave:
    """A text that was woven of two, and the ways from each of them to it.

    Args:
        base: The text that both began with.
        stretches: Its stretches, all of them settled.
    """

    def __init__(self, base: str, stretches: Sequence[Stretch]) -> None:
        self.base = base
        self.stretches = tuple(stretches)
        self.merged = self._text([stretch.merged or "" for stretch in self.stretches])
        self._to_merged = {side: self._edits(side) for side in Side}
        self._from_base = {
            side: _edits_between(self.stretches, [s.of(side) for s in self.stretches])
            for side in (Side.MINE, Side.THEIRS)
        }

    def text(self, side: Side) -> str:
        """One of the three texts, as the stretches tell it."""
        return self._text([stretch.of(side) for stretch in self.stretches])

    def _text(self, inserted: Sequence[str]) -> str:
        parts, done = [], 0
        for stretch, words in zip(self.stretches, inserted, strict=True):
            parts += [self.base[done : stretch.start], words]
            done = stretch.end
        return "".join([*parts, self.base[done:]])

    def _edits(self, side: Side) -> list[Edit]:
        edits, shift = [], 0
        for stretch in self.stretches:
            there = stretch.of(side)
            edit = trim_edit(Edit(stretch.start + shift, there, stretch.merged or ""))
            if edit.removed or edit.inserted:
                edits.append(edit)
            shift += len(there) - len(stretch.base)
        return edits[::-1]

    def carry(self, span: Span, side: Side) -> tuple[Span, bool]:
        """A span of one of the three texts in the woven one.

        Returns:
            The span, and whether any of its words are left; an empty one where they stood if not.
        """
        return _carry(span, self._to_merged[side])

    def carry_from_base(self, span: Span, side: Side) -> Span:
        """Where a span of the first text went by the edits of one side."""
        return _carry(span, self._from_base[side])[0]

    def line_in_base(self, start: int, side: Side) -> int | None:
        """Where a line of one side's text began in the first text; None if it did not there."""
        shift = 0
        for stretch in self.stretches:
            there = stretch.of(side)
            begin = stretch.start + shift
            if start <= begin:
                break
            if start <= begin + len(there):
                lines = stretch.base.split("\n")
                number = there.count("\n", 0, start - begin)
                if number >= len(lines):
                    return None
                return stretch.start + sum(len(line) + 1 for line in lines[:number])
            shift += len(there) - len(stretch.base)
        return start - shift

    def origins(self) -> list[tuple[int, int, dict[Side, int]]]:
        """Parts of the woven text, in order: start, length, and where they stand in the others."""
        parts: list[tuple[int, int, dict[Side, int]]] = []
        at, done, places = 0, 0, dict.fromkeys(Side, 0)
        for stretch in (*self.stretches, None):
            stop = len(self.base) if stretch is None else stretch.start
            parts.append((at, stop - done, dict(places)))
            at += stop - done
            places = {side: place + stop - done for side, place in places.items()}
            if stretch is None:
                break
            words = stretch.merged or ""
            here = {side: p for side, p in places.items() if stretch.of(side) == words}
            parts.append((at, len(words), here))
            at += len(words)
            places = {side: place + len(stretch.of(side)) for side, place in places.items()}
            done = stretch.end
        return [part for part in parts if part[1]]


def _edits_between(stretches: Sequence[Stretch], inserted: Sequence[str]) -> list[Edit]:
    pairs = zip(stretches, inserted, strict=True)
    edits = (trim_edit(Edit(stretch.start, stretch.base, words)) for stretch, words in pairs)
    return [edit for edit in edits if edit.removed or edit.inserted][::-1]


def _carry(span: Span, edits: Iterable[Edit]) -> tuple[Span, bool]:
    """A span over edits that are named last first, all on one text."""
    has_words = True
    for edit in edits:
        if span.end <= edit.start and len(span):
            continue
        if not len(span):
            span = _carry_place(span, edit)
            continue
        carried = carry_span(span, edit)
        if carried is None:
            edge = min(span.start, edit.start)
            carried, has_words = Span(edge, edge), False
        span = carried
    return span, has_words


def _carry_place(place: Span, edit: Edit) -> Span:
    """An empty span: behind the edit it moves, at or inside it goes to the edit's start."""
    if place.start < edit.start:
        return place
    at = place.start + edit.shift if place.start > edit.end else edit.start
    return Span(at, at)
