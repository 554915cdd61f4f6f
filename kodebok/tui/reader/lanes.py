"""Overlapping codings in lanes of the gutter, and which codings are where.

A coding's bar runs over the rows that it touches. Codings that share a row never share a lane,
so that each has a bar of its own. Lane 0 is the one next to the text. What shares no row shares
no word either, so that the codings of a lane stand in order and are found by bisection.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import heappop, heappush

from kodebok.domain.span import Span, merge_spans
from kodebok.tui.reader.document import CodedSpan


@dataclass(frozen=True, slots=True)
class Bar:
    """A coding's place in the gutter, rows inclusive."""

    span: CodedSpan
    lane: int
    first_row: int
    last_row: int


def assign_lanes(intervals: Sequence[tuple[int, int]]) -> list[int]:
    """The lowest free lane for each interval (both ends inclusive, sorted by where they begin)."""
    taken: list[tuple[int, int]] = []
    free: list[int] = []
    lanes: list[int] = []
    for first, last in intervals:
        while taken and taken[0][0] < first:
            heappush(free, heappop(taken)[1])
        lane = heappop(free) if free else len(taken)
        heappush(taken, (last, lane))
        lanes.append(lane)
    return lanes


class Lanes:
    """The codings of one source, by lane.

    Args:
        spans: Codings in any order; empty ones are left out.
        row_of: The row that covers an offset.
    """

    def __init__(self, spans: Iterable[CodedSpan], row_of: Callable[[int], int]) -> None:
        self._spans = sorted(
            (span for span in spans if span.end > span.start),
            key=lambda span: (span.start, -span.end, span.id),
        )
        rows = [(row_of(span.start), row_of(span.end - 1)) for span in self._spans]
        lanes = assign_lanes(rows)
        self.count = max(lanes, default=-1) + 1
        self._by_id = {span.id: span for span in self._spans}
        self._bars: list[list[Bar]] = [[] for _ in range(self.count)]
        for span, lane, (first, last) in zip(self._spans, lanes, rows, strict=True):
            self._bars[lane].append(Bar(span, lane, first, last))
        self._ends = [[bar.span.end for bar in lane] for lane in self._bars]
        self._last_rows = [[bar.last_row for bar in lane] for lane in self._bars]

    @cached_property
    def starts(self) -> list[int]:
        """Where codings begin, each place once."""
        return sorted({span.start for span in self._spans})

    @cached_property
    def covered(self) -> list[Span]:
        """What is coded at all."""
        return merge_spans(Span(span.start, span.end) for span in self._spans)

    def __iter__(self) -> Iterator[CodedSpan]:
        """Every coding, by start, the longer before the shorter."""
        return iter(self._spans)

    def get(self, coding_id: str | None) -> CodedSpan | None:
        """The coding with that id, or None."""
        return self._by_id.get(coding_id) if coding_id is not None else None

    def overlapping(self, start: int, end: int) -> list[CodedSpan]:
        """The codings that share a character with `start` to `end`, shortest first."""
        found: list[CodedSpan] = []
        for bars, ends in zip(self._bars, self._ends, strict=True):
            index = bisect_right(ends, start)
            while index < len(bars) and bars[index].span.start < end:
                found.append(bars[index].span)
                index += 1
        found.sort(key=lambda span: (span.end - span.start, span.start, span.id))
        return found

    def at(self, offset: int) -> list[CodedSpan]:
        """The codings that cover the character at an offset, shortest first."""
        return self.overlapping(offset, offset + 1)

    def in_row(self, row: int) -> list[Bar]:
        """The bars that run through a row, one a lane at most, by lane."""
        found: list[Bar] = []
        for bars, last_rows in zip(self._bars, self._last_rows, strict=True):
            index = bisect_left(last_rows, row)
            if index < len(bars) and bars[index].first_row <= row:
                found.append(bars[index])
        return found

    def covers_any_of(self, start: int, end: int) -> bool:
        """Whether anything of `start` to `end` is coded."""
        index = bisect_right(self.covered, start, key=lambda span: span.end)
        return index < len(self.covered) and self.covered[index].start < end
