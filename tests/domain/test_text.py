"""Canonical text, words, sentences, and finding a passage."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kodebok.domain.text import (
    LineIndex,
    canonicalise,
    count_words,
    find_folded,
    fold_space,
    sentence_spans,
    word_spans,
)

ANY_TEXT = st.text(
    alphabet=st.one_of(
        st.sampled_from("aåøæe \n\r\t\x00\ufeff\u2028\u2029\u0301\u030a.,!?»«-'"), st.characters()
    ),
    max_size=60,
)


def words_of(text: str) -> list[str]:
    return [text[span.start : span.end] for span in word_spans(text)]


def sentences_of(text: str) -> list[str]:
    return [text[span.start : span.end] for span in sentence_spans(text)]


@pytest.mark.parametrize(
    ("arrived", "canonical"),
    [
        ("a\u030a", "å"),
        ("linje\r\nlinje\rlinje", "linje\nlinje\nlinje"),
        ("\ufeffHei", "Hei"),
        ("\ufeff\ufeffHei", "Hei"),
        ("Hei\ufeff der", "Hei der"),
        ("a\u2028b\u2029c", "a b c"),
        ("a\x00b", "ab"),
        ("a\r\x00\nb", "a\nb"),
    ],
)
def test_text_arrives_in_one_form(arrived: str, canonical: str) -> None:
    assert canonicalise(arrived) == canonical


@given(ANY_TEXT)
def test_canonical_text_is_canonical(text: str) -> None:
    once = canonicalise(text)
    assert canonicalise(once) == once
    assert not {"\r", "\x00", "\ufeff", "\u2028", "\u2029"} & set(once)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Vi møtes på onsdag", ["Vi", "møtes", "på", "onsdag"]),
        ("BTI-arbeidet er i gang", ["BTI-arbeidet", "er", "i", "gang"]),
        ("helse- og omsorg", ["helse", "og", "omsorg"]),
        ("f.eks. den 09.05.18", ["f.eks", "den", "09.05.18"]),
        ("_understreket_ ord", ["understreket", "ord"]),
        ("– … «»", []),
        ("Olas' og Ola’s", ["Olas", "og", "Ola’s"]),
    ],
)
def test_words_are_what_a_reader_would_count(text: str, words: list[str]) -> None:
    assert words_of(text) == words
    assert count_words(text) == len(words)


@given(ANY_TEXT.map(canonicalise), ANY_TEXT.map(canonicalise))
def test_no_word_goes_over_a_line_end(first: str, second: str) -> None:
    assert count_words(f"{first}\n{second}") == count_words(first) + count_words(second)


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Vi møtes. Det er bra! Ikke sant?", ["Vi møtes.", "Det er bra!", "Ikke sant?"]),
        ("Vi har bl.a. møter. Ja.", ["Vi har bl.a. møter.", "Ja."]),
        ("Mandag kl. 9 er det f.eks. Møte.", ["Mandag kl. 9 er det f.eks. Møte."]),
        ("Vi begynte den 3. mai. Så kom ferien.", ["Vi begynte den 3. mai.", "Så kom ferien."]),
        ("Vi var 3. Så kom Kari.", ["Vi var 3.", "Så kom Kari."]),
        ("Det sa dr. Berg (jf. nr. 4).", ["Det sa dr. Berg (jf. nr. 4)."]),
        ("«Nei.» Han gikk.", ["«Nei.»", "Han gikk."]),
        ("Jeg … vet ikke", ["Jeg …", "vet ikke"]),
        ("Uten punktum\nNy linje", ["Uten punktum", "Ny linje"]),
        ("  Rom foran.   Rom bak.  ", ["Rom foran.", "Rom bak."]),
        ("Det er 2.5 liter. Ja.", ["Det er 2.5 liter.", "Ja."]),
        ("Hva?! Ja...", ["Hva?!", "Ja..."]),
        ("", []),
        (" \n ", []),
    ],
)
def test_sentences_know_norwegian_abbreviations_and_ordinals(
    text: str, sentences: list[str]
) -> None:
    assert sentences_of(text) == sentences


def test_the_sentences_of_a_turn_stay_within_it() -> None:
    text = "En. To.\nTre. Fire."
    spans = sentence_spans(text, 8, 18)
    assert [text[s.start : s.end] for s in spans] == ["Tre.", "Fire."]


@given(ANY_TEXT.map(canonicalise))
def test_every_sign_but_white_space_is_in_one_sentence(text: str) -> None:
    spans = sentence_spans(text)
    assert all(a.end <= b.start for a, b in pairwise(spans))
    inside = {place for span in spans for place in range(span.start, span.end)}
    assert all(text[place].isspace() for place in range(len(text)) if place not in inside)
    assert all("\n" not in text[span.start : span.end] for span in spans)


def test_a_passage_is_found_across_line_ends_and_double_spaces() -> None:
    text = "Vi møtes  hver\nonsdag, og hver onsdag er fin."
    spans = find_folded(text, "hver onsdag")
    assert [text[s.start : s.end] for s in spans] == ["hver\nonsdag", "hver onsdag"]


def test_signs_with_a_meaning_in_patterns_are_found_as_they_stand() -> None:
    assert [(s.start, s.end) for s in find_folded("a (b) [c]+ (b)", "(b) [c]+")] == [(2, 10)]


@pytest.mark.parametrize("blank", ["", "  ", "\n"])
def test_a_blank_passage_is_nowhere(blank: str) -> None:
    assert find_folded("noen ord", blank) == []


@given(st.lists(st.sampled_from(["ja", "nei", "(…)", "å"]), min_size=1, max_size=8), st.data())
def test_what_is_found_reads_as_what_was_looked_for(words: list[str], data: st.DataObject) -> None:
    spaces = st.sampled_from([" ", "  ", "\n", "\t "])
    text = "".join(word + data.draw(spaces) for word in words)
    wanted = data.draw(spaces).join(words[: data.draw(st.integers(1, len(words)))])
    found = find_folded(text, wanted)
    assert found
    assert all(fold_space(text[s.start : s.end]) == fold_space(wanted) for s in found)


def test_a_place_is_named_by_line_and_column() -> None:
    lines = LineIndex("ab\ncd\n")
    assert [lines.position(offset) for offset in range(7)] == [
        (1, 1),
        (1, 2),
        (1, 3),
        (2, 1),
        (2, 2),
        (2, 3),
        (3, 1),
    ]
