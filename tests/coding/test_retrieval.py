"""Getting out what was coded: the matrix with its empty cells, co-occurrence, coverage."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kodebok.coding import passages
from kodebok.coding.finding import find
from kodebok.coding.matrix import CellState
from kodebok.coding.retrieval import (
    BY_SOURCE,
    NO_VALUE,
    count_cooccurrence,
    load_cooccurrence,
    load_coverage,
    load_matrix,
)
from kodebok.domain.source import Role
from kodebok.domain.span import Span
from kodebok.storage import codes, sources
from kodebok.storage.codings import ExcerptFilter, load_excerpts
from tests.builders import add_case, add_code, add_interview, coder_of, make_store

ONE = "I: Hva gjør dere?\nR: Vi møtes hver onsdag og snakker."
TWO = "I: Hva med dere?\nR: Vi møtes aldri."


@pytest.fixture
def study(tmp_path):
    store = make_store(tmp_path)
    one = add_interview(store, ONE, "I1", case="Informant 1")
    two = add_interview(store, TWO, "I2", case="Informant 2")
    add_case(store, "Informant 1", {"tjeneste": "hjemmetjeneste"})
    return store, coder_of(store), one, two


def code(store, source, words, path):
    at = sources.load_text(store, source).index(words)
    span = Span(at, at + len(words))
    passages.code_passage(store, coder_of(store), source, span, [add_code(store, path)])


def test_a_cell_counts_codings_passages_and_words(study):
    store, _, one, _ = study
    code(store, one, "Vi møtes hver", "Møter")
    code(store, one, "hver onsdag", "Møter")
    code(store, one, "snakker", "Møter")
    matrix = load_matrix(store)
    cell = matrix.cells[codes.load_code_tree(store).find("Møter")[0].id, "Informant 1"]
    assert (cell.codings, cell.passages, cell.words) == (3, 2, 5)
    assert len(cell.coding_ids) == 3


def test_empty_cells_are_of_three_kinds(study):
    store, me, one, two = study
    code(store, one, "Vi møtes", "Møter")
    asked = add_code(store, "Spurt om")
    not_asked = add_code(store, "Ikke spurt om")
    with store.act("test", me) as act:
        sources.mark_read(act, one, me)
        sources.mark_asked(act, one, [asked])
    cells = load_matrix(store).cells
    assert cells[asked, "Informant 1"].state is CellState.ASKED
    assert cells[not_asked, "Informant 1"].state is CellState.NOT_ASKED
    assert cells[asked, "Informant 2"].state is CellState.NOT_READ
    assert two


def test_a_code_can_count_what_is_coded_below_it(study):
    store, _, one, _ = study
    code(store, one, "Vi møtes", "Samhandling/Møter")
    top = codes.load_code_tree(store).find("Samhandling")[0].id
    assert load_matrix(store).cells[top, "Informant 1"].codings == 0
    assert load_matrix(store, rollup=True).cells[top, "Informant 1"].codings == 1


def test_columns_can_be_sources_or_the_values_of_a_variable(study):
    store, _, one, two = study
    code(store, one, "Vi møtes", "Møter")
    code(store, two, "Vi møtes", "Møter")
    assert [c.name for c in load_matrix(store, BY_SOURCE).columns] == ["I1", "I2"]
    matrix = load_matrix(store, "tjeneste")
    assert [c.name for c in matrix.columns] == ["hjemmetjeneste", NO_VALUE]
    assert [cell.codings for cell in matrix.cells.values()] == [1, 1]


def test_a_participant_in_a_group_is_counted_by_her_own_turns(tmp_path):
    store = make_store(tmp_path)
    source = add_interview(store, "A: Jeg er enig.\nB: Ikke jeg.", "G1")
    me = coder_of(store)
    anna = add_case(store, "Anna")
    speaker = next(s for s in sources.load_speakers(store, source) if s.label == "A")
    with store.act("test", me) as act:
        sources.change_speaker(act, speaker.id, case_id=anna)
    code(store, source, "Jeg er enig.", "Enighet")
    code(store, source, "Ikke jeg.", "Enighet")
    cells = load_matrix(store).cells.values()
    assert {cell.column: cell.codings for cell in cells} == {"Anna": 1, NO_VALUE: 1}


def test_someone_who_looks_in_is_not_counted_as_the_participant(study):
    store, me, one, _ = study
    speaker = next(s for s in sources.load_speakers(store, one) if s.label == "R")
    with store.act("test", me) as act:
        sources.change_speaker(act, speaker.id, case_id=None, role=Role.OTHER)
    code(store, one, "Vi møtes", "Møter")
    code(store, one, "Hva gjør", "Møter")
    tree = codes.load_code_tree(store)
    assert [(e.text, e.case) for e in load_excerpts(store, tree)] == [
        ("Hva gjør", "Informant 1"),
        ("Vi møtes", None),
    ]
    assert sources.load_voice_at(store, one, 20).case_id is None
    assert [(hit.text, hit.case) for hit in find(store, "møtes") if hit.source == "I1"] == [
        ("møtes", None)
    ]


def test_excerpts_are_filtered_by_everything_that_can_be_asked(study):
    store, me, one, two = study
    code(store, one, "Vi møtes hver onsdag", "Møter")
    code(store, one, "onsdag", "Tid")
    code(store, two, "Vi møtes aldri", "Møter")
    tree = codes.load_code_tree(store)
    meetings, time = (tree.find(name)[0].id for name in ("Møter", "Tid"))
    case = add_case(store, "Informant 2")

    def found(**wanted):
        return [e.text for e in load_excerpts(store, tree, ExcerptFilter(**wanted))]

    assert found(code_ids=(meetings,)) == ["Vi møtes hver onsdag", "Vi møtes aldri"]
    assert found(case_ids=(case,)) == ["Vi møtes aldri"]
    assert found(source_ids=(two,)) == ["Vi møtes aldri"]
    assert found(coder_ids=("another",)) == []
    assert found(coder_ids=(me,), code_ids=(time,)) == ["onsdag"]
    assert found(variables=(("tjeneste", "hjemmetjeneste"),), code_ids=(meetings,)) == [
        "Vi møtes hver onsdag"
    ]
    assert found(code_ids=(meetings,), overlapping=(time,)) == ["Vi møtes hver onsdag"]


def test_codes_that_share_words_occur_together(study):
    store, _, one, two = study
    code(store, one, "Vi møtes hver onsdag", "Møter")
    code(store, one, "onsdag", "Tid")
    code(store, two, "Vi møtes", "Møter")
    code(store, two, "aldri", "Tid")
    assert sum(load_cooccurrence(store).values()) == 1


spans = st.lists(
    st.tuples(
        st.sampled_from("st"), st.integers(0, 30), st.integers(1, 12), st.sampled_from("abc")
    ),
    max_size=25,
)


@given(spans)
def test_cooccurrence_is_what_comparing_every_pair_gives(drawn):
    listed = sorted((s, start, start + length, code) for s, start, length, code in drawn)
    expected = {}
    for i, (s1, a1, b1, c1) in enumerate(listed):
        for s2, a2, b2, c2 in listed[i + 1 :]:
            if s1 == s2 and a1 < b2 and a2 < b1 and c1 != c2:
                pair = tuple(sorted((c1, c2)))
                expected[pair] = expected.get(pair, 0) + 1
    assert dict(count_cooccurrence(listed)) == expected


def test_coverage_names_the_codes_an_interview_lacks(study):
    store, _, one, two = study
    code(store, one, "Vi møtes hver onsdag", "Møter")
    code(store, two, "Vi møtes aldri", "Tid")
    tree = codes.load_code_tree(store)
    first, second = load_coverage(store)
    assert [tree[c].name for c in first.lacking] == ["Tid"]
    assert [tree[c].name for c in second.new_codes] == ["Tid"]
    assert (first.coded_words, first.turns, first.uncoded_turns) == (4, 1, 0)
