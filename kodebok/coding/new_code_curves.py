"""Curves of new codes over the orders in which interviews might have come.

Nothing here declares saturation: a curve tells of the codes that were made, not of what there was
to find.

Base size, run length and threshold: Guest, Namey and Chen (2020), PLoS ONE 15(5) e0232076.
Information power: Malterud, Siersma and Guassora (2016), Qualitative Health Research 26(13).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations
from math import comb, factorial
from random import Random

from kodebok.coding.retrieval import SourceCoverage, load_coverage
from kodebok.domain.project import Method
from kodebok.i18n import translator
from kodebok.storage import codings, sources
from kodebok.storage.database import Store

_ = translator("theory")

BASE, RUN, THRESHOLD = 4, 2, 0.05  # Guest et al.: base size, run length, new information
MOST_ORDERS = 5040  # all orders of seven interviews; of more, so many are drawn
SEED = 1
LOW, HIGH = 0.025, 0.975

Order = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """How many codes there would have been after so many interviews.

    Attributes:
        interviews: How many, from 1.
        codes: In the order in which they came.
        mean: Over all orders; exact.
        low, high: What 95 per cent of the orders lie between.
    """

    interviews: int
    codes: int
    mean: float
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Curve:
    """New codes over the orders of the interviews.

    Attributes:
        orders: How many orders the band rests on.
        is_exact: Whether these are all there are.
    """

    points: tuple[Point, ...]
    orders: int
    is_exact: bool


@dataclass(frozen=True, slots=True)
class Stopping:
    """Where new information falls to the threshold, by base and run.

    Attributes:
        base_codes: Codes of the first interviews, the base.
        ratios: New codes of each run as a share of the base, the first run first.
        at: The interview at which a run first has so few new codes; None when none has.
        early, late: Over the orders: what 95 per cent of those that come so far lie between; None
            when no order does.
        reached: Share of the orders that come so far.
    """

    base_codes: int
    ratios: tuple[float, ...]
    at: int | None
    early: int | None
    late: int | None
    reached: float


def draw_curve(found: Sequence[frozenset[str]], seed: int = SEED) -> Curve:
    """The curve over the orders of some interviews.

    Args:
        found: The codes of each interview, in the order in which they came.
        seed: Of the orders that are drawn, where there are too many to take all.
    """
    orders = list(orders_of(len(found), seed))
    totals = [cumulated(found, order) for order in orders]
    points = []
    for place, total in enumerate(cumulated(found, range(len(found)))):
        reached = sorted(one[place] for one in totals)
        points.append(
            Point(
                place + 1,
                total,
                expected_codes(found, place + 1),
                reached[int(LOW * (len(reached) - 1))],
                reached[-1 - int((1 - HIGH) * (len(reached) - 1))],
            )
        )
    return Curve(tuple(points), len(orders), _is_exact(len(found)))


def _is_exact(count: int) -> bool:
    return factorial(count) <= MOST_ORDERS


def orders_of(count: int, seed: int = SEED) -> Iterator[Order]:
    """Every order of so many interviews; a seeded draw of orders where there are too many."""
    if _is_exact(count):
        yield from permutations(range(count))
        return
    random = Random(seed)  # noqa: S311 - no secret
    for _number in range(MOST_ORDERS):
        yield tuple(random.sample(range(count), count))


def cumulated(found: Sequence[frozenset[str]], order: Sequence[int]) -> list[int]:
    """How many different codes there are after each interview, in an order."""
    met: set[str] = set()
    totals = []
    for place in order:
        met |= found[place]
        totals.append(len(met))
    return totals


def expected_codes(found: Sequence[frozenset[str]], count: int) -> float:
    """The mean number of codes of so many interviews, over all choices of them."""
    everything = frozenset[str]().union(*found)
    having = [sum(code in one for one in found) for code in everything]
    choices = comb(len(found), count)
    return sum(1 - comb(len(found) - held, count) / choices for held in having)


def stop_at(
    totals: Sequence[int], base: int = BASE, run: int = RUN, threshold: float = THRESHOLD
) -> tuple[tuple[float, ...], int | None]:
    """New codes of each run as a share of the base, and the interview that a first low run ends at.

    The first run follows the base; each next one begins an interview later.

    Args:
        totals: Different codes after each interview.
        base: How many interviews the base is.
        run: How many interviews a run is.
        threshold: The share of new codes that counts as little.
    """
    if len(totals) < base + run or not totals[base - 1]:
        return (), None
    ratios = tuple(
        (totals[end - 1] - totals[end - run - 1]) / totals[base - 1]
        for end in range(base + run, len(totals) + 1)
    )
    low = next((place for place, ratio in enumerate(ratios) if ratio <= threshold), None)
    return ratios, None if low is None else base + run + low


def find_stopping(
    found: Sequence[frozenset[str]],
    base: int = BASE,
    run: int = RUN,
    threshold: float = THRESHOLD,
    seed: int = SEED,
) -> Stopping | None:
    """Where new information falls to the threshold; None with too few interviews to tell."""
    totals = cumulated(found, range(len(found)))
    ratios, at = stop_at(totals, base, run, threshold)
    if not ratios:
        return None
    stops = [
        stop_at(cumulated(found, order), base, run, threshold)[1]
        for order in orders_of(len(found), seed)
    ]
    reached = sorted(stop for stop in stops if stop is not None)
    last = len(reached) - 1
    return Stopping(
        base_codes=totals[base - 1],
        ratios=ratios,
        at=at,
        early=reached[int(LOW * last)] if reached else None,
        late=reached[-1 - int((1 - HIGH) * last)] if reached else None,
        reached=len(reached) / len(stops),
    )


def load_codes_by_source(store: Store) -> list[tuple[SourceCoverage, frozenset[str]]]:
    """The codes of each source that is coded or read through, in the order they were brought in."""
    read = set(sources.load_reads(store))
    used: dict[str, set[str]] = {}
    for coding in codings.load_codings(store):
        used.setdefault(coding.source_id, set()).add(coding.code_id)
    return [
        (item, frozenset(used.get(item.source_id, ())))
        for item in load_coverage(store)
        if item.source_id in used or item.source_id in read
    ]


def tell_curve(curve: Curve) -> str:
    """What the band rests on."""
    if curve.is_exact:
        return _("The band is what 95 % of all {n} orders lie between.", n=curve.orders)
    return _("The band is what 95 % of {n} drawn orders lie between.", n=curve.orders)


def tell_stopping(
    stopping: Stopping | None, base: int = BASE, run: int = RUN, threshold: float = THRESHOLD
) -> list[str]:
    """What base and run come to, in words that declare nothing."""
    if stopping is None:
        return [
            _(
                "There are too few coded interviews to look at base and run: {n} are needed.",
                n=base + run,
            )
        ]
    share = round(100 * threshold)
    said = [
        _(
            "The first {base} interviews gave {codes} codes. New codes in each run of {run}, as a "
            "share of that: {ratios}.",
            base=base,
            codes=stopping.base_codes,
            run=run,
            ratios=", ".join(f"{round(100 * ratio)} %" for ratio in stopping.ratios),
        )
    ]
    if stopping.at is None:
        said.append(_("No run had {share} % or less.", share=share))
    else:
        said.append(
            _(
                "A run with {share} % or less ended first at interview {at} ({before}+{run}).",
                share=share,
                at=stopping.at,
                before=stopping.at - run,
                run=run,
            )
        )
    if stopping.early is not None:
        said.append(
            _(
                "In other orders it would have been between interview {early} and {late}; "
                "{reached} % of the orders come so far (Guest, Namey and Chen 2020).",
                early=stopping.early,
                late=stopping.late,
                reached=round(100 * stopping.reached),
            )
        )
    return said


def information_power() -> list[str]:
    """Questions that say more than a curve on whether the material is enough."""
    return [
        _("This does not show that nothing more is to be found. Ask instead how much the material "
          "can carry (Malterud, Siersma and Guassora 2016):"),
        _("– Aim: is the question narrow, or so broad that it needs many voices?"),
        _("– Sample: do those you met know just what you ask about?"),
        _("– Theory: does an established theory carry the analysis, or are you building one?"),
        _("– Dialogue: were the conversations rich, and did they come to the point?"),
        _("– Analysis: do you go deep into few cases, or across many?"),
    ]  # fmt: skip


def why_no_curve(method: Method) -> str | None:
    """Why the way of working does not ask for curves; None when it may."""
    return {
        Method.REFLEXIVE: _(
            "Reflexive thematic analysis does not ask for this: codes are made by the reader, and "
            "reading on always makes new ones possible."
        ),
        Method.SDI: _(
            "SDI does not ask for this: its many codes lie close to the words, and go on coming."
        ),
        Method.CONDENSATION: _(
            "Systematic text condensation does not ask for this; it speaks of information power."
        ),
    }.get(method)
