"""What all screens share: going about, help, commands, history, settings, keys, the first round."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input, OptionList

from kodebok.config import write_setting, write_table_value
from kodebok.errors import WrongUseError
from kodebok.i18n import language
from kodebok.storage import projects
from kodebok.study.opening import add_coder, open_study
from kodebok.tui import state, tour
from kodebok.tui.app import KodebokApp
from kodebok.tui.screens.help import HelpScreen
from tests.tui.piloting import opened, press, rows_of, seen, told, words_of, write
from tests.tui.studies import make_empty_study, make_small_study


async def test_the_function_keys_go_from_screen_to_screen(tmp_path: Path) -> None:
    async with opened(make_small_study(tmp_path / "s"), tmp_path) as pilot:
        for key, name in (
            ("f7", "export"),
            ("f8", "history"),
            ("f9", "settings"),
            ("f2", "project"),
        ):
            await press(pilot, key)
            assert pilot.app.current_mode == name


async def test_help_shows_the_keys_of_the_screen_at_hand_and_closes(tmp_path: Path) -> None:
    async with opened(make_small_study(tmp_path / "s"), tmp_path) as pilot:
        await press(pilot, "question_mark")
        assert "Legg til filer" in seen(pilot)
        assert "Merker at du har lest gjennom kilden" in seen(pilot)
        await press(pilot, "escape", "f9", "f1")
        assert "Tasten den hadde" in seen(pilot)
        await press(pilot, "f1")
        assert not isinstance(pilot.app.screen, HelpScreen)


async def test_a_command_is_found_by_a_word_and_done(tmp_path: Path) -> None:
    async with opened(make_small_study(tmp_path / "s"), tmp_path) as pilot:
        await press(pilot, "ctrl+p")
        await write(pilot, "analyselogg")
        await press(pilot, "enter")
        await pilot.pause()
        assert pilot.app.current_mode == "history"
        await press(pilot, "ctrl+p")
        await write(pilot, "xyzzy")
        assert "Ingen kommando passer." in seen(pilot)
        await press(pilot, "escape")
        assert pilot.app.current_mode == "history"


async def test_a_click_on_the_line_of_keys_does_what_the_key_does(tmp_path: Path) -> None:
    async with opened(make_small_study(tmp_path / "s"), tmp_path) as pilot:
        line = seen(pilot).splitlines()[-1]
        await pilot.click(offset=(line.index("Hjelp"), 23))
        await pilot.pause()
        assert isinstance(pilot.app.screen, HelpScreen)


async def test_the_line_of_keys_always_has_help_and_quit(tmp_path: Path) -> None:
    async with opened(make_small_study(tmp_path / "s"), tmp_path, (40, 24)) as pilot:
        assert "? Hjelp  Ctrl+Q Avslutt" in seen(pilot).splitlines()[-1]


async def test_the_analysis_log_shows_acts_and_takes_them_back(tmp_path: Path) -> None:
    async with opened(make_small_study(tmp_path / "s"), tmp_path) as pilot:
        await press(pilot, "f8")
        rows = rows_of(pilot, "#acts")
        assert [row[2] for row in rows][:2] == ["sitat valgt", "memo skrevet"]
        assert rows[0][1] == "Kari"
        await press(pilot, "u")
        assert rows_of(pilot, "#acts")[0][2] == "angret: sitat valgt"
        await press(pilot, "U")
        assert rows_of(pilot, "#acts")[0][2] == "gjort om: sitat valgt"


async def test_the_analysis_log_is_filtered(tmp_path: Path) -> None:
    async with opened(make_small_study(tmp_path / "s"), tmp_path) as pilot:
        await press(pilot, "f8", "slash")
        await write(pilot, "memo")
        assert [row[2] for row in rows_of(pilot, "#acts")] == ["memo skrevet"]
        await press(pilot, "enter", "u")
        assert "Angret: sitat valgt" in told(pilot)


async def test_settings_change_colours_and_language_and_last(tmp_path: Path) -> None:
    study = make_small_study(tmp_path / "s")
    async with opened(study, tmp_path) as pilot:
        await press(pilot, "f8", "f9", "enter", "down", "enter")
        assert pilot.app.theme == "kodebok-light"
        await press(pilot, "down", "down", "enter", "down", "enter")
        assert language() == "nn"
        assert "Fargar" in seen(pilot)
        await press(pilot, "f8")
        assert "Kven" in seen(pilot)
    assert KodebokApp(None, tmp_path).theme == "kodebok-light"


async def test_another_coder_is_chosen_for_this_study(tmp_path: Path) -> None:
    study = make_small_study(tmp_path / "s")
    add_coder(study, "Ola")
    async with opened(study, tmp_path) as pilot:
        await press(pilot, "f9", "down", "down", "down", "enter", "down", "enter")
        assert pilot.app.study.coder.name == "Ola"
    with open_study(tmp_path / "s") as again:
        assert again.coder.name == "Ola"


async def test_a_key_is_changed_kept_and_given_back(tmp_path: Path) -> None:
    study = make_small_study(tmp_path / "s")
    async with opened(study, tmp_path) as pilot:
        await press(pilot, "f9")
        table = pilot.app.screen.query_one("#settings")
        table.select_key("key:project.memo")
        await press(pilot, "enter", "o", "f2", "m")
        assert len(pilot.app.screen_stack) == 1
        await press(pilot, "o")
        assert len(pilot.app.screen_stack) == 2
        await press(pilot, "escape", "f9", "delete", "f2", "m")
        assert len(pilot.app.screen_stack) == 2


async def test_a_key_that_is_taken_is_not_given_away(tmp_path: Path) -> None:
    async with opened(make_small_study(tmp_path / "s"), tmp_path) as pilot:
        await press(pilot, "f9")
        pilot.app.screen.query_one("#settings").select_key("key:project.memo")
        await press(pilot, "enter", "r")
        assert "allerede tasten for «Lest»" in told(pilot)
        await press(pilot, "enter", "left_square_bracket")
        assert "K702" in told(pilot)
        assert pilot.app.overrides == {}


async def test_keys_of_the_project_s_own_settings_file_count(tmp_path: Path) -> None:
    study = make_small_study(tmp_path / "s")
    write_table_value(study.folder, "keys", "project.memo", "ø")
    study.close()
    async with opened(open_study(tmp_path / "s"), tmp_path) as pilot:
        assert "ø Memo" in seen(pilot)
        await press(pilot, "ø")
        assert len(pilot.app.screen_stack) == 2


def test_a_wrong_key_in_the_settings_is_told_before_the_screen_opens(tmp_path: Path) -> None:
    study = make_small_study(tmp_path / "s")
    write_table_value(study.folder, "keys", "project.nothing", "x")
    study.close()
    with open_study(tmp_path / "s") as again, pytest.raises(WrongUseError):
        KodebokApp(again, tmp_path)


async def test_the_last_screen_is_restored(tmp_path: Path) -> None:
    study = make_small_study(tmp_path / "s")
    project_id = study.project().id
    async with opened(study, tmp_path) as pilot:
        await press(pilot, "f8", "ctrl+q")
    assert state.last_screen(project_id) == "history"
    async with opened(open_study(tmp_path / "s"), tmp_path) as pilot:
        assert pilot.app.current_mode == "history"


async def test_a_screen_that_is_no_more_gives_the_project_screen(tmp_path: Path) -> None:
    study = make_small_study(tmp_path / "s")
    state.remember_screen(study.project().id, "nowhere")
    async with opened(study, tmp_path) as pilot:
        assert pilot.app.current_mode == "project"


async def test_the_first_round_is_ticked_off_by_doing_and_then_goes_away(tmp_path: Path) -> None:
    async with opened(make_small_study(tmp_path / "s"), tmp_path) as pilot:
        assert "Første runde 3/5: Se hvem som sier hva – F5" in seen(pilot)
        tour.note_done("matrix")
        tour.note_done("export")
        await press(pilot, "r")
        assert "Første runde 5/5: Angre noe – u" in seen(pilot)
        await press(pilot, "u")
        assert "Første runde er ferdig" in told(pilot)
        assert "Første runde 5/5" not in seen(pilot)
        assert not tour.is_on()


async def test_the_first_round_can_be_hidden_and_shown_again(tmp_path: Path) -> None:
    async with opened(make_empty_study(tmp_path / "s"), tmp_path) as pilot:
        assert "Første runde 1/5" in seen(pilot)
        await press(pilot, "f10")
        assert "Første runde" not in seen(pilot)
        await press(pilot, "f9", "g")
        assert "Første runde 1/5" in seen(pilot)


async def test_without_colours_and_with_plain_signs_the_screen_is_ascii_but_for_words(
    tmp_path: Path,
) -> None:
    write_setting(None, "theme", "plain")
    write_setting(None, "signs", "ascii")
    async with opened(make_small_study(tmp_path / "s", "T" * 100), tmp_path) as pilot:
        assert pilot.app.look.ascii
        assert not pilot.app.look.color
        text = seen(pilot)
        for sign in "█░…":
            assert sign not in text
        assert "T~" in text


async def test_an_error_names_what_happened_and_what_to_do(tmp_path: Path) -> None:
    async with opened(make_small_study(tmp_path / "s"), tmp_path) as pilot:
        pilot.app.show_error(WrongUseError("noe [b]gikk galt", "prøv igjen", "K799"))
        await pilot.pause()
        assert told(pilot) == "Noe [b]gikk galt.\nPrøv igjen (K799)."


async def test_undo_is_by_the_coder_at_the_screen(tmp_path: Path) -> None:
    study = make_small_study(tmp_path / "s")
    users = projects.load_users(study.store)
    async with opened(study, tmp_path) as pilot:
        await press(pilot, "r", "u", "f8")
        assert rows_of(pilot, "#acts")[0][1] == users[0].name
        assert "vises" in words_of(pilot, "#about")


async def test_hjkl_move_in_lists(tmp_path: Path) -> None:
    async with opened(make_small_study(tmp_path / "s"), tmp_path) as pilot:
        table = pilot.app.screen.query_one("#source-table")
        await press(pilot, "j", "j", "k")
        assert table.cursor_row == 1
        await press(pilot, "f7")
        kinds = pilot.app.screen.query_one(OptionList)
        assert kinds.highlighted == 0
        assert pilot.app.screen.query_one("#path", Input) is not None
