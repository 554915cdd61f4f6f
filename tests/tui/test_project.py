"""The project screen."""

from __future__ import annotations

from pathlib import Path

from textual.widgets import TextArea

from kodebok.domain.note import NoteKind
from kodebok.domain.source import Mode, SourceType
from kodebok.storage import cases, notes, sources
from kodebok.storage.history import load_events
from tests import builders
from tests.tui.piloting import opened, press, rows_of, seen, told, words_of, write
from tests.tui.studies import make_empty_study, make_small_study


async def test_the_sources_are_shown_with_what_one_needs_to_know(tmp_path: Path) -> None:
    async with opened(make_small_study(tmp_path / "s"), tmp_path) as pilot:
        rows = rows_of(pilot, "#source-table")
        assert [row[:3] for row in rows] == [
            ["I1", "intervju", "Informant 1"],
            ["I2", "intervju", "Informant 2"],
            ["N1", "notat", "–"],
        ]
        assert rows[0][3].strip() == "34"
        assert rows[0][5] == "–"
        assert "2 informanter" in seen(pilot)


async def test_the_two_impressions_stand_side_by_side(tmp_path: Path) -> None:
    async with opened(make_small_study(tmp_path / "s"), tmp_path) as pilot:
        assert words_of(pilot, "#before") == "Handlekraftig. Svarer før spørsmålet er ferdig."
        assert words_of(pilot, "#after").startswith("Mindre handlekraft")
        await press(pilot, "down")
        assert words_of(pilot, "#before").startswith("ikke noe skrevet ennå")


async def test_reading_is_ticked_off_and_undone(tmp_path: Path) -> None:
    async with opened(make_small_study(tmp_path / "s"), tmp_path) as pilot:
        await press(pilot, "r")
        assert rows_of(pilot, "#source-table")[0][5] == "ja"
        await press(pilot, "u")
        assert rows_of(pilot, "#source-table")[0][5] == "–"
        assert "Angret: kilde lest gjennom" in told(pilot)
        await press(pilot, "U")
        assert rows_of(pilot, "#source-table")[0][5] == "ja"
        assert "Gjort om: kilde lest gjennom" in told(pilot)


async def test_undo_with_nothing_left_is_told_and_does_not_crash(tmp_path: Path) -> None:
    async with opened(make_empty_study(tmp_path / "s"), tmp_path) as pilot:
        await press(pilot, "u", "U")
        assert told(pilot).count("K211") == 2


async def test_a_memo_is_written_on_the_source_at_the_cursor(tmp_path: Path) -> None:
    study = make_small_study(tmp_path / "s")
    async with opened(study, tmp_path) as pilot:
        await press(pilot, "down", "m", "enter")
        pilot.app.screen.query_one(TextArea).text = "Sliten. [latter] hele veien."
        await press(pilot, "ctrl+s")
        assert words_of(pilot, "#before") == "Sliten. [latter] hele veien."
        written = [note for note in notes.load_notes(study.store) if "Sliten" in note.text]
        assert [note.kind for note in written] == [NoteKind.FIRST_IMPRESSION]
        assert sources.load_source(study.store, written[0].target_id or "").name == "I2"


async def test_a_memo_is_mended_on_the_memo_tab(tmp_path: Path) -> None:
    study = make_small_study(tmp_path / "s")
    async with opened(study, tmp_path) as pilot:
        await press(pilot, "3", "enter")
        area = pilot.app.screen.query_one(TextArea)
        area.text = area.text + " Sikkert."
        await press(pilot, "ctrl+s")
        assert words_of(pilot, "#memo-text").endswith("venting. Sikkert.")


async def test_a_participant_gets_a_variable_and_a_value(tmp_path: Path) -> None:
    study = make_small_study(tmp_path / "s")
    async with opened(study, tmp_path) as pilot:
        await press(pilot, "2", "v")
        await write(pilot, "rolle")
        await press(pilot, "enter")
        await press(pilot, "e", "down", "enter")
        await write(pilot, "leder")
        await press(pilot, "enter")
        shown = [[row[0], row[2]] for row in rows_of(pilot, "#case-table")]
        assert shown == [["Informant 1", "leder"], ["Informant 2", "–"]]
        assert cases.load_cases(study.store)[0].values == {"rolle": "leder"}


