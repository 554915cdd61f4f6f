"""A second coder does not see the first, anywhere, until she has finished."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kodebok.coding import blinding
from kodebok.coding.agreement_compared import load_compared
from kodebok.coding.agreement_differences import find_differences
from kodebok.coding.retrieval import load_cooccurrence, load_coverage, load_matrix
from kodebok.coding.settling import difference_id, find_difference, runs_of, settle
from kodebok.domain.blind import Settling
from kodebok.domain.source import Source
from kodebok.errors import WrongUseError
from kodebok.storage import blind, codes, codings, notes, projects, quotes, sources
from kodebok.storage.codings import ExcerptFilter, load_excerpts
from kodebok.storage.database import Store
from kodebok.storage.history import undo
from kodebok.suggest.runs import check_on
from tests import builders


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A study with two interviews, of which Kari has coded both."""
    made = builders.make_store(tmp_path / "study", coders=("Kari", "Jonas"))
    for name in ("I1", "I2"):
        source = builders.add_interview(made, name=name, case=name)
        put(made, source, "Møter", "Det faste møtet")
        put(made, source, "Folk", "ofte fastlegen")
    return made


def put(store: Store, source_id: str, code: str, words: str, coder: str = "Kari") -> None:
    code_id = builders.add_code(store, code)
    coder_id = builders.coder_of(store, coder)
    builders.code_passage(store, source_id, code_id, words, coder_id=coder_id)


def user(store: Store, name: str) -> projects.User:
    found = projects.find_user(store, name)
    assert found is not None
    return found


def source(store: Store, name: str) -> Source:
    return next(s for s in sources.load_sources(store) if s.name == name)


def what_is_seen(store: Store) -> dict[str, Any]:
    tree = codes.load_code_tree(store)
    moter = next(code.id for code in tree if code.name == "Møter")
    return {
        "excerpts": [(e.source, e.code) for e in load_excerpts(store, tree)],
        "codings": len(codings.load_codings(store)),
        "spans": len(codings.load_spans(store)),
        "counts": sum(codes.count_codings(store).values()),
        "matrix": sum(c.codings for c in load_matrix(store).cells.values()),
        "coverage": sum(c.codes for c in load_coverage(store)),
        "pairs": sum(load_cooccurrence(store).values()),
        "overlapping": len(load_excerpts(store, tree, ExcerptFilter(overlapping=(moter,)))),
        "memos": len(notes.load_notes(store)),
        "condensations": len(notes.load_condensations(store)),
        "quotes": len(quotes.load_quotes(store)),
    }


def test_the_blind_coder_sees_her_own_work_alone(store: Store) -> None:
    everything = what_is_seen(store)
    jonas = user(store, "Jonas")
    blinding.begin_blind(store, jonas.id, jonas, [source(store, "I1")])
    assert what_is_seen(store) == everything  # nobody in particular looks

    store.viewer = jonas.id
    seen = what_is_seen(store)
    assert sorted(seen["excerpts"]) == [("I2", "Folk"), ("I2", "Møter")]
    assert (seen["codings"], seen["spans"], seen["counts"], seen["matrix"]) == (2, 2, 2, 2)
    store.viewer = user(store, "Kari").id
    assert what_is_seen(store) == everything


def test_marking_the_source_as_read_ends_it(store: Store) -> None:
    jonas = user(store, "Jonas")
    first = source(store, "I1")
    blinding.begin_blind(store, jonas.id, jonas, [first])
    store.viewer = jonas.id
    with store.act("source.read", jonas.id, first.id) as act:
        sources.mark_read(act, first.id, jonas.id)
    assert not blind.is_blind(store)
    assert len(codings.load_codings(store)) == 4
    undo(store, jonas.id)
    assert blind.is_blind(store)


def test_a_blind_coder_gets_no_suggestions(store: Store) -> None:
    jonas = user(store, "Jonas")
    from kodebok.suggest.verdicts import turn

    turn(store, jonas.id, is_on=True)
    blinding.begin_blind(store, jonas.id, jonas, [source(store, "I1")])
    check_on(store)
    store.viewer = jonas.id
    with pytest.raises(WrongUseError) as caught:
        check_on(store)
    assert caught.value.code == "K371"


