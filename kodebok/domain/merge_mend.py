"""Merged rows put in order: nothing points to what is gone, and no two have one name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from kodebok.domain.merge import (
    Choice,
    Conflict,
    ConflictKind,
    Id,
    Notices,
    Row,
    Shape,
    State,
    Table,
    point_elsewhere,
    rows_of,
)
from kodebok.domain.merge_rows import Three

# Rows of which two with the same values say one thing twice.
_TWINS: dict[str, tuple[str, ...]] = {
    "codings": ("source_id", "start", "end", "code_id", "coder_id"),
    "replacements": ("source_id", "start", "end", "entity_id"),
}
_NAME_KEYS: dict[str, tuple[str, ...]] = {
    "users": ("name",),
    "cases": ("name",),
    "variables": ("name",),
    "sources": ("name",),
    "themes": ("name",),
    "theories": ("name",),
    "codes": ("parent_id", "name"),
}
_MOST_ROUNDS = 20


def mend(merged: State, three: Three) -> None:
    """Put merged rows in order."""
    _climb(merged, three)
    drop_dangling(merged, three.shape)
    _straighten(merged, three)
    _join_equal_pairs(merged, three)
    _join_twins(merged, three)
    _part_names(merged, three.base, three.notices)
    drop_dangling(merged, three.shape)
    _own_codings(merged)


def _climb(merged: State, three: Three) -> None:
    """Codes whose parent is gone stand under the nearest one above that is not."""
    codes = rows_of(merged, "codes")
    for key, row in list(codes.items()):
        parent, seen = row["parent_id"], set()
        while parent is not None and parent not in codes and parent not in seen:
            seen.add(parent)
            parent = _last_parent(three, parent)
        if parent != row["parent_id"]:
            codes[key] = {**row, "parent_id": None if parent in seen else parent}


def _last_parent(three: Three, code_id: Id) -> Any:
    for state in (three.base, three.mine, three.theirs):
        found = rows_of(state, "codes").get(code_id)
        if found is not None:
            return found["parent_id"]
    return None


def drop_dangling(merged: State, shape: Shape) -> None:
    """Remove rows that cannot be without what is gone; others let go of it."""
    is_changed = True
    while is_changed:
        is_changed = False
        for table, rows in merged.items():
            for key, row in list(rows.items()):
                lost = [
                    column
                    for column, target, there in shape.references(table, row)
                    if there not in rows_of(merged, target)
                ]
                if not lost:
                    continue
                is_changed = True
                if _is_needed(table, lost, shape):
                    del rows[key]
                else:
                    rows[key] = {**row, **dict.fromkeys(lost)}


def _is_needed(table: str, lost: Iterable[str], shape: Shape) -> bool:
    if table in {"notes", "condensations"}:
        return True
    return any(shape.is_required(table, column) for column in lost)


def _straighten(merged: State, three: Three) -> None:
    """Settle codes that together stand under each other in a circle."""
    codes = rows_of(merged, "codes")
    for _round in range(_MOST_ROUNDS):
        circle = _circle(codes)
        if not circle:
            return
        first = min(circle, key=str)
        there = len(circle)
        conflict = Conflict(ConflictKind.CIRCLE, "codes", str(first), "parent_id", there, there)
        choice = three.decide(conflict)
        chosen = rows_of(three.theirs if choice is Choice.THEIRS else three.mine, "codes")
        for key in circle:
            parent = chosen[key]["parent_id"] if key in chosen else codes[key]["parent_id"]
            codes[key] = {**codes[key], "parent_id": parent if parent in codes else None}
    while circle := _circle(codes):
        first = min(circle, key=str)
        codes[first] = {**codes[first], "parent_id": None}


def _circle(codes: Table) -> list[Id]:
    """The codes of one circle, the smallest id's; none when there is no circle."""
    done: set[Any] = {None}
    for start in sorted(codes, key=str):
        path: list[Any] = []
        at: Any = start
        while at not in done and at not in path:
            path.append(at)
            at = codes[at]["parent_id"]
        if at not in done:
            return path[path.index(at) :]
        done.update(path)
    return []


