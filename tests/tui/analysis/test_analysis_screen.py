"""The analysis screen, used as a student uses it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from kodebok.domain.project import Method
from kodebok.storage import codes, notes, projects
from kodebok.study.opening import Study, open_study
from kodebok.tui.screens.analysis import AnalysisScreen
from tests import builders
from tests.tui.piloting import opened, press, seen, told, write
from tests.tui.studies import make_empty_study, make_small_study

TWICE = 2


def in_method(study: Study, method: Method) -> Study:
    project = study.project()
    with study.store.act("project.change", study.coder.id, project.id) as act:
        projects.change_project(act, project.id, method=method)
    return study


@asynccontextmanager
async def analysing(
    study: Study, folder: Path, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[Pilot[Any]]:
    async with opened(study, folder, size) as pilot:
        await press(pilot, "f12")
        yield pilot


def screen_of(pilot: Pilot[Any]) -> AnalysisScreen:
    screen = pilot.app.screen_stack[0]
    assert isinstance(screen, AnalysisScreen)
    return screen


def go_to_code(pilot: Pilot[Any], name: str) -> None:
    screen = screen_of(pilot)
    code_id = next(code.id for code in screen.tree_of_codes if code.name == name)
    place = next(place for place in screen.places.items if place.code_id == code_id)
    screen.places.go_to(place.key)


def condensed(study: Study) -> list[str]:
    return sorted(item.text for item in notes.load_condensations(study.store))


async def test_passages_are_condensed_one_after_the_other(tmp_path: Path) -> None:
    study = make_small_study(tmp_path / "s")
    async with analysing(study, tmp_path) as pilot:
        go_to_code(pilot, "Faste møtepunkt")
        await press(pilot, "enter", "enter")
        await write(pilot, "Møte hver uke")
        await press(pilot, "enter")
        assert "Det faste møtet" in seen(pilot)
        await write(pilot, "Møtet samler")
        await press(pilot, "enter", "enter")
        assert condensed(study) == ["Møte hver uke", "Møtet samler"]
        assert "2 av 4 kondensert" in seen(pilot)


async def test_after_the_last_passage_the_field_goes_away(tmp_path: Path) -> None:
    study = make_small_study(tmp_path / "s")
    async with analysing(study, tmp_path) as pilot:
        go_to_code(pilot, "Roller og ansvar")
        await press(pilot, "enter", "e")
        await write(pilot, "To yrker")
        await press(pilot, "enter")
        screen = screen_of(pilot)
        assert not screen.editor.is_open
        assert screen.units.has_focus
        await press(pilot, "u")
        assert condensed(study) == []
        await press(pilot, "U")
        assert condensed(study) == ["To yrker"]


async def test_what_is_written_is_not_dropped_by_one_escape(tmp_path: Path) -> None:
    study = make_small_study(tmp_path / "s")
    async with analysing(study, tmp_path) as pilot:
        go_to_code(pilot, "Roller og ansvar")
        await press(pilot, "enter", "enter")
        await write(pilot, "Halvt skrevet")
        await press(pilot, "escape")
        assert screen_of(pilot).editor.is_open
        assert "Ikke lagret" in seen(pilot)
        await press(pilot, "escape")
        assert not screen_of(pilot).editor.is_open
        assert condensed(study) == []


async def test_emptying_the_field_takes_the_condensation_away(tmp_path: Path) -> None:
    study = make_small_study(tmp_path / "s")
    async with analysing(study, tmp_path) as pilot:
        go_to_code(pilot, "Roller og ansvar")
        await press(pilot, "enter", "enter", "A", "ctrl+s")
        assert condensed(study) == ["A"]
        await press(pilot, "enter", "backspace", "ctrl+s")
        assert condensed(study) == []


async def test_a_participant_and_all_together_are_condensed_too(tmp_path: Path) -> None:
    study = make_small_study(tmp_path / "s")
    async with analysing(study, tmp_path) as pilot:
        go_to_code(pilot, "Faste møtepunkt")
        await press(pilot, "t", "enter", "enter")
        await write(pilot, "Alle")
        await press(pilot, "enter")
        await write(pilot, "En")
        await press(pilot, "ctrl+s")
        written = notes.load_condensations(study.store)
        assert [item.text for item in written if item.case_id is None] == ["Alle"]
        assert [item.text for item in written if item.case_id] == ["En"]
        assert "per informant" in seen(pilot)


async def test_the_mini_summary_is_written_and_shown(tmp_path: Path) -> None:
    study = make_small_study(tmp_path / "s")
    async with analysing(study, tmp_path) as pilot:
        go_to_code(pilot, "Faste møtepunkt")
        await press(pilot, "s")
        await write(pilot, "Møtet [holder] dem sammen.")
        await press(pilot, "ctrl+s")
        assert list(codes.load_summaries(study.store).values()) == ["Møtet [holder] dem sammen."]
        assert "Møtet [holder] dem sammen." in seen(pilot)
        await press(pilot, "u")
        assert codes.load_summaries(study.store) == {}


async def test_a_theme_is_made_of_a_code_and_gets_its_idea(tmp_path: Path) -> None:
    study = make_small_study(tmp_path / "s")
    async with analysing(study, tmp_path) as pilot:
        go_to_code(pilot, "Faste møtepunkt")
        await press(pilot, "n")
        await write(pilot, "[Nærhet] slår papir")
        await press(pilot, "enter", "i")
        await write(pilot, "Fire meter er nok.")
        await press(pilot, "ctrl+s")
        (theme,) = notes.load_themes(study.store)
        assert (theme.name, theme.idea) == ("[Nærhet] slår papir", "Fire meter er nok.")
        assert len(theme.code_ids) == 1
        assert "[Nærhet] slår papir" in seen(pilot)
        assert "Fire meter er nok." in seen(pilot)


async def test_codes_are_gathered_and_released_and_a_family_follows(tmp_path: Path) -> None:
    study = make_small_study(tmp_path / "s")
    async with analysing(study, tmp_path) as pilot:
        await press(pilot, "n")
        await write(pilot, "Tema")
        await press(pilot, "enter", "g", "space", "enter")
        screen = screen_of(pilot)
        (theme,) = notes.load_themes(study.store)
        assert [screen.tree_of_codes[i].name for i in theme.code_ids] == ["Tverrfaglig samhandling"]
        assert [place.theme_id for place in screen.places.items] == [theme.id] * 4
        go_to_code(pilot, "Faste møtepunkt")
        await press(pilot, "x")
        assert "koden over" in told(pilot)
        go_to_code(pilot, "Tverrfaglig samhandling")
        await press(pilot, "x")
        assert notes.load_themes(study.store)[0].code_ids == ()


async def test_a_code_moves_from_theme_to_theme_in_one_act(tmp_path: Path) -> None:
    study = make_small_study(tmp_path / "s")
    async with analysing(study, tmp_path) as pilot:
        for name in ("Første", "Andre"):
            await press(pilot, "home", "n")
            await write(pilot, name)
            await press(pilot, "enter")
        go_to_code(pilot, "Roller og ansvar")
        await press(pilot, "g", "enter")
        before = {t.name: t.code_ids for t in notes.load_themes(study.store)}
        assert [name for name, ids in before.items() if ids] == ["Første"]
        await press(pilot, "m", "enter")
        after = {t.name: t.code_ids for t in notes.load_themes(study.store)}
        assert [name for name, ids in after.items() if ids] == ["Andre"]
        await press(pilot, "u")
        assert {t.name: t.code_ids for t in notes.load_themes(study.store)} == before


async def test_themes_and_their_codes_change_places(tmp_path: Path) -> None:
    study = make_small_study(tmp_path / "s")
    tree = codes.load_code_tree(study.store)
    names = {code.name: code.id for code in tree}
    with study.store.act("theme.add", study.coder.id) as act:
        one = notes.add_theme(act, "Ett")
        notes.add_theme(act, "To")
        both = [names["Faste møtepunkt"], names["Roller og ansvar"]]
        notes.set_theme_codes(act, one.id, both)
    async with analysing(study, tmp_path) as pilot:
        go_to_code(pilot, "Roller og ansvar")
        await press(pilot, "comma", "comma")
        assert list(notes.load_themes(study.store)[0].code_ids) == both[::-1]
        screen_of(pilot).places.go_to(f"{one.id}:")
        await press(pilot, "full_stop", "full_stop")
        assert [theme.name for theme in notes.load_themes(study.store)] == ["To", "Ett"]


async def test_a_theme_is_renamed_and_removed_and_comes_back(tmp_path: Path) -> None:
    study = make_small_study(tmp_path / "s")
    async with analysing(study, tmp_path) as pilot:
        await press(pilot, "n")
        await write(pilot, "A")
        await press(pilot, "enter", "r")
        await write(pilot, "B")
        await press(pilot, "enter")
        assert [theme.name for theme in notes.load_themes(study.store)] == ["AB"]
        await press(pilot, "d")
        assert notes.load_themes(study.store) == []
        await press(pilot, "u")
        assert [theme.name for theme in notes.load_themes(study.store)] == ["AB"]


async def test_two_themes_cannot_have_one_name(tmp_path: Path) -> None:
    async with analysing(make_small_study(tmp_path / "s"), tmp_path) as pilot:
        for _number in range(TWICE):
            await press(pilot, "n")
            await write(pilot, "Tema")
            await press(pilot, "enter")
        assert "K370" in told(pilot)


async def test_hjkl_move_between_and_along_the_lists(tmp_path: Path) -> None:
    async with analysing(make_small_study(tmp_path / "s"), tmp_path) as pilot:
        go_to_code(pilot, "Faste møtepunkt")
        screen = screen_of(pilot)
        await press(pilot, "l", "j")
        assert screen.units.has_focus
        assert screen.units.index == 1
        await press(pilot, "h")
        assert screen.places.has_focus
        await press(pilot, "right", "left")
        assert screen.places.has_focus


async def test_the_next_that_is_not_condensed_is_found(tmp_path: Path) -> None:
    async with analysing(make_small_study(tmp_path / "s"), tmp_path) as pilot:
        go_to_code(pilot, "Faste møtepunkt")
        await press(pilot, "enter", "enter", "A", "ctrl+s", "f", "enter", "B", "ctrl+s", "home")
        await press(pilot, "f")
        assert screen_of(pilot).units.index == TWICE
        go_to_code(pilot, "Roller og ansvar")
        await press(pilot, "enter", "e", "C", "ctrl+s", "f")
        assert "Alt her er kondensert" in told(pilot)


async def test_the_source_opens_at_the_passage(tmp_path: Path) -> None:
    async with analysing(make_small_study(tmp_path / "s"), tmp_path) as pilot:
        go_to_code(pilot, "Roller og ansvar")
        await press(pilot, "enter", "o")
        assert pilot.app.current_mode == "coding"


async def test_what_another_program_writes_is_shown_and_a_draft_is_kept(tmp_path: Path) -> None:
    study = make_small_study(tmp_path / "s")
    async with analysing(study, tmp_path) as pilot:
        go_to_code(pilot, "Roller og ansvar")
        await press(pilot, "enter", "enter")
        await write(pilot, "Utkast")
        with open_study(tmp_path / "s") as other:
            coding_id = screen_of(pilot).units.items[0].key
            with other.store.act("condensation.write", other.coder.id) as act:
                notes.write_condensation(act, notes.Condensation("x", "Fra et annet", coding_id))
        pilot.app.reload_if_changed()
        await pilot.pause()
        assert "Fra et annet" in seen(pilot)
        assert screen_of(pilot).editor.area.text == "Utkast"


async def test_an_empty_study_says_what_a_theme_is(tmp_path: Path) -> None:
    async with analysing(make_empty_study(tmp_path / "s"), tmp_path) as pilot:
        assert "Et tema er en egen idé" in seen(pilot)
        await press(pilot, "e", "s", "x", "m", "d", "g", "t", "f", "o", "comma", "l", "enter")
        assert "Sett markøren på" in told(pilot)


@pytest.mark.parametrize(
    ("method", "words"),
    [
        (Method.SDI, ("Koder uten konsept", "Delsammendrag", "induksjon (SDI)")),
        (Method.CONDENSATION, ("Koder uten resultatkategori", "Analytisk tekst")),
        (Method.REFLEXIVE, ("Koder uten tema", "refleksiv tematisk analyse")),
    ],
)
async def test_the_words_are_those_of_the_way_of_working(
    tmp_path: Path, method: Method, words: tuple[str, ...]
) -> None:
    study = in_method(make_small_study(tmp_path / "s"), method)
    async with analysing(study, tmp_path) as pilot:
        go_to_code(pilot, "Faste møtepunkt")
        await pilot.pause()
        for word in words:
            assert word in seen(pilot)


async def test_a_long_passage_is_whole_enough_while_it_is_condensed(tmp_path: Path) -> None:
    folder = tmp_path / "s"
    with builders.make_store(folder) as store:
        long = "Det er slik " * 60
        source = builders.add_interview(store, f"R: {long.strip()}", case="Informant 1")
        code = builders.add_code(store, "Lang")
        builders.code_passage(store, source, code, long.strip())
    async with analysing(open_study(folder), tmp_path) as pilot:
        go_to_code(pilot, "Lang")
        await press(pilot, "enter", "enter")
        assert seen(pilot).count("Det er slik") > 20
        assert screen_of(pilot).editor.area.has_focus
