"""What a person at a terminal sees, and what is asked of them."""

from __future__ import annotations

import io
import json
import os
import re
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kodebok.cli import output
from kodebok.cli.output import Column
from tests.cli.conftest import ROOT, Run

STYLE = re.compile(r"\x1b\[[0-9;]*m")

pexpect = pytest.importorskip("pexpect")
at_a_terminal = pytest.mark.skipif(not hasattr(pexpect, "spawn"), reason="no pseudo-terminal here")


class Terminal:
    """A real terminal of 80 by 24 on a study, in bokmål."""

    def __init__(self, tmp_path: Path) -> None:
        self.folder = tmp_path / "study"
        self.environment = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "KODEBOK_LANG": "nb",
            "TERM": "xterm",
            "NO_COLOR": "1",
        }

    def run(self, *words: object, answers: tuple[tuple[str, str], ...] = ()) -> tuple[int, str]:
        """Run a line, answer what is asked, and give the exit code and all that was shown."""
        child = pexpect.spawn(
            sys.executable,
            ["-m", "kodebok", "-C", str(self.folder), *(str(word) for word in words)],
            env=self.environment,
            dimensions=(24, 80),
            encoding="utf-8",
            timeout=30,
        )
        shown = ""
        for question, answer in answers:
            child.expect_exact(question)
            shown += child.before
            child.sendline(answer)
        child.expect(pexpect.EOF)
        child.close()
        return child.exitstatus, STYLE.sub("", shown + child.before).replace("\r\n", "\n")


@pytest.fixture
def terminal(empty: Run, tmp_path: Path) -> Terminal:
    return Terminal(tmp_path)


@at_a_terminal
def test_an_import_is_shown_before_it_is_agreed_to(
    terminal: Terminal, material: Path, empty: Run
) -> None:
    code, shown = terminal.run("import", material, answers=(("[j/N]", "kanskje"), ("[j/N]", "nei")))
    assert code == 0
    assert "Informant 1 (Informant 1, 2)" in shown
    assert "Ingenting ble endret." in shown
    assert empty("sources", "--json").items == []
    code, shown = terminal.run("import", material, answers=(("Hente inn 2 kilder? [j/N]", "j"),))
    assert code == 0
    assert len(empty("sources", "--json").items) == 2


@at_a_terminal
def test_a_new_coder_is_asked_for(terminal: Terminal, study: Run) -> None:
    asked = "Jonas er ikke koder her. Legge til? [j/N]"
    code, shown = terminal.run("--coder", "Jonas", "read", "I1", answers=((asked, ""),))
    assert (code, "K603" in shown) == (2, True)
    code, _shown = terminal.run("--coder", "Jonas", "read", "I1", answers=((asked, "ja"),))
    assert code == 0
    assert [coder["name"] for coder in study("coders", "--json").items] == ["Jonas", "Kari"]


@at_a_terminal
def test_an_answer_that_never_comes_is_an_interruption(terminal: Terminal, coded: Run) -> None:
    code, shown = terminal.run(
        "codebook", "delete", "Samhandling", answers=(("[j/N]", "\x04\x04"),)
    )
    assert code == 130
    assert "Traceback" not in shown
    assert len(coded("quotes", "--json").items) == 1


@at_a_terminal
def test_users_words_are_never_markup_or_orders_to_the_terminal(
    terminal: Terminal, study: Run
) -> None:
    study("memo", "add", "--text", "[bold]ler[/bold] [latter] \x1b]0;tittel\x07 :smile:")
    code, shown = terminal.run("memo")
    assert code == 0
    joined = " ".join(shown.split())
    assert "[bold]ler[/bold]" in joined
    assert "[latter]" in joined
    assert ":smile:" in joined
    assert "\x1b]0;" not in shown
    assert "\x07" not in shown


@at_a_terminal
def test_the_matrix_has_bars_and_fits_the_terminal(terminal: Terminal, coded: Run) -> None:
    _code, shown = terminal.run("matrix")
    assert "1 █" in shown
    assert all(len(line) <= 80 for line in shown.splitlines())
    assert "Faste møtepunkt" in shown


@at_a_terminal
def test_lists_fit_the_terminal_without_losing_a_word(terminal: Terminal, coded: Run) -> None:
    for words in (
        ["sources"],
        ["quotes"],
        ["codebook"],
        ["search", "møte*"],
        ["history"],
        ["keys"],
    ):
        code, shown = terminal.run(*words)
        assert code == 0
        assert all(len(line) <= 80 for line in shown.splitlines()), words
        assert words[0] == "search" or "…" not in shown


class Pipe:
    """A stdout that is no terminal."""

    def __init__(self) -> None:
        self.buffer = io.BytesIO()

    def isatty(self) -> bool:
        return False

    def flush(self) -> None:
        pass


class Quiet:
    """As much of a session as a table needs."""

    def __init__(self, *, json_wanted: bool) -> None:
        self.json = json_wanted

    def say(self, text: str) -> None:
        pass


def printed(items: list[dict[str, Any]], *, as_json: bool) -> str:
    columns = [Column("A", "a"), Column("B", "b")]
    pipe, before = Pipe(), sys.stdout
    sys.stdout = pipe  # type: ignore[assignment]
    try:
        output.show(Quiet(json_wanted=as_json), "things", items, columns)  # type: ignore[arg-type]
    finally:
        sys.stdout = before
    return pipe.buffer.getvalue().decode("utf-8")


any_text = st.text(st.characters())


@given(st.lists(st.fixed_dictionaries({"a": any_text, "b": any_text}), min_size=1, max_size=5))
def test_every_row_is_one_line_with_its_cells_whatever_users_write(items: list[Any]) -> None:
    lines = printed(items, as_json=False).split("\n")
    assert len(lines) == len(items) + 2
    assert all(line.count("\t") == 1 for line in lines[:-1])
    assert not any(ord(sign) < 32 and sign != "\t" for line in lines for sign in line)


@given(st.lists(st.fixed_dictionaries({"a": any_text}), max_size=5))
def test_json_is_utf8_and_gives_every_word_back(items: list[Any]) -> None:
    content = json.loads(printed(items, as_json=True))
    expected = [i["a"].encode("utf-8", "replace").decode("utf-8") for i in items]
    assert [item["a"] for item in content["items"]] == expected
