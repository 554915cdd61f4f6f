r"""Canonical text into rows of a given width, and offsets into rows and cells.

A *row* is one line of the screen's content: a heading (speaker and time on a narrow screen), a
row of text, or the gap after a turn. Text rows cover the text exactly once: each ends where the
next begins, the space it was broken at and the `\n` after a turn included. That space may hang
one cell over the width. Offsets are half-open code points; cells are counted from the text's
left edge. What a turn's words break into is kept by those words, so that an edit lays out no
more than the turns that it changes.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import accumulate

from kodebok.domain.source import Turn
from kodebok.tui.reader.cells import cells, clusters, is_plain

Breaks = tuple[int, ...]


class RowKind(Enum):
    """What a row shows."""

    HEADING = "heading"
    TEXT = "text"
    GAP = "gap"


@dataclass(frozen=True, slots=True)
class Row:
    """One row.

    Attributes:
        turn: Index of its turn.
        nth: Number among the turn's text rows, from 0; of a gap: how many there were.
        start, end: The text it covers; empty for headings and gaps.
    """

    kind: RowKind
    turn: int
    nth: int
    start: int
    end: int


def break_plain(text: str, width: int) -> list[int]:
    """Where the rows of a text begin whose characters are all one cell wide."""
    starts, position = [0], 0
    while len(text) - position > width:
        space = text.rfind(" ", position, position + width + 1)
        position = position + width if space < 0 else space + 1
        if position < len(text):
            starts.append(position)
    return starts


def break_clusters(text: str, width: int) -> list[int]:
    """Where the rows of any text without line ends begin."""
    starts, x = [0], 0
    opening, opening_x = 0, 0
    for start, end, size in clusters(text):
        is_space = text[start] in " \t"
        room = width + 1 if text[start:end] == " " else width
        while x + size > room and start > starts[-1]:
            if opening > starts[-1]:
                starts.append(opening)
                x -= opening_x
            else:
                starts.append(start)
                x = 0
        x += size
        if is_space:
            opening, opening_x = end, x
    return starts


def break_lines(text: str, width: int) -> Breaks:
    r"""Where the rows of a turn begin; `\n` inside it ends a row too. `width` is at least 1."""
    starts: list[int] = []
    line_start = 0
    for line in text.split("\n"):
        rows = break_plain(line, width) if is_plain(line) else break_clusters(line, width)
        starts += [line_start + row for row in rows] if line_start else rows
        line_start += len(line) + 1
    return tuple(starts)


class Layout:
    """The rows of a text at one width.

    Args:
        turns: At least one; together with the line ends between them they cover the text.
        width: Cells for text, at least 1.
        headings: Indexes of turns that have a heading row.
        former: A layout whose broken turns are taken over, when it has the same width.
    """

    def __init__(
        self,
        text: str,
        turns: Sequence[Turn],
        width: int,
        headings: frozenset[int] = frozenset(),
        former: Layout | None = None,
    ) -> None:
        self.text = text
        self.width = max(1, width)
        self._headings = headings
        self._turn_starts = [turn.start for turn in turns]
        known = former.breaks_by_words if former is not None and former.width == self.width else {}
        self.breaks_by_words: dict[str, Breaks] = {}
        self._breaks: list[Breaks] = []
        for turn in turns:
            words = text[turn.start : turn.end]
            breaks = known.get(words) or self.breaks_by_words.get(words)
            if breaks is None:
                breaks = break_lines(words, self.width)
            self.breaks_by_words[words] = breaks
            self._breaks.append(breaks)
        heights = (len(b) + 1 + (i in headings) for i, b in enumerate(self._breaks))
        self._first_rows = list(accumulate(heights, initial=0))

    @property
    def row_count(self) -> int:
        """How many rows there are, the gap after the last turn included."""
        return self._first_rows[-1]

    def turn_at(self, offset: int) -> int:
        r"""Index of the turn that an offset belongs to; its closing `\n` belongs to it."""
        return max(0, bisect_right(self._turn_starts, offset) - 1)

    def row_of(self, offset: int) -> int:
        """The text row that covers an offset, or where the cursor stands after the last one."""
        turn = self.turn_at(offset)
        nth = bisect_right(self._breaks[turn], offset - self._turn_starts[turn]) - 1
        return self._first_rows[turn] + (turn in self._headings) + max(0, nth)

    def row(self, index: int) -> Row:
        """The row at `index`, from 0 to `row_count - 1`."""
        turn = bisect_right(self._first_rows, index) - 1
        breaks = self._breaks[turn]
        start = self._turn_starts[turn]
        nth = index - self._first_rows[turn] - (turn in self._headings)
        end = self._end_of_turn(turn)
        if nth < 0:
            return Row(RowKind.HEADING, turn, 0, start, start)
        if nth == len(breaks):
            return Row(RowKind.GAP, turn, nth, end, end)
        if nth + 1 < len(breaks):
            end = start + breaks[nth + 1]
        return Row(RowKind.TEXT, turn, nth, start + breaks[nth], end)

    def _end_of_turn(self, turn: int) -> int:
        following = turn + 1
        if following < len(self._turn_starts):
            return self._turn_starts[following]
        return len(self.text)

    def words_of(self, row: Row) -> str:
        """What a text row shows, without its line end."""
        return self.text[row.start : row.end].removesuffix("\n")

    def position(self, offset: int) -> tuple[int, int]:
        """Row and cell of an offset."""
        index = self.row_of(offset)
        return index, cells(self.text[self.row(index).start : offset])

    def offset_at(self, index: int, x: int) -> int:
        """The start of the cluster at a cell, or of the row's last one when `x` is past it.

        A heading stands for its turn's beginning, a gap for the end of the turn before it.
        """
        row = self.row(min(max(0, index), self.row_count - 1))
        if row.kind is RowKind.HEADING:
            return row.start
        if row.kind is RowKind.GAP:
            return row.end if row.turn == len(self._turn_starts) - 1 else row.end - 1
        left, last = 0, row.start
        for start, _, size in clusters(self.text[row.start : row.end]):
            last = row.start + start
            if x < left + size:
                return last
            left += size
        return row.end if index == self.row_count - 2 else last
