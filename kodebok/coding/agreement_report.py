"""How far coders agree: every coefficient with its interval, by code and for the whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise

from kodebok.coding.agreement_bootstrap import FEWEST_SOURCES, add_tallies, find_intervals
from kodebok.coding.agreement_compared import Compared, ComparedSource
from kodebok.coding.agreement_passages import (
    CU_ALPHA,
    U_ALPHA,
    U_BINARY,
    score_passages,
    tally_passages,
)
from kodebok.coding.agreement_text import Continuum
from kodebok.coding.agreement_units import (
    AC1,
    ALPHA,
    FLEISS,
    KAPPA,
    PERCENT,
    Scores,
    Tally,
    UnitKind,
    score_units,
    tally_units,
    units_of,
)

MEASURES = (PERCENT, KAPPA, FLEISS, ALPHA, AC1, U_ALPHA, U_BINARY, CU_ALPHA)
OF_PASSAGES = frozenset({U_ALPHA, U_BINARY, CU_ALPHA})


@dataclass(frozen=True, slots=True)
class Agreement:
    """One coefficient.

    Attributes:
        code_id: None for all codes together.
        value: 1 at the most, 0 where chance would do as well; percent from 0 to 100; None where
            nothing varies or nothing can be compared.
        low, high: The interval that 95 per cent of the draws lie in; None without one.
        units: How many units it rests on; characters for the measures of free passages.
    """

    code_id: str | None
    measure: str
    value: float | None
    low: float | None
    high: float | None
    units: int


@dataclass(frozen=True, slots=True)
class Report:
    """The coefficients, and what they were reckoned from.

    Attributes:
        by_source: Whether the intervals come from drawing sources; else turns were drawn.
        uncoded: Share of the compared characters that no coder coded.
    """

    rows: tuple[Agreement, ...]
    unit: UnitKind
    units: int
    characters: int
    by_source: bool
    uncoded: float


def report_agreement(compared: Compared, unit: UnitKind = UnitKind.TURNS) -> Report:
    """Reckon every coefficient, for the whole first, then by code in the codebook's order.

    Only codes that at least one of the coders used are counted.
    """
    by_source = len(compared.taking_part) >= FEWEST_SOURCES
    turns = [_Turns(item, unit) for item in compared.taking_part]
    of_units = [[tally_units(text, units) for text, units in item.pairs] for item in turns]
    whole = [tally_passages(item.coded) for item in compared.taking_part]
    if by_source:
        unit_blocks = [add_tallies(found) for found in of_units]
        passage_blocks = whole
    else:
        unit_blocks = [tally for found in of_units for tally in found]
        passage_blocks = [tally_passages(text) for item in turns for text, _ in item.pairs]
    units_total, passages_total = add_tallies(unit_blocks), add_tallies(whole)
    found = {
        **_scored(units_total, unit_blocks, score_units),
        **_scored(passages_total, passage_blocks, score_passages),
    }
    units, characters = int(units_total[None][0]), sum(len(i.words) for i in turns)
    return Report(
        rows=tuple(_ordered(compared, found, units, characters)),
        unit=unit,
        units=units,
        characters=characters,
        by_source=by_source,
        uncoded=_uncoded(compared.taking_part, characters),
    )


class _Turns:
    """The turns of a source, each with what was coded in it and its units."""

    def __init__(self, item: ComparedSource, unit: UnitKind) -> None:
        borders = item.text.borders
        spans = [item.text.passage(a, b) for a, b in pairwise(borders)]
        said = [item.words[span.start : span.end] for span in spans]
        self.words = "".join(said)
        self.pairs = [
            (text, units_of(words, unit))
            for text, words in zip(item.coded.cut(borders), said, strict=True)
        ]


Found = dict[tuple[str | None, str], tuple[float | None, float | None, float | None]]


def _scored(total: Tally, blocks: list[Tally], score: Callable[[Tally], Scores]) -> Found:
    intervals = find_intervals(blocks, score)
    return {
        key: (value, *(intervals.get(key, (None, None)) if value is not None else (None, None)))
        for key, value in score(total).items()
    }


def _ordered(compared: Compared, found: Found, units: int, characters: int) -> Iterable[Agreement]:
    for code_id in (None, *(code.id for code in compared.tree)):
        for measure in MEASURES:
            if (code_id, measure) in found:
                size = characters if measure in OF_PASSAGES else units
                yield Agreement(code_id, measure, *found[code_id, measure], size)


def _uncoded(taking_part: Iterable[ComparedSource], characters: int) -> float:
    coded = sum(_covered(item.coded) for item in taking_part)
    return 1 - coded / characters if characters else 1.0


def _covered(text: Continuum) -> int:
    """Characters that at least one coder coded."""
    covered = reached = 0
    for start, end, _ in sorted(passage for layer in text.layers for passage in layer):
        covered += max(0, end - max(start, reached))
        reached = max(reached, end)
    return covered
