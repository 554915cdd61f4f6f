"""Turns out of running text: who speaks, from when, and what is said."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kodebok.domain.source import ReadTurn
from kodebok.i18n import plural_translator, translator
from kodebok.sources.joining import join_turns, split_at_inner_times
from kodebok.sources.survey import (
    Line,
    StampForm,
    Survey,
    accepted_stamp,
    parsed_lines,
    survey_lines,
)
from kodebok.sources.times import Stamp, leading_stamp, parse_clock

if TYPE_CHECKING:
    from collections.abc import Sequence

_ = translator("sources")
_n = plural_translator("sources")

_LONGEST_WRAPPED_LINE = 120
_DOUBTED_LABELS_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Recognised:
    """What running text turned out to hold.

    Attributes:
        by_headers: Whether speakers stand on lines of their own, with times, as Teams writes them.
        times_first: Whether those lines begin with the time, as Word's Transcribe writes them.
        preamble: How many turns stand before the first speaker.
    """

    turns: tuple[ReadTurn, ...]
    legend: dict[str, str] = field(default_factory=dict)
    doubts: tuple[str, ...] = ()
    by_headers: bool = False
    times_first: bool = False
    preamble: int = 0


@dataclass(slots=True)
class _Building:
    speaker: str | None = None
    start_ms: int | None = None
    end_ms: int | None = None
    lines: list[str] = field(default_factory=list)
    is_cue: bool = False
    is_lonely_time: bool = False


class _Builder:
    """Walks the lines once and closes a turn when the next begins."""

    def __init__(self, found: Survey, *, line_is_paragraph: bool) -> None:
        self._found = found
        self._line_is_paragraph = line_is_paragraph
        self._names: dict[str, str] = {}
        self._spellings = {
            meaning.casefold(): label
            for label, meaning in found.legend.items()
            if label in found.labels
        }
        self.turns: list[_Building] = []

    def _begin(
        self,
        speaker: str | None,
        start: int | None = None,
        end: int | None = None,
        *,
        is_cue: bool = False,
    ) -> None:
        if speaker is not None and speaker not in self._names:
            first = self._spellings.setdefault(speaker.casefold(), speaker)
            self._names[speaker] = first
        name = self._names[speaker] if speaker is not None else None
        if self.turns and self.turns[-1].is_lonely_time and not self.turns[-1].lines:
            waiting = self.turns.pop()
            start = waiting.start_ms if start is None else start
            end = waiting.end_ms if end is None else end
        self.turns.append(_Building(name, start, end, is_cue=is_cue))

    def add(self, line: Line) -> None:
        """Take in the next line that is not blank."""
        found = self._found
        if line.header is not None and line.header.label in found.headers:
            header = line.header
            times = parse_clock(header.clock), parse_clock(header.end_clock)
            self._begin(header.label, *times, is_cue=True)
            return
        if line.alone is not None and line.lead is None and line.alone.label in found.alone:
            self._begin(line.alone.label)
            return
        lead = accepted_stamp(line.lead, "lead", found.stamps)
        if lead is not None:
            self._add_timed(line, lead)
        elif line.lead is None and line.label is not None and line.label.label in found.labels:
            times = parse_clock(line.label.clock), parse_clock(line.label.end_clock)
            self._begin(line.label.label, *times)
            self._add_text(line.label.rest, line, continues=True)
        else:
            self._add_text(line.text, line, continues=False)

    def _add_timed(self, line: Line, lead: Stamp) -> None:
        speaker = self.turns[-1].speaker if self.turns else None
        if not lead.rest:
            self._add_lonely_time(lead, speaker)
        elif line.label is not None and line.label.label in self._found.labels:
            self._begin(line.label.label, lead.start_ms, lead.end_ms)
            self._add_text(line.label.rest, line, continues=True)
        elif line.alone is not None and line.alone.label in self._found.headers:
            self._begin(line.alone.label, lead.start_ms, lead.end_ms, is_cue=True)
        else:
            self._begin(speaker, lead.start_ms, lead.end_ms, is_cue=True)
            self._add_text(lead.rest, line, continues=True)

    def _add_lonely_time(self, lead: Stamp, speaker: str | None) -> None:
        if lead.bracket == "#" and self.turns and self.turns[-1].lines:
            self.turns[-1].end_ms = lead.start_ms
        else:
            self._begin(speaker, lead.start_ms, lead.end_ms)
            self.turns[-1].is_lonely_time = True

    def _add_text(self, text: str, line: Line, *, continues: bool) -> None:
        trail = accepted_stamp(line.trail, "trail", self._found.stamps)
        if trail is not None:
            text = trail.rest
        if not continues and self._is_new_paragraph(line):
            previous = self.turns[-1] if self.turns else _Building()
            self._begin(previous.speaker, previous.end_ms)
        own = leading_stamp(text) if continues and text[:1] in {"[", "(", "#"} else None
        current = self.turns[-1]
        if own is not None and accepted_stamp(own, "lead", self._inner_stamps()) is not None:
            current.start_ms = own.start_ms if current.start_ms is None else current.start_ms
            text = own.rest
        if text:
            current.lines.append(text)
        if trail is not None:
            current.end_ms = trail.start_ms

    def _inner_stamps(self) -> frozenset[StampForm]:
        full = {("lead", "[", True), ("lead", "(", True), ("lead", "#", True)}
        return self._found.stamps | full

    def _is_new_paragraph(self, line: Line) -> bool:
        if not self.turns:
            return True
        current = self.turns[-1]
        if current.end_ms is not None and current.lines and current.start_ms is None:
            return True
        if self._found.has_speakers or not current.lines:
            return False
        return line.after_blank or self._line_is_paragraph


def recognise(text: str) -> Recognised:
    """Turns of running text, with speakers and times where it has them.

    Lines without a label continue the turn before; without any speaker each paragraph is a turn.
    """
    lines = parsed_lines(text)
    found = survey_lines(lines)
    builder = _Builder(found, line_is_paragraph=_each_line_is_a_paragraph(lines))
    for number, line in enumerate(lines):
        if number not in found.legend_lines:
            builder.add(line)
    turns = [turn for turn in builder.turns if turn.lines or turn.speaker]
    _chain_end_times(turns)
    read, dropped = split_at_inner_times(_join_cues_of_lines(turns))
    preamble = next((n for n, turn in enumerate(read) if turn.speaker), 0)
    return Recognised(
        tuple(read),
        found.legend,
        (*_label_doubts(found.doubted), *_time_doubts(dropped)),
        bool(found.headers),
        any(line.lead and line.alone and line.alone.label in found.headers for line in lines),
        preamble,
    )


def paragraphs(text: str) -> tuple[ReadTurn, ...]:
    """Each paragraph as a turn, nothing recognised."""
    lines = [
        Line(line.strip(" \t\r\f"), after_blank=before.strip() == "")
        for before, line in zip(["", *text.split("\n")], text.split("\n"), strict=False)
        if line.strip(" \t\r\f")
    ]
    none: frozenset[str] = frozenset()
    nothing = Survey(none, none, none, frozenset(), {}, frozenset(), ())
    builder = _Builder(nothing, line_is_paragraph=_each_line_is_a_paragraph(lines))
    for line in lines:
        builder.add(line)
    return tuple(ReadTurn("\n".join(turn.lines)) for turn in builder.turns if turn.lines)


def _each_line_is_a_paragraph(lines: list[Line]) -> bool:
    return not any(line.after_blank for line in lines[1:]) or any(
        len(line.text) > _LONGEST_WRAPPED_LINE for line in lines
    )


def _chain_end_times(turns: list[_Building]) -> None:
    """A turn of which only the end is known begins where the turn before ended."""
    before: int | None = 0
    for turn in turns:
        if turn.end_ms is not None and turn.start_ms is None:
            turn.start_ms = before if before is None or before <= turn.end_ms else None
        before = turn.end_ms


def _join_cues_of_lines(turns: list[_Building]) -> list[ReadTurn]:
    read: list[ReadTurn] = []
    run: list[_Building] = []
    for turn in turns:
        if run and not (turn.is_cue and turn.speaker == run[-1].speaker):
            read.extend(_joined_run(run))
            run = []
        run.append(turn)
    read.extend(_joined_run(run))
    return read


def _joined_run(run: Sequence[_Building]) -> list[ReadTurn]:
    parts = [
        ReadTurn(
            t.lines[0] if len(t.lines) == 1 else "\n".join(t.lines),
            t.speaker,
            t.start_ms,
            t.end_ms,
        )
        for t in run
    ]
    return join_turns(parts) if len(parts) > 1 else parts


def _label_doubts(doubted: tuple[str, ...]) -> tuple[str, ...]:
    if not doubted:
        return ()
    shown = ", ".join(f"«{label}»" for label in doubted[:_DOUBTED_LABELS_SHOWN])
    if len(doubted) > _DOUBTED_LABELS_SHOWN:
        shown += " …"
    return (_("Perhaps speakers, but kept as text: {labels}", labels=shown),)


def _time_doubts(dropped: int) -> tuple[str, ...]:
    if not dropped:
        return ()
    return (
        _n(
            "{n} time in mid-sentence was taken out of the text",
            "{n} times in mid-sentence were taken out of the text",
            dropped,
        ),
    )
