"""The line under the text on its sound: where it is, how fast, and how much somebody has heard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kodebok.domain.span import Span
from kodebok.i18n import translator
from kodebok.tui.reader.document import format_time
from kodebok.tui.reader.palette import Look
from kodebok.tui.widgets.pieces import DIM, STRONG, WARN, Line, Piece, spread

_ = translator("sound_screen")

_PERCENT = 100


@dataclass(frozen=True, slots=True)
class SoundFacts:
    """What there is to say of the sound.

    Attributes:
        position_ms: Where it is; None before it is first played.
        heard: How much somebody has compared with it, in percent.
        is_turn_heard: Whether all of the turn at the cursor was.
        deleted: The day on which the sound was deleted; else empty.
        play_key, heard_key: As they are written on the keyboard.
    """

    position_ms: int | None
    is_playing: bool
    duration_ms: int
    speed: float
    loops: bool
    follows: bool
    heard: int
    is_turn_heard: bool
    deleted: str
    play_key: str
    heard_key: str


def heard_percent(text: str, unheard: Sequence[Span]) -> int:
    """How much of a text was heard, in percent of its signs; 100 only when all of it was."""
    signs = sum(not sign.isspace() for sign in text)
    left = sum(
        not sign.isspace() for span in unheard for sign in text[span.start : span.end]
    )  # fmt: skip
    return _PERCENT if not signs else (signs - left) * _PERCENT // signs


def sound_line(facts: SoundFacts, width: int, look: Look) -> Line:
    """Time, speed and what else is on at the left; what is heard at the right."""
    turn: Piece = (
        (_("turn heard"), DIM)
        if facts.is_turn_heard
        else (_("turn not heard: {key}", key=facts.heard_key), WARN)
    )
    right: list[Piece] = [turn, (_("  {n} % heard", n=facts.heard), STRONG)]
    return spread(_playing(facts, look), right, width, look)


def _playing(facts: SoundFacts, look: Look) -> list[Piece]:
    if facts.deleted:
        return [(_("The sound was deleted on {day}", day=facts.deleted), DIM)]
    if facts.position_ms is None:
        return [(_("{key} plays from the cursor", key=facts.play_key), DIM)]
    sign = (">" if look.ascii else "▶") if facts.is_playing else ("=" if look.ascii else "‖")
    time = format_time(facts.position_ms)
    if facts.duration_ms:
        time += f" / {format_time(facts.duration_ms)}"
    line: list[Piece] = [(f"{sign} {time}", STRONG if facts.is_playing else "")]
    speed = f"{facts.speed:.1f}".replace(".", _("decimal sign"))
    line.append((f"  {speed}×" if not look.ascii else f"  {speed}x", ""))
    if facts.loops:
        line.append(("  " + _("over and over"), STRONG))
    line.append(("  " + (_("follows") if facts.follows else _("does not follow")), DIM))
    return line
