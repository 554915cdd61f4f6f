"""Coding passages, and changing what was coded."""

import pytest

from kodebok.coding import passages
from kodebok.domain.coding import CodingOrigin, Weight
from kodebok.domain.span import Span
from kodebok.errors import WrongUseError
from kodebok.storage import codes, codings, history
from kodebok.storage.sources import load_text
from tests.builders import add_code, add_interview, coder_of, make_store


@pytest.fixture
def study(tmp_path):
    store = make_store(tmp_path)
    source = add_interview(store)
    return store, coder_of(store), source, add_code(store, "Samhandling/Faste møtepunkt")


def words_of(store, source):
    return [coding.text for coding in codings.load_codings(store, source)]


def test_white_space_at_the_ends_of_a_mark_is_left_out(study):
    store, me, source, code = study
    at = load_text(store, source).index(" Det faste møtet")
    (coding,) = passages.code_passage(store, me, source, Span(at, at + 17), [code])
    assert coding.text == "Det faste møtet"


def test_two_codes_on_a_passage_are_one_act_and_undone_together(study):
    store, me, source, code = study
    other = add_code(store, "Medvirkning")
    passages.code_passage(store, me, source, Span(0, 10), [code, other])
    assert len(codings.load_codings(store, source)) == 2
    history.undo(store, me)
    assert codings.load_codings(store, source) == []


def test_coding_the_same_again_changes_nothing_and_leaves_no_event(study):
    store, me, source, code = study
    passages.code_passage(store, me, source, Span(0, 10), [code])
    before = history.load_events(store)[0].seq
    assert passages.code_passage(store, me, source, Span(0, 10), [code]) == []
    assert history.load_events(store)[0].seq == before


def test_another_coder_may_code_the_same(study):
    store, me, source, code = study
    passages.code_passage(store, me, source, Span(0, 10), [code])
    from kodebok.storage import projects

    with store.act("coder.add", me) as act:
        jonas = projects.add_user(act, "Jonas").id
    assert len(passages.code_passage(store, jonas, source, Span(0, 10), [code])) == 1


@pytest.mark.parametrize(("start", "end"), [(0, 0), (5, 3), (-1, 4), (0, 10_000), (9_000, 9_001)])
def test_a_passage_outside_the_text_is_refused_and_nothing_is_written(study, start, end):
    store, me, source, code = study
    with pytest.raises(WrongUseError, match="K303"):
        passages.code_passage(store, me, source, Span(start, end), [code])
    assert words_of(store, source) == []


def test_an_in_vivo_code_has_the_passage_for_its_name(study):
    store, me, source, _ = study
    at = load_text(store, source).index("holder oss sammen")
    code, (coding,) = passages.code_in_vivo(store, me, source, Span(at, at + 17))
    assert code.name == "holder oss sammen"
    assert coding.origin is CodingOrigin.IN_VIVO
    history.undo(store, me)
    assert code.id not in codes.load_code_tree(store)


def test_a_passage_named_by_its_words_must_stand_there_once():
    text = "Vi møtes onsdag.\nVi  møtes fredag."
    assert passages.find_passage(text, "møtes   fredag") == Span(21, 33)
    with pytest.raises(WrongUseError, match=r"K306.*0-8, 17-26"):
        passages.find_passage(text, "Vi møtes")
    assert passages.find_passage(text, "Vi møtes", nth=2) == Span(17, 26)
    with pytest.raises(WrongUseError, match="K307"):
        passages.find_passage(text, "Vi møtes", nth=3)
    with pytest.raises(WrongUseError, match="K305"):
        passages.find_passage(text, "torsdag")


def test_the_borders_of_a_coding_can_be_moved(study):
    store, me, source, code = study
    (coding,) = passages.code_passage(store, me, source, Span(0, 4), [code])
    assert passages.adjust_coding(store, me, coding.id, Span(0, 8))
    assert words_of(store, source) == ["Hva gjør"]
    assert not passages.adjust_coding(store, me, coding.id, Span(0, 8))


def test_recoding_onto_the_same_passage_leaves_one_coding(study):
    store, me, source, code = study
    other = add_code(store, "Medvirkning")
    first, second = passages.code_passage(store, me, source, Span(0, 10), [code, other])
    assert passages.recode(store, me, [first.id], other) == 1
    (left,) = codings.load_codings(store, source)
    assert left.id == second.id
    history.undo(store, me)
    assert {c.id for c in codings.load_codings(store, source)} == {first.id, second.id}


def test_a_passage_can_contradict_its_code(study):
    store, me, source, code = study
    (coding,) = passages.code_passage(store, me, source, Span(0, 10), [code])
    assert passages.weigh_coding(store, me, coding.id, Weight.CONTRADICTS)
    assert codings.load_coding(store, coding.id).weight is Weight.CONTRADICTS
    passages.uncode(store, me, [coding.id])
    assert words_of(store, source) == []
