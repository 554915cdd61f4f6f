"""Agreement on free passages, against the published example and by what must hold of any."""

from __future__ import annotations

import math
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kodebok.coding.agreement_bootstrap import add_tallies, find_intervals
from kodebok.coding.agreement_passages import score_passages, tally_passages
from kodebok.coding.agreement_text import ComparedText, Continuum, join_overlapping
from kodebok.coding.agreement_units import Scores
from kodebok.domain.span import Span

# Krippendorff, Content Analysis (4th ed. 2019), figure 12.11: three observers, 60 units of length.
ALEX = ((0, 7, "1"), (7, 13, "2"), (30, 32, "5"), (32, 37, "6"), (37, 44, "6"), (44, 60, "7"))
PAUL = ((0, 7, "1"), (7, 13, "3"), (13, 21, "5"), (32, 44, "6"))
SUZAN = (
    (0, 7, "1"),
    (7, 13, "4"),
    (13, 21, "5"),
    (32, 37, "6"),
    (37, 41, "6"),
    (41, 44, "6"),
)
LENGTH = 40


def score(length: int, *layers: object) -> Scores:
    return score_passages(tally_passages(text_of(length, *layers)))


def text_of(length: int, *layers: object) -> Continuum:
    return Continuum(length, tuple(join_overlapping(layer) for layer in layers))  # type: ignore[arg-type]


def test_u_alpha_is_as_krippendorff_published_it() -> None:
    scores = score(60, ALEX, PAUL, SUZAN)
    assert scores[None, "u_alpha"] == pytest.approx(0.510, abs=5e-4)
    assert scores[None, "u_alpha_binary"] == pytest.approx(0.413, abs=1e-3)
    assert scores[None, "cu_alpha"] == pytest.approx(0.724, abs=5e-4)


def test_each_value_of_the_published_example_is_as_reliable_as_it_says() -> None:
    scores = score(60, ALEX, PAUL, SUZAN)
    found = {value: scores[value, "cu_alpha"] for value in "1234567"}
    assert [found[value] for value in "156"] == pytest.approx([1, 1, 1])
    assert [found[value] for value in "234"] == pytest.approx([0, 0, 0])
    assert found["7"] is None, "nobody else has coded anything there"


def test_borders_alone_lower_agreement_on_passages_but_not_on_the_choice_of_code() -> None:
    first = [(0, 10, "a"), (20, 30, "b")]
    second = [(2, 12, "a"), (20, 27, "b")]
    scores = score(LENGTH, first, second)
    assert scores[None, "cu_alpha"] == pytest.approx(1)
    assert 0 < scores[None, "u_alpha"] < 1  # type: ignore[operator]


def test_another_code_on_the_same_passage_lowers_only_the_choice_of_code() -> None:
    scores = score(LENGTH, [(0, 10, "a"), (20, 30, "b")], [(0, 10, "a"), (20, 30, "c")])
    assert scores[None, "u_alpha_binary"] == pytest.approx(1)
    assert scores[None, "cu_alpha"] < 1  # type: ignore[operator]
    assert scores["a", "cu_alpha"] == pytest.approx(1)


def test_half_of_the_codes_in_common_is_half_an_agreement() -> None:
    """Two codes against one of them cost less than two wholly different codes."""
    shared = score(LENGTH, [(0, 10, "a"), (0, 10, "b")], [(0, 10, "a")])[None, "u_alpha"]
    other = score(LENGTH, [(0, 10, "a"), (0, 10, "b")], [(0, 10, "c")])[None, "u_alpha"]
    assert shared > other  # type: ignore[operator]


def test_where_the_coders_share_no_coded_text_the_choice_of_code_has_no_value() -> None:
    scores = score(LENGTH, [(0, 10, "a")], [(20, 30, "a")])
    assert scores[None, "cu_alpha"] is None
    assert scores[None, "u_alpha"] < 0  # type: ignore[operator]


passages = st.builds(
    lambda start, length, code: (start, min(LENGTH, start + length), code),
    st.integers(0, LENGTH - 1),
    st.integers(1, 15),
    st.sampled_from("abc"),
)
layers = st.lists(passages, max_size=8)


@given(layers, st.integers(2, 4))
def test_identical_coders_agree_fully(layer: list, coders: int) -> None:
    scores = score(LENGTH, *[layer] * coders)
    assert {1 if value is None else round(value, 9) for value in scores.values()} <= {1}
    if layer and len(join_overlapping(layer)) and any_gap(layer):
        assert scores[None, "u_alpha"] == pytest.approx(1)


def any_gap(layer: list) -> bool:
    return len({place for start, end, _ in layer for place in range(start, end)}) < LENGTH


