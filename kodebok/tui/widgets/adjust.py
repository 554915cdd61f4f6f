"""Moving the borders of a passage word by word, on a line that has the keys meanwhile."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from kodebok.domain.span import Span
from kodebok.i18n import translator
from kodebok.tui.reader.units import previous_sentence, sentence_end
from kodebok.tui.widgets.painted import PieceLines
from kodebok.tui.widgets.pieces import DIM, HIT, STRONG

_ = translator("coding_screen")


def move_end(text: str, span: Span, step: int) -> Span:
    """The span with its end one word further (`step` 1) or back (-1); never empty."""
    end = span.end
    if step > 0:
        while end < len(text) and text[end].isspace():
            end += 1
        while end < len(text) and not text[end].isspace():
            end += 1
    else:
        while end > span.start and not text[end - 1].isspace():
            end -= 1
        while end > span.start and text[end - 1].isspace():
            end -= 1
    return Span(span.start, end) if end > span.start else span


def move_start(text: str, span: Span, step: int) -> Span:
    """The span with its start one word further on (`step` 1) or back (-1); never empty."""
    start = span.start
    if step > 0:
        while start < span.end and not text[start].isspace():
            start += 1
        while start < span.end and text[start].isspace():
            start += 1
    else:
        while start > 0 and text[start - 1].isspace():
            start -= 1
        while start > 0 and not text[start - 1].isspace():
            start -= 1
    return Span(start, span.end) if start < span.end else span


def move_by_sentence(text: str, span: Span, step: int, *, moves_end: bool) -> Span:
    """The span with one border at the next or former border of a sentence; never empty."""
    if moves_end and step > 0:
        return Span(span.start, sentence_end(text, span.end))
    if moves_end:
        end = previous_sentence(text, span.end)
        while end > span.start and text[end - 1].isspace():
            end -= 1
        return Span(span.start, end) if end > span.start else span
    if step < 0:
        return Span(previous_sentence(text, span.start), span.end)
    start = sentence_end(text, span.start)
    while start < span.end and text[start].isspace():
        start += 1
    return Span(start, span.end) if start < span.end else span


class BorderLine(PieceLines, can_focus=True):
    """Has the keys while borders are moved, and says which ones there are."""

    DEFAULT_CSS = "BorderLine { display: none; background: $panel; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,l", "word(1)", show=False, id="borders.word-on"),
        Binding("left,h", "word(-1)", show=False, id="borders.word-back"),
        Binding("shift+right", "other(1)", show=False, id="borders.other-on"),
        Binding("shift+left", "other(-1)", show=False, id="borders.other-back"),
        Binding("down,j", "sentence(1)", show=False, id="borders.sentence-on"),
        Binding("up,k", "sentence(-1)", show=False, id="borders.sentence-back"),
        Binding("tab,O,a", "switch", show=False, id="borders.switch"),
        Binding("enter", "finish", show=False, id="borders.finish"),
        Binding("escape", "give_up", show=False, id="borders.give-up"),
    ]

    @dataclass
    class Moved(Message, namespace="borders"):
        """The borders stand somewhere else."""

        span: Span

    @dataclass
    class Finished(Message, namespace="borders"):
        """The borders are to stay; None when they are to be as they were."""

        span: Span | None

    def __init__(self, id: str | None = None) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(id=id)
        self._text = ""
        self._span = Span(0, 0)
        self._moves_end = True

    def begin(self, text: str, span: Span) -> None:
        """Take the keys, and move the borders of this passage."""
        self._text, self._span, self._moves_end = text, span, True
        self.display = True
        self._explain()
        self.focus()

    def _explain(self) -> None:
        which = _("the end moves") if self._moves_end else _("the beginning moves")
        keys = _("←→ word · ↑↓ sentence · Tab other border · Enter done · Esc gives up")
        if self.look.ascii:
            keys = _("Arrows: word, sentence - Tab: other border - Enter: done - Esc: give up")
        self.show([(_("Borders: "), STRONG), (which, HIT), (f"   {keys}", DIM)])

    def action_word(self, step: int) -> None:
        """Move the border by a word."""
        move = move_end if self._moves_end else move_start
        self._become(move(self._text, self._span, step))

    def action_other(self, step: int) -> None:
        """Move the other border by a word."""
        move = move_start if self._moves_end else move_end
        self._become(move(self._text, self._span, step))

    def action_sentence(self, step: int) -> None:
        """Move the border by a sentence."""
        self._become(move_by_sentence(self._text, self._span, step, moves_end=self._moves_end))

    def _become(self, span: Span) -> None:
        self._span = span
        self.post_message(self.Moved(span))

    def action_switch(self) -> None:
        """Let the other border be the one that moves."""
        self._moves_end = not self._moves_end
        self._explain()

    def action_finish(self) -> None:
        """Let the borders stay."""
        self.display = False
        self.post_message(self.Finished(self._span))

    def action_give_up(self) -> None:
        """Let them be as they were."""
        self.display = False
        self.post_message(self.Finished(None))
