"""What a reader of one format hands on: blocks in reading order, not yet mended or split."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Cue:
    """A stretch of speech whose speaker and times the format itself gives (milliseconds)."""

    text: str
    speaker: str | None = None
    start_ms: int | None = None
    end_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table as rows of cell texts; rows may differ in length."""

    rows: tuple[tuple[str, ...], ...]


Block = str | Table | Cue


@dataclass(frozen=True, slots=True)
class Draft:
    """A document as its format gives it.

    Attributes:
        blocks: A `str` is running text with its own line ends; `Cue` and `Table` are structured.
        format: What the file was read as, such as `txt` or `docx-teams`.
        encoding: Of text files; None for binary formats.
        values: Background values that the file itself states.
        doubts: Sentences for the user about what was unclear or left out.
        polish: What the format still wants done to each turn's text.
    """

    blocks: tuple[Block, ...]
    format: str
    encoding: str | None = None
    values: dict[str, str] = field(default_factory=dict)
    doubts: tuple[str, ...] = ()
    polish: Callable[[str], str] = str