async def test_a_participant_is_added_renamed_and_removed(tmp_path: Path) -> None:
    async with opened(make_small_study(tmp_path / "s"), tmp_path) as pilot:
        await press(pilot, "n")
        await write(pilot, "Informant 9")
        await press(pilot, "enter", "end", "e", "enter")
        await press(pilot, "ctrl+u")
        await write(pilot, "Leder 9")
        await press(pilot, "enter")
        assert [row[0] for row in rows_of(pilot, "#case-table")][-1] == "Leder 9"
        await press(pilot, "end", "delete", "tab", "enter")
        assert "Leder 9" not in seen(pilot)


async def test_removing_asks_and_enter_by_mistake_keeps_the_source(tmp_path: Path) -> None:
    study = make_small_study(tmp_path / "s")
    async with opened(study, tmp_path) as pilot:
        await press(pilot, "delete", "enter")
        assert len(sources.load_sources(study.store)) == 3
        await press(pilot, "delete", "tab", "enter")
        assert [source.name for source in sources.load_sources(study.store)] == ["I2", "N1"]
        await press(pilot, "u")
        assert [row[0] for row in rows_of(pilot, "#source-table")] == ["I1", "I2", "N1"]


async def test_a_source_gets_another_type(tmp_path: Path) -> None:
    study = make_small_study(tmp_path / "s")
    async with opened(study, tmp_path) as pilot:
        await press(pilot, "e", "down", "enter")
        assert sources.load_sources(study.store)[0].type is SourceType.GROUP


async def test_when_and_where_a_source_came_about_is_written_on_the_screen(tmp_path: Path) -> None:
    study = make_small_study(tmp_path / "s")
    source = sources.load_sources(study.store)[0]
    async with opened(study, tmp_path) as pilot:
        to_date = ["e", *["down"] * len(SourceType), "enter"]
        await press(pilot, *to_date, *"2025-02-12", "enter")
        assert sources.load_source(study.store, source.id).date == "2025-02-12"
        await press(pilot, *to_date, *"onsdag", "enter")
        assert sources.load_source(study.store, source.id).date == "2025-02-12"
        await press(pilot, *to_date[:-1], "down", "enter", *"kontoret", "enter")
        assert sources.load_source(study.store, source.id).place == "kontoret"
        await press(pilot, "u")
        assert sources.load_source(study.store, source.id).place is None
        to_mode = [*to_date[:-1], "down", "down", "enter"]
        await press(pilot, *to_mode, "down", "enter")
        assert sources.load_source(study.store, source.id).mode is Mode.PHONE


async def test_what_another_program_does_shows_up(tmp_path: Path) -> None:
    study = make_small_study(tmp_path / "s")
    async with opened(study, tmp_path) as pilot:
        with builders.Store.open(study.folder) as other:
            builders.add_interview(other, name="I3 fra en annen")
        pilot.app.reload_if_changed()
        await pilot.pause()
        assert "I3 fra en annen" in seen(pilot)


async def test_text_in_square_brackets_stays_on_the_screen(tmp_path: Path) -> None:
    study = make_small_study(tmp_path / "s", title="[bold]Tittel[/bold] [latter]")
    with study.store.act("source.change", study.coder.id) as act:
        first = sources.load_sources(study.store)[0]
        sources.change_source(act, first.id, name="[red]I1[/red]")
        cases.change_case(act, first.case_id or "", name="[/]")
    async with opened(study, tmp_path) as pilot:
        for text in ("[bold]Tittel[/bold] [latter]", "[red]I1[/red]", "[/]"):
            assert text in seen(pilot)
        await press(pilot, "2", "e")
        assert "[/]" in seen(pilot)


async def test_a_folder_that_is_copied_away_is_warned_of(tmp_path: Path) -> None:
    async with opened(make_small_study(tmp_path / "OneDrive" / "s"), tmp_path) as pilot:
        assert "OneDrive" in words_of(pilot, "#warning")


async def test_enter_opens_the_source_for_coding(tmp_path: Path) -> None:
    async with opened(make_small_study(tmp_path / "s"), tmp_path) as pilot:
        await press(pilot, "down", "enter")
        assert pilot.app.current_mode == "coding"
        assert "Kaffemaskinen" in seen(pilot)


async def test_the_title_can_be_changed(tmp_path: Path) -> None:
    study = make_small_study(tmp_path / "s")
    async with opened(study, tmp_path) as pilot:
        await press(pilot, "t", "ctrl+u")
        await write(pilot, "To kommuner")
        await press(pilot, "enter")
        pilot.app.reload_if_changed()
        assert study.project().title == "To kommuner"
        assert load_events(study.store, 1)[0].kind == "project.change"
