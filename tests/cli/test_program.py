"""History, checks, settings, and what the program says of itself."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from kodebok import __version__
from kodebok.storage.database import Store
from tests.cli.conftest import Run


def test_the_history_tells_who_did_what(coded: Run) -> None:
    newest = coded("history", "--json").items[0]
    assert (newest["kind"], newest["coder"], newest["undone"]) == ("coding.add", "Kari", False)
    heading, first, *_rest = coded("history").rows
    assert dict(zip(heading, first, strict=True))["What was done"] == "coded"
    assert len(coded("history", "--limit", 1, "--json").items) == 1
    numbers = [item["seq"] for item in coded("history", "--all", "--json").items]
    assert numbers == list(range(numbers[0], 0, -1))


def test_every_kind_of_act_has_words(study: Run) -> None:
    from kodebok.cli.acts import ACTS

    kinds = set()
    for path in (Path(__file__).parents[2] / "kodebok").rglob("*.py"):
        for line in path.read_text(encoding="utf-8").splitlines():
            if ".act(" in line and '"' in line:
                kinds.add(line.split(".act(")[1].split('"')[1])
    assert kinds
    assert kinds - set(ACTS) == set()


def test_undo_and_redo_are_answered_in_words(coded: Run) -> None:
    assert coded("undo").err == "Taken back: coded\n"
    assert coded("redo").err == "Done again: coded\n"
    assert coded("redo").code == 2


def test_undo_goes_back_to_the_empty_study_and_no_further(coded: Run) -> None:
    assert coded("undo", "--times", 3).code == 0
    assert coded("sources", "--json").items == []
    assert coded("undo").code == 2
    assert coded("redo", "--times", 3).code == 0
    assert len(coded("quotes", "--json").items) == 1


def test_a_whole_study_passes_the_check_and_a_broken_one_does_not(
    coded: Run, tmp_path: Path
) -> None:
    assert coded("check").code == 0
    with Store.open(tmp_path / "study") as store:
        store.db.conn.execute("DELETE FROM search")
    answer = coded("check", "--json")
    assert answer.code == 4
    assert [item["kind"] for item in answer.items] == ["index"]
    assert coded("check", "--mend").code == 0
    with Store.open(tmp_path / "study") as store:
        store.db.conn.execute("UPDATE codings SET text = 'x'")
    assert coded("check").code == 4


def test_settings_are_listed_read_and_written(empty: Run, tmp_path: Path) -> None:
    assert empty("config", "get", "preset").out == "code-id\n"
    assert empty("config", "set", "preset", "report").code == 0
    assert empty("config", "get", "preset").out == "report\n"
    assert "preset" in (tmp_path / "study" / "kodebok.toml").read_text(encoding="utf-8")
    assert empty("config", "set", "theme", "light", "--user").code == 0
    assert "light" in (tmp_path / "settings" / "config.toml").read_text(encoding="utf-8")
    assert empty("config", "set", "theme", "pink").code == 2
    assert empty("config", "set", "nothing", "x").code == 2
    assert empty("config", "get", "nothing").code == 2


def test_a_setting_of_no_study_needs_user(anywhere: Run, tmp_path: Path) -> None:
    answer = anywhere("-C", tmp_path, "config", "set", "theme", "light")
    assert answer.code == 2
    assert "--user" in answer.err
    assert anywhere("-C", tmp_path, "config").code == 0


def test_a_damaged_settings_file_is_told_of(empty: Run, tmp_path: Path) -> None:
    (tmp_path / "study" / "kodebok.toml").write_text("lang = [", encoding="utf-8")
    answer = empty("config")
    assert answer.code == 2
    assert "K011" in answer.err


def test_a_new_coder_works_under_the_own_name(study: Run) -> None:
    assert study("coders", "add", "Jonas", "--role", "medkoder").code == 0
    assert study("--coder", "Jonas", "code", "I1", "Rammer", "--text", "Morgenmøtet.").code == 0
    assert [q["coder"] for q in study("quotes", "--json").items] == ["Jonas"]
    counts = {c["name"]: c["codings"] for c in study("coders", "--json").items}
    assert counts == {"Kari": 0, "Jonas": 1}


def test_an_unknown_coder_is_not_added_silently(study: Run) -> None:
    for words in (["--coder", "Jonsa"], ["--coder", "Jonsa", "--yes"]):
        answer = study(*words, "sources")
        assert answer.code == 2
        assert "K603" in answer.err
    assert [c["name"] for c in study("coders", "--json").items] == ["Kari"]


def test_the_status_says_what_lacks(study: Run) -> None:
    said = study("status", "--lang", "nb").out
    assert said.startswith("Prøve\nKoder: Kari\nKilder: 2 (")
    assert "Det som mangler:" in said
    assert "2 kilder" in said


def test_the_doctor_finds_this_machine_well(study: Run) -> None:
    answer = study("doctor", "--json")
    assert answer.code == 0
    assert {item["state"] for item in answer.items} <= {"ok", "warning", "optional", "unknown"}
    assert {"Python", "SQLite"} <= {item["what"] for item in answer.items}


def test_the_doctor_names_the_line_that_installs_what_is_missing(
    study: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kodebok.cli import doctor

    found = doctor.find_spec
    monkeypatch.setattr(doctor, "find_spec", lambda name: None if name == "docx" else found(name))
    answer = study("doctor", "--json")
    assert answer.code == 3
    missing = [item for item in answer.items if item["state"] == "missing"]
    assert len(missing) == 1
    assert "pip install" in missing[0]["remedy"]


def test_a_folder_that_is_copied_away_is_warned_of(anywhere: Run, tmp_path: Path) -> None:
    folder = tmp_path / "OneDrive" / "study"
    anywhere("init", folder)
    warned = [
        i for i in anywhere("-C", folder, "doctor", "--json").items if i["state"] == "warning"
    ]
    assert "OneDrive" in [item["found"] for item in warned]


def test_the_keys_are_those_of_the_screen_and_of_the_settings(empty: Run, tmp_path: Path) -> None:
    (tmp_path / "study" / "kodebok.toml").write_text(
        '[keys]\n"study.undo" = "f9"\n', encoding="utf-8"
    )
    assert empty("keys", "--json").items == [
        {"action": "study.undo", "keys": "f9", "default": "u", "does": "Take back the last act"}
    ]


def test_the_program_hands_the_keys_over_in_the_users_language() -> None:
    from kodebok.__main__ import _screen_keys

    assert all(len(key) == 3 and key[0] and key[2] for key in _screen_keys())


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_gets_a_script_that_it_understands(anywhere: Run, shell: str) -> None:
    script = anywhere("completion", shell).out
    assert "_KODEBOK_COMPLETE" in script
    if shutil.which(shell):
        subprocess.run([shell, "-n"], input=script, text=True, check=True)


def test_commands_are_completed(anywhere: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_KODEBOK_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", "kodebok co")
    monkeypatch.setenv("COMP_CWORD", "1")
    names = [line.split(",")[1] for line in anywhere("co").out.splitlines()]
    assert {"codebook", "code", "config", "correct", "condense"} <= set(names)


def test_the_manual_page_tells_of_every_command(anywhere: Run) -> None:
    page = anywhere("man").out
    assert page.startswith(".TH KODEBOK 1")
    for heading in ("codebook merge CODE INTO", "quote choose [CODING]", "export word"):
        assert f".SS kodebok {heading}\n" in page.replace("\\-", "-")
    assert ".SH EXIT STATUS" in page
    assert "AVSLUTNINGSKODER" in anywhere("man", "--lang", "nb").out


@pytest.mark.skipif(not shutil.which("man") or os.name == "nt", reason="no man(1) here")
def test_man_has_no_complaint_about_the_manual_page(anywhere: Run, tmp_path: Path) -> None:
    (tmp_path / "kodebok.1").write_text(anywhere("man").out, encoding="utf-8")
    done = subprocess.run(
        ["man", "--warnings", "-l", str(tmp_path / "kodebok.1")],
        env={**os.environ, "MANROFFSEQ": "", "MAN_KEEP_STDERR": "1", "PAGER": "cat"},
        capture_output=True,
        check=True,
    )
    assert done.stderr == b""


def test_a_study_is_not_made_twice(empty: Run, anywhere: Run, tmp_path: Path) -> None:
    assert anywhere("init", tmp_path / "study").code == 2


def test_a_study_is_made_as_it_is_told(anywhere: Run, tmp_path: Path) -> None:
    told = ["--language", "nn", "--method", "sdi", "--case-word", "deltaker", "--coder", "Åse"]
    assert anywhere("init", tmp_path / "s", *told).code == 0
    status = anywhere("-C", tmp_path / "s", "status", "--json").items[0]
    assert (status["language"], status["method"], status["coder"]) == ("nn", "sdi", "Åse")
    with Store.open(tmp_path / "s") as store:
        from kodebok.storage.projects import load_project

        assert load_project(store).case_word == "deltaker"


def test_the_version_is_told_without_a_study(anywhere: Run) -> None:
    answer = anywhere("--version")
    assert answer.code == 0
    assert answer.out == f"kodebok {__version__}\n"
