"""Bringing in files on the screen."""

from __future__ import annotations

from pathlib import Path

from textual import events
from textual.pilot import Pilot
from textual.widgets import TextArea

from kodebok.domain.note import NoteKind
from kodebok.domain.source import Repair, Role, SourceType
from kodebok.storage import cases, notes, sources
from kodebok.tui.screens.bring_in import ImportScreen
from kodebok.tui.screens.bring_in_words import repair_line
from tests.tui.piloting import opened, press, rows_of, seen, told, until, words_of, write
from tests.tui.studies import make_empty_study

INTERVIEW = """\
Intervjuer: Hva gjør dere?
Informant 3: Vi møtes  hver  onsdag.
Intervjuer: Hvem?
Informant 3: Alle [latter].
"""


def _file(
    folder: Path, name: str = "I3.txt", text: str = INTERVIEW, encoding: str = "utf-8"
) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


async def _take(pilot: Pilot[int], *paths: Path) -> ImportScreen:
    screen = pilot.app.screen
    count = len(screen.files) + len(paths)
    screen.post_message(events.Paste("\n".join(f"'{path}'" for path in paths)))
    await until(pilot, lambda: len(screen.files) == count and len(screen.plans) == count)
    return screen


async def test_a_dragged_file_is_shown_as_it_was_understood_then_stored(tmp_path: Path) -> None:
    study = make_empty_study(tmp_path / "s")
    async with opened(study, tmp_path) as pilot:
        await press(pilot, "a")
        await _take(pilot, _file(tmp_path / "mine filer"))
        assert rows_of(pilot, "#files")[0][:3] == ["I3.txt", "I3", "intervju"]
        understood = words_of(pilot, "#understood")
        assert "Intervjuer spør (2 replikker); Informant 3 svarer (2 replikker)" in understood
        assert "Alle [latter]." in understood
        assert sources.load_sources(study.store) == []
        await press(pilot, "ctrl+s")
        assert [source.name for source in sources.load_sources(study.store)] == ["I3"]
        assert [case.name for case in cases.load_cases(study.store)] == ["Informant 3"]


async def test_the_first_impression_is_asked_for_and_may_be_skipped(tmp_path: Path) -> None:
    study = make_empty_study(tmp_path / "s")
    async with opened(study, tmp_path) as pilot:
        await press(pilot, "a")
        await _take(pilot, _file(tmp_path), _file(tmp_path, "I4.txt"))
        await press(pilot, "ctrl+s")
        assert "Førsteinntrykk av I3" in seen(pilot)
        pilot.app.screen.query_one(TextArea).text = "Handlekraftig."
        await press(pilot, "ctrl+s")
        assert "Førsteinntrykk av I4" in seen(pilot)
        await press(pilot, "escape")
        assert pilot.app.current_mode == "project"
        written = notes.load_notes(study.store)
        assert [(note.text, note.kind) for note in written] == [
            ("Handlekraftig.", NoteKind.FIRST_IMPRESSION)
        ]


async def test_name_type_and_voices_are_changed_before_anything_is_stored(tmp_path: Path) -> None:
    study = make_empty_study(tmp_path / "s")
    async with opened(study, tmp_path) as pilot:
        await press(pilot, "a")
        await _take(pilot, _file(tmp_path))
        await press(pilot, "n", "ctrl+u")
        await write(pilot, "Intervju A")
        await press(pilot, "enter", "s", "down", "enter", "enter", "ctrl+u")
        await write(pilot, "Leder 1")
        await press(pilot, "enter")
        assert "Informant 3 svarer (2 replikker) = Leder 1" in words_of(pilot, "#understood")
        await press(pilot, "ctrl+s")
        (source,) = sources.load_sources(study.store)
        assert source.name == "Intervju A"
        voices = {v.label: v for v in sources.load_speakers(study.store, source.id)}
        (case,) = cases.load_cases(study.store)
        assert case.name == "Leder 1"
        assert voices["Informant 3"].case_id == case.id == source.case_id
        assert voices["Intervjuer"].role is Role.INTERVIEWER


async def test_the_type_is_chosen_by_the_user(tmp_path: Path) -> None:
    study = make_empty_study(tmp_path / "s")
    async with opened(study, tmp_path) as pilot:
        await press(pilot, "a")
        await _take(pilot, _file(tmp_path))
        await press(pilot, "t", "down", "down", "enter")
        assert rows_of(pilot, "#files")[0][2] == "notat"
        await press(pilot, "ctrl+s")
        assert sources.load_sources(study.store)[0].type is SourceType.NOTES


