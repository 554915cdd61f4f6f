"""Times in transcripts: how they are written, and where on a line they stand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

_CLOCK = r"-?(?:\d{1,2}:)?\d{1,3}:-?\d{1,2}(?:[.,]-?\d{1,6}|-\d{1,3})?"
_PARTS = re.compile(r"(?:(\d{1,2}):)?-?(\d{1,3}):-?(\d{1,2})(?:[.,]-?(\d{1,6})|-(\d{1,3}))?\Z")
_MINUS = re.compile(r"(?<!\d)-|-(?!\d{1,3}\s*\Z)")
# QualCoder may write full stops for colons, within brackets.
_DOTTED = r"\d{1,2}\.\d{2}\.\d{2}"
_RANGE = rf"({_CLOCK})(?:\s*(?:-->|–|-)\s*({_CLOCK}))?"
_LEAD = re.compile(
    rf"(?:\[{_RANGE}\]|\({_RANGE}\)|#{_RANGE}#|<{_RANGE}>|\{{{_RANGE}\}}|[\[{{]({_DOTTED})[\]}}]"
    rf"|{_RANGE}(?![\w:.,-])|(\d{{1,2}}:\d\d:\d\d(?:[.,]\d{{1,3}})?)(?=[^\W\d_]))[ \t]*[-–:]?[ \t]*"
)
_TRAIL = re.compile(
    rf"(?:\[({_CLOCK})\]|\(({_CLOCK})\)|#({_CLOCK})#|\{{({_CLOCK})\}}|(?<=\s)({_CLOCK}))\s*\Z"
)
_INNER = re.compile(
    rf"[ \t]*(?:\[({_CLOCK})\]|#({_CLOCK})#|\{{({_CLOCK})\}}"
    rf"|\(((?:\d{{1,2}}:)\d{{2}}:\d{{2}})\))[ \t]*"
)
_LEAD_SIGNS = frozenset("[(#<{0123456789-")
_TRAIL_SIGNS = frozenset("])#}0123456789")
_BRACKETS = frozenset("[(#<{")
_TRAIL_WINDOW = 24
_ASCENDING_SHARE = 0.8
_LAST_SIXTIETH = 59
_COLONS_OF_FULL = 2


@dataclass(frozen=True, slots=True)
class Stamp:
    """A time as it stands on a line.

    Attributes:
        start_ms: Milliseconds from the start of the recording.
        end_ms: Where a range ends; None for a single time.
        bracket: The sign that opens it: `[`, `(`, `#`, `<`, `{`, or empty for a bare time.
        full: Whether hours, minutes and seconds are all there.
        rest: What follows (a leading stamp) or goes before it (a trailing one).
    """

    start_ms: int
    end_ms: int | None
    bracket: str
    full: bool
    rest: str


def parse_clock(clock: str) -> int | None:
    """Milliseconds of `1:02:03.5`, `02:03`, `00:01:23-4`; negative times are 0; None if no time."""
    clock = clock.strip()
    if ":" not in clock:
        clock = clock.replace(".", ":", 2)
    match = _PARTS.match(clock.lstrip("-"))
    if match is None:
        return None
    hours, minutes, seconds, fraction, tenths = match.groups()
    if int(seconds) > _LAST_SIXTIETH or (hours is not None and int(minutes) > _LAST_SIXTIETH):
        return None
    if _MINUS.search(clock):
        return 0
    digits = fraction or tenths or "0"
    return (int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)) * 1000 + int(
        f"{digits:0<3}"[:3]
    )


def _is_full(clock: str) -> bool:
    """A dotted time may be a date, so it has to recur before it is believed."""
    return clock.count(":") == _COLONS_OF_FULL or (":" in clock and ("." in clock or "," in clock))


def leading_stamp(line: str) -> Stamp | None:
    """The time with which a line begins."""
    if not line or line[0] not in _LEAD_SIGNS:
        return None
    match = _LEAD.match(line)
    if match is None:
        return None
    clocks = [group for group in match.groups() if group]
    start = parse_clock(clocks[0])
    if start is None:
        return None
    end = parse_clock(clocks[1]) if len(clocks) > 1 else None
    bracket = line[0] if line[0] in _BRACKETS else ""
    return Stamp(start, end, bracket, _is_full(clocks[0]), line[match.end() :])


def trailing_stamp(line: str) -> Stamp | None:
    """The time with which a line ends, other than a line that is nothing else."""
    if not line or line[-1] not in _TRAIL_SIGNS:
        return None
    cut = max(0, len(line) - _TRAIL_WINDOW)
    match = _TRAIL.search(line, cut)
    if match is None or match.start() == 0:
        return None
    clock = next(group for group in match.groups() if group)
    time = parse_clock(clock)
    if time is None:
        return None
    sign = match.group().lstrip()[0]
    bracket = sign if sign in _BRACKETS else ""
    return Stamp(time, None, bracket, _is_full(clock), line[: match.start()].rstrip())


def inner_stamps(text: str) -> list[tuple[int, int, int]]:
    """Bracketed times inside a text: where each begins and ends there, and its milliseconds."""
    if not any(sign in text for sign in "[#({"):
        return []
    found = []
    for match in _INNER.finditer(text):
        time = parse_clock(next(group for group in match.groups() if group))
        if time is not None:
            found.append((match.start(), match.end(), time))
    return found


def mostly_ascending(times: list[int]) -> bool:
    """Whether times run forwards, as those of a recording do."""
    forwards = sum(1 for before, after in pairwise(times) if after >= before)
    return forwards >= _ASCENDING_SHARE * (len(times) - 1)
