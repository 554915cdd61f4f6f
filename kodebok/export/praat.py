"""Praat's TextGrid, the long form in UTF-8: a tier for each voice, without gaps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kodebok.export.timed import TimedText

_MS = 1_000


def textgrid_bytes(tiers: Mapping[str, Sequence[TimedText]]) -> bytes:
    """The tiers as a TextGrid; silence is an interval without a text, as Praat wants it."""
    end = max((turn.end_ms for turns in tiers.values() for turn in turns), default=1)
    lines = [
        'File type = "ooTextFile"',
        'Object class = "TextGrid"',
        "",
        "xmin = 0",
        f"xmax = {_seconds(end)}",
        "tiers? <exists>",
        f"size = {len(tiers)}",
        "item []:",
    ]
    for number, (label, turns) in enumerate(tiers.items(), start=1):
        intervals = list(_without_gaps(turns, end))
        lines += [
            f"    item [{number}]:",
            '        class = "IntervalTier"',
            f"        name = {_quoted(label)}",
            "        xmin = 0",
            f"        xmax = {_seconds(end)}",
            f"        intervals: size = {len(intervals)}",
        ]
        for place, (start, stop, text) in enumerate(intervals, start=1):
            lines += [
                f"        intervals [{place}]:",
                f"            xmin = {_seconds(start)}",
                f"            xmax = {_seconds(stop)}",
                f"            text = {_quoted(text)}",
            ]
    return ("\n".join(lines) + "\n").encode("utf-8", "replace")


def _without_gaps(turns: Sequence[TimedText], end: int) -> Iterator[tuple[int, int, str]]:
    at = 0
    for turn in turns:
        if turn.start_ms > at:
            yield at, turn.start_ms, ""
        yield turn.start_ms, turn.end_ms, turn.text
        at = turn.end_ms
    if at < end:
        yield at, end, ""


def _seconds(milliseconds: int) -> str:
    return f"{milliseconds / _MS:.3f}".rstrip("0").rstrip(".")


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
