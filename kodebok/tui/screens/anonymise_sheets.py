"""Sheets of the anonymising screen: the passphrase, and a word typed before a final act."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from kodebok.i18n import translator
from kodebok.tui.widgets.pieces import DIM, STRONG, Line, fit
from kodebok.tui.widgets.plain import PlainText
from kodebok.tui.widgets.rows import Rows
from kodebok.tui.widgets.sheet import Sheet

_ = translator("anonymise_screen")


class PassphraseSheet(Sheet[str | None]):
    """Asks for a passphrase, unseen; twice where it is a new one.

    Args:
        title: What it is for.
        lines: What a person should know before typing it.
        is_new: Whether a new key begins with it.
    """

    DEFAULT_CSS = "PassphraseSheet PlainText { padding: 0 1; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "next", show=False, priority=True),
    ]

    def __init__(self, title: str, lines: Sequence[str], *, is_new: bool) -> None:
        super().__init__()
        self.title_words = title
        self.hint_words = _("Enter: done · Esc gives up, and nothing is changed")
        self._lines, self._is_new = lines, is_new

    def compose_body(self) -> ComposeResult:
        """What to know, and one field or two."""
        yield PlainText("\n".join(self._lines))
        yield PlainText(_("Passphrase"))
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
        if self._is_new:
            second = self.query_one("#second", Input)
            if not second.has_focus:
                second.focus()
                return
            if second.value != first:
                self.say_hint(_("The two are not the same: type it again"), warn=True)
                second.value = ""
                return
        self.dismiss(first)


class TakeSheet(Sheet["list[str] | None"]):
    """Lists what is proposed for several at once; only what is marked is taken.

    Args:
        title: What will be done.
        proposals: For each, its key, its name, and what would stand in the text.
    """

    DEFAULT_CSS = "TakeSheet Rows { height: 14; max-height: 60%; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "take", show=False, priority=True),
    ]

    def __init__(self, title: str, proposals: Sequence[tuple[str, str, str]]) -> None:
        super().__init__()
        self.title_words = title
        self.hint_words = _("Space leaves one out · Ctrl+S takes the marked as one act · Esc")
        self._proposals = list(proposals)

    def compose_body(self) -> ComposeResult:
        """The list."""
        yield Rows(self._draw, lambda one: one[0], markable=True)

    def on_mount(self) -> None:
        """Everything is marked at first."""
        rows: Rows[tuple[str, str, str]] = self.query_one(Rows)
        rows.show(self._proposals)
        rows.mark(key for key, _name, _words in self._proposals)
        rows.focus()

    def _draw(self, one: tuple[str, str, str], width: int) -> list[Line]:
        _key, name, words = one
        look = self.query_one(Rows).look
        arrow = " -> " if look.ascii else " → "
        return [[*fit([(name, STRONG)], width // 2, look), (arrow, DIM), (words, "")]]

    def action_take(self) -> None:
        """Give the keys of what is marked."""
        rows: Rows[tuple[str, str, str]] = self.query_one(Rows)
        self.dismiss([one[0] for one in self._proposals if rows.is_marked(one)])


class TypedWordSheet(Sheet[bool | None]):
    """Asks for a word to be typed before something that cannot be undone.

    Args:
        title: What will be done.
        lines: What follows from it.
        word: What is to be typed.
    """

    DEFAULT_CSS = "TypedWordSheet PlainText { padding: 0 1; }"

    def __init__(self, title: str, lines: Sequence[str], word: str) -> None:
        super().__init__()
        self.title_words = title
        self.hint_words = _("Type {word} and press Enter · Esc gives up", word=word)
        self._lines, self._word = lines, word

    def compose_body(self) -> ComposeResult:
        """What follows, and the field."""
        yield PlainText("\n".join(self._lines))
        yield Input()

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        if event.value.strip().casefold() == self._word.casefold():
            self.dismiss(True)
        else:
            self.say_hint(_("That is not the word; nothing was done"), warn=True)
