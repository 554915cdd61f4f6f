"""A scrolling surface that keeps the strips of a picture and repaints only rows that differ."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.geometry import Offset, Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from kodebok.tui.reader.paint import Picture, paint_row
from kodebok.tui.reader.palette import Look, Palette

_CONTEXT_ROWS = 2
_STRIPS_KEPT = 1000


class Canvas(ScrollView):
    """Draws a `Picture`; knows nothing of keys.

    Args:
        look: Colour and signs.
    """

    ALLOW_SELECT: ClassVar[bool] = False
    DEFAULT_CSS = """
    Canvas {
        overflow-x: hidden;
        overflow-y: scroll;
        scrollbar-size-vertical: 1;
    }
    """

    def __init__(
        self,
        look: Look,
        name: str | None = None,
        id: str | None = None,  # noqa: A002 - Textual's name for it
        classes: str | None = None,
    ) -> None:
        super().__init__(name=name, id=id, classes=classes)
        self._look = look
        self._picture: Picture | None = None
        self._strips: dict[int, Strip] = {}

    def set_look(self, look: Look) -> None:
        """Draw with or without colour, with box signs or ASCII."""
        self._look = look
        self.notify_style_update()
        self.refresh()

    def notify_style_update(self) -> None:
        """Take up the theme's colours."""
        super().notify_style_update()
        if self._picture is not None:
            palette = self.make_palette()
            self._picture = self._picture.with_palette(palette)
            self._strips.clear()

    def make_palette(self) -> Palette:
        """Styles from the theme's colours."""
        _, _, background, foreground = self.colors
        dark = self.app.current_theme.dark
        return Palette(background, background + foreground, self._look, dark=dark)

    @property
    def view_rows(self) -> range:
        """The rows in sight."""
        top = self.scroll_offset.y
        return range(top, top + self.scrollable_content_region.height)

    def render_line(self, y: int) -> Strip:
        """A row of the view as a strip."""
        if self._picture is None:
            return Strip.blank(self.size.width, self.rich_style)
        return self._strip(self._picture, y + self.scroll_offset.y)

    def _strip(self, picture: Picture, row: int) -> Strip:
        strip = self._strips.get(row)
        if strip is None:
            if len(self._strips) > _STRIPS_KEPT:
                self._strips.clear()
            strip = self._strips[row] = paint_row(picture, row)
        return strip

    def hang(self, picture: Picture) -> None:
        """Draw a picture with another layout: everything anew, the words at the top kept there."""
        former, self._picture = self._picture, picture
        self._strips.clear()
        size = Size(picture.columns.view, picture.layout.row_count)
        if former is not None and former.layout.row_count:
            top = former.layout.row(min(self.scroll_offset.y, former.layout.row_count - 1)).start
            self.virtual_size = size
            self._scroll_to_row(picture.layout.row_of(min(top, len(picture.layout.text))))
        self.virtual_size = size
        self.refresh()

    def repaint(self, picture: Picture, ranges: Iterable[tuple[int, int]] | None = None) -> None:
        """Draw a picture with the same layout, refreshing the rows in sight that look different.

        Args:
            picture: What to draw.
            ranges: Rows that may look different, both ends inclusive; all of them for None.
        """
        self._picture = picture
        view = self.view_rows
        bounds = [(view.start, view.stop)] if ranges is None else list(ranges)
        former = self._forget(None if ranges is None else bounds)
        width = picture.columns.text_x + picture.columns.text + 1
        in_sight = {
            row
            for first, last in bounds
            for row in range(max(first, view.start), min(last + 1, view.stop))
        }
        changed = [row for row in in_sight if self._strip(picture, row) != former.get(row)]
        if changed:
            self.refresh(*(Region(0, row - view.start, width, 1) for row in changed))

    def _forget(self, ranges: Iterable[tuple[int, int]] | None) -> dict[int, Strip]:
        """Take the strips of some rows, or all, out of those that are kept."""
        if ranges is None:
            former, self._strips = self._strips, {}
            return former
        former = {}
        for first, last in ranges:
            near = range(first, last + 1)
            rows = near if len(near) < len(self._strips) else [r for r in self._strips if r in near]
            former |= {row: self._strips.pop(row) for row in rows if row in self._strips}
        return former

    def bring_into_view(self, row: int, *, center: bool = False) -> None:
        """Scroll as little as needed; a row that is far away comes to the upper third."""
        rows = self.view_rows
        height = len(rows)
        context = min(_CONTEXT_ROWS, max(0, height - 1) // 2)
        if center or not rows.start - height <= row < rows.stop + height:
            self._scroll_to_row(row - height // 3)
        elif row < rows.start + context:
            self._scroll_to_row(row - context)
        elif row >= rows.stop - context:
            self._scroll_to_row(row - height + 1 + context)

    def _scroll_to_row(self, row: int) -> None:
        self.scroll_to(y=max(0, row), animate=False, force=True)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Let the terminal's cursor stay on its words."""
        super().watch_scroll_y(old_value, new_value)
        self.place_hardware_cursor()

    def place_hardware_cursor(self) -> None:
        """Put the terminal's own cursor where the reader's is, for screen readers."""
        picture = self._picture
        if picture is None or picture.cursor is None or not self.has_focus:
            return
        row, x = picture.layout.position(picture.cursor)
        corner = self.content_region.offset
        self.app.cursor_position = corner + Offset(
            picture.columns.text_x + x, row - self.scroll_offset.y
        )
