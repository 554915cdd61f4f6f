"""The sheet that asks what is to be sent to a supervisor, all of it in one place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Checkbox, Input, Select

from kodebok.domain.review import ReviewForm
from kodebok.errors import KodebokError
from kodebok.i18n import plural_translator, translator
from kodebok.review.choosing import Wish
from kodebok.review.words import FORMS
from kodebok.tui.widgets.plain import PlainText
from kodebok.tui.widgets.sheet import Sheet

_ = translator("review")
_n = plural_translator("review")

DOUBTFUL = 10  # passages, when those most in doubt are sent
SAMPLE = 10


@dataclass(frozen=True, slots=True)
class Sendable:
    """Something that may be sent: `kind:id`, and what it is called."""

    key: str
    words: str


class SendSheet(Sheet[Wish | None]):
    """Asks to whom, in which form, what, until when, and with which question.

    Args:
        recipient: Who got the last package.
        offered: What may be sent.
        count: How many things a wish comes to.
    """

    DEFAULT_CSS = """
    SendSheet .row { height: 1; }
    SendSheet .row PlainText { width: 14; padding-left: 1; }
    SendSheet .row Input, SendSheet .row Select, SendSheet .row Checkbox { width: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "keep", show=False, priority=True, id="sheet.keep"),
    ]

    def __init__(
        self, recipient: str, offered: Sequence[Sendable], count: Callable[[Wish], int]
    ) -> None:
        super().__init__()
        self.title_words = _("Send excerpts to a supervisor")
        self.hint_words = _("Tab moves · Ctrl+S writes the package · Esc gives up")
        self._recipient, self._offered, self._count = recipient, offered, count

    def compose_body(self) -> ComposeResult:
        """The fields."""
        yield from self._row(_("To"), Input(self._recipient, id="to"))
        forms = [(Text(_(words)), str(form)) for form, words in FORMS.items()]
        yield from self._row(_("Form"), Select(forms, id="form", compact=True, allow_blank=False))
        what = [(Text(one.words), one.key) for one in self._offered]
        yield from self._row(_("What"), Select(what, id="what", compact=True, allow_blank=False))
        yield from self._row(
            "", Checkbox(Text(_("with the definitions of the codes")), id="defined", compact=True)
        )
        yield from self._row(_("Answer by"), Input(placeholder="2026-12-31", id="due"))
        yield from self._row(_("Questions"), Input(id="questions"))

    def _row(self, label: str, field: Input | Select[str] | Checkbox) -> ComposeResult:
        with Horizontal(classes="row"):
            yield PlainText(label)
            yield field

    def on_mount(self) -> None:
        """Begin with the name."""
        self.query_one("#to", Input).focus()

    def wish(self) -> Wish:
        """What is asked for now."""
        kind, _colon, key = str(self.query_one("#what", Select).value).partition(":")
        return Wish(
            recipient=self.query_one("#to", Input).value.strip(),
            form=ReviewForm(str(self.query_one("#form", Select).value)),
            code_ids=(key,) if kind == "code" else (),
            theme_ids=(key,) if kind == "theme" else (),
            source_ids=(key,) if kind == "source" else (),
            definitions=self.query_one("#defined", Checkbox).value,
            doubtful=DOUBTFUL if kind == "doubtful" else 0,
            sample=SAMPLE if kind == "sample" else 0,
            due=self.query_one("#due", Input).value.strip(),
            questions=self.query_one("#questions", Input).value.strip(),
        )

    @on(Select.Changed)
    @on(Checkbox.Changed)
    def _told(self) -> None:
        """Say how much it comes to, or what is not right with it."""
        try:
            count = self._count(self.wish())
        except KodebokError as error:
            self.say_hint(f"{error.message[:1].upper()}{error.message[1:]}: {error.remedy}")
            return
        found = _n("{n} thing to answer on", "{n} things to answer on", count)
        self.say_hint(f"{found} · {self.hint_words}")

    @on(Input.Submitted)
    def _next(self) -> None:
        self.focus_next()

    def action_keep(self) -> None:
        """Give the wish back, when it comes to something."""
        wish = self.wish()
        try:
            self._count(wish)
        except KodebokError as error:
            self.say_hint(
                f"{error.message[:1].upper()}{error.message[1:]}: {error.remedy}", warn=True
            )
            return
        self.dismiss(wish)
