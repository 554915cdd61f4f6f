"""The words that the model was unsure of, each once, to be settled everywhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from kodebok.coding.uncertain import (
    UNSURE,
    UncertainPlace,
    UncertainWord,
    settle_word,
    uncertain_words,
)
from kodebok.i18n import plural_translator, translator
from kodebok.storage import recordings
from kodebok.study.playing import AROUND_MS
from kodebok.tui.screens.coding_sound import SoundActs
from kodebok.tui.widgets.choice import LineSheet
from kodebok.tui.widgets.pieces import DIM, STRONG, Line, spread
from kodebok.tui.widgets.rows import Rows
from kodebok.tui.widgets.sheet import Sheet

_ = translator("sound_screen")
_n = plural_translator("sound_screen")

_PERCENT = 100
_CONTEXT_MS = 1_000  # played before and after a word, so that it can be understood


class UncertainSheet(Sheet[UncertainPlace | None]):
    """Lists unsure words; gives back a place that is to be shown in the text.

    Args:
        load: The words as they are now; True for those of every recording of the study.
        play: Plays a place.
        settle: Settles a word, as what stands there for None; tells whether it could be done.
    """

    DEFAULT_CSS = "UncertainSheet Rows { height: auto; min-height: 2; max-height: 14; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "play", show=False, priority=True),
        Binding("right,l", "step(1)", show=False, priority=True),
        Binding("left,h", "step(-1)", show=False, priority=True),
        Binding("t", "to_text", show=False),
        Binding("a", "toggle_all", show=False),
        Binding("s", "settle_right", show=False),
    ]

    def __init__(
        self,
        load: Callable[[bool], list[UncertainWord]],
        play: Callable[[UncertainPlace], None],
        settle: Callable[[UncertainWord, str | None, bool], bool],
    ) -> None:
        super().__init__()
        self.hint_words = _(
            "Space plays · ←→ other place · Enter corrects · S right · T text · A all"
        )
        self._load, self._play, self._settle = load, play, settle
        self._of_all = False
        self._place: dict[str, int] = {}

    def compose_body(self) -> ComposeResult:
        """The words."""
        yield Rows(self._draw, lambda w: w.word, height=2, empty=_("No word is uncertain here"))

    @property
    def rows(self) -> Rows[UncertainWord]:
        """The words."""
        return self.query_one(Rows)

    def on_mount(self) -> None:
        """Show them."""
        self._fill()
        self.rows.focus()

    def _fill(self) -> None:
        words = self._load(self._of_all)
        where = _("all recordings") if self._of_all else _("this source")
        count = _n("{n} uncertain word", "{n} uncertain words", len(words))
        self.say_title(f"{count}, {where}")
        self.rows.show(words)

    def _draw(self, item: UncertainWord, width: int) -> list[Line]:
        unsure = sum(place.probability < UNSURE for place in item.places)
        facts = _(
            "{unsure} of {n} unsure, {percent} % sure",
            unsure=unsure,
            n=len(item.places),
            percent=round(item.mean * _PERCENT),
        )
        place = self._place_of(item)
        nth = f"{self._number(item) + 1}/{len(item.places)}" if len(item.places) > 1 else ""
        return [
            spread([(item.word, STRONG)], [(facts, DIM)], width, self.rows.look),
            spread([(f"  {place.context}", "")], [(f" {nth}", DIM)], width, self.rows.look),
        ]

    def _number(self, item: UncertainWord) -> int:
        return self._place.get(item.word, 0) % len(item.places)

    def _place_of(self, item: UncertainWord) -> UncertainPlace:
        return item.places[self._number(item)]

    def action_step(self, count: int) -> None:
        """Look at another place of the word."""
        item = self.rows.item
        if item is not None:
            self._place[item.word] = self._number(item) + count
            self.rows.redraw()

    def action_play(self) -> None:
        """Play the place."""
        if self.rows.item is not None:
            self._play(self._place_of(self.rows.item))

    def action_to_text(self) -> None:
        """Show the place in the text."""
        if self.rows.item is not None:
            self.dismiss(self._place_of(self.rows.item))

    def action_toggle_all(self) -> None:
        """The words of every recording, or of this source alone."""
        self._of_all = not self._of_all
        self._fill()

    def action_settle_right(self) -> None:
        """The word is right in all its places."""
        if self.rows.item is not None:
            self._settled(self.rows.item, None)

    @on(Rows.Chosen)
    def _chosen(self, event: Rows.Chosen) -> None:
        item: UncertainWord = event.item
        title = _("What is to stand in all {n} places?", n=len(item.places))

        def typed(words: str | None) -> None:
            if words is not None:
                self._settled(item, None if words == item.word else words)

        self.app.push_screen(LineSheet(title, item.word), typed)

    def _settled(self, item: UncertainWord, right: str | None) -> None:
        if self._settle(item, right, self._of_all):
            self._fill()


class UncertainActs(SoundActs):
    """The key that lists the uncertain words."""

    def action_uncertain(self) -> None:
        """List the words that the model was unsure of."""
        if not self.is_open:
            return
        store, coder = self.study.store, self.study.coder.id

        def ids(of_all: bool) -> list[str]:
            if not of_all:
                return [self.desk.source.id]
            return [made.id for made in recordings.load_transcriptions(store)]

        def settle(item: UncertainWord, right: str | None, of_all: bool) -> bool:
            done = self.act(lambda: settle_word(store, coder, ids(of_all), item.word, right))
            return done is not None

        sheet = UncertainSheet(
            lambda of_all: uncertain_words(store, ids(of_all)), self._play_place, settle
        )
        self.ask(sheet, self._place_chosen)

    def _play_place(self, place: UncertainPlace) -> None:
        if place.source_id != self.desk.source.id:
            self.app.notify(_("That place is in another source: T opens it"), markup=False)
            return
        start = max(0, place.start_ms - _CONTEXT_MS - AROUND_MS)
        self.play_stretch(start, place.end_ms + _CONTEXT_MS)

    def _place_chosen(self, place: UncertainPlace | None) -> None:
        if place is not None:
            self.show_source(place.source_id, place.start, place.end)
