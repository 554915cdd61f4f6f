"""A student codes in a real terminal of 80×24, by the bytes that keys and mouse send."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kodebok.storage import codings
from kodebok.study.example import make_example
from kodebok.study.opening import open_study

pytest.importorskip("pexpect")
from tests.tui.test_terminal import CTRL_Q, Terminal

F3, F5 = "\x1bOR", "\x1b[15~"
ESCAPE, ENTER = "\x1b", "\r"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    make_example(tmp_path / "studie").close()
    return tmp_path / "studie"


@pytest.fixture
def terminal(folder: Path) -> Iterator[Terminal]:
    terminal = Terminal([], folder)
    yield terminal
    terminal.child.close(force=True)


def count_codings(folder: Path) -> int:
    with open_study(folder) as study:
        return len(codings.load_codings(study.store))


def test_twenty_passages_are_coded_and_seen_in_the_matrix(terminal: Terminal, folder: Path) -> None:
    before = count_codings(folder)
    terminal.wait_for("Informant 1")
    terminal.press(F3)
    terminal.wait_for("103 kodede utdrag")
    for number in range(19):
        terminal.press("yS" + str(number % 5 + 1))
        terminal.wait_for(f"{104 + number} kodede utdrag")
    terminal.press("yWn")
    terminal.wait_for("Ny kode: hva skal den hete?")
    terminal.press("Kaffetrakteren")
    terminal.wait_for("Ny kode «Kaffetrakteren»")
    terminal.press(ENTER)
    terminal.wait_for("under hvilken kode?")
    terminal.press(ENTER)
    terminal.wait_for("Ny kode, og kodet: Kaffetrakteren")
    assert count_codings(folder) == before + 20
    terminal.press(F5)
    terminal.wait_for("Koder × informant")
    terminal.wait_for("Faste møtepunkt")
    terminal.press(ENTER)
    terminal.wait_for("Organisatoriske grep, Fysioterapeut")
    terminal.press(ENTER)
    terminal.wait_for("kodede utdrag, lest")
    terminal.press(CTRL_Q)
    terminal.child.expect(_end())
    terminal.child.close()
    assert terminal.child.exitstatus == 0


def test_what_is_coded_survives_a_kill(terminal: Terminal, folder: Path) -> None:
    before = count_codings(folder)
    terminal.wait_for("Informant 1")
    terminal.press(F3)
    terminal.wait_for("103 kodede utdrag")
    terminal.press("yS1")
    terminal.wait_for("104 kodede utdrag")
    terminal.child.kill(9)
    assert count_codings(folder) == before + 1


def test_a_word_is_marked_by_two_clicks_and_coded(terminal: Terminal, folder: Path) -> None:
    terminal.wait_for("Informant 1")
    terminal.press(F3)
    terminal.wait_for("103 kodede utdrag")
    terminal.wait_for("Ingenting er kodet her")
    rows = terminal.screen.display
    row = next(number for number, line in enumerate(rows) if "opptakeren" in line)
    column = rows[row].index("opptakeren") + 2
    for _ in range(2):
        terminal.press(f"\x1b[<0;{column};{row + 1}M\x1b[<0;{column};{row + 1}m")
    terminal.wait_for("1 ord merket")
    terminal.press("1")
    terminal.wait_for("104 kodede utdrag")
    with open_study(folder) as study:
        newest = max(codings.load_codings(study.store), key=lambda coding: coding.created)
        assert newest.text == "opptakeren"


def _end() -> type:
    import pexpect

    end: type = pexpect.EOF
    return end
