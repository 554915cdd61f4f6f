"""Two researchers, one study: whoever merges, both end with the same, and nothing is lost."""

from __future__ import annotations

import json
import random
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kodebok.coding.corrections import join_turns, set_speaker, split_turn
from kodebok.domain.merge import Choice, ConflictKind
from kodebok.domain.note import Target
from kodebok.domain.project import Project
from kodebok.errors import KodebokError
from kodebok.storage import anonymisation, cases, codes, codings, departures, notes, projects
from kodebok.storage import sources as sources_table
from kodebok.storage.database import Store
from kodebok.storage.history import load_events, redo, undo
from kodebok.storage.integrity import check_store
from kodebok.storage.merging import load_taken_events
from tests.builders import (
    add_case,
    add_code,
    add_interview,
    choose_quote,
    code_passage,
    coder_of,
    correct,
    make_store,
    state_of,
    write_memo,
)
from tests.study.merging_copies import (
    copy_of,
    look,
    merge,
    merging,
    opened,
    rows_of_study,
    start,
    work,
)

SEEDS = st.integers(0, 10**9)
MIRROR = {Choice.MINE: Choice.THEIRS, Choice.THEIRS: Choice.MINE}
TALK = "I: Hva gjør dere?\nR: Vi møtes hver onsdag på huset.\nI: Hvem er med?\nR: Alle."


@pytest.fixture
def kari(tmp_path: Path) -> Path:
    """Kari's copy: an interview, a code, a coding."""
    folder = tmp_path / "kari"
    with make_store(folder) as store:
        source_id = add_interview(store, TALK, case="Informant 1")
        code_passage(store, source_id, add_code(store, "Møter"), "hver onsdag")
    return folder


@pytest.fixture
def ola(kari: Path) -> Path:
    """Ola's copy of it."""
    return copy_of(kari, "ola")


def only_source(store: Store) -> str:
    return sources_table.load_sources(store)[0].id


def code_of(store: Store, name: str) -> str:
    return next(code.id for code in codes.load_code_tree(store) if code.name == name)


def both_ways(kari: Path, ola: Path, choice: Choice = Choice.MINE) -> None:
    """Merge into both, each from the other as it was, and see that they say the same."""
    kari_before, ola_before = copy_of(kari, "kari-before"), copy_of(ola, "ola-before")
    merge(kari, ola_before, choice)
    merge(ola, kari_before, MIRROR[choice])
    assert rows_of_study(kari) == rows_of_study(ola)


# Whoever merges ------------------------------------------------------------------------------


@settings(max_examples=25, deadline=None)
@given(SEEDS, st.sampled_from([Choice.MINE, Choice.THEIRS]))
def test_the_merged_study_does_not_depend_on_who_merges(seed: int, choice: Choice) -> None:
    with tempfile.TemporaryDirectory() as name:
        begun = start(Path(name), seed, 30)
        kari, ola = copy_of(begun, "kari"), copy_of(begun, "ola")
        work(kari, seed + 1, 25)
        work(ola, seed + 2, 25)
        both_ways(kari, ola, choice)


