"""The review screen: what a supervisor answered, to be decided on one by one."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll

from kodebok.domain.review import AnswerState
from kodebok.i18n import plural_translator, translator
from kodebok.review.context import turns_before
from kodebok.review.settling import Standing, count_open, load_queue
from kodebok.storage import reviews, sources
from kodebok.tui.base import StudyScreen
from kodebok.tui.keymap import bindings_for
from kodebok.tui.screens.review_acts import ReviewActs
from kodebok.tui.screens.review_rows import ROW_LINES, describe_standing, draw_standing
from kodebok.tui.widgets.painted import PieceLines
from kodebok.tui.widgets.pieces import STRONG
from kodebok.tui.widgets.plain import PlainText
from kodebok.tui.widgets.rows import Rows

_ = translator("review")
_n = plural_translator("review")


class ReviewScreen(ReviewActs, StudyScreen):
    """The queue, and beside or below it all of the answer that is meant."""

    SCOPE: ClassVar[str] = "review"
    AUTO_FOCUS = "#queue"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_for("review")]
    DEFAULT_CSS = """
    ReviewScreen #told { background: $panel; }
    ReviewScreen #both { layout: vertical; height: 1fr; }
    ReviewScreen #queue { height: 2fr; }
    ReviewScreen #about { height: 3fr; padding: 0 1; background: $surface;
        scrollbar-size-vertical: 1; }
    ReviewScreen.-wide #both { layout: horizontal; }
    ReviewScreen.-wide #queue { width: 1fr; height: 1fr; }
    ReviewScreen.-wide #about { width: 1fr; height: 1fr; padding: 0 2; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._shows_all = False
        self._told = PieceLines(id="told")
        self._about = PlainText()
        self.rows: Rows[Standing] = Rows(
            lambda standing, width: draw_standing(standing, width, self.kodebok.look),
            lambda standing: standing.answer.id,
            height=ROW_LINES,
            id="queue",
        )

    def compose_body(self) -> ComposeResult:
        """What is said of the queue, the queue, and the answer that is meant."""
        yield self._told
        with Horizontal(id="both"):
            yield self.rows
            with VerticalScroll(id="about"):
                yield self._about

    def title_text(self) -> str:
        """Where one is."""
        return _("Supervision")

    def help_text(self) -> str:
        """What the screen is for."""
        return _(
            "Excerpts go to a supervisor in Word, as a web page, or for kodebok; the answers come "
            "back here. You decide on each, and the supervisor is shown what became of it."
        )

    def reload(self) -> None:
        """Read the queue again; the same answer is meant where it is still there."""
        queue = load_queue(self.study.store)
        settled = {AnswerState.ACCEPTED, AnswerState.REJECTED}
        shown = [s for s in queue if self._shows_all or s.answer.state not in settled]
        self.rows.show(shown)
        self.rows.redraw()
        self.rows.display = bool(shown)
        self._tell(queue)
        self._show_about()

    def _tell(self, queue: list[Standing]) -> None:
        count = count_open(queue)
        words = _n("{n} answer waits for you", "{n} answers wait for you", count)
        if not queue:
            sent = len(reviews.load_packages(self.study.store))
            words = _n("{n} package sent, no answer yet", "{n} packages sent, no answer yet", sent)
        self._told.show([(words, STRONG)])

    def _show_about(self) -> None:
        standing = self.rows.item if self.rows.display else None
        self._about.update(self._described(standing))
        self.query_one("#about", VerticalScroll).scroll_home(animate=False)

    def _described(self, standing: Standing | None) -> Text:
        if standing is None:
            return Text(
                _(
                    "s sends excerpts to a supervisor: a code, a theme, the ten most in doubt, or "
                    "a whole interview. Nothing goes before the study is anonymised. i takes in "
                    "what comes back. v shows also what is settled."
                )
            )
        place = self.place_of(standing)
        if place is None:
            words = standing.item.text if standing.item else ""
            return describe_standing(standing, words, ())
        source_id, start, end = place
        store = self.study.store
        text = sources.load_text(store, source_id)
        before = turns_before(
            text,
            sources.load_turns(store, source_id),
            {speaker.id: speaker for speaker in sources.load_speakers(store, source_id)},
            start,
        )
        return describe_standing(standing, text[start:end], before)

    @on(Rows.Highlighted, "#queue")
    def _other_meant(self) -> None:
        if self._shown_change is not None:
            self._show_about()

    @on(Rows.Chosen, "#queue")
    def _opened(self) -> None:
        self.action_open_source()

    def action_toggle_all(self) -> None:
        """Show also what is settled, or only what waits."""
        self._shows_all = not self._shows_all
        self.reload()
