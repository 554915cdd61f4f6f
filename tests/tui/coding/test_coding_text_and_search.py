"""Correcting, writing memos and searching on the coding screen; what another program changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from kodebok.coding import codebook, corrections
from kodebok.domain.coding import CodingOrigin
from kodebok.domain.note import NoteKind, Target
from kodebok.domain.span import Span
from kodebok.storage import codings, notes, sources
from kodebok.study.opening import Study, open_study
from tests.tui.coding.rooms import coded, make_study, on_screen, press, text_of


@pytest.fixture
def study(tmp_path: Path) -> Study:
    return make_study(tmp_path / "studie")


async def test_a_correction_leaves_codings_on_their_words(study: Study) -> None:
    async with on_screen(study) as (pilot, screen):
        await press(pilot, "f", "e", "'Nei. ", "enter")
        assert "Nei. Vi møtes hver onsdag." in screen.reader.document.text
        here = screen.reader.document.text
        coding = next(iter(screen.desk.codings.values()))
        assert here[coding.start : coding.end] == "Det faste møtet"
    assert ("Det faste møtet", "Faste møtepunkt") in coded(study)


async def test_a_correction_is_left_by_escape(study: Study) -> None:
    async with on_screen(study) as (pilot, _screen):
        before = text_of(study, "I1")
        await press(pilot, "f", "e", "'Nei. ", "escape")
    assert text_of(study, "I1") == before


async def test_a_turn_is_divided_at_the_cursor_and_joined_again(study: Study) -> None:
    async with on_screen(study) as (pilot, screen):
        await press(pilot, "f", "right_parenthesis", "t", "enter")
        assert "onsdag.\nDet faste" in text_of(study, "I1")
        assert len(screen.desk.turns) == 5
        await press(pilot, "F", "F", "f", "t", "down", "enter")
        assert "onsdag. Det faste" in text_of(study, "I1")
    assert ("Det faste møtet", "Faste møtepunkt") in coded(study)


async def test_a_turn_is_given_to_a_new_voice(study: Study) -> None:
    async with on_screen(study) as (pilot, screen):
        await press(pilot, "f", "t", "down", "down", "enter", "end", "enter", "'Lege", "enter")
        labels = [screen.reader.document.label(turn) for turn in screen.desk.turns]
        assert labels == ["I", "Lege", "I", "R"]


async def test_a_memo_on_a_coding_is_kept_and_shown(study: Study) -> None:
    async with on_screen(study, size=(120, 40)) as (pilot, screen):
        await press(pilot, "p", "m", "ctrl+k", "Husk dette", "ctrl+s")
        await pilot.pause(0.3)
        pane = screen.query_one("#memos")
        assert [note.text for note in pane.rows.items] == ["Husk dette"]
        assert "memo" in screen._status.words or "Memo" in screen._status.words
    (note,) = notes.load_notes(study.store)
    assert (note.target, note.kind) == (Target.CODING, NoteKind.FIRST_IMPRESSION)


async def test_a_memo_on_marked_words_stands_on_them(study: Study) -> None:
    async with on_screen(study) as (pilot, _screen):
        await press(pilot, "f", "W", "m", "'Hvem", "ctrl+s")
    (note,) = notes.load_notes(study.store)
    text = text_of(study, "I1")
    assert note.target is Target.PASSAGE
    assert text[note.start or 0 : note.end or 0] == "Vi"


async def test_an_unkept_memo_is_not_dropped_by_one_escape(study: Study) -> None:
    async with on_screen(study) as (pilot, _screen):
        await press(pilot, "m", "'Hei", "escape", "ctrl+s")
    assert [note.text for note in notes.load_notes(study.store)] == ["Hei"]


async def test_hits_show_while_one_types_and_enter_goes_there(study: Study) -> None:
    async with on_screen(study) as (pilot, screen):
        await press(pilot, "slash", "'ergo")
        assert [hit.text for hit in screen._hits] == ["Ergoterapeut"]
        await press(pilot, "enter", "enter")
        assert screen.reader.selected_text == "Ergoterapeut"
        assert screen.reader.has_focus


async def test_escape_brings_the_cursor_back_to_where_the_search_began(study: Study) -> None:
    async with on_screen(study) as (pilot, screen):
        await press(pilot, "f")
        begun = screen.reader.cursor_offset
        await press(pilot, "slash", "'ergo", "escape")
        assert screen.reader.cursor_offset == begun
        assert not screen.search_pane.display


async def test_chosen_hits_in_all_sources_are_coded_together(study: Study) -> None:
    async with on_screen(study) as (pilot, _screen):
        await press(pilot, "slash", "'møte", "ctrl+t", "enter", "a", "w", "w", "2")
        assert ("møtet", "Faste møtepunkt") not in coded(study)
        await press(pilot, "c", "'roll", "enter")
        found = [item for item in codings.load_codings(study.store) if item.text == "møte"]
        assert {coding.origin for coding in found} == {CodingOrigin.SEARCH}
        words = [words for words, name in coded(study) if name == "Roller"]
        assert words == ["møtes", "møtet", "møte", "møte"]
        await press(pilot, "escape", "u")
        assert "Roller" not in [name for _words, name in coded(study)]


async def test_next_hit_goes_on_into_the_next_source(study: Study) -> None:
    async with on_screen(study) as (pilot, screen):
        await press(pilot, "slash", "'kaffe", "ctrl+t", "enter", "enter")
        assert screen.desk.source.name == "I2"
        assert screen.reader.selected_text == "Kaffemaskinen"


async def test_typed_brackets_stay_on_the_screen(study: Study) -> None:
    async with on_screen(study) as (pilot, screen):
        await press(pilot, "o", "down", "enter")
        assert "[latter]" in screen.reader.document.text
        await press(pilot, "f", "e", "'[bold] ", "enter")
    assert "[bold] [latter]" in text_of(study, "I2")


async def test_the_cursor_stays_on_its_words_when_another_program_corrects(study: Study) -> None:
    async with on_screen(study) as (pilot, screen):
        await press(pilot, "f", "right_parenthesis")
        other = open_study(study.folder)
        source = sources.load_sources(other.store)[0]
        corrections.correct_text(other.store, other.coder.id, source.id, Span(0, 4), "Hvorledes")
        other.close()
        screen.reload_if_changed()
        await pilot.pause()
        offset = screen.reader.cursor_offset
        assert screen.reader.document.text[offset:].startswith("Det faste")


async def test_codes_of_another_program_appear(study: Study) -> None:
    async with on_screen(study) as (pilot, screen):
        other = open_study(study.folder)
        codebook.add_code(other.store, other.coder.id, "Nykommer")
        other.close()
        await press(pilot, "f", "1")
        assert [code.name for code in screen.tree_rows.items if code.name == "Nykommer"]


async def test_the_place_is_kept_between_two_sittings(study: Study) -> None:
    async with on_screen(study) as (pilot, screen):
        await press(pilot, "o", "down", "enter", "f")
        offset = screen.reader.cursor_offset
        assert offset > 0
    async with on_screen(open_study(study.folder)) as (pilot, screen):
        assert screen.desk.source.name == "I2"
        assert screen.reader.cursor_offset == offset


async def test_an_empty_study_says_what_to_do(tmp_path: Path) -> None:
    from tests import builders

    builders.make_store(tmp_path / "tom").close()
    async with on_screen(open_study(tmp_path / "tom")) as (pilot, screen):
        await press(pilot, "c", "1", "x", "e", "q", "m", "i", "n", "s", "a", "R", "slash", "t")
        assert "Ingen kilder" in screen._status.words


async def test_panes_open_over_the_text_on_a_small_screen(study: Study) -> None:
    async with on_screen(study) as (pilot, screen):
        assert not screen.query_one("#tree").display
        await press(pilot, "C")
        assert screen.query_one("#tree").display
        await press(pilot, "escape")
        assert not screen.query_one("#tree").display
        assert screen.reader.has_focus


async def test_excerpts_follow_the_code_at_the_cursor(study: Study) -> None:
    async with on_screen(study, size=(120, 40)) as (pilot, screen):
        await press(pilot, "p")
        await pilot.pause(0.3)
        pane = screen.query_one("#excerpts")
        assert [e.text for e in pane.rows.items] == ["Det faste møtet", "Kaffemaskinen"]
