"""A student names the voices, marks how things are said, and settles what the model doubted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.pilot import Pilot

from kodebok.domain.verbatim import MarkKind
from kodebok.jobs import players
from kodebok.storage import sounding, sources
from kodebok.study.opening import Study
from tests.study.fake_sound import use_fake_stages
from tests.tui.piloting import opened, press, seen, until, write
from tests.tui.sound.spoken import FakePlayers, make_study


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Study]:
    use_fake_stages(monkeypatch)
    return make_study(tmp_path)


@pytest.fixture
def fakes(monkeypatch: pytest.MonkeyPatch) -> FakePlayers:
    made = FakePlayers()
    monkeypatch.setattr(players, "open_player", made)
    return made


def source_of(study: Study) -> str:
    return sources.load_sources(study.store)[0].id


def said_by(study: Study) -> list[str]:
    """The voice of each turn."""
    labels = {s.id: s.label for s in sources.load_speakers(study.store, source_of(study))}
    turns = sources.load_turns(study.store, source_of(study))
    return [labels.get(turn.speaker_id or "", "") for turn in turns]


async def clear(pilot: Pilot[int]) -> None:
    await pilot.press("home", "ctrl+k")
    await pilot.pause()


async def test_all_voices_get_their_names_at_once(study: Study) -> None:
    async with opened(study, study.folder) as pilot:
        await press(pilot, "f3", "N")
        assert "Hvem er stemmene?" in seen(pilot)
        assert "2 replikker: hva er du mest fornøyd med" in seen(pilot)
        await clear(pilot)
        await write(pilot, "Intervjuer")
        await press(pilot, "enter")
        await clear(pilot)
        await write(pilot, "Rektor")
        await press(pilot, "enter")
        assert said_by(study) == ["Intervjuer", "Rektor", "Intervjuer", "Rektor"]
        assert "2 stemmer har fått navn" in seen(pilot)
        await press(pilot, "u")
        assert said_by(study) == ["Stemme 1", "Stemme 2"] * 2


async def test_two_voices_are_swapped_from_here_on(study: Study) -> None:
    async with opened(study, study.folder) as pilot:
        await press(pilot, "f3", "f", "f", "t", *["down"] * 4, "enter")
        assert said_by(study) == ["Stemme 1", "Stemme 2", "Stemme 2", "Stemme 1"]


async def test_a_pause_and_laughter_are_marked_and_seen_as_they_are_printed(
    study: Study,
) -> None:
    async with opened(study, study.folder) as pilot:
        await press(pilot, "f3", "f", "w", "w", "E", "enter")
        await write(pilot, "3")
        await press(pilot, "enter")
        assert "det er (3 s) morgenmøtet" in seen(pilot)
        await press(pilot, "E", "down", "enter", "B")
        assert "[ler]" in seen(pilot)
        assert "Ordrett, med alle merker" in seen(pilot)
        await press(pilot, "space", "space")
        assert "Stemme 2: Det er morgenmøtet" in seen(pilot)
        assert "[ler]" not in seen(pilot)
        await press(pilot, "escape")
        marks = sounding.load_marks(study.store, source_of(study))
        assert {(m.kind, m.value) for m in marks if m.kind is not MarkKind.UNCLEAR} >= {
            (MarkKind.PAUSE, "3000"),
            (MarkKind.SOUND, "ler"),
        }


async def test_marks_are_taken_away_again(study: Study) -> None:
    async with opened(study, study.folder) as pilot:
        await press(pilot, "f3", "E", "down", "enter")
        before = len(sounding.load_marks(study.store, source_of(study)))
        await press(pilot, "E", "end", "enter")
        assert "Merkene er borte" in seen(pilot)
        assert len(sounding.load_marks(study.store, source_of(study))) == before - 1


async def test_what_nobody_can_hear_is_marked_with_its_time(study: Study) -> None:
    async with opened(study, study.folder) as pilot:
        await press(pilot, "f3", "f", "w", "w", "W", "E", *["down"] * 5, "enter")
        text = sources.load_text(study.store, source_of(study))
        assert "det er [uklart 00:00:11] der sitter" in text


async def test_an_uncertain_word_is_heard_and_settled_everywhere(
    study: Study, fakes: FakePlayers
) -> None:
    async with opened(study, study.folder) as pilot:
        await press(pilot, "f3", "Q")
        assert "1 usikkert ord, denne kilden" in seen(pilot)
        assert "1 av 1 usikre, 30 % sikker" in seen(pilot)
        assert "de andre er det færre som kommer på" in seen(pilot)
        await press(pilot, "space")
        await until(pilot, lambda: bool(fakes.opened) and bool(fakes.last.told))
        assert fakes.last.told == ["play 50850"]
        await press(pilot, "enter")
        await clear(pilot)
        await write(pilot, "flere")
        await press(pilot, "enter")
        assert "Ingen ord er usikre her" in seen(pilot)
        assert "er det flere som kommer" in sources.load_text(study.store, source_of(study))


async def test_a_word_that_is_right_is_settled_as_it_stands(study: Study) -> None:
    text = sources.load_text(study.store, source_of(study))
    async with opened(study, study.folder) as pilot:
        await press(pilot, "f3", "Q", "s")
        assert "Ingen ord er usikre her" in seen(pilot)
        await press(pilot, "escape", "u", "Q", "t")
        screen = pilot.app.screen
        assert screen.reader.selected_text == "færre"  # type: ignore[attr-defined]
        assert sources.load_text(study.store, source_of(study)) == text
