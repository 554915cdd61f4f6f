"""A student listens while she reads, corrects and codes: with a player at the edge, then mpv."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from textual.pilot import Pilot

from kodebok.coding.hearing import mark_heard, unheard_spans
from kodebok.coding.quoting import choose_quote
from kodebok.domain.span import Span
from kodebok.jobs import players
from kodebok.storage import codings, recordings, sources
from kodebok.study.opening import Study, open_study
from kodebok.study.sound_deletion import delete_sound, look_before_deleting
from kodebok.tui.screens.coding import CodingScreen
from tests.builders import add_code
from tests.study.fake_sound import use_fake_stages
from tests.tui.piloting import opened, press, seen, told, until
from tests.tui.sound.spoken import FakePlayers, make_study, write_silence


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Study]:
    use_fake_stages(monkeypatch)
    return make_study(tmp_path)


@pytest.fixture
def fakes(monkeypatch: pytest.MonkeyPatch) -> FakePlayers:
    made = FakePlayers()
    monkeypatch.setattr(players, "open_player", made)
    return made


def coding_screen(pilot: Pilot[int]) -> CodingScreen:
    assert isinstance(pilot.app.screen, CodingScreen)
    return pilot.app.screen


def turn_number(screen: CodingScreen) -> int:
    return screen.desk.turns.index(screen.desk.turn_at(screen.reader.cursor_offset))


async def playing(pilot: Pilot[int], fakes: FakePlayers, *, is_so: bool = True) -> None:
    await until(pilot, lambda: bool(fakes.opened) and fakes.last.is_playing is is_so)
    screen = coding_screen(pilot)
    await until(pilot, lambda: screen.is_playing is is_so)


async def test_space_plays_from_the_cursor_and_pauses(study: Study, fakes: FakePlayers) -> None:
    async with opened(study, study.folder) as pilot:
        await press(pilot, "f3", "f", "w", "w", "space")
        await playing(pilot, fakes)
        assert fakes.last.told == ["play 10850"]  # the third word, with a little before it
        await until(pilot, lambda: "▶ 00:1" in seen(pilot))
        await press(pilot, "space")
        await playing(pilot, fakes, is_so=False)
        await press(pilot, "space")
        await playing(pilot, fakes)
        assert fakes.last.told[1:] == ["pause", "play None"]


async def test_the_cursor_goes_with_the_sound_and_stays_when_told_to(
    study: Study, fakes: FakePlayers
) -> None:
    async with opened(study, study.folder) as pilot:
        await press(pilot, "f3", "space")
        screen = coding_screen(pilot)
        await playing(pilot, fakes)
        await until(pilot, lambda: screen.reader.cursor_offset > 0)
        word = screen.reader._picture.played if screen.reader._picture else None
        assert word is not None
        assert word.start <= screen.reader.cursor_offset <= word.end
        await press(pilot, "G", "home")
        at = screen.reader.cursor_offset
        played = fakes.last.position_ms
        await until(pilot, lambda: fakes.last.position_ms > played + 1_000)
        assert screen.reader.cursor_offset == at
        assert "følger ikke" in seen(pilot)


async def test_what_is_marked_stays_marked_and_is_coded_while_it_plays(
    study: Study, fakes: FakePlayers
) -> None:
    async with opened(study, study.folder) as pilot:
        await press(pilot, "f3", "space")
        await playing(pilot, fakes)
        await press(pilot, "f", "S", "c", "F", "a", "s", "t", "enter")
        assert fakes.last.is_playing
        made = codings.load_codings(study.store)
        assert [coding.text for coding in made] == [coding_screen(pilot).reader.selected_text]


async def test_a_turn_that_was_played_to_its_end_counts_as_heard_and_no_other(
    study: Study, fakes: FakePlayers
) -> None:
    async with opened(study, study.folder) as pilot:
        await press(pilot, "f3", "f", "space")
        await playing(pilot, fakes)
        screen = coding_screen(pilot)
        first, second = screen.desk.turns[0].span, screen.desk.turns[1].span
        with closing(open_study(study.folder)) as elsewhere:  # as another terminal would
            add_code(elsewhere.store, "Ny kode fra et annet vindu")
        pilot.app.reload_if_changed()  # type: ignore[attr-defined]
        fakes.last.pace = 12.0

        def is_heard() -> bool:
            unheard = unheard_spans(study.store, screen.desk.source.id)
            return not any(gap.overlaps(second) for gap in unheard)

        await until(pilot, is_heard)
        unheard = unheard_spans(study.store, screen.desk.source.id)
        assert any(gap.overlaps(first) for gap in unheard)


async def test_what_was_jumped_over_is_not_heard(study: Study, fakes: FakePlayers) -> None:
    async with opened(study, study.folder) as pilot:
        await press(pilot, "f3", "space")
        await playing(pilot, fakes)
        screen = coding_screen(pilot)
        screen.reader.go_to(screen.desk.turns[0].end - 1)
        await press(pilot, "enter")
        await until(pilot, lambda: fakes.last.position_ms > 6_000)
        await pilot.pause(0.3)
        first = screen.desk.turns[0].span
        unheard = unheard_spans(study.store, screen.desk.source.id)
        assert any(gap.overlaps(first) for gap in unheard)


async def test_heard_is_noted_by_a_key_shown_and_taken_back(
    study: Study, fakes: FakePlayers
) -> None:
    async with opened(study, study.folder) as pilot:
        await press(pilot, "f3")
        assert "0 % hørt" in seen(pilot)
        assert "replikken er ikke hørt: H" in seen(pilot)
        await press(pilot, "H")
        assert "replikken er hørt" in seen(pilot)
        await press(pilot, "f")
        assert "replikken er ikke hørt: H" in seen(pilot)
        await press(pilot, "F")
        assert fakes.opened == []
        await press(pilot, "u")
        assert "0 % hørt" in seen(pilot)
        await press(pilot, "H", "H")
        assert "0 % hørt" in seen(pilot)


async def test_a_quote_is_played_from_the_list_of_quotes(study: Study, fakes: FakePlayers) -> None:
    source = sources.load_sources(study.store)[0]
    start = sources.load_text(study.store, source.id).index("andre møtene")
    choose_quote(study.store, study.coder.id, source.id, Span(start, start + 5))
    async with opened(study, study.folder) as pilot:
        await press(pilot, "f6", "t", "p")
        await until(pilot, lambda: bool(fakes.opened) and bool(fakes.last.told))
        assert fakes.last.told == ["play 41350"]
        assert coding_screen(pilot).reader.selected_text == "andre"
        await until(pilot, lambda: not fakes.last.is_playing)
        assert fakes.last.position_ms == 42_100


async def test_speed_loop_and_three_seconds_back(study: Study, fakes: FakePlayers) -> None:
    async with opened(study, study.folder) as pilot:
        await press(pilot, "f3", "space")
        await playing(pilot, fakes)
        await press(pilot, "semicolon", "semicolon", "backspace", "colon", "L")
        await until(pilot, lambda: "loop 0 2950" in fakes.last.told)
        assert fakes.last.told[1:] == ["speed 0.9", "speed 0.8", "back", "speed 0.9", "loop 0 2950"]
        assert "0,9×" in seen(pilot)
        assert "om igjen" in seen(pilot)
        await press(pilot, "L")
        await until(pilot, lambda: fakes.last.told[-1] == "end loop")


async def test_correcting_goes_on_while_the_sound_plays_and_times_stay_on_their_words(
    study: Study, fakes: FakePlayers
) -> None:
    async with opened(study, study.folder) as pilot:
        await press(pilot, "f3", "G", "f", "space")
        await playing(pilot, fakes)
        await press(pilot, "e", "home", "j", "a", "space")
        assert fakes.last.is_playing
        await press(pilot, "f3")
        await until(pilot, lambda: "back" in fakes.last.told)
        await press(pilot, "f4")
        await until(pilot, lambda: fakes.last.told[-1] == "pause")
        await press(pilot, "enter")
        screen = coding_screen(pilot)
        assert sources.load_text(study.store, screen.desk.source.id).split("\n")[1].startswith("ja")
        screen.reader.go_to(screen.desk.text.index("morgenmøtet"))
        await press(pilot, "enter")
        await until(pilot, lambda: fakes.last.told[-1] == "play 10850")


async def test_without_a_player_it_says_what_to_install_and_all_else_works(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    async with opened(study, study.folder) as pilot:
        await press(pilot, "f3", "space")
        await until(pilot, lambda: "mpv" in told(pilot))
        await press(pilot, "H")
        assert "replikken er hørt" in seen(pilot)


async def test_sound_that_was_deleted_or_never_was_says_so(
    study: Study, fakes: FakePlayers
) -> None:
    delete_sound(study, look_before_deleting(study, "I1"))
    async with opened(study, study.folder) as pilot:
        await press(pilot, "f3")
        assert "Lyden ble slettet" in seen(pilot)
        await press(pilot, "space")
        assert "slettet" in told(pilot)
        assert fakes.opened == []


async def test_the_player_ends_with_the_screen(study: Study, fakes: FakePlayers) -> None:
    async with opened(study, study.folder) as pilot:
        await press(pilot, "f3", "space")
        await playing(pilot, fakes)
        await press(pilot, "f2")
        await until(pilot, lambda: "pause" in fakes.last.told)
    assert fakes.last.is_closed


@pytest.mark.skipif(shutil.which("mpv") is None, reason="mpv is not installed")
async def test_mpv_itself_plays_and_the_cursor_goes_with_it(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    recording = recordings.load_recordings(study.store)[0]
    write_silence(study.folder / recording.path, 60)
    really = players.open_player
    monkeypatch.setattr(
        players, "open_player", lambda path, _options=(): really(path, ["--ao=null"])
    )
    async with opened(study, study.folder) as pilot:
        await press(pilot, "f3", "f", "space")
        screen = coding_screen(pilot)
        start = screen.desk.turns[1].start
        await until(pilot, lambda: screen.reader.cursor_offset > start)
        assert turn_number(screen) == 1
        await press(pilot, "space")
        await until(pilot, lambda: not screen.is_playing)
        assert screen.listening is not None
        assert screen.listening.playback is not None
        assert 10_000 <= screen.listening.playback.state.position_ms < 20_000


def test_a_part_that_was_heard_is_part_of_the_share(study: Study) -> None:
    from kodebok.tui.screens.coding_sound_line import heard_percent

    source = sources.load_sources(study.store)[0]
    text = sources.load_text(study.store, source.id)
    mark_heard(study.store, study.coder.id, source.id, Span(0, len(text) // 2))
    assert 40 <= heard_percent(text, unheard_spans(study.store, source.id)) <= 60
    assert heard_percent(text, []) == 100
