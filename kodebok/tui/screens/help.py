"""Help for the screen at hand: what it is for, and its keys, out of the table of actions."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from rich.cells import cell_len
from rich.style import Style
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen

from kodebok.i18n import translator
from kodebok.tui.keymap import KeyAction, actions_of, bindings_for
from kodebok.tui.widgets.plain import PlainText
from kodebok.tui.words import all_key_words, scope_words

if TYPE_CHECKING:
    from kodebok.tui.app import KodebokApp

_ = translator("tui")

_KEYS_WIDE = 16


class HelpScreen(ModalScreen[None]):
    """The keys of some scopes; Escape goes back.

    Args:
        scopes: The pane at hand first.
        about: What the screen is for, in a sentence or two.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings_for("help")]

    DEFAULT_CSS = """
    HelpScreen { align: center middle; background: $background 60%; }
    HelpScreen > Vertical {
        width: 76; max-width: 98%; height: auto; max-height: 98%; padding: 0 1;
        border: round $primary; background: $surface;
    }
    HelpScreen .help-about { margin-bottom: 1; }
    HelpScreen VerticalScroll { height: auto; max-height: 1fr; scrollbar-size-vertical: 1; }
    """

    def __init__(self, scopes: tuple[str, ...], about: str) -> None:
        super().__init__()
        self._scopes = scopes
        self._about = about

    def compose(self) -> ComposeResult:
        """One scrolling text."""
        with Vertical() as box:
            box.border_title = _("Help – Esc goes back")
            if self._about:
                yield PlainText(self._about, classes="help-about")
            with VerticalScroll():
                yield PlainText(self._keys_text())

    def _keys_text(self) -> Text:
        text = Text()
        for scope in self._scopes:
            actions = actions_of(scope)
            if not actions:
                continue
            if text:
                text.append("\n")
            text.append(scope_words(scope) + "\n", style=Style(bold=True, underline=True))
            for action in actions:
                self._append(text, action)
        return text

    def _append(self, text: Text, action: KeyAction) -> None:
        app = cast("KodebokApp", self.app)
        keys = all_key_words(app.keys_of(action))
        text.append(" " + keys, style=Style(bold=True))
        text.append(" " * max(1, _KEYS_WIDE - cell_len(keys) - 1))
        text.append(action.label_text())
        if action.tip:
            text.append(" – " + action.tip_text())
        text.append("\n")

    def action_close(self) -> None:
        """Go back."""
        self.dismiss(None)
