"""What two histories have in common, and what each tells of its own copy since then."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kodebok.domain.merge import Place, Shape, Trace
from kodebok.domain.span import Edit
from kodebok.storage.act_kinds import DONE, FINAL
from kodebok.storage.changes import Change, invert_change, map_texts
from kodebok.storage.database import Store

TAKE_KIND = "merge.take"

_MEETINGS = 4  # of the newest merges whose states are looked at


@dataclass(frozen=True, slots=True)
class Lineage:
    """All that a copy has seen.

    Attributes:
        own: By hash: the number of an event of its own chain.
        seen: By hash: the number of the own event that brought it.
        takes: Numbers of the merges, and whether each is in force.
        head: The hash of the last event.
        heads: By number of a merge: the other copy's head then.
        turned: Number of a merge, and of the event that took it back or did it again.
    """

    own: Mapping[str, int]
    seen: Mapping[str, int]
    takes: tuple[tuple[int, bool], ...]
    head: str
    heads: Mapping[int, str]
    turned: tuple[tuple[int, int], ...] = ()

    def knows(self, digest: str, at: int | None = None) -> bool:
        """Whether the copy had seen an event, now or right after its own event of that number."""
        number = self.seen.get(digest)
        return number is not None and (at is None or number <= at)

    def may_begin_at(self, seq: int) -> bool:
        """Whether that state has what the copy has taken by now: no merge was turned back since."""
        return not any(take <= seq < turn for take, turn in self.turned)


def load_lineage(store: Store) -> Lineage:
    """All that a copy has seen."""
    rows = store.rows("SELECT seq, hash FROM events ORDER BY seq")
    own = {digest: seq for seq, digest in rows}
    taken = store.rows(
        "SELECT m.hash, m.taken_at FROM merged_events m JOIN events e ON e.seq = m.taken_at "
        "WHERE e.undone IN (?, ?) ORDER BY m.taken_at DESC",
        [DONE, FINAL],
    )
    seen = {**dict(taken), **own}
    takes = store.rows(
        "SELECT seq, undone, json_extract(body, '$.subject') FROM events "
        "WHERE json_extract(body, '$.kind') = ? ORDER BY seq",
        [TAKE_KIND],
    )
    turned = store.rows(
        "SELECT target, seq FROM events WHERE target IN (SELECT taken_at FROM merged_events)"
    )
    return Lineage(
        own,
        seen,
        tuple((seq, undone in {DONE, FINAL}) for seq, undone, _head in takes),
        rows[-1][1] if rows else "",
        {seq: head for seq, _undone, head in takes},
        tuple(turned),
    )


@dataclass(frozen=True, slots=True)
class CommonState:
    """Where the latest state that both have seen is found.

    Attributes:
        is_mine: Whether it lies in this copy's own chain, else in the other's.
        seq: The number of the event there.
    """

    is_mine: bool
    seq: int


def find_common_state(mine: Lineage, theirs: Lineage) -> CommonState | None:
    """The latest state in one of the two chains that both copies have seen; None without one."""
    my_point = _last_known(mine, theirs)
    their_point = _last_known(theirs, mine)
    if my_point is None or their_point is None:
        return None
    (my_seq, my_hash), (their_seq, their_hash) = my_point, their_point
    if theirs.knows(my_hash, their_seq):
        return CommonState(False, their_seq)
    if mine.knows(their_hash, my_seq) or my_hash < their_hash:
        return CommonState(True, my_seq)
    return CommonState(False, their_seq)


def common_hash(mine: Lineage, theirs: Lineage, common: CommonState) -> str:
    """The hash of the event after which the common state stood."""
    chain = mine.own if common.is_mine else theirs.own
    return next(digest for digest, seq in chain.items() if seq == common.seq)


def _last_known(one: Lineage, other: Lineage) -> tuple[int, str] | None:
    points = [
        (seq, digest)
        for digest, seq in one.own.items()
        if other.knows(digest) and one.may_begin_at(seq)
    ]
    return max(points, default=None)


def is_all_they_share(mine: Lineage, theirs: Lineage, common: CommonState) -> bool:
    """Whether the common state holds everything that both have seen."""
    owner = mine if common.is_mine else theirs
    return all(owner.knows(digest, common.seq) for digest in mine.seen if digest in theirs.seen)


def meetings_since(one: Lineage, other: Lineage, begin: str) -> list[int]:
    """Numbers of merges that hold the common state and more that both have seen, newest first."""
    found = [
        number
        for number, in_force in one.takes
        if in_force
        and one.own.get(begin) != number
        and one.knows(begin, number)
        and other.knows(one.heads[number])
    ]
    return found[::-1][:_MEETINGS]


def last_of_both(one: Lineage, other: Lineage) -> int:
    """The number of the last event that both chains begin with."""
    return max((seq for digest, seq in one.own.items() if digest in other.own), default=0)


def load_trace(store: Store, shape: Shape, since: int, *, with_edits: bool) -> Trace:
    """What a history tells of deletions, successors and edits after an event.

    Args:
        store: The copy.
        shape: What must be known of the tables.
        since: The number of the event.
        with_edits: Whether the edits begin at the common state, and may be used.
    """
    reader = _Reader(store, shape, since)
    for seq, body in store.rows("SELECT seq, body FROM events WHERE seq > ? ORDER BY seq", [since]):
        reader.read(seq, json.loads(body))
    edits = reader.known_edits() if with_edits else {}
    return Trace(reader.deleted_in, reader.successors, edits)


class _Reader:
    def __init__(self, store: Store, shape: Shape, since: int) -> None:
        self._store = store
        self._shape = shape
        self._texts: dict[tuple[int, int], str | None] = {
            (seq, number): text
            for seq, number, text in store.rows(
                "SELECT seq, number, text FROM payloads WHERE seq > ?", [since]
            )
        }
        self._edits: dict[str, list[Edit] | None] = {}
        self.deleted_in: dict[Place, int] = {}
        self.successors: dict[Place, str] = {}

    def known_edits(self) -> dict[str, tuple[Edit, ...]]:
        return {key: tuple(edits) for key, edits in self._edits.items() if edits is not None}

    def read(self, seq: int, body: dict[str, Any]) -> None:
        act = body.get("target", seq) if body["kind"] in {"undo", "redo"} else seq
        changes = self._changes(act, body)
        if body["kind"] == "undo":
            changes = [invert_change(change) for change in reversed(changes)]
        flat = list(_flattened(changes))
        gone = {(c[1], c[2]["id"]) for c in flat if c[0] == "-"}
        for change in flat:
            self._note(change, act)
        if body["kind"] not in {TAKE_KIND, "undo"}:
            self._note_successors(flat, gone, body)
        for change in changes:
            if change[0] == "edit":
                self._note_edit(change)

    def _changes(self, act: int, body: dict[str, Any]) -> list[Change]:
        if "target" in body and body.get("changes") is None:
            found = self._store.row("SELECT body FROM events WHERE seq = ?", [act])
            body = json.loads(found[0]) if found else {}

        def fill(value: Any) -> Any:
            return self._text(act, value["$"]) if isinstance(value, dict) else value

        return [map_texts(change, fill) for change in body.get("changes", [])]

    def _text(self, act: int, number: int) -> str | None:
        if (act, number) not in self._texts:
            rows = self._store.rows("SELECT number, text FROM payloads WHERE seq = ?", [act])
            self._texts.update({(act, place): text for place, text in rows})
        return self._texts.get((act, number))

    def _note(self, change: Change, act: int) -> None:
        if change[0] == "-":
            self.deleted_in[change[1], change[2]["id"]] = act
        elif change[0] == "+":
            place = (change[1], change[2]["id"])
            self.deleted_in.pop(place, None)
            self.successors.pop(place, None)

    def _note_successors(self, flat: list[Change], gone: set[Place], body: dict[str, Any]) -> None:
        into: dict[Place, set[str]] = {}
        for change in flat:
            if change[0] != "=":
                continue
            for column, (old, new) in change[3].items():
                target = self._shape.refs.get(change[1], {}).get(column)
                if target and (target, old) in gone and column != "parent_id" and new:
                    into.setdefault((target, old), set()).add(new)
        if body["kind"] == "code.merge":
            for place in gone:
                if place[0] == "codes":
                    into[place] = {body["subject"]}
        for place, found in into.items():
            if len(found) == 1:
                self.successors[place] = found.pop()

    def _note_edit(self, change: Change) -> None:
        source_id, start, removed, inserted = change[1:5]
        if removed is None or inserted is None:
            self._edits[source_id] = None
            return
        edits = self._edits.setdefault(source_id, [])
        if edits is not None:
            edits.append(Edit(start, removed, inserted))


def _flattened(changes: Iterable[Change]) -> Iterator[Change]:
    for change in changes:
        if change[0] == "edit":
            yield from change[5]
        elif change[0] not in {"+*", "-*"}:
            yield change
