"""Passages as numbers: by hand, on words that can be counted."""

from __future__ import annotations

from math import log

import pytest

from kodebok.suggest.features import learn_vocabulary, runs_of, words_of


def test_a_word_is_taken_apart_between_its_ends() -> None:
    assert runs_of("på") == {" på": 1, "på ": 1, " på ": 1}
    assert runs_of("nana")["ana"] == 1
    assert runs_of("nanana")["ana"] == 2


def test_words_are_lower_case_and_may_be_struck_out() -> None:
    assert words_of("Møtet! Det faste MØTET.", {"det"}) == ["møtet", "faste", "møtet"]


def test_a_run_weighs_by_the_passages_that_have_it() -> None:
    vocabulary = learn_vocabulary(["møte", "møter møter", "penger"])
    assert vocabulary.words == ("møte", "møter", "penger")
    common = 1 + log(4 / 3)  # in two of three passages
    assert len(vocabulary.rarity) == vocabulary.spelling.shape[1]
    assert vocabulary.rarity == pytest.approx([common] * len(vocabulary.rarity))
    rows = vocabulary.weigh(["møte", "noe annet"])
    assert (rows @ rows.T).toarray().tolist() == [[pytest.approx(1.0), 0.0], [0.0, 0.0]]


def test_shares_of_words_are_divided_and_add_up() -> None:
    import numpy as np

    vocabulary = learn_vocabulary(["møte penger", "møter penger", "møtet", "møte", "møter"])
    weights = np.arange(1.0, len(vocabulary.rarity) + 1)
    shares = dict(vocabulary.shares_of_words("møte møter møter penger ukjent", weights))
    row = vocabulary.weigh(["møte møter møter penger ukjent"])
    assert set(shares) == {"møte", "møter", "penger"}
    assert sum(shares.values()) == pytest.approx((row @ weights)[0])
