"""Things that two copies made apart and that are one and the same: the same coder, name or pair."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from kodebok.domain.merge import (
    Choice,
    Conflict,
    ConflictKind,
    Decide,
    Id,
    Notices,
    Row,
    Shape,
    State,
    point_elsewhere,
    rows_of,
)

Key = tuple[Any, ...]

# Tables whose rows people know by name: whether two of one name are the same must be asked.
NAMED: dict[str, tuple[str, ...]] = {
    "cases": ("name",),
    "variables": ("name",),
    "themes": ("name",),
    "codes": ("parent_id", "name"),
}
_SILENT_FIRST: dict[str, tuple[str, ...]] = {"users": ("name",), "sources": ("name",)}
_PAIRS = {"condensations": (("coding_id", "code_id", "case_id"),)}
_OWN_KEY = frozenset({*NAMED, *_SILENT_FIRST, "entities"})


def unify(
    base: State, mine: State, theirs: State, shape: Shape, decide: Decide, notices: Notices
) -> None:
    """Give what is the same in both copies one id, and let everything that points to it follow.

    The smaller id is kept, whoever merges. Where a name was asked about, the row of the copy that
    was not chosen becomes the common beginning, so that the chosen one's values count.
    """
    refused: set[frozenset[Id]] = set()
    states = (base, mine, theirs)
    for table, columns in _SILENT_FIRST.items():
        _unify_table(table, columns, states, shape, None, notices, refused)
    for table, columns in NAMED.items():
        while _unify_table(table, columns, states, shape, decide, notices, refused):
            pass
    for table in sorted({*shape.unique, *_PAIRS} - _OWN_KEY):
        for columns in (*shape.unique.get(table, ()), *_PAIRS.get(table, ())):
            _unify_table(table, columns, states, shape, None, notices, refused)


def _unify_table(
    table: str,
    columns: Iterable[str],
    states: tuple[State, State, State],
    shape: Shape,
    decide: Decide | None,
    notices: Notices,
    refused: set[frozenset[Id]],
) -> bool:
    """Unify the rows of one table; whether anything was."""
    base, mine, theirs = states
    new_mine = _new_rows(table, columns, mine, base, theirs)
    new_theirs = _new_rows(table, columns, theirs, base, mine)
    found = False
    for key in sorted(new_mine.keys() & new_theirs.keys(), key=repr):
        ours, other = new_mine[key], new_theirs[key]
        pair = frozenset({ours, other})
        if pair in refused or not _may_be_same(table, mine, theirs, ours, other):
            continue
        kept = min(ours, other, key=str)
        if decide is not None:
            choice = _ask(table, kept, mine[table][ours], theirs[table][other], decide)
            if choice is Choice.BOTH:
                refused.add(pair)
                continue
            base[table][kept] = _begin(mine[table][ours], theirs[table][other], choice, kept)
        point_elsewhere(mine, shape, table, {ours: kept})
        point_elsewhere(theirs, shape, table, {other: kept})
        notices.unified.append((table, kept))
        found = True
    return found


def _new_rows(
    table: str, columns: Iterable[str], state: State, base: State, other: State
) -> dict[Key, Id]:
    known, elsewhere = rows_of(base, table), rows_of(other, table)
    fold = _folded if table in _OWN_KEY else _as_it_is
    return {
        tuple(fold(row[column]) for column in columns): key
        for key, row in sorted(rows_of(state, table).items(), key=lambda item: str(item[0]))
        if key not in known and key not in elsewhere
    }


def _folded(value: Any) -> Any:
    return value.casefold() if isinstance(value, str) else value


def _as_it_is(value: Any) -> Any:
    return value


def _may_be_same(table: str, mine: State, theirs: State, ours: Id, other: Id) -> bool:
    """Two sources are the same only when every word is, and every turn."""
    if table != "sources":
        return True
    if mine["texts"][ours]["text"] != theirs["texts"][other]["text"]:
        return False
    return _turn_starts(mine, ours) == _turn_starts(theirs, other)


def _turn_starts(state: State, source_id: Id) -> list[int]:
    turns = rows_of(state, "turns").values()
    return sorted(row["start"] for row in turns if row["source_id"] == source_id)


def _ask(table: str, kept: Id, ours: Row, other: Row, decide: Decide) -> Choice:
    return decide(
        Conflict(
            kind=ConflictKind.NAME,
            table=table,
            row_id=str(kept),
            column="name",
            mine=ours["name"],
            theirs=other["name"],
            can_be_both=True,
        )
    )


def _begin(ours: Row, other: Row, choice: Choice, kept: Id) -> Row:
    """A common beginning that lets the chosen row win, and the other where that one is empty."""
    chosen, rest = (ours, other) if choice is Choice.MINE else (other, ours)
    begun = {name: chosen[name] if _is_empty(chosen[name]) else rest[name] for name in chosen}
    return {**begun, "id": kept}


def _is_empty(value: Any) -> bool:
    return value is None or value in {"", "[]"}
