"""Coefficients of agreement against published examples, and what must hold of any."""

from __future__ import annotations

import math
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kodebok.coding.agreement import (
    Metric,
    cohen_kappa,
    fleiss_kappa,
    gwet_ac1,
    krippendorff_alpha,
    percent_agreement,
)
from kodebok.coding.agreement_text import Continuum
from kodebok.coding.agreement_units import UnitKind, score_units, tally_units, units_of
from kodebok.domain.span import Span

# Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability", section C: four observers,
# twelve units, a dot where an observer has not judged.
FOUR_BY_TWELVE = (
    "1 2 3 3 2 1 4 1 2 . . .",
    "1 2 3 3 2 2 4 1 2 5 . 3",
    ". 3 3 3 2 3 4 2 2 5 1 .",
    "1 2 3 3 2 4 4 1 2 5 1 .",
)
# The same, section A: two observers, ten units, yes or no.
TWO_BY_TEN = ("0 1 0 0 0 0 0 0 1 0", "1 1 1 0 0 1 0 0 0 0")
# Fleiss' κ, the example of ten subjects, fourteen raters and five categories.
TEN_BY_FOURTEEN = (
    (0, 0, 0, 0, 14),
    (0, 2, 6, 4, 2),
    (0, 0, 3, 5, 6),
    (0, 3, 9, 2, 0),
    (2, 2, 8, 1, 1),
    (7, 7, 0, 0, 0),
    (3, 2, 6, 3, 0),
    (2, 5, 3, 2, 2),
    (6, 5, 2, 1, 0),
    (0, 2, 2, 3, 7),
)


def by_unit(rows: tuple[str, ...]) -> list[list[int | None]]:
    """Ratings out of a line for each observer."""
    observers = [[None if sign == "." else int(sign) for sign in row.split()] for row in rows]
    return [list(unit) for unit in zip(*observers, strict=True)]


def of_table(both: int, first: int, second: int, neither: int) -> list[tuple[bool, bool]]:
    """Ratings out of a table of two coders' yes and no."""
    return [
        *[(True, True)] * both,
        *[(True, False)] * first,
        *[(False, True)] * second,
        *[(False, False)] * neither,
    ]


@pytest.mark.parametrize(
    ("metric", "published"),
    [
        (Metric.NOMINAL, 0.743),
        (Metric.ORDINAL, 0.815),
        (Metric.INTERVAL, 0.849),
        (Metric.RATIO, 0.797),
    ],
)
def test_alpha_of_four_observers_is_as_krippendorff_published_it(
    metric: Metric, published: float
) -> None:
    assert krippendorff_alpha(by_unit(FOUR_BY_TWELVE), metric) == pytest.approx(published, abs=5e-4)


def test_alpha_of_two_observers_who_say_yes_or_no_is_as_published() -> None:
    assert krippendorff_alpha(by_unit(TWO_BY_TEN)) == pytest.approx(0.095, abs=5e-4)


def test_fleiss_kappa_is_as_published() -> None:
    ratings = [
        [category for category, n in enumerate(row) for _ in range(n)] for row in TEN_BY_FOURTEEN
    ]
    assert fleiss_kappa(ratings) == pytest.approx(0.210, abs=5e-4)


@pytest.mark.parametrize(
    ("table", "published"),
    [((20, 5, 10, 15), 0.40), ((45, 15, 25, 15), 0.1304), ((25, 35, 5, 35), 0.2593)],
)
def test_cohen_kappa_is_as_published(table: tuple[int, int, int, int], published: float) -> None:
    assert cohen_kappa(of_table(*table)) == pytest.approx(published, abs=5e-5)


def test_ac1_of_four_observers_is_as_published() -> None:
    assert gwet_ac1(by_unit(FOUR_BY_TWELVE)) == pytest.approx(0.77544, abs=5e-6)


def test_percent_agreement_counts_pairs_of_judgements() -> None:
    assert percent_agreement(of_table(20, 5, 10, 15)) == pytest.approx(70)
    assert percent_agreement([["a", "a", "b"], ["a", None, "a"]]) == pytest.approx(
        100 * (1 / 3 + 1) / 2
    )


def test_what_one_alone_has_judged_is_not_compared() -> None:
    alone = [*by_unit(TWO_BY_TEN), [1, None], [None, 0]]
    for measure in (percent_agreement, cohen_kappa, krippendorff_alpha):
        assert measure(alone) == measure(by_unit(TWO_BY_TEN))


def test_where_nothing_can_be_compared_there_is_no_value() -> None:
    for measure in (percent_agreement, cohen_kappa, krippendorff_alpha, gwet_ac1, fleiss_kappa):
        assert measure([]) is None
        assert measure([[1, None]]) is None


def test_where_nothing_varies_agreement_cannot_be_told_from_chance() -> None:
    for measure in (cohen_kappa, fleiss_kappa, krippendorff_alpha):
        assert measure([["a", "a"], ["a", "a"]]) is None


