"""Tables of sound: recordings, what was recognised, when each word is spoken, what was heard.

`recordings` and `chunks` are work under way and stand outside the history, as the sound file
itself does: undo takes back the source that came of them, and what they hold makes it anew.
"""

from __future__ import annotations

from typing import Any

TEXT_COLUMNS_SOUND: dict[str, frozenset[str]] = {
    "recordings": frozenset({"name", "path", "settings"}),
    "chunks": frozenset({"segments"}),
    "transcriptions": frozenset(),
    "word_times": frozenset(),
    "heard": frozenset(),
    "marks": frozenset({"value"}),
}

# A recording may be lacking in another copy of the study: `recording_id` is no reference.
_TABLES = """
CREATE TABLE recordings (id TEXT PRIMARY KEY, name TEXT NOT NULL, path TEXT NOT NULL,
    sha256 TEXT NOT NULL, language TEXT NOT NULL, speakers INTEGER NOT NULL,
    settings TEXT NOT NULL, duration_ms INTEGER NOT NULL, engine TEXT NOT NULL, plan TEXT,
    voices TEXT, created TEXT NOT NULL, deleted_at TEXT NOT NULL);
CREATE TABLE chunks (id TEXT PRIMARY KEY, recording_id TEXT NOT NULL REFERENCES recordings(id),
    number INTEGER NOT NULL, start_ms INTEGER NOT NULL, end_ms INTEGER NOT NULL,
    state TEXT NOT NULL, segments TEXT NOT NULL, tries INTEGER NOT NULL, engine TEXT NOT NULL,
    dropped TEXT NOT NULL, UNIQUE (recording_id, number));
CREATE TABLE transcriptions (id TEXT PRIMARY KEY REFERENCES sources(id),
    recording_id TEXT NOT NULL, engine TEXT NOT NULL, speakers INTEGER NOT NULL,
    at TEXT NOT NULL);
CREATE TABLE word_times (id INTEGER PRIMARY KEY,
    source_id TEXT NOT NULL REFERENCES sources(id), "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL, start_ms INTEGER NOT NULL, end_ms INTEGER NOT NULL,
    probability REAL NOT NULL);
CREATE INDEX word_times_by_source ON word_times (source_id);
CREATE TABLE heard (id TEXT PRIMARY KEY, source_id TEXT NOT NULL REFERENCES sources(id),
    "start" INTEGER NOT NULL, "end" INTEGER NOT NULL,
    coder_id TEXT NOT NULL REFERENCES users(id), at TEXT NOT NULL);
CREATE INDEX heard_by_source ON heard (source_id);
CREATE TABLE marks (id TEXT PRIMARY KEY, source_id TEXT NOT NULL REFERENCES sources(id),
    "start" INTEGER NOT NULL, "end" INTEGER NOT NULL, kind TEXT NOT NULL, value TEXT NOT NULL);
CREATE INDEX marks_by_source ON marks (source_id)
"""


def m003_sound(db: Any) -> None:
    """Recordings, chunks, word times, heard stretches and verbatim marks."""
    for statement in _TABLES.split(";\n"):
        db.execute(statement)
