"""The sheets for longer words: correcting a turn, writing a memo."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import TextArea

from kodebok.domain.note import NoteKind, Target
from kodebok.domain.span import Span
from kodebok.domain.text import LineIndex
from kodebok.i18n import translator
from kodebok.tui.screens.coding_panes import NOTE_WORDS
from kodebok.tui.widgets.painted import PieceLines
from kodebok.tui.widgets.pieces import DIM, HIT, STRONG
from kodebok.tui.widgets.sheet import Sheet

_ = translator("coding_screen")


class TurnArea(TextArea):
    """The words of one turn: Enter saves them, since a turn has no lines of its own."""

    @dataclass
    class Submitted(Message):
        """The words are to be kept."""

        text: str

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "enter":
            event.stop()
            event.prevent_default()
            self.post_message(self.Submitted(self.text))
            return
        await super()._on_key(event)


class TurnSheet(Sheet[str | None]):
    """Edits the words of a turn.

    Args:
        title: Which turn.
        words: Its words.
        at: Where the cursor is to stand in them.
        play, back: Play or pause the sound, and go back in it; None when there is no sound.
    """

    DEFAULT_CSS = "TurnSheet TextArea { height: auto; max-height: 14; min-height: 3; }"
    # The keys that transcription programs have for it.
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f3", "back", show=False, priority=True, id="sheet.sound-back"),
        Binding("f4", "play", show=False, priority=True, id="sheet.sound-play"),
    ]

    def __init__(
        self,
        title: str,
        words: str,
        at: int,
        play: Callable[[], None] | None = None,
        back: Callable[[], None] | None = None,
    ) -> None:
        super().__init__()
        self.title_words = title
        self.hint_words = _("Enter saves · Esc leaves the words as they were")
        if play is not None:
            self.hint_words = _("Enter saves · F4 plays or pauses · F3 goes 3 s back · Esc leaves")
        self._words, self._at = words, at
        self._play, self._back = play, back

    def action_play(self) -> None:
        """Play or pause the sound while writing."""
        if self._play is not None:
            self._play()

    def action_back(self) -> None:
        """Go back a little in the sound."""
        if self._back is not None:
            self._back()

    def compose_body(self) -> ComposeResult:
        """The words."""
        yield TurnArea(self._words, soft_wrap=True, show_line_numbers=False)

    def on_mount(self) -> None:
        """Put the cursor where it stood in the reader."""
        area = self.query_one(TurnArea)
        line, column = LineIndex(self._words).position(self._at)
        area.move_cursor((line - 1, column - 1))
        area.focus()

    @on(TurnArea.Submitted)
    def _keep(self, event: TurnArea.Submitted) -> None:
        self.dismiss(event.text)


@dataclass(frozen=True, slots=True)
class About:
    """Something that a memo may be about, and what it is called."""

    target: Target
    target_id: str | None
    words: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """A memo as it was written."""

    about: About
    kind: NoteKind
    text: str


class MemoSheet(Sheet[Written | None]):
    """Writes a memo.

    Args:
        targets: What it may be about, the likeliest first.
        text: Its words.
        kind: What it is for.
    """

    DEFAULT_CSS = "MemoSheet TextArea { height: 8; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,f10", "keep", show=False, priority=True),
        Binding("ctrl+t", "next_target", show=False, priority=True),
        Binding("ctrl+k", "next_kind", show=False, priority=True),
    ]

    def __init__(self, targets: Sequence[About], text: str, kind: NoteKind = NoteKind.MEMO) -> None:
        super().__init__()
        self._targets, self._text, self._kind = list(targets), text, kind
        self.hint_words = _("Ctrl+S keeps · Ctrl+T about something else · Ctrl+K kind · Esc leaves")
        if len(self._targets) == 1:
            self.hint_words = _("Ctrl+S keeps · Ctrl+K kind · Esc leaves")
        self._warned = False

    def compose_body(self) -> ComposeResult:
        """What it is about, and its words."""
        yield PieceLines(id="about")
        yield TextArea(self._text, soft_wrap=True, show_line_numbers=False)

    def on_mount(self) -> None:
        """Begin to write."""
        self._explain()
        self.query_one(TextArea).focus()

    def _explain(self) -> None:
        self.say_title(_(NOTE_WORDS[self._kind]))
        others = "  ".join(about.words for about in self._targets[1:])
        line = [(_("about "), STRONG), (self._targets[0].words, HIT), (f"   {others}", DIM)]
        self.query_one("#about", PieceLines).show(line)

    def action_next_target(self) -> None:
        """Let it be about the next thing."""
        self._targets = [*self._targets[1:], self._targets[0]]
        self._explain()

    def action_next_kind(self) -> None:
        """Let it be of the next kind."""
        kinds = list(NoteKind)
        self._kind = kinds[(kinds.index(self._kind) + 1) % len(kinds)]
        self._explain()

    def action_keep(self) -> None:
        """Keep what is written."""
        self.dismiss(Written(self._targets[0], self._kind, self.query_one(TextArea).text))

    def action_leave(self) -> None:
        """Leave; what was written is dropped only when that is asked for twice."""
        if self.query_one(TextArea).text.strip() == self._text.strip() or self._warned:
            self.dismiss(None)
            return
        self._warned = True
        self.say_hint(_("Not kept yet: Ctrl+S keeps it, Esc again drops it"), warn=True)
