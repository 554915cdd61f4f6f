"""The lines around every screen: where one is, the first round, and the most needed keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from rich.cells import cell_len
from rich.style import Style
from rich.text import Text
from textual.events import Click
from textual.widget import Widget

from kodebok.tui.keymap import KeyAction, footer_actions
from kodebok.tui.widgets.plain import cut_to
from kodebok.tui.words import key_words

if TYPE_CHECKING:
    from kodebok.tui.app import KodebokApp
    from kodebok.tui.base import FramedScreen

_GAP = 2
_BOLD = Style(bold=True)


class FrameLine(Widget):
    """A line that looks at its screen when it is drawn."""

    DEFAULT_CSS = """
    FrameLine { height: 1; width: 1fr; background: $panel; color: $foreground; padding: 0 1; }
    """

    @property
    def framed(self) -> FramedScreen:
        """The screen that the line belongs to."""
        return cast("FramedScreen", self.screen)

    @property
    def kodebok(self) -> KodebokApp:
        """The app, by its own type."""
        return cast("KodebokApp", self.app)


class TitleLine(FrameLine):
    """The study's title, and where one is in it."""

    def render(self) -> Text:
        """Where one is on the right, whole; the title takes what is left."""
        width = self.size.width
        place = cut_to(self.framed.title_text(), width, self.kodebok.ellipsis)
        room = max(0, width - cell_len(place) - _GAP)
        title = cut_to(self.kodebok.study_title() or "kodebok", room, self.kodebok.ellipsis)
        line = Text(title, style=_BOLD, no_wrap=True)
        line.append(" " * max(_GAP, width - cell_len(title) - cell_len(place)))
        line.append(place)
        return line


class TourLine(FrameLine):
    """The step of the first round that comes next; away when it is done or turned off."""

    DEFAULT_CSS = """
    TourLine { background: $background; color: $success; text-style: bold; display: none; }
    TourLine.-on { display: block; }
    """

    sentence = ""

    def show_sentence(self, sentence: str) -> None:
        """Show a step; an empty one hides the line."""
        if sentence != self.sentence:
            self.sentence = sentence
            self.set_class(bool(sentence), "-on")
            self.refresh()

    def render(self) -> Text:
        """The step, in one line."""
        return Text(cut_to(self.sentence, self.size.width, self.kodebok.ellipsis), no_wrap=True)


class KeyLine(FrameLine):
    """The most needed keys of the screen at hand; a click does what the key does."""

    def __init__(self) -> None:
        super().__init__()
        self._places: list[tuple[int, int, KeyAction]] = []

    def render(self) -> Text:
        """Keys and their labels, as many as there is room for; help and quit always."""
        width = self.size.width
        actions = footer_actions(self.framed.footer_scopes())
        always = [action for action in actions if action.scope == "app"]
        room = width + _GAP - sum(self._width_of(action) for action in always)
        shown = []
        for action in actions:
            if action in always:
                continue
            room -= self._width_of(action)
            if room < 0:
                break
            shown.append(action)
        return self._line([*shown, *always])

    def _width_of(self, action: KeyAction) -> int:
        key = key_words(self.kodebok.keys_of(action))
        return cell_len(key) + 1 + cell_len(action.label_text()) + _GAP

    def _line(self, actions: list[KeyAction]) -> Text:
        line = Text(no_wrap=True)
        self._places = []
        for action in actions:
            begin = line.cell_len
            line.append(key_words(self.kodebok.keys_of(action)), style=_BOLD)
            line.append(" " + action.label_text())
            self._places.append((begin, line.cell_len, action))
            line.append(" " * _GAP)
        line.rstrip()
        return line

    async def on_click(self, event: Click) -> None:
        """Do what was clicked on."""
        x = event.x - self.gutter.left
        for begin, end, action in self._places:
            if begin <= x < end:
                namespace = self.app if action.scope == "app" else self.framed
                await self.app.run_action(action.action, namespace)
