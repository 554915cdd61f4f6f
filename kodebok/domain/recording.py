"""Recordings: a sound file of the study, and how far its transcription has come.

Times are milliseconds from the beginning of the recording.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from kodebok.domain.speech import Chunk, ChunkState, Segment, SpokenWord

Stretch = tuple[int, int]


class RecordingState(StrEnum):
    """How far a recording has come.

    `heard`: every stretch of speech is done, and the source is not made yet.
    """

    WAITING = "waiting"
    BEGUN = "begun"
    HEARD = "heard"
    FINISHED = "finished"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True)
class VoiceSpan:
    """A stretch that one voice speaks.

    Attributes:
        voice: Number of the voice, from 0, in the order in which they first speak.
    """

    start_ms: int
    end_ms: int
    voice: int


@dataclass(frozen=True, slots=True)
class SpeechPlan:
    """Where somebody speaks, and the stretches that it is heard in.

    Attributes:
        chunks: In order; a chunk's place is its number.
    """

    speech: tuple[Stretch, ...]
    chunks: tuple[Stretch, ...]

    @property
    def length_ms(self) -> int:
        """How long all chunks are together."""
        return sum(end - start for start, end in self.chunks)


@dataclass(frozen=True, slots=True)
class Recording:
    """A sound file.

    Attributes:
        name: What its source is to be called; empty once the sound is deleted.
        path: Where it lies: relative to the project's folder, or absolute when it was left where
            it was; empty once it is deleted.
        sha256: Of the file's bytes, in hex.
        speakers: How many voices the user said there are; 0 for voices not told apart.
        settings: What the transcription was told, such as the model's name.
        engine: Fingerprint of model and settings; empty before the work has begun.
        plan: What is to be heard; None before it is made.
        voices: Who speaks when; None before it was found out.
        deleted_at: When the sound was deleted; empty while it lies there.
    """

    id: str
    name: str
    path: str
    sha256: str
    language: str
    speakers: int
    settings: dict[str, Any]
    duration_ms: int = 0
    engine: str = ""
    plan: SpeechPlan | None = None
    voices: tuple[VoiceSpan, ...] | None = None
    created: str = ""
    deleted_at: str = ""


@dataclass(frozen=True, slots=True)
class Transcription:
    """That a source's words were recognised by a machine, and by which.

    Attributes:
        id: The source's id.
        recording_id: The recording, which another copy of the study may lack.
    """

    id: str
    recording_id: str
    engine: str
    speakers: int
    at: str


@dataclass(frozen=True, slots=True)
class WordTime:
    """When the words at a passage of a source's text are spoken.

    Attributes:
        id: Ascending within a source, in the order of its words.
        start, end: Offsets; empty when the words were taken out.
        probability: How sure the model was, 0 to 1; 1 when a person has settled the word.
    """

    id: int
    source_id: str
    start: int
    end: int
    start_ms: int
    end_ms: int
    probability: float


def state_of(recording: Recording, done: int, *, has_source: bool) -> RecordingState:
    """How far a recording has come.

    Args:
        recording: The recording.
        done: How many of its chunks are done.
        has_source: Whether its source stands in the study.
    """
    if recording.deleted_at:
        return RecordingState.DELETED
    if has_source:
        return RecordingState.FINISHED
    if recording.plan is None:
        return RecordingState.WAITING
    return RecordingState.HEARD if done >= len(recording.plan.chunks) else RecordingState.BEGUN


def has_words(chunk: Chunk) -> bool:
    """Whether a chunk says what was heard, or that nothing was: its words move to its source."""
    return bool(chunk.segments) or chunk.state is ChunkState.UNCLEAR


def uncovered(plan: SpeechPlan, chunks: Iterable[Chunk]) -> list[Stretch]:
    """The stretches that were to be heard and that no chunk covers, with text or as unclear."""
    done = {(chunk.start_ms, chunk.end_ms) for chunk in chunks}
    return [stretch for stretch in plan.chunks if stretch not in done]


def pack_segments(segments: Iterable[Segment]) -> str:
    """Segments as JSON, short: `[[start, end, [[start, end, text, probability], …]], …]`."""
    packed = [
        [
            segment.start_ms,
            segment.end_ms,
            [[w.start_ms, w.end_ms, w.text, round(w.probability, 3)] for w in segment.words],
        ]
        for segment in segments
    ]
    return json.dumps(packed, ensure_ascii=False, separators=(",", ":"))


def unpack_segments(packed: str) -> tuple[Segment, ...]:
    """The inverse of `pack_segments`; probabilities come back with three decimals."""
    return tuple(
        Segment(start, end, tuple(SpokenWord(*word) for word in words))
        for start, end, words in json.loads(packed)
    )


def chunk_row(chunk: Chunk) -> dict[str, Any]:
    """A chunk as plain JSON values, for the way out of the child process."""
    return {
        "number": chunk.number,
        "start_ms": chunk.start_ms,
        "end_ms": chunk.end_ms,
        "state": str(chunk.state),
        "segments": pack_segments(chunk.segments),
        "tries": chunk.tries,
        "engine": chunk.engine,
        "dropped": [list(item) for item in chunk.dropped],
    }


def row_chunk(row: dict[str, Any]) -> Chunk:
    """The inverse of `chunk_row`."""
    return Chunk(
        **{
            **row,
            "state": ChunkState(row["state"]),
            "segments": unpack_segments(row["segments"]),
            "dropped": tuple((why, start, end) for why, start, end in row["dropped"]),
        }
    )
