"""Making what was taken out of a project file gone from the disk, also after a crash.

The transaction that takes something out calls `mark_pending`; `scrub` follows it, and the next
opening of the file finishes what was broken off. What an SQLite file keeps of deleted text: free
pages, the write-ahead log, words of the search index, older copies.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

from kodebok.domain.ids import now
from kodebok.errors import ProjectInUseError
from kodebok.i18n import translator
from kodebok.storage import copies, gate_memory

if TYPE_CHECKING:
    from kodebok.storage.database import Store

_ = translator("storage")

PATIENCE_S = 5.0
_PAUSE_S = 0.1


def mark_pending(store: Store) -> None:
    """Note, within the transaction under way, that the file is to be scrubbed after it."""
    store.db.conn.execute("INSERT OR REPLACE INTO scrub_pending (id, at) VALUES (1, ?)", [now()])


def is_pending(store: Store) -> bool:
    """Whether something that was taken out may still be on the disk."""
    return store.row("SELECT 1 FROM scrub_pending") is not None


def scrub(store: Store, patience_s: float | None = None) -> None:
    """Build the index anew, the file too, empty the log, replace the copies, take off the mark.

    Each step may be done twice; the mark goes last.

    Args:
        store: The study's file, with no transaction under way.
        patience_s: How long to wait for other readers of the file; `PATIENCE_S` when None.

    Raises:
        ProjectInUseError: Another program reads (K239) or holds (K201) the file; the mark stays.
        KodebokError: The disk is full or cannot be written; the mark stays.
    """
    patience_s = PATIENCE_S if patience_s is None else patience_s
    _rebuild_index(store)
    gate_memory.forget_what_was_read(store)
    _vacuum(store)
    empty_log(store, patience_s)
    _replace_copies(store)
    _remove_half_written(store.folder)
    _take_off_mark(store)
    empty_log(store, patience_s)


def finish_scrub(store: Store) -> bool:
    """Finish a scrub that was broken off; False when another program is in the way."""
    try:
        scrub(store, patience_s=0)
    except ProjectInUseError:
        return False
    return True


def _rebuild_index(store: Store) -> None:
    from kodebok.storage.integrity import rebuild_index

    rebuild_index(store)


def _vacuum(store: Store) -> None:
    store.rows("PRAGMA temp_store=MEMORY")
    store.rows("VACUUM")


def empty_log(store: Store, patience_s: float = PATIENCE_S) -> None:
    """Bring everything into the file itself and cut its log to nothing.

    Raises:
        ProjectInUseError: K239, another program reads the file.
    """
    last = time.monotonic() + patience_s
    while store.rows("PRAGMA wal_checkpoint(TRUNCATE)")[0][0]:
        if time.monotonic() >= last:
            raise ProjectInUseError(
                _("the old text is still in the file, because another program reads the project"),
                _("close the other windows and open the project again; kodebok then finishes"),
                "K239",
            )
        time.sleep(_PAUSE_S)


def _replace_copies(store: Store) -> None:
    """One fresh copy in place of all; it needs no scrub itself."""
    folder = store.folder / copies.COPIES_FOLDER
    older = [path for path in folder.glob("*") if path.is_file()] if folder.is_dir() else []
    if not older:
        return
    fresh = copies.copy_if_there_is_room(
        store.db.conn, copies.path_of_today(store.folder), _as_scrubbed
    )
    for path in older:
        if path != fresh:
            path.unlink(missing_ok=True)


def _as_scrubbed(copy: copies.Connection) -> None:
    copy.execute("DELETE FROM scrub_pending")
    copy.commit()


def _remove_half_written(folder: Path) -> None:
    """Files of our own that a killed process left in the project's folders."""
    for path in folder.glob("**/.kodebok-*.tmp"):
        path.unlink(missing_ok=True)


def _take_off_mark(store: Store) -> None:
    with store.transaction():
        store.db.conn.execute("DELETE FROM scrub_pending")
