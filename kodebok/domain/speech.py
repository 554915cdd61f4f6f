"""Speech as it was recognised: words with their times, in chunks that a run can resume after.

Times are milliseconds from the beginning of the recording.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class SpokenWord:
    """A word with its time.

    Attributes:
        text: The word with its punctuation, without the space before it.
        probability: How sure the model is, 0 to 1.
    """

    start_ms: int
    end_ms: int
    text: str
    probability: float


@dataclass(frozen=True, slots=True)
class Segment:
    """What an engine says of a stretch: some words that belong together.

    A segment without words is a stretch of speech that no try gave a text for; it is shown as
    unclear, with its time, and never left out.
    """

    start_ms: int
    end_ms: int
    words: tuple[SpokenWord, ...]

    @property
    def is_unclear(self) -> bool:
        """Whether somebody speaks here and nothing was understood."""
        return not self.words

    @property
    def text(self) -> str:
        """The words with one space between."""
        return " ".join(word.text for word in self.words)


class ChunkState(StrEnum):
    """What became of a chunk of speech."""

    TEXT = "text"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Chunk:
    """A stretch of speech of at most 28 seconds, and what was heard in it.

    Attributes:
        number: Its place among the recording's chunks, from 0.
        state: `unclear` when no try gave a text; it is then marked, never left out.
        segments: What was heard, in order; empty when all of it is unclear. Where a part of it is
            unclear, a segment without words stands in its place.
        tries: How many times it was put to the engine.
        engine: Fingerprint of the model and settings that gave the text.
        dropped: Texts that were thrown away, such as a loop or text on silence, with the reason:
            `(reason, start_ms, end_ms)`; never the text itself.
    """

    number: int
    start_ms: int
    end_ms: int
    state: ChunkState
    segments: tuple[Segment, ...]
    tries: int
    engine: str
    dropped: tuple[tuple[str, int, int], ...] = ()
