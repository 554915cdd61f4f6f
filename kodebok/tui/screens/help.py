"""Help for the screen at hand: what it is for, and its keys, out of the table of actions."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from rich.style import Style
from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from kodebok.i18n import translator
from kodebok.tui.keymap import KeyAction, actions_of, bindings_for
from kodebok.tui.widgets.plain import PlainText
from kodebok.tui.words import all_key_words, scope_words

if TYPE_CHECKING:
    from kodebok.tui.app import KodebokApp

_ = translator("tui")

_KEYS_WIDE = 17
_HEADING = Style(bold=True, underline=True)


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
                yield Static(self._keys_table())

    def _keys_table(self) -> Table:
        """Keys at the left, what they do at the right; long sentences stay in their column."""
        table = Table.grid(padding=(0, 1), expand=True)
        table.add_column(width=_KEYS_WIDE, no_wrap=True, overflow="fold")
        table.add_column(ratio=1)
        for scope in self._scopes:
            actions = actions_of(scope)
            if actions:
                table.add_row(Text(scope_words(scope), style=_HEADING, no_wrap=True), "")
            for action in actions:
                table.add_row(*self._cells(action))
            if actions:
                table.add_row("", "")
        return table

    def _cells(self, action: KeyAction) -> tuple[Text, Text]:
        app = cast("KodebokApp", self.app)
        keys = Text(all_key_words(app.keys_of(action)), style=Style(bold=True))
        words = Text(action.label_text())
        if action.tip:
            words.append(" – " + action.tip_text())
        return keys, words

    def action_close(self) -> None:
        """Go back."""
        self.dismiss(None)
