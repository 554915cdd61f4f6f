"""Agreement code by code on units of text: is the code there, yes or no? Pure.

A unit (a turn, a sentence or a character) has a code of a coder when a coding of that code shares
at least one character with it. What is counted here adds up over blocks of text, so that blocks can
be drawn again for an interval.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from enum import StrEnum

from kodebok.coding.agreement import coefficient
from kodebok.coding.agreement_text import Continuum
from kodebok.domain.span import Span
from kodebok.domain.text import sentence_spans

# By code id, None for the whole: numbers that add up over blocks of text.
Tally = dict[str | None, tuple[float, ...]]
Scores = dict[tuple[str | None, str], float | None]

PERCENT, KAPPA, FLEISS, ALPHA, AC1 = "percent", "kappa", "fleiss_kappa", "alpha", "ac1"


class UnitKind(StrEnum):
    """What is judged, yes or no, for each code."""

    TURNS = "turns"
    SENTENCES = "sentences"
    CHARACTERS = "characters"


def units_of(words: str, kind: UnitKind) -> list[Span]:
    """The units of one turn, in offsets from its start."""
    if kind is UnitKind.TURNS:
        return [Span(0, len(words))]
    if kind is UnitKind.SENTENCES:
        return sentence_spans(words)
    return [Span(place, place + 1) for place in range(len(words))]


def tally_units(text: Continuum, units: Sequence[Span]) -> Tally:
    """Count one block of text.

    Returns:
        For None: the number of units. For each code that a coder used: the sum over units of the
        share of pairs of coders who differ, then for each coder the number of units with the code.
    """
    starts, ends = [unit.start for unit in units], [unit.end for unit in units]
    coder_count = len(text.layers)
    held: dict[str, list[set[int]]] = {}
    for coder, layer in enumerate(text.layers):
        for start, end, code in layer:
            of_code = held.setdefault(code, [set() for _ in range(coder_count)])
            of_code[coder].update(range(bisect_right(ends, start), bisect_left(starts, end)))
    tally: Tally = {None: (len(units),)}
    for code, of_code in held.items():
        counts = [sum(unit in one for one in of_code) for unit in set().union(*of_code)]
        pairs = coder_count * (coder_count - 1)
        differing = sum(2 * n * (coder_count - n) for n in counts) / pairs
        tally[code] = (differing, *map(len, of_code))
    return tally


def score_units(tally: Tally) -> Scores:
    """The coefficients of each code, and of all codes together.

    For the whole the observed and the expected disagreement of the codes are each added up before
    they are compared, as in the pooled κ of De Vries, Elliott, Kanouse and Teleki (2008), Field
    Methods 20(3): a code that is hardly used weighs little.
    """
    (units,) = tally[None]
    scores: Scores = {}
    if not units:
        return scores
    observed_sum = 0.0
    expected_sums: dict[str, float] = {}
    codes = [code for code in tally if code is not None]
    for code in codes:
        differing, *having = tally[code]
        observed = differing / units
        observed_sum += observed
        scores[code, PERCENT] = 100 * (1 - observed)
        for measure, expected in _expected(units, having).items():
            expected_sums[measure] = expected_sums.get(measure, 0.0) + expected
            scores[code, measure] = coefficient(observed, expected)
    if codes:
        scores[None, PERCENT] = 100 * (1 - observed_sum / len(codes))
    for measure, expected in expected_sums.items():
        scores[None, measure] = coefficient(observed_sum, expected)
    return scores


def _expected(units: float, having: Sequence[float]) -> dict[str, float]:
    """Disagreement that chance would bring, by measure, of a code that is there or is not.

    The general forms, with their sources, stand in `kodebok.coding.agreement`.
    """
    coders = len(having)
    shares = [count / units for count in having]
    mean = sum(shares) / coders
    apart = 2 * mean * (1 - mean)
    judgements = units * coders
    expected = {ALPHA: apart * judgements / (judgements - 1), AC1: 1 - apart}
    if coders == 2:  # noqa: PLR2004 - Cohen's κ is of two coders
        first, second = shares
        expected[KAPPA] = first * (1 - second) + second * (1 - first)
    else:
        expected[FLEISS] = apart
    return expected
