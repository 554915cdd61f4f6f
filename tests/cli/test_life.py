"""The card, consents, backup and the privacy page, a line at a time."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from datetime import timedelta
from pathlib import Path

import pexpect
import pytest

from kodebok.cli.doctor import command as doctor
from kodebok.errors import ExitCode
from kodebok.study.card import local_today
from kodebok.study.machine import Disk, DiskState
from tests.cli.conftest import ROOT, Run, in_a_process


@pytest.fixture(autouse=True)
def _own_folders(tmp_path, monkeypatch):
    monkeypatch.setenv("KODEBOK_DATA_DIR", str(tmp_path / "data"))
    unknown = Disk(DiskState.UNKNOWN, "LUKS", "nobody said")
    monkeypatch.setattr("kodebok.study.machine.disk_of", lambda _folder: unknown)


def test_the_card_is_written_and_shown_with_what_it_warns_of(study: Run) -> None:
    yesterday = (local_today() - timedelta(days=1)).isoformat()
    answer = study("card", "set", "--class", "red", "--end-date", yesterday, "--reference", "12")
    assert answer.code == 0
    assert ["Reference number (SIKT, REK)", "12"] in answer.rows
    assert "Red data: many institutions forbid them" in answer.err
    assert f"! the end date {yesterday} has passed" in answer.err
    (item,) = study("card", "--json").items
    assert (item["data_class"], item["end_date"], item["legal_basis"]) == ("red", yesterday, None)
    assert "Cannot wait:" in study("status").out
    assert any(
        "has passed" in warning for warning in study("status", "--json").items[0]["warnings"]
    )


def test_a_card_is_not_written_with_what_it_cannot_hold(study: Run) -> None:
    assert study("card", "set").code == ExitCode.WRONG_USE
    assert study("card", "set", "--class", "pink").code == ExitCode.WRONG_USE
    assert "K552" in study("card", "set", "--end-date", "tomorrow").err


def test_a_consent_goes_from_given_to_withdrawn(study: Run) -> None:
    given = study("consent", "give", "Informant 1", "--to", "quotes", "--on", "2026-01-02")
    assert given.code == 0
    assert "Informant 1" not in given.out
    assert study("consent", "--json").items[0]["consents"][0]["purposes"] == ["quotes"]
    gone = study("consent", "withdraw", "Informant 1", "--on", "2026-02-03")
    assert "kodebok withdraw Informant 1" in gone.err
    assert study("consent").rows[1][:2] == ["Informant 1", "withdrawn 2026-02-03"]
    assert "K555" in study("consent", "withdraw", "Informant 1").err


def test_a_request_has_a_receipt_without_a_name(study: Run, tmp_path: Path) -> None:
    path = tmp_path / "receipt.docx"
    asked = study("consent", "request", "Informant 1", "access", "--receipt", path)
    assert asked.code == 0, asked.err
    with zipfile.ZipFile(path) as word:
        whole = "".join(word.read(name).decode("utf-8", "replace") for name in word.namelist())
    assert "Informant 1" not in whole
    request_id = study("consent", "--json").items[0]["requests"][0]["id"]
    assert study("consent", "answer", request_id[:8]).code == 0
    before = study("history").out
    wrong = study("consent", "give", "Informant 1", "--receipt", tmp_path / "x.pdf")
    assert "K640" in wrong.err
    assert study("history").out == before
    assert study("consent", "request", "Informant 1", "money").code == ExitCode.WRONG_USE


def test_a_backup_is_written_and_brought_back(
    study: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KODEBOK_PASSPHRASE", "fire ord om våren")
    made = study("backup", "--json")
    assert made.code == 0, made.err
    (item,) = made.items
    assert Path(item["path"]).parent == tmp_path
    back = study("backup", "--restore", item["path"], tmp_path / "back", "--json")
    assert back.items[0]["files"] == item["files"]
    assert study("-C", tmp_path / "back", "check").code == 0
    assert "K568" in study("backup", "--restore", item["path"], tmp_path / "back").err


def test_a_backup_needs_a_passphrase_and_one_thing_to_do(study: Run, tmp_path: Path) -> None:
    alone = study("backup", tmp_path / "b")
    assert (alone.code, "K642" in alone.err) == (ExitCode.WRONG_USE, True)
    both = study("backup", tmp_path / "b", "--restore", tmp_path / "a", tmp_path / "c")
    assert "K641" in both.err
    assert "K641" in study("backup", tmp_path / "b", "--newer", tmp_path).err


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pty")
def test_a_passphrase_is_asked_for_twice_and_never_shown(study: Run, tmp_path: Path) -> None:
    def asked(second: str) -> tuple[int, str]:
        child = pexpect.spawn(
            sys.executable,
            ["-m", "kodebok", "-C", str(tmp_path / "study"), "backup", str(tmp_path / "b")],
            env={**os.environ, "PYTHONPATH": str(ROOT), "KODEBOK_LANG": "en"},
            encoding="utf-8",
            timeout=60,
        )
        child.expect("Passphrase: ")
        child.sendline("fire ord")
        child.expect("Once more: ")
        child.sendline(second)
        child.expect(pexpect.EOF)
        child.close()
        return child.exitstatus, child.before

    status, said = asked("fem ord")
    assert (status, "K643" in said) == (ExitCode.WRONG_USE, True)
    status, said = asked("fire ord")
    assert (status, (tmp_path / "b").is_file()) == (0, True)
    assert "fire ord" not in said
    assert "If it is lost, so is the backup." in said


def test_the_privacy_page_is_printed_written_and_tells_to_whom_files_went(
    study: Run, tmp_path: Path
) -> None:
    assert study("export", "codebook", "-o", tmp_path / "kodebok.docx").code == 0
    assert study("privacy", "--sent", "kodebok.docx", "supervisor").code == 0
    page = study("privacy", "--language", "en")
    assert "To whom: the supervisor" in page.out
    assert "Informant 1" not in page.out
    written = study("privacy", "--format", "html")
    assert Path(written.out.strip()).name == "privacy.html"
    assert "K410" in study("privacy", "--format", "html").err
    assert study("privacy", "--format", "html", "--overwrite").code == 0
    assert "K644" in study("privacy", "--format", "html", "-o", tmp_path / "x.docx").err
    assert "K558" in study("privacy", "--sent", "other.docx", "self").err


def test_what_left_is_in_the_history_and_is_not_what_undo_takes_back(study: Run) -> None:
    assert study("card", "set", "--reference", "1").code == 0
    assert study("export", "codebook").code == 0
    assert study("history", "--json").items[0]["kind"] == "export.made"
    assert "wrote on the project card" in study("undo").err
    assert study("check").code == 0


def test_doctor_says_what_it_could_not_find_out_and_what_installs_what_lacks(
    study: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(f"{doctor.callback.__module__}.find_spec", lambda _name: None)
    monkeypatch.setattr(f"{doctor.callback.__module__}.which", lambda _name: None)
    answer = study("doctor", "--json")
    assert answer.code == ExitCode.MISSING_COMPONENT
    items = {item["what"].split(" ")[0]: item for item in answer.items}
    assert items["whisper"]["remedy"] == 'pip install "kodebok[whisper]"'
    assert items["pyrage"]["state"] == "missing"
    assert items["nb_core_news_lg"]["state"] == "optional"
    assert items["Player"]["remedy"]
    assert items["Disk"]["state"] == "unknown"
    assert "nobody said" in items["Disk"]["found"]


def test_doctor_warns_of_a_card_whose_date_has_passed(study: Run) -> None:
    study("card", "set", "--end-date", "2020-01-01")
    found = [item["found"] for item in study("doctor", "--json").items]
    assert any("2020-01-01 has passed" in text for text in found)


def test_a_real_process_asks_the_real_disk(study: Run, tmp_path: Path) -> None:
    done = in_a_process("-C", tmp_path / "study", "doctor", "--json", cwd=tmp_path)
    states = {item["what"]: item["state"] for item in json.loads(done.stdout)["items"]}
    assert states["Disk"] in {"ok", "warning", "unknown"}


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_shell_completes_the_commands_of_a_studys_life(shell: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "kodebok"],
        cwd=tmp_path,
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "_KODEBOK_COMPLETE": f"{shell}_complete",
            "COMP_WORDS": "kodebok co",
            "COMP_CWORD": "1" if shell != "fish" else "co",
        },
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
    assert "consent" in done.stdout
