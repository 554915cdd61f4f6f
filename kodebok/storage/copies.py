"""Copies of the project file, one a day and one before each migration, each of them checked."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

COPIES_FOLDER = "copies"
KEPT_DAYS = 14
ABANDONED_AFTER_S = 3_600

Connection = sqlite3.Connection

_copied_today: set[tuple[Path, date]] = set()


def copy_of_the_day(connection: sqlite3.Connection, folder: Path) -> Path | None:
    """Copy the file as it was before the day's first act; older daily copies give way.

    Returns:
        The new copy, or None when today has one or there is nothing in the project yet.
    """
    today = date.today()  # noqa: DTZ011 - the user's own day
    if (folder, today) in _copied_today:
        return None
    target = path_of_today(folder)
    made = None
    if not target.exists() and connection.execute("SELECT 1 FROM sources LIMIT 1").fetchone():
        made = copy_if_there_is_room(connection, target)
        for old in sorted(target.parent.glob("kodebok-????-??-??.db"))[:-KEPT_DAYS]:
            old.unlink(missing_ok=True)
        _remove_abandoned(target.parent)
    _copied_today.add((folder, today))
    return made


def copy_if_there_is_room(
    connection: sqlite3.Connection,
    target: Path,
    change: Callable[[sqlite3.Connection], None] | None = None,
) -> Path | None:
    """The copy, or None when it cannot be written: the work itself matters more, and goes on."""
    try:
        return make_verified_copy(connection, target, change)
    except (OSError, sqlite3.OperationalError):
        return None


def _remove_abandoned(folder: Path) -> None:
    """Remove what a process that was ended left half done; others may be at work on theirs."""
    for unfinished in folder.glob("*.unfinished*"):
        if unfinished.exists() and time.time() - unfinished.stat().st_mtime > ABANDONED_AFTER_S:
            unfinished.unlink(missing_ok=True)


def copy_before_migration(connection: sqlite3.Connection, folder: Path) -> Path:
    """Copy the file as an older kodebok left it."""
    number = connection.execute("SELECT count(*) FROM _sqlite_migrations").fetchone()[0]
    target = folder / COPIES_FOLDER / f"kodebok-before-migration-{number + 1:03}.db"
    return make_verified_copy(connection, target)


def path_of_today(folder: Path) -> Path:
    """Where the copy of the day lies, or is to lie."""
    today = date.today()  # noqa: DTZ011 - the user's own day
    return folder / COPIES_FOLDER / f"kodebok-{today.isoformat()}.db"


def make_verified_copy(
    connection: sqlite3.Connection,
    target: Path,
    change: Callable[[sqlite3.Connection], None] | None = None,
) -> Path:
    """Copy an open database, check the copy, and only then give it its name.

    Args:
        connection: The database.
        target: Where to.
        change: What is done to the copy before it is checked.

    Raises:
        OSError: The folder cannot be written.
        sqlite3.OperationalError: The copy cannot be written.
        sqlite3.DatabaseError: The copy did not pass SQLite's integrity check.
    """
    target.parent.mkdir(exist_ok=True)
    unfinished = target.with_suffix(f".{os.getpid()}.unfinished")
    try:
        with closing(sqlite3.connect(unfinished)) as copy:
            connection.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
            if change is not None:
                change(copy)
            verdict = copy.execute("PRAGMA integrity_check").fetchone()[0]
        if verdict != "ok":
            raise sqlite3.DatabaseError("the copy is damaged")
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)
    return target
