"""A study with one transcribed recording, and a player that plays nothing at the edge."""

from __future__ import annotations

import time
import wave
from collections.abc import Sequence
from pathlib import Path

from kodebok.study.opening import Study, create_study
from kodebok.study.recorded import SoundRequest, admit_sound
from kodebok.study.transcribing import transcribe
from tests.builders import add_code
from tests.study.fake_sound import SOUND


def make_study(folder: Path, *, speakers: int = 2) -> Study:
    """One recording, heard by the fake stages: turns of 9 seconds, half a second a word."""
    study = create_study(folder / "studie", "Lydstudien", coder="Kari")
    sound = folder / "intervju.m4a"
    sound.write_text(SOUND, encoding="utf-8")
    known = admit_sound(study, sound, SoundRequest(speakers=speakers, name="I1"))
    *_, last = transcribe(study, known.recording.id)
    assert last.source is not None
    add_code(study.store, "Samhandling/Faste møtepunkt", letter="F")
    return study


def write_silence(path: Path, seconds: int) -> None:
    """A real sound file."""
    with wave.open(str(path), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(8_000)
        out.writeframes(bytes(2 * 8_000 * seconds))


class FakePlayer:
    """Keeps the time, at `pace` times the true one, and remembers what it was told."""

    def __init__(self, length_ms: int = 60_000) -> None:
        self.told: list[str] = []
        self.speed, self.pace = 1.0, 1.0
        self._length_ms = length_ms
        self._at_ms = 0.0
        self._began: float | None = None
        self._end_ms: int | None = None
        self._loop: tuple[int, int] | None = None
        self.is_closed = False

    def play(self, start_ms: int | None = None, end_ms: int | None = None) -> None:
        self.told.append(f"play {start_ms}")
        self._at_ms = self.position_ms if start_ms is None else start_ms
        self._end_ms, self._began = end_ms, time.monotonic()

    def pause(self) -> None:
        self.told.append("pause")
        self._at_ms, self._began = self.position_ms, None

    def seek(self, time_ms: int) -> None:
        self._at_ms = max(0, time_ms)
        self._began = time.monotonic() if self._began is not None else None

    def back(self, by_ms: int = 3_000) -> None:
        self.told.append("back")
        self.seek(self.position_ms - by_ms)

    def set_speed(self, speed: float) -> None:
        self.told.append(f"speed {speed}")
        self.speed = speed

    def loop(self, start_ms: int, end_ms: int) -> None:
        self.told.append(f"loop {start_ms} {end_ms}")
        self._loop = (start_ms, end_ms)
        self._at_ms, self._began = start_ms, time.monotonic()

    def end_loop(self) -> None:
        self.told.append("end loop")
        self._at_ms, self._loop = self.position_ms, None
        self._began = time.monotonic()

    @property
    def position_ms(self) -> int:
        gone = 0.0 if self._began is None else (time.monotonic() - self._began) * 1000 * self.pace
        at = self._at_ms + gone
        if self._loop is not None:
            start, end = self._loop
            return round(start + (at - start) % (end - start))
        return round(min(at, self._end_ms or self._length_ms))

    @property
    def is_playing(self) -> bool:
        return self._began is not None and (
            self._loop is not None or self.position_ms < (self._end_ms or self._length_ms)
        )

    def close(self) -> None:
        self.is_closed = True


class FakePlayers:
    """Stands for `open_player`; `last` is the player that was opened last."""

    def __init__(self) -> None:
        self.opened: list[FakePlayer] = []

    def __call__(self, _path: Path, _options: Sequence[str] = ()) -> FakePlayer:
        self.opened.append(FakePlayer())
        return self.opened[-1]

    @property
    def last(self) -> FakePlayer:
        return self.opened[-1]
