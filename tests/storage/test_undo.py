"""Undo and redo give back what was there, without an end and over restarts."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from kodebok.domain.note import Target
from kodebok.domain.span import Edit
from kodebok.errors import WrongUseError
from kodebok.storage import cases, codes, codings, notes, quotes, sources
from kodebok.storage.database import Store
from kodebok.storage.history import load_event, load_events, redo, redo_target, undo, undo_target
from kodebok.storage.integrity import check_store
from tests.builders import (
    add_case,
    add_code,
    add_interview,
    choose_quote,
    code_passage,
    coder_of,
    correct,
    make_store,
    mark_passage,
    span_of,
    state_of,
    write_memo,
)
from tests.storage.random_acts import RandomResearcher, seed_identities


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with make_store(tmp_path) as made:
        yield made


def without_waiting_for_the_disk(store: Store) -> Store:
    store.db.execute("PRAGMA synchronous=OFF")
    return store


def fingerprint(store: Store) -> str:
    return sha256(pickle.dumps(state_of(store))).hexdigest()


@pytest.mark.parametrize("seed", range(12))
def test_each_of_the_last_acts_is_undone_and_redone_to_the_letter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    seed_identities(monkeypatch, seed)
    store = make_store(tmp_path)
    without_waiting_for_the_disk(store)
    researcher = RandomResearcher(store, seed)
    for _ in range(8):
        states = [state_of(store)]
        for _ in range(20):
            researcher.do_one_act()
            states.append(state_of(store))
        assert check_store(store) == []
        for expected in states[-2::-1]:
            undo(store, researcher.coder_id)
            assert state_of(store) == expected
        for expected in states[1:]:
            redo(store, researcher.coder_id)
            assert state_of(store) == expected
    store.close()


def test_ten_thousand_acts_are_undone_one_by_one_over_restarts_and_redone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seed_identities(monkeypatch, 2024)
    acts, stretch = 10_000, 250
    store = without_waiting_for_the_disk(make_store(tmp_path))
    researcher = RandomResearcher(store, 2024)
    marks = [fingerprint(store)]
    for number in range(1, acts + 1):
        researcher.do_one_act()
        if number % stretch == 0:
            marks.append(fingerprint(store))
    assert check_store(store) == []
    for turn_back, expected in ((undo, marks[-2::-1]), (redo, marks[1:])):
        for mark in expected:
            store.close()
            store = without_waiting_for_the_disk(Store.open(tmp_path))
            for _ in range(stretch):
                turn_back(store, researcher.coder_id)
            assert fingerprint(store) == mark
    assert check_store(store) == []
    assert redo_target(store) is None
    store.close()


def test_a_new_act_after_an_undo_ends_what_could_be_redone(store: Store) -> None:
    add_code(store, "Roller")
    undo(store, coder_of(store))
    add_code(store, "Ledelse")
    with pytest.raises(WrongUseError) as refused:
        redo(store, coder_of(store))
    assert refused.value.code == "K211"
    assert [code.name for code in codes.load_code_tree(store)] == ["Ledelse"]
    undo(store, coder_of(store))
    assert len(codes.load_code_tree(store)) == 0
    assert check_store(store) == []


def test_making_the_project_cannot_be_undone(store: Store) -> None:
    before = state_of(store)
    assert undo_target(store) is None
    with pytest.raises(WrongUseError) as refused:
        undo(store, coder_of(store))
    assert refused.value.code == "K211"
    assert state_of(store) == before


def test_undo_tells_which_act_it_took_back(store: Store) -> None:
    source_id = add_interview(store)
    told = undo(store, coder_of(store))
    assert (told.kind, told.subject, told.undone) == ("source.add", source_id, True)
    assert [event.kind for event in load_events(store)] == ["undo", "source.add", "project.create"]
    told_again = redo(store, coder_of(store))
    assert (told_again.seq, told_again.undone) == (told.seq, False)
    with pytest.raises(KeyError):
        load_event(store, 99)


def test_an_act_that_changes_nothing_leaves_no_trace(store: Store) -> None:
    source_id = add_interview(store)
    code_id = add_code(store, "Roller", definition="Hvem gjør hva")
    count = len(load_events(store))
    with store.act("nothing", coder_of(store)) as act:
        assert not codes.change_code(act, code_id, definition="Hvem gjør hva")
        assert not codes.change_code(act, code_id)
        act.edit_text(source_id, Edit(0, "Hva", "Hva"))
        codes.write_summary(act, code_id, " ")
    assert len(load_events(store)) == count


def test_an_act_inside_another_is_undone_with_it(store: Store) -> None:
    before = state_of(store)
    with store.act("guide.add", coder_of(store)):
        add_code(store, "Roller")
        add_code(store, "Ledelse")
    assert len(codes.load_code_tree(store)) == 2
    undo(store, coder_of(store))
    assert state_of(store) == before


def test_a_turn_that_got_new_first_words_has_its_old_ones_after_undo(store: Store) -> None:
    source_id = add_interview(store, "I: Hva?\nR: Vi møtes.\nI: Ja.")
    before = state_of(store)
    start = sources.load_turns(store, source_id)[1].start
    with store.act("text.correct", coder_of(store), source_id) as act:
        act.edit_text(source_id, Edit(start, "", "Altså, "))
    assert check_store(store) == []
    turn = sources.load_turns(store, source_id)[1]
    assert sources.load_text(store, source_id)[turn.start : turn.end] == "Altså, Vi møtes."
    undo(store, coder_of(store))
    assert state_of(store) == before


def test_a_coding_whose_first_words_were_deleted_gets_them_back(store: Store) -> None:
    source_id = add_interview(store, "R: Vi møtes hver onsdag.")
    coding_id = code_passage(store, source_id, add_code(store, "Møter"), "Vi møtes hver")
    correct(store, source_id, "Vi ", "")
    assert codings.load_coding(store, coding_id).text == "møtes hver"
    undo(store, coder_of(store))
    assert codings.load_coding(store, coding_id).text == "Vi møtes hver"
    assert check_store(store) == []


def test_variables_and_gathered_codes_keep_their_order_through_undo(store: Store) -> None:
    add_case(store, "Anna", {"rolle": "leder", "alder": "40", "sted": "A"})
    first, second = add_code(store, "B"), add_code(store, "A")
    with store.act("theme.add", coder_of(store)) as act:
        theme = notes.add_theme(act, "Å holde sammen")
        notes.set_theme_codes(act, theme.id, [first, second])
    with store.act("variable.remove", coder_of(store)) as act:
        cases.remove_variable(act, cases.load_variables(store)[0].id)
        notes.set_theme_codes(act, theme.id, [second])
    undo(store, coder_of(store))
    assert [variable.name for variable in cases.load_variables(store)] == ["rolle", "alder", "sted"]
    assert list(cases.load_cases(store)[0].values) == ["rolle", "alder", "sted"]
    assert notes.load_themes(store)[0].code_ids == (first, second)
    with store.act("theme.order", coder_of(store)) as act:
        notes.set_theme_codes(act, theme.id, [second, first])
    assert notes.load_themes(store)[0].code_ids == (second, first)


def test_a_removed_source_comes_back_with_all_that_stood_on_it(store: Store) -> None:
    source_id = add_interview(store, case="Anna")
    code_passage(store, source_id, add_code(store, "Møter"), "hver onsdag")
    choose_quote(store, source_id, "Det faste møtet")
    mark_passage(store, source_id, "fastlegen", "Hvem bestemmer?")
    write_memo(store, "Handlekraftig")
    write_memo(store, "Kort intervju", Target.SOURCE, source_id)
    before = state_of(store)
    with store.act("source.remove", coder_of(store), source_id) as act:
        sources.remove_source(act, source_id)
    assert sources.load_sources(store) == []
    assert codings.load_codings(store) == []
    assert [note.text for note in notes.load_notes(store)] == ["Handlekraftig"]
    assert check_store(store) == []
    undo(store, coder_of(store))
    assert state_of(store) == before
    assert span_of(store, source_id, "hver onsdag")
    assert len(quotes.load_quotes(store)) == 1
