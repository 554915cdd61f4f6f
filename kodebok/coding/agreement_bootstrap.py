"""Intervals for coefficients: the same text drawn again and again. Pure, and seeded.

The percentile bootstrap of Efron and Tibshirani (1993), "An Introduction to the Bootstrap", chapter
13. Where sources are many, whole sources are drawn, since what is said in one conversation hangs
together (the cluster bootstrap of Davison and Hinkley 1997, section 3.8); a few sources are too few
to draw from, and there the turns are.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from math import ceil, floor
from operator import mul

from kodebok.coding.agreement_units import Scores, Tally

DRAWS = 1000
SHARE = 0.95
FEWEST_SOURCES = 10  # from which on sources are drawn
FEWEST_BLOCKS = 5  # that hold a code, for an interval of it
SEED = 2016

Interval = tuple[float, float]
Key = tuple[str | None, str]


def add_tallies(tallies: Iterable[Tally]) -> Tally:
    """The tally of several blocks together."""
    total: Tally = {}
    for tally in tallies:
        for key, numbers in tally.items():
            before = total.get(key)
            total[key] = tuple(map(sum, zip(before, numbers, strict=True))) if before else numbers
    return total


def find_intervals(
    blocks: Sequence[Tally], score: Callable[[Tally], Scores], draws: int = DRAWS
) -> dict[Key, Interval]:
    """Lowest and highest value of each coefficient in the middle 95 per cent of all draws.

    A code in fewer than five blocks gets none, nor a coefficient that most draws leave undefined
    or that is the same in all of them: drawing again cannot tell how sure it is.
    """
    dice = random.Random(SEED)  # noqa: S311 - a bootstrap, not a secret
    rows = _rows_by_key(blocks)
    drawn: dict[Key, list[float]] = {}
    for _ in range(draws):
        times = [0] * len(blocks)
        for block in dice.choices(range(len(blocks)), k=len(blocks)):
            times[block] += 1
        sums = {key: _weighted(times, places, rows) for key, (places, rows) in rows.items()}
        for name, value in score(sums).items():
            if value is not None:
                drawn.setdefault(name, []).append(value)
    codes = sum(any(key is not None for key in block) for block in blocks)
    held = {key: len(places) if key is not None else codes for key, (places, _) in rows.items()}
    intervals = {
        name: _middle(values)
        for name, values in drawn.items()
        if len(values) > draws / 2 and held[name[0]] >= FEWEST_BLOCKS
    }
    return {name: ends for name, ends in intervals.items() if ends[0] < ends[1]}


Rows = list[tuple[float, ...]]


def _rows_by_key(blocks: Sequence[Tally]) -> dict[str | None, tuple[list[int], Rows]]:
    """By key: the blocks that have it, and each of its numbers as a row over those blocks."""
    places: dict[str | None, list[int]] = {None: []}
    numbers: dict[str | None, list[tuple[float, ...]]] = {None: []}
    for place, block in enumerate(blocks):
        for key, found in block.items():
            places.setdefault(key, []).append(place)
            numbers.setdefault(key, []).append(found)
    return {key: (places[key], list(zip(*numbers[key], strict=True))) for key in places}


def _weighted(times: Sequence[int], places: Sequence[int], rows: Rows) -> tuple[float, ...]:
    drawn = [times[place] for place in places]
    return tuple(sum(map(mul, drawn, row)) for row in rows)


def _middle(values: list[float]) -> Interval:
    ordered = sorted(values)
    tail = (1 - SHARE) / 2 * (len(ordered) - 1)
    return ordered[floor(tail)], ordered[ceil(len(ordered) - 1 - tail)]