def _join_equal_pairs(merged: State, three: Three) -> None:
    """Join rows that no two may be of, after what they point to was moved on."""
    for table, keys in three.shape.unique.items():
        if table in _NAME_KEYS:
            continue
        for columns in keys:
            _join(merged, three, table, columns)


def _join(merged: State, three: Three, table: str, columns: tuple[str, ...]) -> None:
    known = rows_of(three.base, table)
    kept: dict[tuple[Any, ...], Id] = {}
    doubles: dict[Id, Id] = {}
    rows = rows_of(merged, table)
    for key in sorted(rows, key=lambda item: (item not in known, str(item))):
        values = tuple(rows[key][name] for name in columns)
        if None in values:
            continue
        if values in kept:
            doubles[key] = kept[values]
        kept.setdefault(values, key)
    point_elsewhere(merged, three.shape, table, doubles)


def _join_twins(merged: State, three: Three) -> None:
    """Join what one person did twice, once in each copy."""
    for table, columns in _TWINS.items():
        kept: dict[tuple[Any, ...], Id] = {}
        rows = rows_of(merged, table)
        for key in sorted(rows, key=str):
            values = tuple(rows[key][name] for name in columns)
            first = kept.setdefault(values, key)
            if first != key and _may_join(merged, three, table, first, key):
                if table == "codings":
                    _join_coding(merged, three.shape, first, key)
                else:
                    del rows[key]


def _may_join(merged: State, three: Three, table: str, first: Id, second: Id) -> bool:
    """Only what neither copy had twice itself, and where nothing would be lost."""
    for state in (three.mine, three.theirs):
        rows = rows_of(state, table)
        if first in rows and second in rows:
            return False
    if table != "codings":
        return True
    rows = rows_of(merged, table)
    weights = {rows[first]["weight"], rows[second]["weight"]} - {None}
    condensed = {row["coding_id"] for row in rows_of(merged, "condensations").values()}
    is_one_weight = len(weights) <= 1
    return is_one_weight and not {first, second} <= condensed


def _join_coding(merged: State, shape: Shape, first: Id, second: Id) -> None:
    rows = rows_of(merged, "codings")
    weight = rows[first]["weight"] or rows[second]["weight"]
    point_elsewhere(merged, shape, "codings", {second: first})
    rows[first] = {**rows[first], "weight": weight}


def _part_names(merged: State, base: State, notices: Notices) -> None:
    """Give two things of one name names of their own: the later one gets a number."""
    for table, columns in _NAME_KEYS.items():
        rows, known = rows_of(merged, table), rows_of(base, table)
        fold = table == "codes"
        taken: set[tuple[Any, ...]] = set()
        for key in sorted(rows, key=lambda item: _first_come(rows, known, item)):
            row, number = rows[key], 1
            while _name_key(row, columns, fold=fold) in taken:
                number += 1
                row = {**rows[key], "name": f"{rows[key]['name']} ({number})"}
            taken.add(_name_key(row, columns, fold=fold))
            if number > 1:
                rows[key] = row
                notices.renamed.append((table, key))


def _first_come(rows: Table, known: Table, key: Id) -> tuple[bool, str]:
    """Who keeps a name: what had it from the beginning, then the smaller id."""
    return key not in known or known[key]["name"] != rows[key]["name"], str(key)


def _name_key(row: Row, columns: tuple[str, ...], *, fold: bool) -> tuple[Any, ...]:
    values = (row[name] for name in columns)
    return tuple(v.casefold() if fold and isinstance(v, str) else v for v in values)


def _own_codings(merged: State) -> None:
    """A coding that came of a suggestion stands on a verdict; without one it is the coder's own."""
    codings = rows_of(merged, "codings")
    allowed = {
        (row["coding_id"], row["coder_id"])
        for row in rows_of(merged, "verdicts").values()
        if row["verdict"] == "accepted"
    }
    for key, row in list(codings.items()):
        if row["origin"] == "suggestion" and (key, row["coder_id"]) not in allowed:
            codings[key] = {**row, "origin": "hand"}
