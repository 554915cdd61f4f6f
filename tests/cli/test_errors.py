"""What a user is told when something cannot be done, and what a script sees of it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kodebok.cli import sources as sources_command
from kodebok.storage.database import Store
from tests.cli.conftest import ROOT, Run, in_a_process


def test_an_error_is_one_line_with_its_code_and_what_to_do(study: Run) -> None:
    answer = study("sources", "show", "I9")
    assert answer.code == 2
    assert answer.out == ""
    expected = (
        "kodebok: error K301: no source has that name; see 'kodebok sources' for what there is\n"
    )
    assert answer.err == expected


def test_an_error_speaks_the_users_language(study: Run) -> None:
    nynorsk = study("sources", "show", "I9", "--lang", "nn").err
    assert nynorsk.startswith("kodebok: feil K301: inga kjelde har det namnet; ")
    assert study("sources", "show", "--lang", "nb").err == (
        "kodebok: feil K601: det mangler et argument: 'KILDE'; se «kodebok sources show --help»\n"
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["sources", "--nothing"], "no such option '--nothing'"),
        (["code", "I1"], "no code was named"),
        (["code", "I1", "Rammer"], "the passage is not given"),
        (["code", "I1", "Rammer", "--start", "1"], "the passage is not given"),
        (["code", "I1", "Rammer", "--start", "x", "--end", "2"], "not a valid whole number"),
        (["init", "--method", "magic"], "is not one of"),
        (["sourcse"], "no such command 'sourcse'. Did you mean sources?"),
        (["quotes", "--variable", "rolle"], "NAME=VALUE"),
        (["undo", "--times", "0"], "at least one act"),
        (["matrix", "--columns", "alder"], "the columns cannot be that"),
    ],
)
def test_wrong_use_exits_with_2(study: Run, words: list[str], said: str) -> None:
    answer = study(*words)
    assert answer.code == 2
    assert said in answer.err
    assert answer.err.count("\n") == 1


def test_an_ambiguous_code_exits_with_2_and_the_ids(study: Run) -> None:
    ids = [c["id"] for c in study("codebook", "--json").items if c["name"] == "Ansvar"]
    answer = study("code", "I2", "Ansvar", "--text", "Det veit eg ikkje.")
    assert answer.code == 2
    assert len(ids) == 2
    assert all(code_id in answer.err for code_id in ids)
    assert study("code", "I2", ids[0], "--text", "Det veit eg ikkje.").code == 0


def test_words_that_stand_twice_exit_with_2_and_the_offsets(study: Run) -> None:
    answer = study("code", "I1", "Rammer", "--text", "andre møtene")
    assert answer.code == 2
    assert "115-127" in answer.err
    chosen = study("code", "I1", "Rammer", "--text", "andre møtene", "--nth", "2", "--json")
    assert [item["start"] for item in chosen.items] == [132]


def test_where_there_is_no_study_it_says_how_to_make_one(anywhere: Run, tmp_path: Path) -> None:
    answer = anywhere("-C", tmp_path, "sources")
    assert answer.code == 2
    assert "kodebok init" in answer.err


def test_a_file_that_is_no_study_exits_with_4(anywhere: Run, tmp_path: Path) -> None:
    (tmp_path / "kodebok.db").write_bytes(b"not a database at all, but long enough to be read")
    answer = anywhere("-C", tmp_path, "sources")
    assert answer.code == 4
    assert "K208" in answer.err


def test_a_study_that_another_holds_exits_with_4(
    study: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kodebok.storage.database.BUSY_TIMEOUT_MS", 50)
    with Store.open(tmp_path / "study") as other:
        other.db.conn.execute("BEGIN IMMEDIATE")
        answer = study("codebook", "add", "Ny")
        other.db.conn.execute("ROLLBACK")
    assert answer.code == 4
    assert "K201" in answer.err


def test_the_unforeseen_is_told_without_a_word_of_the_study(
    study: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object) -> None:
        raise ValueError("Morgenmøtet")

    monkeypatch.setattr(sources_command, "source_items", fail)
    answer = study("sources")
    assert answer.code == 1
    assert "K699" in answer.err
    assert "ValueError" in answer.err
    assert "--debug" in answer.err
    assert "Morgenmøtet" not in answer.err
    assert "Traceback" not in answer.err


def test_debug_shows_where_it_failed(study: Run) -> None:
    for words in (["--debug", "sources", "show", "I9"], ["sources", "show", "I9", "--debug"]):
        answer = study(*words)
        assert "Traceback" in answer.err
        assert answer.err.splitlines()[-1].startswith("kodebok: error K301")


def test_interrupting_exits_with_130_and_leaves_nothing_half_done(
    study: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_args: object, **_fields: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("kodebok.storage.notes.set_theme_codes", interrupt)
        answer = study("themes", "add", "Nær", "--code", "Rammer")
    assert answer.code == 130
    assert study("themes", "--json").items == []


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_ctrl_c_ends_a_waiting_command_with_130(study: Run, tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "kodebok", "-C", str(tmp_path / "study"), "memo", "add"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    time.sleep(1.5)
    process.send_signal(signal.SIGINT)
    _out, err = process.communicate(timeout=30)
    assert process.returncode == 130, err
    assert b"Traceback" not in err
    assert study("memo", "--json").items == []


@pytest.mark.skipif(os.name == "nt", reason="a POSIX shell")
def test_a_reader_who_stops_reading_hears_no_complaint(study: Run, tmp_path: Path) -> None:
    line = f"{sys.executable} -m kodebok -C {tmp_path / 'study'} sources show I1 | head -c 1"
    done = subprocess.run(
        ["bash", "-c", f"for i in 1 2 3; do {line}; done"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
    )
    assert done.stderr == b""


def test_options_work_before_and_after_the_command(
    anywhere: Run, study: Run, tmp_path: Path
) -> None:
    folder = tmp_path / "study"
    asked = [
        ["-C", folder, "--json", "sources"],
        ["sources", "-C", folder, "--json"],
        ["--json", "sources", "list", "-C", folder],
        ["-C", folder, "sources", "--json", "list"],
    ]
    answers = [anywhere(*words).out for words in asked]
    assert len(set(answers)) == 1
    assert '"kodebok.sources/1"' in answers[0]


def test_the_later_of_two_folders_wins(anywhere: Run, study: Run, tmp_path: Path) -> None:
    assert anywhere("-C", tmp_path, "sources", "-C", tmp_path / "study").code == 0


def test_a_study_is_found_from_a_folder_inside_it(study: Run, tmp_path: Path) -> None:
    done = in_a_process("sources", cwd=tmp_path / "study" / "transcripts")
    assert done.returncode == 0
    assert done.stdout.decode().splitlines()[1].startswith("I1\t")


def test_the_language_comes_from_flag_then_environment_then_settings(
    study: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    study("config", "set", "lang", "nn")
    assert study("sources", "show", "I9").err.startswith("kodebok: error")
    monkeypatch.delenv("KODEBOK_LANG")
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    assert "inga kjelde" in study("sources", "show", "I9").err
    assert "ingen kilde" in study("--lang", "nb", "sources", "show", "I9").err
    assert "ingen kilde" in study("sources", "show", "I9", "--lang=nb").err


def test_without_a_terminal_the_screen_says_what_to_use(anywhere: Run) -> None:
    answer = anywhere()
    assert answer.code == 2
    assert "K604" in answer.err


def test_with_a_terminal_the_screen_opens_on_the_study_that_is_there(
    study: Run, anywhere: Run, opened: list, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kodebok.cli.session.Session.has_terminal", property(lambda _self: True))
    assert study().code == 0
    assert opened[-1][0].folder == tmp_path / "study"
    assert anywhere("-C", tmp_path / "settings").code == 0
    assert opened[-1][0] is None
    assert anywhere("demo", tmp_path / "demo").code == 0
    assert opened[-1][0].folder == tmp_path / "demo"
