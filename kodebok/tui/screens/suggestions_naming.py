"""The sheet where a candidate gets its name: the fields are empty, the researcher writes them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from kodebok.i18n import translator
from kodebok.tui.widgets.plain import PlainText
from kodebok.tui.widgets.sheet import Sheet

_ = translator("suggest")


@dataclass(frozen=True, slots=True)
class Named:
    """What the researcher calls a candidate, and means by it.

    Attributes:
        test: How to find out whether it holds; may be empty.
    """

    name: str
    definition: str
    use_when: str
    test: str


class NamingSheet(Sheet[Named | None]):
    """Asks for a name, a definition, when to use it, and how to test it.

    Args:
        keywords: What the candidate's passages have in common, for the title.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,f10", "keep", show=False, priority=True),
        Binding("enter", "next", show=False, priority=True),
    ]
    DEFAULT_CSS = "NamingSheet .label { padding: 0 1; }"
    FIELDS: ClassVar[tuple[str, ...]] = ("name", "definition", "use-when", "test")

    def __init__(self, keywords: str) -> None:
        super().__init__()
        self.title_words = _("A code of: {words}", words=keywords)
        self.hint_words = _("Enter: next field, at the last one done · Ctrl+S done · Esc gives up")

    def compose_body(self) -> ComposeResult:
        """The four fields, all empty."""
        labels = (
            _("Its name"),
            _("What it means"),
            _("When to use it"),
            _("How to test it: what would speak against it?"),
        )
        for field, label in zip(self.FIELDS, labels, strict=True):
            yield PlainText(label, classes="label")
            yield Input(id=field)

    def on_mount(self) -> None:
        """Begin with the name."""
        self.query_one("#name", Input).focus()

    def _value(self, field: str) -> str:
        return self.query_one(f"#{field}", Input).value.strip()

    def action_next(self) -> None:
        """To the next field; at the last one it is done."""
        here = self.focused.id if self.focused else None
        place = self.FIELDS.index(here) if here in self.FIELDS else 0
        if place + 1 < len(self.FIELDS):
            self.query_one(f"#{self.FIELDS[place + 1]}", Input).focus()
        else:
            self.action_keep()

    def action_keep(self) -> None:
        """Give back what is written, when it has a name and a meaning."""
        for field in ("name", "definition", "use-when"):
            if not self._value(field):
                self.say_hint(_("A name, a meaning and when to use it are needed"), warn=True)
                self.query_one(f"#{field}", Input).focus()
                return
        self.dismiss(Named(*(self._value(field) for field in self.FIELDS)))
