"""The suggestions screen: what may be looked at again, for a person to judge."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll

from kodebok.coding.equations import matching_excerpts, parse_equation
from kodebok.domain.code import CodeTree
from kodebok.domain.coding import Excerpt
from kodebok.domain.suggestion import Suggestion, SuggestionKind
from kodebok.errors import KodebokError
from kodebok.i18n import plural_translator, translator
from kodebok.storage import codes, codings, sources, suggestions
from kodebok.storage.codings import load_excerpts
from kodebok.suggest import verdicts
from kodebok.suggest.drift import CodeToReread, Drifted
from kodebok.suggest.telling import KINDS, questions_to_answer, record_facts
from kodebok.suggest.theory import load_theory_and_data
from kodebok.tui.base import StudyScreen
from kodebok.tui.keymap import bindings_for
from kodebok.tui.screens.coding_fields import ORIGIN_WORDS
from kodebok.tui.screens.suggestions_acts import SuggestionActs
from kodebok.tui.screens.suggestions_keys import VIEWS
from kodebok.tui.screens.suggestions_rows import (
    ROW_LINES,
    Item,
    Names,
    candidate_items,
    describe,
    describe_theory,
    draw_item,
    drift_items,
    excerpt_items,
    suggestion_items,
)
from kodebok.tui.widgets.painted import PieceLines
from kodebok.tui.widgets.pieces import DIM, HIT, STRONG
from kodebok.tui.widgets.plain import PlainText
from kodebok.tui.widgets.rows import Rows

_ = translator("suggest")
_n = plural_translator("suggest")
_origin = translator("coding_screen")

OF_VIEW = {
    "codes": (SuggestionKind.CODE,),
    "unexplained": (SuggestionKind.UNEXPLAINED, SuggestionKind.MORE),
    "candidates": (SuggestionKind.GROUP,),
}


def _fact(value: object) -> str:
    """A fact of the record as a person reads it."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dict):
        named = ((_(KINDS[SuggestionKind(kind)]), count) for kind, count in value.items())
        return ", ".join(f"{kind} {count}" for kind, count in named) or "0"
    return "–" if value is None else str(value)


