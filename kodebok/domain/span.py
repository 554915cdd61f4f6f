"""Spans of canonical text, and how they are carried over an edit.

Offsets are half-open, in Unicode code points of the source's canonical text.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A passage `start` (inclusive) to `end` (exclusive)."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Edit:
    """`removed`, which stood at `start`, gives way to `inserted`."""

    start: int
    removed: str
    inserted: str

    @property
    def end(self) -> int:
        """Where the removed text ended, before the edit."""
        return self.start + len(self.removed)

    @property
    def shift(self) -> int:
        """How far text after the edit moves."""
        return len(self.inserted) - len(self.removed)

    def apply(self, text: str) -> str:
        """The text after the edit; ValueError when `removed` does not stand there."""
        fits = 0 <= self.start <= len(text)
        if not fits or text[self.start : self.end] != self.removed:
            raise ValueError("the text to be replaced does not stand at that offset")
        return text[: self.start] + self.inserted + text[self.end :]

    def inverse(self) -> Edit:
        """The edit that gives the former text back."""
        return Edit(self.start, self.inserted, self.removed)


def trim_edit(edit: Edit) -> Edit:
    """The smallest edit with the same effect: what both ends share is left alone."""
    removed, inserted = edit.removed, edit.inserted
    shared = min(len(removed), len(inserted))
    head = next((i for i in range(shared) if removed[i] != inserted[i]), shared)
    removed, inserted = removed[head:], inserted[head:]
    shared = min(len(removed), len(inserted))
    tail = next((i for i in range(shared) if removed[-1 - i] != inserted[-1 - i]), shared)
    cut = len(removed) - tail
    return Edit(edit.start + head, removed[:cut], inserted[: len(inserted) - tail])


def carry_span(span: Span, edit: Edit) -> Span | None:
    """The span after the edit, or None when nothing of its words is left.

    Outside the edit the words stay identical. A span around the edit takes in the new text. A
    border inside the removed text moves to the edge of the new text, so that the span keeps the
    words that are its own, and the corrected word where it held a part of it.
    """
    if span.end <= edit.start:
        return span
    if span.start >= edit.end:
        return Span(span.start + edit.shift, span.end + edit.shift)
    start = min(span.start, edit.start)
    end = max(span.end, edit.end) + edit.shift
    return Span(start, end) if end > start else None


def merge_spans(spans: Iterable[Span]) -> list[Span]:
    """The union of the spans, sorted, with overlapping and touching ones joined."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            if span.end > merged[-1].end:
                merged[-1] = Span(merged[-1].start, span.end)
        else:
            merged.append(span)
    return merged
