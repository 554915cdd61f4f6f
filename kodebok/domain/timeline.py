"""Between a source's text and its sound: when a passage is spoken, and what sounds at a time."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from kodebok.domain.recording import Stretch, WordTime
from kodebok.domain.source import Turn
from kodebok.domain.span import Span


class TimeLine:
    """The times of one source.

    Args:
        times: Of its words, in order; those of words that were taken out are passed over.
        turns: For sources whose words have no times: a time within a turn is then a guess.
    """

    def __init__(self, times: Iterable[WordTime], turns: Sequence[Turn] = ()) -> None:
        self._words = [time for time in times if time.start < time.end]
        self._ends = [word.end for word in self._words]
        self._begins_ms = [word.start_ms for word in self._words]
        self._turns = [turn for turn in turns if turn.start_ms is not None]

    def stretch(self, span: Span) -> Stretch | None:
        """When a passage is spoken, in milliseconds; None when nothing is known of its time.

        Words that were put in afterwards have no time: they stand between their neighbours'.
        """
        first = bisect_right(self._ends, span.start)
        last = first
        while last < len(self._words) and self._words[last].start < max(span.end, span.start + 1):
            last += 1
        spoken = self._words[first:last]
        if spoken:
            return min(w.start_ms for w in spoken), max(w.end_ms for w in spoken)
        if not self._words:
            return self._guess(span)
        before = self._words[first - 1].end_ms if first else 0
        after = self._words[first].start_ms if first < len(self._words) else before
        return before, max(before, after)

    def _guess(self, span: Span) -> Stretch | None:
        """By the turns alone: from the turn that the passage begins in to the end of its last."""
        place = bisect_right(self._turns, span.start, key=lambda turn: turn.start) - 1
        if place < 0:
            return None
        last = max(bisect_left(self._turns, span.end, key=lambda turn: turn.start) - 1, place)
        begin = self._within(place, span.start)
        end = self._within(last, span.end)
        return (begin, end) if end > begin else (begin, begin)

    def _within(self, place: int, offset: int) -> int:
        turn = self._turns[place]
        begin = turn.start_ms or 0
        following = self._turns[place + 1].start_ms if place + 1 < len(self._turns) else None
        end = turn.end_ms if turn.end_ms is not None else following
        if end is None or turn.end <= turn.start:
            return begin
        share = min(max(offset - turn.start, 0), turn.end - turn.start) / (turn.end - turn.start)
        return begin + round((end - begin) * share)

    def word_at(self, time_ms: int) -> Span | None:
        """The word that sounds at a time, else the last one before it; None before the first."""
        place = bisect_right(self._begins_ms, time_ms) - 1
        if place >= 0:
            return Span(self._words[place].start, self._words[place].end)
        if self._words or not self._turns:
            return None
        turn = bisect_right(self._turns, time_ms, key=lambda item: item.start_ms or 0) - 1
        return self._turns[turn].span if turn >= 0 else None