class SuggestionsScreen(SuggestionActs, StudyScreen):
    """Views in a row; a list, and beside or below it all of what is meant.

    Attributes:
        view: Name of the view that is shown, one of `VIEWS`.
        equation: The code equation that was typed last.
        shows_members: Whether a candidate is shown with all its passages.
    """

    SCOPE: ClassVar[str] = "suggestions"
    AUTO_FOCUS = "#suggested"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_for("suggestions")]
    DEFAULT_CSS = """
    SuggestionsScreen #views { background: $surface; }
    SuggestionsScreen #told { background: $panel; }
    SuggestionsScreen #both { layout: vertical; height: 1fr; }
    SuggestionsScreen #suggested { height: 40%; min-height: 8; }
    SuggestionsScreen #about { height: 1fr; padding: 0 1; background: $surface;
        scrollbar-size-vertical: 1; }
    SuggestionsScreen.-wide #both { layout: horizontal; }
    SuggestionsScreen.-wide #suggested { width: 1fr; height: 1fr; }
    SuggestionsScreen.-wide #about { width: 1fr; height: 1fr; padding: 0 2; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.view = "codes"
        self.equation = ""
        self.shows_members = False
        self.names = Names(CodeTree(()), {}, {})
        self.drifted: tuple[list[Drifted], list[CodeToReread]] = ([], [])
        self._is_on = False
        self._views, self._told = PieceLines(id="views"), PieceLines(id="told")
        self._about = PlainText()
        self.rows: Rows[Item] = Rows(
            lambda item, width: draw_item(item, width, self.kodebok.look),
            lambda item: item.key,
            height=ROW_LINES,
            id="suggested",
        )

    def compose_body(self) -> ComposeResult:
        """The views, what is said of this one, its list, and the one that is meant."""
        yield self._views
        yield self._told
        with Horizontal(id="both"):
            yield self.rows
            with VerticalScroll(id="about"):
                yield self._about

    def title_text(self) -> str:
        """Where one is, and whether suggestions are on."""
        return f"{_('Suggestions')}: {_('on') if self._is_on else _('off')}"

    def help_text(self) -> str:
        """What the screen is for."""
        return _(
            "Learned from your own codings alone, and off until you turn it on. Nothing is coded, "
            "named or rejected by itself: you judge one at a time, and both answers are kept."
        )

    def reload(self) -> None:
        """Read the study again; the same row is meant where it is still there."""
        store = self.study.store
        self._is_on = suggestions.load_switch(store).is_on
        self.names = Names(
            codes.load_code_tree(store),
            {source.id: source.name for source in sources.load_sources(store)},
            {coding.id: coding for coding in codings.load_codings(store)},
        )
        self.show_list()
        self.follow_coding()

    # Showing -------------------------------------------------------------------------------

    def show_list(self) -> None:
        """Show the list of the view, and what is said of it."""
        self.rows.empty = "" if self._is_on or self.view in {"theory", "equations"} else _("Off")
        items = self._items()
        self.rows.show(items)
        self.rows.redraw()
        self.rows.display = self.view != "record" and bool(items or self._is_on)
        self._show_views()
        self.tell()
        self.show_about()

    def _items(self) -> list[Item]:
        if self.view in OF_VIEW:
            return self._suggested()
        if self.view == "drift":
            return drift_items(*self.drifted, self.names)
        if self.view == "theory":
            found = load_theory_and_data(self.study.store, self.study.coder.id)
            wanted = {coding.id for coding in found.negative}
            return excerpt_items([e for e in self._excerpts() if e.id in wanted])
        return self._matching() if self.view == "equations" and self.equation else []

    def _excerpts(self) -> Sequence[Excerpt]:
        return load_excerpts(self.study.store, self.names.tree)

    def _suggested(self) -> list[Item]:
        if not self._is_on:
            return []
        store, kinds = self.study.store, OF_VIEW[self.view]
        reads = sources.load_reads(store)
        drafted = self.drafted() if self.view == "codes" else None
        if drafted is None:
            drafted = tuple(verdicts.open_suggestions(store, self.study.coder.id))
        listed = [
            suggestion
            for suggestion in drafted
            if suggestion.kind in kinds and self._may_show(suggestion, reads)
        ]
        if self.view == "candidates":
            return candidate_items(listed)
        return suggestion_items(listed, self.names)

    def _may_show(self, suggestion: Suggestion, reads: dict[str, set[str]]) -> bool:
        """Hidden for a source until it is read through, also when it was read before."""
        me = self.study.coder.id
        return all(me in reads.get(passage.source_id, ()) for passage in suggestion.passages)

    def _matching(self) -> list[Item]:
        try:
            equation = parse_equation(self.equation, self.names.tree)
        except KodebokError as error:
            self.kodebok.show_error(error)
            return []
        spans = codings.load_spans(self.study.store)
        return excerpt_items(matching_excerpts(self._excerpts(), equation, spans))

    def _show_views(self) -> None:
        named = [f"{number} {_(words)}" for number, words in enumerate(VIEWS.values(), start=1)]
        fits = len("  ".join(named)) < self.size.width - 1
        pieces = [
            (
                f"{words if fits or view == self.view else words[0]}  ",
                HIT if view == self.view else DIM,
            )
            for view, words in zip(VIEWS, named, strict=True)
        ]
        self._views.show(pieces)

    def tell(self, words: str = "") -> None:
        """Say something of the view; what there is to say of it anyway, when nothing is given."""
        self._told.show([(words or self.progress or self._view_words(), STRONG)])

    def _view_words(self) -> str:
        count = len(self.rows.items)
        found = _n("{n} passage", "{n} passages", count)
        without_switch = {
            "record": _("What the study's file says of suggestions"),
            "theory": _n("{n} negative case", "{n} negative cases", count),
            "equations": f"{self.equation}: {found}"
            if self.equation
            else _("e writes an equation"),
        }
        if self.view in without_switch:
            return without_switch[self.view]
        if not self._is_on:
            return _("Suggestions are off in this study")
        if not count:
            return _("Nothing here yet: r computes it")
        if self.view == "drift":
            return _n("{n} place to read again", "{n} places to read again", count)
        struck = ", ".join(sorted(self.struck))
        words = _n("{n} to judge, one at a time", "{n} to judge, one at a time", count)
        return f"{words}   {_('struck out')}: {struck}" if struck else words

    def show_about(self) -> None:
        """Show all of what is meant."""
        self._about.update(self._described())
        self.query_one("#about", VerticalScroll).scroll_home(animate=False)

    def _described(self) -> Text:
        if self.view == "record":
            return self._record()
        if self.view == "theory":
            found = load_theory_and_data(self.study.store, self.study.coder.id)
            text = describe_theory(found, lambda origin: _origin(ORIGIN_WORDS[origin]))
            item = self.rows.item
            if item is not None:
                text.append("\n" + _("Negative case") + "\n", "bold")
                text.append_text(describe(item, self.names, self.kodebok.look))
            return text
        item = self.rows.item
        if item is not None:
            return describe(item, self.names, self.kodebok.look, with_all=self.shows_members)
        return Text(self._explained())

    def _explained(self) -> str:
        if self.view == "equations":
            return _(
                "A & B: both. A | B: one of them. ~A: not. A/*: also the codes below A. "
                'Write names with signs in them as "A". The passages of the codes that are asked '
                "for are listed, where a coding that shares a character with them counts."
            )
        if not self._is_on:
            return _(
                "kodebok can suggest codes for passages, show what your codes do not explain, and "
                "put passages together as candidates for a category. It learns from your own "
                "codings alone, on this machine. It codes nothing: you judge one at a time, and "
                "what was suggested, why, and what you made of it is kept, for your method "
                "chapter. So is the fact that it was never used. Press p to turn it on."
            )
        return self._explained_view()

    def _explained_view(self) -> str:
        return {
            "codes": _(
                "At most three codes for each passage without one, in what you have read "
                "through. Five passages of a code are needed."
            ),
            "unexplained": _(
                "What you read and left without a code, and is least like what you coded. With "
                "three wonderings (g where you read) m finds more like them."
            ),
            "candidates": _(
                "Small groups that stay together whichever part of the text is looked at. Most "
                "passages are in none. You name, define and test; nothing has a name before."
            ),
            "drift": _("Codings nearer another code than their own, and codes to read again."),
        }[self.view]

    def _record(self) -> Text:
        record = verdicts.load_record(self.study.store)
        text = Text()
        for key, words, value in record_facts(record):
            told = f"{value:.16}".replace("T", " ") if key == "chosen" and value else _fact(value)
            text.append(f"{words}: ", "dim")
            text.append(f"{told}\n")
        if not record.computed:
            text.append("\n" + _("No suggestion was ever computed in this study."))
        for question in questions_to_answer(record):
            text.append(f"\n{question}")
        return text

    @on(Rows.Highlighted, "#suggested")
    def _other_meant(self) -> None:
        if self._shown_change is not None:
            self.show_about()

    def on_resize(self) -> None:
        """The names of the views fit, or only their numbers."""
        self._show_views()

    # Moving --------------------------------------------------------------------------------

    def action_show_view(self, view: str) -> None:
        """Show a view."""
        self.view = view
        self.show_list()
        (self.rows if self.rows.display else self.query_one("#about")).focus()

    def action_step_view(self, step: int) -> None:
        """Show the view after or before."""
        order = list(VIEWS)
        self.action_show_view(order[(order.index(self.view) + step) % len(order)])

    @on(Rows.Chosen, "#suggested")
    def _opened(self) -> None:
        self.action_open_source()

    def action_open_source(self) -> None:
        """Open the source at the passage."""
        item = self.rows.item if self.rows.display else None
        if item is not None and item.place is not None:
            self.kodebok.open_source(*item.place)
