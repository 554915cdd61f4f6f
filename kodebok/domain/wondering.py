"""Wonderings: places where a reader was surprised, before any code explains them."""

from __future__ import annotations

from dataclasses import dataclass

from kodebok.domain.span import Span


@dataclass(frozen=True, slots=True)
class Wondering:
    """A passage that surprises its reader.

    Attributes:
        start, end: The passage, half-open code points; the words themselves are the source's.
        surprise: What surprises here; may be empty, since the mark alone is worth keeping.
        theory: Against which theory, expectation or code.
    """

    id: str
    source_id: str
    coder_id: str
    start: int
    end: int
    surprise: str = ""
    theory: str = ""
    created: str = ""

    @property
    def span(self) -> Span:
        """Where the passage stands."""
        return Span(self.start, self.end)
