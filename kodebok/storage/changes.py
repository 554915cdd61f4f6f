"""Changes: what an act does to the tables, its texts apart, and its inverse.

A change is one of
`["+", table, row]`, `["-", table, row]`, `["=", table, id, {column: [old, new]}]`,
`["+*", table, columns, rows]`, `["-*", table, columns, rows]` and
`["edit", source id, start, removed, inserted, changes to rows that the edit touched]`.
Strings that were typed or imported stand beside the event as salted payloads: in the change they
are `{"$": number}`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from kodebok.domain.span import Edit
from kodebok.storage import text_edits
from kodebok.storage.schema import TEXT_COLUMNS

if TYPE_CHECKING:
    from kodebok.storage.database import Store

Change = list[Any]


def column_names(names: Iterable[str]) -> str:
    """Columns for SQL, quoted."""
    return ", ".join(f'"{name}"' for name in names)


def text_collector(payloads: list[str]) -> Any:
    """Puts texts in a list, and leaves their numbers in their place."""

    def collect(value: Any) -> Any:
        if not isinstance(value, str) or not value:
            return value
        payloads.append(value)
        return {"$": len(payloads) - 1}

    return collect


def map_texts(change: Change, convert: Any) -> Change:
    """The change with `convert` applied to each text that was typed or imported."""
    kind, table = change[0], change[1]
    if kind == "edit":
        touched = [map_texts(inner, convert) for inner in change[5]]
        return [*change[:3], convert(change[3]), convert(change[4]), touched]
    if kind in {"+*", "-*"}:
        return change
    texts = TEXT_COLUMNS[table]
    if kind == "=":
        values = {
            name: [convert(v) for v in pair] if name in texts else pair
            for name, pair in change[3].items()
        }
        return [kind, table, change[2], values]
    return [kind, table, {k: convert(v) if k in texts else v for k, v in change[2].items()}]


def apply_change(store: Store, change: Change) -> None:
    """Make one change in the tables."""
    kind, table = change[0], change[1]
    if kind == "edit":
        edit = Edit(*change[2:5])
        text_edits.apply_edit(store, table, edit)
        for inner in change[5]:
            _apply_to_row(store, inner)
        text_edits.reindex_around(store, table, edit)
    elif kind in {"+*", "-*"}:
        _apply_many(store, change)
    else:
        _apply_to_row(store, change)
        if table == "turns":
            _reindex(store, change)


def _reindex(store: Store, change: Change) -> None:
    if change[0] != "=":
        text_edits.reindex_turn(store, change[2]["id"])
    elif not change[3].keys().isdisjoint({"start", "end", "source_id"}):
        text_edits.reindex_turn(store, change[2])


def _apply_to_row(store: Store, change: Change) -> None:
    kind, table = change[0], change[1]
    execute = store.db.conn.execute
    if kind == "+":
        row = change[2]
        marks = ", ".join("?" * len(row))
        execute(f"INSERT INTO {table} ({column_names(row)}) VALUES ({marks})", list(row.values()))
    elif kind == "-":
        execute(f"DELETE FROM {table} WHERE id = ?", [change[2]["id"]])
    else:
        sets = ", ".join(f'"{name}" = ?' for name in change[3])
        values = [pair[1] for pair in change[3].values()]
        execute(f"UPDATE {table} SET {sets} WHERE id = ?", [*values, change[2]])


def _apply_many(store: Store, change: Change) -> None:
    kind, table, columns, rows = change
    if kind == "+*":
        marks = ", ".join("?" * len(columns))
        store.db.conn.executemany(
            f"INSERT INTO {table} ({column_names(columns)}) VALUES ({marks})", rows
        )
        if table == "turns":
            places = [columns.index(name) for name in ("id", "source_id", "start", "end")]
            text_edits.index_turns(store, (tuple(row[place] for place in places) for row in rows))
    else:
        key = columns.index("id")
        ids = [(row[key],) for row in rows]
        store.db.conn.executemany(f"DELETE FROM {table} WHERE id = ?", ids)
        if table == "turns":
            store.db.conn.executemany("DELETE FROM search WHERE rowid = ?", ids)


def invert_change(change: Change) -> Change:
    """The change that takes another back."""
    kind = change[0]
    if kind == "edit":
        touched = [invert_change(inner) for inner in reversed(change[5])]
        return ["edit", change[1], change[2], change[4], change[3], touched]
    if kind == "=":
        swapped = {name: [new, old] for name, (old, new) in change[3].items()}
        return ["=", change[1], change[2], swapped]
    opposite = {"+": "-", "-": "+", "+*": "-*", "-*": "+*"}
    return [opposite[kind], *change[1:]]
