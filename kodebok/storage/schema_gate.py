"""Tables of the gate: what was judged harmless, reasons for going on, what need not be reread."""

from __future__ import annotations

from typing import Any

TEXT_COLUMNS_GATE: dict[str, frozenset[str]] = {
    "gate_harmless": frozenset(),
    "gate_reasons": frozenset({"reason"}),
    "gate_found": frozenset(),
    "gate_clean": frozenset(),
}

# A harmless hit is known by a digest of the words around it. `gate_found` and `gate_clean` are no
# part of any act, and can be emptied at any time: where in a text the finders saw something, and
# salted digests of lines that were read through. No table here holds words of a text.
_TABLES = """
CREATE TABLE gate_harmless (id TEXT PRIMARY KEY, digest TEXT NOT NULL UNIQUE);
CREATE TABLE gate_reasons (id TEXT PRIMARY KEY, at TEXT NOT NULL, kind TEXT NOT NULL,
    hits INTEGER NOT NULL, reason TEXT NOT NULL);
CREATE TABLE gate_found (id TEXT PRIMARY KEY, version INTEGER NOT NULL, finders INTEGER NOT NULL,
    spans TEXT NOT NULL);
CREATE TABLE gate_clean (id INTEGER PRIMARY KEY, stamp TEXT NOT NULL, salt BLOB NOT NULL,
    digests BLOB NOT NULL)
"""


def m008_gate(db: Any) -> None:
    """What the gate remembers."""
    for statement in _TABLES.split(";\n"):
        db.execute(statement)
