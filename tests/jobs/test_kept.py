"""A child that is kept remembers from one request to the next, and never outlives its parent."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kodebok.errors import KodebokError, MissingComponentError
from kodebok.jobs.child import KeptStage
from tests.jobs.test_child import HERE, ROOT, wait_until_gone

COUNTER = f"{HERE}:Counter"


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> Iterator[KeptStage]:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    kept = KeptStage(COUNTER)
    yield kept
    kept.close()


def answer(kept: KeptStage, words: str) -> dict[str, Any]:
    with kept.ask({"words": words}) as job:
        (row,) = job
    return row


def test_the_second_request_is_answered_by_the_same_child(kept: KeptStage) -> None:
    first, second = answer(kept, "blåbær"), answer(kept, "x" * 3_000_000)
    assert (first["asked"], second["asked"]) == (1, 2)
    assert first["pid"] == second["pid"]
    assert second["words"] == "x" * 3_000_000


def test_a_request_that_fails_in_words_leaves_the_child_as_it_was(kept: KeptStage) -> None:
    with pytest.raises(MissingComponentError, match="K999"):
        answer(kept, "fail")
    assert answer(kept, "again")["asked"] == 2


def test_a_request_that_is_cancelled_takes_the_child_with_it(kept: KeptStage) -> None:
    with kept.ask({"words": "hang"}) as job:
        told = next(iter(job))
        job.cancel()
        assert list(job) == []
    assert wait_until_gone(told["pid"])
    assert answer(kept, "again")["asked"] == 1


def test_rows_that_nobody_waits_for_end_the_child(kept: KeptStage) -> None:
    with kept.ask({"words": "hang"}) as job:
        told = next(iter(job))
    assert wait_until_gone(told["pid"])


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_a_child_that_was_killed_is_started_anew(kept: KeptStage) -> None:
    told = answer(kept, "first")
    child = kept._child
    assert child is not None
    child._process.kill()
    child._process.wait()
    assert answer(kept, "second")["pid"] != told["pid"]


def test_closing_ends_the_child(kept: KeptStage) -> None:
    told = answer(kept, "first")
    kept.close()
    assert wait_until_gone(told["pid"])


def test_a_stage_that_is_not_there_is_an_error() -> None:
    kept = KeptStage("no-such-stage")
    with pytest.raises(KodebokError, match="K941"), kept.ask({}) as job:
        list(job)
    kept.close()


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_an_idle_child_ends_when_its_parent_is_killed() -> None:
    script = (
        "import sys\nfrom kodebok.jobs.child import KeptStage\n"
        "kept = KeptStage(sys.argv[1])\n"
        "with kept.ask({'words': 'x'}) as job:\n"
        "    print([row['pid'] for row in job][0], flush=True)\n"
        "sys.stdin.read()\n"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", script, COUNTER],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=Path(ROOT),
    )
    assert parent.stdin is not None
    assert parent.stdout is not None
    pid = int(parent.stdout.readline())
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    parent.stdin.close()
    parent.stdout.close()
    assert wait_until_gone(pid)
