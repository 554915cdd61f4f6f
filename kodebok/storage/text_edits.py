"""Editing a source's canonical text, and carrying every offset and index entry along."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kodebok.domain.span import Edit, Span, carry_span
from kodebok.domain.text import count_words

if TYPE_CHECKING:
    from kodebok.storage.database import Store

# Tables whose rows stand on a passage of a source: name and the column of the source's id.
_PLACED = (
    ("turns", "source_id"),
    ("codings", "source_id"),
    ("quotes", "source_id"),
    ("notes", "target_id"),
)


def load_text(store: Store, source_id: str) -> str:
    """The canonical text of a source; KeyError when there is none."""
    found = store.row("SELECT text FROM texts WHERE id = ?", [source_id])
    if found is None:
        raise KeyError(source_id)
    text: str = found[0]
    return text


def plan_touched(store: Store, source_id: str, edit: Edit) -> list[list[Any]]:
    """Changes to the rows that the edit cuts into; those behind it only shift.

    A coding that loses its last word is deleted (undo brings it back). A quote or a memo that does
    is kept, on an empty span.
    """
    after = edit.apply(load_text(store, source_id))
    return [
        *_plan_turn(store, source_id, edit),
        *_plan_codings(store, source_id, edit, after),
        *_plan_anchors(store, source_id, edit),
    ]


def _plan_turn(store: Store, source_id: str, edit: Edit) -> list[list[Any]]:
    turn = store.row(
        'SELECT id, "end" FROM turns WHERE source_id = ? AND "start" <= ? '
        'ORDER BY "start" DESC LIMIT 1',
        [source_id, edit.start],
    )
    if turn is None or turn[1] < edit.end:
        raise ValueError("an edit stays within one turn")
    turn_id, end = turn
    return [["=", "turns", turn_id, {"end": [end, end + edit.shift]}]] if edit.shift else []


def _plan_codings(store: Store, source_id: str, edit: Edit, after: str) -> list[list[Any]]:
    cursor = store.db.execute(
        'SELECT * FROM codings WHERE source_id = ? AND "start" < ? AND "end" > ?',
        [source_id, edit.end, edit.start],
    )
    names = [item[0] for item in cursor.description]
    changes: list[list[Any]] = []
    for values in cursor.fetchall():
        row = dict(zip(names, values, strict=True))
        span = carry_span(Span(row["start"], row["end"]), edit)
        if span is None or not after[span.start : span.end].strip():
            changes += _delete_coding(store, row)
            continue
        new = {"start": span.start, "end": span.end, "text": after[span.start : span.end]}
        pairs = {name: [row[name], value] for name, value in new.items() if row[name] != value}
        changes.append(["=", "codings", row["id"], pairs])
    return [change for change in changes if change[0] != "=" or change[3]]


def _delete_coding(store: Store, row: dict[str, Any]) -> list[list[Any]]:
    cursor = store.db.execute("SELECT * FROM condensations WHERE coding_id = ?", [row["id"]])
    names = [item[0] for item in cursor.description]
    condensed = [dict(zip(names, values, strict=True)) for values in cursor.fetchall()]
    return [*(["-", "condensations", item] for item in condensed), ["-", "codings", row]]


def _plan_anchors(store: Store, source_id: str, edit: Edit) -> list[list[Any]]:
    changes: list[list[Any]] = []
    for table, owner in _PLACED[2:]:
        rows = store.rows(
            f'SELECT id, "start", "end" FROM {table} WHERE {owner} = ? AND (("start" < ? AND '
            '"end" > ?) OR ("start" = "end" AND "start" BETWEEN ? AND ?))',
            [source_id, edit.end, edit.start, edit.start, edit.end],
        )
        for row_id, start, end in rows:
            span = carry_span(Span(start, end), edit) if start < end else None
            new = span or Span(min(start, edit.start), min(start, edit.start))
            changes.append(
                ["=", table, row_id, {"start": [start, new.start], "end": [end, new.end]}]
            )
    return changes


def apply_edit(store: Store, source_id: str, edit: Edit) -> None:
    """Write the new text and shift every row behind the edit."""
    text = load_text(store, source_id)
    after = edit.apply(text)
    words = _words_around(after, edit.start, len(edit.inserted)) - _words_around(
        text, edit.start, len(edit.removed)
    )
    execute = store.db.conn.execute
    execute("UPDATE texts SET text = ? WHERE id = ?", [after, source_id])
    execute(
        "UPDATE sources SET version = version + 1, words = words + ? WHERE id = ?",
        [words, source_id],
    )
    if not edit.shift:
        return
    for table, owner in _PLACED:
        execute(
            f'UPDATE {table} SET "start" = "start" + ?, "end" = "end" + ? '
            f'WHERE {owner} = ? AND "start" >= ?',
            [edit.shift, edit.shift, source_id, edit.end],
        )


def _words_around(text: str, start: int, length: int) -> int:
    """Words of the lines that a stretch lies on: no word goes over a line end."""
    begin = text.rfind("\n", 0, start) + 1
    end = text.find("\n", start + length)
    return count_words(text[begin : end if end >= 0 else len(text)])


def index_turns(store: Store, source_id: str) -> None:
    """Put every turn of a new source in the search index."""
    if not source_id:
        return
    text = load_text(store, source_id)
    rows = store.rows(
        'SELECT id, "start", "end" FROM turns WHERE source_id = ? ORDER BY id', [source_id]
    )
    store.db.conn.executemany(
        "INSERT INTO search (rowid, text) VALUES (?, ?)",
        ((turn_id, text[start:end]) for turn_id, start, end in rows),
    )


def reindex_around(store: Store, source_id: str, edit: Edit) -> None:
    """Write the index entries of the turns at an edit anew."""
    text = load_text(store, source_id)
    rows = store.rows(
        'SELECT id, "start", "end" FROM turns WHERE source_id = ? AND "start" <= ? AND "end" >= ?',
        [source_id, edit.start + len(edit.inserted), edit.start],
    )
    execute = store.db.conn.execute
    for turn_id, start, end in rows:
        execute("DELETE FROM search WHERE rowid = ?", [turn_id])
        execute("INSERT INTO search (rowid, text) VALUES (?, ?)", [turn_id, text[start:end]])


def reindex_turn(store: Store, turn_id: int) -> None:
    """Write one turn's index entry anew; none is left when the turn is gone."""
    store.db.conn.execute("DELETE FROM search WHERE rowid = ?", [turn_id])
    found = store.row('SELECT source_id, "start", "end" FROM turns WHERE id = ?', [turn_id])
    if found:
        text = load_text(store, found[0])[found[1] : found[2]]
        store.db.conn.execute("INSERT INTO search (rowid, text) VALUES (?, ?)", [turn_id, text])
