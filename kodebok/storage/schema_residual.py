"""Tables of the residual-risk sample: what was drawn to be read, and what was answered."""

from __future__ import annotations

from typing import Any

TEXT_COLUMNS_RESIDUAL: dict[str, frozenset[str]] = {
    "risk_samples": frozenset(),
    "risk_sentences": frozenset(),
}

# Where a sentence stands, never its words. It outlives its source: an answer stays an answer.
_TABLES = """
CREATE TABLE risk_samples (id TEXT PRIMARY KEY, at TEXT NOT NULL, seed INTEGER NOT NULL,
    sentences INTEGER NOT NULL, words INTEGER NOT NULL, finders INTEGER NOT NULL);
CREATE TABLE risk_sentences (id TEXT PRIMARY KEY,
    sample_id TEXT NOT NULL REFERENCES risk_samples(id), position INTEGER NOT NULL,
    source_id TEXT NOT NULL, "start" INTEGER NOT NULL, "end" INTEGER NOT NULL,
    chance REAL NOT NULL, times INTEGER NOT NULL, answer TEXT NOT NULL)
"""


def m012_residual(db: Any) -> None:
    """Samples, and their sentences."""
    for statement in _TABLES.split(";\n"):
        db.execute(statement)
