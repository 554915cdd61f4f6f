"""Sheets that ask for one of some things, a line of words, or a yes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from kodebok.i18n import translator
from kodebok.tui.widgets.painted import PieceLines
from kodebok.tui.widgets.pieces import DIM, Line, spread
from kodebok.tui.widgets.rows import Rows
from kodebok.tui.widgets.sheet import Sheet

_ = translator("coding_screen")


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose: what it is called, and a word or two at the right edge."""

    key: str
    words: str
    beside: str = ""


class ChoiceSheet(Sheet[str | None]):
    """Asks for one of some things; typing narrows them, when there are many.

    Args:
        title: What is asked.
        choices: The things.
        at: Key of the one that is meant at first.
        typed: Whether a line to type in stands above them.
    """

    DEFAULT_CSS = "ChoiceSheet Rows { height: auto; max-height: 14; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "step(1)", show=False, priority=True),
        Binding("up", "step(-1)", show=False, priority=True),
    ]

    def __init__(
        self, title: str, choices: Sequence[Choice], *, at: str | None = None, typed: bool = True
    ) -> None:
        super().__init__()
        self.title_words = title
        self.hint_words = _("Enter chooses · Esc gives up")
        self._choices, self._at, self._typed = choices, at, typed

    def compose_body(self) -> ComposeResult:
        """A line to type in, and the things."""
        if self._typed:
            yield Input(placeholder=_("Part of a name"))
        yield Rows(self._draw, lambda c: c.key, one_click=True, empty=_("Nothing fits"))

    @property
    def rows(self) -> Rows[Choice]:
        """The things that fit."""
        return self.query_one(Rows)

    def on_mount(self) -> None:
        """Show all of them."""
        self.rows.show(self._choices, at=self._at)
        (self.query_one(Input) if self._typed else self.rows).focus()

    def _draw(self, choice: Choice, width: int) -> list[Line]:
        return [spread([(choice.words, "")], [(f"  {choice.beside} ", DIM)], width, self.rows.look)]

    @on(Input.Changed)
    def _narrow(self, event: Input.Changed) -> None:
        parts = event.value.casefold().split()
        fits = [c for c in self._choices if all(part in c.words.casefold() for part in parts)]
        self.rows.show(fits, at=fits[0].key if fits and parts else None)

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.rows.action_choose()

    @on(Rows.Chosen)
    def _chosen(self, event: Rows.Chosen) -> None:
        self.dismiss(event.item.key)

    def action_step(self, count: int) -> None:
        """Move in the list while the line keeps the keys."""
        self.rows.action_step(count)


class LineSheet(Sheet[str | None]):
    """Asks for one line of words.

    Args:
        title: What is asked.
        words: What stands there at first.
        hint: What the words are for.
        may_be_empty: Whether an empty line is an answer.
    """

    def __init__(
        self, title: str, words: str = "", hint: str = "", *, may_be_empty: bool = False
    ) -> None:
        super().__init__()
        self.title_words = title
        self.hint_words = hint or _("Enter: done · Esc gives up")
        self._words, self._may_be_empty = words, may_be_empty

    def compose_body(self) -> ComposeResult:
        """The line."""
        yield Input(self._words, select_on_focus=False)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        if event.value.strip() or self._may_be_empty:
            self.dismiss(event.value.strip())


class ConfirmSheet(Sheet[bool | None]):
    """Asks whether something is to be done, and says what follows from it.

    Args:
        title: The question.
        lines: What follows.
        yes: The words for doing it.
    """

    def __init__(self, title: str, lines: Sequence[str], yes: str) -> None:
        super().__init__()
        self.title_words = title
        self.hint_words = _("Enter chooses · Esc gives up")
        self._lines, self._yes = lines, yes

    def compose_body(self) -> ComposeResult:
        """What follows, and the two answers."""
        yield PieceLines(id="follows")
        yield Rows(lambda c, _width: [[(c.words, "")]], lambda c: c.key, one_click=True)

    def on_mount(self) -> None:
        """Mean the answer that changes nothing."""
        follows = self.query_one("#follows", PieceLines)
        follows.styles.height = len(self._lines)
        follows.show(*[[(line, "")] for line in self._lines])
        rows: Rows[Choice] = self.query_one(Rows)
        rows.show([Choice("no", _("No, leave it as it is")), Choice("yes", self._yes)])
        rows.focus()

    @on(Rows.Chosen)
    def _chosen(self, event: Rows.Chosen) -> None:
        self.dismiss(event.item.key == "yes")
