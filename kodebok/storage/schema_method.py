"""Tables of ways of working: what a reader wondered at."""

from __future__ import annotations

from typing import Any

TEXT_COLUMNS_METHOD: dict[str, frozenset[str]] = {
    "wonderings": frozenset({"surprise", "theory"}),
}

# The passage's words are not kept beside it: the source has them, also after anonymisation.
_TABLES = """
CREATE TABLE wonderings (id TEXT PRIMARY KEY, source_id TEXT NOT NULL REFERENCES sources(id),
    coder_id TEXT NOT NULL REFERENCES users(id), "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL, surprise TEXT NOT NULL, theory TEXT NOT NULL, created TEXT NOT NULL);
CREATE INDEX wonderings_by_place ON wonderings (source_id, "start")
"""


def m007_method(db: Any) -> None:
    """Wonderings: passages that surprise, and what they speak against."""
    for statement in _TABLES.split(";\n"):
        db.execute(statement)
