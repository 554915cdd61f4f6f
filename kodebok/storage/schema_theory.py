"""Tables of theory: the register, and the log of steps between data and theory.

Links between theories and codes stand with the codes, by the theory's name.
"""

from __future__ import annotations

from typing import Any

TEXT_COLUMNS_THEORY: dict[str, frozenset[str]] = {
    "theories": frozenset({"name", "author", "year", "says"}),
    "theory_steps": frozenset({"surprise", "theory", "changed"}),
}

# A step outlives the wondering that it began with: `wondering_id` is no reference.
_TABLES = """
CREATE TABLE theories (id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, author TEXT NOT NULL,
    year TEXT NOT NULL, says TEXT NOT NULL, created TEXT NOT NULL);
CREATE TABLE theory_steps (id TEXT PRIMARY KEY, coder_id TEXT NOT NULL REFERENCES users(id),
    at TEXT NOT NULL, wondering_id TEXT, surprise TEXT NOT NULL, theory TEXT NOT NULL,
    changed TEXT NOT NULL)
"""


def m011_theory(db: Any) -> None:
    """The register of theories, and the log of abductive steps."""
    for statement in _TABLES.split(";\n"):
        db.execute(statement)
