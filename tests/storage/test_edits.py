"""A coding stays on its words when the text is corrected."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kodebok.domain.coding import Coding
from kodebok.domain.ids import new_id
from kodebok.domain.note import Condensation, Target
from kodebok.domain.span import Edit, Span, carry_span
from kodebok.domain.text import count_words
from kodebok.storage import cases, codes, codings, notes, quotes, sources
from kodebok.storage.database import Store
from kodebok.storage.history import redo, undo
from kodebok.storage.integrity import check_store
from kodebok.storage.search import WordQuery, search_turns
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
    state_of,
    write_memo,
)

TALK = "I: Hva gjør dere?\nR: Vi møtes hver onsdag på huset.\nI: Hvem?\nR: Alle."


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with make_store(tmp_path) as made:
        yield made


def words_of(store: Store, coding_id: str) -> str:
    coding = codings.load_coding(store, coding_id)
    text = sources.load_text(store, coding.source_id)
    assert text[coding.start : coding.end] == coding.text
    return coding.text


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("gjør dere", "pleier dere å gjøre"),
        ("Hva gjør", "Hva"),
        ("Vi ", "Vi, altså, "),
        ("Vi", "V"),
    ],
)
def test_a_coding_keeps_its_words_when_what_stands_before_is_corrected(
    store: Store, old: str, new: str
) -> None:
    source_id = add_interview(store, TALK)
    coding_id = code_passage(store, source_id, add_code(store, "Møter"), "hver onsdag")
    correct(store, source_id, old, new)
    assert words_of(store, coding_id) == "hver onsdag"
    assert check_store(store) == []


@pytest.mark.parametrize(
    ("coded", "old", "new", "kept"),
    [
        ("hver onsdag", "onsdag", "tirsdag", "hver tirsdag"),
        ("møtes hver", "Vi møtes", "Vi møtte hverandre", "Vi møtte hverandre hver"),
        ("hver onsdag på", " onsdag", "", "hver på"),
        ("onsdag på", "hver ons", "", "dag på"),
    ],
)
def test_a_coding_on_a_corrected_word_takes_the_new_word(
    store: Store, coded: str, old: str, new: str, kept: str
) -> None:
    source_id = add_interview(store, TALK)
    coding_id = code_passage(store, source_id, add_code(store, "Møter"), coded)
    correct(store, source_id, old, new)
    assert words_of(store, coding_id) == kept
    assert check_store(store) == []


def test_words_put_in_first_in_a_turn_belong_to_that_turn(store: Store) -> None:
    source_id = add_interview(store, TALK)
    correct(store, source_id, "Alle", "Ja, alle")
    turns = sources.load_turns(store, source_id)
    text = sources.load_text(store, source_id)
    assert [text[turn.start : turn.end] for turn in turns] == [
        "Hva gjør dere?",
        "Vi møtes hver onsdag på huset.",
        "Hvem?",
        "Ja, alle.",
    ]
    correct(store, source_id, "Ja", "")
    assert check_store(store) == []


def test_a_correction_is_found_by_search_and_the_old_word_is_not(store: Store) -> None:
    source_id = add_interview(store, TALK)
    correct(store, source_id, "onsdag", "tirsdag")
    assert search_turns(store, WordQuery.parse("onsdag")) == []
    assert len(search_turns(store, WordQuery.parse("tirsdag"))) == 1
    undo(store, coder_of(store))
    assert len(search_turns(store, WordQuery.parse("onsdag"))) == 1
    assert search_turns(store, WordQuery.parse("tirsdag")) == []


def test_the_count_of_words_and_of_edits_follows(store: Store) -> None:
    source_id = add_interview(store, TALK)
    correct(store, source_id, "onsdag på huset", "uke")
    source = sources.load_source(store, source_id)
    assert source.words == count_words(sources.load_text(store, source_id))
    assert source.version == 2


@pytest.mark.parametrize(
    "edit",
    [
        Edit(0, "Hva gjør dere?\nVi", "Vi"),
        Edit(14, "\n", " "),
        Edit(0, "feil", "ord"),
        Edit(-1, "", "x"),
        Edit(10_000, "", "x"),
        Edit(3, "", "\r"),
        Edit(3, "", "\u0301"),
        Edit(3, "", "a\u030a"),
        Edit(3, "", "\ufeff"),
    ],
)
def test_an_edit_over_turns_or_of_text_that_is_not_canonical_is_refused(
    store: Store, edit: Edit
) -> None:
    source_id = add_interview(store, "I: Hva gjør dere?\nR: Vi møtes.")
    before = state_of(store)

    def make_the_edit() -> None:
        with store.act("text.correct", coder_of(store), source_id) as act:
            act.edit_text(source_id, edit)

    with pytest.raises(ValueError, match=r"edit|offset"):
        make_the_edit()
    assert state_of(store) == before


def test_a_coding_without_words_goes_but_its_memo_stays_at_the_place(store: Store) -> None:
    source_id = add_interview(store, TALK)
    coding_id = code_passage(store, source_id, add_code(store, "Møter"), "hver onsdag")
    write_memo(store, "Alltid onsdag?", Target.CODING, coding_id)
    with store.act("condense", coder_of(store)) as act:
        notes.write_condensation(act, Condensation(new_id(), "ukentlig", coding_id=coding_id))
    before = state_of(store)
    correct(store, source_id, " hver onsdag", "")
    assert codings.load_codings(store) == []
    assert notes.load_condensations(store) == []
    (memo,) = notes.load_notes(store)
    place = len("Hva gjør dere?\nVi møtes")
    assert (memo.target, memo.target_id, memo.text) == (Target.PASSAGE, source_id, "Alltid onsdag?")
    assert (memo.start, memo.end) == (place, place)
    assert check_store(store) == []
    undo(store, coder_of(store))
    assert state_of(store) == before


def test_a_quote_and_a_memo_without_words_stay_on_an_empty_place(store: Store) -> None:
    source_id = add_interview(store, TALK)
    choose_quote(store, source_id, "hver onsdag")
    mark_passage(store, source_id, "onsdag", "Hvorfor?")
    before = state_of(store)
    correct(store, source_id, " hver onsdag på", "")
    (quote,), (memo,) = quotes.load_quotes(store), notes.load_notes(store)
    assert quote.start == quote.end == memo.start == memo.end
    assert quote.text == "hver onsdag", "what was chosen is still known"
    correct(store, source_id, "Vi", "Da vi")
    (moved,) = quotes.load_quotes(store)
    assert moved.start == moved.end == quote.start + 3
    undo(store, coder_of(store))
    undo(store, coder_of(store))
    assert state_of(store) == before


def test_merging_codes_keeps_the_memo_of_a_passage_that_both_had(store: Store) -> None:
    source_id = add_interview(store, TALK)
    roles, duties = add_code(store, "Roller"), add_code(store, "Oppgaver")
    twin = code_passage(store, source_id, roles, "hver onsdag")
    double = code_passage(store, source_id, duties, "hver onsdag")
    other = code_passage(store, source_id, duties, "på huset")
    memo_id = write_memo(store, "Uklart", Target.CODING, double)
    with store.act("condense", coder_of(store)) as act:
        notes.write_condensation(act, Condensation(new_id(), "ukentlig", coding_id=double))
    before = state_of(store)
    with store.act("code.merge", coder_of(store)) as act:
        codes.move_uses(act, duties, roles)
        codes.remove_code(act, duties)
    assert {coding.id: coding.code_id for coding in codings.load_codings(store)} == {
        twin: roles,
        other: roles,
    }
    assert [(note.id, note.target_id) for note in notes.load_notes(store)] == [(memo_id, twin)]
    assert [item.coding_id for item in notes.load_condensations(store)] == [twin]
    undo(store, coder_of(store))
    assert state_of(store) == before


def test_the_children_of_a_removed_code_move_up(store: Store) -> None:
    child = add_code(store, "Samhandling/Roller/Ansvar")
    tree = codes.load_code_tree(store)
    (middle,) = tree.find("Roller")
    with store.act("code.remove", coder_of(store)) as act:
        codes.remove_code(act, middle.id)
    assert codes.load_code_tree(store).path(child) == "Samhandling/Ansvar"


def test_removing_a_case_leaves_its_interview(store: Store) -> None:
    source_id = add_interview(store, TALK, case="Anna")
    case_id = add_case(store, "Anna", {"rolle": "leder"})
    write_memo(store, "Handlekraftig", Target.CASE, case_id)
    before = state_of(store)
    with store.act("case.remove", coder_of(store)) as act:
        cases.remove_case(act, case_id)
    assert sources.load_source(store, source_id).case_id is None
    assert notes.load_notes(store) == []
    assert check_store(store) == []
    undo(store, coder_of(store))
    assert state_of(store) == before


LINE = st.text(alphabet="ab åø.,", min_size=0, max_size=25)


@st.composite
def talks(draw: st.DrawFn) -> str:
    lines = draw(st.lists(LINE, min_size=1, max_size=5))
    lines[0] = f"a{lines[0]}"
    return "\n".join(lines)


def draw_span(data: st.DataObject, text: str) -> Span | None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    return Span(start, end) if text[start:end].strip() else None


@settings(max_examples=60, deadline=None)
@given(talks(), st.data())
def test_random_edits_of_random_codings_keep_the_words(talk: str, data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder, make_store(Path(folder)) as store:
        store.db.execute("PRAGMA synchronous=OFF")
        source_id, code_id, me = (
            add_interview(store, talk),
            add_code(store, "Kode"),
            coder_of(store),
        )
        text = sources.load_text(store, source_id)
        spans = {}
        with store.act("coding.add", me) as act:
            for _ in range(data.draw(st.integers(1, 6))):
                span = draw_span(data, text)
                if span is not None:
                    words = text[span.start : span.end]
                    coding = Coding(new_id(), source_id, code_id, me, *_ends(span), words)
                    codings.add_coding(act, coding)
                    spans[coding.id] = span
        states = [state_of(store)]
        for _ in range(data.draw(st.integers(1, 4))):
            turn = data.draw(st.sampled_from(sources.load_turns(store, source_id)))
            start = data.draw(st.integers(turn.start, turn.end))
            end = data.draw(st.integers(start, turn.end))
            edit = Edit(start, text[start:end], data.draw(LINE))
            if edit.removed == edit.inserted:
                continue
            with store.act("text.correct", me, source_id) as act:
                act.edit_text(source_id, edit)
            expected_text = edit.apply(text)
            carried = {coding_id: carry_span(span, edit) for coding_id, span in spans.items()}
            for coding_id, span in spans.items():
                outside = span.end <= edit.start or span.start >= edit.end
                new = carried[coding_id]
                if outside:
                    assert new is not None
                    assert expected_text[new.start : new.end] == text[span.start : span.end]
            spans = {
                coding_id: span
                for coding_id, span in carried.items()
                if span and expected_text[span.start : span.end].strip()
            }
            text = expected_text
            assert sources.load_text(store, source_id) == text
            assert {c.id: c.span for c in codings.load_codings(store)} == spans
            assert check_store(store) == []
            states.append(state_of(store))
        for expected in states[-2::-1]:
            undo(store, me)
            assert state_of(store) == expected
        for expected in states[1:]:
            redo(store, me)
            assert state_of(store) == expected


def _ends(span: Span) -> tuple[int, int]:
    return span.start, span.end
