"""A quotation is found at its place in the sources, whatever the manuscript did to its form."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kodebok.study.proof_align import SAME, align
from kodebok.study.proof_index import SourceIndex
from kodebok.study.proof_matching import Matcher, Wanted
from kodebok.study.proof_text import CUT_REACH, read_passage, source_words

WORDS = (
    "vi møtes hver onsdag klokka ni det faste møtet holder oss sammen når noen kommer hjem fra "
    "sykehuset og ingen vet hvem som eier meldinga den dagen lista ligger på kontoret alle tror at "
    "andre har lest den før helga men telefonen ringer uten svar i gangen ved trappa"
).split()
TEXT = " ".join(WORDS).capitalize()
OTHER = "Helt andre ord står her, og de handler om vær, vind og veien langs sjøen i oktober."


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher({"andre": OTHER, "en": TEXT})


def stretches(least: int):
    return st.integers(0, len(WORDS) - least).flatmap(
        lambda first: st.tuples(st.just(first), st.integers(first + least, len(WORDS)))
    )


@given(place=stretches(4), data=st.data())
def test_any_stretch_of_a_source_is_identical_in_any_case_and_with_any_marks(matcher, place, data):
    said = WORDS[place[0] : place[1]]
    between = st.sampled_from([" ", ", ", ". ", " – ", "\n", "\u00a0", " - "])
    typed = "".join(
        data.draw(st.sampled_from([word, word.upper(), word.capitalize()])) + data.draw(between)
        for word in said
    )
    match = matcher.find(Wanted(read_passage(typed)))
    assert match is not None
    assert match.is_identical
    assert match.source_id == "en"
    assert TEXT[match.start : match.end].lower() == " ".join(said)


@given(place=stretches(12), data=st.data())
def test_words_left_out_under_a_mark_are_no_drift(matcher, place, data):
    first, last = place
    start = data.draw(st.integers(first + 4, last - 6))
    end = data.draw(st.integers(start + 1, last - 4))
    mark = data.draw(st.sampled_from(["…", "...", "(…)", "[…]", "[...]", "( ... )", "(. . .)"]))
    typed = " ".join([*WORDS[first:start], mark, *WORDS[end:last]])
    match = matcher.find(Wanted(read_passage(typed)))
    assert match is not None
    assert match.is_identical
    assert TEXT[match.start : match.end].lower() == " ".join(WORDS[first:last])


@given(place=stretches(8), data=st.data())
def test_one_word_changed_is_the_one_difference(matcher, place, data):
    first, last = place
    at = data.draw(st.integers(first + 1, last - 2))
    typed = " ".join([*WORDS[first:at], "rabarbra", *WORDS[at + 1 : last]])
    match = matcher.find(Wanted(read_passage(typed)))
    assert match is not None
    assert [(c.source.lower(), c.manuscript) for c in match.changes] == [(WORDS[at], "rabarbra")]


@given(words=st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=12), data=st.data())
def test_an_alignment_keeps_the_order_of_both_sides_and_all_words(words, data):
    region = data.draw(st.lists(st.sampled_from("abcdefgh"), max_size=15))
    gaps = data.draw(st.dictionaries(st.integers(0, len(words)), st.just(5), max_size=3))
    pairs = align(words, gaps, region).pairs
    typed = [i for i, _ in pairs if i is not None]
    said = [j for _, j in pairs if j is not None]
    assert typed == list(range(len(words)))
    assert said == sorted(set(said))


def test_equal_words_score_fully_and_a_marked_cut_costs_nothing():
    region = "x a b y y y c d z".split()
    assert align(["a", "b", "c", "d"], {2: CUT_REACH}, region).score == 4 * SAME
    assert align(["a", "b", "c", "d"], {}, region).score < 4 * SAME


def test_a_loose_end_leaves_out_what_is_the_author_s_own():
    found = align("a b c helt andre ord".split(), {}, "x a b c y".split(), loose_end=True)
    assert [i for i, _ in found.pairs] == [0, 1, 2]
    found = align("helt andre ord a b c".split(), {}, "x a b c y".split(), loose_start=True)
    assert [i for i, _ in found.pairs] == [3, 4, 5]


def test_a_whole_transcript_in_marks_is_compared_too():
    text = " ".join(f"ord{n}" for n in range(2_000))
    match = Matcher({"lang": text}).find(Wanted(read_passage(text.replace("ord700 ", "feil "))))
    assert match is not None
    assert [(c.source, c.manuscript) for c in match.changes] == [("ord700", "feil")]


def test_a_passage_is_never_found_across_two_sources():
    index = SourceIndex({"a": "en to tre", "b": "fire fem seks"})
    assert index.exact(["tre", "fire"]) == []
    assert [index.source_at(p) for p in index.exact(["fire", "fem"])] == ["b"]


def test_notes_of_a_transcriber_are_asides_and_long_brackets_are_speech():
    text = "Ja (2 s) det [ler] er slik (det har vi sagt i alle år) nå"
    words = [word for word, _, _ in source_words(text)]
    assert words == "ja det er slik det har vi sagt i alle år nå".split()
    assert [w for w, start, end in source_words(text) if text[start:end].lower() != w] == []


def test_letters_in_brackets_belong_to_their_word():
    passage = read_passage("[D]et faste møte[t] var [alltid] der")
    assert passage.texts == ["det", "faste", "møtet", "var", "der"]
    assert passage.words[2].without == "møte"
    assert list(passage.gaps) == [4]


@settings(max_examples=50)
@given(text=st.text(max_size=80))
def test_any_text_can_be_looked_for(matcher, text):
    passage = read_passage(text)
    assert [w.start for w in passage.words] == sorted(w.start for w in passage.words)
    for loose in (False, True):
        matcher.find(Wanted(passage, loose_start=loose, loose_end=loose))
