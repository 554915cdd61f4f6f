"""Correcting a transcript in place keeps every coding on its words."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kodebok.coding import corrections, passages
from kodebok.domain.diff import diff_edits
from kodebok.domain.source import Role
from kodebok.domain.span import Span
from kodebok.errors import WrongUseError
from kodebok.storage import codings, history, search, sources
from kodebok.storage.integrity import check_store
from tests.builders import add_code, add_interview, coder_of, make_store, state_of

TEXT = "I: Hva gjør dere?\nR: Vi samarbeider om brukrene hver uke.\nI: Og ellers?\nR: Vi prates."


@pytest.fixture
def study(tmp_path):
    store = make_store(tmp_path)
    return store, coder_of(store), add_interview(store, TEXT)


def coded(store, me, source, words, code):
    at = sources.load_text(store, source).index(words)
    span = Span(at, at + len(words))
    return passages.code_passage(store, me, source, span, [code])[0].id


def test_a_coding_keeps_its_words_when_the_turn_before_is_corrected(study):
    store, me, source = study
    code = add_code(store, "Kode")
    coded(store, me, source, "Vi prates.", code)
    inner = coded(store, me, source, "samarbeider om brukrene", code)
    around = Span(15, 15 + len("Vi samarbeider om brukrene hver uke."))
    new = "Ja, vi samarbeider om brukerne, eh, hver eneste uke."
    corrections.correct_text(store, me, source, around, new)
    assert [c.text for c in codings.load_codings(store, source)] == [
        "samarbeider om brukerne",
        "Vi prates.",
    ]
    assert codings.load_coding(store, inner).text == "samarbeider om brukerne"
    assert check_store(store) == []


def test_the_search_index_follows_a_correction(study):
    store, me, source = study
    corrections.correct_text(store, me, source, Span(33, 41), "brukerne")
    assert len(search.search_turns(store, search.WordQuery.parse("brukerne"))) == 1
    assert search.search_turns(store, search.WordQuery.parse("brukrene")) == []
    history.undo(store, me)
    assert len(search.search_turns(store, search.WordQuery.parse("brukrene"))) == 1


def test_a_correction_stays_within_one_turn_and_leaves_words(study):
    store, me, source = study
    with pytest.raises(WrongUseError, match="K321"):
        corrections.correct_text(store, me, source, Span(10, 25), "noe")
    with pytest.raises(WrongUseError, match="K320"):
        corrections.correct_text(store, me, source, Span(0, 14), "  ")


def test_a_turn_is_split_and_joined_again_with_codings_on_their_words(study):
    store, me, source = study
    code = add_code(store, "Kode")
    coded(store, me, source, "om brukrene", code)
    coded(store, me, source, "Vi prates.", code)
    before = state_of(store)
    at = sources.load_text(store, source).index("om brukrene")
    new = corrections.split_turn(store, me, source, at)
    text = sources.load_text(store, source)
    assert text.split("\n")[1:3] == ["Vi samarbeider", "om brukrene hver uke."]
    assert check_store(store) == []
    assert [c.text for c in codings.load_codings(store, source)] == ["om brukrene", "Vi prates."]
    first = sources.load_turns(store, source)[1]
    assert first.end + 1 == new.start
    corrections.join_turns(store, me, first.id, source)
    assert sources.load_text(store, source).split("\n")[1] == "Vi samarbeider om brukrene hver uke."
    assert check_store(store) == []
    history.undo(store, me)
    history.undo(store, me)
    assert state_of(store) == before


def test_the_last_turn_cannot_be_joined_and_an_edge_cannot_be_split(study):
    store, me, source = study
    turns = sources.load_turns(store, source)
    with pytest.raises(WrongUseError, match="K323"):
        corrections.join_turns(store, me, turns[-1].id, source)
    with pytest.raises(WrongUseError, match="K322"):
        corrections.split_turn(store, me, source, turns[1].start)


def test_a_voice_is_set_for_this_turn_or_from_here_on(study):
    store, me, source = study
    turns = sources.load_turns(store, source)
    assert corrections.set_speaker(store, me, source, turns[1].id, "Sykepleier") == 1
    assert corrections.set_speaker(store, me, source, turns[0].id, "Maren", onwards=True) == 2
    labels = {s.id: s.label for s in sources.load_speakers(store, source)}
    spoken = [labels[t.speaker_id] for t in sources.load_turns(store, source)]
    assert spoken == ["Maren", "Sykepleier", "Maren", "R"]


def test_renaming_a_voice_to_another_joins_the_two(study):
    store, me, source = study
    turns = sources.load_turns(store, source)
    corrections.set_speaker(store, me, source, turns[1].id, "Sykepleier")
    voice = next(s for s in sources.load_speakers(store, source) if s.label == "Sykepleier")
    before = state_of(store)
    corrections.change_speaker(store, me, voice, label="R", role=Role.PARTICIPANT)
    assert [s.label for s in sources.load_speakers(store, source)] == ["I", "R"]
    history.undo(store, me)
    assert state_of(store) == before


@settings(max_examples=200, deadline=None)
@given(st.text("aæ .\n-", max_size=40), st.text("aæ .\n-", max_size=40), st.integers(0, 5))
def test_the_edits_found_turn_the_old_text_into_the_new(old, new, at):
    whole = "x" * at + old + "y"
    for edit in diff_edits(old, new, at):
        whole = edit.apply(whole)
    assert whole == "x" * at + new + "y"


def test_words_between_two_corrections_are_not_edited():
    edits = diff_edits("brukrene kommer hver uka", "brukerne kommer hver uke")
    assert [(e.removed, e.inserted) for e in edits] == [("uka", "uke"), ("brukrene", "brukerne")]
