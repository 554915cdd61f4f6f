"""The sheet that asks for a passphrase, unseen."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from kodebok.i18n import translator
from kodebok.tui.widgets.plain import PlainText
from kodebok.tui.widgets.sheet import Sheet

_ = translator("review")


class PassphraseSheet(Sheet[str | None]):
    """Asks for a passphrase; twice where it is a new one.

    Args:
        title: What it is for.
        told: What a person should know before typing it.
        is_new: Whether it is chosen here.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "next", show=False, priority=True)]

    def __init__(self, title: str, told: str, *, is_new: bool) -> None:
        super().__init__()
        self.title_words = title
        self.hint_words = _("Enter: done · Esc gives up")
        self._told, self._is_new = told, is_new

    def compose_body(self) -> ComposeResult:
        """What to know, and one field or two."""
        yield PlainText(self._told)
        yield Input(password=True, id="first")
        if self._is_new:
            yield PlainText(_("Once more"))
            yield Input(password=True, id="second")

    def on_mount(self) -> None:
        """Begin in the first field."""
        self.query_one("#first", Input).focus()

    def action_next(self) -> None:
        """To the second field; then give the passphrase, when both are the same."""
        first = self.query_one("#first", Input).value
        if not first:
            return
        second = self.query_one("#second", Input) if self._is_new else None
        if second is not None and not second.has_focus:
            second.focus()
        elif second is not None and second.value != first:
            self.say_hint(_("The two are not the same: type it again"), warn=True)
            second.value = ""
        else:
            self.dismiss(first)
