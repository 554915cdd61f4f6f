"""A table whose one wide column takes what the others leave, and that keeps its cursor."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, cast

from rich.cells import cell_len
from rich.text import Text
from textual.binding import BindingType
from textual.events import Resize
from textual.widgets import DataTable
from textual.widgets.data_table import RowDoesNotExist

from kodebok.tui.keymap import bindings_for
from kodebok.tui.widgets.plain import cut_to

if TYPE_CHECKING:
    from kodebok.tui.app import KodebokApp

_LEAST_WIDE = 8


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Attributes:
        label: Its heading, translated.
        width: In cells; 0 for the one that takes what is left.
        right: Whether its cells stand to the right, as numbers do.
    """

    label: str
    width: int = 0
    right: bool = False


class RowTable(DataTable[Text]):
    """A table of rows, each with a key; Enter or a click chooses one."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings_for("list")]

    DEFAULT_CSS = """
    RowTable { height: 1fr; background: $background; overflow-x: hidden; }
    RowTable > .datatable--header { background: $background; color: $foreground; text-style: bold; }
    RowTable > .datatable--cursor { background: $panel; color: $foreground; text-style: none; }
    RowTable:focus > .datatable--cursor {
        background: $primary; color: $background; text-style: bold;
    }
    RowTable > .datatable--hover { background: $panel; }
    """

    def __init__(self, columns: Sequence[Column], *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id, cursor_type="row", cursor_foreground_priority="css")
        self.cursor_background_priority = "css"
        self._specs = tuple(columns)
        self._rows: list[tuple[str, tuple[str | Text, ...]]] = []

    def on_mount(self) -> None:
        """Make the columns."""
        self._draw()

    def on_resize(self, _event: Resize) -> None:
        """Give the wide column what is left."""
        self._draw()

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Other columns; the rows follow by `fill`."""
        self._specs = tuple(columns)

    def fill(self, rows: Iterable[tuple[str, Sequence[str | Text]]]) -> None:
        """Show these rows, the cursor on the row of the same key, else of the same number."""
        self._rows = [(key, tuple(cells)) for key, cells in rows]
        self._draw()

    @property
    def current_key(self) -> str | None:
        """The key of the row at the cursor."""
        if not self.row_count:
            return None
        return self.coordinate_to_cell_key(self.cursor_coordinate).row_key.value

    def select_key(self, key: str) -> None:
        """Put the cursor on a row, if it is there."""
        with suppress(RowDoesNotExist):
            self.move_cursor(row=self.get_row_index(key), animate=False)

    def _draw(self) -> None:
        key, number = self.current_key, self.cursor_row
        ellipsis = cast("KodebokApp", self.app).ellipsis
        widths = self._widths()
        with self.app.batch_update():
            self.clear(columns=True)
            for place, (spec, width) in enumerate(zip(self._specs, widths, strict=True)):
                self.add_column(
                    _cell(spec.label, spec, width, ellipsis), width=width, key=str(place)
                )
            for row_key, cells in self._rows:
                drawn = [
                    _cell(cell, spec, width, ellipsis)
                    for cell, spec, width in zip(cells, self._specs, widths, strict=True)
                ]
                self.add_row(*drawn, key=row_key)
            self.move_cursor(row=min(number, max(0, self.row_count - 1)), animate=False)
            if key is not None:
                self.select_key(key)

    def _widths(self) -> list[int]:
        padding = 2 * self.cell_padding
        room = self.size.width - self.scrollbar_size_vertical - padding * len(self._specs)
        given = sum(spec.width for spec in self._specs)
        wide = max(1, sum(1 for spec in self._specs if not spec.width))
        left = max(_LEAST_WIDE, (room - given) // wide)
        return [spec.width or left for spec in self._specs]


def _cell(cell: str | Text, spec: Column, width: int, ellipsis: str) -> Text:
    plain = cell.plain if isinstance(cell, Text) else cell
    text = cell.copy() if isinstance(cell, Text) else Text(plain)
    if cell_len(plain) > width or "\n" in plain:
        text = Text(cut_to(plain, width, ellipsis), style=text.style)
    if spec.right:
        text.pad_left(max(0, width - text.cell_len))
    text.no_wrap = True
    return text
