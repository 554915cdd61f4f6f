"""Small windows that ask for one thing: a text, a choice, a yes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar

from rich.cells import cell_len
from rich.style import Style
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Button, Input, OptionList, TextArea
from textual.widgets.option_list import Option

from kodebok.i18n import translator
from kodebok.tui.keymap import bindings_for
from kodebok.tui.widgets.plain import PlainText

_ = translator("tui")

T = TypeVar("T")


class Dialog(ModalScreen[T | None], Generic[T]):
    """A window over a screen; Escape leaves everything as it was and gives None.

    Args:
        title: What is asked.
        hint: One or two sentences below it; may be empty.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings_for("dialog")]

    DEFAULT_CSS = """
    Dialog { align: center middle; background: $background 60%; }
    Dialog > Vertical {
        width: 68; max-width: 96%; height: auto; max-height: 96%; padding: 0 1;
        border: round $primary; background: $surface;
    }
    Dialog .dialog-title { text-style: bold; width: 1fr; }
    Dialog .dialog-hint { color: $foreground; width: 1fr; margin-bottom: 1; }
    Dialog .buttons { height: 1; margin-top: 1; align-horizontal: right; }
    Dialog .buttons Button { margin-left: 2; min-width: 10; }
    Dialog Input { margin: 0; }
    Dialog TextArea { height: 8; }
    Dialog OptionList { height: auto; max-height: 16; border: none; padding: 0; }
    """

    def __init__(self, title: str, hint: str = "") -> None:
        super().__init__()
        self._question = title
        self._hint = hint

    def compose(self) -> ComposeResult:
        """The question, the body, the buttons."""
        with Vertical():
            yield PlainText(self._question, classes="dialog-title")
            if self._hint:
                yield PlainText(self._hint, classes="dialog-hint")
            yield from self.compose_body()
            with Horizontal(classes="buttons"):
                yield from self.compose_buttons()

    def compose_body(self) -> ComposeResult:
        """What is asked for."""
        yield from ()

    def compose_buttons(self) -> ComposeResult:
        """The buttons, to be clicked or reached by Tab."""
        yield Button(Text(_("Save")), variant="primary", id="accept", compact=True)
        yield Button(Text(_("Cancel")), id="cancel", compact=True)

    def action_cancel(self) -> None:
        """Leave everything as it was."""
        self.dismiss(None)

    def action_accept(self) -> None:
        """Give what was asked for."""

    @on(Button.Pressed, "#cancel")
    def _on_cancel(self) -> None:
        self.action_cancel()

    @on(Button.Pressed, "#accept")
    def _on_accept(self) -> None:
        self.action_accept()


class AskText(Dialog[str]):
    """Asks for a line, or for a text of several lines.

    Args:
        title, hint: As `Dialog`.
        value: What stands there to begin with.
        lines: Whether it may have several lines.
        placeholder: Shown in an empty line.
    """

    def __init__(
        self,
        title: str,
        hint: str = "",
        *,
        value: str = "",
        lines: bool = False,
        placeholder: str = "",
    ) -> None:
        super().__init__(title, hint)
        self._value = value
        self._lines = lines
        self._placeholder = placeholder

    def compose_body(self) -> ComposeResult:
        """The field."""
        if self._lines:
            yield TextArea(self._value, id="answer", compact=True, show_line_numbers=False)
        else:
            yield Input(self._value, placeholder=self._placeholder, id="answer", compact=True)

    def action_accept(self) -> None:
        """Give the text."""
        if self._lines:
            self.dismiss(self.query_one("#answer", TextArea).text.strip())
        else:
            self.dismiss(self.query_one("#answer", Input).value.strip())

    @on(Input.Submitted)
    def _on_submitted(self) -> None:
        self.action_accept()


class Confirm(Dialog[bool]):
    """Asks for a yes; the answer no is the safe one, and the first.

    Args:
        title, hint: As `Dialog`.
        yes: The words on the button that does it.
    """

    def __init__(self, title: str, hint: str = "", *, yes: str = "") -> None:
        super().__init__(title, hint)
        self._yes = yes or _("Yes")

    def compose_buttons(self) -> ComposeResult:
        """No first: Enter by mistake does nothing."""
        yield Button(Text(_("No")), id="cancel", compact=True)
        yield Button(Text(self._yes), variant="primary", id="accept", compact=True)

    def action_accept(self) -> None:
        """Say yes."""
        self.dismiss(True)


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several.

    Attributes:
        id: What the dialog gives when it is chosen.
        label: A few words.
        explanation: A few more words beside it; may be empty.
    """

    id: str
    label: str
    explanation: str = ""

    def prompt(self, width: int) -> Text:
        """The words on one line, the explanation from column `width` on."""
        text = Text(self.label, no_wrap=True, overflow="ellipsis")
        if self.explanation:
            text.append(" " * max(2, width - cell_len(self.label)))
            text.append(" ".join(self.explanation.split()), style=Style(dim=True))
        return text


class Choose(Dialog[str]):
    """Asks for one of several.

    Args:
        title, hint: As `Dialog`.
        choices: What there is.
        chosen: Id of the one that the cursor stands on to begin with.
    """

    def __init__(
        self, title: str, choices: Sequence[Choice], hint: str = "", *, chosen: str | None = None
    ) -> None:
        super().__init__(title, hint)
        self._choices = tuple(choices)
        self._chosen = chosen

    def compose_body(self) -> ComposeResult:
        """The list."""
        width = 2 + max((cell_len(choice.label) for choice in self._choices), default=0)
        yield OptionList(
            *(Option(choice.prompt(width), id=choice.id) for choice in self._choices),
            compact=True,
        )

    def compose_buttons(self) -> ComposeResult:
        """Enter in the list chooses."""
        yield Button(Text(_("Cancel")), id="cancel", compact=True)

    def on_mount(self) -> None:
        """Put the cursor where it belongs."""
        ids = [choice.id for choice in self._choices]
        if self._chosen in ids:
            self.query_one(OptionList).highlighted = ids.index(self._chosen)

    @on(OptionList.OptionSelected)
    def _on_chosen(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option_id)
