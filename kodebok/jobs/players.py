"""Programs that play sound: mpv over its JSON channel, else ffplay, which can do less.

Nothing here prints or waits for the user: a screen asks for `position_ms` as often as it draws.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol

from kodebok.errors import KodebokError, MissingComponentError
from kodebok.i18n import translator
from kodebok.jobs.system import start_with_channel

_ = translator("jobs")

BACK_MS = 3_000
SLOWEST, FASTEST = 0.5, 2.0
_ANSWER_S = 5.0
_BEGIN_TRIES, _BEGIN_PAUSE_S = 200, 0.02
_MS = 1_000

# No settings of the user's, no picture, and nothing fetched from anywhere.
_MPV = (
    *("--no-config", "--no-terminal", "--no-video", "--no-ytdl", "--load-scripts=no"),
    *("--no-input-default-bindings", "--keep-open=always", "--pause", "--hr-seek=yes"),
    "--audio-display=no",
)


class Player(Protocol):
    """A program that plays one file. Times are milliseconds from its beginning."""

    def play(self, start_ms: int | None = None, end_ms: int | None = None) -> None:
        """Play on, or from a time; to a time, where it then stands still."""
        ...

    def pause(self) -> None:
        """Stand still."""
        ...

    def seek(self, time_ms: int) -> None:
        """Go to a time, playing on or standing still as before."""
        ...

    def back(self, by_ms: int = BACK_MS) -> None:
        """Go back a little."""
        ...

    def set_speed(self, speed: float) -> None:
        """Play slower or quicker at the same pitch: 0.5 to 2, of which 1 is the true speed."""
        ...

    def loop(self, start_ms: int, end_ms: int) -> None:
        """Play a stretch over and over."""
        ...

    def end_loop(self) -> None:
        """Play on past the end of the stretch."""
        ...

    @property
    def position_ms(self) -> int:
        """Where it is now."""
        ...

    @property
    def is_playing(self) -> bool:
        """Whether sound comes out."""
        ...

    def close(self) -> None:
        """Stop, and end the program."""
        ...


def open_player(path: Path, options: Sequence[str] = ()) -> Player:
    """A player for a sound file, standing still at its beginning.

    Args:
        path: The file.
        options: More arguments for mpv, such as `--ao=null`.

    Raises:
        MissingComponentError: K942, there is neither mpv nor ffplay.
        KodebokError: K943, the player does not answer or cannot play the file.
    """
    mpv = shutil.which("mpv")
    if mpv:
        return MpvPlayer(mpv, path, options)
    ffplay = shutil.which("ffplay")
    if ffplay:
        return FfplayPlayer(ffplay, path)
    raise MissingComponentError(
        _("there is no program that plays sound"),
        _(
            "install mpv: 'winget install mpv', 'brew install mpv' or 'sudo apt install mpv'; all "
            "else works without"
        ),
        "K942",
    )


def _unanswered() -> KodebokError:
    return KodebokError(
        _("the player does not answer, or cannot play the file"),
        _("play the file in another program to see whether it is whole"),
        "K943",
    )


class MpvPlayer:
    """mpv, asked and told over its JSON channel; it seeks to the millisecond."""

    def __init__(self, program: str, path: Path, options: Sequence[str] = ()) -> None:
        self._unread = b""
        self._number = 0
        self._end_ms: int | None = None
        self._process, self._channel = start_with_channel(
            [program, *_MPV, *options, "--", str(path)]
        )
        try:
            self._wait_for_file()
        except BaseException:
            self.close()
            raise

    def _wait_for_file(self) -> None:
        for _try in range(_BEGIN_TRIES):
            if self._get("time-pos") is not None and self._get("seekable"):
                return
            if self._process.poll() is not None or self._get("idle-active"):
                break
            time.sleep(_BEGIN_PAUSE_S)
        raise _unanswered()

    def play(self, start_ms: int | None = None, end_ms: int | None = None) -> None:
        """Play on, or from a time; to a time, where it then stands still."""
        self._stop_at(end_ms)
        if start_ms is not None:
            self.seek(start_ms)
        elif self._get("eof-reached"):
            self.seek(self.position_ms)
        self._set("pause", value=False)

    def _stop_at(self, end_ms: int | None) -> None:
        self._end_ms = end_ms
        self._set("end", "none" if end_ms is None else f"{end_ms / _MS:.3f}")

    def pause(self) -> None:
        """Stand still."""
        self._set("pause", value=True)

    def seek(self, time_ms: int) -> None:
        """Go to a time, playing on or standing still as before."""
        if self._end_ms is not None and time_ms >= self._end_ms:
            self._stop_at(None)
        self._ask("seek", max(time_ms, 0) / _MS, "absolute+exact")

    def back(self, by_ms: int = BACK_MS) -> None:
        """Go back a little."""
        self.seek(self.position_ms - by_ms)

    def set_speed(self, speed: float) -> None:
        """Play slower or quicker at the same pitch."""
        self._set("speed", min(max(speed, SLOWEST), FASTEST))

    def loop(self, start_ms: int, end_ms: int) -> None:
        """Play a stretch over and over."""
        self._stop_at(None)
        self._set("ab-loop-a", f"{start_ms / _MS:.3f}")
        self._set("ab-loop-b", f"{end_ms / _MS:.3f}")
        self.seek(start_ms)
        self._set("pause", value=False)

    def end_loop(self) -> None:
        """Play on past the end of the stretch."""
        self._set("ab-loop-a", "no")
        self._set("ab-loop-b", "no")

    @property
    def position_ms(self) -> int:
        """Where it is now."""
        return round((self._get("time-pos") or 0.0) * _MS)

    @property
    def duration_ms(self) -> int:
        """How long the file is."""
        return round((self._get("duration") or 0.0) * _MS)

    @property
    def speed(self) -> float:
        """How fast it plays."""
        return float(self._get("speed") or 1.0)

    @property
    def is_playing(self) -> bool:
        """Whether sound comes out."""
        return not self._get("pause")

    def close(self) -> None:
        """Stop, and end the program."""
        if self._process.poll() is None:
            with suppress(KodebokError, OSError):
                self._ask("quit")
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(1.0)
        self._process.kill()
        self._process.wait()

    def _set(self, name: str, value: Any) -> None:
        self._ask("set_property", name, value)

    def _get(self, name: str) -> Any:
        return self._ask("get_property", name).get("data")

    def _ask(self, *command: Any) -> dict[str, Any]:
        """The answer to a command; what mpv tells of its own accord is passed over."""
        self._number += 1
        asked = {"command": list(command), "request_id": self._number}
        try:
            self._channel.send(json.dumps(asked).encode() + b"\n")
            until = time.monotonic() + _ANSWER_S
            while time.monotonic() < until:
                for line in self._lines(until - time.monotonic()):
                    told: dict[str, Any] = json.loads(line)
                    if told.get("request_id") == self._number and "error" in told:
                        return told
        except (OSError, ValueError) as error:
            raise _unanswered() from error
        raise _unanswered()

    def _lines(self, seconds: float) -> list[bytes]:
        """Whole lines that have come; a line that is cut waits for its rest."""
        content = self._channel.read(max(seconds, 0.0))
        if not content and self._process.poll() is not None:
            raise OSError("the player has ended")
        *lines, self._unread = (self._unread + content).split(b"\n")
        return [line for line in lines if line.strip()]


class FfplayPlayer:
    """ffplay: it is started anew for every move, and where it is goes by the clock."""

    def __init__(self, program: str, path: Path) -> None:
        self._program = program
        self._path = path
        self._process: subprocess.Popen[bytes] | None = None
        self._from_ms = 0
        self._until_ms: int | None = None
        self._began = 0.0
        self._speed = 1.0
        self._repeats = 1

    def play(self, start_ms: int | None = None, end_ms: int | None = None) -> None:
        """Play on, or from a time; to a time, where it then stands still."""
        self._repeats = 1
        self._start(self.position_ms if start_ms is None else start_ms, end_ms)

    def _start(self, start_ms: int, end_ms: int | None) -> None:
        self._stop()
        self._from_ms, self._until_ms = max(start_ms, 0), end_ms
        stretch = [] if end_ms is None else ["-t", f"{(end_ms - self._from_ms) / _MS:.3f}"]
        self._process = subprocess.Popen(
            [
                *(self._program, "-nodisp", "-autoexit", "-hide_banner", "-loglevel", "quiet"),
                *("-ss", f"{self._from_ms / _MS:.3f}", *stretch, "-loop", str(self._repeats)),
                *("-af", f"atempo={self._speed}", "-i", str(self._path)),
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._began = time.monotonic()

    def _stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def pause(self) -> None:
        """Stand still."""
        self._from_ms = self.position_ms
        self._stop()

    def seek(self, time_ms: int) -> None:
        """Go to a time, playing on or standing still as before."""
        if self.is_playing:
            self._start(time_ms, self._until_ms)
        else:
            self._stop()
            self._from_ms = max(time_ms, 0)

    def back(self, by_ms: int = BACK_MS) -> None:
        """Go back a little."""
        self.seek(self.position_ms - by_ms)

    def set_speed(self, speed: float) -> None:
        """Play slower or quicker at the same pitch."""
        place, was_playing = self.position_ms, self.is_playing
        self._speed = min(max(speed, SLOWEST), FASTEST)
        if was_playing:
            self._start(place, self._until_ms)

    def loop(self, start_ms: int, end_ms: int) -> None:
        """Play a stretch over and over."""
        self._repeats = 0
        self._start(start_ms, end_ms)

    def end_loop(self) -> None:
        """Play on past the end of the stretch."""
        self.play()

    @property
    def position_ms(self) -> int:
        """Where it is, by the clock."""
        if self._process is None:
            return self._from_ms
        gone = round((time.monotonic() - self._began) * self._speed * _MS)
        if self._until_ms is None:
            return self._from_ms + gone
        length = max(self._until_ms - self._from_ms, 1)
        return self._from_ms + (gone % length if not self._repeats else min(gone, length))

    @property
    def is_playing(self) -> bool:
        """Whether sound comes out."""
        return self._process is not None and self._process.poll() is None

    def close(self) -> None:
        """Stop, and end the program."""
        self._stop()
