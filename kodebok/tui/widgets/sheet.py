"""A sheet that lies over the lower part of the screen: a title, a body, a line of help."""

from __future__ import annotations

from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.color import Color
from textual.containers import Vertical
from textual.screen import ModalScreen

from kodebok.tui.widgets.painted import PieceLines
from kodebok.tui.widgets.pieces import DIM, STRONG, WARN

T = TypeVar("T")

_SHADE = Color(0, 0, 0, 0.15)  # laid over what stands behind, which stays readable


class Sheet(ModalScreen[T]):
    """Asks for something, and gives back what was answered; None when it is left by Escape."""

    DEFAULT_CSS = """
    Sheet { align: center bottom; }
    Sheet > Vertical {
        height: auto; max-height: 80%; width: 100%; max-width: 110;
        background: $surface; padding: 0;
    }
    Sheet .sheet-title { background: $panel; height: 1; }
    Sheet .sheet-hint { height: 1; }
    Sheet Input, Sheet TextArea, Sheet Input:focus, Sheet TextArea:focus {
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

    def __init__(self) -> None:
        super().__init__()
        self.styles.background = _SHADE
        self._title = PieceLines(classes="sheet-title")
        self._hint = PieceLines(classes="sheet-hint")

    def compose(self) -> ComposeResult:
        """Title, body and help."""
        self.say_title(self.title_words)
        self.say_hint(self.hint_words)
        with Vertical():
            yield self._title
            yield from self.compose_body()
            yield self._hint

    def compose_body(self) -> ComposeResult:
        """What is asked."""
        yield from ()

    def say_title(self, words: str) -> None:
        """Set the title."""
        self._title.show([(words, STRONG)])

    def say_hint(self, words: str, *, warn: bool = False) -> None:
        """Set the line of help."""
        self._hint.show([(words, WARN if warn else DIM)])

    def action_leave(self) -> None:
        """Give nothing back."""
        self.dismiss(None)
