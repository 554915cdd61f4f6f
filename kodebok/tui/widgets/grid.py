"""A table with a head and a first column that stay while the rest scrolls."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.widgets import DataTable


class Grid(DataTable[Text]):
    """A `DataTable` that also moves by hjkl, and keeps its cursor when it is shown anew."""

    DEFAULT_CSS = """
    Grid { height: 1fr; background: $background; scrollbar-size: 1 1; }
    Grid > .datatable--header { background: $panel; color: $foreground; text-style: bold; }
    Grid > .datatable--fixed { background: $surface; color: $foreground; }
    Grid > .datatable--cursor { background: $primary; color: $background; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "cursor_down", show=False),
        Binding("k", "cursor_up", show=False),
        Binding("l", "cursor_right", show=False),
        Binding("h", "cursor_left", show=False),
    ]

    def __init__(self, **options: Any) -> None:
        super().__init__(fixed_columns=1, cursor_type="cell", cell_padding=1, **options)

    def show(self, head: Sequence[Text], rows: Sequence[tuple[str, Sequence[Text]]]) -> None:
        """Show these rows, each with the key that it is known by."""
        place = self.cursor_coordinate
        scrolled = self.scroll_offset
        self.clear(columns=True)
        for number, words in enumerate(head):
            widest = max([words.cell_len, *(cells[number].cell_len for _, cells in rows)])
            self.add_column(words, key=str(number), width=widest)
        for key, cells in rows:
            self.add_row(*cells, key=key)
        if rows and len(head) > 1:
            row = min(place.row, len(rows) - 1)
            column = min(max(1, place.column), len(head) - 1)
            self.move_cursor(row=row, column=column, animate=False, scroll=False)
            self.scroll_to(x=scrolled.x, y=scrolled.y, animate=False, force=True)
