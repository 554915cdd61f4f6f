"""Writing merged rows as one act, whose event names both heads."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from kodebok.domain.ids import new_id
from kodebok.domain.merge import Id, Row, State, Table, rows_of
from kodebok.domain.span import Edit, Span, trim_edit
from kodebok.storage.act_kinds import GONE
from kodebok.storage.changes import map_texts, text_collector
from kodebok.storage.database import Store
from kodebok.storage.history import Act, append_event
from kodebok.storage.merging_erase import refuse_other_head
from kodebok.storage.merging_history import TAKE_KIND, Lineage
from kodebok.storage.text_edits import _PLACED

# What tells of one copy's own file: it is left as it is there.
_OWN_COLUMNS = {"sources": frozenset({"version", "words"}), "applied_texts": frozenset({"version"})}
# A coding that came of a suggestion stands on its verdict, and a turn is indexed by its text: such
# rows are made anew, not changed.
_MADE_ANEW = {
    "codings": ("coder_id", "origin"),
    "verdicts": ("coder_id", "verdict", "coding_id"),
    "turns": ("source_id",),
}
# Turns go first, and so come back last, when the text is there that they are indexed by.
_FIRST_REMOVED = ("turns", "codings", "verdicts")
_NUMBERED = frozenset({"turns", "word_times"})
_FIRST_ADDED = ("sources", "texts", "verdicts")


def write_merged(
    store: Store,
    coder_id: str,
    mine: State,
    merged: State,
    heads: tuple[Lineage, Lineage],
    other: Store,
    *,
    is_same: bool,
) -> int | None:
    """Turn this copy's rows into the merged ones, as one act.

    Args:
        store: This copy.
        coder_id: Who merges.
        mine: Its rows as they stand.
        merged: The rows that it is to have.
        heads: What each copy has seen, mine first.
        other: The other copy, whose events are kept beside the act.
        is_same: Whether the two copies say the same already.

    Returns:
        The number of the act's event, also when all that the other did is here already, or was
        decided against; None when the two say the same and the other did nothing but merge.

    Raises:
        ProjectInUseError: This copy was changed meanwhile.
    """
    my_lineage, their_lineage = heads
    store.keep_copy_of_the_day()
    with store.transaction():
        refuse_other_head(store, my_lineage.head)
        act = Act(store, TAKE_KIND, coder_id, their_lineage.head)
        _Writer(act, mine, merged).write()
        events = _unseen_events(other, my_lineage, their_lineage)
        if not act.changes and is_same and all(_kind(row) == TAKE_KIND for row in events):
            return None
        number = my_lineage.own[my_lineage.head] + 1
        _keep_events(store, number, events)
        return _record(act, my_lineage.head)


def _record(act: Act, my_head: str) -> int:
    store = act.store
    if act.changes:
        store.db.conn.execute("UPDATE events SET undone = ? WHERE undone = 1", [GONE])
    payloads: list[str] = []
    coded = [map_texts(change, text_collector(payloads)) for change in act.changes]
    body = {
        "id": new_id(),
        "at": act.at,
        "coder": act.coder_id,
        "kind": act.kind,
        "subject": act.subject,
        "heads": [my_head, act.subject],
        "changes": coded,
    }
    return append_event(store, body, payloads)


def _unseen_events(other: Store, mine: Lineage, theirs: Lineage) -> list[tuple[Any, ...]]:
    """What the other copy has seen and this one has not: its own acts, and others'."""
    own = other.rows(
        "SELECT e.seq, e.id, e.body, coalesce((SELECT group_concat(digest, '') FROM (SELECT "
        "digest FROM payloads p WHERE p.seq = e.seq ORDER BY number)), ''), coalesce((SELECT "
        "hash FROM events b WHERE b.seq = e.seq - 1), ''), e.hash FROM events e ORDER BY e.seq"
    )
    taken = other.rows(
        "SELECT seq, event_id, body, digests, previous, hash FROM merged_events ORDER BY id"
    )
    found: dict[str, tuple[Any, ...]] = {}
    for row in (*own, *taken):
        digest = row[5]
        if theirs.knows(digest) and not mine.knows(digest):
            found.setdefault(digest, row)
    return list(found.values())


def _kind(row: tuple[Any, ...]) -> str:
    kind: str = json.loads(row[2])["kind"]
    return kind


def _keep_events(store: Store, number: int, events: Sequence[tuple[Any, ...]]) -> None:
    store.db.conn.executemany(
        "INSERT INTO merged_events (taken_at, seq, event_id, body, digests, previous, hash) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        [(number, *row) for row in events],
    )


