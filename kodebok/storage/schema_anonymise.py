"""Tables of anonymisation: entities, what was replaced where, and what is not gone yet.

A payload of the history that is in the key file alone has `sealed` set: 1 for the part
*replacements*, 2 for the part *persons*.
"""

from __future__ import annotations

from typing import Any

TEXT_COLUMNS_ANONYMISE: dict[str, frozenset[str]] = {
    "entities": frozenset({"name", "aliases", "replacement", "reason"}),
    "name_rules": frozenset({"text"}),
    "replacements": frozenset(),
    "anonymisation": frozenset(),
    "applied_texts": frozenset(),
    "leftovers": frozenset(),
    "scrub_pending": frozenset(),
}

# `anonymisation` has one row, the project's. `leftovers` knows a file by a digest of its content,
# never by its name. `scrub_pending` is no part of any act.
_TABLES = """
CREATE TABLE entities (id TEXT PRIMARY KEY, type TEXT NOT NULL, name TEXT NOT NULL,
    aliases TEXT NOT NULL, action TEXT, replacement TEXT NOT NULL, reason TEXT NOT NULL,
    applied INTEGER NOT NULL);
CREATE TABLE name_rules (id TEXT PRIMARY KEY, text TEXT NOT NULL, rule TEXT NOT NULL,
    type TEXT NOT NULL, UNIQUE (text, rule));
CREATE TABLE replacements (id TEXT PRIMARY KEY, source_id TEXT NOT NULL REFERENCES sources(id),
    "start" INTEGER NOT NULL, "end" INTEGER NOT NULL, entity_id TEXT NOT NULL,
    number INTEGER NOT NULL);
CREATE INDEX replacements_by_place ON replacements (source_id, "start");
CREATE TABLE anonymisation (id TEXT PRIMARY KEY REFERENCES project(id), at TEXT NOT NULL,
    revision INTEGER NOT NULL, is_applied INTEGER NOT NULL, mentions INTEGER NOT NULL,
    no_replacements INTEGER NOT NULL, no_persons INTEGER NOT NULL, exported INTEGER NOT NULL);
CREATE TABLE applied_texts (id TEXT PRIMARY KEY REFERENCES sources(id),
    version INTEGER NOT NULL);
CREATE TABLE leftovers (id TEXT PRIMARY KEY, folder TEXT NOT NULL, digest TEXT NOT NULL,
    is_kept INTEGER NOT NULL);
CREATE TABLE scrub_pending (id INTEGER PRIMARY KEY, at TEXT NOT NULL);
ALTER TABLE payloads ADD COLUMN sealed INTEGER NOT NULL DEFAULT 0
"""


def m004_anonymise(db: Any) -> None:
    """Entities, replacements, the state of anonymisation, and the mark of an unfinished scrub."""
    for statement in _TABLES.split(";\n"):
        db.execute(statement)
