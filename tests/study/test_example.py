"""The example study: what every picture and every test of meaning rests on."""

from collections import Counter

import pytest

from kodebok.coding.quoting import check_quotes
from kodebok.coding.retrieval import load_excerpts
from kodebok.domain.code import Origin
from kodebok.domain.note import NoteKind
from kodebok.domain.source import SourceType
from kodebok.errors import WrongUseError
from kodebok.storage import codes, codings, history, notes, sources
from kodebok.storage.integrity import check_store
from kodebok.study.example import make_example
from kodebok.study.status import load_status


@pytest.fixture(scope="module")
def example(tmp_path_factory):
    with make_example(tmp_path_factory.mktemp("example") / "eksempel") as study:
        yield study


def test_it_has_four_interviews_a_group_of_five_voices_and_notes(example):
    listed = {source.name: source for source in sources.load_sources(example.store)}
    kinds = Counter(source.type for source in listed.values())
    assert kinds == {SourceType.INTERVIEW: 4, SourceType.GROUP: 1, SourceType.NOTES: 1}
    for name, source in listed.items():
        assert name == "N1" or 1_200 <= source.words <= 1_800
    voices = sources.load_speakers(example.store, listed["G1"].id)
    assert len([voice for voice in voices if voice.case_id]) == 5
    assert listed["I3"].language == "nn"


def test_every_interview_has_at_least_forty_codings(example):
    named = {source.id: source.name for source in sources.load_sources(example.store)}
    counts = Counter(named[c.source_id] for c in codings.load_codings(example.store))
    assert all(count >= 40 for name, count in counts.items() if name != "N1")


def test_a_second_coder_does_not_always_agree(example):
    excerpts = load_excerpts(example.store, codes.load_code_tree(example.store))
    marked = {
        coder: {(e.source, e.start, e.end, e.code) for e in excerpts if e.coder == coder}
        for coder in ("Maren", "Jonas")
    }
    assert {source for source, *_ in marked["Jonas"]} == {"I2", "G1"}
    assert marked["Jonas"] & marked["Maren"]
    assert marked["Jonas"] - marked["Maren"]


def test_the_codebook_is_defined_and_a_theory_code_never_stands_alone(example):
    tree = codes.load_code_tree(example.store)
    assert all(code.definition for code in tree)
    theory = tree.find("Teori")[0].id
    theoretical = {code.id for code in tree.descendants(theory)}
    assert all(tree[code_id].origin is Origin.DEDUCTIVE for code_id in theoretical)
    excerpts = load_excerpts(example.store, tree)
    other = {
        (e.source_id, e.start, e.end, e.coder) for e in excerpts if e.code_id not in theoretical
    }
    alone = [
        e
        for e in excerpts
        if e.code_id in theoretical and (e.source_id, e.start, e.end, e.coder) not in other
    ]
    assert alone == []


def test_a_first_impression_was_overturned(example):
    kinds = Counter(note.kind for note in notes.load_notes(example.store))
    assert kinds[NoteKind.FIRST_IMPRESSION] >= 1
    assert kinds[NoteKind.AFTER_CODING] >= 1


def test_it_is_whole_and_its_quotes_are_their_sources_words(example):
    assert check_store(example.store) == []
    assert [check for check in check_quotes(example.store) if check.drifted] == []
    assert load_status(example).quotes == 18


def test_undo_does_not_take_the_example_away(example):
    with pytest.raises(WrongUseError, match="K211"):
        history.undo(example.store, example.coder.id)


def test_it_is_not_made_on_top_of_a_study(example):
    with pytest.raises(WrongUseError, match="K202"):
        make_example(example.folder)
