"""When the gate stops a file on the screen: open the key, judge places harmless, or say why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from kodebok.i18n import plural_translator, translator
from kodebok.study.gating import needs_passphrase, remember_harmless
from kodebok.study.opening import GateWish
from kodebok.study.unlocking import unlock
from kodebok.tui.screens.anonymise_sheets import PassphraseSheet
from kodebok.tui.widgets.choice import LineSheet
from kodebok.tui.widgets.pieces import DIM, WARN, Line
from kodebok.tui.widgets.plain import PlainText
from kodebok.tui.widgets.rows import Rows
from kodebok.tui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from kodebok.anonymise.gate import GateHit
    from kodebok.errors import ProtectionError
    from kodebok.tui.base import StudyScreen

_ = translator("anonymise_screen")
_n = plural_translator("anonymise_screen")

_Judged = tuple[str, list[tuple[int, "GateHit"]]]
HARMLESS, DESPITE = "harmless", "despite"


class GateSheet(Sheet["_Judged | None"]):
    """Lists what the gate found; marked places are judged harmless.

    Args:
        hits: What was found.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "judge", show=False, priority=True),
        Binding("d", "despite", show=False),
    ]

    def __init__(self, hits: Sequence[GateHit]) -> None:
        super().__init__()
        self._hits = list(enumerate(hits, start=1))
        self.title_words = _n(
            "Stopped: {n} place could tell who someone is",
            "Stopped: {n} places could tell who someone is",
            len(hits),
        )
        self.hint_words = _(
            "Space marks what is harmless, Enter lets it pass from now on · d gives a reason · Esc"
        )

    def compose_body(self) -> ComposeResult:
        """The places."""
        yield PlainText(
            _("Nothing was written. Anonymise the places (Ctrl+N), or judge them here.")
        )
        yield Rows(self._draw, lambda hit: str(hit[0]), markable=True)

    def on_mount(self) -> None:
        """Begin in the list."""
        rows: Rows[tuple[int, GateHit]] = self.query_one(Rows)
        rows.show(self._hits)
        rows.focus()

    def _draw(self, hit: tuple[int, GateHit], _width: int) -> list[Line]:
        number, found = hit
        kind = _("in the key") if found.is_original else _("not decided")
        where = found.where or _("text")
        return [
            [
                (f"{number:>3}  ", DIM),
                (found.found, WARN),
                (f"  {where}, {found.line}  {kind}", DIM),
            ]
        ]

    def action_judge(self) -> None:
        """Give the marked places back."""
        rows: Rows[tuple[int, GateHit]] = self.query_one(Rows)
        marked = [hit for hit in self._hits if rows.is_marked(hit)]
        if marked:
            self.dismiss((HARMLESS, marked))
        else:
            self.say_hint(_("Nothing is marked: Space marks what is harmless"), warn=True)

    def action_despite(self) -> None:
        """Go on for a reason."""
        self.dismiss((DESPITE, []))

    @on(Rows.Chosen)
    def _chosen(self) -> None:
        self.action_judge()


def ask_gate(screen: StudyScreen, error: ProtectionError, again: Callable[[], object]) -> None:
    """Ask what to do about a file that was stopped; `again` tries once more."""
    study = screen.study
    if needs_passphrase(study):
        lines = [_("The gate looks for the originals, which only the key knows.")]

        def opened(passphrase: str | None) -> None:
            if passphrase and screen.act(lambda: unlock(study, passphrase)) is not None:
                again()

        title = _("The passphrase of the key")
        screen.app.push_screen(PassphraseSheet(title, lines, is_new=False), opened)
        return
    if not error.hits:
        screen.kodebok.show_error(error)
        return

    def judged(answer: _Judged | None) -> None:
        if answer is None:
            return
        what, marked = answer
        if what == HARMLESS:
            screen.act(lambda: remember_harmless(study, [hit for _number, hit in marked]))
            again()
        else:
            _ask_reason(screen, again)

    screen.app.push_screen(GateSheet(error.hits), judged)


def _ask_reason(screen: StudyScreen, again: Callable[[], object]) -> None:
    def given(reason: str | None) -> None:
        if reason:
            screen.study.wish = GateWish(despite=reason)
            try:
                again()
            finally:
                screen.study.wish = GateWish()

    hint = _("The reason is kept in the history · Enter writes the file · Esc gives up")
    screen.app.push_screen(LineSheet(_("Why may it leave all the same?"), "", hint), given)
