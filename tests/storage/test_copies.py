"""One verified copy a day, taken before the day's first act; fourteen are kept."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from kodebok.errors import DamagedProjectError
from kodebok.paths import DATABASE_NAME
from kodebok.storage import copies
from kodebok.storage.database import Store
from kodebok.storage.history import undo
from kodebok.storage.integrity import check_store
from tests.builders import add_code, add_interview, coder_of, make_store, state_of

FIRST_DAY = date(2026, 2, 20)


class Calendar:
    """Today, as the test wants it."""

    def __init__(self) -> None:
        self.day = FIRST_DAY

    def today(self) -> date:
        return self.day

    def next_day(self) -> None:
        self.day += timedelta(days=1)


@pytest.fixture
def calendar(monkeypatch: pytest.MonkeyPatch) -> Calendar:
    made = Calendar()
    monkeypatch.setattr(copies, "date", made)
    return made


@pytest.fixture
def store(tmp_path: Path, calendar: Calendar) -> Iterator[Store]:
    with make_store(tmp_path) as made:
        add_interview(made)
        yield made


def names_of_copies(store: Store) -> list[str]:
    return sorted(path.name for path in (store.folder / copies.COPIES_FOLDER).glob("*"))


def state_of_copy(store: Store, name: str) -> object:
    folder = store.folder / f"opened-{name}"
    folder.mkdir()
    copy = store.folder / copies.COPIES_FOLDER / name
    (folder / DATABASE_NAME).write_bytes(copy.read_bytes())
    with Store.open(folder) as opened:
        assert check_store(opened) == []
        return state_of(opened)


def test_the_days_first_act_is_preceded_by_a_copy_and_the_later_ones_are_not(
    store: Store, calendar: Calendar
) -> None:
    calendar.next_day()
    before = state_of(store)
    add_code(store, "Roller")
    assert names_of_copies(store) == ["kodebok-2026-02-21.db"]
    assert state_of_copy(store, "kodebok-2026-02-21.db") == before
    made = (store.folder / copies.COPIES_FOLDER / "kodebok-2026-02-21.db").stat()
    add_code(store, "Ledelse")
    again = (store.folder / copies.COPIES_FOLDER / "kodebok-2026-02-21.db").stat()
    assert (again.st_mtime_ns, again.st_ino) == (made.st_mtime_ns, made.st_ino)


def test_a_second_start_on_the_same_day_makes_no_new_copy(
    store: Store, calendar: Calendar, monkeypatch: pytest.MonkeyPatch
) -> None:
    calendar.next_day()
    add_code(store, "Roller")
    first = state_of_copy(store, "kodebok-2026-02-21.db")
    monkeypatch.setattr(copies, "_copied_today", set())
    add_code(store, "Ledelse")
    (store.folder / "opened-kodebok-2026-02-21.db" / DATABASE_NAME).unlink()
    (store.folder / "opened-kodebok-2026-02-21.db").rmdir()
    assert state_of_copy(store, "kodebok-2026-02-21.db") == first


def test_an_undo_first_thing_in_the_morning_is_preceded_by_a_copy_too(
    store: Store, calendar: Calendar
) -> None:
    add_code(store, "Roller")
    before = state_of(store)
    calendar.next_day()
    undo(store, coder_of(store))
    assert state_of_copy(store, "kodebok-2026-02-21.db") == before


def test_fourteen_days_are_kept_over_months_and_the_oldest_go(
    store: Store, calendar: Calendar
) -> None:
    for number in range(20):
        calendar.next_day()
        add_code(store, f"Kode {number}")
    kept = names_of_copies(store)
    assert len(kept) == copies.KEPT_DAYS
    assert kept[0] == "kodebok-2026-02-27.db"
    assert kept[-1] == "kodebok-2026-03-12.db"


def test_a_copy_before_a_migration_is_not_counted_among_the_days(
    store: Store, calendar: Calendar
) -> None:
    kept = copies.copy_before_migration(store.db.conn, store.folder)
    for number in range(16):
        calendar.next_day()
        add_code(store, f"Kode {number}")
    assert kept.exists()


def test_an_empty_project_is_not_copied(tmp_path: Path, calendar: Calendar) -> None:
    with make_store(tmp_path) as store:
        calendar.next_day()
        add_code(store, "Roller")
        assert names_of_copies(store) == []


def test_work_goes_on_when_there_is_no_room_for_a_copy(store: Store, calendar: Calendar) -> None:
    (store.folder / copies.COPIES_FOLDER).write_text("not a folder")
    calendar.next_day()
    add_code(store, "Roller")
    assert check_store(store) == []
    assert len(state_of(store)["codes"]) == 1


def test_no_copy_is_made_of_a_damaged_project_and_the_last_good_one_stays(
    store: Store, calendar: Calendar
) -> None:
    calendar.next_day()
    add_code(store, "Roller")
    good = state_of_copy(store, "kodebok-2026-02-21.db")
    store.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    root = store.rows("SELECT rootpage FROM sqlite_master WHERE name = 'codes'")[0][0]
    size = store.rows("PRAGMA page_size")[0][0]
    store.close()
    with (store.folder / DATABASE_NAME).open("r+b") as file:
        file.seek((root - 1) * size + size - 60)
        file.write(b"\x07" * 60)
    calendar.next_day()
    with Store.open(store.folder) as damaged, pytest.raises(DamagedProjectError):
        add_interview(damaged, "R: Nei", "Ny")
    assert names_of_copies(store) == ["kodebok-2026-02-21.db"]
    assert good


def test_what_a_broken_off_copy_left_is_cleared_away_after_an_hour(
    store: Store, calendar: Calendar
) -> None:
    folder = store.folder / copies.COPIES_FOLDER
    folder.mkdir()
    old, new = folder / "kodebok-2026-02-01.77.unfinished", folder / "kodebok.78.unfinished"
    for path in (old, new):
        path.write_bytes(b"half")
    long_ago = old.stat().st_mtime - copies.ABANDONED_AFTER_S - 60
    os.utime(old, (long_ago, long_ago))
    calendar.next_day()
    add_code(store, "Roller")
    assert names_of_copies(store) == ["kodebok-2026-02-21.db", "kodebok.78.unfinished"]
