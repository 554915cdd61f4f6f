"""No confirmed act is lost: kill -9, Ctrl-C, a full disk, two processes at once."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from kodebok.errors import ExitCode, KodebokError, ProjectInUseError
from kodebok.paths import DATABASE_NAME
from kodebok.storage import codes
from kodebok.storage.copies import COPIES_FOLDER
from kodebok.storage.database import Store
from kodebok.storage.history import load_events, undo
from kodebok.storage.integrity import check_store
from tests.builders import (
    add_code,
    add_interview,
    code_passage,
    coder_of,
    correct,
    make_store,
    state_of,
)
from tests.storage.children import confirmed_acts, run_script, start_researcher, start_script

KILLS, ACTS, LONGEST_LIFE_S = 50, 1_000, 0.35


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with make_store(tmp_path) as made:
        yield made


def kill_in_the_middle(folder: Path, seed: int, life_s: float) -> dict[int, str]:
    """Acts that the process had confirmed when it was killed."""
    researcher = start_researcher(folder, seed, ACTS)
    assert researcher.stdout is not None
    assert researcher.stdout.readline() == b"ready\n"
    timer = threading.Timer(life_s, researcher.kill)
    timer.start()
    told = researcher.stdout.read()
    timer.join()
    assert researcher.wait() != 0, "it was to be killed before it was done"
    researcher.stdout.close()
    return confirmed_acts(told)


def hashes(store: Store) -> dict[int, str]:
    return dict(store.rows("SELECT seq, hash FROM events"))


def test_fifty_times_killed_in_the_middle_of_a_thousand_acts_nothing_confirmed_is_lost(
    tmp_path: Path,
) -> None:
    chance = random.Random(9)  # noqa: S311 - no secret
    with make_store(tmp_path) as store:
        add_interview(store)
        known = hashes(store)
    for seed in range(KILLS):
        confirmed = kill_in_the_middle(tmp_path, seed, chance.uniform(0, LONGEST_LIFE_S))
        with Store.open(tmp_path) as store:
            assert check_store(store) == []
            found = hashes(store)
        assert (known | confirmed).items() <= found.items()
        assert len(found) <= len(known | confirmed) + 1, "at most the act under way was done too"
        known = found
    assert len(known) > KILLS
    copies = list((tmp_path / COPIES_FOLDER).glob("*.db"))
    assert copies
    for copy in copies:
        folder = tmp_path / f"opened-{copy.stem}"
        folder.mkdir()
        copy.rename(folder / DATABASE_NAME)
        with Store.open(folder) as opened:
            assert check_store(opened) == []


def test_what_a_killed_process_did_can_be_undone_to_where_it_began(tmp_path: Path) -> None:
    with make_store(tmp_path) as store:
        for number in range(3):
            add_interview(store, name=f"Intervju {number}")
        before, first = state_of(store), len(load_events(store))
    confirmed = kill_in_the_middle(tmp_path, seed=1, life_s=0.3)
    with Store.open(tmp_path) as store:
        done = len(hashes(store)) - first
        assert done >= len(confirmed) > 0
        for _ in range(done):
            undo(store, coder_of(store))
        assert state_of(store) == before
        assert check_store(store) == []


def test_every_act_waits_until_it_is_on_the_disk(store: Store) -> None:
    assert store.rows("PRAGMA synchronous")[0][0] == 2
    assert store.rows("PRAGMA journal_mode")[0][0] == "wal"
    store.close()
    with Store.open(store.folder) as again:
        assert again.rows("PRAGMA synchronous")[0][0] == 2
        assert again.rows("PRAGMA journal_mode")[0][0] == "wal"
        assert again.rows("PRAGMA foreign_keys")[0][0] == 1


def test_ctrl_c_in_the_middle_of_an_act_leaves_nothing_of_it(store: Store) -> None:
    source_id = add_interview(store)
    before = state_of(store)

    def interrupted() -> None:
        with store.act("code.add", coder_of(store)):
            add_code(store, "Roller")
            correct(store, source_id, "onsdag", "tirsdag")
            signal.raise_signal(signal.SIGINT)

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert state_of(store) == before
    add_code(store, "Ledelse")
    assert [code.name for code in codes.load_code_tree(store)] == ["Ledelse"]
    assert check_store(store) == []
    undo(store, coder_of(store))
    assert state_of(store) == before


HOLDS_THE_LOCK = """
import sys
from pathlib import Path
from kodebok.storage.database import Store
with Store.open(Path(sys.argv[1])) as store, store.transaction():
    print("held", flush=True)
    sys.stdin.readline()
