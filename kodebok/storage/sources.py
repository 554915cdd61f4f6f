"""Sources, their texts, speakers and turns; what was asked in them and who has read them."""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from kodebok.domain.ids import new_id, now
from kodebok.domain.source import Source, Speaker, Turn
from kodebok.storage.blind import end_blind
from kodebok.storage.database import Store
from kodebok.storage.history import Act
from kodebok.storage.reviews import forget_reviews_of
from kodebok.storage.rows import load_all, only, to_row
from kodebok.storage.search import CASE_OF_TURN
from kodebok.storage.sounding import forget_sound_of
from kodebok.storage.suggestions import forget_suggestions_of
from kodebok.storage.text_edits import load_text

__all__ = [
    "VoiceAt",
    "add_source",
    "add_speaker",
    "add_turn",
    "change_source",
    "change_speaker",
    "count_turns",
    "load_asked",
    "load_reads",
    "load_source",
    "load_sources",
    "load_speakers",
    "load_text",
    "load_turns",
    "load_voice_at",
    "mark_asked",
    "mark_read",
    "merge_speakers",
    "new_turn_id",
    "new_turn_ids",
    "remove_source",
    "remove_turn",
    "unmark_read",
]

# A turn's id is 43 bits for the source (milliseconds since 2025 and three random bits), then 20 for
# its number there: ascending in the order of import, and not the same in two copies of a project.
_NUMBER_BITS, _RANDOM_BITS = 20, 3
_EPOCH_MS = 1_735_689_600_000
_last_base = 0

_CHANGEABLE = frozenset(
    "name type case_id language date place mode interviewer observer finished".split()
)

_TURN_COLUMNS = ("id", "source_id", "start", "end", "speaker_id", "start_ms", "end_ms")


def load_sources(store: Store) -> list[Source]:
    """All sources in the order of their names."""
    return load_all(store, Source, "sources", "ORDER BY name")


def load_source(store: Store, source_id: str) -> Source:
    """One source; KeyError when there is none."""
    found = load_all(store, Source, "sources", "WHERE id = ?", [source_id])
    if not found:
        raise KeyError(source_id)
    return found[0]


def load_turns(store: Store, source_id: str) -> list[Turn]:
    """The turns of a source in the order of its text."""
    return load_all(store, Turn, "turns", 'WHERE source_id = ? ORDER BY "start"', [source_id])


def count_turns(store: Store) -> dict[str, int]:
    """Number of turns by source id."""
    return dict(store.rows("SELECT source_id, count(*) FROM turns GROUP BY source_id"))


def load_speakers(store: Store, source_id: str | None = None) -> list[Speaker]:
    """The voices of one source, or of all."""
    if source_id is None:
        return load_all(store, Speaker, "speakers", "ORDER BY source_id, label")
    return load_all(store, Speaker, "speakers", "WHERE source_id = ? ORDER BY label", [source_id])


def new_turn_ids(count: int) -> range:
    """Ids for the turns of a new source."""
    global _last_base  # noqa: PLW0603 - two sources of one millisecond
    since = time.time_ns() // 1_000_000 - _EPOCH_MS
    drawn = (since << _RANDOM_BITS) + secrets.randbits(_RANDOM_BITS)
    _last_base = max(drawn, _last_base + 1)
    base = _last_base << _NUMBER_BITS
    return range(base + 1, base + 1 + count)


def new_turn_id(store: Store, source_id: str) -> int:
    """An id for one more turn of a source."""
    found = store.row("SELECT max(id) FROM turns WHERE source_id = ?", [source_id])
    return found[0] + 1 if found and found[0] else new_turn_ids(1)[0]


def add_source(
    act: Act, source: Source, text: str, speakers: Iterable[Speaker], turns: Iterable[Turn]
) -> None:
    """Write a source with its canonical text, voices and turns, and index it."""
    act.insert("sources", to_row(source, created=source.created or now()))
    act.insert("texts", {"id": source.id, "text": text})
    for speaker in speakers:
        act.insert("speakers", to_row(speaker))
    rows = [[getattr(turn, name) for name in _TURN_COLUMNS] for turn in turns]
    act.insert_many("turns", _TURN_COLUMNS, rows)


_HANGING_ON_A_SOURCE = (
    "codings", "quotes", "wonderings", "asked", "reads", "replacements", "settlements",
    "blind_sources",
)  # fmt: skip


