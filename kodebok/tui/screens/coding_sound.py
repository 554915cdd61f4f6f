"""Listening to the source while it is read, corrected and coded."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kodebok.coding import hearing
from kodebok.domain.recording import Recording, Stretch
from kodebok.domain.source import Turn
from kodebok.domain.span import Span
from kodebok.domain.timeline import TimeLine
from kodebok.errors import KodebokError
from kodebok.i18n import translator
from kodebok.jobs.players import FASTEST, SLOWEST
from kodebok.storage import recordings
from kodebok.study.playing import AROUND_MS, recording_of
from kodebok.study.sound_files import sound_path
from kodebok.study.sound_in_key import told_place
from kodebok.tui.listening import HeardRun
from kodebok.tui.playback import Order, Playback
from kodebok.tui.screens.coding_base import CodingBase
from kodebok.tui.screens.coding_sound_line import SoundFacts, heard_percent, sound_line
from kodebok.tui.widgets.painted import PieceLines

_ = translator("sound_screen")

LOOK_SECONDS = 0.1  # between two looks at the player
_STEP = 0.1  # of the speed


@dataclass(slots=True)
class Listening:
    """The sound of the source on the desk.

    Attributes:
        playback: Its player; None before it is first played.
        speed: 1 is the true speed.
        looped: The turn that is played over and over.
        follows: Whether the cursor goes with the sound.
        left_at: Where the cursor stood when the sound was paused.
    """

    recording: Recording
    playback: Playback | None = None
    speed: float = 1.0
    looped: Span | None = None
    follows: bool = True
    left_at: int | None = None


class SoundActs(CodingBase):
    """The keys that play, and what follows the sound."""

    def __init__(self) -> None:
        super().__init__()
        self.listening: Listening | None = None
        self._sound_line = PieceLines(id="sound")
        self._time_line: TimeLine | None = None
        self._run: HeardRun | None = None
        self._unheard: list[Span] | None = None
        self._percent = 0
        self._sound_of: str | None = None
        self._timed: tuple[str, tuple[Turn, ...]] | None = None

    # Opening and closing -------------------------------------------------------------------

    def on_mount(self) -> None:
        """Look at the player again and again, while there is one."""
        self.set_interval(LOOK_SECONDS, self.look_at_player)

    def take_up_sound(self) -> None:
        """The source, its words or what is heard of them may have changed."""
        source_id = self.desk.source.id if self.is_open else None
        if source_id != self._sound_of:
            self.end_sound()
            self._sound_of = source_id
        read = (self.desk.text, tuple(self.desk.turns)) if self.is_open else None
        if read != self._timed:  # else another program has written something else
            self._timed = read
            self._time_line = self._run = None
        self._unheard = None
        if self.listening is None and source_id is not None:
            self.listening = self._find_sound(source_id)
        self._sound_line.display = self.listening is not None
        self.draw_sound()

    def _find_sound(self, source_id: str) -> Listening | None:
        made = {t.id: t.recording_id for t in recordings.load_transcriptions(self.study.store)}
        if source_id not in made:
            return None
        try:
            return Listening(recordings.load_recording(self.study.store, made[source_id]))
        except KeyError:
            return None

    def end_sound(self, *, waits: bool = False) -> None:
        """Let the player go, and wait until it has gone when that is asked for."""
        if self.listening is not None and self.listening.playback is not None:
            self.listening.playback.close(waits=waits)
        self.listening = None

    def on_unmount(self) -> None:
        """Leave no player behind."""
        self.end_sound(waits=True)

    def on_screen_suspend(self) -> None:
        """Pause when another screen is opened; under a sheet the sound goes on."""
        if self.is_playing and self.app.current_mode != self.SCOPE:
            self.action_play_sound()

    def _playback(self) -> Playback | None:
        """The player of the source's sound, which is begun when it is not there; None is told."""
        if not self.is_open:
            return None
        try:
            recording = recording_of(self.study.store, self.desk.source.id)
            path = sound_path(self.study.folder, told_place(self.study, recording))
        except KodebokError as error:
            self.kodebok.show_error(error)
            return None
        if self.listening is None:
            self.listening = Listening(recording)
        if self.listening.playback is None:
            self.listening.playback = Playback(path)
        return self.listening.playback

    @property
    def _line(self) -> TimeLine:
        if self._time_line is None:
            self._time_line = hearing.load_timeline(self.study.store, self.desk.source.id)
        return self._time_line

    def _order(self, order: Order, *, jumps: bool = False) -> None:
        playback = self._playback()
        if playback is not None:
            if jumps and self._run is not None:
                self._run.jump()
            playback.tell(order)
            self.draw_sound()

    def sound_orders(self) -> tuple[Callable[[], None], ...]:
        """Playing and going back, for a sheet that words are written in."""
        if self.listening is None or self.listening.recording.deleted_at:
            return ()
        return self.action_play_sound, self.action_sound_back

    # Keys ----------------------------------------------------------------------------------

    @property
    def is_playing(self) -> bool:
        """Whether sound comes out."""
        listening = self.listening
        return bool(listening and listening.playback and listening.playback.state.is_playing)

    def action_play_sound(self) -> None:
        """Pause; or play on, from the cursor when it was moved meanwhile."""
        listening = self.listening
        if listening is not None and self.is_playing:
            listening.left_at = self.reader.cursor_offset
            self._order(lambda player: player.pause())
        elif listening is not None and listening.left_at == self.reader.cursor_offset:
            self._order(lambda player: player.play())
        else:
            self.action_sound_to_cursor()

    def action_sound_to_cursor(self) -> None:
        """Play what is marked, else from the word at the cursor on."""
        if self._playback() is None:
            return
        marked, at = self.reader.selection, self.reader.cursor_offset
        stretch = self._stretch(marked or Span(at, at + 1))
        if stretch is not None:
            self._end_loop()
            start = max(0, stretch[0] - AROUND_MS)
            end = stretch[1] + AROUND_MS if marked else None
            self._order(lambda player: player.play(start, end), jumps=True)

    def play_stretch(self, start_ms: int, end_ms: int) -> None:
        """Play one stretch, and stand still behind it."""
        self._order(lambda player: player.play(start_ms, end_ms), jumps=True)

    def _stretch(self, span: Span) -> Stretch | None:
        found = self._line.stretch(span)
        if found is None:
            self.say(_("It is not known when that is spoken"))
        return found

    def action_sound_back(self) -> None:
        """Three seconds back."""
        self._order(lambda player: player.back())

    def action_sound_speed(self, step: int) -> None:
        """Slower or faster."""
        playback = self._playback()
        if playback is None or self.listening is None:
            return
        wanted = round(self.listening.speed + step * _STEP, 1)
        speed = self.listening.speed = min(max(wanted, SLOWEST), FASTEST)
        self._order(lambda player: player.set_speed(speed))

    def action_loop_turn(self) -> None:
        """Play the turn at the cursor over and over; or end that."""
        if self._playback() is None or self.listening is None:
            return
        if self.listening.looped is not None:
            self._end_loop()
            return
        turn = self.desk.turn_at(self.reader.cursor_offset)
        stretch = self._stretch(turn.span)
        if stretch is None:
            return
        start, end = max(0, stretch[0] - AROUND_MS), stretch[1]
        self.listening.looped = turn.span
        self._order(lambda player: player.loop(start, end), jumps=True)

    def _end_loop(self) -> None:
        if self.listening is not None and self.listening.looped is not None:
            self.listening.looped = None
            self._order(lambda player: player.end_loop())

    def action_follow_sound(self) -> None:
        """Let the cursor go with the sound, or stay."""
        if self.listening is None:
            self._playback()
            return
        self.listening.follows = not self.listening.follows
        self.draw_sound()

    def action_toggle_heard(self) -> None:
        """Note that what is marked, else the turn, was heard; or take that back."""
        if not self.is_open:
            return
        if not hearing.is_recognised(self.study.store, self.desk.source.id):
            self.say(_("A person wrote this text: there is nothing to check against the sound"))
            return
        span = self.reader.selection or self.desk.turn_at(self.reader.cursor_offset).span
        is_unheard = any(gap.overlaps(span) for gap in self._unheard_spans())
        self._note_heard(span, heard=is_unheard)
        self.say(_("Noted as heard") if is_unheard else _("No longer noted as heard"))

    def _note_heard(self, span: Span, *, heard: bool) -> None:
        store, coder, source_id = self.study.store, self.study.coder.id, self.desk.source.id
        note = hearing.mark_heard if heard else hearing.unmark_heard
        self.change(lambda: note(store, coder, source_id, span), self._forget_unheard)

    def _forget_unheard(self, _changed: bool) -> None:
        self._unheard = None
        self.draw_sound()

    def _unheard_spans(self) -> list[Span]:
        if self._unheard is None:
            self._unheard = hearing.unheard_spans(self.study.store, self.desk.source.id)
            self._percent = heard_percent(self.desk.text, self._unheard)
        return self._unheard

    # Following -----------------------------------------------------------------------------

    def look_at_player(self) -> None:
        """Show where the sound is, and note what was heard to its end."""
        listening = self.listening
        if listening is None or listening.playback is None or not self.is_open:
            return
        state = listening.playback.state
        if state.error is not None:
            self.end_sound()
            self.take_up_sound()
            self.reader.set_played(None)
            self.kodebok.show_error(state.error)
        elif state.is_playing and listening.playback.is_settled:
            self._follow(listening, state.position_ms)
        else:
            self._come_to_rest(listening, state.position_ms)
        self.draw_sound()

    def _come_to_rest(self, listening: Listening, position_ms: int) -> None:
        """The sound stands still: at the end of a turn that may have been its last word."""
        playback = listening.playback
        if self._run is not None and playback is not None and playback.is_settled:
            self._note_turns(self._run.hear(position_ms))

    def _follow(self, listening: Listening, position_ms: int) -> None:
        word = self._line.word_at(position_ms)
        self.reader.set_played(word)
        if not listening.follows:
            self._run = None
            return
        if word is not None and self.is_current and self.reader.selection is None:
            if not word.start <= self.reader.cursor_offset < word.end:
                self.reader.go_to(word.start)
            listening.left_at = self.reader.cursor_offset
        if self._run is None:
            self._run = HeardRun(self._line, self.desk.turns)
        self._note_turns(self._run.hear(position_ms))

    def _note_turns(self, spans: list[Span]) -> None:
        for span in spans:
            if any(gap.overlaps(span) for gap in self._unheard_spans()):
                self._note_heard(span, heard=True)

    # Showing -------------------------------------------------------------------------------

    def draw_sound(self) -> None:
        """Show time, speed and how much is heard."""
        listening = self.listening
        if listening is None or not self.is_open:
            return
        state = listening.playback.state if listening.playback is not None else None
        turn = self.desk.turn_at(self.reader.cursor_offset)
        unheard = self._unheard_spans()
        facts = SoundFacts(
            position_ms=state.position_ms if state else None,
            is_playing=bool(state and state.is_playing),
            duration_ms=listening.recording.duration_ms,
            speed=listening.speed,
            loops=listening.looped is not None,
            follows=listening.follows,
            heard=self._percent,
            is_turn_heard=not any(gap.overlaps(turn.span) for gap in unheard),
            deleted=listening.recording.deleted_at[:10],
            play_key=self.kodebok.key_for("sound.play"),
            heard_key=self.kodebok.key_for("sound.heard"),
        )
        width = max(1, self.size.width - 2)
        self._sound_line.show(sound_line(facts, width, self.kodebok.look))
