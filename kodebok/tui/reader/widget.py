"""The reader: a source's text with its codings, to be moved over and marked by keys and mouse."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from textual import events
from textual.actions import SkipAction
from textual.binding import BindingType

from kodebok.tui.reader import cursor as moves
from kodebok.tui.reader.cursor import Cursor, Ground
from kodebok.tui.reader.document import ReaderDocument
from kodebok.tui.reader.keys import BINDINGS
from kodebok.tui.reader.paint import Picture
from kodebok.tui.reader.palette import Look
from kodebok.tui.reader.units import Unit, next_cluster
from kodebok.tui.reader.view import ReaderView

_UNITS_BY_CLICKS = {2: Unit.WORD, 3: Unit.TURN}


class Reader(ReaderView, can_focus=True):
    """A source's text with its codings, for keyboard and mouse.

    No key is acted upon before the widget knows its size.

    Args:
        document: What to show; an empty text when None.
        look: Colour and signs.
    """

    BINDINGS: ClassVar[list[BindingType]] = BINDINGS

    def __init__(
        self,
        document: ReaderDocument | None = None,
        *,
        look: Look | None = None,
        name: str | None = None,
        id: str | None = None,  # noqa: A002 - Textual's name for it
        classes: str | None = None,
    ) -> None:
        super().__init__(document, look=look, name=name, id=id, classes=classes)
        self._drag_from: int | None = None

    @property
    def _ground(self) -> Ground | None:
        """What moves go over, or None before the widget knows its size."""
        if self._picture is None:
            return None
        page = len(self.view_rows)
        return Ground(self._document, self._picture.layout, self._picture.lanes, page)

    def action_move(self, name: str) -> None:
        """Make the move `name`; it extends the selection while marking, else drops it."""
        if (ground := self._ground) is not None:
            self.settle(moves.move(ground, self._cursor, name))

    def action_extend(self, name: str) -> None:
        """Make the move `name` and mark what is passed over."""
        if (ground := self._ground) is not None:
            self.settle(moves.move(ground, self._cursor, name, extend=True))

    def action_mark(self) -> None:
        """Begin marking, or let go."""
        if self._picture is not None:
            self.settle(moves.begin_mark(self._cursor))

    def action_mark_unit(self, unit: str) -> None:
        """Mark the word, sentence or turn at the cursor."""
        if (ground := self._ground) is not None:
            self.settle(moves.select_unit(ground, self._cursor, Unit(unit)))

    def action_grow(self) -> None:
        """Mark the next larger unit."""
        if (ground := self._ground) is not None:
            self.settle(moves.grow(ground, self._cursor))

    def action_shrink(self) -> None:
        """Mark the next smaller unit."""
        if (ground := self._ground) is not None:
            self.settle(moves.shrink(ground, self._cursor))

    def action_swap_ends(self) -> None:
        """Move the cursor to the selection's other end."""
        if self._picture is not None:
            self.settle(moves.swap_ends(self._cursor))

    def action_unmark(self) -> None:
        """Let go of what is marked; with nothing marked the key goes on to the screen."""
        if self._cursor.anchor is None:
            raise SkipAction
        self.settle(Cursor(self._cursor.offset))

    def action_copy(self) -> None:
        """Copy what is marked; with nothing marked the key goes on to the screen."""
        if not self.selected_text:
            raise SkipAction
        self.app.copy_to_clipboard(self.selected_text)

    def action_cycle(self) -> None:
        """Let the next of the codings at the cursor stand out, from short to long and round."""
        here = [span.id for span in self.codings_at_cursor]
        active = self.active_coding
        if active is not None:
            self.set_active(here[(here.index(active.id) + 1) % len(here)])

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Move the cursor; a bar in the gutter makes its coding active."""
        if self._picture is None or event.button != 1:
            return
        event.stop()
        row, x = self._cell_under(event)
        if self._pick_bar(self._picture, row, x):
            return
        offset = self._picture.layout.offset_at(row, x)
        if event.shift:
            self.settle(moves.place(self._cursor, offset, extend=True), scroll=False)
            return
        self._drag_from = offset
        self.capture_mouse()
        self.settle(Cursor(offset), scroll=False)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Mark from where the button went down, the sign under the pointer included."""
        if self._picture is None or self._drag_from is None:
            return
        event.stop()
        begun, here = self._drag_from, self._picture.layout.offset_at(*self._cell_under(event))
        text = self._document.text
        if here > begun:
            self.settle(Cursor(next_cluster(text, here), begun))
        elif here < begun:
            self.settle(Cursor(here, next_cluster(text, begun)))
        else:
            self.settle(Cursor(here))

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """End a drag."""
        if self._drag_from is not None:
            event.stop()
            self._drag_from = None
            self.release_mouse()

    def on_click(self, event: events.Click) -> None:
        """Mark a word by two clicks, a turn by three."""
        unit, ground = _UNITS_BY_CLICKS.get(event.chain), self._ground
        if ground is None or unit is None:
            return
        offset = ground.layout.offset_at(*self._cell_under(event))
        marked = moves.select_unit(ground, Cursor(offset), unit)
        self.settle(replace(marked, marking=False), scroll=False)

    def _cell_under(self, event: events.MouseEvent) -> tuple[int, int]:
        """Row of the layout and cell from the text's left edge; the cell may be negative."""
        left = self._picture.columns.text_x if self._picture else 0
        inside = event.offset - self.gutter.top_left
        return inside.y + self.scroll_offset.y, inside.x - left

    def _pick_bar(self, picture: Picture, row: int, x: int) -> bool:
        lane = -2 - x
        bar = next((bar for bar in picture.lanes.in_row(row) if bar.lane == lane), None)
        if bar is None:
            return False
        start = max(bar.span.start, picture.layout.row(row).start)
        self.settle(Cursor(self.clamped(start)), scroll=False)
        self.set_active(bar.span.id)
        return True
