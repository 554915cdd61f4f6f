"""Tables of the project file, and the migrations that lead to them.

Offsets are half-open, in code points of the source's canonical text. Every table that an act may
change has a primary key named `id`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kodebok.storage.schema_anonymise import TEXT_COLUMNS_ANONYMISE, m004_anonymise
from kodebok.storage.schema_blind import TEXT_COLUMNS_BLIND, m010_blind
from kodebok.storage.schema_end import TEXT_COLUMNS_END, m013_end
from kodebok.storage.schema_gate import TEXT_COLUMNS_GATE, m008_gate
from kodebok.storage.schema_life import TEXT_COLUMNS_LIFE, m006_life
from kodebok.storage.schema_merge import m009_merge
from kodebok.storage.schema_method import TEXT_COLUMNS_METHOD, m007_method
from kodebok.storage.schema_residual import TEXT_COLUMNS_RESIDUAL, m012_residual
from kodebok.storage.schema_review import TEXT_COLUMNS_REVIEW, m005_review
from kodebok.storage.schema_sound import TEXT_COLUMNS_SOUND, m003_sound
from kodebok.storage.schema_theory import TEXT_COLUMNS_THEORY, m011_theory

# Columns that hold what was typed or imported: the history keeps them as erasable payloads.
TEXT_COLUMNS: dict[str, frozenset[str]] = {
    "project": frozenset({"title", "notice"}),
    "users": frozenset({"name", "role"}),
    "questions": frozenset({"text"}),
    "cases": frozenset({"name"}),
    "variables": frozenset({"name"}),
    "case_values": frozenset({"value"}),
    "sources": frozenset({"name", "date", "place", "interviewer", "observer", "file_name"}),
    "texts": frozenset({"text"}),
    "speakers": frozenset({"label"}),
    "turns": frozenset(),
    "asked": frozenset(),
    "reads": frozenset(),
    "codes": frozenset(
        {"name", "definition", "use_when", "not_when", "example", "question", "theory"}
    ),
    "codings": frozenset({"text"}),
    "notes": frozenset({"title", "text"}),
    "themes": frozenset({"name", "idea"}),
    "theme_codes": frozenset(),
    "condensations": frozenset({"text"}),
    "summaries": frozenset({"text"}),
    "quotes": frozenset({"text", "insertions", "wording", "used_in", "note"}),
    "suggestion_switch": frozenset(),
    "suggestion_runs": frozenset({"recipe"}),
    "suggestions": frozenset({"evidence"}),
    "suggestion_passages": frozenset({"text"}),
    "verdicts": frozenset({"reason"}),
    **TEXT_COLUMNS_SOUND,
    **TEXT_COLUMNS_ANONYMISE,
    **TEXT_COLUMNS_LIFE,
    **TEXT_COLUMNS_METHOD,
    **TEXT_COLUMNS_GATE,
    **TEXT_COLUMNS_BLIND,
    **TEXT_COLUMNS_THEORY,
    **TEXT_COLUMNS_REVIEW,
    **TEXT_COLUMNS_RESIDUAL,
    **TEXT_COLUMNS_END,
}

_TABLES = """
CREATE TABLE project (id TEXT PRIMARY KEY, title TEXT NOT NULL, language TEXT NOT NULL,
    method TEXT NOT NULL, case_word TEXT NOT NULL, notice TEXT NOT NULL, created TEXT NOT NULL);
CREATE TABLE users (id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, role TEXT NOT NULL);
CREATE TABLE questions (id TEXT PRIMARY KEY, text TEXT NOT NULL, position INTEGER NOT NULL);
CREATE TABLE cases (id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, kind TEXT NOT NULL,
    site_id TEXT REFERENCES cases(id));
CREATE TABLE variables (id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, kind TEXT NOT NULL,
    position INTEGER NOT NULL);
CREATE TABLE case_values (id TEXT PRIMARY KEY, case_id TEXT NOT NULL REFERENCES cases(id),
    variable_id TEXT NOT NULL REFERENCES variables(id), value TEXT NOT NULL,
    UNIQUE (case_id, variable_id));
CREATE TABLE sources (id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, type TEXT NOT NULL,
    case_id TEXT REFERENCES cases(id), language TEXT NOT NULL, date TEXT, place TEXT, mode TEXT,
    interviewer TEXT, observer TEXT, file_name TEXT, version INTEGER NOT NULL,
    words INTEGER NOT NULL, finished INTEGER NOT NULL, created TEXT NOT NULL);
CREATE TABLE texts (id TEXT PRIMARY KEY REFERENCES sources(id), text TEXT NOT NULL);
CREATE TABLE speakers (id TEXT PRIMARY KEY, source_id TEXT NOT NULL REFERENCES sources(id),
    label TEXT NOT NULL, role TEXT NOT NULL, case_id TEXT REFERENCES cases(id),
    UNIQUE (source_id, label));
