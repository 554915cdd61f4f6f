"""Paragraphs, line breaks and tables of a document, gathered while its tree is walked."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kodebok.sources.drafts import Table

if TYPE_CHECKING:
    from kodebok.sources.drafts import Block


@dataclass(slots=True)
class _OpenTable:
    rows: list[tuple[str, ...]] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    paragraphs: list[str] = field(default_factory=list)


class Flow:
    """Collects text; an empty line parts paragraphs, so that lines within them stay apart."""

    def __init__(self) -> None:
        self._blocks: list[Block] = []
        self._paragraphs: list[str] = []
        self._parts: list[str] = []
        self._tables: list[_OpenTable] = []

    def add(self, text: str) -> None:
        """Text of the paragraph that is open."""
        self._parts.append(text)

    def open_text(self) -> str:
        """What the open paragraph holds so far."""
        return "".join(self._parts)

    def at_line_start(self) -> bool:
        """Whether nothing, or white space, stands at the end of the open paragraph."""
        return not self._parts or self._parts[-1][-1:].isspace() or not self._parts[-1]

    def replace_open(self, text: str) -> None:
        """Let the open paragraph hold this instead."""
        self._parts = [text]

    def end_paragraph(self, *, keep_empty: bool = True) -> None:
        """Close the paragraph; an empty one counts only where the author made it."""
        paragraph = "".join(self._parts)
        self._parts = []
        if paragraph.strip() or (keep_empty and not self._tables):
            target = self._tables[-1].paragraphs if self._tables else self._paragraphs
            target.append(paragraph)

    def start_table(self) -> None:
        """Open a table; one inside a cell becomes lines of that cell."""
        self.end_paragraph(keep_empty=False)
        self._tables.append(_OpenTable())

    def end_cell(self) -> None:
        """Close a cell."""
        self.end_paragraph(keep_empty=False)
        if self._tables:
            table = self._tables[-1]
            table.cells.append("\n".join(text.strip() for text in table.paragraphs))
            table.paragraphs = []

    def end_row(self) -> None:
        """Close a row."""
        if self._tables and self._tables[-1].cells:
            self._tables[-1].rows.append(tuple(self._tables[-1].cells))
            self._tables[-1].cells = []

    def end_table(self) -> None:
        """Close the table."""
        if not self._tables:
            return
        self.end_paragraph(keep_empty=False)
        self.end_row()
        table = self._tables.pop()
        loose = table.paragraphs
        if self._tables:
            lines = [cell for row in table.rows for cell in row if cell]
            self._tables[-1].paragraphs += [*lines, *loose]
            return
        self._paragraphs += loose
        if table.rows:
            self._close_running_text()
            self._blocks.append(Table(tuple(table.rows)))

    def _close_running_text(self) -> None:
        if any(paragraph.strip() for paragraph in self._paragraphs):
            self._blocks.append("\n\n".join(self._paragraphs))
        self._paragraphs = []

    def blocks(self) -> tuple[Block, ...]:
        """Everything gathered, in reading order."""
        while self._tables:
            self.end_table()
        self.end_paragraph(keep_empty=False)
        self._close_running_text()
        return tuple(self._blocks)