def test_fleiss_kappa_needs_the_same_number_of_judgements_everywhere() -> None:
    with pytest.raises(ValueError, match="same number"):
        fleiss_kappa([["a", "b"], ["a", "b", "b"]])


MEASURES = (percent_agreement, fleiss_kappa, krippendorff_alpha, gwet_ac1)
values = st.sampled_from("abc")


@given(
    st.lists(values, min_size=2, max_size=30).filter(lambda v: len(set(v)) > 1), st.integers(2, 4)
)
def test_identical_coders_agree_fully(judged: list[str], coders: int) -> None:
    ratings = [[value] * coders for value in judged]
    assert percent_agreement(ratings) == 100
    for measure in (fleiss_kappa, krippendorff_alpha, gwet_ac1):
        assert measure(ratings) == 1
    assert cohen_kappa([row[:2] for row in ratings]) == 1


@given(st.lists(st.tuples(values, values, values), min_size=1, max_size=25))
def test_neither_the_order_of_coders_nor_of_units_matters(ratings: list[tuple[str, ...]]) -> None:
    for measure in MEASURES:
        found = measure(ratings)
        for order in permutations(range(3)):
            assert same(measure([[row[place] for place in order] for row in ratings]), found)
        assert same(measure(ratings[::-1]), found)
    pairs = [row[:2] for row in ratings]
    assert same(cohen_kappa([pair[::-1] for pair in pairs]), cohen_kappa(pairs))


@given(st.lists(st.tuples(values, values), min_size=1, max_size=25))
def test_the_names_of_the_values_do_not_matter(ratings: list[tuple[str, ...]]) -> None:
    renamed = [[{"a": 7, "b": 3, "c": 5}[value] for value in row] for row in ratings]
    for measure in (*MEASURES, cohen_kappa):
        assert same(measure(renamed), measure(ratings))


def same(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return math.isclose(one, other, abs_tol=1e-9)


def layers_of(*marks: str) -> Continuum:
    """One code on text of a character for each unit; x where a coder used it."""
    coded = [[(n, n + 1, "k") for n, mark in enumerate(row) if mark == "x"] for row in marks]
    return Continuum(len(marks[0]), tuple(tuple(layer) for layer in coded))


@given(st.data(), st.integers(2, 4), st.integers(2, 20))
def test_counted_by_code_the_coefficients_are_the_published_ones(
    data: st.DataObject, coders: int, units: int
) -> None:
    marks = [data.draw(st.text("x.", min_size=units, max_size=units)) for _ in range(coders)]
    kinds = [Span(n, n + 1) for n in range(units)]
    scores = score_units(tally_units(layers_of(*marks), kinds))
    ratings = list(zip(*marks, strict=True))
    if not any("x" in row for row in marks):
        assert scores == {}
        return
    expected = {
        "percent": percent_agreement(ratings),
        "alpha": krippendorff_alpha(ratings),
        "kappa" if coders == 2 else "fleiss_kappa": (cohen_kappa if coders == 2 else fleiss_kappa)(
            ratings
        ),
    }
    for measure, value in expected.items():
        assert same(scores["k", measure], value), measure
        assert same(scores[None, measure], value), measure
    if any("." in row for row in marks):
        assert same(scores["k", "ac1"], gwet_ac1(ratings))


def test_all_codes_together_weigh_by_the_disagreement_that_chance_would_bring() -> None:
    """By hand: observed agreement 0.6 and 0.2, by chance 0.52 for both; the means are pooled."""
    first = [(0, 4, "a"), (0, 4, "b")]
    second = [(2, 6, "a"), (4, 8, "b")]
    text = Continuum(10, (tuple(first), tuple(second)))
    scores = score_units(tally_units(text, [Span(n, n + 1) for n in range(10)]))
    assert scores["a", "kappa"] == pytest.approx((0.6 - 0.52) / 0.48)
    assert scores["b", "kappa"] == pytest.approx((0.2 - 0.52) / 0.48)
    assert scores[None, "kappa"] == pytest.approx((0.4 - 0.52) / 0.48)
    assert scores[None, "percent"] == pytest.approx(40)


def test_a_turn_has_a_code_when_a_passage_touches_it() -> None:
    turns = [Span(0, 10), Span(10, 20), Span(20, 30)]
    text = Continuum(30, (((5, 11, "k"),), ((9, 10, "k"), (25, 26, "k"))))
    assert tally_units(text, turns) == {None: (3,), "k": (2.0, 2, 2)}


def test_units_are_turns_sentences_or_characters() -> None:
    said = "Vi møtes. Hver onsdag."
    assert units_of(said, UnitKind.TURNS) == [Span(0, 22)]
    assert units_of(said, UnitKind.SENTENCES) == [Span(0, 9), Span(10, 22)]
    assert len(units_of(said, UnitKind.CHARACTERS)) == 22
