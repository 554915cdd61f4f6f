"""The residual-risk sample: drawn by doubt, and its bound holds whatever is missed."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kodebok.anonymise.finding import Knowledge, TextToSearch
from kodebok.anonymise.finding_stage import arguments_of
from kodebok.anonymise.residual import (
    BY_DOUBT,
    Sentence,
    draw_sample,
    risk_bound,
    unfound_sentences,
    upper_share,
)

WORDS_EACH = 10


def sentences(doubts: list[float]) -> list[Sentence]:
    return [Sentence("s", n * 50, n * 50 + 40, WORDS_EACH, doubt) for n, doubt in enumerate(doubts)]


@pytest.mark.parametrize(
    ("count", "trials", "upper"),
    # From the tables of the beta distribution: 0.95-quantile of Beta(count + 1, trials - count).
    [(0, 60, 0.04870), (1, 60, 0.07662), (3, 100, 0.07571), (10, 20, 0.69805), (5, 5, 1.0)],
)
def test_the_upper_share_is_that_of_the_beta_distribution(
    count: int, trials: int, upper: float
) -> None:
    assert upper_share(count, trials) == pytest.approx(upper, abs=5e-5)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=60), st.integers(1, 80), st.integers(0, 9))
def test_every_sentence_has_at_least_two_thirds_of_an_even_chance(
    doubts: list[float], size: int, seed: int
) -> None:
    listed = sentences(doubts)
    drawn = draw_sample(listed, size, seed)
    assert sum(one.times for one in drawn) == min(size, len(listed))
    assert all(one.chance >= (1 - BY_DOUBT) / len(listed) * (1 - 1e-9) for one in drawn)
    assert drawn == draw_sample(listed, size, seed)


@pytest.mark.parametrize("by_doubt", [True, False], ids=["in doubtful ones", "in sure ones"])
@pytest.mark.parametrize("share", [0.02, 0.1, 0.3])
def test_the_bound_holds_nineteen_times_of_twenty(share: float, by_doubt: bool) -> None:
    """Drawn and read again and again; what is missed stands where doubt is high, or low."""
    dice = random.Random(5)  # noqa: S311 - a sample, not a secret
    doubts = sorted((dice.random() ** 4 for _ in range(400)), reverse=by_doubt)
    listed = sentences(doubts)
    missed = {one.start for one in listed[: round(share * len(listed))]}
    words = WORDS_EACH * len(listed)
    truth = 1000 * len(missed) / words
    held = estimates = 0.0
    runs = 300
    for seed in range(runs):
        drawn = draw_sample(listed, 60, seed)
        answers = [(one.chance, one.times, one.sentence.start in missed) for one in drawn]
        bound = risk_bound(answers, len(listed), words)
        held += bound.upper >= truth
        estimates += bound.estimate / runs
    assert held / runs >= 0.93
    assert estimates == pytest.approx(truth, rel=0.15)


def test_doubtful_sentences_are_drawn_more_often() -> None:
    listed = sentences([0.9] * 10 + [0.01] * 190)
    drawn = draw_sample(listed, 200, 3)
    doubtful = sum(one.times for one in drawn if one.sentence.doubt > 0.5)
    assert doubtful > 40


def test_nothing_that_was_read_says_nothing() -> None:
    bound = risk_bound([], 100, 1000)
    assert (bound.draws, bound.upper) == (0, 100.0)
    assert draw_sample([], 10, 1) == []


def test_sentences_with_a_finding_or_a_replacement_are_left_out() -> None:
    text = "Torill kom på mandag. Vi lo litt. Hun gikk hjem. Så ble det stille."
    given_ = arguments_of([TextToSearch("s", text)], Knowledge(), [])
    place = text.index("Hun")
    rows = list(unfound_sentences({**given_, "held": [["s", place, place + 3]]}))
    assert [text[row["start"] : row["end"]] for row in rows] == [
        "Vi lo litt.",
        "Så ble det stille.",
    ]
    assert [row["words"] for row in rows] == [3, 4]
