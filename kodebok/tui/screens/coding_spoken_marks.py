"""Pauses, laughter, cut words, overlap and what is unclear, put on the text by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll

from kodebok.coding import marking
from kodebok.coding.hearing import load_timeline
from kodebok.domain.span import Span
from kodebok.domain.text import word_spans
from kodebok.domain.verbatim import Mark, MarkKind, TextView, print_passage
from kodebok.i18n import mark, translator
from kodebok.storage import sounding
from kodebok.tui.screens.coding_base import CodingBase
from kodebok.tui.screens.coding_desk import CodingDesk
from kodebok.tui.widgets.choice import Choice, ChoiceSheet, LineSheet
from kodebok.tui.widgets.plain import PlainText
from kodebok.tui.widgets.sheet import Sheet

_ = translator("sound_screen")

_MS = 1_000
_AROUND = 12  # turns before and after the cursor that are printed
_VIEWS = {
    TextView.VERBATIM: mark("Verbatim, with every mark"),
    TextView.CLEAN: mark("The words alone"),
    TextView.READABLE: mark("Readable: capitals and full stops, no word replaced"),
}


class SpokenMarkActs(CodingBase):
    """The key that puts a mark, and the one that shows the text as it is printed."""

    def action_spoken_mark(self) -> None:
        """Choose a mark for what is marked, else for the place of the cursor."""
        if not self.is_open:
            return
        choices = [
            Choice("pause", _("Pause here …"), "(3 s)"),
            Choice("laughs", _("Laughs here"), f"[{_('laughs')}]"),
            Choice("sound", _("Another sound here …"), "[…]"),
            Choice("cut", _("Cut word"), "tenk-"),
            Choice("overlap", _("Spoken at the same time"), "//…//"),
            Choice("unclear", _("Nobody can hear what is said"), "[uklart 00:12:03]"),
            Choice("none", _("Take the marks here away")),
        ]
        sheet = ChoiceSheet(_("How is it said?"), choices, typed=False)
        self.ask(sheet, self._mark_chosen)

    def _mark_chosen(self, key: str | None) -> None:
        if key is None:
            return
        span = self.reader.selection or self._word_at_cursor()
        offset = span.end if self.reader.selection else self.reader.cursor_offset
        place = Span(offset, offset)
        put: dict[str, Callable[[], None]] = {
            "pause": lambda: self._ask_for_pause(place),
            "laughs": lambda: self._put(place, MarkKind.SOUND, _("laughs")),
            "sound": lambda: self._ask_for_sound(place),
            "cut": lambda: self._put(span, MarkKind.CUT),
            "overlap": lambda: self._put(span, MarkKind.OVERLAP),
            "unclear": lambda: self._put_unclear(
                self.reader.selection or Span(span.start, span.start)
            ),
            "none": lambda: self._take_marks(span),
        }
        put[key]()

    def _word_at_cursor(self) -> Span:
        """The word at the cursor, else the empty passage there."""
        at, text = self.reader.cursor_offset, self.desk.text
        turn = self.desk.turn_at(at)
        found = (s for s in word_spans(text, turn.start, turn.end) if s.start <= at < s.end)
        return next(found, Span(at, at))

    def _ask_for_pause(self, place: Span) -> None:
        sheet = LineSheet(_("How long is the pause, in seconds?"), self._gap_at(place.start))
        self.ask(sheet, lambda typed: self._put(place, MarkKind.PAUSE, typed) if typed else None)

    def _gap_at(self, offset: int) -> str:
        """The seconds between the words around a place, as the recording has them; else none."""
        line = load_timeline(self.study.store, self.desk.source.id)
        before = line.stretch(Span(max(0, offset - 2), max(1, offset - 1)))
        after = line.stretch(Span(offset, offset + 1))
        gap = round((after[0] - before[1]) / _MS) if before and after else 0
        return str(gap) if gap > 0 else ""

    def _ask_for_sound(self, place: Span) -> None:
        sheet = LineSheet(_("What is heard? One word, such as sighs"))
        self.ask(sheet, lambda typed: self._put(place, MarkKind.SOUND, typed) if typed else None)

    def _put(self, span: Span, kind: MarkKind, value: str = "") -> None:
        store, coder, source_id = self.study.store, self.study.coder.id, self.desk.source.id
        put = self.act(lambda: marking.put_mark(store, coder, source_id, span, kind, value))
        if put is not None:
            self._tell_printed()

    def _put_unclear(self, span: Span) -> None:
        store, coder, source_id = self.study.store, self.study.coder.id, self.desk.source.id
        stretch = load_timeline(store, source_id).stretch(span)
        start_ms = stretch[0] if stretch else 0
        put = self.act(lambda: marking.put_unclear(store, coder, source_id, span, start_ms))
        if put is not None:
            self._tell_printed()

    def _take_marks(self, span: Span) -> None:
        store, coder, source_id = self.study.store, self.study.coder.id, self.desk.source.id
        gone = self.act(lambda: marking.take_marks(store, coder, source_id, span))
        if gone is not None:
            self.say(_("The marks are gone") if gone else _("There are no marks here"))

    def _tell_printed(self) -> None:
        """How the sentence is printed now."""
        at = self.reader.cursor_offset
        sentence = self.desk.sentence_at(at) or self.desk.turn_at(at).span
        marks = sounding.load_marks(self.study.store, self.desk.source.id)
        words = self.desk.text[sentence.start : sentence.end]
        self.say(print_passage(words, marks, TextView.VERBATIM, sentence.start))

    def action_printed(self) -> None:
        """Show the turns around the cursor as they are printed."""
        if self.is_open:
            marks = sounding.load_marks(self.study.store, self.desk.source.id)
            sheet = PrintedSheet(self.desk, marks, self.reader.cursor_offset)
            self.app.push_screen(sheet)


class PrintedSheet(Sheet[None]):
    """The turns around a place as they are printed, in one view after the other."""

    DEFAULT_CSS = """
    PrintedSheet VerticalScroll { height: auto; max-height: 18; padding: 0 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("B,space,tab", "next_view", show=False, priority=True)
    ]

    def __init__(self, desk: CodingDesk, marks: list[Mark], offset: int) -> None:
        super().__init__()
        self.hint_words = _("Space: another view · arrows scroll · Esc goes back")
        self._desk, self._marks = desk, marks
        place = desk.turns.index(desk.turn_at(offset))
        self._turns = desk.turns[max(0, place - 1) : place + _AROUND]
        self._views = list(TextView)

    def compose_body(self) -> ComposeResult:
        """The words."""
        with VerticalScroll():
            yield PlainText(id="printed")

    def on_mount(self) -> None:
        """Show the first view."""
        self._show()
        self.query_one(VerticalScroll).focus()

    def action_next_view(self) -> None:
        """Show the next view."""
        self._views = [*self._views[1:], self._views[0]]
        self._show()

    def _show(self) -> None:
        view = self._views[0]
        self.say_title(_(_VIEWS[view]))
        lines = []
        for turn in self._turns:
            speaker = self._desk.speakers.get(turn.speaker_id or "")
            words = self._desk.text[turn.start : turn.end]
            near = [m for m in self._marks if turn.start <= m.start <= m.end <= turn.end]
            printed = print_passage(words, near, view, turn.start)
            lines.append(f"{speaker.label}: {printed}" if speaker else printed)
        self.query_one("#printed", PlainText).update("\n".join(lines))