async def test_a_repair_is_shown_with_an_example_and_can_be_refused(tmp_path: Path) -> None:
    study = make_empty_study(tmp_path / "s")
    async with opened(study, tmp_path) as pilot:
        await press(pilot, "a")
        screen = await _take(pilot, _file(tmp_path))
        assert "[x] Doble" in words_of(pilot, "#understood")
        await press(pilot, "r", "enter")
        await until(pilot, lambda: "[ ]" in words_of(pilot, "#understood"))
        assert screen.files[0].arrivals[0].turns[1].text == "Vi møtes  hver  onsdag."
        await press(pilot, "r", "enter")
        await until(pilot, lambda: "[x]" in words_of(pilot, "#understood"))
        assert screen.files[0].arrivals[0].turns[1].text == "Vi møtes hver onsdag."


async def test_an_encoding_is_overruled(tmp_path: Path) -> None:
    study = make_empty_study(tmp_path / "s")
    async with opened(study, tmp_path) as pilot:
        await press(pilot, "a")
        screen = await _take(pilot, _file(tmp_path, encoding="cp850"))
        await press(pilot, "c", "end", "enter")
        await until(pilot, lambda: screen.files[0].options.encoding == "cp850")
        assert screen.files[0].arrivals[0].turns[0].text == "Hva gjør dere?"


async def test_a_file_that_cannot_be_read_is_told_and_the_others_come(tmp_path: Path) -> None:
    picture = tmp_path / "bilde.docx"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n")
    study = make_empty_study(tmp_path / "s")
    async with opened(study, tmp_path) as pilot:
        await press(pilot, "a")
        screen = pilot.app.screen
        screen.post_message(events.Paste(f"{picture} {_file(tmp_path)} {tmp_path / 'borte.txt'}"))
        await until(pilot, lambda: len(screen.plans) == 1 and told(pilot).count("(K") == 2)
        assert "K109" in told(pilot)
        assert rows_of(pilot, "#files")[0][0] == "I3.txt"


async def test_a_spreadsheet_becomes_a_source_for_each_row(tmp_path: Path) -> None:
    answers = (
        "id;svar\n"
        "A1;Det tar altfor lang tid å få svar fra kommunen\n"
        "A2;Alt fungerer fint i vår avdeling nå\n"
    )
    study = make_empty_study(tmp_path / "s")
    async with opened(study, tmp_path) as pilot:
        await press(pilot, "a")
        await _take(pilot, _file(tmp_path, "svar.csv", answers))
        assert rows_of(pilot, "#files")[0][1] == "2 kilder"
        await press(pilot, "n")
        assert "likt for alle radene" in told(pilot)
        await press(pilot, "ctrl+s")
        stored = sources.load_sources(study.store)
        assert [source.type for source in stored] == [SourceType.ANSWERS] * 2
        assert pilot.app.current_mode == "project"
        assert len(pilot.app.screen_stack) == 1


async def test_a_file_is_left_out_and_escape_goes_back(tmp_path: Path) -> None:
    async with opened(make_empty_study(tmp_path / "s"), tmp_path) as pilot:
        await press(pilot, "a")
        screen = await _take(pilot, _file(tmp_path))
        assert screen.is_reviewing
        await press(pilot, "delete")
        assert not screen.is_reviewing
        assert screen.files == []
        await press(pilot, "escape")
        assert pilot.app.current_mode == "project"


async def test_two_files_of_one_name_get_two_names(tmp_path: Path) -> None:
    study = make_empty_study(tmp_path / "s")
    async with opened(study, tmp_path) as pilot:
        await press(pilot, "a")
        await _take(pilot, _file(tmp_path / "a"), _file(tmp_path / "b"))
        assert [row[1] for row in rows_of(pilot, "#files")] == ["I3", "I3 (2)"]
        assert rows_of(pilot, "#files")[1][5].strip() == "1"


def test_a_repair_s_example_shows_where_the_two_texts_part() -> None:
    before = "Et langt stykke uten feil, og så  to mellomrom"
    after = "Et langt stykke uten feil, og så to mellomrom"
    line = repair_line(Repair("spaces", 1, before, after), refused=False)
    assert "så  to" in line
    assert "så to" in line
    assert repair_line(
        Repair("line-hyphens", 2, "sam-\narbeid", "samarbeid"), refused=True
    ).endswith("(2): «sam-¶arbeid» > «samarbeid»")
