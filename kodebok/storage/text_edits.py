"""Editing a source's canonical text, and carrying every offset and index entry along."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from kodebok.domain.span import Edit, Span, carry_span
from kodebok.domain.text import canonicalise, count_words

if TYPE_CHECKING:
    from kodebok.storage.database import Store

# Tables whose rows stand on a passage of a source: name and the column of the source's id.
_PLACED = (
    ("turns", "source_id"),
    ("codings", "source_id"),
    ("quotes", "source_id"),
    ("notes", "target_id"),
    ("suggestion_passages", "source_id"),
    ("replacements", "source_id"),
    ("wonderings", "source_id"),
    ("word_times", "source_id"),
    ("heard", "source_id"),
    ("marks", "source_id"),
    ("review_items", "source_id"),
    ("review_answers", "source_id"),
    ("risk_sentences", "source_id"),
    ("settlements", "source_id"),
)
_PLANNED_APART = frozenset({"turns", "codings", "replacements"})


def load_text(store: Store, source_id: str) -> str:
    """The canonical text of a source; KeyError when there is none."""
    found = store.row("SELECT text FROM texts WHERE id = ?", [source_id])
    if found is None:
        raise KeyError(source_id)
    text: str = found[0]
    return text


def plan_touched(store: Store, source_id: str, edit: Edit) -> list[list[Any]]:
    """Changes to the rows that the edit cuts into; those behind it only shift.

    A coding that loses its last word is deleted (undo brings it back); a memo on it stays, on the
    place. A quote, a memo on a passage, a suggested passage or a wondering that does so is kept,
    on an empty span.

    Both borders of a row are always named, also the one that stays: on the way back the row may
    stand behind the edit, and be shifted before its own change is made.

    Raises:
        ValueError: The edit reaches out of its turn, does not fit the text, or would leave a text
            that is not canonical.
    """
    after = edit.apply(load_text(store, source_id))
    lines = _lines_around(after, edit.start, len(edit.inserted))
    if canonicalise(lines) != lines:
        raise ValueError("an edit leaves canonical text")
    return [
        *_plan_turn(store, source_id, edit),
        *_plan_codings(store, source_id, edit, after),
        *_plan_anchors(store, source_id, edit),
        *_plan_replacements(store, source_id, edit),
    ]


def _plan_turn(store: Store, source_id: str, edit: Edit) -> list[list[Any]]:
    turn = store.row(
        'SELECT id, "start", "end" FROM turns WHERE source_id = ? AND "start" <= ? '
        'ORDER BY "start" DESC LIMIT 1',
        [source_id, edit.start],
    )
    if turn is None or turn[2] < edit.end:
        raise ValueError("an edit stays within one turn")
    turn_id, start, end = turn
    return [_moved("turns", turn_id, Span(start, end), Span(start, end + edit.shift))]


def _moved(table: str, row_id: str | int, old: Span, new: Span) -> list[Any]:
    return ["=", table, row_id, {"start": [old.start, new.start], "end": [old.end, new.end]}]


def _plan_codings(store: Store, source_id: str, edit: Edit, after: str) -> list[list[Any]]:
    changes: list[list[Any]] = []
    for row in _rows_as_stored(
        store,
        'SELECT * FROM codings WHERE source_id = ? AND "start" < ? AND "end" > ?',
        [source_id, edit.end, edit.start],
    ):
        old = Span(row["start"], row["end"])
        new = carry_span(old, edit)
        words = after[new.start : new.end] if new else ""
        if new is None or not words.strip():
            changes += _delete_coding(store, row, edit.start)
            continue
        change = _moved("codings", row["id"], old, new)
        if words != row["text"]:
            change[3]["text"] = [row["text"], words]
        changes.append(change)
    return changes


def takes_a_coding(store: Store, source_id: str, edit: Edit) -> bool:
    """Whether a coding would lose its last word by an edit."""
    after = edit.apply(load_text(store, source_id))
    planned = _plan_codings(store, source_id, edit, after)
    return any(change[:2] == ["-", "codings"] for change in planned)


def borders_within(store: Store, source_id: str, span: Span) -> list[tuple[str, str, str, int]]:
    """Borders of passages inside a stretch: table, row, column, code points from its beginning."""
    found = []
    for table, owner in _PLACED:
        if table in {"turns", "replacements"}:
            continue
        for column in ("start", "end"):
            rows = store.rows(
                f'SELECT id, "{column}" FROM {table} WHERE {owner} = ? AND "{column}" > ? '
                f'AND "{column}" < ?',
                [source_id, span.start, span.end],
            )
            found += [(table, str(row_id), column, at - span.start) for row_id, at in rows]
    return found


def _rows_as_stored(store: Store, sql: str, parameters: list[Any]) -> list[dict[str, Any]]:
    cursor = store.db.execute(sql, parameters)
    names = [item[0] for item in cursor.description]
    return [dict(zip(names, values, strict=True)) for values in cursor.fetchall()]


def _delete_coding(store: Store, row: dict[str, Any], at: int) -> list[list[Any]]:
    place = {
        "target": ["coding", "passage"],
        "target_id": [row["id"], row["source_id"]],
        "start": [None, at],
        "end": [None, at],
    }
    notes = store.rows("SELECT id FROM notes WHERE target_id = ?", [row["id"]])
    condensed = _rows_as_stored(
        store, "SELECT * FROM condensations WHERE coding_id = ?", [row["id"]]
    )
    return [
        *(["=", "notes", note_id, place] for (note_id,) in notes),
        *(["-", "condensations", item] for item in condensed),
        ["-", "codings", row],
    ]


def _plan_anchors(store: Store, source_id: str, edit: Edit) -> list[list[Any]]:
    changes: list[list[Any]] = []
    for table, owner in _PLACED:
        if table in _PLANNED_APART:
            continue
        rows = store.rows(
            f'SELECT id, "start", "end" FROM {table} WHERE {owner} = ? AND (("start" < ? AND '
            '"end" > ?) OR ("start" = "end" AND "start" BETWEEN ? AND ?))',
            [source_id, edit.end, edit.start, edit.start, edit.end],
        )
        for row_id, start, end in rows:
            old = Span(start, end)
            kept = carry_span(old, edit) if old else None
            edge = min(start, edit.start)
            changes.append(_moved(table, row_id, old, kept or Span(edge, edge)))
    return changes


def _plan_replacements(store: Store, source_id: str, edit: Edit) -> list[list[Any]]:
    """A replacement follows an edit of its own words; cut across or divided, it is forgotten.

    Words around it may be written anew with it: then it is looked for in the new ones.
    """
    changes: list[list[Any]] = []
    for row in _rows_as_stored(
        store,
        'SELECT * FROM replacements WHERE source_id = ? AND (("start" < ? AND "end" > ?) OR '
        '("start" = "end" AND "start" > ? AND "start" < ?))',
        [source_id, edit.end, edit.start, edit.start, edit.end],
    ):
        old = Span(row["start"], row["end"])
        new = _follow_words(old, edit)
        if new is None:
            changes.append(["-", "replacements", row])
        else:
            changes.append(_moved("replacements", row["id"], old, new))
    return changes


def _follow_words(old: Span, edit: Edit) -> Span | None:
    if "\n" in edit.inserted:
        return None
    if old and old.start <= edit.start and edit.end <= old.end:
        new = Span(old.start, old.end + edit.shift)
        return new or None
    words = edit.removed[max(0, old.start - edit.start) : max(0, old.end - edit.start)]
    is_inside = edit.start <= old.start and old.end <= edit.end
    if not words or not is_inside or edit.inserted.count(words) != 1:
        return None
    start = edit.start + edit.inserted.index(words)
    return Span(start, start + len(words))


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
    return count_words(_lines_around(text, start, length))


def _lines_around(text: str, start: int, length: int) -> str:
    begin = text.rfind("\n", 0, start) + 1
    end = text.find("\n", start + length)
    return text[begin : end if end >= 0 else len(text)]


def index_turns(store: Store, places: Iterable[tuple[int, str, int, int]]) -> None:
    """Put new turns in the search index: id, source id, start and end of each."""

    def texts_of_turns() -> Iterator[tuple[int, str]]:
        held, text = "", ""
        for turn_id, source_id, start, end in places:
            if source_id != held:
                held, text = source_id, load_text(store, source_id)
            yield turn_id, text[start:end]

    store.db.conn.executemany("INSERT INTO search (rowid, text) VALUES (?, ?)", texts_of_turns())


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
        index_turns(store, [(turn_id, *found)])
