"""What the gate remembers of a study: harmless hits, reasons, and what it need not read again."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kodebok.domain.identifier import IdentifierType
from kodebok.domain.ids import new_id
from kodebok.storage.database import Store
from kodebok.storage.history import Act
from kodebok.storage.rows import load_all, to_row

DIGEST_BYTES = 8
_SALT_BYTES = 16
# Acts that leave names, decisions and the key alone.
_OTHER_ACTS = ("coding", "code", "memo", "quote", "theme", "condensation", "export", "gate")


@dataclass(frozen=True, slots=True)
class FoundSpan:
    """Where a finder was sure that someone can be recognised; offsets half-open, code points."""

    start: int
    end: int
    type: IdentifierType


@dataclass(frozen=True, slots=True)
class GateReason:
    """Why an export went on although the gate found something.

    Attributes:
        at: When, in UTC.
        kind: What kind of export it was.
        hits: How many places the gate had found.
    """

    id: str
    at: str
    kind: str
    hits: int
    reason: str


@dataclass(frozen=True, slots=True)
class CleanLines:
    """Digests of lines in which nothing was found.

    Attributes:
        stamp: What was known when they were read; they count for that alone.
    """

    stamp: str
    salt: bytes
    digests: frozenset[bytes] = frozenset()


def load_harmless(store: Store) -> frozenset[str]:
    """Digests of the contexts that were judged harmless."""
    return frozenset(row[0] for row in store.rows("SELECT digest FROM gate_harmless"))


def add_harmless(act: Act, digests: Iterable[str]) -> None:
    """Remember contexts as harmless."""
    known = load_harmless(act.store)
    for digest in sorted(set(digests) - known):
        act.insert("gate_harmless", {"id": new_id(), "digest": digest})


def load_reasons(store: Store) -> list[GateReason]:
    """Every time an export went on in spite of the gate, the oldest first."""
    return sorted(load_all(store, GateReason, "gate_reasons"), key=lambda one: (one.at, one.id))


def add_reason(act: Act, kind: str, hits: int, reason: str) -> GateReason:
    """Log why an export goes on."""
    added = GateReason(new_id(), act.at, kind, hits, reason)
    act.insert("gate_reasons", to_row(added))
    return added


def last_decision(store: Store) -> int:
    """A number that changes whenever a name, a decision or the key may have changed."""
    others = " AND ".join(f"json_extract(body, '$.kind') NOT LIKE '{k}.%'" for k in _OTHER_ACTS)
    found = store.row(f"SELECT max(seq) FROM events WHERE {others}")
    return found[0] or 0 if found else 0


def load_versions(store: Store) -> dict[str, int]:
    """The version of each source's text."""
    return dict(store.rows("SELECT id, version FROM sources"))


def load_found(store: Store, finders: int) -> dict[str, list[FoundSpan]]:
    """By source: what the finders were sure of; sources whose text has changed since are lacking.

    Args:
        store: The study's file.
        finders: The version of the finders that must have looked.
    """
    rows = store.rows(
        "SELECT f.id, f.spans FROM gate_found f JOIN sources s ON s.id = f.id "
        "AND s.version = f.version WHERE f.finders = ?",
        [finders],
    )
    return {
        source_id: [FoundSpan(start, end, IdentifierType(kind)) for start, end, kind in
                    json.loads(spans)]
        for source_id, spans in rows
    }  # fmt: skip


def keep_found(
    store: Store,
    finders: int,
    versions: Mapping[str, int],
    found: Mapping[str, Sequence[FoundSpan]],
) -> None:
    """Keep what the finders saw in the texts of those versions."""
    rows = [
        (source_id, versions[source_id], finders,
         json.dumps([[one.start, one.end, str(one.type)] for one in spans]))
        for source_id, spans in found.items()
    ]  # fmt: skip
    with store.transaction():
        store.db.conn.executemany("INSERT OR REPLACE INTO gate_found VALUES (?, ?, ?, ?)", rows)


def load_clean(store: Store, stamp: str) -> CleanLines:
    """The lines that were read with the same knowledge; none, under a new salt, for another."""
    row = store.row("SELECT stamp, salt, digests FROM gate_clean WHERE id = 1")
    if row is None or row[0] != stamp:
        return CleanLines(stamp, os.urandom(_SALT_BYTES))
    packed = bytes(row[2])
    cuts = range(0, len(packed), DIGEST_BYTES)
    return CleanLines(stamp, bytes(row[1]), frozenset(packed[c : c + DIGEST_BYTES] for c in cuts))


def keep_clean(store: Store, lines: CleanLines) -> None:
    """Keep digests of clean lines in the place of those kept before."""
    packed = b"".join(sorted(lines.digests))
    with store.transaction():
        store.db.conn.execute(
            "INSERT OR REPLACE INTO gate_clean VALUES (1, ?, ?, ?)",
            [lines.stamp, lines.salt, packed],
        )


def forget_what_was_read(store: Store) -> None:
    """Empty what the gate need not reread, as when words are erased for good."""
    with store.transaction():
        store.db.conn.execute("DELETE FROM gate_found")
        store.db.conn.execute("DELETE FROM gate_clean")
