"""Everything that was typed or imported, column by column, whatever table it stands in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kodebok.storage.database import Store
from kodebok.storage.history import Act
from kodebok.storage.schema import TEXT_COLUMNS

# Words of a source: what edits carry, and what rows keep of it as it was.
EDITED_WORDS = frozenset({("texts", "text"), ("codings", "text")})
SOURCE_WORDS = EDITED_WORDS | {("quotes", "text"), ("suggestion_passages", "text")}
# What the anonymisation itself says: originals that go to the key file whole, and what stays.
OWN_WORDS = frozenset({("entities", "name"), ("entities", "aliases"), ("entities", "replacement")})


@dataclass(frozen=True, slots=True)
class TypedText:
    """A value that was typed or imported."""

    table: str
    column: str
    row_id: str
    text: str


@dataclass(frozen=True, slots=True)
class KeptWords:
    """Words of a source as a row on one of its passages keeps them.

    Attributes:
        cuts, insertions: A quote's, as stored; empty for other rows.
    """

    table: str
    row_id: str
    source_id: str
    start: int
    end: int
    text: str
    cuts: str = ""
    insertions: str = ""


def typed_columns() -> list[tuple[str, str]]:
    """Table and column of everything typed, but for what edits carry and words of entities."""
    return [
        (table, column)
        for table, columns in TEXT_COLUMNS.items()
        for column in sorted(columns)
        if (table, column) not in EDITED_WORDS | OWN_WORDS
    ]


def typed_texts(store: Store) -> Iterator[TypedText]:
    """Every value in those columns that is not empty, by table, column and row."""
    for table, column in typed_columns():
        for row_id, text in store.rows(
            f'SELECT id, "{column}" FROM {table} WHERE "{column}" != \'\' ORDER BY id'
        ):
            yield TypedText(table, column, str(row_id), text)


def typed_text(store: Store, table: str, column: str, row_id: str) -> str | None:
    """One value; None when there is no such row, or nothing in it."""
    found = store.row(f'SELECT "{column}" FROM {table} WHERE id = ?', [row_id])
    return found[0] if found else None


def change_typed(act: Act, table: str, column: str, row_id: str, text: str) -> str:
    """Let other words stand there; with a number where the column allows no two alike.

    Returns:
        What stands there now.
    """
    wanted, number = text, 2
    while _is_taken(act.store, table, column, row_id, wanted):
        wanted, number = f"{text} ({number})", number + 1
    act.update(table, row_id, **{column: wanted})
    return wanted


def is_label(store: Store, table: str, column: str) -> bool:
    """Whether the column tells rows apart, so that its values cannot be empty."""
    return any(column in names for names in _unique_columns(store, table))


def _is_taken(store: Store, table: str, column: str, row_id: str, text: str) -> bool:
    for names in _unique_columns(store, table):
        if column not in names:
            continue
        others = [name for name in names if name != column]
        same = " AND ".join(
            f'"{name}" = (SELECT "{name}" FROM {table} WHERE id = ?)' for name in others
        )
        where = f'"{column}" = ? AND id != ?' + (f" AND {same}" if same else "")
        values = [text, row_id, *(row_id for _name in others)]
        if store.row(f"SELECT 1 FROM {table} WHERE {where}", values):
            return True
    return False


def _unique_columns(store: Store, table: str) -> list[list[str]]:
    found = []
    for index in store.rows(f"PRAGMA index_list({table})"):
        if index[2]:
            names = [row[2] for row in store.rows(f"PRAGMA index_info({index[1]})")]
            if names != ["id"]:
                found.append(names)
    return found


def kept_words(store: Store, source_id: str) -> list[KeptWords]:
    """Words of a source that quotes and suggestions keep, which edits do not touch."""
    quotes = store.rows(
        'SELECT id, "start", "end", text, cuts, insertions FROM quotes WHERE source_id = ? '
        "ORDER BY id",
        [source_id],
    )
    passages = store.rows(
        'SELECT id, "start", "end", text FROM suggestion_passages WHERE source_id = ? ORDER BY id',
        [source_id],
    )
    return [
        *(KeptWords("quotes", row[0], source_id, *row[1:]) for row in quotes),
        *(KeptWords("suggestion_passages", row[0], source_id, *row[1:]) for row in passages),
    ]


def change_kept_words(act: Act, words: KeptWords) -> bool:
    """Write what a row keeps of its source; False when it was so."""
    values = {"text": words.text}
    if words.table == "quotes":
        values |= {"cuts": words.cuts, "insertions": words.insertions}
    return act.update(words.table, words.row_id, **values)
