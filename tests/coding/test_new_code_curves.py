"""The curve of new codes, over all orders, against figures reckoned by hand."""

from __future__ import annotations

from itertools import permutations
from math import factorial
from statistics import mean

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kodebok.coding.new_code_curves import (
    MOST_ORDERS,
    cumulated,
    draw_curve,
    expected_codes,
    find_stopping,
    information_power,
    orders_of,
    stop_at,
    tell_stopping,
)

interviews = st.lists(st.frozensets(st.sampled_from("abcdef")), min_size=1, max_size=5)


def test_base_and_run_are_as_reckoned_by_hand() -> None:
    # After each interview: 10, 16, 19, 20 (the base), 22, 23, 23, 24.
    # Runs of two: (23-20)/20, (23-22)/20, (24-23)/20.
    totals = [10, 16, 19, 20, 22, 23, 23, 24]
    ratios, at = stop_at(totals)
    assert ratios == pytest.approx((0.15, 0.05, 0.05))
    assert at == 7
    assert stop_at(totals, threshold=0.0)[1] is None
    assert stop_at(totals, base=5, run=1)[0] == pytest.approx((1 / 22, 0.0, 1 / 22))


def test_too_few_interviews_tell_nothing() -> None:
    assert stop_at([3, 4, 5, 5, 5]) == ((), None)
    found = [frozenset("ab")] * 5
    assert find_stopping(found) is None
    assert tell_stopping(None)


def test_two_interviews_have_two_orders() -> None:
    curve = draw_curve([frozenset("abc"), frozenset("c")])
    assert (curve.orders, curve.is_exact) == (2, True)
    first, last = curve.points
    assert (first.codes, first.mean, first.low, first.high) == (3, 2.0, 1, 3)
    assert (last.codes, last.mean, last.low, last.high) == (3, 3.0, 3, 3)


@given(interviews)
@settings(max_examples=50, deadline=None)
def test_the_mean_is_that_of_every_order(found: list[frozenset[str]]) -> None:
    every = [cumulated(found, order) for order in permutations(range(len(found)))]
    for place in range(len(found)):
        assert expected_codes(found, place + 1) == pytest.approx(mean(t[place] for t in every))


@given(interviews)
@settings(max_examples=50, deadline=None)
def test_a_band_holds_the_mean_never_falls_and_ends_in_all_codes(
    found: list[frozenset[str]],
) -> None:
    points = draw_curve(found).points
    assert all(p.low <= p.mean + 1e-9 and p.mean <= p.high + 1e-9 for p in points)
    assert [p.low for p in points] == sorted(p.low for p in points)
    assert points[-1].low == points[-1].high == points[-1].codes


def test_all_orders_of_seven_are_taken_and_of_more_a_seeded_draw() -> None:
    assert len(set(orders_of(7))) == factorial(7) == MOST_ORDERS
    assert list(orders_of(9, seed=3)) == list(orders_of(9, seed=3))
    assert not draw_curve([frozenset("a")] * 8).is_exact


def test_interviews_that_are_all_alike_stop_at_once_in_every_order() -> None:
    stopping = find_stopping([frozenset("abcd")] * 6)
    assert stopping is not None
    assert (stopping.at, stopping.early, stopping.late, stopping.reached) == (6, 6, 6, 1.0)
    assert stopping.ratios == (0.0,)


def test_nothing_that_is_said_declares_saturation() -> None:
    said = [*tell_stopping(find_stopping([frozenset("abcd")] * 6)), *information_power()]
    assert not any("saturat" in sentence or "metning" in sentence for sentence in said)
