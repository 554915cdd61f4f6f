"""`kodebok merge`: what comes in is shown, and nothing is written before questions are answered."""

from __future__ import annotations

import shutil
import tarfile
from pathlib import Path

import pytest

from kodebok.cli import merge as merge_command
from kodebok.coding.corrections import join_turns, set_speaker
from kodebok.storage import sources
from tests.builders import coder_of
from tests.cli.conftest import Run
from tests.study.merging_copies import opened


@pytest.fixture
def other(coded: Run, anywhere: Run, tmp_path: Path) -> Run:
    """Run one line in another copy of the study."""
    assert coded("coders", "add", "Ola").code == 0
    shutil.copytree(tmp_path / "study", tmp_path / "other")

    def run(*words: object, stdin: str | None = None) -> object:
        return anywhere("-C", tmp_path / "other", "--coder", "Ola", *words, stdin=stdin)

    return run


def place(tmp_path: Path) -> Path:
    return tmp_path / "other"


def test_what_the_other_did_comes_in_and_can_be_taken_back(
    coded: Run, other: Run, tmp_path: Path
) -> None:
    assert other("code", "I2", "Ansvar", "--text", "Det veit eg ikkje.").code == 2
    assert other("code", "I2", "Samhandling/Ansvar", "--text", "Det veit eg ikkje.").code == 0
    shown = coded("merge", place(tmp_path), "--dry-run")
    assert shown.rows == [
        ["What comes in", "New", "Changed", "Removed"],
        ["coded passages", "1", "0", "0"],
    ]
    assert len(coded("quotes", "--json").items) == 1
    taken = coded("merge", place(tmp_path), "--yes")
    assert taken.code == 0
    assert "kodebok undo" in taken.err
    assert {item["coder"] for item in coded("quotes", "--json").items} == {"Kari", "Ola"}
    assert coded("check").code == 0
    assert coded("history", "--json").items[0]["kind"] == "merge.take"
    assert coded("undo").code == 0
    assert len(coded("quotes", "--json").items) == 1


def test_a_copy_with_nothing_new_says_so(coded: Run, other: Run, tmp_path: Path) -> None:
    answer = coded("merge", place(tmp_path) / "kodebok.db")
    assert answer.code == 0
    assert "holds nothing that is not here" in answer.err
    assert coded("merge", place(tmp_path), "--json").items == []


@pytest.fixture
def disagreeing(coded: Run, other: Run) -> Run:
    """The study, after both copies gave one code a new name."""
    assert coded("codebook", "rename", "Faste møtepunkt", "Møter").code == 0
    assert other("codebook", "rename", "Faste møtepunkt", "Onsdager").code == 0
    return coded


def test_without_a_terminal_an_open_question_ends_with_two(
    disagreeing: Run, tmp_path: Path
) -> None:
    answer = disagreeing("merge", place(tmp_path), "--yes")
    assert answer.code == 2
    assert "K624" in answer.err
    assert "Onsdager" in answer.out
    assert "Onsdager" not in disagreeing("codebook").out


def test_a_disagreement_is_told_as_json(disagreeing: Run, tmp_path: Path) -> None:
    answer = disagreeing("merge", place(tmp_path), "--dry-run", "--json")
    assert answer.schema == "kodebok.merge/1"
    (conflict,) = [item for item in answer.items if item["kind"] == "conflict"]
    assert (conflict["table"], conflict["column"]) == ("codes", "name")
    assert (conflict["mine"], conflict["theirs"], conflict["choice"]) == (
        "Møter",
        "Onsdager",
        None,
    )


@pytest.mark.parametrize(("chosen", "name"), [("mine", "Møter"), ("theirs", "Onsdager")])
def test_one_side_can_be_right_in_everything(
    disagreeing: Run, other: Run, tmp_path: Path, chosen: str, name: str
) -> None:
    assert disagreeing("merge", place(tmp_path), "--conflicts", chosen, "--yes").code == 0
    assert name in disagreeing("codebook").out
    assert other("merge", tmp_path / "study", "--yes").code == 0
    assert name in other("codebook").out


def test_questions_are_answered_one_by_one(
    disagreeing: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(merge_command, "can_ask", lambda: True)
    answer = disagreeing("merge", place(tmp_path), "--yes", stdin="hm\nth\n")
    assert answer.code == 0
    assert "Question 1 of 1: code: Møter" in answer.err
    assert "mine: Møter" in answer.err
    assert "Onsdager" in disagreeing("codebook").out


def test_a_folder_without_a_study_is_refused(coded: Run, tmp_path: Path) -> None:
    answer = coded("merge", tmp_path / "nowhere")
    assert answer.code == 2
    assert "K961" in answer.err


def test_without_an_answer_nothing_is_taken(coded: Run, other: Run, tmp_path: Path) -> None:
    assert other("code", "I2", "Rammer", "--text", "Det veit eg ikkje.").code == 0
    answer = coded("merge", place(tmp_path))
    assert (answer.code, "K602" in answer.err) == (2, True)
    assert len(coded("quotes", "--json").items) == 1


def test_a_backup_is_to_be_restored_before_it_is_merged(
    coded: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KODEBOK_PASSPHRASE", "sju lange pinner")
    backup = tmp_path / "copy.kodebok-backup"
    assert coded("backup", backup).code == 0
    answer = coded("merge", backup)
    assert (answer.code, "K969" in answer.err) == (2, True)
    assert "that is a backup" in answer.err
    assert "kodebok backup --restore FILE DIR" in answer.err
    with tarfile.open(backup) as tar:
        tar.extract("study.tar.age", tmp_path, filter="data")
    answer = coded("merge", tmp_path / "study.tar.age")
    assert (answer.code, "K969" in answer.err) == (2, True)
    assert "that is an encrypted file" in answer.err


def test_a_voice_that_the_other_joined_away_is_told(coded: Run, other: Run, tmp_path: Path) -> None:
    with opened(tmp_path / "study") as store:
        source = next(
            one for one in sources.load_sources(store) if len(sources.load_turns(store, one.id)) > 1
        )
        first, second = sources.load_turns(store, source.id)[:2]
        set_speaker(store, coder_of(store), source.id, second.id, "Tolken")
    with opened(place(tmp_path)) as store:
        join_turns(store, coder_of(store), first.id, source.id)
    answer = coded("merge", place(tmp_path), "--dry-run")
    assert "whose voice counts: 1" in answer.err
    told = coded("merge", place(tmp_path), "--dry-run", "--json").items
    assert [item["id"] for item in told if item["kind"] == "lost-voices"] == [
        f"{source.id}:{second.start}"
    ]