def remove_source(act: Act, source_id: str) -> None:
    """Remove a source and everything that stands on it."""
    store = act.store
    codings = store.rows("SELECT id FROM codings WHERE source_id = ?", [source_id])
    for (coding_id,) in codings:
        act.delete_where("condensations", "coding_id", coding_id)
        act.delete_where("notes", "target_id", coding_id)
    act.delete_where("notes", "target_id", source_id)
    for table in _HANGING_ON_A_SOURCE:
        act.delete_where(table, "source_id", source_id)
    forget_suggestions_of(act, source_id)
    forget_reviews_of(act, source_id)
    forget_sound_of(act, source_id)
    turns = store.rows(
        'SELECT id, source_id, "start", "end", speaker_id, start_ms, end_ms FROM turns '
        "WHERE source_id = ?",
        [source_id],
    )
    act.delete_many("turns", _TURN_COLUMNS, turns)
    act.delete_where("speakers", "source_id", source_id)
    act.delete("applied_texts", source_id)
    act.delete("texts", source_id)
    act.delete("sources", source_id)


def add_turn(act: Act, turn: Turn) -> None:
    """Write one more turn; its words stand in the text already."""
    act.insert("turns", to_row(turn))


def remove_turn(act: Act, turn: Turn) -> None:
    """Remove a turn's row; its words stay in the text."""
    act.delete("turns", turn.id)


def add_speaker(act: Act, speaker: Speaker) -> None:
    """Write a new voice."""
    act.insert("speakers", to_row(speaker))


def change_speaker(act: Act, speaker_id: str, **values: str | None) -> bool:
    """Change a voice's label, role or participant; False when they were so."""
    return act.update("speakers", speaker_id, **values)


def merge_speakers(act: Act, from_id: str, into_id: str) -> bool:
    """Give one voice's turns to another, and remove it."""
    rows = act.store.rows("SELECT id FROM turns WHERE speaker_id = ?", [from_id])
    for (turn_id,) in rows:
        act.update("turns", turn_id, speaker_id=into_id)
    act.delete("speakers", from_id)
    return True


def change_source(act: Act, source_id: str, **values: Any) -> bool:
    """Change what is known about a source (not its text); False when it was so."""
    return act.update("sources", source_id, **only(values, _CHANGEABLE))


@dataclass(frozen=True, slots=True)
class VoiceAt:
    """Whose words stand at a place of a source.

    Attributes:
        case_id: The turn's participant, else the source's.
    """

    label: str | None
    case_id: str | None
    time_ms: int | None


def load_voice_at(store: Store, source_id: str, offset: int) -> VoiceAt:
    """The voice, participant and time of the turn at an offset."""
    found = store.row(
        f"SELECT p.label, {CASE_OF_TURN}, t.start_ms FROM sources s "
        "LEFT JOIN turns t ON t.id = (SELECT id FROM turns WHERE source_id = s.id "
        'AND "start" <= ? ORDER BY "start" DESC LIMIT 1) '
        "LEFT JOIN speakers p ON p.id = t.speaker_id WHERE s.id = ?",
        [offset, source_id],
    )
    return VoiceAt(*found) if found else VoiceAt(None, None, None)


def load_asked(store: Store) -> set[tuple[str, str]]:
    """Pairs of source id and code id: the guide of that source asked about that code."""
    return {(row[0], row[1]) for row in store.rows("SELECT source_id, code_id FROM asked")}


def mark_asked(act: Act, source_id: str, code_ids: Iterable[str]) -> None:
    """Set which codes the guide of a source asked about."""
    wanted = set(code_ids)
    rows = act.store.rows("SELECT id, code_id FROM asked WHERE source_id = ?", [source_id])
    for row_id, code_id in rows:
        if code_id not in wanted:
            act.delete("asked", row_id)
    for code_id in sorted(wanted - {code_id for _, code_id in rows}):
        act.insert("asked", {"id": new_id(), "source_id": source_id, "code_id": code_id})


def load_reads(store: Store) -> dict[str, set[str]]:
    """By source id: the ids of those who have read it through."""
    reads: dict[str, set[str]] = {}
    for source_id, coder_id in store.rows("SELECT source_id, coder_id FROM reads"):
        reads.setdefault(source_id, set()).add(coder_id)
    return reads


def mark_read(act: Act, source_id: str, coder_id: str) -> bool:
    """Note that a coder has read a source through; False when it was noted already.

    Whoever coded it blind sees again.
    """
    end_blind(act, coder_id, [source_id])
    known = act.store.row(
        "SELECT 1 FROM reads WHERE source_id = ? AND coder_id = ?", [source_id, coder_id]
    )
    if known:
        return False
    row: dict[str, Any] = {"id": new_id(), "source_id": source_id, "coder_id": coder_id}
    act.insert("reads", {**row, "at": now()})
    return True


def unmark_read(act: Act, source_id: str, coder_id: str) -> bool:
    """Take back that a coder has read a source; False when it was not noted."""
    found = act.store.row(
        "SELECT id FROM reads WHERE source_id = ? AND coder_id = ?", [source_id, coder_id]
    )
    if found:
        act.delete("reads", found[0])
    return found is not None
