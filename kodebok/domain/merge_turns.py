"""Turns of merged texts: each follows the line end that it begins after, whoever made that."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kodebok.domain.merge import Decide, Id, Row, State, Table, rows_of
from kodebok.domain.merge_places import Weaves
from kodebok.domain.merge_rows import Three, merge_row
from kodebok.domain.merge_text import Side, Weave
from kodebok.domain.span import Span

_PLACES = frozenset({"id", "start", "end", "source_id"})

Starts = dict[int, Row]


def merge_turns(three: Three, weaves: Weaves, merged: State) -> Table:
    """The turns of all merged sources.

    A turn of theirs whose number a turn of mine has gets a new one.
    """
    groups = {
        side: _by_source(state)
        for side, state in zip(Side, (three.base, three.mine, three.theirs), strict=True)
    }
    taken = set(rows_of(three.mine, "turns"))
    turns: Table = {}
    for source_id in rows_of(merged, "sources"):
        ours, other = (groups[side].get(source_id) for side in (Side.MINE, Side.THEIRS))
        if ours is None or other is None or _are_same(ours, other, source_id in weaves):
            found = [dict(row) for row in (ours or other or {}).values()]
        else:
            starts = {side: groups[side].get(source_id, {}) for side in Side}
            text = str(merged["texts"][source_id]["text"])
            parts = _parts(weaves, source_id, len(text))
            found = _rows(text, parts, starts, str(source_id), three.decide)
            if source_id in weaves:
                lost = _lost_voices(weaves[source_id], starts, {row["start"] for row in found})
                three.notices.lost_voices += [(source_id, at) for at in lost]
        for row in found:
            row["id"] = _number(row, ours or {}, taken)
            turns[row["id"]] = row
    return turns


def _by_source(state: State) -> dict[Id, Starts]:
    groups: dict[Id, Starts] = {}
    for row in rows_of(state, "turns").values():
        groups.setdefault(row["source_id"], {})[row["start"]] = row
    return groups


def _are_same(ours: Starts, other: Starts, is_woven: bool) -> bool:
    if is_woven or ours.keys() != other.keys():
        return False
    return all(_facts(ours[start]) == _facts(other[start]) for start in ours)


def _facts(row: Row) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in _PLACES}


def _number(row: dict[str, Any], ours: Starts, taken: set[Id]) -> int:
    """The turn's own id when it is a turn of mine or its id is free, else the next free one."""
    number: int = row["id"]
    if row.pop("is_mine", bool(ours)):
        return number
    while number in taken:
        number += 1
    taken.add(number)
    return number


def _parts(weaves: Weaves, source_id: Id, length: int) -> list[tuple[int, int, dict[Side, int]]]:
    if source_id in weaves:
        return weaves[source_id].origins()
    return [(0, length, dict.fromkeys(Side, 0))]


def _rows(
    text: str,
    parts: list[tuple[int, int, dict[Side, int]]],
    starts: dict[Side, Starts],
    source_id: str,
    decide: Decide,
) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for at, places in _beginnings(text, parts):
        there = {side: starts[side].get(place) for side, place in places.items()}
        row = _one(there, f"{source_id}:{at}", decide)
        if row is not None:
            if rows:
                rows[-1]["end"] = at - 1
            rows.append({**row, "source_id": source_id, "start": at, "end": len(text)})
    return rows


def _lost_voices(woven: Weave, starts: dict[Side, Starts], begun: set[int]) -> list[int]:
    """Where words stand whose turn one side gave another voice, and the other joined away."""
    kept = {
        (side, place)
        for at, places in _beginnings(woven.merged, woven.origins())
        if at in begun
        for side, place in places.items()
    }
    lost: set[int] = set()
    for side in (Side.MINE, Side.THEIRS):
        for start, row in starts[side].items():
            first = None if (side, start) in kept else woven.line_in_base(start, side)
            before = None if first is None else starts[Side.BASE].get(first)
            if before is not None and before["speaker_id"] != row["speaker_id"]:
                lost.add(woven.carry(Span(start, row["end"]), side)[0].start)
    return sorted(lost)


def _beginnings(
    text: str, parts: list[tuple[int, int, dict[Side, int]]]
) -> Iterator[tuple[int, dict[Side, int]]]:
    """Every place where a turn may begin, and where that is in the texts that have it."""
    yield 0, dict.fromkeys(Side, 0)
    for begin, length, places in parts:
        at = text.find("\n", begin, begin + length)
        while at >= 0:
            yield at + 1, {side: place + at - begin + 1 for side, place in places.items()}
            at = text.find("\n", at + 1, begin + length)


def _one(there: dict[Side, Row | None], key: str, decide: Decide) -> dict[str, Any] | None:
    ours, other = there.get(Side.MINE), there.get(Side.THEIRS)
    begun = there.get(Side.BASE)
    if ours is not None and other is not None:
        first = None if begun is None else _facts(begun)
        merged = merge_row("turns", key, first, _facts(ours), _facts(other), decide)
        return {"id": ours["id"], **merged, "is_mine": True}
    found = ours if ours is not None else other
    both_have_it = Side.MINE in there and Side.THEIRS in there
    if found is None or (both_have_it and begun is not None):
        return None
    return {**found, "is_mine": ours is not None}
