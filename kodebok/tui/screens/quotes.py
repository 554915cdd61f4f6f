"""The quotes screen: every coded passage with filters, and the quotes chosen for the text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from kodebok.coding import quoting
from kodebok.coding.retrieval import group_by_code
from kodebok.domain.coding import Excerpt
from kodebok.domain.quote import Quote
from kodebok.domain.span import Span
from kodebok.export.model import StudyView
from kodebok.export.presets import choose_preset
from kodebok.i18n import mark, plural_translator, translator
from kodebok.storage.codings import ExcerptFilter, load_excerpts
from kodebok.storage.quotes import change_quote
from kodebok.study.view import load_view
from kodebok.tui.base import StudyScreen
from kodebok.tui.keymap import bindings_for
from kodebok.tui.screens.coding_desk import clock
from kodebok.tui.screens.coding_filters import FilterChoices, describe_filter
from kodebok.tui.screens.coding_panes import draw_excerpt
from kodebok.tui.screens.coding_quote_rows import (
    QUOTE_LINES,
    QuoteRow,
    draw_drift,
    draw_quote,
    draw_spread,
    quote_rows,
    spread,
    spread_words,
)
from kodebok.tui.screens.coding_quote_sheets import QuoteSheet
from kodebok.tui.widgets.choice import ChoiceSheet
from kodebok.tui.widgets.painted import PieceLines
from kodebok.tui.widgets.pieces import DIM, STRONG, Line, wrap
from kodebok.tui.widgets.rows import Rows

_ = translator("coding_screen")
_n = plural_translator("coding_screen")

EXCERPTS, CHOSEN = mark("Excerpts"), mark("Chosen quotes")
_BELOW_LINES = 4


class QuotesScreen(StudyScreen):
    """Two lists: what is coded, by code, and what is chosen, in its order."""

    SCOPE = "quotes"
    AUTO_FOCUS = "#excerpts"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_for("quotes")]
    DEFAULT_CSS = """
    QuotesScreen #heading { background: $surface; }
    QuotesScreen Rows { height: 1fr; }
    QuotesScreen #below { background: $surface; height: 4; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._view = EXCERPTS
        self._filter = ExcerptFilter()
        self._study_view: StudyView | None = None
        self._rows: list[QuoteRow] = []
        self._shows_spread = False
        self._heading, self._below = PieceLines(id="heading"), PieceLines(id="below")
        self.found: Rows[Excerpt] = Rows(
            self._draw_excerpt,
            lambda e: e.id,
            height=QUOTE_LINES,
            id="excerpts",
            empty=_("No coded passages here"),
        )
        self.chosen: Rows[QuoteRow] = Rows(
            lambda row, width: draw_quote(row, width, self.kodebok.look),
            lambda row: row.quote.id,
            height=QUOTE_LINES,
            id="chosen",
            empty=_("No quotes chosen yet: q on a passage chooses it"),
        )

    def compose_body(self) -> ComposeResult:
        """What is listed, the two lists, and more of the one that is meant."""
        yield self._heading
        yield self.found
        yield self.chosen
        yield self._below

    def reload(self) -> None:
        """Read excerpts and quotes again."""
        self._study_view = view = load_view(self.study)
        settings = self.study.settings
        name = settings.get("preset")
        overrides = settings.table("presets").get(name)
        preset = choose_preset(name, overrides if isinstance(overrides, dict) else None)
        self._rows = quote_rows(view, preset)
        self.chosen.show(self._rows)
        self._show_excerpts()
        self._show_view()

    def _show_excerpts(self) -> None:
        view = self._view_of_study
        unfiltered = self._filter == ExcerptFilter()
        listed = (
            list(view.excerpts)
            if unfiltered
            else load_excerpts(self.study.store, view.codes, self._filter)
        )
        grouped = group_by_code(view.codes, listed)
        self.found.show([excerpt for group in grouped.values() for excerpt in group])

    @property
    def _view_of_study(self) -> StudyView:
        if self._study_view is None:
            raise RuntimeError("the study has not been read")
        return self._study_view

    @property
    def _is_chosen_view(self) -> bool:
        return self._view == CHOSEN

    def _show_view(self) -> None:
        self.found.display = not self._is_chosen_view
        self.chosen.display = self._is_chosen_view
        self._tell()

    def title_text(self) -> str:
        """How many there are."""
        excerpts = _n("{n} excerpt", "{n} excerpts", len(self.found.items))
        return f"{excerpts}, {_n('{n} quote', '{n} quotes', len(self._rows))}"

    def _draw_excerpt(self, excerpt: Excerpt, width: int) -> Sequence[Line]:
        look = self.kodebok.look
        lines = draw_excerpt(excerpt, width, look, self.study.coder.name)
        code: list[Any] = [(excerpt.code.replace("/", " / "), STRONG)]
        if self._quote_on(excerpt) is not None:
            code.append(("  " + _("chosen as a quote"), DIM))
        return [code, *lines]

    def _quote_on(self, excerpt: Excerpt) -> Quote | None:
        for row in self._rows:
            if row.quote.source_id == excerpt.source_id and row.quote.span == excerpt.span:
                return row.quote
        return None

    def _tell(self) -> None:
        view, look = self._view_of_study, self.kodebok.look
        title: Line = [(_(self._view), STRONG)]
        if self._is_chosen_view:
            self._heading.show([*title, ("   ", ""), *spread_words(spread(view), self._rows)])
            self._below.show(*self._more_of(self.chosen.item))
        else:
            words = describe_filter(self._filter, view) or _("all of them: f filters")
            self._heading.show([*title, (f"   {words}", DIM)])
            item = self.found.item
            width = max(1, self.size.width - 2)
            lines = wrap(item.text, width, _BELOW_LINES, look) if item else []
            self._below.show(*[[(line, "")] for line in lines])
        height = _BELOW_LINES if not self._shows_spread else self._spread_height()
        self._below.styles.height = height

    def _spread_height(self) -> int:
        return min(len(spread(self._view_of_study).counts), max(4, self.size.height // 2))

    def _more_of(self, row: QuoteRow | None) -> list[Line]:
        look = self.kodebok.look
        if self._shows_spread:
            return draw_spread(spread(self._view_of_study), len(self._rows), look)
        if row is None:
            return []
        if row.drifted:
            keys = _("a takes the words of now, q lets the quote go")
            return [[(keys, DIM)], *draw_drift(row)]
        width = max(1, self.size.width - 2)
        lines: list[Line] = [
            [(words, "")] for words in wrap(row.printed, width, _BELOW_LINES - 1, look)
        ]
        return [*lines, [(row.quote.note, DIM)]] if row.quote.note else lines

    @on(Rows.Highlighted)
    def _meant(self) -> None:
        if self._study_view is not None:
            self._tell()

    # What is listed ------------------------------------------------------------------------

    def action_next_view(self) -> None:
        """Show the other list."""
        self._view = EXCERPTS if self._is_chosen_view else CHOSEN
        self._shows_spread = False
        self._show_view()
        (self.chosen if self._is_chosen_view else self.found).focus()

    def action_spread(self) -> None:
        """Show how the chosen quotes spread over the voices, or the quote again."""
        if not self._is_chosen_view:
            self.action_next_view()
        self._shows_spread = not self._shows_spread
        self._tell()

    def action_filter(self) -> None:
        """Choose what to narrow by, then the value."""
        choices = FilterChoices(self._view_of_study, self._filter)
        sheet = ChoiceSheet(_("Narrow by what?"), choices.kinds(), typed=False)

        def kind_chosen(kind: str | None) -> None:
            if kind == "clear":
                self._narrow(ExcerptFilter())
            elif kind is not None:
                values = ChoiceSheet(_("Which?"), choices.values(kind))
                self.app.push_screen(
                    values,
                    lambda key: self._narrow(choices.narrowed(kind, key)) if key else None,
                )

        self.app.push_screen(sheet, kind_chosen)

    def _narrow(self, wanted: ExcerptFilter) -> None:
        self._filter, self._view = wanted, EXCERPTS
        self._show_excerpts()
        self._show_view()
        self.refresh_frame()
        self.found.focus()

    # Quotes --------------------------------------------------------------------------------

    def action_choose(self) -> None:
        """Choose the passage as a quote, or let it go."""
        store, coder = self.study.store, self.study.coder.id
        if self._is_chosen_view:
            row = self.chosen.item
            if row is not None:
                self.act(lambda: quoting.release_quote(store, coder, row.quote.id))
            return
        excerpt = self.found.item
        if excerpt is None:
            return
        known = self._quote_on(excerpt)
        if known is not None:
            self.act(lambda: quoting.release_quote(store, coder, known.id))
        else:
            span = Span(excerpt.start, excerpt.end)
            self.act(
                lambda: quoting.choose_quote(store, coder, excerpt.source_id, span, excerpt.code_id)
            )

    def action_edit(self) -> None:
        """Change the chosen quote."""
        row = self._meant_quote()
        if row is None:
            self.app.notify(_("Choose the passage as a quote first: q"), markup=False)
            return
        store, coder, quote_id = self.study.store, self.study.coder.id, row.quote.id

        def load() -> tuple[Quote, str]:
            found = next(item for item in self._rows if item.quote.id == quote_id)
            return found.quote, found.words_now

        def change(fields: dict[str, Any]) -> None:
            self.act(lambda: quoting.edit_quote(store, coder, quote_id, **fields))

        self.app.push_screen(QuoteSheet(load, change))

    def _meant_quote(self) -> QuoteRow | None:
        if self._is_chosen_view:
            return self.chosen.item
        excerpt = self.found.item
        quote = self._quote_on(excerpt) if excerpt else None
        return next((row for row in self._rows if quote and row.quote.id == quote.id), None)

    @on(Rows.Chosen, "#chosen")
    def _chosen_opened(self) -> None:
        self.action_edit()

    @on(Rows.Chosen, "#excerpts")
    def _excerpt_opened(self) -> None:
        self.action_open_source()

    def action_shift(self, step: int) -> None:
        """Move the quote earlier or later."""
        row = self.chosen.item
        if row is None or not self._is_chosen_view:
            return
        order = [item.quote for item in self._rows]
        place = self.chosen.index
        if not 0 <= place + step < len(order):
            return
        order.insert(place + step, order.pop(place))
        coder = self.study.coder.id

        def move() -> None:
            with self.study.store.act("quote.move", coder, row.quote.id) as act:
                for number, quote in enumerate(order):
                    change_quote(act, quote.id, position=number)

        self.act(move)

    def action_settle(self) -> None:
        """Take the source's words of now as those that were chosen."""
        row = self._meant_quote()
        if row is not None and row.drifted:
            store, coder = self.study.store, self.study.coder.id
            self.act(lambda: quoting.settle_drift(store, coder, row.quote.id))

    def action_open_source(self) -> None:
        """Open the source at the passage."""
        item = self.chosen.item if self._is_chosen_view else self.found.item
        if isinstance(item, QuoteRow):
            self.kodebok.open_source(item.quote.source_id, item.quote.start, item.quote.end)
        elif item is not None:
            self.kodebok.open_source(item.source_id, item.start, item.end)

    def action_play_passage(self) -> None:
        """Open the source at the passage, and play it."""
        self.action_open_source()
        screen: Any = self.app.screen
        if screen is not self:
            screen.call_after_refresh(screen.action_sound_to_cursor)

    def action_copy_reference(self) -> None:
        """Copy the words with their reference."""
        item = self.chosen.item if self._is_chosen_view else self.found.item
        if item is None:
            return
        if isinstance(item, QuoteRow):
            voice, words = item.voice, item.printed
        else:
            voice, words = item.speaker or "", item.text
        parts = [item.source, *([voice] if voice and voice != item.source else [])]
        if item.time_ms is not None:
            parts.append(clock(item.time_ms))
        self.app.copy_to_clipboard(f"{words} ({', '.join(parts)})")
        self.app.notify(_("Copied"), markup=False)
