"""The text that coders are compared on, and what each has coded in it. Pure.

Only participants' words are compared. The turns of participants are laid end to end, without the
questions between them; a place is counted in characters from the start of that row. A turn without
a voice is a participant's.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from kodebok.domain.span import Span

Coded = tuple[int, int, str]  # start, end (half-open) and id of the code


@dataclass(frozen=True, slots=True)
class Continuum:
    """A stretch of compared text with what each coder coded in it.

    Attributes:
        length: In characters.
        layers: For each coder: passages from 0 to `length`, in order; those of one code never
            overlap, so that a passage that is coded twice counts once.
    """

    length: int
    layers: tuple[tuple[Coded, ...], ...]

    def cut(self, borders: Sequence[int]) -> list[Continuum]:
        """The pieces between borders; a passage across a border is cut there too.

        Args:
            borders: Places in order, from 0 to `length`.
        """
        pieces: list[list[list[Coded]]] = [[[] for _ in self.layers] for _ in borders[1:]]
        for coder, layer in enumerate(self.layers):
            for start, end, code in layer:
                for place in range(bisect_right(borders, start) - 1, bisect_left(borders, end)):
                    left, right = borders[place], borders[place + 1]
                    part = (max(start, left) - left, min(end, right) - left, code)
                    pieces[place][coder].append(part)
        return [
            Continuum(right - left, tuple(map(tuple, layers)))
            for left, right, layers in zip(borders, borders[1:], pieces, strict=False)
        ]


class ComparedText:
    """Where the compared turns of a source stand, in the source and in their row.

    Args:
        turns: The participants' turns, in the order of the text.
    """

    def __init__(self, turns: Sequence[Span]) -> None:
        self._turns = [turn for turn in turns if len(turn)]
        self._starts = [turn.start for turn in self._turns]
        self.borders = [0, *accumulate(len(turn) for turn in self._turns)]
        """Where each turn begins in the row, and where the last one ends."""

    @property
    def length(self) -> int:
        """Characters of the row."""
        return self.borders[-1]

    def place(self, offset: int) -> int:
        """How many compared characters stand before an offset of the source."""
        turn = bisect_right(self._starts, offset) - 1
        if turn < 0:
            return 0
        return self.borders[turn] + min(offset, self._turns[turn].end) - self._turns[turn].start

    def passage(self, start: int, end: int) -> Span:
        """The passage of the source that a stretch of the row was taken from."""
        first, last = bisect_right(self.borders, start) - 1, bisect_left(self.borders, end) - 1
        return Span(
            self._turns[first].start + start - self.borders[first],
            self._turns[last].start + end - self.borders[last],
        )

    def lay(self, coded: Iterable[Coded]) -> tuple[Coded, ...]:
        """A coder's passages by their places in the row; those outside the compared text fall."""
        laid = ((self.place(start), self.place(end), code) for start, end, code in coded)
        return join_overlapping(passage for passage in laid if passage[0] < passage[1])


def join_overlapping(coded: Iterable[Coded]) -> tuple[Coded, ...]:
    """The passages in order, those of one code joined where they share characters.

    Passages that only touch stay two units.
    """
    open_passages: dict[str, Coded] = {}
    joined: list[Coded] = []
    for start, end, code in sorted(coded):
        before = open_passages.get(code)
        if before and start < before[1]:
            open_passages[code] = (before[0], max(before[1], end), code)
            continue
        if before:
            joined.append(before)
        open_passages[code] = (start, end, code)
    return tuple(sorted([*joined, *open_passages.values()]))
