"""The rules are scikit-learn's logistic regressions, reached another way."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from benchmarks.suggest_material import make_labelled
from kodebok.suggest.codes import STRENGTH, CodeLearner, learn_codes
from kodebok.suggest.learning import balance, learn_lines, likeness_of
from tests.suggest.builders import as_examples

LABELLED = make_labelled(160, themes=6, interviews=5, seed=8)
EXAMPLES = as_examples(LABELLED)
TEXTS = [item.text for item in LABELLED]
MODEL = learn_codes(EXAMPLES, TEXTS)


@pytest.mark.parametrize("code_id", sorted(MODEL.lines))
def test_a_rule_is_the_balanced_logistic_regression(code_id: str) -> None:
    has = [code_id in example.code_ids for example in MODEL.examples]
    other = LogisticRegression(
        C=STRENGTH, class_weight="balanced", solver="newton-cg", tol=1e-10, max_iter=500
    ).fit(MODEL.rows, has)
    ours = MODEL.rows @ MODEL.lines[code_id].weights + MODEL.lines[code_id].bias
    assert np.abs(ours - other.decision_function(MODEL.rows)).max() < 1e-6


def test_a_passage_that_is_not_used_changes_no_rule() -> None:
    rows = MODEL.rows
    kinds = np.array([[place % 3 == 0] for place in range(rows.shape[0])])
    used = np.array([[place % 7 != 0] for place in range(rows.shape[0])])
    (line,) = learn_lines(rows, likeness_of(rows), kinds, balance(kinds, 1.0, used))
    kept = np.flatnonzero(used[:, 0])
    fewer, few = rows[kept], kinds[kept]
    (other,) = learn_lines(fewer, likeness_of(fewer), few, balance(few, 1.0))
    assert np.abs(line.score(rows) - other.score(rows)).max() < 1e-6


def test_what_is_learned_does_not_depend_on_what_was_learned_before() -> None:
    learner = CodeLearner(TEXTS)
    learner.learn(EXAMPLES[:90])
    learner.learn(EXAMPLES[20:100])
    again = learner.learn(EXAMPLES)
    assert again.guess(TEXTS) == MODEL.guess(TEXTS)
    assert again.examples == MODEL.examples


def test_rows_without_any_known_word_give_the_bias_alone() -> None:
    guesses = MODEL.guess(["zzz qqq"])[0]
    assert [g.score for g in guesses] == pytest.approx(
        [round(MODEL.lines[g.code_id].bias, 6) for g in guesses]
    )
