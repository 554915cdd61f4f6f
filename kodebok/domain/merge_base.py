"""What two copies have in common, when they met more often than at one point.

With three copies, or two that merged with each other at the same time, no single state holds all
that both have seen. A value that one copy had right after a merge, and that the other has, was
seen by both: what the first did to it since is a change, and counts alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kodebok.domain.merge import PLACE_COLUMNS, Id, Row, Shape, State, rows_of

# Stands for a text that was erased, and never in one: no text has a NUL. No two are alike.
ERASED = "\x00erased:"


def refine_base(
    base: State,
    mine: State,
    theirs: State,
    meetings: tuple[Sequence[State], Sequence[State]],
    shape: Shape,
) -> None:
    """Let the common state say what both have seen since.

    Args:
        base: The common state; changed in place, its rows are not.
        mine: The rows of this copy.
        theirs: The rows of the other.
        meetings: The states right after merges, newest first, of mine and of theirs.
        shape: What must be known of the tables.
    """
    my_meetings, their_meetings = meetings
    pairs = [
        (owner, then, there)
        for owner, meets, others in (
            (mine, my_meetings, [theirs, *their_meetings]),
            (theirs, their_meetings, [mine, *my_meetings]),
        )
        for then in meets
        for there in others
    ]
    for _owner, then, there in pairs:
        for source_id in _texts_seen(base, mine, theirs, then, there):
            _take_source(base, then, source_id, shape)
    for table in mine.keys() | theirs.keys():
        if table not in {"texts", "turns"}:
            for owner, then, there in pairs:
                other = theirs if owner is mine else mine
                _take_rows(base, owner, other, (then, there), table)


def _texts_seen(base: State, mine: State, theirs: State, then: State, there: State) -> list[Id]:
    """Sources of which both have seen a later text than the common one."""
    texts = [rows_of(state, "texts") for state in (mine, theirs, then, there)]
    known = rows_of(base, "texts")
    return [
        key
        for key, row in texts[0].items()
        if all(key in rows for rows in texts)
        and row["text"] != texts[1][key]["text"]
        and texts[2][key]["text"] == texts[3][key]["text"]
        and (key not in known or known[key]["text"] != texts[2][key]["text"])
    ]


def _take_source(base: State, then: State, source_id: Id, shape: Shape) -> None:
    """The text of a source with all that stands on it."""
    rows_of(base, "texts")[source_id] = then["texts"][source_id]
    for table, owner in shape.placed.items():
        rows = rows_of(base, table)
        for key in [k for k, row in rows.items() if row[owner] == source_id]:
            del rows[key]
        for key, row in rows_of(then, table).items():
            if row[owner] == source_id:
                rows[key] = row


def _take_rows(
    base: State, owner: State, other: State, seen: tuple[State, State], table: str
) -> None:
    """Rows that the owner of the meeting has deleted or changed since it met the other."""
    ours, others, known = (rows_of(state, table) for state in (owner, other, base))
    then, there = (rows_of(state, table) for state in seen)
    for key, row in others.items():
        met = then.get(key)
        if met is None or ours.get(key) == row:
            continue
        if key not in known:
            if key not in ours:
                known[key] = met
        elif key in there:
            known[key] = _with_cells_seen(known[key], met, there[key])


def _with_cells_seen(known: Row, met: Row, there: Row) -> Row:
    seen = {
        name: met[name]
        for name in met
        if name not in PLACE_COLUMNS and met[name] == there[name] != known[name]
    }
    return {**known, **seen} if seen else known


def fill_unknown(base: State, mine: State, theirs: State, shape: Shape) -> None:
    """Let the common state say what one copy has, where its own words were erased from history.

    What only one copy has still counts as deleted by the other; what both have and say
    differently stays unknown, and is asked about.

    Args:
        base: The common state; a text that could not be rebuilt is lacking there.
        mine: The rows of this copy.
        theirs: The rows of the other.
        shape: What must be known of the tables.
    """
    lost = rows_of(base, "sources").keys() - rows_of(base, "texts").keys()
    for table, rows in base.items():
        owner = shape.placed.get(table)
        for key, row in list(rows.items()):
            there = _told(rows_of(mine, table).get(key), rows_of(theirs, table).get(key))
            unknown = {name for name, value in row.items() if is_erased(value)}
            if owner is not None and row[owner] in lost:
                unknown |= {"start", "end"}
            known = {name: there[name] for name in unknown & there.keys()}
            if known:
                rows[key] = {**row, **known}


def _told(ours: Row | None, other: Row | None) -> Row:
    """What both say alike, or the only one says."""
    if ours is None or other is None:
        return ours or other or {}
    return {name: value for name, value in ours.items() if other[name] == value}


def is_erased(value: Any) -> bool:
    """Whether a value only stands for a text that was erased."""
    return isinstance(value, str) and value.startswith(ERASED)
