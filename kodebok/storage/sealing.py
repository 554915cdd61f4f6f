"""Moving texts of the history out of the project file, into a key file or into nothing, and back.

An event keeps its body and hash, a payload its digest: the chain stays whole. The salt goes along
with the text, so that a digest tells nothing of it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from kodebok.domain.event import payload_digest
from kodebok.storage.database import Store


class KeyPart(IntEnum):
    """The parts of a key file, which can be destroyed apart, as a sealed payload names them."""

    REPLACEMENTS = 1
    PERSONS = 2


@dataclass(frozen=True, slots=True)
class HistoryText:
    """A text of the history.

    Attributes:
        event_id, seq, number: Its event, by id and by number in this chain, and its place there.
        table, column: What it was typed or imported into.
        subjects: Ids of the rows that the change is about.
        text: The words.
        salt: What its digest was taken with.
    """

    event_id: str
    seq: int
    number: int
    table: str
    column: str
    subjects: tuple[str, ...]
    text: str
    salt: bytes


@dataclass(frozen=True, slots=True)
class SealedText:
    """A text that was taken out of the history, with what its digest needs."""

    event_id: str
    number: int
    text: str
    salt: bytes


def history_texts(store: Store) -> Iterator[HistoryText]:
    """Every text that is still in the history, oldest first."""
    rows = store.rows(
        "SELECT seq, number, text, salt FROM payloads WHERE text IS NOT NULL ORDER BY seq, number"
    )
    by_event: dict[int, list[tuple[int, str, bytes]]] = {}
    for seq, number, text, salt in rows:
        by_event.setdefault(seq, []).append((number, text, salt))
    for seq, body_json in store.rows("SELECT seq, body FROM events ORDER BY seq"):
        if seq not in by_event:
            continue
        body = json.loads(body_json)
        places = dict(_places(body.get("changes", [])))
        for number, text, salt in by_event[seq]:
            table, column, subjects = places.get(number, ("", "", ()))
            yield HistoryText(body["id"], seq, number, table, column, subjects, text, salt)


_Place = tuple[str, str, tuple[str, ...]]


def _places(changes: list[list[Any]]) -> Iterator[tuple[int, _Place]]:
    """By number of a payload: table, column, and the rows it is about."""
    for change in changes:
        for value, place in _values(change):
            if isinstance(value, dict):
                yield value["$"], place
        if change[0] == "edit":
            yield from _places(change[5])


def _values(change: list[Any]) -> Iterator[tuple[Any, _Place]]:
    kind, table = change[0], change[1]
    if kind == "edit":
        yield from ((value, ("texts", "text", (table,))) for value in change[3:5])
    elif kind == "=":
        for column, pair in change[3].items():
            yield from ((value, (table, column, (str(change[2]),))) for value in pair)
    elif kind in {"+", "-"}:
        row = change[2]
        ids = tuple(str(row[key]) for key in row if key == "id" or key.endswith("_id"))
        yield from ((value, (table, column, ids)) for column, value in row.items())


def seal_texts(
    store: Store, part_of: Callable[[HistoryText], KeyPart | None]
) -> dict[KeyPart, list[SealedText]]:
    """Take texts out of the history, within the transaction under way.

    Args:
        store: The study's file.
        part_of: Which part of the key file a text goes to; None leaves it.

    Returns:
        What was taken out, to be written elsewhere before the transaction ends.
    """
    taken: dict[KeyPart, list[SealedText]] = {part: [] for part in KeyPart}
    for one in list(history_texts(store)):
        part = part_of(one)
        if part is not None:
            taken[part].append(SealedText(one.event_id, one.number, one.text, one.salt))
            _take_out(store, one, int(part))
    return taken


def erase_texts(store: Store, is_meant: Callable[[HistoryText], bool]) -> int:
    """Take texts out of the history for good, within the transaction under way.

    Returns:
        How many.
    """
    count = 0
    for one in list(history_texts(store)):
        if is_meant(one):
            _take_out(store, one, 0)
            count += 1
    return count


def _take_out(store: Store, one: HistoryText, sealed: int) -> None:
    store.db.conn.execute(
        "UPDATE payloads SET text = NULL, salt = NULL, sealed = ? WHERE seq = ? AND number = ?",
        [sealed, one.seq, one.number],
    )


def forget_sealed_texts(
    store: Store, is_meant: Callable[[str, str, tuple[str, ...]], bool]
) -> set[tuple[str, int]]:
    """Note, within the transaction under way, that texts in the key file never come back.

    Args:
        store: The study's file.
        is_meant: Told table, column, and ids of the rows that the change is about.

    Returns:
        Event and number of each, as the key file files them.
    """
    found: set[tuple[str, int]] = set()
    for seq, body_json in store.rows(
        "SELECT seq, body FROM events WHERE seq IN (SELECT seq FROM payloads WHERE sealed > 0)"
    ):
        body = json.loads(body_json)
        for number, place in _places(body.get("changes", [])):
            if is_meant(*place):
                store.db.conn.execute(
                    "UPDATE payloads SET sealed = 0 WHERE seq = ? AND number = ? AND sealed > 0",
                    [seq, number],
                )
                found.add((body["id"], number))
    return found


def unseal_texts(store: Store, texts: Iterable[SealedText]) -> int:
    """Put texts back into the history, within the transaction under way.

    Those that do not fit their digest, or whose act is not there, are passed by.

    Returns:
        How many fitted.
    """
    seqs = dict(store.rows("SELECT id, seq FROM events"))
    digests = {
        (seq, number): digest
        for seq, number, digest in store.rows(
            "SELECT seq, number, digest FROM payloads WHERE text IS NULL AND sealed > 0"
        )
    }
    count = 0
    for one in texts:
        place = (seqs.get(one.event_id, 0), one.number)
        if digests.get(place) == payload_digest(one.salt, one.text):
            store.db.conn.execute(
                "UPDATE payloads SET text = ?, salt = ?, sealed = 0 WHERE seq = ? AND number = ?",
                [one.text, one.salt, *place],
            )
            count += 1
    return count


def forget_sealed(store: Store, part: KeyPart) -> None:
    """Note, within the transaction under way, that a part's texts can never come back."""
    store.db.conn.execute("UPDATE payloads SET sealed = 0 WHERE sealed = ?", [int(part)])


def count_sealed(store: Store) -> int:
    """How many texts of the history are in the key file alone."""
    found: int = store.rows("SELECT count(*) FROM payloads WHERE sealed > 0")[0][0]
    return found
