"""Three states of the same rows made one: cell by cell, and what one side deleted."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from kodebok.domain.merge import (
    Choice,
    Conflict,
    ConflictKind,
    Decide,
    Id,
    Notices,
    Place,
    Row,
    Shape,
    State,
    Table,
    Trace,
    rows_of,
)

# Columns of which nobody need be asked: the order of things, and when they were changed.
SETTLED: dict[str, Callable[[Iterable[Any]], Any]] = {
    "position": min,
    "letter": min,
    "created": min,
    "number": min,
    "start_ms": min,
    "end_ms": max,
    "changed": max,
    "at": max,
    "revision": max,
    "mentions": max,
    "exported": max,
    "version": max,
    "words": max,
}
# Columns that belong together: one side's are taken as a whole.
_TOGETHER = (frozenset({"start", "end"}), frozenset({"target", "target_id"}))
_WHOLE = frozenset({"verdicts", "suggestion_switch"})
# Columns of running text, of which both can be kept, one after the other.
_RUNNING = frozenset(
    {"text", "definition", "use_when", "not_when", "example", "idea", "note", "notice"}
)
# What changes by itself when something else does: no use of a row, and no change of it.
_BY_THE_WAY = frozenset({"position", "letter", "changed", "version", "words"})


@dataclass(slots=True)
class Three:
    """The three states while they are merged, in the coordinates of the merged texts."""

    base: State
    mine: State
    theirs: State
    shape: Shape
    my_trace: Trace
    their_trace: Trace
    decide: Decide
    notices: Notices

    def table(self, name: str) -> tuple[Table, Table, Table]:
        """The rows of one table in the three states."""
        return rows_of(self.base, name), rows_of(self.mine, name), rows_of(self.theirs, name)


def merge_rows(three: Three, tables: Iterable[str]) -> State:
    """The merged rows of the tables, references not yet mended; turns follow the texts instead."""
    names = list(tables)
    _move_on(three, names, mine_deletes=True)
    _move_on(three, names, mine_deletes=False)
    kept = _Deletions(three, names, mine_deletes=True).kept()
    kept |= _Deletions(three, names, mine_deletes=False).kept()
    return {name: _merge_table(three, name, kept) for name in names if name != "turns"}


def _merge_table(three: Three, name: str, kept: set[Place]) -> Table:
    base, mine, theirs = three.table(name)
    merged: Table = {}
    for key, ours in mine.items():
        other, first = theirs.get(key), base.get(key)
        if ours is other or ours == other:
            merged[key] = ours
        elif other is None:
            if first is None or (name, key) in kept:
                merged[key] = ours
        else:
            merged[key] = merge_row(name, key, first, ours, other, three.decide)
    for key, other in theirs.items():
        if key not in mine and (key not in base or (name, key) in kept):
            merged[key] = other
    return merged


def merge_row(table: str, key: Id, first: Row | None, ours: Row, other: Row, decide: Decide) -> Row:
    """One row of both copies, cell by cell.

    Args:
        table: Its table.
        key: Its id, or what names it in both copies.
        first: The row in the common state; None when both added it.
        ours: Mine.
        other: Theirs.
        decide: Settles conflicts.
    """
    merged = dict(ours)
    for group in _groups(table, ours):
        values = [{name: row[name] for name in group} for row in (ours, other)]
        begun = {name: first[name] for name in group} if first is not None else None
        if values[0] == values[1] or values[1] == begun:
            continue
        if values[0] == begun:
            merged.update(values[1])
        else:
            merged.update(_settle(table, str(key), group, begun, values, decide))
    return merged


def _groups(table: str, row: Row) -> Iterator[tuple[str, ...]]:
    if table in _WHOLE:
        yield tuple(name for name in row if name != "id")
        return
    taken: set[str] = {"id"}
    for name in row:
        if name in taken:
            continue
        group = next((names for names in _TOGETHER if name in names), frozenset({name}))
        taken |= group
        yield tuple(sorted(group & row.keys()))


def _settle(
    table: str,
    key: str,
    group: tuple[str, ...],
    begun: dict[str, Any] | None,
    values: list[dict[str, Any]],
    decide: Decide,
) -> dict[str, Any]:
    if table == "suggestion_switch":
        return max(values, key=lambda value: (value["at"], _in_order(value)))
    if len(group) == 1 and group[0] in SETTLED:
        name = group[0]
        told = [value[name] for value in values if value[name] is not None]
        return {name: SETTLED[name](told)} if told else values[0]
    if begun is None and any(_is_empty(group, value) for value in values):
        return values[1] if _is_empty(group, values[0]) else values[0]
    single = len(group) == 1
    can_be_both = single and group[0] in _RUNNING
    conflict = Conflict(
        kind=ConflictKind.VALUE,
        table=table,
        row_id=key,
        column=group[0] if single else _name_of(group),
        mine=values[0][group[0]] if single else values[0],
        theirs=values[1][group[0]] if single else values[1],
        base=None if begun is None else begun[group[0]] if single else begun,
        can_be_both=can_be_both,
    )
    choice = decide(conflict)
    if choice is Choice.BOTH and can_be_both:
        return {group[0]: "\n".join(sorted(str(value[group[0]]) for value in values))}
    return values[1] if choice is Choice.THEIRS else values[0]


def _is_empty(group: tuple[str, ...], value: dict[str, Any]) -> bool:
    """Whether a row that both made apart says nothing here."""
    return all(value[name] in {None, "", "[]"} for name in group)


def _name_of(group: tuple[str, ...]) -> str:
    return "place" if "start" in group else "verdict" if "verdict" in group else group[0]


def _in_order(value: dict[str, Any]) -> str:
    return json.dumps(value, sort_keys=True)


def _move_on(three: Three, names: list[str], *, mine_deletes: bool) -> None:
    """Let what one side put on a row that the other merged away go to that row's successor."""
    trace = three.my_trace if mine_deletes else three.their_trace
    if not trace.successors:
        return
    user = three.theirs if mine_deletes else three.mine
    for name in names:
        before, rows = rows_of(three.base, name), rows_of(user, name)
        for key, row in list(rows.items()):
            for column, target, there in three.shape.references(name, row):
                begun = before.get(key)
                is_new_use = begun is None or begun[column] != there
                into = _successor(three, (target, there)) if is_new_use else None
                if into is not None and (target, there) in trace.successors:
                    rows[key] = {**rows[key], column: into}
                    three.notices.moved_on.append((name, key))