@given(layers, layers, layers)
def test_neither_the_order_nor_the_names_of_coders_and_codes_matter(
    first: list, second: list, third: list
) -> None:
    found = score(LENGTH, first, second, third)
    for order in permutations((first, second, third)):
        assert alike(score(LENGTH, *order), found)
    other = {"a": "c", "b": "a", "c": "b"}
    renamed = [
        [(start, end, other[code]) for start, end, code in layer]
        for layer in (first, second, third)
    ]
    expected = {(other.get(code or "", code), name): value for (code, name), value in found.items()}
    assert alike(score(LENGTH, *renamed), expected)


@given(layers, layers, st.data())
def test_coding_a_passage_twice_never_raises_agreement(
    first: list, second: list, data: st.DataObject
) -> None:
    if not first:
        return
    start, end, code = data.draw(st.sampled_from(first))
    again = (data.draw(st.integers(start, end - 1)), end, code)
    assert alike(score(LENGTH, [*first, again], second), score(LENGTH, first, second))


@given(layers, layers)
def test_a_sweep_finds_what_looking_at_each_character_finds(first: list, second: list) -> None:
    """Observed disagreement, counted the slow way."""
    tally = tally_passages(text_of(LENGTH, first, second))
    apart = apart_gap = 0.0
    for place in range(LENGTH):
        one, two = (
            {code for start, end, code in layer if start <= place < end} or {None}
            for layer in (first, second)
        )
        apart += len(one ^ two)
        apart_gap += 2 * ((None in one) != (None in two))
    assert tally[None][0] == 2 * LENGTH
    assert tally[None][1:3] == (apart, apart_gap)


@given(layers, layers, st.sets(st.integers(1, LENGTH - 1)))
def test_a_text_that_is_cut_into_turns_counts_the_same(
    first: list, second: list, cuts: set[int]
) -> None:
    whole = text_of(LENGTH, first, second)
    pieces = whole.cut([0, *sorted(cuts), LENGTH])
    assert sum(piece.length for piece in pieces) == LENGTH
    together = add_tallies(tally_passages(piece) for piece in pieces)
    alone = tally_passages(whole)
    assert together.keys() == alone.keys()
    for key, numbers in alone.items():
        additive = (0, 1, 3, 4) if key else (0, 1, 2, 3, 5)
        assert [together[key][n] for n in additive] == pytest.approx([numbers[n] for n in additive])


def alike(one: Scores, other: Scores) -> bool:
    def near(value: float | None, wanted: float | None) -> bool:
        if value is None or wanted is None:
            return value is wanted
        return math.isclose(value, wanted, abs_tol=1e-9)

    return one.keys() == other.keys() and all(near(one[key], other[key]) for key in one)


def test_only_participants_words_are_laid_end_to_end() -> None:
    text = ComparedText([Span(10, 20), Span(30, 50)])
    assert (text.length, text.borders) == (30, [0, 10, 30])
    assert text.lay([(0, 12, "a"), (15, 35, "b"), (20, 30, "c"), (49, 60, "d")]) == (
        (0, 2, "a"),
        (5, 15, "b"),
        (29, 30, "d"),
    )
    assert text.passage(5, 15) == Span(15, 35)
    assert text.passage(10, 30) == Span(30, 50)


def test_passages_that_only_touch_stay_two() -> None:
    assert join_overlapping([(0, 5, "a"), (5, 9, "a"), (3, 4, "a"), (8, 12, "b")]) == (
        (0, 5, "a"),
        (5, 9, "a"),
        (8, 12, "b"),
    )


def some_blocks(count: int) -> list:
    """Turns on which two coders now agree and now differ."""
    return [
        tally_passages(text_of(20, [(0, 10, "a")], [(0, 10 - n % 3 * 3, "a")]))
        for n in range(count)
    ]


def test_an_interval_holds_the_value_and_is_the_same_every_time() -> None:
    blocks = some_blocks(12)
    found = find_intervals(blocks, score_passages)
    low, high = found[None, "u_alpha"]
    value = score_passages(add_tallies(blocks))[None, "u_alpha"]
    assert low < value < high  # type: ignore[operator]
    assert found == find_intervals(blocks, score_passages)


def test_more_text_of_the_same_kind_makes_the_interval_narrower() -> None:
    low, high = find_intervals(some_blocks(12), score_passages)[None, "u_alpha"]
    lower, higher = find_intervals(some_blocks(120), score_passages)[None, "u_alpha"]
    assert higher - lower < (high - low) / 2


def test_too_few_turns_with_a_code_give_no_interval() -> None:
    blocks = [*some_blocks(4), *[tally_passages(text_of(20, [], [])) for _ in range(30)]]
    assert find_intervals(blocks, score_passages) == {}


def test_full_agreement_has_no_interval_since_no_draw_can_doubt_it() -> None:
    blocks = [tally_passages(text_of(20, [(0, 10, "a")], [(0, 10, "a")])) for _ in range(20)]
    assert find_intervals(blocks, score_passages) == {}
