"""A row in every table of sound, its words given by a function of table and column."""

from __future__ import annotations

from collections.abc import Callable

from kodebok.domain.ids import new_id
from kodebok.domain.recording import Transcription, WordTime
from kodebok.domain.span import Span
from kodebok.domain.verbatim import Mark, MarkKind
from kodebok.storage import recordings, sounding
from kodebok.storage.history import Act


def write_sound(act: Act, source_id: str, word: Callable[[str, str], str]) -> None:
    """Write a recording with a chunk, and what a source keeps of its sound."""
    recording_id = new_id()
    names = ("name", "path", "settings")
    facts = {"sha256": "0" * 64, "language": "nb", "speakers": 2, "duration_ms": 1, "engine": "e"}
    typed = {name: word("recordings", name) for name in names}
    row = {"id": recording_id, **typed, **facts, "created": act.at, "deleted_at": ""}
    act.insert("recordings", row)
    chunk = {"id": new_id(), "recording_id": recording_id, "number": 0, "start_ms": 0, "end_ms": 1}
    said = {"state": "text", "segments": word("chunks", "segments"), "tries": 1}
    act.insert("chunks", {**chunk, **said, "engine": "e", "dropped": "[]"})
    recordings.add_transcription(act, Transcription(source_id, recording_id, "e", 2, act.at))
    sounding.add_word_times(act, [WordTime(1, source_id, 0, 2, 0, 500, 0.5)])
    sounding.add_heard(act, source_id, Span(0, 2))
    value = word("marks", "value")
    sounding.add_mark(act, Mark(new_id(), source_id, 2, 2, MarkKind.SOUND, value))