def _successor(three: Three, place: Place) -> Id | None:
    """What took a row's place at last, over both histories; None when nothing is left of it."""
    table, key = place
    seen: set[Id] = set()
    while key not in seen:
        seen.add(key)
        successors = [
            trace.successors[table, key]
            for trace, state in ((three.my_trace, three.mine), (three.their_trace, three.theirs))
            if (table, key) in trace.successors and key not in rows_of(state, table)
        ]
        if not successors:
            there = [key in rows_of(state, table) for state in (three.mine, three.theirs)]
            known = key in rows_of(three.base, table)
            return key if all(there) or (any(there) and not known) else None
        key = min(successors)
    return None


class _Deletions:
    """What one side deleted, and whether the other side's work on it keeps it."""

    def __init__(self, three: Three, names: list[str], *, mine_deletes: bool) -> None:
        self._three = three
        self._names = names
        self._mine_deletes = mine_deletes
        deleting, self._other = (
            (three.mine, three.theirs) if mine_deletes else (three.theirs, three.mine)
        )
        self._trace = three.my_trace if mine_deletes else three.their_trace
        self._gone: dict[Place, Row] = {
            (name, key): row
            for name in names
            if name != "turns"
            for key, row in rows_of(self._other, name).items()
            if key in rows_of(three.base, name) and key not in rows_of(deleting, name)
        }
        self._roots: dict[Place, frozenset[Place]] = {}

    def kept(self) -> set[Place]:
        """The rows that are kept after all."""
        if not self._gone:
            return set()
        uses: dict[Place, int] = {}
        touched: set[Place] = set()
        for place in self._touched():
            touched.add(place)
            for root in self._roots_of(place):
                uses[root] = uses.get(root, 0) + 1
        saved = {root for root in sorted(uses, key=str) if self._is_saved(root, uses[root])}
        return {place for place in self._gone if self._is_kept(place, saved, touched)}

    def _touched(self) -> Iterator[Place]:
        """Deleted rows that the other side changed, or put something new on."""
        three = self._three
        for place, row in self._gone.items():
            name, key = place
            if _is_changed(row, rows_of(three.base, name)[key]):
                yield place
        for name in self._names:
            before = rows_of(three.base, name)
            for key, row in rows_of(self._other, name).items():
                if (name, key) not in self._gone and row is not before.get(key):
                    yield from self._newly_used(name, row, before.get(key))

    def _newly_used(self, name: str, row: Row, begun: Row | None) -> Iterator[Place]:
        for column, target, there in self._three.shape.references(name, row):
            if (target, there) not in self._gone or (name, column) == ("codes", "parent_id"):
                continue
            if begun is None or begun[column] != there:
                yield target, there

    def _parents(self, place: Place) -> list[Place]:
        """What the row cannot be without, among what was deleted."""
        name, _key = place
        shape = self._three.shape
        return [
            (target, there)
            for column, target, there in shape.references(name, self._gone[place])
            if (target, there) in self._gone
            and (target, there) != place
            and (shape.is_required(name, column) or name in {"notes", "condensations"})
        ]

    def _roots_of(self, place: Place) -> frozenset[Place]:
        if place not in self._roots:
            parents = self._parents(place)
            found = [self._roots_of(parent) for parent in parents]
            self._roots[place] = frozenset().union(*found) if parents else frozenset({place})
        return self._roots[place]

    def _is_saved(self, root: Place, uses: int) -> bool:
        deleting, keeping = (
            (Choice.MINE, Choice.THEIRS) if self._mine_deletes else (Choice.THEIRS, Choice.MINE)
        )
        conflict = Conflict(
            kind=ConflictKind.DELETED,
            table=root[0],
            row_id=str(root[1]),
            mine=None if self._mine_deletes else uses,
            theirs=uses if self._mine_deletes else None,
        )
        choice = self._three.decide(conflict)
        return choice is keeping and choice is not deleting

    def _is_kept(self, place: Place, saved: set[Place], touched: set[Place]) -> bool:
        """Whether all that the row needs is kept, and it went with that, or was worked on."""
        parents = self._parents(place)
        if not parents:
            return place in saved
        if not all(self._is_kept(parent, saved, touched) for parent in parents):
            return False
        acts = self._trace.deleted_in
        went_with = any(acts.get(place) == acts.get(root) for root in self._roots_of(place))
        return place in touched or went_with


def _is_changed(row: Row, begun: Row) -> bool:
    return row is not begun and any(
        row[name] != begun[name] for name in row if name not in _BY_THE_WAY
    )
