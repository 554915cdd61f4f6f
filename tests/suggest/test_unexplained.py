"""What no code explains: a theme that was never coded comes up, and more like the flagged."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from benchmarks.suggest_material import make_labelled
from kodebok.suggest.groups import find_groups
from kodebok.suggest.keywords import area_under_curve
from kodebok.suggest.passages import fold_number
from kodebok.suggest.unexplained import judge_like_flagged, judge_uncoded
from tests.suggest.builders import as_passages

DEVIANT = "tema 03"
LABELLED = make_labelled(240, themes=5, interviews=6, seed=11, clarity=0.35)
READ = as_passages(LABELLED, not_coded=DEVIANT)
# Some of what was coded is sloppily left out too, or the deviant theme would be all there is.
SLOPPY = [replace(p, is_coded=p.is_coded and fold_number(p.text, 0, 10) > 2) for p in READ]


def is_deviant(start: int) -> bool:
    return DEVIANT in LABELLED[start].codes


def curve(judged) -> float:
    pairs = [(score, is_deviant(p.start)) for p, score in judged.ranked()]
    return area_under_curve([s for s, _ in pairs], [d for _, d in pairs])


def test_a_theme_that_no_code_explains_ranks_above_what_was_forgotten() -> None:
    judged = judge_uncoded(SLOPPY, seed=1)
    assert judged is not None
    assert not any(passage.is_coded for passage in judged.passages)
    assert curve(judged) > 0.6


def test_three_wonderings_find_more_like_them() -> None:
    flagged = [p for p in SLOPPY if is_deviant(p.start)][:3]
    marked = [replace(p, is_flagged=p in flagged) for p in SLOPPY]
    judged = judge_like_flagged(marked, seed=1)
    assert judged is not None
    assert not any(passage.is_flagged for passage in judged.passages)
    base = judge_uncoded(SLOPPY, seed=1)
    assert base is not None
    assert curve(judged) > max(0.7, curve(base))


def test_two_wonderings_are_too_few() -> None:
    marked = [replace(p, is_flagged=place < 2) for place, p in enumerate(SLOPPY)]
    assert judge_like_flagged(marked, seed=1) is None


def test_a_planted_theme_is_among_the_first_candidates() -> None:
    judged = judge_uncoded(SLOPPY, seed=1)
    assert judged is not None
    scores = dict(zip(judged.passages, judged.scores, strict=True))
    rest = [passage for passage in SLOPPY if not passage.is_coded]
    first = find_groups(rest, 1, unexplained=scores)[:3]
    shares = [sum(is_deviant(p.start) for p in g.typical) / len(g.typical) for g in first]
    assert max(shares) >= 0.5


def test_the_order_of_passages_changes_no_score() -> None:
    shuffled = random.Random(2).sample(SLOPPY, len(SLOPPY))  # noqa: S311 - no secret
    one, other = judge_uncoded(SLOPPY, seed=1), judge_uncoded(shuffled, seed=1)
    assert one is not None
    assert other is not None
    assert one.ranked() == other.ranked()


def test_a_passage_is_judged_by_rules_that_did_not_see_it() -> None:
    uncoded = next(p for p in SLOPPY if not p.is_coded)
    twins = [replace(uncoded, start=9_000 + n, is_coded=True) for n in range(20)]
    scores = []
    for passages in (SLOPPY, [*SLOPPY, *twins]):
        judged = judge_uncoded(passages, seed=1)
        assert judged is not None
        scores.append(judged.scores[judged.passages.index(uncoded)])
    assert scores[1] == pytest.approx(scores[0], abs=0.5)


def test_explanations_add_up() -> None:
    judged = judge_uncoded(SLOPPY, seed=1)
    assert judged is not None
    for passage, score in judged.ranked()[:20]:
        explained = judged.explain(passage)
        whole = sum(share for _, share in explained.words) + explained.others + explained.bias
        assert whole == pytest.approx(score, abs=2e-6)


def test_nothing_is_said_before_enough_is_read_and_coded() -> None:
    assert judge_uncoded([], seed=1) is None
    assert judge_uncoded([replace(p, is_coded=True) for p in SLOPPY], seed=1) is None
    assert judge_uncoded([replace(p, is_read=False) for p in SLOPPY], seed=1) is None
