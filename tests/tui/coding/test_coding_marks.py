"""What a student codes on the coding screen, by keys."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kodebok.domain.coding import Weight
from kodebok.domain.ids import new_id
from kodebok.domain.note import Note, NoteKind, Target
from kodebok.storage import codes, codings, notes, quotes, sources
from kodebok.study.opening import Study
from kodebok.tui.widgets.dialogs import AskText
from tests.tui.coding.rooms import coded, make_study, on_screen, press


@pytest.fixture
def study(tmp_path: Path) -> Study:
    return make_study(tmp_path / "studie")


async def test_marked_words_are_coded_by_a_digit(study: Study) -> None:
    async with on_screen(study) as (pilot, _screen):
        await press(pilot, "f", "W", "1")
    assert ("Vi", "Faste møtepunkt") in coded(study)


async def test_the_sentence_at_the_cursor_is_coded_when_nothing_is_marked(study: Study) -> None:
    async with on_screen(study) as (pilot, screen):
        await press(pilot, "f", "1")
        assert screen.reader.selected_text == "Vi møtes hver onsdag."
    assert ("Vi møtes hver onsdag.", "Faste møtepunkt") in coded(study)


async def test_several_codes_go_on_the_same_passage(study: Study) -> None:
    async with on_screen(study) as (pilot, _screen):
        await press(pilot, "f", "S", "1", "c", "'rol", "enter", "c", "'ramm", "enter")
    names = [name for words, name in coded(study) if words == "Vi møtes hver onsdag."]
    assert sorted(names) == ["Faste møtepunkt", "Rammer", "Roller"]


async def test_a_code_that_was_used_gets_a_digit_and_the_others_keep_theirs(study: Study) -> None:
    async with on_screen(study) as (pilot, screen):
        before = list(screen.recent)
        await press(pilot, "f", "c", "'ramm", "enter")
        assert list(screen.recent)[: len(before)] == before
        assert screen.desk.tree[screen.recent.at(2)].name == "Rammer"


async def test_the_picker_finds_a_code_by_parts_of_its_path(study: Study) -> None:
    async with on_screen(study) as (pilot, _screen):
        await press(pilot, "f", "c", "sam rol", "enter")
    assert ("Vi møtes hver onsdag.", "Roller") in coded(study)


async def test_a_name_that_is_not_there_becomes_a_code_below_a_parent(study: Study) -> None:
    async with on_screen(study) as (pilot, _screen):
        await press(pilot, "f", "c", "'Tavle", "enter", "'ramm", "enter")
    tree = codes.load_code_tree(study.store)
    assert tree.path(tree.find("Tavle")[0].id) == "Rammer/Tavle"
    assert ("Vi møtes hver onsdag.", "Tavle") in coded(study)


async def test_a_new_code_and_its_coding_are_undone_together(study: Study) -> None:
    async with on_screen(study) as (pilot, screen):
        before = coded(study)
        await press(pilot, "f", "n", "'Tavle", "enter", "enter")
        assert ("Vi møtes hver onsdag.", "Tavle") in coded(study)
        await press(pilot, "u")
        assert coded(study) == before
        assert not screen.desk.tree.find("Tavle")
        await press(pilot, "U")
        assert ("Vi møtes hver onsdag.", "Tavle") in coded(study)


async def test_ctrl_n_makes_the_code_at_the_top_at_once(study: Study) -> None:
    async with on_screen(study) as (pilot, _screen):
        await press(pilot, "f", "c", "'Tavle", "ctrl+n")
    tree = codes.load_code_tree(study.store)
    assert tree.find("Tavle")[0].parent_id is None


async def test_marked_words_become_a_code_in_one_key(study: Study) -> None:
    async with on_screen(study) as (pilot, _screen):
        await press(pilot, "f", "v", "w", "w", "i")
    assert ("Vi møtes", "Vi møtes") in coded(study)


async def test_a_coding_gets_another_code(study: Study) -> None:
    async with on_screen(study) as (pilot, screen):
        await press(pilot, "p", "r", "'rol", "enter")
        assert "Roller" in screen._status.words
    assert ("Det faste møtet", "Roller") in coded(study)
    assert ("Det faste møtet", "Faste møtepunkt") not in coded(study)


async def test_a_coding_is_taken_away_and_comes_back(study: Study) -> None:
    async with on_screen(study) as (pilot, _screen):
        await press(pilot, "p", "x")
        assert ("Det faste møtet", "Faste møtepunkt") not in coded(study)
        await press(pilot, "u")
        assert ("Det faste møtet", "Faste møtepunkt") in coded(study)


async def test_borders_are_moved_word_by_word(study: Study) -> None:
    async with on_screen(study) as (pilot, _screen):
        await press(pilot, "p", "a", "right", "right", "tab", "right", "enter")
    assert ("faste møtet er det", "Faste møtepunkt") in coded(study)


async def test_borders_stay_when_moving_them_is_given_up(study: Study) -> None:
    async with on_screen(study) as (pilot, screen):
        before = coded(study)
        await press(pilot, "p", "a", "right", "escape")
        assert screen.reader.has_focus
    assert coded(study) == before


async def test_a_passage_nuances_its_code(study: Study) -> None:
    async with on_screen(study) as (pilot, screen):
        await press(pilot, "p", "d", "d", "w")
        assert "nyanserer" in screen._status.words
    assert [c.weight for c in codings.load_codings(study.store)].count(Weight.NUANCES) == 1


async def test_a_passage_is_chosen_as_a_quote_and_let_go(study: Study) -> None:
    async with on_screen(study) as (pilot, _screen):
        await press(pilot, "p", "q")
        assert [quote.text for quote in quotes.load_quotes(study.store)] == ["Det faste møtet"]
        await press(pilot, "q")
        assert quotes.load_quotes(study.store) == []


async def test_a_passage_is_copied_with_its_reference(study: Study) -> None:
    async with on_screen(study) as (pilot, _screen):
        await press(pilot, "p", "R")
        assert pilot.app.clipboard == "Det faste møtet (I1, R)"


async def test_a_source_is_noted_as_read_and_as_unread(study: Study) -> None:
    async with on_screen(study) as (pilot, screen):
        await press(pilot, "s")
        assert "lest" in screen.title_text()
        assert list(sources.load_reads(study.store).values()) == [{study.coder.id}]
        await press(pilot, "escape", "s")
        assert sources.load_reads(study.store) == {}


async def test_after_coding_the_first_impression_is_looked_at_again(study: Study) -> None:
    async with on_screen(study) as (pilot, screen):
        source_id = screen.desk.source.id
        note = Note(new_id(), Target.SOURCE, source_id, study.coder.id, "Handlekraftig.")
        with study.store.act("memo.add", study.coder.id) as act:
            notes.add_note(act, replace(note, kind=NoteKind.FIRST_IMPRESSION))
        await press(pilot, "s")
        dialog = pilot.app.screen
        assert isinstance(dialog, AskText)
        assert "Handlekraftig." in dialog._hint
        await press(pilot, "N", "e", "i", "ctrl+s")
        kinds = {n.kind: n.text for n in notes.load_notes(study.store, Target.SOURCE, source_id)}
        assert kinds[NoteKind.AFTER_CODING] == "Nei"
        await press(pilot, "s", "s")
        assert pilot.app.screen is screen


async def test_every_code_at_the_cursor_is_named(study: Study) -> None:
    async with on_screen(study) as (pilot, screen):
        await press(pilot, "p", "c", "'rol", "enter", "P", "p")
        assert "Faste møtepunkt" in screen._status.words
        assert "Roller" in screen._status.words


async def test_the_tree_counts_as_one_codes(study: Study) -> None:
    async with on_screen(study, size=(120, 40)) as (pilot, screen):
        code = screen.desk.tree.find("Faste møtepunkt")[0]
        assert screen.desk.counts[code.id] == 2
        await press(pilot, "f", "1")
        assert screen.desk.counts[code.id] == 3
        drawn = screen._draw_code(code, 30)
        assert "3" in "".join(words for words, _role in drawn[0])


async def test_only_ones_own_codings_can_be_shown(tmp_path: Path) -> None:
    from tests import builders

    with builders.make_store(tmp_path / "s", coders=("Kari", "Ola")) as store:
        source = builders.add_interview(store)
        code = builders.add_code(store, "Møter")
        builders.code_passage(
            store, source, code, "hver onsdag", coder_id=builders.coder_of(store, "Ola")
        )
    from kodebok.study.opening import open_study

    async with on_screen(open_study(tmp_path / "s")) as (pilot, screen):
        await press(pilot, "p", "right")
        assert "Møter (Ola)" in screen._status.words
        await press(pilot, "V")
        assert screen.reader.codings_at_cursor == ()
