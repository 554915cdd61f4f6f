"""From an empty folder to a Word chapter, by nothing but keys in a terminal of 80×24."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kodebok.study.example import example_folder
from kodebok.study.opening import open_study

pexpect = pytest.importorskip("pexpect")
from tests.tui.test_terminal import CTRL_Q, F7, Terminal  # noqa: E402

F3, F5 = "\x1bOR", "\x1b[15~"
ESCAPE, ENTER, CTRL_S = "\x1b", "\r", "\x13"


def dragged(*paths: Path) -> str:
    """What a terminal sends when files are dropped on it."""
    return "\x1b[200~" + " ".join(str(path) for path in paths) + "\x1b[201~"


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    terminal = Terminal([], tmp_path)
    yield terminal
    terminal.child.close(force=True)


def make_a_study(terminal: Terminal) -> None:
    terminal.wait_for("Ny studie")
    terminal.press("n")
    terminal.wait_for("En ny studie")
    terminal.press("Min studie")
    terminal.press(CTRL_S)
    terminal.wait_for("Ingen kilder ennå.")


def bring_in_two_interviews(terminal: Terminal) -> None:
    texts = example_folder() / "transcripts"
    terminal.press("a")
    terminal.wait_for("Velg en fil")
    terminal.press(dragged(texts / "I1-enhetsleder.txt", texts / "I4-helsefagarbeider.txt"))
    terminal.wait_for("Informant 1 svarer (26 replikker)")
    terminal.press(CTRL_S)
    terminal.wait_for("Førsteinntrykk av I1-enhetsleder")
    terminal.press("Handlekraftig, men ser på klokka." + CTRL_S)
    terminal.wait_for("Førsteinntrykk av I4-helsefagarbeider")
    terminal.press(ESCAPE)
    terminal.wait_for("472 ord, 2 informanter")


def code_twenty_passages(terminal: Terminal) -> None:
    terminal.press(F3)
    terminal.wait_for("I1-enhetsleder, 0 kodede utdrag")
    terminal.press("ySn")
    terminal.wait_for("Ny kode: hva skal den hete?")
    terminal.press("Organisatoriske grep")
    terminal.wait_for("Ny kode «Organisatoriske grep»")
    terminal.press(ENTER)
    terminal.wait_for("I1-enhetsleder, 1 kodet utdrag")
    for number in range(2, 21):
        terminal.press("yS1")
        terminal.wait_for(f"I1-enhetsleder, {number} kodede utdrag")


def test_a_student_goes_from_two_files_to_a_chapter(terminal: Terminal, tmp_path: Path) -> None:
    make_a_study(terminal)
    bring_in_two_interviews(terminal)
    code_twenty_passages(terminal)
    terminal.press(F5)
    terminal.wait_for("Koder × informant")
    terminal.wait_for("Organisatoriske grep")
    terminal.press(F7)
    terminal.wait_for("exports/funn.docx")
    terminal.press(ENTER)
    terminal.wait_for("Laget:")
    terminal.press(CTRL_Q)
    terminal.child.expect(pexpect.EOF)
    terminal.child.close()
    assert terminal.child.exitstatus == 0
    check_the_chapter(tmp_path / "min-studie")


def check_the_chapter(folder: Path) -> None:
    from docx import Document

    from kodebok.storage.codings import load_codings

    with open_study(folder) as study:
        coded = [coding.text for coding in load_codings(study.store)]
    assert len(coded) == 20
    chapter = Document(str(folder / "exports" / "funn.docx"))
    headings = [p.text for p in chapter.paragraphs if p.style and p.style.name == "Heading 2"]
    assert headings[0] == "Organisatoriske grep"
    text = " ".join(paragraph.text for paragraph in chapter.paragraphs)
    assert all(words in text for words in coded)
