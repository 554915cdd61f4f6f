"""Speech cut into chunks that an engine takes at once: at most 28 seconds, cut at pauses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kodebok.transcribe.speech import WINDOW_MS, Probabilities, Stretch

LONGEST_MS = 28_000
# A chunk that is full may be cut this much earlier, where a pause is longer.
LOOK_BACK_MS = 8_000
# Pauses longer than this always end a chunk: engines invent text for long silences.
LONGEST_PAUSE_MS = 4_000


@dataclass(frozen=True, slots=True)
class PlannedChunk:
    """A chunk to be heard.

    Attributes:
        number: Its place in the recording, from 0.
        speech: The stretches of speech in it, in milliseconds of the recording.
    """

    number: int
    speech: tuple[Stretch, ...]

    @property
    def start_ms(self) -> int:
        """Where its speech begins."""
        return self.speech[0][0]

    @property
    def end_ms(self) -> int:
        """Where its speech ends."""
        return self.speech[-1][1]


def plan_chunks(stretches: Sequence[Stretch], probabilities: Probabilities) -> list[PlannedChunk]:
    """All stretches, in order, in chunks of at most 28 seconds.

    A stretch longer than that is cut where it sounds least like speech.

    Args:
        stretches: Where somebody speaks, in milliseconds, ascending, without overlap.
        probabilities: Of speech, one for each 32 ms.
    """
    short = [part for stretch in stretches for part in _cut(stretch, probabilities)]
    chunks: list[PlannedChunk] = []
    while short:
        count = _fitting(short)
        chunks.append(PlannedChunk(len(chunks), tuple(short[:count])))
        short = short[count:]
    return chunks


def _fitting(stretches: Sequence[Stretch]) -> int:
    """How many of the first stretches make the next chunk."""
    count = 1
    begun = stretches[0][0]
    while count < len(stretches):
        if stretches[count][0] - stretches[count - 1][1] > LONGEST_PAUSE_MS:
            return count
        if stretches[count][1] - begun > LONGEST_MS:
            break
        count += 1
    else:
        return count
    earliest = stretches[count - 1][1] - LOOK_BACK_MS
    places = [n for n in range(1, count + 1) if stretches[n - 1][1] >= earliest]
    return max(places, key=lambda n: _worth(stretches[n - 1][1], stretches[n][0]))


def _worth(end: int, start: int) -> float:
    """How good a pause is to cut at: long, or late, since every chunk costs as much as a full one.

    A cut that comes ten seconds later is worth a second of pause.
    """
    return min(start - end, LONGEST_PAUSE_MS) + end / 10


def _cut(stretch: Stretch, probabilities: Probabilities) -> Iterator[Stretch]:
    """A stretch in parts that fit, each cut in the last part of what would fit."""
    start, end = stretch
    while end - start > LONGEST_MS:
        last = (start + LONGEST_MS) // WINDOW_MS
        first = (start + LONGEST_MS - LOOK_BACK_MS) // WINDOW_MS
        window = probabilities[first:last]
        place = (first + int(window.argmin())) * WINDOW_MS if len(window) else start + LONGEST_MS
        yield start, place
        start = place
    yield start, end
