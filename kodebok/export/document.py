"""A document before it has a file format: paragraphs and tables, each with its purpose."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ParagraphKind(StrEnum):
    """What a paragraph is for; the writer knows how it looks."""

    HEADING_1 = "Heading1"
    HEADING_2 = "Heading2"
    HEADING_3 = "Heading3"
    HEADING_4 = "Heading4"
    BODY = "BodyText"
    QUOTE = "Quote"
    SUMMARY = "MiniSummary"
    PLACEHOLDER = "Placeholder"
    CAPTION = "Caption"
    CLOSING = "Colophon"
    TURN = "Turn"

    @classmethod
    def heading(cls, level: int) -> ParagraphKind:
        """The heading of a level from 1; deeper than 4 looks as 4."""
        return (cls.HEADING_1, cls.HEADING_2, cls.HEADING_3, cls.HEADING_4)[min(level, 4) - 1]


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text of one look.

    Attributes:
        language: `nb`, `nn` or `en` when it is not the document's own.
        slot: Whether the author is to replace it.
    """

    text: str
    bold: bool = False
    italic: bool = False
    slot: bool = False
    language: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Runs under one purpose."""

    kind: ParagraphKind
    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        """The words, without their look."""
        return "".join(run.text for run in self.runs)


def paragraph(kind: ParagraphKind, text: str, *, italic: bool = False) -> Paragraph:
    """A paragraph of one run."""
    return Paragraph(kind, (Run(text, italic=italic),))


Cell = str | int


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a header row.

    Attributes:
        caption: Printed above it; a table without one has no number.
        widths: Share of each column, in any unit; equal shares when empty.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    caption: str = ""
    widths: tuple[int, ...] = ()


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Document:
    """A document to be written.

    Attributes:
        language: `nb`, `nn` or `en`.
        made_on: ISO date, or empty; goes into the properties.
        landscape: Whether the pages lie down.
        doubts: Sentences for the user about the document; not printed in it.
    """

    title: str
    language: str
    blocks: tuple[Block, ...]
    made_on: str = ""
    landscape: bool = False
    doubts: tuple[str, ...] = ()
