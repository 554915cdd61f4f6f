"""What left the study, its backups, and the ids of what was erased for good."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from kodebok.domain.departure import Backup, Departure
from kodebok.domain.ids import now
from kodebok.storage.act_kinds import LOG_KINDS
from kodebok.storage.database import Store, translated_errors
from kodebok.storage.history import Act, load_events
from kodebok.storage.rows import load_all, to_row


def load_departures(store: Store) -> list[Departure]:
    """Files that left, the oldest first."""
    return load_all(store, Departure, "departures", "ORDER BY made, rowid")


def add_departure(act: Act, departure: Departure) -> None:
    """Note a file that was made."""
    act.insert("departures", to_row(departure))


def change_recipient(act: Act, departure_id: str, recipient: str | None) -> bool:
    """Note to whom a file went; False when it said so already."""
    return act.update("departures", departure_id, recipient=recipient)


def load_backups(store: Store) -> list[Backup]:
    """Backups that were made, the oldest first."""
    return load_all(store, Backup, "backups", "ORDER BY made, rowid")


def add_backup(act: Act, backup: Backup) -> None:
    """Note a backup."""
    act.insert("backups", to_row(backup))


def load_erasures(store: Store) -> set[str]:
    """Ids of what was erased for good."""
    return {row[0] for row in store.rows("SELECT id FROM erasures")}


def add_erasures(act: Act, ids: Iterable[str]) -> None:
    """Keep the ids of what is erased, so that no backup brings it back."""
    for row_id in sorted(set(ids) - load_erasures(act.store)):
        act.insert("erasures", {"id": row_id, "at": now()})


def last_change(store: Store) -> str | None:
    """When the study itself was changed last (UTC); what was only noted does not count."""
    before = None
    while events := load_events(store, limit=20, before=before):
        for event in events:
            if event.kind not in LOG_KINDS:
                return event.at
        before = events[-1].seq
    return None


def copy_database(store: Store, target: Path) -> None:
    """Copy the open file as it stands, to the byte of its pages, and check the copy.

    Raises:
        KodebokError: The disk is full, or the copy is damaged.
    """
    import sqlite3

    with translated_errors(), closing(sqlite3.connect(target)) as copy:
        store.db.conn.backup(copy)
        verdict = copy.execute("PRAGMA integrity_check").fetchone()[0]
        if verdict != "ok":
            raise sqlite3.DatabaseError("the copy is damaged")
