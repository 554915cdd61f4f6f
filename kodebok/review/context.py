"""What a reader needs around a passage: the interviewer's question and the turns before it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kodebok.domain.source import Role, Speaker, Turn
from kodebok.domain.span import Span
from kodebok.export.model import StudyView
from kodebok.review.content import Said

TURNS = 2  # of context
LONGEST = 400  # characters of a turn of context, and on each side of the passage in its turn
CUT = "…"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The words around a passage.

    Attributes:
        voice: Label of the voice at the passage's start; empty when no one is named.
        before: The turns before it, the nearest last; the question among them.
        lead, rest: Of the passage's own turn or turns, cut where they are long.
    """

    voice: str
    before: tuple[Said, ...]
    lead: str
    rest: str


def surroundings(view: StudyView, source_id: str, span: Span) -> Surroundings:
    """What stands around a passage of a source."""
    text = view.texts[source_id]
    turns = view.turns.get(source_id, ())
    at = next((n for n in reversed(range(len(turns))) if turns[n].start <= span.start), None)
    last = next((turn for turn in reversed(turns) if turn.start < span.end), None)
    begin = turns[at].start if at is not None else text.rfind("\n", 0, span.start) + 1
    end = last.end if last is not None and last.end >= span.end else _line_end(text, span.end)
    return Surroundings(
        voice=_label(view, turns[at]) if at is not None else "",
        before=turns_before(text, turns, view.speakers, span.start),
        lead=_tail(text[begin : span.start]),
        rest=_head(text[span.end : end]),
    )


def _line_end(text: str, at: int) -> int:
    found = text.find("\n", at)
    return found if found >= 0 else len(text)


def turns_before(
    text: str, turns: Sequence[Turn], speakers: Mapping[str, Speaker], offset: int
) -> tuple[Said, ...]:
    """The turns before the one at an offset, and the interviewer's question when it is further up.

    Args:
        text: Canonical text of the source.
        turns: Its turns, in order.
        speakers: Its voices, by id.
        offset: Where the passage begins.
    """
    at = next((n for n in reversed(range(len(turns))) if turns[n].start <= offset), None)
    if at is None:
        return ()

    def asks(turn: Turn) -> bool:
        speaker = speakers.get(turn.speaker_id or "")
        return speaker is not None and speaker.role is Role.INTERVIEWER

    near = list(turns[max(0, at - TURNS) : at])
    if not any(asks(turn) for turn in [*near, turns[at]]):
        near = [*[turn for turn in turns[:at] if asks(turn)][-1:], *near]
    return tuple(_said(text, turn, speakers) for turn in near)


def _label(view: StudyView, turn: Turn) -> str:
    speaker = view.speakers.get(turn.speaker_id or "")
    return speaker.label if speaker else ""


def _said(text: str, turn: Turn, speakers: Mapping[str, Speaker]) -> Said:
    speaker = speakers.get(turn.speaker_id or "")
    return Said(speaker.label if speaker else "", _tail(text[turn.start : turn.end]))


def _tail(words: str) -> str:
    """The end of what stands before a passage."""
    if len(words) <= LONGEST:
        return words
    kept = words[-LONGEST:]
    return f"{CUT} {kept.partition(' ')[2] or kept}"


def _head(words: str) -> str:
    """The beginning of what follows a passage."""
    if len(words) <= LONGEST:
        return words
    kept = words[:LONGEST]
    return f"{kept.rpartition(' ')[0] or kept} {CUT}"
