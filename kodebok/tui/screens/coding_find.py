"""Search in the coding screen: as one types, over this source or all, and coding of the hits."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from enum import Enum
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input

from kodebok.coding.finding import Hit, SearchScope, code_hits, find
from kodebok.coding.passages import code_passages
from kodebok.domain.coding import Coding
from kodebok.domain.span import Span
from kodebok.domain.text import sentence_spans
from kodebok.errors import KodebokError
from kodebok.i18n import mark, plural_translator, translator
from kodebok.storage.database import Store
from kodebok.tui.reader.cells import cells
from kodebok.tui.reader.document import format_time
from kodebok.tui.reader.palette import Look
from kodebok.tui.screens.coding_base import CodingBase
from kodebok.tui.widgets.painted import PieceLines
from kodebok.tui.widgets.pieces import DIM, HIT, STRONG, Line
from kodebok.tui.widgets.rows import Rows

_ = translator("coding_screen")
_n = plural_translator("coding_screen")

MOST_HITS = 1000  # a list that is longer is not looked through


class Around(Enum):
    """How much around a hit is coded."""

    TURN = mark("whole turns")
    SENTENCE = mark("sentences")
    WORDS = mark("the words found")


def as_typed(typed: str) -> str:
    """The query for what is typed so far: the last word may go on."""
    if not typed or typed[-1] in ' "*':
        return typed
    return f"{typed}*"


def passage_around(hit: Hit, around: Around) -> Span:
    """What is coded for a hit."""
    if around is Around.WORDS:
        return hit.span
    if around is Around.SENTENCE:
        start = hit.start - hit.context_start
        for span in sentence_spans(hit.context):
            if span.start <= start < span.end:
                return Span(span.start + hit.context_start, span.end + hit.context_start)
    return Span(hit.context_start, hit.context_start + len(hit.context))


def draw_hit(hit: Hit, width: int, look: Look) -> list[Line]:
    """Where a hit stands, and the words around it."""
    parts = [hit.source]
    if hit.speaker and hit.speaker != hit.source:
        parts.append(hit.speaker)
    if hit.time_ms is not None:
        parts.append(format_time(hit.time_ms))
    head = (" - " if look.ascii else " · ").join(parts)
    at = hit.start - hit.context_start
    before, after = hit.context[:at], hit.context[at + len(hit.text) :]
    room = max(0, (width - 2 - cells(hit.text)) // 3)
    if len(before) > room:
        cut = before.find(" ", len(before) - room)
        before = ("~" if look.ascii else "…") + before[cut if cut >= 0 else len(before) - room :]
    words = [part.replace("\n", " ") for part in (before, hit.text, after)]
    return [[(head, DIM)], [("  ", ""), (words[0], ""), (words[1], HIT), (words[2], "")]]


class SearchPane(Vertical):
    """A line to type in, and the hits."""

    DEFAULT_CSS = """
    SearchPane { display: none; height: 11; background: $surface; }
    SearchPane > PieceLines { background: $panel; }
    SearchPane > Input, SearchPane > Input:focus {
        border: none; height: 1; padding: 0 1; background: $boost;
    }
    SearchPane > Rows { height: 1fr; background: $surface; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a,A", "mark_all", show=False, id="search.all"),
        Binding("w", "screen.widen", show=False, id="search.around"),
        Binding("ctrl+t", "screen.switch_scope", show=False, id="search.scope"),
        Binding("down", "to_hits", show=False, id="search.to-hits"),
        Binding("up", "to_line", show=False, id="search.to-line"),
    ]

    def compose(self) -> ComposeResult:
        """Title, line, hits."""
        yield PieceLines()
        yield Input(placeholder=_('A word, a "phrase", or the beginning of a word'))
        yield Rows(
            lambda hit, width: draw_hit(hit, width, self.rows.look),
            key_of_hit,
            height=2,
            markable=True,
            empty=_("No hits"),
        )

    @property
    def rows(self) -> Rows[Hit]:
        """The hits."""
        return self.query_one(Rows)

    @property
    def line(self) -> Input:
        """What is typed."""
        return self.query_one(Input)

    def say(self, words: str, keys: str) -> None:
        """Say how many hits there are, and which keys work."""
        self.query_one(PieceLines).show([(words, STRONG), (f"   {keys}", DIM)])

    def action_mark_all(self) -> None:
        """Choose all hits, or none."""
        self.rows.mark_all()

    def action_to_hits(self) -> None:
        """Go down into the hits."""
        self.rows.focus()

    def action_to_line(self) -> None:
        """Go up to what is typed."""
        self.line.focus()


