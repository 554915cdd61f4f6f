"""Candidates: small groups that stay, described by words that stand in them."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from benchmarks.suggest_material import make_labelled
from kodebok.suggest.features import words_of
from kodebok.suggest.groups import LEAST_MEMBERS, TYPICAL, find_groups
from kodebok.suggest.keywords import area_under_curve, choose_keywords
from kodebok.suggest.passages import Passage
from tests.suggest.builders import as_passages

LABELLED = make_labelled(120, themes=4, interviews=6, seed=5)
PASSAGES = as_passages(LABELLED)
GROUPS = find_groups(PASSAGES, 1, samples=60)


def passages_of(*texts: str) -> list[Passage]:
    return [Passage(text, "I1", place, place + 1, "I1") for place, text in enumerate(texts)]


def test_there_are_groups_and_none_is_smaller_than_four() -> None:
    assert GROUPS
    assert all(len(group.members) >= LEAST_MEMBERS for group in GROUPS)


def test_the_order_of_passages_changes_nothing_at_all() -> None:
    shuffled = random.Random(3).sample(PASSAGES, len(PASSAGES))  # noqa: S311 - no secret
    assert find_groups(shuffled, 1, samples=60) == GROUPS


def test_the_same_seed_gives_the_same_groups() -> None:
    assert find_groups(PASSAGES, 1, samples=60) == GROUPS


def test_key_words_stand_in_the_passages_of_their_group() -> None:
    for group in GROUPS:
        said = {word for member in group.members for word in words_of(member.text)}
        assert group.keywords
        assert set(group.keywords) <= said


def test_typical_passages_are_members_and_spread_over_informants() -> None:
    for group in GROUPS:
        assert set(group.typical) | set(group.borderline) <= set(group.members)
        assert not set(group.typical) & set(group.borderline)
        assert len(group.typical) == min(TYPICAL, len(group.members))
        if group.informants >= 3:
            assert len({passage.informant for passage in group.typical}) >= 3


def test_the_counter_example_is_no_member() -> None:
    assert all(group.counter_example not in group.members for group in GROUPS)


def test_stability_counts_samples() -> None:
    for group in GROUPS:
        assert 0 < group.together <= group.samples == 60


def test_key_words_tell_members_from_others() -> None:
    texts = ["møte onsdag fast"] * 3 + ["møtet tirsdag"] + ["penger budsjett"] * 6
    said = [set(text.split()) for text in texts]
    everywhere = Counter(word for words in said for word in words)
    words, fidelity = choose_keywords(said, everywhere, [0, 1, 2, 3])
    assert {"møte", "møtet"} <= set(words)
    assert not {"penger", "budsjett"} & set(words)
    assert fidelity == 1.0


@pytest.mark.parametrize(
    ("scores", "ones", "expected"),
    [
        ([1, 2, 3, 4], [False, False, True, True], 1.0),
        ([1, 2, 3, 4], [True, True, False, False], 0.0),
        ([1, 1, 1, 1], [True, False, True, False], 0.5),
        ([1, 2, 3], [True, False, True], 0.5),
        ([1, 2], [True, True], 0.5),
    ],
)
def test_the_area_under_the_curve(scores: list[float], ones: list[bool], expected: float) -> None:
    assert area_under_curve(scores, ones) == expected
