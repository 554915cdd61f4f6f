"""Tables of a study's life: its card, consents, requests, what left, backups, what was erased."""

from __future__ import annotations

from typing import Any

TEXT_COLUMNS_LIFE: dict[str, frozenset[str]] = {
    "cards": frozenset({"reference", "responsible", "place", "folder", "end_date"}),
    "consents": frozenset({"given", "withdrawn", "note"}),
    "requests": frozenset({"received", "answered", "note"}),
    "departures": frozenset({"file_name"}),
    "backups": frozenset({"file_name"}),
    "erasures": frozenset(),
}

# What was erased is no longer there: `erasures.id` refers to nothing.
_TABLES = """
CREATE TABLE cards (id TEXT PRIMARY KEY REFERENCES project(id), reference TEXT NOT NULL,
    legal_basis TEXT, responsible TEXT NOT NULL, data_class TEXT, machine TEXT,
    is_allowed TEXT, place TEXT NOT NULL, folder TEXT NOT NULL, end_date TEXT, afterwards TEXT);
CREATE TABLE consents (id TEXT PRIMARY KEY, case_id TEXT NOT NULL REFERENCES cases(id),
    given TEXT NOT NULL, purposes TEXT NOT NULL, manner TEXT NOT NULL, withdrawn TEXT,
    note TEXT NOT NULL);
CREATE INDEX consents_by_case ON consents (case_id);
CREATE TABLE requests (id TEXT PRIMARY KEY, case_id TEXT NOT NULL REFERENCES cases(id),
    kind TEXT NOT NULL, received TEXT NOT NULL, answered TEXT, note TEXT NOT NULL);
CREATE INDEX requests_by_case ON requests (case_id);
CREATE TABLE departures (id TEXT PRIMARY KEY, kind TEXT NOT NULL, file_name TEXT NOT NULL,
    digest TEXT NOT NULL, bytes INTEGER NOT NULL, recipient TEXT, made TEXT NOT NULL);
CREATE TABLE backups (id TEXT PRIMARY KEY, file_name TEXT NOT NULL, digest TEXT NOT NULL,
    bytes INTEGER NOT NULL, made TEXT NOT NULL);
CREATE TABLE erasures (id TEXT PRIMARY KEY, at TEXT NOT NULL)
"""


def m006_life(db: Any) -> None:
    """The project card, consents and requests, departures, backups and tombstones."""
    for statement in _TABLES.split(";\n"):
        db.execute(statement)
