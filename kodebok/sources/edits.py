"""Edits: the places that a repair would change, found before anything is changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_EXAMPLE_MARGIN = 24
_EXAMPLE_LENGTH = 160


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace `start` to `end` of a text (code points, half-open) by `replacement`."""

    start: int
    end: int
    replacement: str


def apply_edits(text: str, edits: Sequence[Edit]) -> str:
    """The text with its edits made; they are in order and do not overlap."""
    parts: list[str] = []
    position = 0
    for edit in edits:
        parts += text[position : edit.start], edit.replacement
        position = edit.end
    parts.append(text[position:])
    return "".join(parts)


def example(text: str, edit: Edit) -> tuple[str, str]:
    """The surroundings of an edit, before and after it."""
    left = text[max(0, edit.start - _EXAMPLE_MARGIN) : edit.start]
    right = text[edit.end : edit.end + _EXAMPLE_MARGIN]
    removed = text[edit.start : edit.end][:_EXAMPLE_LENGTH]
    return left + removed + right, left + edit.replacement + right


def lines_with_offsets(text: str, separators: str = "\n") -> list[tuple[int, str]]:
    """Each line with the offset where it begins; every separator is one character."""
    plain = text
    for separator in separators:
        if separator != "\n":
            plain = plain.replace(separator, "\n")
    found, offset = [], 0
    for line in plain.split("\n"):
        found.append((offset, line))
        offset += len(line) + 1
    return found
