"""Work in a child process: rows come as they are made, and the child can be ended."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from kodebok.errors import KodebokError, MissingComponentError
from kodebok.jobs.child import ChildStage, run_stage
from kodebok.jobs.stages import STAGES, load_stage

ROOT = Path(__file__).parents[2]
HERE = "tests.jobs.made_up"


@pytest.fixture(autouse=True)
def _in_the_repository(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))


def is_alive(pid: int) -> bool:
    """Whether a process is at work; one that is dead but not yet taken leave of is not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


def wait_until_gone(*pids: int) -> bool:
    for _ in range(500):
        if not any(is_alive(pid) for pid in pids):
            return True
        time.sleep(0.02)
    return False


def test_rows_come_back_in_order_whatever_the_child_prints_beside_them() -> None:
    rows = list(run_stage(f"{HERE}:count", {"to": 500}))
    assert [row["number"] for row in rows] == list(range(500))
    assert rows[0]["word"] == "blåbær \u2028 \ud800"


def test_an_error_of_ours_comes_over_with_its_kind_and_its_words() -> None:
    rows = run_stage(f"{HERE}:fail_in_words", {})
    assert next(rows) == {"number": 0}
    with pytest.raises(MissingComponentError) as caught:
        next(rows)
    assert str(caught.value) == "K999: the model is missing; add it"


def test_an_error_that_nobody_foresaw_is_told_without_its_own_words() -> None:
    with pytest.raises(KodebokError) as caught:
        list(run_stage(f"{HERE}:fail_unforeseen", {}))
    assert caught.value.code == "K941"
    everything = f"{caught.value} {caught.value.__notes__}"
    assert "ValueError" in everything
    assert "made_up" in everything
    assert "Nordmann" not in everything


def test_a_child_that_dies_is_an_error_and_its_rows_are_kept() -> None:
    rows = run_stage(f"{HERE}:die", {})
    assert next(rows) == {"number": 0}
    with pytest.raises(KodebokError, match="K940"):
        next(rows)


def test_a_stage_that_is_not_there_is_an_error() -> None:
    with pytest.raises(KodebokError, match="K941"):
        list(run_stage("no-such-stage", {}))


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_leaving_the_rows_ends_the_child_and_what_it_started(tmp_path: Path) -> None:
    rows = run_stage(f"{HERE}:hang", {"beat": str(tmp_path / "beat")})
    told = next(rows)
    assert is_alive(told["pid"])
    rows.close()
    assert wait_until_gone(told["pid"], told["below"])


@pytest.mark.skipif(sys.platform == "win32", reason="niceness")
def test_the_child_lets_other_programs_go_first(tmp_path: Path) -> None:
    rows = run_stage(f"{HERE}:hang", {"beat": str(tmp_path / "beat")})
    assert next(rows)["nice"] > os.nice(0)
    rows.close()


def test_a_stage_can_be_cancelled_from_another_thread(tmp_path: Path) -> None:
    with ChildStage(f"{HERE}:hang", {"beat": str(tmp_path / "beat")}) as child:
        rows = iter(child)
        told = next(rows)
        threading.Timer(0.2, child.cancel).start()
        assert list(rows) == []
        assert child.is_cancelled
    assert wait_until_gone(told["pid"])


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_the_child_ends_when_its_parent_is_killed(tmp_path: Path) -> None:
    script = (
        "import sys\nfrom kodebok.jobs.child import run_stage\n"
        "for row in run_stage(sys.argv[1], {'beat': sys.argv[2]}):\n"
        "    print(row['pid'], row['below'], flush=True)\n"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", script, f"{HERE}:hang", str(tmp_path / "beat")],
        stdout=subprocess.PIPE,
        cwd=ROOT,
    )
    assert parent.stdout is not None
    child, below = (int(word) for word in parent.stdout.readline().split())
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    parent.stdout.close()
    assert wait_until_gone(child, below)


@pytest.mark.parametrize("name", STAGES)
def test_every_stage_that_is_named_can_be_loaded(name: str) -> None:
    assert callable(load_stage(name))
