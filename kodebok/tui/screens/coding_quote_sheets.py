"""The sheets of the quotes screen: a quote's facts, and its cuts and insertions in its words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from kodebok.domain.code import Color
from kodebok.domain.quote import Degree, Insertion, Quote, render_quote
from kodebok.domain.span import Span, merge_spans
from kodebok.i18n import mark, translator
from kodebok.tui.reader.document import CodedSpan, ReaderDocument
from kodebok.tui.reader.view import ReaderView
from kodebok.tui.reader.widget import Reader
from kodebok.tui.screens.coding_fields import WordsSheet
from kodebok.tui.widgets.choice import Choice, ChoiceSheet, LineSheet
from kodebok.tui.widgets.painted import PieceLines
from kodebok.tui.widgets.pieces import DIM, STRONG, Line, fit, wrap
from kodebok.tui.widgets.rows import Rows
from kodebok.tui.widgets.sheet import Sheet

_ = translator("coding_screen")

DEGREE_WORDS = {
    Degree.VERBATIM: mark("verbatim"),
    Degree.LIGHT: mark("lightly edited"),
    Degree.NORMALISED: mark("normalised"),
    Degree.TRANSLATED: mark("translated"),
}
_LABEL_CELLS = 22
_PREVIEW_LINES = 4


@dataclass(frozen=True, slots=True)
class QuoteFact:
    """Something that can be changed about a quote."""

    name: str
    label: str
    value: str


class QuoteSheet(Sheet[None]):
    """What can be changed about a quote; each is kept at once.

    Args:
        load: The quote as it is now, and the source's words.
        change: Changes some fields together.
    """

    DEFAULT_CSS = "QuoteSheet Rows { height: 5; }"

    def __init__(
        self, load: Callable[[], tuple[Quote, str]], change: Callable[[dict[str, Any]], None]
    ) -> None:
        super().__init__()
        self._load, self._change = load, change
        self.title_words = _("Quote")
        self.hint_words = _("Enter changes · Esc: done")

    def compose_body(self) -> ComposeResult:
        """The facts."""
        yield Rows(self._draw, lambda fact: fact.name, one_click=True)

    @property
    def rows(self) -> Rows[QuoteFact]:
        """The facts."""
        return self.query_one(Rows)

    def on_mount(self) -> None:
        """Show them."""
        self._fill()
        self.rows.focus()

    def _fill(self) -> None:
        quote, words = self._load()
        printed = render_quote(words, quote.cuts, quote.insertions)
        self.rows.show([
            QuoteFact("cuts", _("Cuts and insertions"), printed),
            QuoteFact("degree", _("Degree"), _(DEGREE_WORDS[quote.degree])),
            QuoteFact("wording", _("Own wording"), quote.wording),
            QuoteFact("used_in", _("Used in"), quote.used_in),
            QuoteFact("note", _("Note"), quote.note),
        ])  # fmt: skip

    def _draw(self, fact: QuoteFact, _width: int) -> list[Line]:
        label = fit([(fact.label, STRONG)], _LABEL_CELLS, self.rows.look)
        return [[*label, (fact.value.replace("\n", " ") or "–", "" if fact.value else DIM)]]

    @on(Rows.Chosen)
    def _chosen(self, event: Rows.Chosen) -> None:
        quote, words = self._load()
        name, label = event.item.name, event.item.label
        if name == "cuts":
            self.app.push_screen(CutSheet(quote, words), self._cut)
        elif name == "degree":
            choices = [Choice(str(degree), _(DEGREE_WORDS[degree])) for degree in Degree]
            sheet = ChoiceSheet(label, choices, at=str(quote.degree), typed=False)
            self.app.push_screen(sheet, self._degree_chosen)
        elif name == "wording":
            self._ask_for_wording(quote.degree)
        elif name == "note":
            self.app.push_screen(WordsSheet(label, quote.note), self._kept("note"))
        else:
            sheet_line = LineSheet(label, quote.used_in, may_be_empty=True)
            self.app.push_screen(sheet_line, self._kept("used_in"))

    def _kept(self, name: str) -> Callable[[str | None], None]:
        def keep(typed: str | None) -> None:
            if typed is not None:
                self._keep({name: typed})

        return keep

    def _keep(self, fields: dict[str, Any]) -> None:
        self._change(fields)
        self._fill()

    def _cut(self, edited: Quote | None) -> None:
        if edited is not None:
            self._keep({"cuts": edited.cuts, "insertions": edited.insertions})

    def _degree_chosen(self, key: str | None) -> None:
        if key is None:
            return
        if Degree(key) is Degree.VERBATIM:
            self._keep({"degree": Degree.VERBATIM, "wording": ""})
        else:
            self._ask_for_wording(Degree(key))

    def _ask_for_wording(self, degree: Degree) -> None:
        quote, words = self._load()
        if degree is Degree.VERBATIM:
            degree = Degree.LIGHT
        typed = quote.wording or render_quote(words, quote.cuts, quote.insertions)
        title = f"{_('Own wording')}, {_(DEGREE_WORDS[degree])}"

        def keep(text: str | None) -> None:
            if text:
                self._keep({"degree": degree, "wording": text})

        self.app.push_screen(WordsSheet(title, typed), keep)


class CutSheet(Sheet[Quote | None]):
    """Marks words of a quote to leave out, and puts words of the author in; gives the quote back.

    Args:
        quote: The quote as it is.
        words: The source's words of now.
    """

    DEFAULT_CSS = """
    CutSheet Reader { height: 8; background: $surface; }
    CutSheet #printed { background: $boost; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("x,delete", "cut", show=False),
        Binding("i", "insert", show=False),
        Binding("enter", "keep", show=False, priority=True),
    ]

    def __init__(self, quote: Quote, words: str) -> None:
        super().__init__()
        self._quote, self._words = quote, words
        self.title_words = _("Cuts and insertions")
        self.hint_words = _(
            "v/W marks · x cuts, or takes a cut back · i inserts · Enter keeps · Esc leaves"
        )
        self.reader = Reader(ReaderDocument(words))
        self._printed = PieceLines(id="printed")

    def compose_body(self) -> ComposeResult:
        """The words, and how they will be printed."""
        yield self.reader
        yield self._printed

    def on_mount(self) -> None:
        """Begin in the words."""
        self.reader.set_look(self._printed.look)
        self._printed.styles.height = _PREVIEW_LINES
        self.reader.focus()

    @on(ReaderView.CursorMoved)
    def _moved(self) -> None:
        self._show_printed()

    def _show(self) -> None:
        cut = _("cut")
        spans = [
            CodedSpan(f"{span.start}", span.start, span.end, Color.VERMILION, "x", cut)
            for span in self._quote.cuts
        ]
        self.reader.set_codings(spans)
        self.reader.set_notes(Span(i.offset, i.offset + 1) for i in self._quote.insertions)
        self._show_printed()

    def on_resize(self) -> None:
        """Show what is cut."""
        self._show()

    def _show_printed(self) -> None:
        printed = render_quote(self._words, self._quote.cuts, self._quote.insertions)
        width = max(1, self._printed.size.width - 2)
        lines = wrap(printed, width, _PREVIEW_LINES, self._printed.look)
        self._printed.show(*[[(line, STRONG)] for line in lines])

    def action_cut(self) -> None:
        """Leave the marked words out; without a mark take back the cut at the cursor."""
        marked, at = self.reader.selection, self.reader.cursor_offset
        cuts = self._quote.cuts
        if marked is None:
            kept = tuple(cut for cut in cuts if not cut.start <= at < cut.end)
            if kept == cuts:
                self.say_hint(_("Mark the words to leave out first: v, W or Shift and arrows"))
        else:
            kept = tuple(merge_spans([*cuts, marked]))
        self._quote = replace(self._quote, cuts=kept)
        self.reader.set_selection(None)
        self._show()

    def action_insert(self) -> None:
        """Put words in at the cursor, or change those that stand there."""
        at = self.reader.cursor_offset
        there = next((i.text for i in self._quote.insertions if i.offset == at), "")
        sheet = LineSheet(_("Your words, printed in [ ]"), there, may_be_empty=True)

        def put(words: str | None) -> None:
            if words is None:
                return
            others = [i for i in self._quote.insertions if i.offset != at]
            kept = [*others, Insertion(at, words)] if words else others
            kept.sort(key=lambda item: item.offset)
            self._quote = replace(self._quote, insertions=tuple(kept))
            self._show()

        self.app.push_screen(sheet, put)

    def action_keep(self) -> None:
        """Keep the cuts and insertions."""
        self.dismiss(self._quote)