class SearchActs(CodingBase):
    """Search, the hits, and coding those that are chosen."""

    _everywhere = False
    _around = Around.TURN
    _begun_at: int | None = None
    _hits: Sequence[Hit] = ()

    @property
    def search_pane(self) -> SearchPane:
        """The pane of the search."""
        return self.query_one(SearchPane)

    def action_search(self) -> None:
        """Open the search."""
        if self.is_open:
            self._begun_at = self.reader.cursor_offset
            self.search_pane.display = True
            self.search_pane.line.focus()
            self._search()

    def close_search(self) -> None:
        """Put the search away; the cursor goes back to where it was begun."""
        if not self.search_pane.display:
            return
        self.search_pane.display = False
        self._hits = ()
        self.reader.set_hits(())
        if self._begun_at is not None:
            self.reader.go_to(self._begun_at)

    @on(Input.Changed, "SearchPane Input")
    def _typed(self) -> None:
        self._search()

    def _search(self) -> None:
        typed = as_typed(self.search_pane.line.value)
        scope = SearchScope() if self._everywhere else SearchScope((self.desk.source.id,))
        try:
            found = find(self.study.store, typed, scope, limit=MOST_HITS) if typed.strip() else []
        except KodebokError:
            found = []  # signs without a word in them, on the way to one
        self._hits = found
        first = next((hit for hit in found if self._is_ahead(hit)), found[0] if found else None)
        self.search_pane.rows.show(found, at=key_of_hit(first) if first else None)
        self._explain()
        self._show_hits(first)

    def _is_ahead(self, hit: Hit) -> bool:
        return hit.source_id == self.desk.source.id and hit.start >= (self._begun_at or 0)

    def _explain(self) -> None:
        pane = self.search_pane
        count = len(self._hits)
        words = _n("{n} hit", "{n} hits", count)
        if count == MOST_HITS:
            words = _("The first {n} hits", n=count)
        where = _("in all sources") if self._everywhere else _("in this source")
        marked = len(pane.rows.marked)
        if marked:
            words += ", " + _("{n} chosen", n=marked)
        around = _(self._around.value)
        if pane.rows.has_focus:
            keys = _("Space chooses · a all · c codes {around} · w other", around=around)
        else:
            keys = _("Ctrl+T this or all · Enter to the hits · Esc back")
        pane.say(f"{words} {where}", keys.replace("·", "-") if self.kodebok.look.ascii else keys)

    def _show_hits(self, current: Hit | None) -> None:
        """Show in the text the hits of this source, and the one that is meant."""
        here = [hit for hit in self._hits if hit.source_id == self.desk.source.id]
        spans = _without_overlaps(hit.span for hit in here)
        meant = None
        if current is not None and current.source_id == self.desk.source.id:
            meant = max(0, bisect_right(spans, current.start, key=lambda s: s.start) - 1)
            self.reader.go_to(current.start)
        self.reader.set_hits(spans, meant)

    @on(Rows.Highlighted, "SearchPane Rows")
    def _hit_meant(self, event: Rows.Highlighted) -> None:
        if self.search_pane.rows.has_focus:
            self._show_hits(event.item)

    @on(Rows.MarksChanged, "SearchPane Rows")
    def _marks_changed(self) -> None:
        self._explain()

    def on_descendant_focus(self) -> None:
        """Name the keys that work now."""
        if self.is_open and self.search_pane.display:
            self._explain()

    @on(Input.Submitted, "SearchPane Input")
    def _to_hits(self) -> None:
        if self._hits:
            self.search_pane.rows.focus()
            self._show_hits(self.search_pane.rows.item)

    @on(Rows.Chosen, "SearchPane Rows")
    def _go_to_hit(self, event: Rows.Chosen) -> None:
        hit: Hit = event.item
        self._begun_at = None
        self.search_pane.display = False
        kept = self._hits
        self.show_source(hit.source_id, hit.start, hit.end)
        self._hits = kept
        self._show_hits(hit)
        self.reader.set_selection(hit.span)
        self.reader.focus()

    def action_next_hit(self, step: int) -> None:
        """Go to the next or former hit, also in another source."""
        if not self._hits or not self.is_open:
            self.say(_("No hits to go to: / searches"))
            return
        rows = self.search_pane.rows
        place = (rows.index + step) % len(self._hits)
        rows.go_to(key_of_hit(self._hits[place]))
        self._go_to_hit(Rows.Chosen(rows, self._hits[place]))

    def action_switch_scope(self) -> None:
        """Search in this source, or in all."""
        self._everywhere = not self._everywhere
        self._search()

    def action_widen(self) -> None:
        """Code whole turns, sentences, or the words alone."""
        kinds = list(Around)
        self._around = kinds[(kinds.index(self._around) + 1) % len(kinds)]
        self._explain()

    # Coding the hits -----------------------------------------------------------------------

    def chosen_hits(self) -> Sequence[Hit]:
        """The marked hits, else the one that is meant, while the list of hits has the keys."""
        rows = self.search_pane.rows
        if not self.search_pane.display or not rows.has_focus:
            return ()
        return rows.marked or ([rows.item] if rows.item else [])

    def code_chosen_hits(self, code_ids: Sequence[str]) -> None:
        """Code the chosen hits together, as one act."""
        hits = self.chosen_hits()
        store, coder = self.study.store, self.study.coder.id
        added = self.change(
            lambda: _code_all(store, coder, hits, code_ids, self._around), self._take_up_hits
        )
        if added is not None:
            self.used(code_ids)
            self.show_marks()
            names = ", ".join(self.desk.tree[i].name for i in code_ids)
            words = _n("{n} passage coded", "{n} passages coded", len(added))
            self.say(f"{words}: {names}")

    def _take_up_hits(self, added: list[Coding]) -> None:
        here = self.desk.source.id
        self.desk.take_up(coding for coding in added if coding.source_id == here)
        for coding in added:
            if coding.source_id != here:
                self.desk.counts[coding.code_id] = self.desk.counts.get(coding.code_id, 0) + 1


def _code_all(
    store: Store, coder: str, hits: Sequence[Hit], code_ids: Sequence[str], around: Around
) -> list[Coding]:
    if around is Around.SENTENCE:
        places = [(hit.source_id, passage_around(hit, around)) for hit in hits]
        return code_passages(store, coder, places, code_ids)
    return code_hits(store, coder, hits, code_ids, turns=around is Around.TURN)


def key_of_hit(hit: Hit) -> str:
    """What tells hits apart."""
    return f"{hit.source_id} {hit.start} {hit.end}"


def _without_overlaps(spans: Iterable[Span]) -> list[Span]:
    kept: list[Span] = []
    for span in sorted(spans):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept
