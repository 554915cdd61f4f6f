"""A recording in words: how far it has come, what is left, and what was heard."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kodebok.domain.recording import RecordingState
from kodebok.domain.speech import Chunk
from kodebok.i18n import mark, translator
from kodebok.study.recorded import KnownRecording
from kodebok.study.transcribing import Progress, Step
from kodebok.tui.reader.document import format_time
from kodebok.tui.reader.palette import Look
from kodebok.tui.widgets.pieces import DIM, STRONG, WARN, Line, Piece, spread
from kodebok.tui.widgets.plain import bar_of

_ = translator("sound_screen")

STATES = {
    RecordingState.WAITING: mark("not begun"),
    RecordingState.BEGUN: mark("stopped on the way"),
    RecordingState.HEARD: mark("heard; the source is not made yet"),
    RecordingState.FINISHED: mark("finished"),
    RecordingState.DELETED: mark("sound deleted"),
}
_STEPS = {
    Step.SPEECH: mark("finding the speech"),
    Step.TEXT: mark("transcribing"),
    Step.VOICES: mark("telling the voices apart"),
    Step.SOURCE: mark("finished"),
    Step.FAILED: mark("could not be done"),
}
_BAR_CELLS = 20
_PERCENT = 100
_MINUTE_S = 60


@dataclass(frozen=True, slots=True)
class RecordingRow:
    """A recording as it is listed.

    Attributes:
        source: Name of its source; empty before it is made.
        told: What the queue told of it last.
        is_current: Whether it is at work.
        place: Its place among those that wait, from 1; 0 when it does not.
    """

    known: KnownRecording
    source: str
    told: Progress | None
    is_current: bool
    place: int

    @property
    def id(self) -> str:
        """The recording's."""
        return self.known.recording.id

    @property
    def name(self) -> str:
        """What it is called."""
        return self.known.recording.name or self.source or _("a recording")


def state_words(row: RecordingRow) -> str:
    """How far it has come."""
    if row.is_current:
        return _(_STEPS[row.told.step]) if row.told else _("beginning")
    if row.place:
        return _("number {n} in the queue", n=row.place)
    if row.told is not None and row.told.step is Step.FAILED:
        return _(_STEPS[Step.FAILED])
    return _(STATES[row.known.state])


def draw_recording(row: RecordingRow, width: int, look: Look) -> list[Line]:
    """Name and state; then a bar with done, all and left."""
    failed = row.told is not None and row.told.error is not None and not row.is_current
    state: Piece = (f"{state_words(row)} ", WARN if failed else STRONG if row.is_current else DIM)
    return [
        spread([(row.name, STRONG)], [state], width, look),
        [("  ", ""), *_how_far(row, look)],
    ]


def _how_far(row: RecordingRow, look: Look) -> list[Piece]:
    known, told = row.known, row.told
    if known.state in {RecordingState.FINISHED, RecordingState.DELETED}:
        length = format_time(known.recording.duration_ms)
        return [(f"{length}  {row.source}", DIM)]
    done, total = known.done_ms, known.total_ms
    if row.is_current and told is not None and told.total_ms:
        done, total = told.done_ms, told.total_ms
    share = done / total if total else 0.0
    pieces: list[Piece] = [(bar_of(share, _BAR_CELLS, ascii_only=look.ascii), "")]
    if total:
        times = _("{done} of {all}", done=format_time(done), all=format_time(total))
        pieces.append((f" {round(share * _PERCENT)} %  {times}", ""))
    if row.is_current and told is not None and told.left_s is not None:
        left = _("about {n} min left", n=max(1, round(told.left_s / _MINUTE_S)))
        pieces.append((f"  {left}", DIM))
    return pieces


def heard_text(chunks: Iterable[Chunk]) -> str:
    """What was heard, a line for each stretch, with its time."""
    lines = []
    for chunk in chunks:
        words = " ".join(s.text for s in chunk.segments if s.words) or _("[unclear]")
        lines.append(f"{format_time(chunk.start_ms)}  {words}")
    return "\n".join(lines)
