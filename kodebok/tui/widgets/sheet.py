"""A sheet that lies over the lower part of the screen: a title, a body, a line of help."""

from __future__ import annotations

from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from kodebok.tui.widgets.painted import PieceLines
from kodebok.tui.widgets.pieces import DIM, STRONG, WARN

T = TypeVar("T")


class Sheet(ModalScreen[T]):
    """Asks for something, and gives back what was answered; None when it is left by Escape."""

    DEFAULT_CSS = """
    Sheet { background: $background 0%; align: center bottom; }
    Sheet > Vertical {
        height: auto; max-height: 80%; width: 100%; max-width: 110;
        background: $surface; padding: 0;
    }
    Sheet .sheet-title { background: $panel; height: 1; }
    Sheet .sheet-hint { height: 1; }
    Sheet Input, Sheet TextArea {
        border: none; padding: 0 1; background: $boost; color: $foreground;
    }
    Sheet Input { height: 1; }
    Sheet Rows { height: auto; max-height: 12; background: $surface; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False, id="sheet.leave")
    ]

    title_words = ""
    hint_words = ""

    def compose(self) -> ComposeResult:
        """Title, body and help."""
        with Vertical():
            yield PieceLines(classes="sheet-title")
            yield from self.compose_body()
            yield PieceLines(classes="sheet-hint")

    def compose_body(self) -> ComposeResult:
        """What is asked."""
        yield from ()

    def on_mount(self) -> None:
        """Show title and help."""
        self.say_title(self.title_words)
        self.say_hint(self.hint_words)

    def say_title(self, words: str) -> None:
        """Set the title."""
        self.query_one(".sheet-title", PieceLines).show([(words, STRONG)])

    def say_hint(self, words: str, *, warn: bool = False) -> None:
        """Set the line of help."""
        self.query_one(".sheet-hint", PieceLines).show([(words, WARN if warn else DIM)])

    def action_leave(self) -> None:
        """Give nothing back."""
        self.dismiss(None)
