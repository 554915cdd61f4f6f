"""A student brings in sound, codes on while it becomes text, stops it, and deletes the sound."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot

from kodebok.coding.quoting import choose_quote
from kodebok.domain.recording import RecordingState
from kodebok.domain.span import Span
from kodebok.jobs.stages import STAGES
from kodebok.paths import user_data_dir
from kodebok.storage import codings, recordings, sources
from kodebok.study.opening import Study
from kodebok.study.recorded import list_recordings
from kodebok.tui.screens.recordings import RecordingsScreen
from kodebok.tui.screens.recordings_form import SoundForm, lacking
from tests.study.fake_sound import SOUND, use_fake_stages
from tests.tui.piloting import opened, press, seen, told, until, write
from tests.tui.sound.spoken import make_study
from tests.tui.studies import make_small_study


@pytest.fixture(autouse=True)
def _fake(monkeypatch: pytest.MonkeyPatch) -> None:
    use_fake_stages(monkeypatch)


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    return make_small_study(tmp_path / "s")


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    path = tmp_path / "mitt intervju.m4a"
    path.write_text(SOUND, encoding="utf-8")
    return path


def install_model(name: str = "prøve") -> None:
    folder = user_data_dir() / "models" / name
    folder.mkdir(parents=True)
    (folder / "model.pt").write_bytes(b"weights")
    about = {
        "engine": "whisper",
        "mels": 80,
        "alignment_heads": [],
        "files": {"model.pt": "0" * 64},
        "source": "",
        "licence": "",
    }
    (folder / "model.json").write_text(json.dumps(about), encoding="utf-8")


async def drag_in(pilot: Pilot[int], path: Path) -> None:
    await press(pilot, "a")
    pilot.app.screen.post_message(events.Paste(f"'{path}'"))
    await until(pilot, lambda: isinstance(pilot.app.screen, SoundForm))


def states(study: Study) -> list[RecordingState]:
    return [known.state for known in list_recordings(study.store)]


async def test_a_dragged_sound_file_becomes_a_source(study: Study, sound: Path) -> None:
    install_model()
    async with opened(study, study.folder) as pilot:
        await drag_in(pilot, sound)
        assert "Transkriber mitt intervju.m4a" in seen(pilot)
        await press(pilot, "enter")
        assert "Hvor mange stemmer er det?" in seen(pilot)
        await write(pilot, "2")
        await press(pilot, "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, RecordingsScreen))
        await until(pilot, lambda: states(study) == [RecordingState.FINISHED])
        await until(pilot, lambda: "er transkribert" in told(pilot))
        await until(pilot, lambda: "ferdig" in seen(pilot))
        assert recordings.load_recordings(study.store)[0].speakers == 2
        await press(pilot, "enter")
        await until(pilot, lambda: "0 % hørt" in seen(pilot))
        assert "mitt intervju" in [source.name for source in sources.load_sources(study.store)]


async def test_coding_goes_on_while_it_becomes_text_and_stopping_keeps_what_was_heard(
    study: Study, sound: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(STAGES, "transcribe", "tests.tui.sound.slow_sound:transcribe")
    before = len(codings.load_codings(study.store))
    async with opened(study, study.folder) as pilot:
        await drag_in(pilot, sound)
        await write(pilot, "1")
        await press(pilot, "enter")
        await until(pilot, lambda: states(study) == [RecordingState.BEGUN])
        await until(pilot, lambda: "hva er du mest fornøyd med" in seen(pilot))
        assert "transkriberer" in seen(pilot)
        assert "av 00:54" in seen(pilot)
        await press(pilot, "f3", "f", "S", "i")
        assert len(codings.load_codings(study.store)) == before + 1
        assert pilot.app.is_transcribing  # type: ignore[attr-defined]
        await press(pilot, "ctrl+t", "c")
        await until(pilot, lambda: not pilot.app.is_transcribing)  # type: ignore[attr-defined]
        kept = recordings.load_chunks(study.store, recordings.load_recordings(study.store)[0].id)
        assert 0 < len(kept) < 6
        await until(pilot, lambda: "stanset underveis" in seen(pilot))
        monkeypatch.setitem(STAGES, "transcribe", "tests.study.fake_sound:transcribe")
        await press(pilot, "s")
        await until(pilot, lambda: states(study) == [RecordingState.FINISHED])


async def test_leaving_while_it_works_asks_first(
    study: Study, sound: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(STAGES, "transcribe", "tests.tui.sound.slow_sound:transcribe")
    async with opened(study, study.folder) as pilot:
        await drag_in(pilot, sound)
        await write(pilot, "1")
        await press(pilot, "enter")
        await until(pilot, lambda: states(study) == [RecordingState.BEGUN])
        await press(pilot, "ctrl+q")
        assert "Avslutte likevel?" in seen(pilot)
        await press(pilot, "escape")
        assert pilot.app.is_running


async def test_what_lacks_is_said_with_the_line_that_installs_it(study: Study, sound: Path) -> None:
    assert "kodebok models download" in lacking([])
    async with opened(study, study.folder) as pilot:
        await drag_in(pilot, sound)
        assert "kodebok models download nb-whisper-small-verbatim" in seen(pilot).replace("\n", "")
        await press(pilot, "escape")
        assert states(study) == []


async def test_one_that_fails_says_why_and_the_others_go_on(
    study: Study, sound: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "ødelagt.m4a"
    broken.write_text("0> en\nDIE\n", encoding="utf-8")
    async with opened(study, study.folder) as pilot:
        await press(pilot, "a")
        pilot.app.screen.post_message(events.Paste(f"'{broken}'\n'{sound}'"))
        await until(pilot, lambda: isinstance(pilot.app.screen, SoundForm))
        await write(pilot, "1")
        await press(pilot, "enter")
        done = {RecordingState.BEGUN, RecordingState.FINISHED}
        await until(pilot, lambda: set(states(study)) == done)
        await until(pilot, lambda: "lot seg ikke gjøre" in seen(pilot))
        await press(pilot, "home")
        await until(pilot, lambda: "K940" in seen(pilot))


async def test_deleting_sound_lists_unheard_quotes_and_needs_the_typed_word(
    tmp_path: Path,
) -> None:
    study = make_study(tmp_path)
    source_id = sources.load_sources(study.store)[0].id
    choose_quote(study.store, study.coder.id, source_id, Span(0, 26))
    path = study.folder / recordings.load_recordings(study.store)[0].path
    async with opened(study, study.folder) as pilot:
        await press(pilot, "ctrl+t", "delete")
        assert "Ingen har hørt 1 sitat:" in seen(pilot)
        assert "hva er du mest fornøyd med" in seen(pilot)
        await write(pilot, "ja")
        await press(pilot, "enter")
        assert path.exists()
        await press(pilot, "delete")
        await write(pilot, "slett")
        await press(pilot, "enter")
        assert not path.exists()
        await until(pilot, lambda: "lyden er slettet" in seen(pilot))


async def test_an_unheard_quote_is_not_called_verbatim_and_captions_can_be_made(
    tmp_path: Path,
) -> None:
    study = make_study(tmp_path)
    source_id = sources.load_sources(study.store)[0].id
    choose_quote(study.store, study.coder.id, source_id, Span(0, 26))
    async with opened(study, study.folder, size=(120, 40)) as pilot:
        await press(pilot, "f6", "t")
        assert "ikke kontrollert mot lyden" in seen(pilot)
        assert "ordrett" not in seen(pilot)
        await press(pilot, "f3", "H", "f6")
        assert "ordrett" in seen(pilot)
        await press(pilot, "f7", "end")
        await until(pilot, lambda: "WEBVTT" in seen(pilot) or ".vtt" in seen(pilot))
        await press(pilot, "ctrl+s")
        assert list((study.folder / "exports").glob("*.vtt"))
