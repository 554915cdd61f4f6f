"""The embedded model reads a text with numpy alone, as it was trained."""

from __future__ import annotations

import numpy as np
import pytest

from kodebok.anonymise import network
from kodebok.anonymise.classifier import BITS, CLASSES, score_tokens
from kodebok.anonymise.features import token_features
from kodebok.anonymise.ordinary import ordinary_words

WORDS = "så ringte solveig til meg fra skarvøya , og da kom bjarte".split()


def features(words):
    return token_features(words, ordinary_words(), BITS)


def test_each_token_has_a_probability_for_each_class():
    odds = network.class_odds(features(WORDS), BITS, caseless=True)
    assert odds.shape == (len(WORDS), len(CLASSES))
    assert np.allclose(np.exp(odds).sum(axis=1), 1, atol=1e-5)


def test_a_name_without_capitals_stands_out():
    odds = network.class_odds(features(WORDS), BITS, caseless=True)
    assert set(np.argsort(odds[:, 0])[:3].tolist()) == {2, 6, 11}


def test_a_long_text_is_read_in_parts_that_do_not_show(monkeypatch):
    found = features(WORDS * 30)
    whole = network.class_odds(found, BITS, caseless=False)
    monkeypatch.setattr(network, "_AT_ONCE", 37)
    assert np.allclose(network.class_odds(found, BITS, caseless=False), whole, atol=1e-4)


def test_numpy_computes_what_was_trained():
    torch = pytest.importorskip("torch")
    from benchmarks.norne import Named, Text
    from benchmarks.train_entity_model import Network, batch_of, example_of

    class KeepsAll:
        def random(self, count):
            return np.ones(count)

    torch.manual_seed(3)
    trained = Network().eval()
    text = Text(" ".join(WORDS), (Named(10, 17, "person"),))
    batch = batch_of([example_of(text)], KeepsAll())
    with torch.no_grad():
        expected = torch.log_softmax(trained(batch), dim=1).numpy()[batch.classes.numpy() >= 0]
    weights = {name: values.astype(np.float32) for name, values in trained.arrays().items()}
    odds = network.run_network(weights, features(WORDS), BITS, caseless=True)
    assert np.allclose(odds, expected, atol=0.02)


def test_a_text_of_unheard_signs_is_scored():
    scores = score_tokens(["😀", "\u0301", "x" * 5_000, "ℵ"], caseless=False)
    assert np.isfinite(scores.name).all()
