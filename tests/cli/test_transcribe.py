"""`kodebok transcribe`: as a student runs it, with whatever breaks it off."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from kodebok.study import recorded
from tests.cli.conftest import ROOT, Run
from tests.study.fake_sound import SOUND, use_fake_stages


@pytest.fixture(autouse=True)
def _fake(monkeypatch: pytest.MonkeyPatch) -> None:
    use_fake_stages(monkeypatch)
    monkeypatch.setattr(recorded, "check_model", lambda _name: None)


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    path = tmp_path / "I1.mp3"
    path.write_text(SOUND, encoding="utf-8")
    return path


def test_a_file_becomes_a_source_that_can_be_coded(empty: Run, sound: Path) -> None:
    told = ("--speakers", 2, "--case", "Informant 1", "--language", "nb")
    answer = empty("transcribe", sound, *told, "--json")
    assert answer.code == 0, answer.err
    assert answer.schema == "kodebok.sources/1"
    (item,) = answer.items
    assert item["name"] == "I1"
    assert item["case"] == "Informant 1"
    assert item["speakers"] == ["Stemme 1", "Stemme 2"]
    assert item["finished"] is True
    assert empty("codebook", "add", "Møter").code == 0
    assert empty("code", "I1", "Møter", "--text", "det er morgenmøtet").code == 0
    shown = empty("sources", "show", "I1").out
    assert "[0:00:10] Stemme 2: det er morgenmøtet" in shown


def test_a_log_gets_the_times_and_never_the_words(empty: Run, sound: Path) -> None:
    answer = empty("transcribe", sound, "--speakers", 1)
    assert "50 % done" in answer.err
    assert "I1: done." in answer.err
    assert "morgenmøtet" not in answer.err
    assert "Nobody has compared the text with the sound yet" in answer.err


def test_how_many_voices_there_are_must_be_said(empty: Run, sound: Path) -> None:
    answer = empty("transcribe", sound)
    assert answer.code == 2
    assert "K661" in answer.err
    assert "--speakers 1" in answer.err
    assert empty("transcribe", sound, "--yes").code == 0


def test_the_same_file_is_said_to_be_there(empty: Run, sound: Path) -> None:
    assert empty("transcribe", sound, "--speakers", 1).code == 0
    answer = empty("transcribe", sound, "--speakers", 1)
    assert answer.code == 0
    assert "I1.mp3 is in the study already, as I1." in answer.err


def test_without_a_file_the_recordings_are_listed(empty: Run, sound: Path) -> None:
    assert empty("transcribe", "--json").items == []
    empty("transcribe", sound, "--speakers", 2)
    answer = empty("transcribe", "--json")
    assert answer.schema == "kodebok.recordings/1"
    (item,) = answer.items
    assert (item["state"], item["source"], item["speakers"]) == ("finished", "I1", 2)
    assert item["path"].startswith("audio/")
    assert item["done_ms"] == item["total_ms"] == 54_000


def test_one_that_fails_does_not_stop_the_others_and_goes_on_later(
    empty: Run, tmp_path: Path
) -> None:
    (tmp_path / "bad.wav").write_text("0> ja\nDIE\n", encoding="utf-8")
    (tmp_path / "good.wav").write_text("0> nei\n", encoding="utf-8")
    answer = empty(
        "transcribe", tmp_path / "bad.wav", tmp_path / "good.wav", tmp_path / "none.wav", "--yes"
    )
    assert answer.code == 1
    assert "none.wav: K954" in answer.err
    assert "bad: K940" in answer.err
    assert "good" in answer.out
    refused = empty("transcribe", tmp_path / "bad.wav", "--yes")
    assert refused.code == 2
    assert "K663" in refused.err
    states = {item["name"]: item for item in empty("transcribe", "--json").items}
    kept = tmp_path / "study" / states["bad"]["path"]
    kept.with_suffix(".alive").touch()
    assert states["bad"]["state"] == "begun"
    assert empty("transcribe", "--resume").code == 0
    assert empty("transcribe", "--resume").err.strip() == "Nothing was left unfinished."


def test_what_was_begun_can_be_begun_anew(empty: Run, tmp_path: Path) -> None:
    path = tmp_path / "bad.wav"
    path.write_text("0> ja\nDIE\n", encoding="utf-8")
    assert empty("transcribe", path, "--yes").code == 1
    kept = next((tmp_path / "study" / "audio").glob("*.wav"))
    kept.with_suffix(".alive").touch()
    other = empty("transcribe", path, "--yes", "--resume", "--language", "nn")
    assert other.code == 0
    assert empty("undo").code == 0
    again = empty("transcribe", path, "--yes", "--again", "--language", "nn", "--json")
    assert again.items[0]["language"] == "nn"


def test_undo_names_what_it_takes_back(empty: Run, sound: Path) -> None:
    empty("transcribe", sound, "--speakers", 1)
    assert "transcribed a recording" in empty("undo").err
    assert empty("sources", "--json").items == []


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_ctrl_c_ends_the_child_and_says_how_to_go_on(empty: Run, tmp_path: Path) -> None:
    path = tmp_path / "long.wav"
    path.write_text("\n".join(["0> ja"] * 3 + ["0> nei"] * 200), encoding="utf-8")
    program = (
        "from kodebok.jobs.stages import STAGES\n"
        "from kodebok.study import recorded\n"
        "from tests.study import fake_sound\n"
        "STAGES['transcribe'] = 'tests.study.fake_sound:slowly'\n"
        "recorded.check_model = lambda name: None\n"
        "from kodebok.__main__ import main\nmain()\n"
    )
    words = [*("-C", str(tmp_path / "study"), "transcribe", str(path), "--yes", "--lang", "en")]
    parent = subprocess.Popen(
        [sys.executable, "-c", program, *words],
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert parent.stderr is not None
    said: list[str] = []
    for line in parent.stderr:
        said.append(line)
        if "done" in line:
            parent.send_signal(signal.SIGINT)
            break
    said += parent.stderr.readlines()
    assert parent.wait() == 130, said
    parent.stderr.close()
    assert any("Go on with: kodebok transcribe --resume" in line for line in said)
    assert wait_for_no_child_of(parent.pid)
    (item,) = empty("transcribe", "--json").items
    assert item["state"] == "begun"
    assert item["done_ms"] > 0


def wait_for_no_child_of(pid: int) -> bool:
    """Whether the process group of a parent's child is gone within a while."""
    for _ in range(100):
        if not any("fake_sound:slowly" in line for line in command_lines()):
            return True
        time.sleep(0.05)
    return False