CREATE TABLE turns (id INTEGER PRIMARY KEY, source_id TEXT NOT NULL REFERENCES sources(id),
    "start" INTEGER NOT NULL, "end" INTEGER NOT NULL, speaker_id TEXT REFERENCES speakers(id),
    start_ms INTEGER, end_ms INTEGER);
CREATE INDEX turns_by_place ON turns (source_id, "start");
CREATE TABLE asked (id TEXT PRIMARY KEY, source_id TEXT NOT NULL REFERENCES sources(id),
    code_id TEXT NOT NULL REFERENCES codes(id), UNIQUE (source_id, code_id));
CREATE TABLE reads (id TEXT PRIMARY KEY, source_id TEXT NOT NULL REFERENCES sources(id),
    coder_id TEXT NOT NULL REFERENCES users(id), at TEXT NOT NULL, UNIQUE (source_id, coder_id));
CREATE TABLE codes (id TEXT PRIMARY KEY, name TEXT NOT NULL, parent_id TEXT REFERENCES codes(id),
    position INTEGER NOT NULL, definition TEXT NOT NULL, use_when TEXT NOT NULL,
    not_when TEXT NOT NULL, example TEXT NOT NULL, origin TEXT NOT NULL, color TEXT NOT NULL,
    letter TEXT NOT NULL, question TEXT NOT NULL, theory TEXT NOT NULL, created TEXT NOT NULL);
CREATE TABLE codings (id TEXT PRIMARY KEY, source_id TEXT NOT NULL REFERENCES sources(id),
    code_id TEXT NOT NULL REFERENCES codes(id), coder_id TEXT NOT NULL REFERENCES users(id),
    "start" INTEGER NOT NULL, "end" INTEGER NOT NULL, text TEXT NOT NULL, origin TEXT NOT NULL,
    weight TEXT, created TEXT NOT NULL, CHECK ("start" < "end")) WITHOUT ROWID;
CREATE INDEX codings_by_code ON codings (code_id, source_id, "start");
CREATE INDEX codings_by_place ON codings (source_id, "start");
CREATE TABLE notes (id TEXT PRIMARY KEY, target TEXT NOT NULL, target_id TEXT,
    coder_id TEXT NOT NULL REFERENCES users(id), kind TEXT NOT NULL, title TEXT NOT NULL,
    text TEXT NOT NULL, "start" INTEGER, "end" INTEGER, created TEXT NOT NULL,
    changed TEXT NOT NULL);
CREATE INDEX notes_by_target ON notes (target_id);
CREATE TABLE themes (id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, idea TEXT NOT NULL,
    position INTEGER NOT NULL);
CREATE TABLE theme_codes (id TEXT PRIMARY KEY, theme_id TEXT NOT NULL REFERENCES themes(id),
    code_id TEXT NOT NULL REFERENCES codes(id), position INTEGER NOT NULL,
    UNIQUE (theme_id, code_id));
CREATE TABLE condensations (id TEXT PRIMARY KEY, coding_id TEXT REFERENCES codings(id),
    code_id TEXT REFERENCES codes(id), case_id TEXT REFERENCES cases(id), text TEXT NOT NULL);
CREATE INDEX condensations_by_coding ON condensations (coding_id);
CREATE TABLE summaries (id TEXT PRIMARY KEY REFERENCES codes(id), text TEXT NOT NULL);
CREATE TABLE quotes (id TEXT PRIMARY KEY, source_id TEXT NOT NULL REFERENCES sources(id),
    "start" INTEGER NOT NULL, "end" INTEGER NOT NULL, text TEXT NOT NULL,
    code_id TEXT REFERENCES codes(id), degree TEXT NOT NULL, cuts TEXT NOT NULL,
    insertions TEXT NOT NULL, wording TEXT NOT NULL, used_in TEXT NOT NULL, note TEXT NOT NULL,
    position INTEGER NOT NULL, coder_id TEXT NOT NULL REFERENCES users(id),
    created TEXT NOT NULL);
CREATE INDEX quotes_by_place ON quotes (source_id, "start");
CREATE TABLE events (seq INTEGER PRIMARY KEY, id TEXT NOT NULL, body TEXT NOT NULL,
    hash TEXT NOT NULL, target INTEGER, undone INTEGER NOT NULL DEFAULT 0);
CREATE INDEX events_to_redo ON events (seq) WHERE undone = 1;
CREATE TABLE payloads (seq INTEGER NOT NULL REFERENCES events(seq), number INTEGER NOT NULL,
    salt BLOB, text TEXT, digest TEXT NOT NULL, PRIMARY KEY (seq, number)) WITHOUT ROWID;
"""

# A suggestion outlives the code that it named: `code_id` is no reference. A verdict is written
# before the coding that it allows, and outlives it.
_SUGGESTION_TABLES = """
CREATE TABLE suggestion_switch (id TEXT PRIMARY KEY REFERENCES project(id),
    is_on INTEGER NOT NULL, coder_id TEXT NOT NULL REFERENCES users(id), at TEXT NOT NULL);