@settings(max_examples=15, deadline=None)
@given(SEEDS)
def test_a_merge_is_undone_and_redone_to_the_letter(seed: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        begun = start(Path(name), seed, 25)
        kari, ola = copy_of(begun, "kari"), copy_of(begun, "ola")
        work(kari, seed + 1, 20)
        work(ola, seed + 2, 20)
        with opened(kari) as store:
            before = state_of(store)
        if merge(kari, ola, Choice.MINE) is None:
            return
        with opened(kari) as store:
            after = state_of(store)
            undo(store, coder_of(store))
            assert state_of(store) == before
            assert check_store(store) == []
            redo(store, coder_of(store))
            assert state_of(store) == after
            assert check_store(store) == []


@settings(max_examples=20, deadline=None)
@given(SEEDS)
def test_what_either_made_is_in_the_merged_study(seed: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        begun = start(Path(name), seed, 25)
        kari, ola = copy_of(begun, "kari"), copy_of(begun, "ola")
        work(kari, seed + 1, 12)
        work(ola, seed + 2, 12)
        first, mine, theirs = (ids_of(folder) for folder in (begun, kari, ola))
        preview = look(kari, ola)
        if preview is None or preview.conflicts:
            return
        gone = set(preview.notices.lost_words)
        merge(kari, ola)
        merged = ids_of(kari)
        assert (mine - first) | (theirs - first) <= merged | gone
        assert first & mine & theirs <= merged | gone
        assert not merged & ((first - mine) | (first - theirs))


def ids_of(folder: Path) -> set[tuple[str, str]]:
    tables = ("sources", "cases", "codes", "codings", "notes", "quotes", "themes", "variables")
    with opened(folder) as store:
        return {(t, row[0]) for t in tables for row in store.rows(f"SELECT id FROM {t}")}


@pytest.mark.parametrize("names", ["ab", "abc"])
@settings(max_examples=5, deadline=None)
@given(seed=SEEDS)
def test_copies_merge_back_and_forth_and_are_asked_once(names: str, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - no secret
    with tempfile.TemporaryDirectory() as name:
        begun = start(Path(name), seed, 20)
        copies = [copy_of(begun, letter) for letter in names]
        for number in range(5):
            for place, folder in enumerate(copies):
                work(folder, seed + 10 * number + place, chance.randint(0, 6))
            one, other = chance.sample(copies, 2)
            merge(one, other, Choice.MINE)
            again = look(other, one)
            assert again is None or again.conflicts == ()
            if chance.random() < 0.5:
                merge(other, one)
                assert rows_of_study(one) == rows_of_study(other)


def test_three_copies_end_alike_when_each_has_taken_from_the_others(tmp_path: Path) -> None:
    begun = start(tmp_path, 7, 30)
    copies = [copy_of(begun, letter) for letter in "abc"]
    for place, folder in enumerate(copies):
        work(folder, 70 + place, 15)
    first, *rest = copies
    for folder in rest:
        merge(first, folder, Choice.MINE)
    for folder in rest:
        merge(folder, first)
        assert rows_of_study(folder) == rows_of_study(first)


def test_a_copy_that_did_nothing_becomes_as_the_other(kari: Path, ola: Path) -> None:
    work(ola, 3, 30)
    merge(kari, ola)
    assert rows_of_study(kari) == rows_of_study(ola)
    assert merge(ola, kari) is None


# What is taken -------------------------------------------------------------------------------


def test_a_coding_stands_on_its_words_where_the_other_corrected_the_text(
    kari: Path, ola: Path
) -> None:
    with opened(kari) as store:
        correct(store, only_source(store), "Hva gjør dere?", "Hva pleier dere å gjøre?")
    with opened(ola) as store:
        coding_id = code_passage(store, only_source(store), add_code(store, "Sted"), "på huset")
    both_ways(kari, ola)
    for folder in (kari, ola):
        with opened(folder) as store:
            text = sources_table.load_text(store, only_source(store))
            coding = codings.load_coding(store, coding_id)
            assert text.startswith("Hva pleier dere å gjøre?\nVi møtes")
            assert text[coding.start : coding.end] == coding.text == "på huset"


def test_turns_that_both_divided_at_other_places_are_all_there(kari: Path, ola: Path) -> None:
    for folder, word in ((kari, "hver"), (ola, "Hvem er med?")):
        with opened(folder) as store:
            source_id = only_source(store)
            text = sources_table.load_text(store, source_id)
            at = text.index(word) + (0 if word == "hver" else len("Hvem "))
            split_turn(store, coder_of(store), source_id, at)
    both_ways(kari, ola)
    with opened(kari) as store:
        assert len(sources_table.load_turns(store, only_source(store))) == 6


def test_a_voice_given_to_a_turn_that_the_other_joined_away_is_told(kari: Path, ola: Path) -> None:
    with opened(kari) as store:
        source_id = only_source(store)
        second = sources_table.load_turns(store, source_id)[1]
        set_speaker(store, coder_of(store), source_id, second.id, "Tolken")
    with opened(ola) as store:
        first = sources_table.load_turns(store, source_id)[0]
        correct(store, source_id, "Hva gjør", "Hva pleier dere å gjøre, hva gjør")
        join_turns(store, coder_of(store), first.id, source_id)
    at = len("Hva pleier dere å gjøre, hva gjør dere? ")
    for into, other in ((kari, ola), (ola, kari)):
        preview = look(into, other)
        assert preview is not None
        assert preview.notices.lost_voices == [(source_id, at)]
    both_ways(kari, ola)


def test_no_voice_is_lost_when_the_joined_turn_was_left_alone(kari: Path, ola: Path) -> None:
    with opened(kari) as store:
        source_id = only_source(store)
        turns = sources_table.load_turns(store, source_id)
        set_speaker(store, coder_of(store), source_id, turns[0].id, "Tolken")
        set_speaker(store, coder_of(store), source_id, turns[2].id, "Tolken")
        correct(store, source_id, "hver onsdag", "hver eneste onsdag")
    with opened(ola) as store:
        join_turns(store, coder_of(store), turns[0].id, source_id)
    preview = look(kari, ola)
    assert preview is not None
    assert preview.notices.lost_voices == []
    both_ways(kari, ola)
    with opened(ola) as store:
        voices = {one.id: one.label for one in sources_table.load_speakers(store, source_id)}
        spoken = [voices.get(t.speaker_id) for t in sources_table.load_turns(store, source_id)]
    assert spoken[:2] == ["Tolken", "Tolken"]


def test_what_the_other_coded_on_a_merged_code_goes_to_the_one_it_was_merged_into(
    kari: Path, ola: Path
) -> None:
    from kodebok.coding.codebook import merge_codes

    with opened(kari) as store:
        into = add_code(store, "Møtepunkt")
        merge_codes(store, coder_of(store), code_of(store, "Møter"), into)
    with opened(ola) as store:
        coding_id = code_passage(store, only_source(store), code_of(store, "Møter"), "Alle")
    both_ways(kari, ola)
    with opened(ola) as store:
        assert codings.load_coding(store, coding_id).code_id == into


def test_the_same_interview_brought_in_by_both_is_one_source(kari: Path, ola: Path) -> None:
    for folder, words in ((kari, "Alle er med"), (ola, "Alle er med")):
        with opened(folder) as store:
            source_id = add_interview(store, f"I: Hvem?\nR: {words}.", "Intervju 2", case="Per")
            code_passage(store, source_id, code_of(store, "Møter"), "Alle")
    with opened(ola) as store:
        code_passage(store, source_id, code_of(store, "Møter"), "er med")
    both_ways(kari, ola)
    with opened(kari) as store:
        assert [source.name for source in sources_table.load_sources(store)] == [
            "Intervju 1",
            "Intervju 2",
        ]
        assert [case.name for case in cases.load_cases(store)] == ["Informant 1", "Per"]
        assert len(codings.load_codings(store)) == 3


def test_two_texts_of_one_name_get_names_of_their_own(kari: Path, ola: Path) -> None:
    for folder, words in ((kari, "Ja."), (ola, "Nei.")):
        with opened(folder) as store:
            add_interview(store, f"R: {words}", "Intervju 2")
    both_ways(kari, ola)
    with opened(kari) as store:
        names = [source.name for source in sources_table.load_sources(store)]
    assert names == ["Intervju 1", "Intervju 2", "Intervju 2 (2)"]


def test_the_other_copys_acts_are_kept_with_who_did_them_and_when(kari: Path, ola: Path) -> None:
    with opened(ola) as store:
        add_code(store, "Roller")
        undo(store, coder_of(store))
        add_code(store, "Ledelse")
        done = load_events(store, 3)
    number = merge(kari, ola)
    with opened(kari) as store:
        taken = list(load_taken_events(store))
        event = load_events(store, 1)[0]
        heads = json.loads(store.rows("SELECT body FROM events ORDER BY seq DESC")[0][0])["heads"]
    assert [one.hash for one in taken] == [one.hash for one in reversed(done)]
    assert [json.loads(one.body)["kind"] for one in taken] == ["code.add", "undo", "code.add"]
    assert (event.kind, event.seq, event.subject) == ("merge.take", number, done[0].hash)
    assert heads[1] == done[0].hash


def test_acts_that_came_from_the_other_copy_cannot_be_changed_unseen(kari: Path, ola: Path) -> None:
    with opened(ola) as store:
        add_code(store, "Roller")
    merge(kari, ola)
    with opened(kari) as store:
        store.db.execute("UPDATE merged_events SET body = replace(body, 'code.add', 'code.x')")
        assert [fault.kind for fault in check_store(store)] == ["taken"]


def test_the_other_copy_is_never_changed(kari: Path, ola: Path) -> None:
    with opened(ola) as store:
        add_code(store, "Roller")
    before = {path: path.read_bytes() for path in ola.rglob("*") if path.is_file()}
    merge(kari, ola)
    assert {path: path.read_bytes() for path in ola.rglob("*") if path.is_file()} == before
    assert not list(kari.glob(".kodebok-*"))


def test_a_merge_that_was_taken_back_is_made_again(kari: Path, ola: Path) -> None:
    with opened(ola) as store:
        add_code(store, "Roller")
    merge(kari, ola)
    with opened(kari) as store:
        undo(store, coder_of(store))
        add_code(store, "Ledelse")
    merge(kari, ola)
    with opened(kari) as store:
        assert {code.name for code in codes.load_code_tree(store)} == {
            "Møter",
            "Roller",
            "Ledelse",
        }


# Conflicts -----------------------------------------------------------------------------------


def conflict_between(kari: Path, ola: Path) -> tuple[ConflictKind, str, str]:
    preview = look(kari, ola)
    assert preview is not None
    (conflict,) = preview.conflicts
    return conflict.kind, conflict.table, conflict.column


def test_two_new_names_for_one_code_are_a_conflict(kari: Path, ola: Path) -> None:
    for folder, name in ((kari, "Møtepunkt"), (ola, "Onsdager")):
        with opened(folder) as store, store.act("code.rename", coder_of(store)) as act:
            codes.change_code(act, code_of(store, "Møter"), name=name)
    assert conflict_between(kari, ola) == (ConflictKind.VALUE, "codes", "name")
    with pytest.raises(KodebokError) as refused:
        merge(kari, ola)
    assert refused.value.code == "K968"
    both_ways(kari, ola, Choice.THEIRS)
    with opened(kari) as store:
        assert [code.name for code in codes.load_code_tree(store)] == ["Onsdager"]


def test_nothing_is_written_while_a_conflict_is_open(kari: Path, ola: Path) -> None:
    for folder, words in ((kari, "tirsdag"), (ola, "torsdag")):
        with opened(folder) as store:
            correct(store, only_source(store), "onsdag", words)
    before = (kari / "kodebok.db").read_bytes()
    with pytest.raises(KodebokError):
        merge(kari, ola)
    assert (kari / "kodebok.db").read_bytes() == before
    assert conflict_between(kari, ola)[:2] == (ConflictKind.TEXT, "texts")


def test_both_memos_can_be_kept_where_both_wrote_on(kari: Path, tmp_path: Path) -> None:
    with opened(kari) as store:
        note_id = write_memo(store, "Først.")
    ola = copy_of(kari, "ola")
    for folder, words in ((kari, "Karis ord."), (ola, "Olas ord.")):
        with opened(folder) as store, store.act("memo.change", coder_of(store)) as act:
            notes.change_note(act, note_id, text=words)
    with merging(kari, ola) as (store, found):
        (conflict,) = found.preview().unsettled
        found.choices[conflict.key] = Choice.BOTH
        found.take()
        assert [note.text for note in notes.load_notes(store)] == ["Karis ord.\nOlas ord."]


@pytest.mark.parametrize(("choice", "left"), [(Choice.MINE, 0), (Choice.THEIRS, 2)])
def test_a_code_that_one_deleted_and_the_other_used(
    kari: Path, ola: Path, choice: Choice, left: int
) -> None:
    with opened(kari) as store, store.act("code.delete", coder_of(store)) as act:
        codes.remove_code(act, code_of(store, "Møter"))
    with opened(ola) as store:
        code_passage(store, only_source(store), code_of(store, "Møter"), "Alle")
    assert conflict_between(kari, ola) == (ConflictKind.DELETED, "codes", "")
    both_ways(kari, ola, choice)
    with opened(kari) as store:
        assert len(codings.load_codings(store)) == left


def test_words_that_one_removed_and_the_other_coded_are_a_conflict(kari: Path, ola: Path) -> None:
    with opened(kari) as store:
        correct(store, only_source(store), " på huset", "")
    with opened(ola) as store:
        coding_id = code_passage(store, only_source(store), code_of(store, "Møter"), "på huset")
    assert conflict_between(kari, ola)[0] is ConflictKind.TEXT
    both_ways(kari, ola, Choice.THEIRS)
    with opened(kari) as store:
        assert codings.load_coding(store, coding_id).text == "på huset"


@pytest.mark.parametrize(("choice", "count"), [(Choice.MINE, 1), (Choice.BOTH, 2)])
def test_a_code_that_both_made_is_one_or_two_as_they_say(
    kari: Path, ola: Path, choice: Choice, count: int
) -> None:
    for folder, words in ((kari, "Karis."), (ola, "Olas.")):
        with opened(folder) as store:
            code_id = add_code(store, "Roller", definition=words)
            code_passage(store, only_source(store), code_id, "Alle")
    assert conflict_between(kari, ola) == (ConflictKind.NAME, "codes", "name")
    with merging(kari, ola) as (store, found):
        (conflict,) = found.preview().unsettled
        found.choices[conflict.key] = choice
        found.take()
        tree = codes.load_code_tree(store)
        named = [code for code in tree if code.name.startswith("Roller")]
        assert len(named) == count
        assert check_store(store) == []
        if choice is Choice.MINE:
            assert named[0].definition == "Karis."


def test_codes_moved_under_each_other_make_no_circle(kari: Path, tmp_path: Path) -> None:
    with opened(kari) as store:
        add_code(store, "Roller")
    ola = copy_of(kari, "ola")
    for folder, moved, under in ((kari, "Møter", "Roller"), (ola, "Roller", "Møter")):
        with opened(folder) as store, store.act("code.move", coder_of(store)) as act:
            codes.change_code(act, code_of(store, moved), parent_id=code_of(store, under))
    assert conflict_between(kari, ola)[0] is ConflictKind.CIRCLE
    both_ways(kari, ola)
    with opened(kari) as store:
        assert codes.load_code_tree(store).path(code_of(store, "Møter")) == "Roller/Møter"


def test_what_was_settled_is_not_asked_in_the_other_copy(kari: Path, ola: Path) -> None:
    for folder, words in ((kari, "tirsdag"), (ola, "torsdag")):
        with opened(folder) as store:
            correct(store, only_source(store), "onsdag", words)
    merge(kari, ola, Choice.MINE)
    assert merge(ola, kari) is not None
    assert rows_of_study(ola) == rows_of_study(kari)


# What is refused -----------------------------------------------------------------------------


def test_another_study_is_refused(kari: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    make_store(other).close()
    assert refusal(kari, other) == "K963"


def test_a_copy_that_is_anonymised_is_refused_where_this_one_is_not(kari: Path, ola: Path) -> None:
    with opened(ola) as store, store.act("anonymise.apply", coder_of(store)) as act:
        state = anonymisation.load_state(store)
        anonymisation.write_state(
            act, anonymisation.AnonymisationState(state.id, "2026", 1, is_applied=True)
        )
    assert refusal(kari, ola) == "K965"
    assert refusal(ola, kari) == "K965"


def test_the_study_itself_and_nothing_at_all_are_refused(kari: Path, tmp_path: Path) -> None:
    assert refusal(kari, kari) == "K960"
    assert refusal(kari, kari / "kodebok.db") == "K960"
    assert refusal(kari, tmp_path / "nowhere") == "K961"


def test_a_damaged_copy_is_refused(kari: Path, ola: Path) -> None:
    with opened(ola) as store:
        store.db.execute("UPDATE codings SET text = 'noe annet'")
    assert refusal(kari, ola) == "K964"


def test_a_study_that_was_changed_meanwhile_is_not_written_to(kari: Path, ola: Path) -> None:
    with opened(ola) as store:
        add_code(store, "Roller")
    with merging(kari, ola) as (store, found):
        preview = found.preview()
        add_code(store, "Ledelse")
        with pytest.raises(KodebokError) as refused:
            found.take(preview)
    assert refused.value.code == "K966"


def refusal(into: Path, other: Path) -> str:
    with pytest.raises(KodebokError) as refused:
        merge(into, other)
    return refused.value.code


# Anonymised copies ---------------------------------------------------------------------------


def take_words_out_of_history(folder: Path) -> None:
    with opened(folder) as store:
        store.db.execute("UPDATE payloads SET text = NULL, salt = NULL, sealed = 1")


def test_copies_whose_history_has_lost_its_words_are_merged_without_a_question(
    kari: Path, ola: Path
) -> None:
    for folder in (kari, ola):
        with opened(folder) as store:
            correct(store, only_source(store), "på huset", "i [bygg]")
            code_passage(store, only_source(store), code_of(store, "Møter"), "Alle")
    with opened(ola) as store:
        first = codings.load_codings(store)[0]
        code_passage(store, only_source(store), add_code(store, "Sted"), "i [bygg]")
        with store.act("coding.remove", coder_of(store)) as act:
            codings.remove_coding(act, first.id)
    for folder in (kari, ola):
        take_words_out_of_history(folder)
    preview = look(kari, ola)
    assert preview is not None
    assert preview.conflicts == ()
    both_ways(kari, ola)
    with opened(kari) as store:
        assert sorted(coding.text for coding in codings.load_codings(store)) == ["Alle", "i [bygg]"]


def test_texts_without_a_known_beginning_are_asked_about_where_they_differ(
    kari: Path, ola: Path
) -> None:
    for folder, words in ((kari, "tirsdag"), (ola, "torsdag")):
        with opened(folder) as store:
            correct(store, only_source(store), "onsdag", words)
        take_words_out_of_history(folder)
    assert conflict_between(kari, ola)[:2] == (ConflictKind.TEXT, "texts")
    both_ways(kari, ola, Choice.THEIRS)
    with opened(kari) as store:
        assert "torsdag" in sources_table.load_text(store, only_source(store))


# Erasure -------------------------------------------------------------------------------------


@pytest.fixture
def withdrawn(kari: Path, ola: Path) -> Iterator[tuple[Path, Path, str]]:
    """Kari has erased an interview for good; Ola has coded it, and noted something on it."""
    with opened(ola) as store:
        source_id = only_source(store)
        coding_id = code_passage(store, source_id, code_of(store, "Møter"), "Alle")
        write_memo(store, "Hemmelig memo", Target.CODING, coding_id)
        choose_quote(store, source_id, "på huset")
    with opened(kari) as store:
        erase(store, source_id)
    return kari, ola, source_id


def erase(store: Store, source_id: str) -> None:
    case_id = add_case(store, "Informant 1")
    with store.act("case.withdraw", coder_of(store), case_id) as act:
        sources_table.remove_source(act, source_id)
        cases.remove_case(act, case_id)
        departures.add_erasures(act, [source_id, case_id])
    store.db.execute("UPDATE payloads SET text = NULL, salt = NULL")


def test_what_one_copy_erased_for_good_goes_from_the_other(
    withdrawn: tuple[Path, Path, str],
) -> None:
    kari, ola, source_id = withdrawn
    preview = look(ola, kari)
    assert preview is not None
    assert preview.conflicts == ()
    merge(ola, kari)
    with opened(ola) as store:
        assert sources_table.load_sources(store) == []
        assert codings.load_codings(store) == []
        assert source_id in departures.load_erasures(store)
        left = [row[0] for row in store.rows("SELECT text FROM payloads WHERE text IS NOT NULL")]
    assert not any("onsdag" in text or "Alle" in text for text in left)
    assert b"onsdag" not in (ola / "kodebok.db").read_bytes()


def test_what_one_copy_erased_for_good_does_not_come_back_by_merge_or_undo(
    withdrawn: tuple[Path, Path, str],
) -> None:
    kari, ola, _source_id = withdrawn
    with opened(ola) as store:
        add_code(store, "Roller")
    merge(kari, ola)
    merge(ola, kari)
    for folder in (kari, ola):
        with opened(folder) as store:
            assert {code.name for code in codes.load_code_tree(store)} == {"Møter", "Roller"}
            while True:
                try:
                    undo(store, coder_of(store))
                except KodebokError:
                    break
            assert sources_table.load_sources(store) == []
            assert store.rows("SELECT count(*) FROM codings") == [(0,)]


def test_a_project_is_known_by_its_id_not_its_title(kari: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    with Store.create(other) as store, store.act("project.create", "x") as act:
        projects.add_project(act, Project("another", "Studie"))
        projects.insert_user(act, projects.User("x", "Kari"))
    assert refusal(kari, other) == "K963"
