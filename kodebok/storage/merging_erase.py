"""What one copy erased for good, erased in the other too before anything is taken from it."""

from __future__ import annotations

from collections.abc import Iterable

from kodebok.domain.ids import new_id, now
from kodebok.domain.merge import Id, Shape, State, copy_state, rows_of
from kodebok.domain.merge_mend import drop_dangling
from kodebok.errors import ProjectInUseError
from kodebok.i18n import translator
from kodebok.storage.database import Store
from kodebok.storage.departures import load_erasures
from kodebok.storage.history import append_event
from kodebok.storage.scrubbing import mark_pending
from kodebok.storage.sealing import erase_texts

_ = translator("storage")

ERASE_KIND = "merge.erase"


def refuse_other_head(store: Store, head: str) -> None:
    """See, within the transaction under way, that nothing was done since the copies were read.

    Raises:
        ProjectInUseError: Something was.
    """
    last = store.row("SELECT hash FROM events ORDER BY seq DESC LIMIT 1")
    if last is None or last[0] != head:
        raise ProjectInUseError(
            _("the study was changed while the copies were compared"), _("merge again"), "K966"
        )


def without_erased(state: State, ids: Iterable[Id], shape: Shape) -> State:
    """The state without rows of those ids, and without what cannot be without them."""
    gone = set(ids)
    left = copy_state(state)
    found = False
    for table, rows in left.items():
        if table != "erasures":
            for key in [key for key in rows if key in gone]:
                del rows[key]
                found = True
    if found:
        drop_dangling(left, shape)
    return left


def erased_texts_elsewhere(store: Store, other: Store) -> set[str]:
    """Digests of texts that the other copy erased, and that this one's history still has."""
    gone = {
        row[0]
        for row in other.rows("SELECT digest FROM payloads WHERE text IS NULL AND sealed = 0")
    }
    if not gone:
        return set()
    here = store.rows("SELECT digest FROM payloads WHERE text IS NOT NULL")
    return gone & {row[0] for row in here}


def take_over_erasures(
    store: Store, coder_id: str, states: tuple[State, State], other: Store, head: str
) -> bool:
    """Erase here what the other copy erased: rows, and their texts in the history. Final.

    Args:
        store: This copy.
        coder_id: Who merges.
        states: Its rows as they stand, and without what was erased.
        other: The other copy.
        head: The hash of the last event of this copy, as it must be still.

    Returns:
        Whether anything was erased, so that the file must be scrubbed.
    """
    before, after = states
    digests = erased_texts_elsewhere(store, other)
    known = load_erasures(store)
    marks = [row for row in other.rows("SELECT id, at FROM erasures") if row[0] not in known]
    ids = sorted(row[0] for row in marks)
    gone = {
        table: [key for key in rows if key not in rows_of(after, table)]
        for table, rows in before.items()
    }
    if not digests and not ids and not any(gone.values()):
        return False
    with store.transaction():
        refuse_other_head(store, head)
        _let_go(store, before, after)
        for table, keys in gone.items():
            _delete(store, table, keys)
        store.db.conn.executemany("INSERT INTO erasures (id, at) VALUES (?, ?)", marks)
        subjects = {str(key) for keys in gone.values() for key in keys} | set(ids)
        _erase_history(store, subjects, digests)
        body = {"id": new_id(), "at": now(), "coder": coder_id, "kind": ERASE_KIND}
        append_event(store, {**body, "subject": "", "erased": ids}, ())
        mark_pending(store)
    return True


def _let_go(store: Store, before: State, after: State) -> None:
    """Rows that stay let go of what is erased."""
    for table, rows in before.items():
        for key, old in rows.items():
            row = rows_of(after, table).get(key, {})
            for column in [name for name in row if row[name] is None and old[name] is not None]:
                store.db.conn.execute(f'UPDATE {table} SET "{column}" = NULL WHERE id = ?', [key])


def _delete(store: Store, table: str, keys: list[Id]) -> None:
    ids = [(key,) for key in keys]
    store.db.conn.executemany(f"DELETE FROM {table} WHERE id = ?", ids)
    if table == "turns":
        store.db.conn.executemany("DELETE FROM search WHERE rowid = ?", ids)


def _erase_history(store: Store, subjects: set[str], digests: set[str]) -> None:
    erase_texts(store, lambda one: not subjects.isdisjoint(one.subjects))
    store.db.conn.executemany(
        "UPDATE payloads SET text = NULL, salt = NULL WHERE digest = ?",
        [(digest,) for digest in sorted(digests)],
    )
