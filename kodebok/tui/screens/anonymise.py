"""The anonymising screen: what may point to someone, decided once, shown, and replaced."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll

from kodebok.domain.identifier import Tier
from kodebok.domain.span import Span
from kodebok.i18n import plural_translator, translator
from kodebok.storage import residual, sources
from kodebok.storage.residual import RiskSentence
from kodebok.study.anonymising_files import open_leftovers
from kodebok.study.anonymising_preview import PlannedChange, preview_apply
from kodebok.study.anonymising_review import Review, ReviewItem, ReviewPlace, place_text
from kodebok.study.anonymising_state import load_anonymity
from kodebok.study.residual_risk import sample_words
from kodebok.study.singled_out import singled_out_sentences
from kodebok.study.unlocking import has_key_file, key_path
from kodebok.tui.base import StudyScreen
from kodebok.tui.keymap import bindings_for
from kodebok.tui.screens import anonymise_rows as drawn
from kodebok.tui.screens.anonymise_deciding import DecidingActs
from kodebok.tui.screens.anonymise_keys import VIEWS
from kodebok.tui.screens.anonymise_replacing import ReplacingActs
from kodebok.tui.screens.anonymise_rows import Row
from kodebok.tui.widgets.painted import PieceLines
from kodebok.tui.widgets.pieces import DIM, HIT, STRONG, Line, fit
from kodebok.tui.widgets.plain import PlainText
from kodebok.tui.widgets.rows import Rows

_ = translator("anonymise_screen")
_n = plural_translator("anonymise_screen")

_OF_ENTITIES = frozenset({"likely", "possible", "decided"})


class AnonymiseScreen(DecidingActs, ReplacingActs, StudyScreen):
    """Views in a row; a list, and beside or below it all of what is meant.

    Attributes:
        view: Name of the view that is shown, one of `VIEWS`.
        review: What was found, and what is stored of it.
        all_items: Everything there is to decide about, the riskiest first.
        key_content: Originals and what stands for them, once the key was shown.
    """

    SCOPE: ClassVar[str] = "anonymise"
    AUTO_FOCUS = "#listed"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_for("anonymise")]
    DEFAULT_CSS = """
    AnonymiseScreen #views { background: $surface; }
    AnonymiseScreen #told { background: $panel; }
    AnonymiseScreen #both { layout: vertical; height: 1fr; }
    AnonymiseScreen #listed { height: 1fr; }
    AnonymiseScreen #about { height: 1fr; padding: 0 1; background: $surface;
        scrollbar-size-vertical: 1; }
    AnonymiseScreen.-wide #both { layout: horizontal; }
    AnonymiseScreen.-wide #listed { width: 1fr; height: 1fr; }
    AnonymiseScreen.-wide #about { width: 1fr; height: 1fr; padding: 0 2; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.view = "likely"
        self.review: Review = None  # type: ignore[assignment]
        self.all_items: list[ReviewItem] = []
        self.key_content: list[tuple[str, str]] = []
        self._names: dict[str, str] = {}
        self._views, self._told = PieceLines(id="views"), PieceLines(id="told")
        self._about = PlainText()
        self.rows: Rows[Row] = Rows(self._draw, lambda row: row.key, id="listed")

    def compose_body(self) -> ComposeResult:
        """The views, what is said of this one, its list, and the one that is meant."""
        yield self._views
        yield self._told
        with Horizontal(id="both"):
            yield self.rows
            with VerticalScroll(id="about"):
                yield self._about

    def on_mount(self) -> None:
        """Begin with what is stored; nothing is looked for before it is asked for."""
        self.review = Review(self.study)

    def title_text(self) -> str:
        """Where one is, and the state of the text."""
        return f"{_('Anonymise')}: {load_anonymity(self.study).sentence}"

    def help_text(self) -> str:
        """What the screen is for."""
        return _(
            "Finds what may point to someone, the riskiest first. You decide once for each person "
            "or place, and look at the difference before anything is replaced. The originals then "
            "lie in the key file alone."
        )

    def reload(self) -> None:
        """Read the study again; the same row is meant where it is still there."""
        if self.review is None:
            self.review = Review(self.study)
        store = self.study.store
        self._names = {one.id: one.name for one in sources.load_sources(store)}
        self.all_items = self.review.items()
        self.show_list()

    # Showing -------------------------------------------------------------------------------

    def show_list(self) -> None:
        """Show the list of the view, and what is said of it."""
        rows = self._rows()
        self.rows.show(rows)
        self.rows.redraw()
        self.rows.display = bool(rows)
        self._show_views()
        self.tell()
        self._show_about()

    def _rows(self) -> list[Row]:
        if self.view in _OF_ENTITIES:
            return [Row(one.key, one) for one in self.all_items if self._is_here(one)]
        if self.view == "difference":
            changes = preview_apply(self.study, self.study.key)
            return [Row(str(number), one) for number, one in enumerate(changes)]
        if self.view == "files":
            return [Row(str(one.path), one) for one in open_leftovers(self.study)]
        if self.view == "sample":
            found = residual.load_sample(self.study.store)
            return [Row(one.id, one) for one in found[1]] if found else []
        return []

    def _is_here(self, item: ReviewItem) -> bool:
        if item.is_applied or item.is_decided:
            return self.view == "decided"
        is_likely = item.tier is Tier.LIKELY or item.is_stored
        return self.view == ("likely" if is_likely else "possible")

    @property
    def item(self) -> ReviewItem | None:
        """The person, place or thing at the cursor."""
        row = self.rows.item if self.rows.display else None
        return row.thing if row is not None and isinstance(row.thing, ReviewItem) else None

    @property
    def sampled(self) -> RiskSentence | None:
        """The sentence of the sample at the cursor."""
        row = self.rows.item if self.view == "sample" and self.rows.display else None
        return row.thing if row is not None else None

    def show_item(self, key: str) -> None:
        """Go to an item, in whichever view it is."""
        for one in self.all_items:
            if one.key == key:
                views = ("likely", "possible", "decided")
                self.view = next(v for v in views if self._in_view(one, v))
                self.show_list()
                self.rows.go_to(key)

    def _in_view(self, item: ReviewItem, view: str) -> bool:
        here, self.view = self.view, view
        fits = self._is_here(item)
        self.view = here
        return fits

    def _draw(self, row: Row, width: int) -> list[Line]:
        look, thing = self.kodebok.look, row.thing
        if isinstance(thing, ReviewItem):
            return [drawn.draw_item(thing, self._proposed, width, look)]
        if isinstance(thing, PlannedChange):
            where = self._where(thing)
            return [drawn.draw_change(thing.before, thing.after, where, width, look)]
        if isinstance(thing, RiskSentence):
            sign = {residual.CLEAN: "✓", residual.MISSED: "!"}.get(thing.answer, "·")
            if look.ascii:
                sign = {"✓": "v", "·": "."}.get(sign, sign)
            words = self._words_of(thing).replace("\n", " ")
            return [[(f"{sign} {thing.position:>3}  ", STRONG), (words, "")]]
        return [fit([(thing.path.relative_to(self.study.folder).as_posix(), "")], width, look)]

    def _proposed(self, item: ReviewItem) -> str:
        return drawn.outcome(*self.review.proposal(item.entity))

    def _where(self, change: PlannedChange) -> str:
        if change.source_id is not None:
            return self._names.get(change.source_id, "–")
        return _(drawn.BESIDE.get(change.table, drawn.OTHER_WORDS))

    def _words_of(self, sentence: RiskSentence) -> str:
        place = ReviewPlace(sentence.source_id, Span(sentence.start, sentence.end))
        return place_text(self.study.store, place)[sentence.start : sentence.end]

    def _show_views(self) -> None:
        named = [f"{number} {_(words)}" for number, words in enumerate(VIEWS.values(), start=1)]
        fits = len("  ".join(named)) < self.size.width - 1
        pieces = []
        for view, words in zip(VIEWS, named, strict=True):
            shown = words if fits or view == self.view else words[0]
            pieces += [(shown, HIT if view == self.view else DIM), ("  ", "")]
        self._views.show(pieces[:-1])

    def tell(self) -> None:
        """Say what is under way, or how much the view holds."""
        self._told.show([(self.progress or self._view_words(), STRONG)])

    def _view_words(self) -> str:
        count = len(self.rows.items)
        if self.view in _OF_ENTITIES:
            return self._count_words(count)
        change = _n("{n} place would change", "{n} places would change", count)
        return {
            "key": _("What the key is, and where it lies"),
            "sample": sample_words(self.study),
            "difference": f"{change}. {_('Ctrl+S replaces them')}" if count else change,
            "files": _n("{n} file with originals", "{n} files with originals", count),
        }[self.view]

    def _count_words(self, count: int) -> str:
        if self.view == "decided":
            return _n("{n} is decided", "{n} are decided", count)
        if self.review.found is None:
            return _("Not looked yet: f looks through all texts")
        return _n("{n} to decide, the riskiest first", "{n} to decide, the riskiest first", count)

    def _show_about(self) -> None:
        self._about.update(self._described())
        self.query_one("#about", VerticalScroll).scroll_home(animate=False)

    def _described(self) -> Text:
        row = self.rows.item if self.rows.display else None
        if row is None:
            return self._explained()
        if isinstance(row.thing, ReviewItem):
            return self._describe_item(row.thing)
        if isinstance(row.thing, PlannedChange):
            return self._describe_change(row.thing)
        if isinstance(row.thing, RiskSentence):
            return self._describe_sentence(row.thing)
        return Text(
            _(
                "Originals stand in this file, or in its name. A person may have worked in it, so "
                "it is never deleted unasked: y keeps it, Delete deletes it."
            )
        )

    def _describe_item(self, item: ReviewItem) -> Text:
        places = self.review.mentions(item)
        store = self.study.store
        texts = [(place, place_text(store, place)) for place in places[: drawn.MOST_PLACES]]
        rest = [(place, "") for place in places[drawn.MOST_PLACES :]]
        proposal = None if item.is_decided else self.review.proposal(item.entity)
        return drawn.describe_item(item, proposal, [*texts, *rest], self._names)

    def _describe_change(self, change: PlannedChange) -> Text:
        place = ReviewPlace(change.source_id or "", Span(0, 0))
        text = Text()
        if change.source_id is None:
            text.append(f"{self._where(change)}: {change.before} → {change.after}")
            return text
        whole = place_text(self.study.store, place)
        span = Span(change.start, change.start + len(change.before))
        text.append(_("Before") + "\n", "bold")
        drawn.append_place(text, whole, span, self._where(change))
        after = whole[: span.start] + change.after + whole[span.end :]
        text.append("\n" + _("After") + "\n", "bold")
        new = Span(span.start, span.start + len(change.after))
        drawn.append_place(text, after, new, self._where(change))
        return text

    def _describe_sentence(self, sentence: RiskSentence) -> Text:
        text = Text()
        whole = place_text(self.study.store, ReviewPlace(sentence.source_id, Span(0, 0)))
        begin = whole.rfind("\n", 0, max(0, whole.rfind("\n", 0, sentence.start))) + 1
        finish = whole.find("\n", sentence.end)
        text.append(f"{self._names.get(sentence.source_id, '–')}\n", "dim")
        text.append(whole[begin : sentence.start])
        text.append(whole[sentence.start : sentence.end], "bold")
        text.append(whole[sentence.end : finish if finish > 0 else len(whole)] + "\n\n")
        text.append(_("a: nothing was missed · e: write what was missed"), "dim")
        return text

    def key_sentences(self) -> list[str]:
        """What the key is and where it lies, or will."""
        lies = _("It lies here:") if has_key_file(self.study) else _("It will lie here:")
        return [
            _(
                "The key is a file that knows which names stand behind what is in the text. It is "
                "locked with a passphrase that you choose, and kept apart from the study."
            ),
            f"{lies} {key_path(self.study)}",
            _("If the passphrase is lost, the originals are lost. kodebok keeps it nowhere."),
        ]

    def _explained(self) -> Text:
        text = Text()
        if self.view == "key" or (self.view == "likely" and self.review.found is None):
            if self.view == "likely":
                text.append(_("f finds · you decide · Ctrl+S shows and replaces") + "\n\n", "bold")
            text.append("\n".join(self.key_sentences()) + "\n\n")
            report = load_anonymity(self.study)
            text.append(_("State of the text: {state}", state=report.sentence) + "\n")
            alone = singled_out_sentences(self.study) if self.view == "key" else []
            for sentence in (*report.unfinished, *alone):
                text.append(f"– {sentence}\n")
            if self.view == "key":
                for original, words in self.key_content:
                    text.append(f"{words} = {original}\n")
            return text
        text.append(self._explained_view())
        return text

    def _explained_view(self) -> str:
        return {
            "likely": _("Nothing likely waits for a decision. Look at the possible ones too: 2"),
            "possible": _("Words that may be names. None of them is taken unless you say so."),
            "decided": _("Nothing is decided yet."),
            "difference": _(
                "Nothing would change. Decide first; then every place is shown here before and "
                "after."
            ),
            "files": _("No file in the study's folder waits to be settled."),
            "sample": _(
                "f draws sentences in which nothing was found, the doubtful ones more often. You "
                "read each: a says that nothing was missed, e writes what was. When all are read, "
                "kodebok says how much may have been missed at most."
            ),
        }[self.view]

    @on(Rows.Highlighted, "#listed")
    def _other_meant(self) -> None:
        if self._shown_change is not None:
            self._show_about()

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

    @on(Rows.Chosen, "#listed")
    def _chosen(self) -> None:
        if self.view in {"likely", "possible"}:
            self.action_accept()
        else:
            self.action_open_source()

    def action_open_source(self) -> None:
        """Open the source at the first place."""
        item = self.item
        places = self.review.mentions(item) if item is not None else []
        place = next((one for one in places if one.source_id), None)
        if place is not None:
            self.kodebok.open_source(place.source_id, place.span.start, place.span.end)
