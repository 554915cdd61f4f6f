"""The first hour in a terminal: someone who has hardly used one does as the first round says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kodebok.storage.codings import load_codings
from kodebok.study.example import example_folder
from kodebok.study.opening import open_study

pexpect = pytest.importorskip("pexpect")
from tests.tui.test_a_student import CTRL_S, F3, dragged, make_a_study  # noqa: E402
from tests.tui.test_terminal import CTRL_Q, Terminal  # noqa: E402

ENTER, ESCAPE, RIGHT = "\r", "\x1b", "\x1b[C"


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    terminal = Terminal([], tmp_path)
    yield terminal
    terminal.child.close(force=True)


def test_from_an_empty_folder_to_a_first_coding_and_its_undo(
    terminal: Terminal, tmp_path: Path
) -> None:
    make_a_study(terminal)
    terminal.wait_for("Første runde 1/5")
    terminal.press("a")
    terminal.wait_for("Velg en fil")
    terminal.press(dragged(example_folder() / "transcripts" / "I1-enhetsleder.txt"))
    terminal.wait_for("Informant 1 svarer")
    terminal.press(CTRL_S)
    terminal.wait_for("Førsteinntrykk")
    terminal.press(ESCAPE)
    terminal.wait_for("Første runde 2/5")
    terminal.press(F3)
    terminal.wait_for("I1-enhetsleder, 0 kodede utdrag")
    terminal.press("v" + RIGHT * 4 + "c")
    terminal.wait_for("Ny kode")
    terminal.press("Ledelse" + ENTER)
    terminal.wait_for("I1-enhetsleder, 1 kodet utdrag")
    terminal.wait_for("Første runde 3/5")
    terminal.press("u")
    terminal.wait_for("I1-enhetsleder, 0 kodede utdrag")
    terminal.press(CTRL_Q)
    terminal.child.expect(pexpect.EOF)
    with open_study(tmp_path / "min-studie") as study:
        assert load_codings(study.store) == []
