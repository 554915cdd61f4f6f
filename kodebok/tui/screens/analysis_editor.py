"""The place below the passages where one after the other is written shorter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import TextArea

from kodebok.i18n import translator
from kodebok.tui.screens.analysis_rows import Unit, draw_whole
from kodebok.tui.widgets.painted import PieceLines
from kodebok.tui.widgets.pieces import DIM, STRONG, WARN

_ = translator("analysis")

_LEAST_LINES, _MOST_LINES = 3, 8
_SHARE = 3  # of the screen's height, for the words


class ShorterArea(TextArea):
    """A few lines of words; Enter keeps them, since a condensation is one paragraph."""

    @dataclass
    class Submitted(Message):
        """The words are to be kept, and the next one is meant."""

        text: str

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "enter":
            event.stop()
            event.prevent_default()
            self.post_message(self.Submitted(self.text))
            return
        await super()._on_key(event)


class ShorterEditor(Vertical):
    """The whole words of what is meant, and a field for fewer of one's own."""

    DEFAULT_CSS = """
    ShorterEditor { height: auto; display: none; background: $surface; }
    ShorterEditor.-open { display: block; }
    ShorterEditor TextArea, ShorterEditor TextArea:focus {
        height: 3; border: none; padding: 0 1; background: $surface; color: $foreground;
    }
    ShorterEditor #whole { background: $surface; }
    ShorterEditor #what { background: $panel; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False, priority=True, id="shorter.leave"),
        Binding("ctrl+s", "keep", show=False, priority=True, id="shorter.keep"),
    ]

    @dataclass
    class Written(Message):
        """A shorter wording is to be kept.

        Attributes:
            goes_on: Whether the next one is to be written too.
        """

        unit: Unit
        text: str
        goes_on: bool

    class Left(Message):
        """Nothing more is to be written."""

    def __init__(self) -> None:
        super().__init__(id="editor")
        self.unit: Unit | None = None
        self._warned = False
        self._whole, self._what = PieceLines(id="whole"), PieceLines(id="what")
        self._hint = PieceLines(id="editor-hint")

    def compose(self) -> ComposeResult:
        """The words, what the field is for, the field, a line of help."""
        yield self._whole
        yield self._what
        yield ShorterArea("", soft_wrap=True, show_line_numbers=False)
        yield self._hint

    @property
    def area(self) -> ShorterArea:
        """The field."""
        return self.query_one(ShorterArea)

    @property
    def is_open(self) -> bool:
        """Whether something is being written."""
        return self.has_class("-open")

    def begin(self, unit: Unit, word: str) -> None:
        """Write this one; `word` is what the shorter wording is called."""
        self.unit, self._warned = unit, False
        self._what.show([(word, STRONG), (f"  {unit.place}", DIM)])
        self.add_class("-open")
        self.area.text = unit.condensed
        self.area.move_cursor(self.area.document.end)
        self._tell(_("Enter: keep, next · Ctrl+S: keep · Esc: out"))
        self.call_after_refresh(self.show_whole)
        self.area.focus()

    def show_whole(self) -> None:
        """Show the words in the room that there is."""
        if self.unit is None:
            return
        look = self._whole.look
        most = max(_LEAST_LINES, min(_MOST_LINES, self.screen.size.height // _SHARE))
        lines = draw_whole(self.unit, max(1, self.size.width - 2), most, look)
        self._whole.styles.height = max(1, len(lines))
        self._whole.show(*lines)

    def on_resize(self) -> None:
        """Wrap the words anew."""
        self.show_whole()

    def _tell(self, words: str, *, warn: bool = False) -> None:
        self._hint.show([(words, WARN if warn else DIM)])

    def on_shorter_area_submitted(self, event: ShorterArea.Submitted) -> None:
        """Keep, and go on."""
        event.stop()
        self._keep(goes_on=True)

    def action_keep(self) -> None:
        """Keep, and leave."""
        self._keep(goes_on=False)

    def _keep(self, *, goes_on: bool) -> None:
        if self.unit is not None:
            self.post_message(self.Written(self.unit, self.area.text.strip(), goes_on))

    def action_leave(self) -> None:
        """Leave; what was written is dropped only when that is asked for twice."""
        if self.unit and self.area.text.strip() != self.unit.condensed.strip() and not self._warned:
            self._warned = True
            self._tell(_("Not kept: Enter keeps, Esc again drops it"), warn=True)
            return
        self.close()

    def close(self) -> None:
        """Put the field away."""
        self.unit = None
        self.remove_class("-open")
        self.post_message(self.Left())
