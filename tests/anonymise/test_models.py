"""The models that come with kodebok are small arrays of numbers, and hold no words."""

from __future__ import annotations

from importlib.resources import files

import numpy as np
import pytest

from kodebok.anonymise.classifier import BITS, CLASSES, score_tokens
from kodebok.anonymise.ordinary import OrdinaryWords, ordinary_words, pack_words

MODELS = files("kodebok.anonymise").joinpath("models")


def test_all_models_together_take_less_than_ten_megabytes():
    assert sum(len(item.read_bytes()) for item in MODELS.iterdir()) < 10_000_000


@pytest.mark.parametrize("name", ["tokens.npz", "network.npz", "ordinary_words.npz"])
def test_a_model_is_numbers_alone_and_loads_without_pickle(name):
    with MODELS.joinpath(name).open("rb") as file, np.load(file, allow_pickle=False) as arrays:
        assert {str(arrays[key].dtype) for key in arrays.files} <= {"float16", "uint8"}


def test_the_classifier_has_a_table_for_text_with_and_without_capitals():
    with MODELS.joinpath("tokens.npz").open("rb") as file, np.load(file) as tables:
        shape = (2**BITS + 1, len(CLASSES))
        assert {tables[key].shape for key in ("cased", "caseless")} == {shape}


def test_a_name_scores_higher_than_the_words_around_it():
    words = "så ringte solveig til meg".split()
    for caseless in (True, False):
        spelled = [word.title() if word == "solveig" and not caseless else word for word in words]
        assert int(score_tokens(spelled, caseless=caseless).name.argmax()) == 2


def test_no_words_give_no_scores():
    assert len(score_tokens([], caseless=False).name) == 0


def test_ordinary_words_are_known_and_names_are_not():
    known = ordinary_words()
    assert all(word in known for word in "samhandling morgenmøtet ikke ikkje nåkka".split())
    assert not any(word in known for word in "torill kleppnes skarvøy".split())


def test_the_filter_forgets_no_word_that_was_put_in():
    words = [f"ord{number}" for number in range(500)]
    filter_of_words = OrdinaryWords(pack_words(words, 8_000).tobytes())
    assert all(word in filter_of_words for word in words)
    assert sum(f"annet{number}" in filter_of_words for number in range(500)) < 50
