"""Every screen is drawn in a real terminal of 80×24, and none of them falls over."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kodebok.study.example import make_example

pexpect = pytest.importorskip("pexpect")
from tests.tui.test_terminal import CTRL_Q, F2, F7, F8, F9, Terminal  # noqa: E402

CTRL_G, CTRL_T = "\x07", "\x14"
CTRL_N = "\x0e"
F3, F4, F5, F6, F12 = "\x1bOR", "\x1bOS", "\x1b[15~", "\x1b[17~", "\x1b[24~"

# The key of a screen, and words that stand on it and on no other.
SCREENS = (
    (F3, "103 kodede utdrag"),
    (F4, "19 koder"),
    (F5, "Koder × informant"),
    (F6, "404 utdrag, 18 sitater"),
    (F7, "exports/funn.docx"),
    (F8, "eksempelstudie laget"),
    (F9, "Språk på skjermen"),
    (F12, "Sentral idé"),
    (CTRL_N, "Koblingsnøkkelen er en fil"),
    (CTRL_G, "1 Forslag"),
    (CTRL_T, "Ingen opptak ennå"),
    (F2, "Førsteinntrykk"),
)


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    make_example(tmp_path / "studie").close()
    terminal = Terminal([], tmp_path / "studie")
    yield terminal
    terminal.child.close(force=True)


def test_every_screen_opens_by_its_key(terminal: Terminal) -> None:
    terminal.wait_for("Informant 1")
    for key, words in SCREENS:
        terminal.press(key)
        terminal.wait_for(words)
    terminal.press(CTRL_Q)
    terminal.child.expect(pexpect.EOF)
    terminal.child.close()
    assert terminal.child.exitstatus == 0
