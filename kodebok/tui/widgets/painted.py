"""Widgets that draw pieces in the theme's styles, and the line of them."""

from __future__ import annotations

from typing import cast

from textual.strip import Strip
from textual.widget import Widget

from kodebok.tui.reader.palette import Look, Palette
from kodebok.tui.widgets.pieces import Line, fit, segments


class Painted(Widget):
    """A widget that draws pieces."""

    _palette: Palette | None = None

    @property
    def look(self) -> Look:
        """Colour and signs, as the program has them."""
        return cast("Look", getattr(self.app, "look", None) or Look())

    @property
    def palette(self) -> Palette:
        """The theme's styles."""
        if self._palette is None:
            _, _, background, foreground = self.colors
            dark = self.app.current_theme.dark
            self._palette = Palette(background, background + foreground, self.look, dark=dark)
        return self._palette

    def notify_style_update(self) -> None:
        """Take up the theme's colours."""
        super().notify_style_update()
        self._palette = None


class PieceLines(Painted):
    """Some lines of pieces."""

    DEFAULT_CSS = "PieceLines { height: 1; width: 1fr; }"
    ALLOW_SELECT = False

    def __init__(self, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._lines: tuple[Line, ...] = ()

    @property
    def words(self) -> str:
        """What stands there, without styles."""
        return "\n".join("".join(words for words, _ in line) for line in self._lines)

    def show(self, *lines: Line) -> None:
        """Show these lines."""
        if lines != self._lines:
            self._lines = lines
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """A line as a strip, one empty cell at each side."""
        width = self.size.width
        line = self._lines[y] if y < len(self._lines) else []
        padded = [(" ", ""), *fit(line, max(0, width - 2), self.look), (" ", "")]
        return Strip(segments(padded, self.palette), max(width, 2)).crop(0, width)
