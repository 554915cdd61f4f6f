"""Agreement between coders who gave each unit one value: the published coefficients. Pure.

Ratings are a row for each unit and, in it, a value for each coder in their order; None where a
coder has not judged the unit. Every coefficient is 1 when the coders agree fully, and 0 when they
agree as often as chance would have it. It is None when there is nothing to compare, and where
nothing varies, since agreement then cannot be told from chance.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from enum import StrEnum
from itertools import permutations
from typing import Any

Ratings = Sequence[Sequence[Any]]
Coincidences = Mapping[tuple[Any, Any], float]
Distance = Callable[[Any, Any], float]


class Metric(StrEnum):
    """How far two values are apart (Krippendorff 2011; 2019, section 12.3)."""

    NOMINAL = "nominal"
    ORDINAL = "ordinal"
    INTERVAL = "interval"
    RATIO = "ratio"


def coefficient(observed: float, expected: float) -> float | None:
    """One less the observed disagreement by the expected one; None where none is expected."""
    return 1 - observed / expected if expected > 0 else None


def percent_agreement(ratings: Ratings) -> float | None:
    """Percent of the pairs of judgements that are the same, the mean over units with two or more.

    It takes no account of chance.
    """
    observed = _observed_disagreement(ratings)
    return None if observed is None else 100 * (1 - observed)


def cohen_kappa(ratings: Ratings) -> float | None:
    """Cohen's κ for two coders (Cohen 1960, Educational and Psychological Measurement 20).

    Units that one of them has not judged are left out.

    Raises:
        ValueError: A unit has not two coders.
    """
    pairs = [(first, second) for first, second in ratings if None not in (first, second)]
    if not pairs:
        return None
    first_counts = Counter(first for first, _ in pairs)
    second_counts = Counter(second for _, second in pairs)
    size = len(pairs)
    by_chance = sum(first_counts[v] * second_counts[v] for v in first_counts) / size**2
    observed = sum(first != second for first, second in pairs) / size
    return coefficient(observed, 1 - by_chance)


def fleiss_kappa(ratings: Ratings) -> float | None:
    """Fleiss' κ for any number of coders, each of whom judged every unit.

    Fleiss 1971, Psychological Bulletin 76.

    Raises:
        ValueError: The units have not the same number of judgements.
    """
    rows = [_present(row) for row in ratings]
    if len({len(row) for row in rows}) > 1:
        raise ValueError("Fleiss' κ needs the same number of judgements of each unit")
    observed = _observed_disagreement(rows)
    if observed is None:
        return None
    counts = Counter(value for row in rows for value in row)
    by_chance = sum((n / counts.total()) ** 2 for n in counts.values())
    return coefficient(observed, 1 - by_chance)


def gwet_ac1(ratings: Ratings) -> float | None:
    """Gwet's AC1 for any number of coders and missing judgements.

    Gwet 2008, "Computing inter-rater reliability and its variance in the presence of high
    agreement", British Journal of Mathematical and Statistical Psychology 61.

    Chance agreement is read from how evenly the values are used: a rare code does not pull the
    coefficient down as it does κ.
    """
    rows = [row for row in map(_present, ratings) if row]
    observed = _observed_disagreement(rows)
    if observed is None:
        return None
    shares: Counter[Hashable] = Counter()
    for row in rows:
        for value in row:
            shares[value] += 1 / len(row)  # type: ignore[assignment]
    used = [share / len(rows) for share in shares.values()]
    by_chance = sum(p * (1 - p) for p in used) / (len(used) - 1) if len(used) > 1 else 0.0
    return coefficient(observed, 1 - by_chance)


def krippendorff_alpha(ratings: Ratings, metric: Metric = Metric.NOMINAL) -> float | None:
    """Krippendorff's α for any number of coders and missing judgements.

    Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability"; Content Analysis, 4th ed.
    2019, section 12.3. Metrics other than nominal need numbers.
    """
    coincidences = _coincidences(ratings)
    totals: Counter[Any] = Counter()
    for (value, _), count in coincidences.items():
        totals[value] += count  # type: ignore[assignment]
    size = sum(totals.values())
    if not size:
        return None
    distance = _distance(metric, totals)
    observed = sum(n * distance(a, b) for (a, b), n in coincidences.items()) / size
    expected = sum(totals[a] * totals[b] * distance(a, b) for a, b in permutations(totals, 2))
    return coefficient(observed, expected / (size * (size - 1)))


def _present(row: Sequence[Any]) -> list[Any]:
    return [value for value in row if value is not None]


def _observed_disagreement(ratings: Ratings) -> float | None:
    """Mean over units of the share of pairs of judgements that differ."""
    rows = [row for row in map(_present, ratings) if len(row) > 1]
    if not rows:
        return None
    return sum(_share_that_differs(row) for row in rows) / len(rows)


def _share_that_differs(row: Sequence[Any]) -> float:
    same = sum(n * (n - 1) for n in Counter(row).values())
    return 1 - same / (len(row) * (len(row) - 1))


def _coincidences(ratings: Ratings) -> dict[tuple[Any, Any], float]:
    """By pair of values: how often they meet in a unit, each judgement weighing one."""
    met: dict[tuple[Any, Any], float] = {}
    for row in map(_present, ratings):
        for pair in permutations(row, 2):
            met[pair] = met.get(pair, 0.0) + 1 / (len(row) - 1)
    return met


def _distance(metric: Metric, totals: Mapping[Any, float]) -> Distance:
    """The squared difference between two values."""
    if metric is Metric.NOMINAL:
        return lambda a, b: float(a != b)
    if metric is Metric.INTERVAL:
        return lambda a, b: float((a - b) ** 2)
    if metric is Metric.RATIO:
        return lambda a, b: ((a - b) / (a + b)) ** 2 if a + b else 0.0
    ranks = _middle_ranks(totals)
    return lambda a, b: (ranks[a] - ranks[b]) ** 2


def _middle_ranks(totals: Mapping[Any, float]) -> dict[Any, float]:
    """By value: the middle of the ranks that its judgements take up."""
    ranks: dict[Any, float] = {}
    before = 0.0
    for value in sorted(totals):
        ranks[value] = before + totals[value] / 2
        before += totals[value]
    return ranks
