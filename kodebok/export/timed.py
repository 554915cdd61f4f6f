"""Turns with their times, and captions cut out of them: what the timed formats are made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kodebok.domain.recording import WordTime
from kodebok.domain.span import Span
from kodebok.domain.timeline import TimeLine
from kodebok.domain.verbatim import Mark, TextView, print_passage
from kodebok.errors import WrongUseError
from kodebok.export.model import StudyView
from kodebok.i18n import translator

_ = translator("export")

LONGEST_MS = 7_000  # a caption stands no longer
LONGEST_TEXT = 84  # characters: two lines of 42
SHORTEST_MS = 1  # of a turn whose end is not known, before the next begins
UNKNOWN_END_MS = 2_000  # of a last turn whose end is not known


@dataclass(frozen=True, slots=True)
class TimedText:
    """Words with their time.

    Attributes:
        speaker: Label of the voice; empty when no one is named.
    """

    start_ms: int
    end_ms: int
    speaker: str
    text: str


@dataclass(frozen=True, slots=True)
class TimedSource:
    """A source as the timed formats need it.

    Attributes:
        view: The study.
        source_id: The source.
        times: Of its words; empty when only its turns have times.
        marks: Its verbatim marks.
        printed: How its text is printed.
    """

    view: StudyView
    source_id: str
    times: Sequence[WordTime] = ()
    marks: Sequence[Mark] = ()
    printed: TextView = TextView.CLEAN

    @property
    def text(self) -> str:
        """The canonical text."""
        return self.view.texts.get(self.source_id, "")

    def words(self, span: Span) -> str:
        """A passage as it is printed."""
        return print_passage(self.text[span.start : span.end], self.marks, self.printed, span.start)


def timed_turns(source: TimedSource) -> list[TimedText]:
    """The turns that have a time and words, each ending before the next of its voice begins.

    Raises:
        WrongUseError: K430, no turn has a time.
    """
    line = TimeLine(source.times)
    turns = source.view.turns.get(source.source_id, ())
    found = []
    for turn in turns:
        words = source.words(turn.span)
        known = line.stretch(turn.span) if source.times else None
        start = known[0] if known else turn.start_ms
        end = known[1] if known else turn.end_ms
        if start is None or not words.strip():
            continue
        speaker = source.view.speakers.get(turn.speaker_id or "")
        label = speaker.label if speaker else ""
        found.append(TimedText(start, end if end is not None else -1, label, words))
    if not found:
        raise WrongUseError(
            _("the source has no times"),
            _("choose a source that came of sound, or of a transcript with times"),
            "K430",
        )
    return _with_ends(found)


def _with_ends(turns: list[TimedText]) -> list[TimedText]:
    """Every end known, and after its beginning."""
    following = [turn.start_ms for turn in turns[1:]] + [turns[-1].start_ms + UNKNOWN_END_MS]
    return [
        TimedText(
            turn.start_ms,
            max(turn.end_ms if turn.end_ms >= 0 else after, turn.start_ms + SHORTEST_MS),
            turn.speaker,
            turn.text,
        )
        for turn, after in zip(turns, following, strict=True)
    ]


def captions(source: TimedSource) -> list[TimedText]:
    """The source as captions: of at most seven seconds and 84 characters where words have times.

    Raises:
        WrongUseError: K430, no turn has a time.
    """
    if not source.times:
        return timed_turns(source)
    cut: list[TimedText] = []
    timed = [time for time in source.times if time.start < time.end]
    for turn in source.view.turns.get(source.source_id, ()):
        words = [time for time in timed if turn.start <= time.start < turn.end]
        speaker = source.view.speakers.get(turn.speaker_id or "")
        label = speaker.label if speaker else ""
        groups = list(_groups(words))
        starts = [turn.start, *(group[0].start for group in groups[1:])]
        for group, (start, end) in zip(groups, pairwise([*starts, turn.end]), strict=True):
            text = source.words(Span(start, end)).strip()
            last = max(word.end_ms for word in group)
            cut.append(TimedText(group[0].start_ms, last, label, text))
    return _with_ends(cut)


def _groups(words: Iterable[WordTime]) -> Iterator[list[WordTime]]:
    """Words that stand in a caption together."""
    group: list[WordTime] = []
    for word in words:
        if group and (
            word.end_ms - group[0].start_ms > LONGEST_MS or word.end - group[0].start > LONGEST_TEXT
        ):
            yield group
            group = []
        group.append(word)
    if group:
        yield group


def tiers(turns: Iterable[TimedText], unnamed: str) -> dict[str, list[TimedText]]:
    """Turns by voice, each voice's in order and none over another: what annotation programs need.

    Args:
        turns: Of a source.
        unnamed: The tier of turns without a voice.
    """
    by_voice: dict[str, list[TimedText]] = {}
    for turn in sorted(turns, key=lambda item: item.start_ms):
        listed = by_voice.setdefault(turn.speaker or unnamed, [])
        start = max(turn.start_ms, listed[-1].end_ms) if listed else turn.start_ms
        end = max(turn.end_ms, start + SHORTEST_MS)
        listed.append(TimedText(start, end, turn.speaker, turn.text))
    return by_voice
