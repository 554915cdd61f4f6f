"""Passages that nobody would wish for do no harm."""

from __future__ import annotations

import pytest

from kodebok.domain.span import Span
from kodebok.suggest.codes import learn_codes
from kodebok.suggest.groups import find_groups
from kodebok.suggest.passages import (
    LONGEST_PASSAGE,
    Example,
    Passage,
    divide,
    has_enough_words,
)
from kodebok.suggest.unexplained import judge_like_flagged, judge_uncoded

LONG = "Dette er en setning som gjentas i det uendelige. " * 1_021
HOSTILE = {
    "empty": ["", " ", "…", "—"] * 10,
    "one word": ["ja", "nei", "møtet", "x"] * 10,
    "alike": ["Det er det samme om igjen og om igjen."] * 40,
    "50,000 characters": [LONG, "Kort svar om møtene våre.", "Noe helt annet her."] * 10,
    "one endless word": ["a" * 50_000, "b" * 50_000, "møter og mer til"] * 10,
    "other scripts": ["会议很重要", "Встреча", "🙂🙂🙂", "é̀̀ combining"] * 10,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_passages_do_no_harm(name: str) -> None:
    texts = HOSTILE[name]
    passages = [
        Passage(text, f"I{place % 3}", place, place + 1, f"I{place % 3}", True, place % 2 == 0)
        for place, text in enumerate(texts)
    ]
    examples = [
        Example(text, "I1", place, place + 1, frozenset({"ab"[place % 2]}), str(place))
        for place, text in enumerate(texts)
    ]
    model = learn_codes(examples, texts)
    assert len(model.guess(texts)) == len(texts)
    model.explain(texts[0], "a")
    model.nearest_examples(texts[0], "a")
    judged = judge_uncoded(passages, seed=1)
    assert judged is not None
    judged.explain(judged.passages[0])
    assert judge_like_flagged(passages, seed=1) is None
    for group in find_groups(passages, 1, samples=20):
        assert group.typical


def test_nothing_at_all_is_no_group_and_no_code() -> None:
    assert find_groups([], 1) == []
    model = learn_codes([])
    assert model.lines == {}
    assert model.guess(["noe"]) == [[]]
    assert model.guess([]) == []


def test_a_long_turn_is_cut_between_sentences_and_loses_no_word() -> None:
    pieces = divide(LONG, Span(0, len(LONG)))
    assert len(pieces) > 30
    assert all(len(piece) <= LONGEST_PASSAGE for piece in pieces)
    assert "".join(LONG[p.start : p.end] for p in pieces).count("setning") == 1_021
    assert all(LONG[piece.start : piece.end].endswith(".") for piece in pieces)


def test_a_sentence_without_end_stays_whole() -> None:
    text = "ord " * 2_000
    assert divide(text, Span(0, len(text))) == [Span(0, len(text) - 1)]


def test_paragraphs_of_a_turn_are_passages_of_their_own() -> None:
    text = "Først dette.\n\n  Så dette her.\n"
    assert [text[p.start : p.end] for p in divide(text, Span(0, len(text)))] == [
        "Først dette.",
        "Så dette her.",
    ]


@pytest.mark.parametrize(
    ("text", "enough"), [("", False), ("Ja, det er det.", False), ("Ja, det er bra nok.", True)]
)
def test_what_says_too_little_is_left_alone(text: str, *, enough: bool) -> None:
    assert has_enough_words(text) is enough
