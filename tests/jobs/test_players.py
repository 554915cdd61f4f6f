"""The sound is played: exactly where it is asked for, slower, again, and followed."""

from __future__ import annotations

import math
import shutil
import struct
import time
import wave
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from kodebok.errors import KodebokError, MissingComponentError
from kodebok.jobs import players
from kodebok.jobs.players import FfplayPlayer, MpvPlayer, open_player

RATE, SECONDS = 16_000, 20
SILENT = ("--ao=null",)


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sound") / "-en lyd med æ.wav"
    with wave.open(str(path), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        tone = (int(8_000 * math.sin(i / 20)) for i in range(RATE * SECONDS))
        out.writeframes(b"".join(struct.pack("<h", value) for value in tone))
    return path


@pytest.fixture
def mpv(sound: Path) -> Iterator[MpvPlayer]:
    player = open_player(sound, SILENT)
    assert isinstance(player, MpvPlayer)
    yield player
    player.close()


def wait_for(is_so: Callable[[], bool]) -> bool:
    until = time.monotonic() + 10
    while time.monotonic() < until:
        if is_so():
            return True
        time.sleep(0.02)
    return False


needs_mpv = pytest.mark.skipif(shutil.which("mpv") is None, reason="mpv is not here")
needs_ffplay = pytest.mark.skipif(shutil.which("ffplay") is None, reason="ffplay is not here")


@needs_mpv
def test_it_stands_still_until_it_is_told_to_play(mpv: MpvPlayer) -> None:
    assert not mpv.is_playing
    assert (mpv.position_ms, mpv.duration_ms) == (0, SECONDS * 1_000)


@needs_mpv
def test_it_goes_to_the_millisecond_and_back_three_seconds(mpv: MpvPlayer) -> None:
    mpv.seek(12_345)
    assert wait_for(lambda: abs(mpv.position_ms - 12_345) <= 5)
    mpv.back()
    assert wait_for(lambda: abs(mpv.position_ms - 9_345) <= 5)
    mpv.back(60_000)
    assert wait_for(lambda: mpv.position_ms == 0)


@needs_mpv
def test_a_stretch_is_played_and_then_it_stands_still(mpv: MpvPlayer) -> None:
    mpv.play(5_000, 5_600)
    assert mpv.is_playing
    assert wait_for(lambda: not mpv.is_playing)
    assert abs(mpv.position_ms - 5_600) <= 50


@needs_mpv
def test_after_a_stretch_it_plays_on_from_anywhere(mpv: MpvPlayer) -> None:
    mpv.play(5_000, 5_200)
    assert wait_for(lambda: not mpv.is_playing)
    mpv.play()
    assert wait_for(lambda: mpv.position_ms > 5_600)
    mpv.play(5_000, 5_200)
    assert wait_for(lambda: not mpv.is_playing)
    mpv.seek(10_000)
    mpv.play()
    assert wait_for(lambda: mpv.position_ms > 10_200)
    assert mpv.is_playing


@needs_mpv
def test_it_follows_and_pauses(mpv: MpvPlayer) -> None:
    mpv.play(2_000)
    assert wait_for(lambda: mpv.position_ms > 2_200)
    mpv.pause()
    here = mpv.position_ms
    time.sleep(0.2)
    assert abs(mpv.position_ms - here) <= 50
    assert not mpv.is_playing


@needs_mpv
def test_it_plays_slower_within_bounds(mpv: MpvPlayer) -> None:
    mpv.set_speed(0.75)
    assert mpv.speed == 0.75
    mpv.set_speed(0.01)
    assert mpv.speed == 0.5


@needs_mpv
def test_a_turn_is_played_again_and_again_until_it_is_let_go(mpv: MpvPlayer) -> None:
    mpv.loop(2_000, 2_300)
    seen = []
    for _ in range(60):
        seen.append(mpv.position_ms)
        time.sleep(0.02)
    assert max(seen) <= 2_400
    assert sum(1 for a, b in pairwise(seen) if b < a) >= 2
    mpv.end_loop()
    assert wait_for(lambda: mpv.position_ms > 2_600)


@needs_mpv
def test_what_is_no_sound_is_refused_and_no_program_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "tekst.mp3"
    path.write_text("ikke lyd", encoding="utf-8")
    started = []
    start = players.start_with_channel

    def noting(command: list[str]) -> object:
        started.append(start(command))
        return started[-1]

    monkeypatch.setattr(players, "start_with_channel", noting)
    with pytest.raises(KodebokError, match="K943"):
        open_player(path, SILENT)
    assert started[0][0].poll() is not None


@needs_mpv
def test_a_player_that_was_killed_says_so(mpv: MpvPlayer) -> None:
    mpv._process.kill()
    mpv._process.wait()
    with pytest.raises(KodebokError, match="K943"):
        mpv.seek(1_000)


@needs_ffplay
def test_without_mpv_ffplay_does_what_it_can(sound: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SDL_AUDIODRIVER", "dummy")
    found = shutil.which
    monkeypatch.setattr(shutil, "which", lambda name: None if name == "mpv" else found(name))
    player = open_player(sound)
    assert isinstance(player, FfplayPlayer)
    player.seek(4_000)
    assert player.position_ms == 4_000
    player.set_speed(2.0)
    player.play()
    assert wait_for(lambda: player.position_ms > 4_300)
    player.pause()
    here = player.position_ms
    player.back(1_000)
    assert player.position_ms == here - 1_000
    player.loop(1_000, 1_200)
    assert wait_for(lambda: player.position_ms > 1_000)
    player.close()
    assert not player.is_playing


def test_without_any_player_the_line_that_installs_one_is_said(
    sound: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    with pytest.raises(MissingComponentError, match="K942") as caught:
        open_player(sound)
    assert "mpv" in caught.value.remedy
    assert caught.value.exit_code == 3
