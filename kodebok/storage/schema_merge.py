"""The table of merging: the other copies' events, so that who did what is not lost."""

from __future__ import annotations

from typing import Any

# No part of any act: it goes with the event `taken_at`, and counts while that is in force. A row
# holds an event as its own copy's chain has it; `digests` are those of its payloads, in a row.
_TABLE = """
CREATE TABLE merged_events (id INTEGER PRIMARY KEY,
    taken_at INTEGER NOT NULL REFERENCES events(seq), seq INTEGER NOT NULL,
    event_id TEXT NOT NULL, body TEXT NOT NULL, digests TEXT NOT NULL, previous TEXT NOT NULL,
    hash TEXT NOT NULL, UNIQUE (taken_at, hash))
"""


def m009_merge(db: Any) -> None:
    """Events that came from other copies of the study."""
    db.execute(_TABLE)
