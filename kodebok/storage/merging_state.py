"""A study's rows as the merge sees them, and its earlier states, by going back in a copy."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from kodebok.domain.merge import Shape, State, Table
from kodebok.domain.merge_base import ERASED, is_erased
from kodebok.storage.changes import Change, apply_change, invert_change, map_texts
from kodebok.storage.database import Store, translated_errors
from kodebok.storage.schema import TEXT_COLUMNS
from kodebok.storage.text_edits import _PLACED

# What tells of one copy's own folder, files and work under way.
_LOCAL_TABLES = frozenset(
    {"leftovers", "scrub_pending", "recordings", "chunks", "gate_found", "gate_clean"}
)


def load_state(store: Store) -> State:
    """Every row that an act can change, by table and id; what is this folder's own is left out."""
    return {
        table: _load_table(store, table)
        for table in sorted(TEXT_COLUMNS)
        if table not in _LOCAL_TABLES and store.has_table(table)
    }


def _load_table(store: Store, table: str) -> Table:
    with translated_errors():
        cursor = store.db.execute(f"SELECT * FROM {table}")
        names = [item[0] for item in cursor.description]
        key = names.index("id")
        return {row[key]: dict(zip(names, row, strict=True)) for row in cursor}


def load_shape(store: Store) -> Shape:
    """References and rules of the tables, as the file itself states them."""
    refs: dict[str, dict[str, str]] = {}
    required: set[tuple[str, str]] = set()
    unique: dict[str, tuple[tuple[str, ...], ...]] = {}
    for table in sorted(TEXT_COLUMNS):
        if table in _LOCAL_TABLES or not store.has_table(table):
            continue
        foreign = store.rows(f"PRAGMA foreign_key_list({table})")
        refs[table] = {row[3]: row[2] for row in foreign if row[2] not in _LOCAL_TABLES}
        columns = store.rows(f"PRAGMA table_info({table})")
        required |= {(table, row[1]) for row in columns if row[3] and row[1] in refs[table]}
        unique[table] = _unique_columns(store, table)
    return Shape(refs, frozenset(required), unique, dict(_PLACED))


def _unique_columns(store: Store, table: str) -> tuple[tuple[str, ...], ...]:
    found = []
    for row in store.rows(f"PRAGMA index_list({table})"):
        if row[3] == "u":
            names = store.rows(f"PRAGMA index_info({row[1]})")
            found.append(tuple(name for _number, _place, name in names))
    return tuple(sorted(found))


@contextmanager
def copy_in_memory(store: Store) -> Iterator[Store]:
    """The study in memory: what is done there touches no file."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        with translated_errors():
            store.db.conn.backup(connection)
        yield Store(store.folder, connection)
    finally:
        connection.close()


class Rewinder:
    """Takes a copy of a study back through its history, also past texts that were erased.

    Args:
        store: A copy that nobody else needs; it is changed.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lost: set[str] = set()
        self._bodies: dict[int, str] = dict(store.rows("SELECT seq, body FROM events"))
        self._at = max(self._bodies, default=0)
        store.db.execute("PRAGMA foreign_keys=OFF")
        store.db.execute("PRAGMA recursive_triggers=OFF")
        for (name,) in store.rows("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
            store.db.execute(f"DROP TRIGGER {name}")

    def go_back_to(self, seq: int) -> State:
        """The rows as they were right after an event.

        A text whose corrections were erased from the history is left out, with its turns.
        """
        with translated_errors():
            for number in range(self._at, seq, -1):
                self._take_back(number)
        self._at = seq
        state = load_state(self._store)
        for source_id in self._lost:
            state["texts"].pop(source_id, None)
            for key in [k for k, r in state["turns"].items() if r["source_id"] == source_id]:
                del state["turns"][key]
        return state

    def _take_back(self, seq: int) -> None:
        body = json.loads(self._bodies[seq])
        if body["kind"] == "undo":
            changes = self._changes(body["target"])
        elif body["kind"] == "redo":
            changes = [invert_change(c) for c in reversed(self._changes(body["target"]))]
        else:
            changes = [invert_change(c) for c in reversed(self._changes(seq))]
        for change in changes:
            self._apply(change)

    def _changes(self, seq: int) -> list[Change]:
        body = json.loads(self._bodies[seq])
        rows = self._store.rows("SELECT number, text FROM payloads WHERE seq = ?", [seq])
        texts = dict(rows)

        def fill(value: Any) -> Any:
            if not isinstance(value, dict):
                return value
            text = texts.get(value["$"])
            return f"{ERASED}{seq}:{value['$']}" if text is None else text

        return [map_texts(change, fill) for change in body.get("changes", [])]

    def _apply(self, change: Change) -> None:
        if change[0] == "edit":
            self._apply_edit(change)
            return
        table = change[1]
        if change[0] == "+" and table == "texts" and is_erased(change[2]["text"]):
            self._lost.add(change[2]["id"])
        apply_change(self._store, change)

    def _apply_edit(self, change: Change) -> None:
        source_id = change[1]
        if source_id not in self._lost and not any(map(is_erased, change[3:5])):
            apply_change(self._store, change)
            return
        self._lost.add(source_id)
        for inner in change[5]:
            self._apply(inner)
