"""Tables of the supervisor's loop: packages, what was in them, and what was answered."""

from __future__ import annotations

from typing import Any

TEXT_COLUMNS_REVIEW: dict[str, frozenset[str]] = {
    "review_packages": frozenset({"recipient", "due", "questions", "chosen", "file_name"}),
    "review_items": frozenset({"text"}),
    "review_answers": frozenset({"text", "proposal", "author", "quoted", "reason"}),
}

# An item outlives its coding, code or theme: `target_id` and `code_id` are no references.
_TABLES = """
CREATE TABLE review_packages (id TEXT PRIMARY KEY, recipient TEXT NOT NULL, form TEXT NOT NULL,
    coder_id TEXT NOT NULL REFERENCES users(id), made TEXT NOT NULL, due TEXT NOT NULL,
    questions TEXT NOT NULL, chosen TEXT NOT NULL, file_name TEXT NOT NULL);
CREATE TABLE review_items (id TEXT PRIMARY KEY,
    package_id TEXT NOT NULL REFERENCES review_packages(id), mark TEXT NOT NULL,
    target TEXT NOT NULL, target_id TEXT NOT NULL, position INTEGER NOT NULL, code_id TEXT,
    source_id TEXT REFERENCES sources(id), "start" INTEGER, "end" INTEGER, text TEXT NOT NULL);
CREATE INDEX review_items_by_package ON review_items (package_id, position);
CREATE INDEX review_items_by_place ON review_items (source_id, "start");
CREATE TABLE review_answers (id TEXT PRIMARY KEY,
    package_id TEXT NOT NULL REFERENCES review_packages(id), kind TEXT NOT NULL,
    text TEXT NOT NULL, item_id TEXT REFERENCES review_items(id), thread TEXT,
    proposal TEXT NOT NULL, author TEXT NOT NULL, at TEXT NOT NULL, received TEXT NOT NULL,
    file TEXT NOT NULL, source_id TEXT REFERENCES sources(id), "start" INTEGER, "end" INTEGER,
    quoted TEXT NOT NULL, is_resolved INTEGER NOT NULL, state TEXT NOT NULL, reason TEXT NOT NULL,
    settled TEXT NOT NULL, coding_id TEXT);
CREATE INDEX review_answers_by_item ON review_answers (item_id);
CREATE INDEX review_answers_by_place ON review_answers (source_id, "start")
"""


def m005_review(db: Any) -> None:
    """Packages to a supervisor, their items, and the answers."""
    for statement in _TABLES.split(";\n"):
        db.execute(statement)
