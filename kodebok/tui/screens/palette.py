"""Every command of the screen at hand, found by typing some letters of its name."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.style import Style
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from kodebok.i18n import translator
from kodebok.tui.keymap import KeyAction, actions_of, bindings_for, find_action
from kodebok.tui.widgets.plain import PlainText
from kodebok.tui.words import key_words

if TYPE_CHECKING:
    from kodebok.tui.base import FramedScreen

_ = translator("tui")


def matching_actions(actions: tuple[KeyAction, ...], typed: str) -> list[KeyAction]:
    """The actions whose label or tip holds every word typed; those whose label begins so first."""
    wanted = typed.casefold().split()
    found = [
        action
        for action in actions
        if all(word in f"{action.label_text()} {action.tip_text()}".casefold() for word in wanted)
    ]
    first = wanted[0] if wanted else ""
    return sorted(found, key=lambda a: not a.label_text().casefold().startswith(first))


class PaletteScreen(ModalScreen[None]):
    """A line to type in, and the commands that fit.

    Args:
        over: The screen that it opened over, whose commands are shown first.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings_for("palette")]

    DEFAULT_CSS = """
    PaletteScreen { align: center top; background: $background 60%; }
    PaletteScreen > Vertical {
        margin-top: 2; width: 68; max-width: 96%; height: auto; max-height: 80%; padding: 0 1;
        border: round $primary; background: $surface;
    }
    PaletteScreen OptionList { height: auto; max-height: 14; border: none; padding: 0; }
    PaletteScreen #nothing { display: none; }
    """

    def __init__(self, over: FramedScreen) -> None:
        super().__init__()
        self._over = over
        scopes = dict.fromkeys((*over.help_scopes(), "app"))
        self._actions = tuple(action for scope in scopes for action in actions_of(scope))

    def compose(self) -> ComposeResult:
        """The line, and the list under it."""
        with Vertical() as box:
            box.border_title = _("All commands – Esc goes back")
            yield Input(placeholder=_("type a word of the command"), compact=True)
            yield OptionList(compact=True)
            yield PlainText(_("No command fits."), id="nothing")

    def on_mount(self) -> None:
        """Show all."""
        self._show("")

    def _show(self, typed: str) -> None:
        found = matching_actions(self._actions, typed)
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options(Option(self._prompt(action), id=action.id) for action in found)
        options.highlighted = 0 if found else None
        self.query_one("#nothing").display = not found

    def _prompt(self, action: KeyAction) -> Text:
        text = Text(action.label_text())
        text.append("  " + key_words(self._over.kodebok.keys_of(action)), style=Style(dim=True))
        return text

    @on(Input.Changed)
    def _on_typed(self, event: Input.Changed) -> None:
        self._show(event.value)

    def action_down(self) -> None:
        """To the next command."""
        self.query_one(OptionList).action_cursor_down()

    def action_up(self) -> None:
        """To the command before."""
        self.query_one(OptionList).action_cursor_up()

    def action_close(self) -> None:
        """Go back."""
        self.dismiss(None)

    @on(Input.Submitted)
    async def _on_submitted(self) -> None:
        self.query_one(OptionList).action_select()

    @on(OptionList.OptionSelected)
    async def _on_chosen(self, event: OptionList.OptionSelected) -> None:
        action = find_action(event.option_id or "")
        over = self._over
        self.dismiss(None)
        target = self._target(action)
        over.call_after_refresh(over.app.run_action, action.action, target)

    def _target(self, action: KeyAction) -> object:
        if action.scope == "app":
            return self.app
        for node in (self._over.focused, self._over):
            if node is not None and hasattr(node, f"action_{action.action.partition('(')[0]}"):
                return node
        return self._over
