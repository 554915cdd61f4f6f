"""What a text uses as labels and times, found by looking at all its lines before any is split."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from kodebok.sources import labels
from kodebok.sources.labels import Candidate, Tally
from kodebok.sources.legend import read_legend
from kodebok.sources.times import Stamp, leading_stamp, mostly_ascending, trailing_stamp

StampForm = tuple[str, str, bool]


@dataclass(slots=True)
class Line:
    """A line that is not blank, with everything at its ends that may be a label or a time."""

    text: str
    after_blank: bool
    lead: Stamp | None = None
    trail: Stamp | None = None
    label: Candidate | None = None
    header: Candidate | None = None
    alone: Candidate | None = None


@dataclass(frozen=True, slots=True)
class Survey:
    """The labels and the ways of writing time that a text really uses."""

    labels: frozenset[str]
    headers: frozenset[str]
    alone: frozenset[str]
    stamps: frozenset[StampForm]
    legend: dict[str, str]
    legend_lines: frozenset[int]
    doubted: tuple[str, ...]

    @property
    def has_speakers(self) -> bool:
        """Whether anyone is named."""
        return bool(self.labels or self.headers or self.alone)

    def starts_turn(self, line: str) -> bool:
        """Whether a line begins a turn, so that it must not be joined to the line before."""
        parsed = parse_line(line.strip(), after_blank=False)
        return (
            accepted_stamp(parsed.lead, "lead", self.stamps) is not None
            or accepted_stamp(parsed.trail, "trail", self.stamps) is not None
            or (parsed.label is not None and parsed.label.label in self.labels)
            or (parsed.header is not None and parsed.header.label in self.headers)
            or (parsed.alone is not None and parsed.alone.label in self.alone)
        )


def survey(text: str) -> Survey:
    """Look through a text for what it uses as labels and times."""
    return survey_lines(parsed_lines(text))


def parsed_lines(text: str) -> list[Line]:
    """The lines of a text that are not blank."""
    parsed: list[Line] = []
    blank = True
    for raw in text.split("\n"):
        line = raw.strip(" \t\r\f\u00a0\ufeff")
        if line:
            parsed.append(parse_line(line, after_blank=blank))
        blank = not line
    return parsed


def parse_line(line: str, *, after_blank: bool) -> Line:
    """One line, without white space at its ends."""
    parsed = Line(line, after_blank)
    if not line:
        return parsed
    parsed.lead = leading_stamp(line)
    rest = parsed.lead.rest if parsed.lead else line
    if parsed.lead is None:
        parsed.header = labels.header(line)
    if parsed.header is None:
        parsed.label = labels.candidate(rest) or labels.dressed(
            rest, after_time=parsed.lead is not None
        )
        if parsed.label is None and len(rest) <= labels.MAX_LABEL_CHARACTERS + 6:
            parsed.alone = labels.alone(rest)
        said = parsed.label.rest if parsed.label else rest
        parsed.trail = trailing_stamp(said)
    return parsed


def survey_lines(lines: list[Line]) -> Survey:
    """What the lines use as labels and times."""
    legend, legend_lines = read_legend([line.text for line in lines[:20]])
    tally = _tally(lines, legend_lines)
    accepted = labels.accepted_labels(tally, legend)
    headers = labels.accepted_headers(tally)
    alone = labels.accepted_alone(tally) if not accepted else frozenset()
    speaks = bool(accepted or headers or alone)
    doubted = tuple(
        label
        for label in tally.plain
        if label not in accepted
        and not labels.is_prose(label)
        and (labels.is_known(label) or (speaks and labels.is_name(label)))
    )
    return Survey(accepted, headers, alone, _forms_in_use(lines), legend, legend_lines, doubted)


def _tally(lines: list[Line], skipped: frozenset[int]) -> Tally:
    tally = Tally()
    for number, line in enumerate(lines):
        if number in skipped:
            continue
        tally.lines += 1
        if line.header:
            tally.headers[line.header.label] += 1
        elif line.label:
            _counter(tally, line)[line.label.label] += 1
        elif line.alone and line.lead and not _next_is_timed(lines, number):
            tally.headers[line.alone.label] += 1
        elif line.alone and not line.lead:
            tally.alone[line.alone.label] += 1
    return tally


def _counter(tally: Tally, line: Line) -> Counter[str]:
    if line.label is not None and line.label.bracketed:
        return tally.bracketed
    return tally.marked if line.lead or (line.label and line.label.marked) else tally.plain


def _next_is_timed(lines: list[Line], number: int) -> bool:
    return number + 1 >= len(lines) or lines[number + 1].lead is not None


def _forms_in_use(lines: list[Line]) -> frozenset[StampForm]:
    times: defaultdict[StampForm, list[int]] = defaultdict(list)
    sure: set[StampForm] = set()
    for line in lines:
        for place, stamp in (("lead", line.lead), ("trail", line.trail)):
            if stamp is None:
                continue
            key = (place, stamp.bracket, stamp.full)
            times[key].append(stamp.start_ms)
            beside_label = place == "lead" and (line.label is not None or not stamp.rest)
            if stamp.full and (stamp.bracket or beside_label):
                sure.add(key)
    needed = {True: 2, False: 3}
    for key, found in times.items():
        if len(found) >= needed[bool(key[1]) or key[2]] and mostly_ascending(found):
            sure.add(key)
    return frozenset(sure)


def accepted_stamp(stamp: Stamp | None, place: str, accepted: frozenset[StampForm]) -> Stamp | None:
    """The stamp, if its place and form are used for times in this text."""
    if stamp is not None and (place, stamp.bracket, stamp.full) in accepted:
        return stamp
    return None
