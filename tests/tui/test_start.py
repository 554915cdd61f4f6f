"""From no study to an open one."""

from __future__ import annotations

from pathlib import Path

from textual.widgets import Input, OptionList

from kodebok.domain.project import Method
from kodebok.paths import DATABASE_NAME
from kodebok.tui import state
from kodebok.tui.screens.new_study import NewStudy, folder_name
from tests.tui.piloting import opened, press, seen, told, write
from tests.tui.studies import make_small_study


async def test_a_new_study_is_made_from_a_title_alone(tmp_path: Path) -> None:
    async with opened(None, tmp_path) as pilot:
        await press(pilot, "n")
        await write(pilot, "Min første studie")
        await press(pilot, "ctrl+s")
        study = pilot.app.study
        assert study.project().title == "Min første studie"
        assert study.folder == tmp_path / "min-første-studie"
        assert "Ingen kilder ennå." in seen(pilot)


async def test_the_way_of_working_is_explained_and_kept(tmp_path: Path) -> None:
    async with opened(None, tmp_path) as pilot:
        await press(pilot, "n", "tab", "tab", "tab", "enter", "down", "enter")
        assert "temaene lager du selv" in seen(pilot)
        await press(pilot, "ctrl+s")
        assert pilot.app.study.project().method is Method.REFLEXIVE


async def test_a_folder_that_the_user_wrote_is_not_overwritten_by_the_title(
    tmp_path: Path,
) -> None:
    async with opened(None, tmp_path) as pilot:
        await press(pilot, "n")
        pilot.app.screen.query_one("#folder", Input).value = str(tmp_path / "min")
        await pilot.pause()
        await write(pilot, "Tittel")
        await press(pilot, "ctrl+s")
        assert pilot.app.study.folder == tmp_path / "min"


async def test_a_study_is_not_made_over_another(tmp_path: Path) -> None:
    make_small_study(tmp_path / "opptatt").close()
    async with opened(None, tmp_path) as pilot:
        await press(pilot, "n")
        await write(pilot, "Opptatt")
        await press(pilot, "ctrl+s")
        assert isinstance(pilot.app.screen, NewStudy)
        assert "K202" in told(pilot)


async def test_a_recent_study_is_one_enter_away(tmp_path: Path) -> None:
    make_small_study(tmp_path / "s").close()
    state.remember_folder(tmp_path / "s")
    async with opened(None, tmp_path) as pilot:
        await press(pilot, "enter")
        assert pilot.app.study.folder == tmp_path / "s"
        assert "I1" in seen(pilot)


async def test_a_folder_is_opened_by_its_quoted_path(tmp_path: Path) -> None:
    make_small_study(tmp_path / "en mappe").close()
    async with opened(None, tmp_path) as pilot:
        await press(pilot, "o")
        pilot.app.screen.query_one("#answer", Input).value = f"'{tmp_path / 'en mappe'}'"
        await press(pilot, "enter")
        assert pilot.app.study.folder == tmp_path / "en mappe"


async def test_a_folder_without_a_study_is_told_and_nothing_happens(tmp_path: Path) -> None:
    async with opened(None, tmp_path) as pilot:
        await press(pilot, "o", "enter")
        assert "K501" in told(pilot)
        assert pilot.app.study is None


async def test_the_example_study_is_made_and_opened_again(tmp_path: Path) -> None:
    async with opened(None, tmp_path) as pilot:
        await press(pilot, "e", "enter")
        folder = pilot.app.study.folder
        assert (folder / DATABASE_NAME).is_file()
        assert "404 kodede utdrag" in seen(pilot)
    async with opened(None, tmp_path) as pilot:
        await press(pilot, "e", "enter")
        assert pilot.app.study.folder == folder


async def test_escape_leaves_the_start_screen_as_it_was(tmp_path: Path) -> None:
    async with opened(None, tmp_path) as pilot:
        for key in ("n", "o", "e"):
            await press(pilot, key, "escape")
            assert pilot.app.screen.query_one(OptionList).option_count == 3
        await press(pilot, "f2", "f7", "f9")
        assert pilot.app.current_mode == "start"


def test_a_title_gives_a_folder_name_that_every_system_takes() -> None:
    assert folder_name("Én kommune: «funn» / 2025?") == "én-kommune-funn-2025"
    assert folder_name("...") == "min-studie"
    assert len(folder_name("lang tittel " * 20)) <= 40
