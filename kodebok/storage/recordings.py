"""Recordings and their chunks: work under way, written as it comes and outside the history.

Each write is a transaction of its own, durable when the function returns. What a source keeps of
its sound (word times, what was heard, marks) stands in `sounding`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from kodebok.domain.ids import new_id, now
from kodebok.domain.recording import (
    Recording,
    SpeechPlan,
    Transcription,
    VoiceSpan,
    pack_segments,
    unpack_segments,
)
from kodebok.domain.speech import Chunk, ChunkState
from kodebok.storage.database import Store
from kodebok.storage.history import Act
from kodebok.storage.rows import load_all

DELETE_SOUND = "sound.delete"

_COLUMNS = (
    "id, name, path, sha256, language, speakers, settings, duration_ms, engine, plan, voices, "
    "created, deleted_at"
)


def add_recording(store: Store, recording: Recording) -> None:
    """Write a new recording."""
    with store.transaction():
        store.db.conn.execute(
            f"INSERT INTO recordings ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                *(recording.id, recording.name, recording.path, recording.sha256),
                *(recording.language, recording.speakers, _dump(recording.settings)),
                *(recording.duration_ms, recording.engine, _dump_plan(recording.plan)),
                *(_dump_voices(recording.voices), recording.created or now(), ""),
            ],
        )


def load_recordings(store: Store) -> list[Recording]:
    """All recordings, in the order in which they came."""
    rows = store.rows(f"SELECT {_COLUMNS} FROM recordings ORDER BY created, id")
    return [_recording(row) for row in rows]


def load_recording(store: Store, recording_id: str) -> Recording:
    """One recording; KeyError when there is none."""
    found = store.row(f"SELECT {_COLUMNS} FROM recordings WHERE id = ?", [recording_id])
    if found is None:
        raise KeyError(recording_id)
    return _recording(found)


def _recording(row: tuple[Any, ...]) -> Recording:
    values = list(row)
    values[6] = json.loads(values[6])
    values[9] = None if values[9] is None else _load_plan(values[9])
    if values[10] is not None:
        values[10] = tuple(VoiceSpan(*span) for span in json.loads(values[10]))
    return Recording(*values)


def write_plan(
    store: Store, recording_id: str, duration_ms: int, engine: str, plan: SpeechPlan
) -> None:
    """Write where somebody speaks, which stretches are to become chunks, and by which engine."""
    _update(store, recording_id, duration_ms=duration_ms, engine=engine, plan=_dump_plan(plan))


def write_voices(store: Store, recording_id: str, voices: Iterable[VoiceSpan] | None) -> None:
    """Write who speaks when; None forgets it."""
    _update(store, recording_id, voices=_dump_voices(voices))


def write_request(
    store: Store, recording_id: str, language: str, speakers: int, settings: dict[str, Any]
) -> None:
    """Write what the transcription is told; only before its first chunk."""
    _update(store, recording_id, language=language, speakers=speakers, settings=_dump(settings))


def _update(store: Store, recording_id: str, **values: Any) -> None:
    sets = ", ".join(f"{name} = ?" for name in values)
    with store.transaction():
        store.db.conn.execute(
            f"UPDATE recordings SET {sets} WHERE id = ?", [*values.values(), recording_id]
        )


def add_chunk(store: Store, recording_id: str, chunk: Chunk) -> None:
    """Write a chunk that is done; one of the same number that has its words already stays."""
    with store.transaction():
        store.db.conn.execute(
            "INSERT INTO chunks (id, recording_id, number, start_ms, end_ms, state, "
            "segments, tries, engine, dropped) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
            "ON CONFLICT (recording_id, number) DO UPDATE SET segments = excluded.segments, "
            "state = excluded.state, tries = excluded.tries, dropped = excluded.dropped "
            "WHERE segments = ''",
            [
                *(new_id(), recording_id, chunk.number, chunk.start_ms, chunk.end_ms),
                *(str(chunk.state), pack_segments(chunk.segments), chunk.tries, chunk.engine),
                _dump([list(item) for item in chunk.dropped]),
            ],
        )


def load_chunks(store: Store, recording_id: str) -> list[Chunk]:
    """The chunks that were heard, in order; without words once the source is made."""
    rows = store.rows(
        "SELECT number, start_ms, end_ms, state, segments, tries, engine, dropped FROM chunks "
        "WHERE recording_id = ? ORDER BY number",
        [recording_id],
    )
    return [
        Chunk(
            number,
            start_ms,
            end_ms,
            ChunkState(state),
            unpack_segments(segments or "[]"),
            tries,
            engine,
            tuple((why, start, end) for why, start, end in json.loads(dropped)),
        )
        for number, start_ms, end_ms, state, segments, tries, engine, dropped in rows
    ]


def count_chunks(store: Store) -> dict[str, int]:
    """How many chunks are done, by recording id."""
    return dict(store.rows("SELECT recording_id, count(*) FROM chunks GROUP BY recording_id"))


def forget_chunks(store: Store, recording_id: str) -> None:
    """Throw away what was recognised, to begin anew."""
    with store.transaction():
        execute = store.db.conn.execute
        execute("DELETE FROM chunks WHERE recording_id = ?", [recording_id])
        execute(
            "UPDATE recordings SET plan = NULL, voices = NULL, engine = '' WHERE id = ?",
            [recording_id],
        )


def move_words_out(act: Act, recording_id: str) -> None:
    """Take the words out of the chunks, as part of the act that makes the source.

    From then on the source alone has them: anonymising it must not leave a second copy. Undo of
    the act brings them back.
    """
    rows = act.store.rows("SELECT id FROM chunks WHERE recording_id = ?", [recording_id])
    for (chunk_id,) in rows:
        act.update("chunks", chunk_id, segments="")


def add_transcription(act: Act, transcription: Transcription) -> None:
    """Write that a source was recognised by a machine."""
    act.insert(
        "transcriptions",
        {
            "id": transcription.id,
            "recording_id": transcription.recording_id,
            "engine": transcription.engine,
            "speakers": transcription.speakers,
            "at": transcription.at or now(),
        },
    )


def load_transcriptions(store: Store) -> list[Transcription]:
    """Every source whose words a machine recognised."""
    return load_all(store, Transcription, "transcriptions", "ORDER BY at, id")


def note_deleted(act: Act, recording_id: str) -> None:
    """Leave the receipt of a deleted sound: that, when and by whom, and no name.

    Name, place and settings are wiped beside the act, since the history would keep them.
    """
    act.update("recordings", recording_id, deleted_at=act.at)
    act.store.db.conn.execute(
        "UPDATE recordings SET name = '', path = '', settings = '{}', voices = NULL WHERE id = ?",
        [recording_id],
    )


def remove_recording(store: Store, recording_id: str) -> None:
    """Remove a recording and its chunks for good; its sound file is the caller's to delete."""
    with store.transaction():
        store.db.conn.execute("DELETE FROM chunks WHERE recording_id = ?", [recording_id])
        store.db.conn.execute("DELETE FROM recordings WHERE id = ?", [recording_id])


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _dump_plan(plan: SpeechPlan | None) -> str | None:
    return None if plan is None else _dump({"speech": plan.speech, "chunks": plan.chunks})


def _load_plan(stored: str) -> SpeechPlan:
    plan = json.loads(stored)
    return SpeechPlan(
        tuple((start, end) for start, end in plan["speech"]),
        tuple((start, end) for start, end in plan["chunks"]),
    )


def _dump_voices(voices: Iterable[VoiceSpan] | None) -> str | None:
    if voices is None:
        return None
    return _dump([[span.start_ms, span.end_ms, span.voice] for span in voices])