"""


def test_while_another_program_holds_the_project_the_user_is_told_and_nothing_changes(
    store: Store,
) -> None:
    add_interview(store)
    before = state_of(store)
    store.db.execute("PRAGMA busy_timeout=50")
    holder = start_script(HOLDS_THE_LOCK, str(store.folder))
    assert holder.stdout is not None
    assert holder.stdout.readline() == b"held\n"
    with pytest.raises(ProjectInUseError) as refused:
        add_code(store, "Roller")
    assert (refused.value.code, refused.value.exit_code) == ("K201", ExitCode.IN_USE_OR_DAMAGED)
    assert state_of(store) == before, "reading goes on"
    holder.communicate(b"go on\n", timeout=30)
    add_code(store, "Roller")
    assert check_store(store) == []


def test_two_processes_at_once_both_get_all_their_acts_in(tmp_path: Path) -> None:
    with make_store(tmp_path) as store:
        for number in range(3):
            add_interview(store, name=f"Intervju {number}")
        first = hashes(store)
    pair = [start_researcher(tmp_path, seed, 120) for seed in (1, 2)]
    told = [confirmed_acts(process.communicate(timeout=120)[0]) for process in pair]
    assert [process.returncode for process in pair] == [0, 0]
    with Store.open(tmp_path) as store:
        assert check_store(store) == []
        found = hashes(store)
    assert len(found) == len(first) + 2 * 120
    for acts in told:
        assert acts.items() <= found.items()
        assert len(acts) == 120
    assert not set(told[0]) & set(told[1])


def test_a_screen_sees_that_another_program_changed_the_project(store: Store) -> None:
    seen = store.change_count()
    assert store.change_count() == seen
    with Store.open(store.folder) as other:
        add_code(other, "Roller")
    changed = store.change_count()
    assert changed != seen
    add_code(store, "Ledelse")
    assert store.change_count() != changed


def test_a_full_disk_is_told_and_the_act_is_as_if_never_begun(store: Store) -> None:
    source_id = add_interview(store)
    code_passage(store, source_id, add_code(store, "Møter"), "hver onsdag")
    before = state_of(store)
    pages = store.rows("PRAGMA page_count")[0][0]
    store.db.execute(f"PRAGMA max_page_count={pages + 2}")
    with pytest.raises(KodebokError) as refused:
        add_interview(store, "R: " + "mange ord " * 20_000, "Lang")
    assert refused.value.code == "K206"
    assert state_of(store) == before
    assert check_store(store) == []
    store.db.execute("PRAGMA max_page_count=1000000")
    add_interview(store, "R: " + "mange ord " * 20_000, "Lang")
    assert check_store(store) == []


NO_ROOM_ON_THE_DISK = """
import resource, sys
from pathlib import Path
from kodebok.errors import KodebokError
from kodebok.storage.database import Store
from tests.builders import add_code, add_interview
with Store.open(Path(sys.argv[1])) as store:
    resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, resource.RLIM_INFINITY))
    try:
        add_interview(store, "R: " + "mange ord " * 60_000, "Lang")
    except KodebokError as error:
        print(error.code)
    add_code(store, "Etterpå")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no limit on file sizes there")
def test_a_disk_that_takes_no_more_is_told_and_small_acts_go_on(tmp_path: Path) -> None:
    with make_store(tmp_path) as store:
        add_interview(store)
        before = state_of(store)
    assert run_script(NO_ROOM_ON_THE_DISK, str(tmp_path)).stdout in {"K206\n", "K207\n"}
    with Store.open(tmp_path) as store:
        assert [code.name for code in codes.load_code_tree(store)] == ["Etterpå"]
        assert state_of(store) | {"codes": []} == before
        assert check_store(store) == []


def test_a_transaction_inside_an_act_is_a_mistake_and_harms_nothing(store: Store) -> None:
    before = state_of(store)

    def undo_inside_an_act() -> None:
        with store.act("code.add", coder_of(store)):
            add_code(store, "Roller")
            undo(store, coder_of(store))

    with pytest.raises(RuntimeError, match="under way"):
        undo_inside_an_act()
    assert state_of(store) == before


def test_a_name_that_is_taken_is_refused_and_the_rest_of_the_act_with_it(store: Store) -> None:
    add_interview(store, name="Intervju 1")
    before = state_of(store)

    def add_code_and_twin() -> None:
        with store.act("source.add", coder_of(store)):
            add_code(store, "Roller")
            add_interview(store, "R: Andre ord", name="Intervju 1")

    with pytest.raises(KodebokError) as refused:
        add_code_and_twin()
    assert refused.value.code == "K209"
    assert state_of(store) == before


def test_half_a_sign_is_refused_in_words_and_nothing_is_kept(store: Store) -> None:
    before = state_of(store)
    with pytest.raises(KodebokError) as refused:
        add_code(store, "Roller \ud83d")
    assert refused.value.code == "K214"
    assert state_of(store) == before


def test_a_process_that_never_closed_leaves_a_project_that_opens(tmp_path: Path) -> None:
    script = """
import os, sys
from pathlib import Path
from tests.builders import add_interview, make_store
add_interview(make_store(Path(sys.argv[1])))
os._exit(3)
"""
    with pytest.raises(subprocess.CalledProcessError):
        run_script(script, str(tmp_path))
    with Store.open(tmp_path) as store:
        assert len(state_of(store)["sources"]) == 1
        assert check_store(store) == []
