"""What is left uncoded is mostly small talk; a long passage is judged by what it says."""

from __future__ import annotations

from dataclasses import replace

import pytest

from benchmarks.suggest_material import make_labelled
from kodebok.suggest.groups import find_groups
from kodebok.suggest.keywords import area_under_curve
from kodebok.suggest.passages import Passage
from kodebok.suggest.unexplained import judge_uncoded
from tests.suggest.builders import as_passages

DEVIANT = "tema 03"
LABELLED = make_labelled(240, themes=5, interviews=6, seed=11, clarity=0.35)
NEUTRAL = [word for item in LABELLED if not item.codes for word in item.text.split()]


def with_small_talk() -> list[Passage]:
    """A deviant theme, long and uncoded, among coded themes and a lot of short talk."""
    talk = [
        Passage(
            " ".join(NEUTRAL[n * 6 : n * 6 + 6]),
            f"Intervju {n % 6 + 1:02d}",
            9000 + n,
            9001 + n,
            f"Intervju {n % 6 + 1:02d}",
            is_read=True,
        )
        for n in range(120)
    ]
    return [*as_passages(LABELLED, not_coded=DEVIANT), *talk]


def is_deviant(passage: Passage) -> bool:
    return passage.start < len(LABELLED) and DEVIANT in LABELLED[passage.start].codes


def curve() -> float:
    judged = judge_uncoded(with_small_talk(), seed=1)
    assert judged is not None
    pairs = [(score, is_deviant(p)) for p, score in judged.ranked()]
    return area_under_curve([s for s, _ in pairs], [one for _, one in pairs])


def test_a_deviant_theme_is_not_lost_among_small_talk(monkeypatch: pytest.MonkeyPatch) -> None:
    with_lengths = curve()
    monkeypatch.setattr("kodebok.suggest.unexplained.LENGTH_COUNTS", 0.0)
    assert with_lengths > curve() + 0.1


def test_explanations_add_up_to_the_score_when_lengths_are_taken_into_account() -> None:
    judged = judge_uncoded(with_small_talk(), seed=1)
    assert judged is not None
    for passage, score in judged.ranked()[:20]:
        told = judged.explain(passage)
        assert abs(told.bias + told.others + sum(s for _, s in told.words) - score) < 1e-5


def test_a_planted_theme_is_among_the_first_candidates_all_the_same() -> None:
    passages = [replace(p, is_read=True) for p in with_small_talk()]
    judged = judge_uncoded(passages, seed=1)
    assert judged is not None
    rest = [p for p in passages if not p.is_coded]
    groups = find_groups(rest, 1, beside=passages, unexplained=dict(judged.ranked()), samples=60)
    assert any(sum(map(is_deviant, group.typical)) >= 3 for group in groups[:3])
