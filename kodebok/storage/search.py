"""Full-text search over the turns of all sources."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kodebok.domain.span import Span
from kodebok.domain.text import canonicalise
from kodebok.storage.database import Store, translated_errors

_QUERY_PART = re.compile(r'"([^"]*)"|(\S+)')
_TOKEN = re.compile(r"[^\W_]+")

# Whose words a turn of voice `p` in source `s` holds: the voice's own participant, else the
# source's; but someone who only looks in speaks for no one else.
CASE_OF_TURN = "CASE p.role WHEN 'other' THEN p.case_id ELSE coalesce(p.case_id, s.case_id) END"


@dataclass(frozen=True, slots=True)
class TurnHit:
    """A turn that matches, and where in the source's text it stands."""

    turn_id: int
    source_id: str
    start: int
    text: str


@dataclass(frozen=True, slots=True)
class WordQuery:
    """What the user typed: words and phrases that all must occur; `*` ends a prefix.

    Attributes:
        parts: Each a row of words, the last of which may be a prefix.
    """

    parts: tuple[tuple[tuple[str, ...], bool], ...]

    @classmethod
    def parse(cls, typed: str) -> WordQuery:
        """Read words, "phrases" and prefix*."""
        parts = []
        for phrase, word in _QUERY_PART.findall(canonicalise(typed)):
            raw = phrase or word
            words = tuple(_TOKEN.findall(raw))
            if words:
                parts.append((words, raw.endswith("*")))
        return cls(tuple(parts))

    def fts(self) -> str:
        """The query in the index's own language."""
        return " AND ".join(
            '"' + " ".join(words) + '"' + ("*" if prefix else "") for words, prefix in self.parts
        )

    def pattern(self) -> re.Pattern[str]:
        """Finds each part's places in a turn that matches."""
        alternatives = []
        for words, prefix in self.parts:
            body = r"[\W_]+".join(re.escape(word) for word in words)
            alternatives.append(rf"(?<![^\W_]){body}" + (r"[^\W_]*" if prefix else r"(?![^\W_])"))
        return re.compile("|".join(alternatives), re.IGNORECASE)


def search_turns(
    store: Store, query: WordQuery, limit: int | None = None, source_id: str | None = None
) -> list[TurnHit]:
    """Turns that hold every part of the query, in the order of the index."""
    if not query.parts:
        return []
    narrowed = "AND t.source_id = ?" if source_id else ""
    values = [query.fts(), *([source_id] if source_id else []), -1 if limit is None else limit]
    rows = store.rows(
        'SELECT t.id, t.source_id, t."start", f.text FROM search f JOIN turns t ON t.id = f.rowid '
        f"WHERE f.text MATCH ? {narrowed} LIMIT ?",
        values,
    )
    return [TurnHit(*row) for row in rows]


def scan_turns(store: Store, source_ids: Sequence[str]) -> Iterator[TurnHit]:
    """Every turn of the sources, for a search that the index cannot do."""
    for source_id in source_ids:
        for row in store.rows(
            'SELECT t.id, t.source_id, t."start", f.text FROM turns t JOIN search f '
            'ON f.rowid = t.id WHERE t.source_id = ? ORDER BY t."start"',
            [source_id],
        ):
            yield TurnHit(*row)


def spans_in_turn(hit: TurnHit, pattern: re.Pattern[str]) -> list[Span]:
    """Where the pattern stands, as spans of the source's text; empty matches are left out."""
    return [
        Span(hit.start + found.start(), hit.start + found.end())
        for found in pattern.finditer(hit.text)
        if found.end() > found.start()
    ]


def iter_turns(store: Store, query: WordQuery) -> Iterator[TurnHit]:
    """As `search_turns` over all sources, but read only as far as the caller goes."""
    if not query.parts:
        return
    with translated_errors():
        cursor = store.db.execute(
            'SELECT t.id, t.source_id, t."start", f.text FROM search f '
            "JOIN turns t ON t.id = f.rowid WHERE f.text MATCH ?",
            [query.fts()],
        )
        for row in cursor:
            yield TurnHit(*row)


def load_voice(store: Store, turn_id: int) -> tuple[str | None, str | None, int | None]:
    """Label of the voice, id of the participant and start in milliseconds of a turn."""
    found = store.row(
        f"SELECT p.label, {CASE_OF_TURN}, t.start_ms FROM turns t "
        "JOIN sources s ON s.id = t.source_id "
        "LEFT JOIN speakers p ON p.id = t.speaker_id WHERE t.id = ?",
        [turn_id],
    )
    return (found[0], found[1], found[2]) if found else (None, None, None)
