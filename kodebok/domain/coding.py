"""Codings: a code on a passage, by a coder."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kodebok.domain.span import Span


class CodingOrigin(StrEnum):
    """How a coding came about."""

    HAND = "hand"
    SEARCH = "search"
    IN_VIVO = "in-vivo"
    IMPORT = "import"
    SUGGESTION = "suggestion"


class Weight(StrEnum):
    """What a passage does to its code."""

    SUPPORTS = "supports"
    NUANCES = "nuances"
    CONTRADICTS = "contradicts"


@dataclass(frozen=True, slots=True)
class Coding:
    """A code on `start` to `end` of a source's canonical text.

    Attributes:
        text: The words covered, kept so that the offsets can be checked.
    """

    id: str
    source_id: str
    code_id: str
    coder_id: str
    start: int
    end: int
    text: str
    origin: CodingOrigin = CodingOrigin.HAND
    weight: Weight | None = None
    created: str = ""

    @property
    def span(self) -> Span:
        """Where the passage stands."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A coded passage with what a reader wants to know of it.

    Attributes:
        code: The code's path.
        speaker: Label of the voice at the passage's start.
        case: Name of the participant: the turn's, else the source's.
        time_ms: Start of the turn in the recording.
    """

    id: str
    source: str
    source_id: str
    case: str | None
    code: str
    code_id: str
    start: int
    end: int
    text: str
    speaker: str | None
    time_ms: int | None
    coder: str
    notes_only: bool = False
    weight: Weight | None = None

    @property
    def span(self) -> Span:
        """Where the passage stands."""
        return Span(self.start, self.end)
