"""A participant withdraws and a study ends, at a real terminal, where a person says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from kodebok.errors import ExitCode
from tests.cli.conftest import Run
from tests.cli.test_terminal import Terminal, at_a_terminal


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KODEBOK_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("KODEBOK_STATE_DIR", str(tmp_path / "state"))


@pytest.fixture
def terminal(study: Run, tmp_path: Path) -> Terminal:
    return Terminal(tmp_path)


def test_what_a_withdrawal_would_touch_is_shown_as_words_and_as_data(study: Run) -> None:
    shown = study("withdraw", "Informant 1", "--dry-run")
    assert shown.code == 0
    assert "source: I1" in shown.out
    (item,) = study("withdraw", "Informant 1", "--dry-run", "--json").items
    assert (item["sources"], item["shared"], item["turns"]) == (["I1"], [], 4)
    assert len(study("sources", "--json").items) == 2


def test_nothing_final_is_done_without_a_person_even_with_yes(study: Run) -> None:
    for words in (("withdraw", "Informant 1"), ("end-project",)):
        answer = study(*words, "--yes")
        assert answer.code == ExitCode.WRONG_USE
        assert "K575" in answer.err
    assert len(study("sources", "--json").items) == 2


@at_a_terminal
def test_a_participant_is_erased_once_the_name_is_typed(terminal: Terminal, study: Run) -> None:
    asked = (("[j/N]", "n"), ("[j/N]", "j"))
    code, shown = terminal.run(
        "withdraw", "Informant 1", "--mentions", "erase", answers=(*asked, ("Skriv", "noe annet"))
    )
    assert (code, "K576" in shown) == (2, True)
    code, shown = terminal.run(
        "withdraw", "Informant 1", "--mentions", "erase", answers=(*asked, ("Skriv", "Informant 1"))
    )
    assert code == 0
    receipt = shown[shown.index("Receipt: withdrawal") :]
    assert "Informant" not in receipt
    assert "cannot be called back" in receipt
    assert [source["name"] for source in study("sources", "--json").items] == ["I2"]
    assert study("check").code == 0
    assert "K578" in study("undo").err


@at_a_terminal
def test_an_end_that_is_broken_off_goes_on_where_it_was(
    terminal: Terminal, study: Run, tmp_path: Path
) -> None:
    original = terminal.folder / "transcripts" / "rå.txt"
    original.write_text("Kari sa", encoding="utf-8")
    answers = (("Skriv Prøve", "Prøve"), ("[j/N]", "n"), ("[j/N]", "n"))
    code, shown = terminal.run("end-project", answers=answers)
    assert (code, "Avbrutt" in shown) == (0, True)
    assert original.exists()
    study("card", "set", "--afterwards", "delete")
    receipt = tmp_path / "kvittering.txt"
    everything = (
        ("Skriv Prøve", "Prøve"),
        ("[j/N]", "j"),
        ("[j/N]", "j"),
        ("Skriv Prøve", "Prøve"),
    )
    code, shown = terminal.run("end-project", "--receipt", receipt, answers=everything)
    assert code == 0, shown
    assert "Original transcripts" in receipt.read_text(encoding="utf-8")
    assert not (terminal.folder / "kodebok.db").exists()
