"""Which turns were heard from their beginning to their end."""

from __future__ import annotations

from collections.abc import Iterable

from kodebok.domain.recording import Stretch
from kodebok.domain.source import Turn
from kodebok.domain.span import Span
from kodebok.domain.timeline import TimeLine

NEAR_MS = 250  # between two looks at the player the first and last sound of a turn may slip by


class HeardRun:
    """What was played without a gap, and which turns lie in it. Times are milliseconds.

    Args:
        line: The times of the source's words.
        turns: Its turns.
    """

    def __init__(self, line: TimeLine, turns: Iterable[Turn]) -> None:
        self._waiting: dict[Span, Stretch] = {}
        for turn in turns:
            stretch = line.stretch(turn.span) if turn.span else None
            if stretch is not None and stretch[0] < stretch[1]:
                self._waiting[turn.span] = stretch
        self._played: Stretch | None = None

    def jump(self) -> None:
        """The sound goes on from somewhere else: what lies between is not heard."""
        self._played = None

    def hear(self, position_ms: int) -> list[Span]:
        """Note that the sound has come so far, by playing on or by going back.

        Returns:
            The turns that are now heard whole, each once.
        """
        begin, end = self._played or (position_ms, position_ms)
        self._played = begin, end = min(begin, position_ms), max(end, position_ms)
        done = [
            span
            for span, (first, last) in self._waiting.items()
            if begin <= first + NEAR_MS and last - NEAR_MS <= end
        ]
        for span in done:
            del self._waiting[span]
        return done