class _Writer:
    """The changes from one state to another, in an order that the tables' rules allow."""

    def __init__(self, act: Act, mine: State, merged: State) -> None:
        self._act = act
        self._mine = {table: dict(rows) for table, rows in mine.items()}
        self._merged = merged

    def write(self) -> None:
        tables = sorted(self._merged)
        for table in sorted(tables, key=lambda name: _order(name, _FIRST_REMOVED)):
            self._remove(table)
        self._edit_texts()
        for table in tables:
            self._change(table)
        for table in sorted(tables, key=lambda name: _order(name, _FIRST_ADDED)):
            self._add(table)

    def _remove(self, table: str) -> None:
        mine, merged = rows_of(self._mine, table), rows_of(self._merged, table)
        gone = [
            key
            for key, row in mine.items()
            if key not in merged or _is_made_anew(table, row, merged[key])
        ]
        if table in _NUMBERED and gone:
            columns = list(mine[gone[0]])
            self._act.delete_many(table, columns, [list(mine[key].values()) for key in gone])
        else:
            for key in gone:
                self._act.delete(table, key)
        for key in gone:
            del mine[key]

    def _add(self, table: str) -> None:
        mine, merged = rows_of(self._mine, table), rows_of(self._merged, table)
        new = [row for key, row in merged.items() if key not in mine]
        if table in _NUMBERED and new:
            columns = sorted(new[0])
            rows = [[row[name] for name in columns] for row in new]
            self._act.insert_many(table, columns, rows)
            return
        for row in new:
            self._act.insert(table, dict(row))

    def _edit_texts(self) -> None:
        mine, merged = rows_of(self._mine, "texts"), rows_of(self._merged, "texts")
        edits: dict[Id, Edit] = {}
        for source_id in sorted(mine.keys() & merged.keys(), key=str):
            old, new = mine[source_id]["text"], merged[source_id]["text"]
            if old != new:
                edits[source_id] = trim_edit(Edit(0, old, new))
        placed = self._placed_on(edits)
        for source_id, edit in edits.items():
            self._edit_text(str(source_id), edit, placed[source_id])

    def _placed_on(self, sources: Mapping[Id, Edit]) -> dict[Id, dict[str, list[Id]]]:
        """By source and table: the rows that stand on a passage of it."""
        found: dict[Id, dict[str, list[Id]]] = {source_id: {} for source_id in sources}
        for table, owner in _PLACED if sources else ():
            for key, row in rows_of(self._mine, table).items():
                if row[owner] in found and row["start"] is not None:
                    found[row[owner]].setdefault(table, []).append(key)
        return found

    def _edit_text(self, source_id: str, edit: Edit, placed: Mapping[str, list[Id]]) -> None:
        """One edit over all that differs, naming every row that it touches."""
        touched = []
        for table, owner in _PLACED:
            rows, merged = rows_of(self._mine, table), rows_of(self._merged, table)
            for key in placed.get(table, ()):
                row = rows[key]
                place = Span(row["start"], row["end"])
                if place.end < edit.start:
                    continue
                if place.start > edit.end:
                    new: Mapping[str, Any] = _place(
                        place.start + edit.shift, place.end + edit.shift
                    )
                else:
                    new = self._place_after(merged.get(key), owner, source_id, edit, place)
                    touched.append(_touched(table, key, row, new))
                rows[key] = {**row, **new}
        self._act._make(["edit", source_id, edit.start, edit.removed, edit.inserted, touched])

    def _place_after(
        self, row: Row | None, owner: str, source_id: str, edit: Edit, place: Span
    ) -> Mapping[str, Any]:
        """Where a row that the edit touches stands after it: as merged, when that is beside it.

        Turns near the edit are indexed with it, and only those.
        """
        if row is not None and row[owner] == source_id and row["start"] is not None:
            stop = edit.start + len(edit.inserted)
            if row["start"] <= stop and row["end"] >= edit.start:
                return _place(row["start"], row["end"])
        return _place(min(place.start, edit.start), max(place.end, edit.end) + edit.shift)

    def _change(self, table: str) -> None:
        mine, merged = rows_of(self._mine, table), rows_of(self._merged, table)
        own = _OWN_COLUMNS.get(table, frozenset())
        changed = []
        for key in mine.keys() & merged.keys():
            values = {
                name: value
                for name, value in merged[key].items()
                if name not in own and value != mine[key][name]
            }
            if values:
                changed.append((key, values))
        changed.sort(key=lambda item: str(item[0]))
        self._free_names(table, mine, changed)
        for key, values in changed:
            self._act.update(table, key, **values)

    def _free_names(
        self, table: str, mine: Table, changed: list[tuple[Id, dict[str, Any]]]
    ) -> None:
        """Names that rows give to each other are let go of first."""
        if table == "codes":
            return
        held = {row.get("name") for row in mine.values()} - {None}
        for key, values in changed:
            if values.get("name") in held:
                self._act.update(table, key, name=f"{values['name']} {key}")


def say_the_same(mine: State, theirs: State) -> bool:
    """Whether two states are equal but for the numbers of turns and what is a copy's own."""
    return all(
        _comparable(table, rows_of(mine, table)) == _comparable(table, rows_of(theirs, table))
        for table in mine.keys() | theirs.keys()
    )


def _comparable(table: str, rows: Table) -> list[tuple[Any, ...]]:
    hidden = _OWN_COLUMNS.get(table, frozenset()) | ({"id"} if table in _NUMBERED else set())
    found = [tuple(v for name, v in row.items() if name not in hidden) for row in rows.values()]
    return sorted(found, key=repr)


def _order(table: str, first: tuple[str, ...]) -> tuple[int, str]:
    return (first.index(table) if table in first else len(first), table)


def _is_made_anew(table: str, old: Row, new: Row) -> bool:
    return any(old[name] != new[name] for name in _MADE_ANEW.get(table, ()))


def _place(start: int, end: int) -> dict[str, int]:
    return {"start": start, "end": end}


def _touched(table: str, key: Id, row: Row, new: Mapping[str, Any]) -> list[Any]:
    pairs = {name: [row[name], new[name]] for name in ("start", "end")}
    return ["=", table, key, pairs]
