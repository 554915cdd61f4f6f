"""Tables of double coding: who codes what blind, what coders settled, and figures kept."""

from __future__ import annotations

from typing import Any

TEXT_COLUMNS_BLIND: dict[str, frozenset[str]] = {
    "blind_sources": frozenset(),
    "recodings": frozenset(),
    "agreement_runs": frozenset({"note"}),
    "settlements": frozenset({"reason"}),
}

# `ended` is empty while the coder is blind there. Of a recoding, `coder_id` is the second self:
# a coder of its own, so that her codings lie apart and follow every correction of the text.
_TABLES = """
CREATE TABLE blind_sources (id TEXT PRIMARY KEY, source_id TEXT NOT NULL REFERENCES sources(id),
    coder_id TEXT NOT NULL REFERENCES users(id), begun TEXT NOT NULL, ended TEXT NOT NULL,
    seed INTEGER);
CREATE INDEX blind_by_coder ON blind_sources (coder_id, ended);
CREATE TABLE recodings (id TEXT PRIMARY KEY, coder_id TEXT NOT NULL REFERENCES users(id),
    first_id TEXT NOT NULL REFERENCES users(id), round INTEGER NOT NULL, created TEXT NOT NULL);
CREATE TABLE agreement_runs (id TEXT PRIMARY KEY, at TEXT NOT NULL,
    coder_id TEXT NOT NULL REFERENCES users(id), coders TEXT NOT NULL, sources TEXT NOT NULL,
    unit TEXT NOT NULL, figures TEXT NOT NULL, note TEXT NOT NULL);
CREATE TABLE settlements (id TEXT PRIMARY KEY, at TEXT NOT NULL,
    coder_id TEXT NOT NULL REFERENCES users(id), source_id TEXT NOT NULL REFERENCES sources(id),
    "start" INTEGER NOT NULL, "end" INTEGER NOT NULL, coders TEXT NOT NULL,
    choice TEXT NOT NULL, reason TEXT NOT NULL);
CREATE INDEX settlements_by_place ON settlements (source_id, "start")
"""


def m010_blind(db: Any) -> None:
    """Blind coding, recoding rounds, figures of agreement and what was settled."""
    for statement in _TABLES.split(";\n"):
        db.execute(statement)
