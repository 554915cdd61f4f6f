"""The whole program in a real terminal of 80×24: the bytes that it writes, drawn by pyte."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.tui.studies import make_small_study

pexpect = pytest.importorskip("pexpect")
import pyte  # noqa: E402

F2, F7, F8, F9 = "\x1bOQ", "\x1b[18~", "\x1b[19~", "\x1b[20~"
CTRL_Q = "\x11"
PATIENCE = 30.0


class Terminal:
    """A running kodebok, and the screen that a user would see."""

    def __init__(self, arguments: list[str], folder: Path) -> None:
        environment = {**os.environ, "TERM": "xterm-256color", "PYTHONPATH": str(Path.cwd())}
        self.screen = pyte.Screen(80, 24)
        self._stream = pyte.ByteStream(self.screen)
        self.child = pexpect.spawn(
            sys.executable,
            ["-m", "kodebok", *arguments],
            cwd=str(folder),
            env=environment,
            dimensions=(24, 80),
            timeout=PATIENCE,
        )

    def text(self) -> str:
        """What stands on the screen."""
        return "\n".join(self.screen.display)

    def wait_for(self, words: str, gone: bool = False) -> str:
        """Read until the words are there, or are gone."""
        self._wait(lambda: (words in self.text()) != gone, words)
        return self.text()

    def _wait(self, is_so: Callable[[], bool], what: str) -> None:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            if is_so():
                return
            try:
                self._stream.feed(self.child.read_nonblocking(65536, timeout=0.2))
            except pexpect.TIMEOUT:
                continue
            except pexpect.EOF:
                break
        raise AssertionError(f"{what!r} was never so:\n{self.text()}")

    def press(self, keys: str) -> None:
        """Send keys as a terminal does."""
        self.child.send(keys)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    make_small_study(tmp_path / "s").close()
    return tmp_path / "s"


@pytest.fixture
def terminal(folder: Path) -> Iterator[Terminal]:
    terminal = Terminal([], folder)
    yield terminal
    terminal.child.close(force=True)


def test_a_user_walks_through_the_screens_and_leaves(terminal: Terminal, folder: Path) -> None:
    text = terminal.wait_for("Én kommune")
    terminal.wait_for("Informant 2")
    terminal.press("r")
    terminal.wait_for(" ja")
    terminal.press(F8)
    terminal.wait_for("kilde lest gjennom")
    terminal.press("u")
    terminal.wait_for("angret: kilde lest gjennom")
    terminal.press(F7)
    terminal.wait_for("funnkapittel")
    terminal.wait_for("exports/funn.docx")
    terminal.press("\r")
    terminal.wait_for("Laget:")
    assert (folder / "exports" / "funn.docx").is_file()
    terminal.press(F9)
    terminal.wait_for("Språk på skjermen")
    terminal.press("?")
    terminal.wait_for("Esc går tilbake")
    terminal.press("\x1b")
    terminal.wait_for("Esc går tilbake", gone=True)
    terminal.press(F2)
    terminal.wait_for("Førsteinntrykk")
    terminal.press(CTRL_Q)
    terminal.child.expect(pexpect.EOF)
    terminal.child.close()
    assert terminal.child.exitstatus == 0
    assert "Traceback" not in text


def test_a_dragged_file_is_read_and_brought_in(terminal: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "Intervju nr 3.txt"
    file.write_text("Intervjuer: Hva?\nInformant 3: Alt [latter].\n", encoding="utf-8")
    terminal.wait_for("Informant 2")
    terminal.press("a")
    terminal.wait_for("Velg en fil")
    terminal.press(f"\x1b[200~'{file}'\x1b[201~")
    terminal.wait_for("Alt [latter].")
    terminal.press("\x13")
    terminal.wait_for("Førsteinntrykk av Intervju nr 3")
    terminal.press("\x1b")
    terminal.wait_for("3 informanter")


def test_without_a_study_the_start_screen_opens(tmp_path: Path) -> None:
    terminal = Terminal([], tmp_path)
    try:
        terminal.wait_for("Ny studie")
        terminal.wait_for("Ctrl+Q Avslutt")
        terminal.press(CTRL_Q)
        terminal.child.expect(pexpect.EOF)
        terminal.child.close()
        assert terminal.child.exitstatus == 0
    finally:
        terminal.child.close(force=True)
