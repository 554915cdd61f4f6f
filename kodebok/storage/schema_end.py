"""The table of a study's end: the steps taken, and what was answered of indirect identification."""

from __future__ import annotations

from typing import Any

TEXT_COLUMNS_END: dict[str, frozenset[str]] = {"end_steps": frozenset({"answer"})}

# `id` names the step or the question, so that each is there once.
_TABLE = """
CREATE TABLE end_steps (id TEXT PRIMARY KEY, state TEXT NOT NULL, answer TEXT NOT NULL,
    at TEXT NOT NULL)
"""


def m013_end(db: Any) -> None:
    """Steps of the end."""
    db.execute(_TABLE)