def command_lines() -> list[str]:
    lines: list[Any] = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            lines.append(path.read_bytes().decode(errors="replace"))
        except OSError:
            continue
    return [line for line in lines if "kodebok.jobs" in line]


def test_recognised_speech_is_corrected_from_the_command_line(empty: Run, sound: Path) -> None:
    assert empty("transcribe", sound, "--speakers", 2, "--language", "nb").code == 0
    listed = empty("correct", "I1", "--uncertain", "--json")
    assert listed.schema == "kodebok.uncertain/1"
    assert [(item["word"], item["count"]) for item in listed.items] == [("færre", 1)]
    assert listed.items[0]["places"][0]["time_ms"] == 52_000
    assert "Settled in 1 place." in empty("correct", "I1", "--settle", "færre", "--with", "få").err
    assert empty("correct", "I1", "--uncertain", "--json").items == []
    named = ("--name", "Stemme 1=Intervjuer", "--name", "Stemme 2=Informant 1")
    assert "Named 2 voices." in empty("correct", "I1", *named).err
    swapped = empty("correct", "I1", "--voice", "Intervjuer", "--swap", "Informant 1")
    assert "Changed 4 turns." in swapped.err
    marked = ("--mark", "sound", "--value", "ler", "--text", "de andre møtene")
    assert empty("correct", "I1", *marked).code == 0
    assert "Took 1 mark away." in empty("correct", "I1", "--unmark", "--text", "andre møtene").err
    assert "K668" in empty("correct", "I1", "--name", "Intervjuer").err
    assert "K669" in empty("correct", "I1", "--swap", "Intervjuer").err