def test_nothing_is_compared_while_it_is_coded_blind(store: Store) -> None:
    kari, jonas = user(store, "Kari"), user(store, "Jonas")
    for name in ("I1", "I2"):
        put(store, source(store, name).id, "Møter", "hver onsdag", coder="Jonas")
    blinding.begin_blind(store, kari.id, jonas, [source(store, "I1")])
    compared = load_compared(store, [kari, jonas])
    assert [item.source.name for item in compared.taking_part] == ["I2"]
    assert [left.name for left in compared.left_out] == ["I1"]


@given(st.integers(0, 10_000), st.integers(1, 8))
def test_a_sample_is_the_same_for_the_same_seed(seed: int, count: int) -> None:
    listed = [Source(f"s{n}", f"I{n}", created=str(n)) for n in range(8)]
    drawn = blinding.draw_sources(listed, count, seed)
    assert len({s.id for s in drawn}) == count
    assert blinding.draw_sources(list(reversed(listed)), count, seed) == drawn


def test_a_sample_is_drawn_of_what_others_have_coded(store: Store) -> None:
    jonas = user(store, "Jonas")
    builders.add_interview(store, name="I3")
    assert {s.name for s in blinding.sources_to_draw(store, jonas)} == {"I1", "I2"}
    assert blinding.sources_to_draw(store, user(store, "Kari")) == []
    with pytest.raises(WrongUseError):
        blinding.draw_sources(blinding.sources_to_draw(store, jonas), 3)


def test_a_coder_codes_anew_without_seeing_her_old_codings(store: Store) -> None:
    kari = user(store, "Kari")
    second, recoding = blinding.begin_recoding(store, kari.id, kari, [source(store, "I1")])
    assert recoding.round == 2
    store.viewer = second.id
    assert [c for c in codings.load_codings(store) if c.source_id == source(store, "I1").id] == []
    put(store, source(store, "I1").id, "Møter", "Det faste møtet", coder=second.name)
    blinding.end_blind(store, second.id, second)
    store.viewer = kari.id
    assert blinding.second_self(store, kari) == second
    compared = load_compared(store, [kari, second])
    assert [difference.text for difference in find_differences(compared)] == ["ofte fastlegen"]


def test_a_source_that_she_has_not_coded_cannot_be_coded_anew(store: Store) -> None:
    jonas = user(store, "Jonas")
    with pytest.raises(WrongUseError) as caught:
        blinding.begin_recoding(store, jonas.id, jonas, [source(store, "I1")])
    assert caught.value.code == "K374"


@pytest.mark.parametrize("choice", ["Kari", "Jonas", "both", "none"])
def test_a_settled_passage_costs_no_agreement_any_more(store: Store, choice: str) -> None:
    kari, jonas = user(store, "Kari"), user(store, "Jonas")
    first = source(store, "I1")
    put(store, first.id, "Møter", "Det faste møtet er det", coder="Jonas")
    put(store, first.id, "Folk", "hver onsdag", coder="Jonas")
    compared = load_compared(store, [kari, jonas], [first.id])
    before = find_differences(compared)
    chosen = {"both": Settling.BOTH, "none": Settling.NONE}.get(choice, Settling.AGREE)
    whose = projects.find_user(store, choice)
    wanted = find_difference(compared, difference_id(before[0]))
    counted = len(codings.load_codings(store))
    settle(store, kari.id, compared, wanted, chosen, agree_with=whose, reason="Enige nå.")

    after = find_differences(load_compared(store, [kari, jonas], [first.id]))
    assert [d.span for d in after] == [d.span for d in before if d != wanted]
    assert len(runs_of(store, [jonas, kari])) == 1
    assert [s.reason for s in blind.load_settlements(store)] == ["Enige nå."]
    undo(store, kari.id)
    assert len(codings.load_codings(store)) == counted
    assert blind.load_settlements(store) == [] == runs_of(store, [kari, jonas])


def test_figures_are_kept_once_before_a_row_of_settlings(store: Store) -> None:
    kari, jonas = user(store, "Kari"), user(store, "Jonas")
    first = source(store, "I1")
    put(store, first.id, "Folk", "hver onsdag", coder="Jonas")
    for _ in range(3):
        compared = load_compared(store, [kari, jonas], [first.id])
        difference = find_differences(compared)[0]
        settle(store, kari.id, compared, difference, Settling.BOTH)
    assert len(runs_of(store, [kari, jonas])) == 1
    assert not find_differences(load_compared(store, [kari, jonas], [first.id]))
