"""Killed at any step of an apply, nothing is lost and the next opening is right."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kodebok.domain.note import Target
from kodebok.storage import anonymisation
from kodebok.storage.database import Store
from kodebok.storage.integrity import check_store
from kodebok.storage.scrubbing import is_pending
from kodebok.study.anonymising_apply import apply_anonymisation
from kodebok.study.anonymising_restore import restore_originals
from kodebok.study.opening import open_study
from kodebok.study.unlocking import unlock
from tests.builders import add_interview, state_of, write_memo
from tests.study.anonymised import (
    PASSPHRASE,
    add_entity,
    new_study,
    quick_decrypt,
    quick_encrypt,
    traces_of,
)

ROOT = Path(__file__).parents[2]
TEXT = "I: Hvem?\nR: Zebrahild Kvistebakk, og Zebrahilds mor."
ORIGINALS = sorted(f"Hvem?\n{name} Kvistebakk, og {name}s mor." for name in ("Zebrahild", "Åse"))
NAMES = ("Zebrahild", "Kvistebakk")

# Kills itself as it comes to a step, or right after it.
CHILD = """
import os, signal, sys
from pathlib import Path
from kodebok.anonymise import key_file
from kodebok.storage import copies, encrypted, scrubbing
from kodebok.study import anonymising_apply
from kodebok.study.opening import open_study
from kodebok.study.unlocking import unlock
from tests.study.anonymised import PASSPHRASE, quick_decrypt, quick_encrypt

encrypted.encrypt, encrypted.decrypt = quick_encrypt, quick_decrypt
folder, owner, step, when = sys.argv[1:]
owners = {"key": key_file, "open": key_file.OpenKey, "scrub": scrubbing, "apply": anonymising_apply}
target = owners[owner]
whole = getattr(target, step)

def broken_off(*args, **kwargs):
    if when == "after":
        whole(*args, **kwargs)
    os.kill(os.getpid(), signal.SIGKILL)

setattr(target, step, broken_off)
study = open_study(Path(folder))
anonymising_apply.apply_anonymisation(study, unlock(study, PASSPHRASE))
"""

BEFORE_COMMIT = [
    ("apply", "seal_texts", "before"),
    ("apply", "seal_texts", "after"),
    ("key", "_write_synced", "before"),
    ("key", "_sync_folder", "before"),
    ("open", "write", "after"),
    ("scrub", "mark_pending", "after"),
]
AFTER_COMMIT = [
    ("open", "settle", "before"),
    ("open", "settle", "after"),
    *(
        ("scrub", step, when)
        for step in (
            "_rebuild_index",
            "_vacuum",
            "empty_log",
            "_replace_copies",
            "_remove_half_written",
            "_take_off_mark",
        )
        for when in ("before", "after")
    ),
]


@pytest.fixture(autouse=True)
def key_that_opens_at_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("kodebok.storage.encrypted.encrypt", quick_encrypt)
    monkeypatch.setattr("kodebok.storage.encrypted.decrypt", quick_decrypt)
    monkeypatch.setenv("KODEBOK_DATA_DIR", str(tmp_path / "user-data"))


def prepared(folder: Path, *, second_time: bool) -> Path:
    """A study that is about to be anonymised, for the first time or again."""
    with new_study(folder) as study:
        add_interview(study.store, TEXT.replace("Zebrahild", "Åse"), "Intervju 0")
        add_entity(study, "Åse", "Ellinor")
        if second_time:
            apply_anonymisation(study, unlock(study, PASSPHRASE))
        add_interview(study.store, TEXT, "Intervju 1")
        write_memo(study.store, "Zebrahild virket trøtt", Target.PROJECT)
        add_entity(study, "Zebrahild Kvistebakk", "Gunn Lillevik", "Kvistebakk")
    return folder


def kill_in(folder: Path, owner: str, step: str, when: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(folder), owner, step, when],
        cwd=ROOT,
        capture_output=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()


@pytest.mark.parametrize("second_time", [False, True])
@pytest.mark.parametrize(("owner", "step", "when"), BEFORE_COMMIT)
def test_killed_before_it_is_in_force_the_study_is_as_it_was_and_can_be_anonymised_again(
    tmp_path: Path, owner: str, step: str, when: str, *, second_time: bool
) -> None:
    folder = prepared(tmp_path / "study", second_time=second_time)
    with Store.open(folder) as store:
        before = state_of(store)
    kill_in(folder, owner, step, when)
    with open_study(folder) as study:
        assert state_of(study.store) == before
        assert check_store(study.store) == []
        assert not is_pending(study.store)
        key = unlock(study, PASSPHRASE)
        apply_anonymisation(study, key)
        assert traces_of(folder, *NAMES) == []
        restore_originals(study, key)
        texts = [row[0] for row in study.store.rows("SELECT text FROM texts ORDER BY text")]
        assert texts == ORIGINALS


@pytest.mark.parametrize(("owner", "step", "when"), AFTER_COMMIT)
def test_killed_after_it_is_in_force_the_next_opening_finishes_and_the_key_opens(
    tmp_path: Path, owner: str, step: str, when: str
) -> None:
    folder = prepared(tmp_path / "study", second_time=False)
    kill_in(folder, owner, step, when)
    with open_study(folder) as study:
        assert anonymisation.is_applied(study.store)
        assert not is_pending(study.store)
        assert check_store(study.store) == []
        assert traces_of(folder, *NAMES) == []
        restore_originals(study, unlock(study, PASSPHRASE))
        texts = [row[0] for row in study.store.rows("SELECT text FROM texts ORDER BY text")]
        assert texts == ORIGINALS
        assert check_store(study.store) == []


def test_when_the_key_cannot_be_written_nothing_is_changed(tmp_path: Path) -> None:
    folder = prepared(tmp_path / "study", second_time=False)
    (tmp_path / "user-data").write_text("a file where the folder should be", encoding="utf-8")
    with open_study(folder) as study:
        before = state_of(study.store)
        with pytest.raises(Exception, match="K821"):
            apply_anonymisation(study, unlock(study, PASSPHRASE))
        assert state_of(study.store) == before
        assert check_store(study.store) == []
