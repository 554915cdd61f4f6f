"""The history read for telling: acts in force that touched a thing, with what is left of texts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from kodebok.storage.act_kinds import GONE, UNDONE
from kodebok.storage.changes import Change, map_texts
from kodebok.storage.database import Store


@dataclass(frozen=True, slots=True)
class ToldAct:
    """An act in force.

    Attributes:
        changes: What it changed; a text that was erased, or is in the key file, is None.
    """

    seq: int
    at: str
    coder_id: str
    kind: str
    subject: str
    changes: tuple[Change, ...]


def acts_touching(store: Store, row_id: str) -> Iterator[ToldAct]:
    """Acts in force whose changes name a row, oldest first."""
    rows = store.rows(
        "SELECT seq, body FROM events WHERE undone NOT IN (?, ?) AND target IS NULL "
        "AND instr(body, ?) > 0 ORDER BY seq",
        [UNDONE, GONE, row_id],
    )
    for seq, body_json in rows:
        body = json.loads(body_json)
        texts = dict(store.rows("SELECT number, text FROM payloads WHERE seq = ?", [seq]))
        yield ToldAct(
            seq,
            body["at"],
            body["coder"],
            body["kind"],
            body.get("subject", ""),
            tuple(_with_texts(change, texts) for change in body.get("changes", [])),
        )


def _with_texts(change: Change, texts: dict[int, str | None]) -> Change:
    def fill(value: Any) -> Any:
        return texts.get(value["$"]) if isinstance(value, dict) else value

    return map_texts(change, fill)


def former_codes(store: Store, name: str) -> list[str]:
    """Ids of codes that once had a name, and are no more."""
    wanted = name.strip().casefold()
    found: dict[str, None] = {}
    rows = store.rows(
        "SELECT seq, body FROM events WHERE target IS NULL AND undone NOT IN (?, ?) "
        "AND instr(body, ?) > 0 ORDER BY seq",
        [UNDONE, GONE, '["-","codes"'],
    )
    for seq, body_json in rows:
        texts = dict(store.rows("SELECT number, text FROM payloads WHERE seq = ?", [seq]))
        for change in json.loads(body_json).get("changes", []):
            if change[:2] == ["-", "codes"]:
                row = _with_texts(change, texts)[2]
                if str(row["name"] or "").casefold() == wanted:
                    found[row["id"]] = None
    return list(found)
