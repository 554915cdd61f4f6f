"""Erasing for good: rows with all that cannot be without them, and the words of single turns.

Everything here is part of an act of a final kind. `erase_history` takes the words out of the
history in the same transaction, and `scrubbing.scrub` follows it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from kodebok.domain.erasure import (
    EMPTY_NAMES,
    MARKERS,
    CellPlace,
    is_own_source,
    read_cell_stone,
    read_turn_stone,
)
from kodebok.domain.merge import MEMO_TABLES, Id, Shape
from kodebok.domain.span import Edit, Span
from kodebok.storage import sources
from kodebok.storage.changes import column_names
from kodebok.storage.database import Store
from kodebok.storage.history import Act
from kodebok.storage.merging_state import load_shape
from kodebok.storage.schema import TEXT_COLUMNS
from kodebok.storage.sealing import HistoryText, erase_texts, forget_sealed_texts
from kodebok.storage.text_edits import _PLACED, load_text
from kodebok.storage.typed_texts import change_typed, is_label

# Rows that say nothing without what they were about.
_NEEDY = frozenset({"notes", "condensations"})


@dataclass(slots=True)
class Erased:
    """What was erased.

    Attributes:
        ids: Of all rows that are gone.
        removed: How many, by table.
        redacted: Sources in which turns lost their words.
        turns: How many turns did.
        sound: Paths of sound files that go too.
        files: Names of the files that removed sources came from.
    """

    ids: set[str] = field(default_factory=set)
    removed: Counter[str] = field(default_factory=Counter)
    redacted: set[str] = field(default_factory=set)
    turns: int = 0
    sound: list[str] = field(default_factory=list)
    files: set[str] = field(default_factory=set)


def own_sources(store: Store, case_id: str) -> list[str]:
    """Ids of the sources that go as a whole with a participant."""
    voices = sources.load_speakers(store)
    return [
        source.id
        for source in sources.load_sources(store)
        if is_own_source(source, voices, case_id)
    ]


def rows_about(store: Store, ids: Collection[str]) -> set[tuple[str, str]]:
    """Table and id of those rows, and of all that point to them."""
    found: set[tuple[str, str]] = set()
    refs = {**load_shape(store).refs, "notes": {"target_id": ""}}
    wanted = set(ids)
    for table, named in refs.items():
        for row in store.rows(f"SELECT {column_names(['id', *named])} FROM {table}"):
            if not wanted.isdisjoint(map(str, row)):
                found.add((table, str(row[0])))
    return found


class Eraser:
    """Erases within one act.

    Args:
        act: The act.
    """

    def __init__(self, act: Act) -> None:
        self._act = act
        self._store = act.store
        self._shape: Shape = load_shape(act.store)
        language = self._store.rows("SELECT language FROM project")[0][0]
        self._marker = MARKERS.get(language, MARKERS["nb"])
        self._name = EMPTY_NAMES.get(language, EMPTY_NAMES["nb"])
        self.erased = Erased()

    def erase(self, stones: Collection[str]) -> Erased:
        """Erase what tombstones name; what is not there is passed by."""
        for stone in sorted(stones):
            place, turn_id = read_cell_stone(stone), read_turn_stone(stone)
            if place is not None:
                self._empty_cell(place)
            elif turn_id is not None:
                self._redact(self._turns("id = ?", turn_id))
        ids = {stone for stone in stones if ":" not in stone}
        for case_id in sorted(ids & self._known("cases")):
            self._erase_case(case_id)
        for speaker_id in sorted(ids & self._known("speakers")):
            self._erase_voice(speaker_id)
        for source_id in sorted(ids & self._known("sources")):
            self._erase_source(source_id)
        for table in TEXT_COLUMNS:
            if table != "erasures" and self._store.has_table(table):
                for row_id in sorted(ids & self._known(table)):
                    self._remove(table, row_id)
        return self.erased

    def _known(self, table: str) -> set[str]:
        return {str(row[0]) for row in self._store.rows(f"SELECT id FROM {table}")}

    def _erase_case(self, case_id: str) -> None:
        for source_id in own_sources(self._store, case_id):
            self._erase_source(source_id)
        for voice in sources.load_speakers(self._store):
            if voice.case_id == case_id:
                self._erase_voice(voice.id)
        self._remove("cases", case_id)

    def _erase_source(self, source_id: str) -> None:
        self._erase_sound(source_id)
        found = self._store.row("SELECT file_name FROM sources WHERE id = ?", [source_id])
        self.erased.files |= {found[0]} if found and found[0] else set()
        self._let_codings_stand("SELECT suggestion_id FROM suggestion_passages WHERE source_id = ?",
                                source_id)  # fmt: skip
        for owner, table in (("source_id", "codings"), ("source_id", "quotes")):
            self._note(table, self._store.rows(
                f"SELECT id FROM {table} WHERE {owner} = ?", [source_id]
            ))  # fmt: skip
        notes = self._store.rows(
            "SELECT id FROM notes WHERE target_id = ? OR target_id IN "
            "(SELECT id FROM codings WHERE source_id = ?)",
            [source_id, source_id],
        )
        self._note("notes", notes)
        turns = self._store.rows("SELECT count(*) FROM turns WHERE source_id = ?", [source_id])
        self.erased.removed["turns"] += turns[0][0]
        self._note("sources", [(source_id,)])
        sources.remove_source(self._act, source_id)

    def _erase_sound(self, source_id: str) -> None:
        """Sound stands outside the history; the files are the caller's to delete."""
        rows = self._store.rows(
            "SELECT r.id, r.path FROM recordings r JOIN transcriptions t "
            "ON t.recording_id = r.id WHERE t.id = ?",
            [source_id],
        )
        for recording_id, path in rows:
            if path:
                self.erased.sound.append(path)
            for sql in (
                "DELETE FROM chunks WHERE recording_id = ?",
                "DELETE FROM recordings WHERE id = ?",
            ):
                self._store.db.conn.execute(sql, [recording_id])
            self._note("recordings", [(recording_id,)])

    def _erase_voice(self, speaker_id: str) -> None:
        turns = self._turns("speaker_id = ?", speaker_id)
        for source_id in {turn[1] for turn in turns}:
            self._erase_sound(source_id)
        self._redact(turns)
        self._remove("speakers", speaker_id)

    def _turns(self, where: str, value: str | int) -> list[tuple[int, str, int, int]]:
        return self._store.rows(
            f'SELECT id, source_id, "start", "end" FROM turns WHERE {where} ORDER BY "start" DESC',
            [value],
        )

    def _redact(self, turns: Iterable[tuple[int, str, int, int]]) -> None:
        """Take words, voice and times from turns; later ones first, so that offsets hold."""
        for turn_id, source_id, start, end in turns:
            words = load_text(self._store, source_id)[start:end]
            if words == self._marker:
                continue
            is_applied = self._is_applied_as_it_stands(source_id)
            self._clear(source_id, Span(start, end))
            self._act.edit_text(source_id, Edit(start, words, self._marker))
            self._act.update("turns", turn_id, speaker_id=None, start_ms=None, end_ms=None)
            if is_applied:
                self._keep_applied(source_id)
            self.erased.redacted.add(source_id)
            self.erased.turns += 1

    def _is_applied_as_it_stands(self, source_id: str) -> bool:
        return bool(
            self._store.row(
                "SELECT 1 FROM applied_texts a JOIN sources s ON s.id = a.id "
                "WHERE s.id = ? AND s.version = a.version",
                [source_id],
            )
        )

    def _keep_applied(self, source_id: str) -> None:
        version = self._store.rows("SELECT version FROM sources WHERE id = ?", [source_id])[0][0]
        self._act.update("applied_texts", source_id, version=version)

    def _clear(self, source_id: str, span: Span) -> None:
        """Remove what stands on words that go; a coding that reaches further keeps the rest."""
        self._let_codings_stand(_SUGGESTED_THERE, source_id, span.end, span.start)
        for (suggestion_id,) in self._store.rows(
            _SUGGESTED_THERE, [source_id, span.end, span.start]
        ):
            self._remove("suggestions", suggestion_id)
        for table, owner in _PLACED:
            if table in {"turns", "suggestion_passages"}:
                continue
            within = '"start" >= ? AND "end" <= ?' if table == "codings" else _TOUCHES
            border = [span.start, span.end] if table == "codings" else [span.end, span.start]
            for (row_id,) in self._store.rows(
                f"SELECT id FROM {table} WHERE {owner} = ? AND {within}", [source_id, *border]
            ):
                self._remove(table, row_id)

    def _let_codings_stand(self, suggestions: str, *values: Any) -> None:
        """Codings that were suggested become the coder's own: their verdicts go."""
        rows = self._store.rows(
            "SELECT c.id FROM codings c JOIN verdicts v ON v.coding_id = c.id "
            f"WHERE c.origin = 'suggestion' AND v.suggestion_id IN ({suggestions})",
            values,
        )
        for (coding_id,) in rows:
            self._act.update("codings", coding_id, origin="hand")

    def _remove(self, table: str, row_id: Id) -> None:
        """Remove a row; what cannot be without it goes first, the rest lets go of it."""
        if table == "verdicts":
            self._let_codings_stand("SELECT suggestion_id FROM verdicts WHERE id = ?", row_id)
        for child, columns in self._shape.refs.items():
            for column, target in columns.items():
                if target == table and (child, column) != (table, "id"):
                    self._let_go(child, column, row_id)
        kinds = [kind for kind, stands_in in MEMO_TABLES.items() if stands_in == table]
        for kind in kinds:
            for (note_id,) in self._store.rows(
                "SELECT id FROM notes WHERE target = ? AND target_id = ?", [kind, row_id]
            ):
                self._remove("notes", note_id)
        self._note(table, [(row_id,)])
        self._act.delete(table, row_id)

    def _let_go(self, child: str, column: str, row_id: Id) -> None:
        for (child_id,) in self._store.rows(
            f'SELECT id FROM {child} WHERE "{column}" = ?', [row_id]
        ):
            if child in _NEEDY or self._shape.is_required(child, column):
                self._remove(child, child_id)
            else:
                self._act.update(child, child_id, **{column: None})

    def _empty_cell(self, place: CellPlace) -> None:
        names = TEXT_COLUMNS.get(place.table, frozenset())
        if place.column not in names or not self._store.row(
            f"SELECT 1 FROM {place.table} WHERE id = ?", [place.row_id]
        ):
            return
        label = is_label(self._store, place.table, place.column) or place.column == "name"
        word = self._name if label else _EMPTY_JSON.get(place.column, "")
        change_typed(self._act, place.table, place.column, place.row_id, word)

    def _note(self, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
        for (row_id,) in rows:
            self.erased.ids.add(str(row_id))
            self.erased.removed[table] += 1


_EMPTY_JSON = {"insertions": "[]", "theory": "[]", "recipe": "{}"}
_TOUCHES = '"start" < ? AND "end" > ?'
_SUGGESTED_THERE = (
    "SELECT suggestion_id FROM suggestion_passages WHERE source_id = ? "
    'AND "start" < ? AND "end" > ?'
)


def erase_history(
    store: Store, erased: Erased, stones: Iterable[str], is_told: Callable[[HistoryText], bool]
) -> set[tuple[str, int]]:
    """Take the words of what was erased out of the history, within the transaction under way.

    Args:
        store: The study's file.
        erased: What was erased.
        stones: The tombstones.
        is_told: Whether a text of the history tells of what was erased, wherever it stands.

    Returns:
        Event and number of the texts that only the key file has, to be taken out there.
    """
    cells = {place for stone in stones if (place := read_cell_stone(stone)) is not None}
    ids = erased.ids | erased.redacted | _standing_on(store, erased.redacted)

    def is_meant(table: str, column: str, subjects: tuple[str, ...]) -> bool:
        if not ids.isdisjoint(subjects):
            return True
        return any(CellPlace(table, column, one) in cells for one in subjects)

    erase_texts(store, lambda one: is_meant(one.table, one.column, one.subjects) or is_told(one))
    return forget_sealed_texts(store, is_meant)


_KEEPING_WORDS = ("codings", "quotes", "suggestion_passages", "review_items", "review_answers")


def _standing_on(store: Store, source_ids: Iterable[str]) -> set[str]:
    """Rows that keep words of sources, and whose history goes along."""
    found: set[str] = set()
    for source_id in source_ids:
        for table in _KEEPING_WORDS:
            rows = store.rows(f"SELECT id FROM {table} WHERE source_id = ?", [source_id])
            found |= {row[0] for row in rows}
    return found
