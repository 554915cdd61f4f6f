"""Who says what: the voices of a source named at once, and two of them swapped."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Input

from kodebok.coding import voicing
from kodebok.domain.source import Speaker, Turn
from kodebok.i18n import plural_translator, translator
from kodebok.tui.screens.coding_base import CodingBase
from kodebok.tui.widgets.choice import Choice, ChoiceSheet
from kodebok.tui.widgets.painted import PieceLines
from kodebok.tui.widgets.pieces import DIM, STRONG, Line
from kodebok.tui.widgets.sheet import Sheet

_ = translator("sound_screen")
_n = plural_translator("sound_screen")

_SAMPLE = 48  # signs of what a voice says first


class NamesSheet(Sheet[dict[str, str] | None]):
    """Asks for the names of all voices; gives back the new ones by the old.

    Args:
        voices: Each with a line that it can be known by.
    """

    DEFAULT_CSS = "NamesSheet VerticalScroll { height: auto; max-height: 14; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,f10", "keep", show=False, priority=True),
        Binding("down", "app.focus_next", show=False, priority=True),
        Binding("up", "app.focus_previous", show=False, priority=True),
    ]

    def __init__(self, voices: Sequence[tuple[Speaker, str]]) -> None:
        super().__init__()
        self.title_words = _("Who are the voices?")
        self.hint_words = _("Enter: next · Ctrl+S keeps · the same name twice makes one voice")
        self._voices = voices

    def compose_body(self) -> ComposeResult:
        """A line on each voice, and one for its name."""
        with VerticalScroll(can_focus=False):
            for speaker, sample in self._voices:
                about = PieceLines()
                line: Line = [(speaker.label, STRONG), (f"  {sample}", DIM)]
                about.show(line)
                yield about
                yield Input(speaker.label)

    def on_mount(self) -> None:
        """Begin with the first."""
        self.query(Input).first().focus()

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        if event.input is self.query(Input).last():
            self.action_keep()
        else:
            self.app.action_focus_next()

    def action_keep(self) -> None:
        """Give the names back."""
        names = [field.value for field in self.query(Input)]
        pairs = zip(self._voices, names, strict=True)
        self.dismiss({speaker.label: name for (speaker, _sample), name in pairs})


class VoiceActs(CodingBase):
    """Naming and swapping voices."""

    def action_name_voices(self) -> None:
        """Name all voices of the source at once."""
        if not self.is_open:
            return
        voices = [(s, self._sample_of(s)) for s in self.desk.speakers.values()]
        if not voices:
            self.say(_("The source has no voices: t gives a turn one"))
            return
        self.ask(NamesSheet(voices), self._named)

    def _sample_of(self, speaker: Speaker) -> str:
        """How often a voice speaks, and its longest turn among the first."""
        turns = [turn for turn in self.desk.turns if turn.speaker_id == speaker.id]
        longest = max(turns[:5], key=lambda turn: turn.end - turn.start, default=None)
        words = self.desk.text[longest.start : longest.end] if longest else ""
        cut = self.kodebok.ellipsis if len(words) > _SAMPLE else ""
        return f"{_n('{n} turn', '{n} turns', len(turns))}: {words[:_SAMPLE]}{cut}"

    def _named(self, names: dict[str, str] | None) -> None:
        if names is None:
            return
        store, coder, source_id = self.study.store, self.study.coder.id, self.desk.source.id
        changed = self.act(lambda: voicing.name_voices(store, coder, source_id, names))
        if changed is not None:
            self.say(_n("{n} voice named", "{n} voices named", changed))

    def ask_to_swap(self, turn: Turn, *, onwards: bool) -> None:
        """Let the voice of a turn change places with another."""
        here = self.desk.speakers.get(turn.speaker_id or "")
        others = [s for s in self.desk.speakers.values() if here and s.id != here.id]
        if here is None or not others:
            self.say(_("There is no other voice to swap with"))
            return
        label = here.label

        def chosen(other: str | None) -> None:
            if other is not None:
                self._swap(label, other, turn.id if onwards else None)

        if len(others) == 1:
            chosen(others[0].label)
            return
        choices = [Choice(speaker.label, speaker.label) for speaker in others]
        title = _("Which voice changes places with {voice}?", voice=label)
        self.ask(ChoiceSheet(title, choices, typed=False), chosen)

    def _swap(self, one: str, other: str, from_turn: int | None) -> None:
        store, coder, source_id = self.study.store, self.study.coder.id, self.desk.source.id
        count = self.act(
            lambda: voicing.swap_voices(store, coder, source_id, one, other, from_turn)
        )
        if count is not None:
            self.say(_n("{n} turn has another voice", "{n} turns have another voice", count))