CREATE TABLE suggestion_runs (id TEXT PRIMARY KEY, kind TEXT NOT NULL,
    coder_id TEXT NOT NULL REFERENCES users(id), at TEXT NOT NULL, seed INTEGER NOT NULL,
    seen TEXT NOT NULL, recipe TEXT NOT NULL);
CREATE TABLE suggestions (id TEXT PRIMARY KEY,
    run_id TEXT NOT NULL REFERENCES suggestion_runs(id), kind TEXT NOT NULL, code_id TEXT,
    position INTEGER NOT NULL, rank INTEGER NOT NULL, score REAL NOT NULL,
    evidence TEXT NOT NULL);
CREATE INDEX suggestions_by_run ON suggestions (run_id, position);
CREATE TABLE suggestion_passages (id TEXT PRIMARY KEY,
    suggestion_id TEXT NOT NULL REFERENCES suggestions(id),
    source_id TEXT NOT NULL REFERENCES sources(id), "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL, text TEXT NOT NULL, role TEXT NOT NULL, position INTEGER NOT NULL,
    score REAL NOT NULL);
CREATE INDEX suggestion_passages_by_suggestion ON suggestion_passages (suggestion_id, position);
CREATE INDEX suggestion_passages_by_place ON suggestion_passages (source_id, "start");
CREATE TABLE verdicts (id TEXT PRIMARY KEY,
    suggestion_id TEXT NOT NULL UNIQUE REFERENCES suggestions(id),
    coder_id TEXT NOT NULL REFERENCES users(id), verdict TEXT NOT NULL, at TEXT NOT NULL,
    reason TEXT NOT NULL, coding_id TEXT,
    CHECK (verdict IN ('accepted', 'rejected')));
CREATE INDEX verdicts_by_coding ON verdicts (coding_id)
"""

_NO_VERDICT = """NEW.origin = 'suggestion' AND NOT EXISTS (SELECT 1 FROM verdicts
    WHERE coding_id = NEW.id AND coder_id = NEW.coder_id AND verdict = 'accepted')
BEGIN SELECT RAISE(ABORT, 'a suggestion is coded by an accepting verdict alone'); END"""
_STANDS_ON_VERDICT = """OLD.verdict = 'accepted' AND EXISTS (SELECT 1 FROM codings
    WHERE id = OLD.coding_id AND origin = 'suggestion')
BEGIN SELECT RAISE(ABORT, 'a coding stands on this verdict'); END"""

_SUGGESTION_RULES = f"""
CREATE TRIGGER suggestion_needs_verdict BEFORE INSERT ON codings WHEN {_NO_VERDICT}
CREATE TRIGGER suggestion_keeps_verdict BEFORE UPDATE OF id, origin, coder_id ON codings
    WHEN {_NO_VERDICT}
CREATE TRIGGER verdict_is_not_removed BEFORE DELETE ON verdicts WHEN {_STANDS_ON_VERDICT}
CREATE TRIGGER verdict_is_not_turned BEFORE UPDATE OF id, coder_id, verdict, coding_id ON verdicts
    WHEN {_STANDS_ON_VERDICT}"""

SEARCH_TABLE = (
    'CREATE VIRTUAL TABLE search USING fts5(text, tokenize = "unicode61 remove_diacritics 0", '
    "prefix = '2 3')"
)


def apply_migrations(db: Any) -> None:
    """Bring a project file to the present schema. `db` is a `sqlite_utils.Database`."""
    _migrations().apply(db)


def compare_migrations(db: Any) -> tuple[set[str], set[str]]:
    """Names of migrations that the file has and this kodebok does not know, and the reverse."""
    applied = {migration.name for migration in _migrations().applied(db)}
    known = {step.__name__ for step in _STEPS}
    return applied - known, known - applied


def _migrations() -> Any:
    from sqlite_utils import Migrations

    migrations = Migrations("kodebok")
    for step in _STEPS:
        migrations()(step)
    return migrations


def m001_first_schema(db: Any) -> None:
    """The tables of the first version."""
    for statement in (*_TABLES.split(";\n"), SEARCH_TABLE):
        if statement.strip():
            db.execute(statement)


def m002_suggestions(db: Any) -> None:
    """Suggestions, what they rest on, and verdicts; machine codings need an accepting one."""
    rules = _SUGGESTION_RULES.split("\nCREATE ")[1:]
    for statement in (*_SUGGESTION_TABLES.split(";\n"), *(f"CREATE {rule}" for rule in rules)):
        db.execute(statement)


# In their order; a step that was ever published is not changed.
_STEPS: tuple[Callable[[Any], None], ...] = (
    m001_first_schema,
    m002_suggestions,
    m003_sound,
    m004_anonymise,
    m006_life,
    m007_method,
    m009_merge,
    m008_gate,
    m005_review,
    m010_blind,
    m011_theory,
    m012_residual,
    m013_end,
)
