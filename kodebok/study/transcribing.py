"""From a sound file to a source: heard chunk by chunk in a child process, then made a source.

The way: `recorded.admit_sound` → `transcribe`, an iterator of progress that goes on after any break
→ the source, made in one act when every stretch of speech is covered. The iterator works on the
store of the study it is given, so a thread of its own needs a study of its own.
"""

from __future__ import annotations

import time
from collections.abc import Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from kodebok.domain.recording import (
    Recording,
    RecordingState,
    SpeechPlan,
    VoiceSpan,
    has_words,
    row_chunk,
    uncovered,
)
from kodebok.domain.source import Source
from kodebok.domain.speech import Chunk
from kodebok.errors import KodebokError, MissingComponentError, ProjectInUseError, WrongUseError
from kodebok.i18n import translator
from kodebok.jobs.child import run_stage
from kodebok.jobs.stages import Runner
from kodebok.storage import recordings
from kodebok.storage.database import Store
from kodebok.study.opening import Study
from kodebok.study.recorded import known_recording
from kodebok.study.sound_files import sound_path
from kodebok.study.sound_in_key import told_place
from kodebok.study.spoken_source import make_source

_ = translator("study")

_TRIES_WHEN_IN_USE = 24  # of five seconds each: a chunk of work is not thrown away for a lock


class Step(StrEnum):
    """What is going on in a recording."""

    SPEECH = "speech"
    TEXT = "text"
    VOICES = "voices"
    SOURCE = "source"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Progress:
    """Something that has happened with a recording.

    Attributes:
        done_ms, total_ms: Speech, not silence, in milliseconds.
        left_s: Guess of the seconds that are left; None before there is anything to guess by.
        chunk: What was heard last.
        source: The finished source.
        error: Why it failed; the others of a queue go on.
    """

    recording: Recording
    step: Step
    done_ms: int = 0
    total_ms: int = 0
    left_s: float | None = None
    chunk: Chunk | None = None
    source: Source | None = None
    error: KodebokError | None = None
    doubts: tuple[str, ...] = ()


def transcribe_all(
    study: Study, recording_ids: Iterable[str], run: Runner = run_stage
) -> Generator[Progress, None, None]:
    """Transcribe recordings one after another; one that fails does not stop the others.

    Raises:
        MissingComponentError: What every one of them needs is not installed.
    """
    for recording_id in recording_ids:
        try:
            yield from transcribe(study, recording_id, run)
        except MissingComponentError:
            raise
        except KodebokError as error:
            recording = recordings.load_recording(study.store, recording_id)
            yield Progress(recording, Step.FAILED, error=error)


def transcribe(
    study: Study, recording_id: str, run: Runner = run_stage
) -> Generator[Progress, None, None]:
    """Go on with a recording where it stands, and make its source at the end.

    Each chunk is on the disk before its progress is given. Closing the iterator ends the child;
    calling again goes on at the next chunk.

    Raises:
        KodebokError: The stage failed, or speech was left uncovered; what was done is kept.
    """
    store = study.store
    state = known_recording(store, recording_id).state
    if state in {RecordingState.FINISHED, RecordingState.DELETED}:
        return
    if state is not RecordingState.HEARD:
        yield from _hear(study, recording_id, run)
    recording = recordings.load_recording(store, recording_id)
    if recording.speakers > 1 and recording.voices is None:
        yield Progress(recording, Step.VOICES)
        _tell_voices_apart(study, recording, run)
    recording = recordings.load_recording(store, recording_id)
    chunks = recordings.load_chunks(store, recording_id)
    _check_covered(recording, chunks)
    total = _total(recording)
    source = make_source(store, study.coder.id, recording, chunks)
    yield Progress(recording, Step.SOURCE, total, total, 0.0, source=source)


def _hear(study: Study, recording_id: str, run: Runner) -> Iterator[Progress]:
    recording = recordings.load_recording(study.store, recording_id)
    kept = recordings.load_chunks(study.store, recording_id)
    done = {chunk.number: chunk for chunk in kept if has_words(chunk)}
    done_ms = sum(chunk.end_ms - chunk.start_ms for chunk in done.values())
    clock = _Clock()
    yield Progress(recording, Step.SPEECH, done_ms, _total(recording))
    arguments = {
        "path": str(sound_path(study.folder, told_place(study, recording))),
        "settings": {**recording.settings, "language": recording.language},
        "done": sorted(done),
    }
    for row in run("transcribe", arguments):
        if "progress" in row:
            yield Progress(recording, Step.SPEECH, *row["progress"])
        elif "plan" in row:
            recording = _take_plan(study.store, recording, row["plan"])
            doubts = _doubts(row["plan"])
            yield Progress(recording, Step.TEXT, done_ms, _total(recording), doubts=doubts)
        else:
            chunk = row_chunk(row["chunk"])
            _write_chunk(study.store, recording_id, chunk)
            done_ms += chunk.end_ms - chunk.start_ms
            clock.add(chunk.end_ms - chunk.start_ms)
            left_s = clock.left(_total(recording) - done_ms)
            yield Progress(recording, Step.TEXT, done_ms, _total(recording), left_s, chunk)


def _total(recording: Recording) -> int:
    return recording.plan.length_ms if recording.plan else 0


def _doubts(plan: Mapping[str, Any]) -> tuple[str, ...]:
    if not plan["broken"]:
        return ()
    return (_("the file is damaged or lacks its end; it is read as far as it goes"),)


class _Clock:
    """Guesses the time that is left from the pace of this run."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._heard_ms = 0

    def add(self, heard_ms: int) -> None:
        self._heard_ms += heard_ms

    def left(self, left_ms: int) -> float | None:
        if not self._heard_ms:
            return None
        return (time.monotonic() - self._began) * left_ms / self._heard_ms


def _take_plan(store: Store, recording: Recording, plan: Mapping[str, Any]) -> Recording:
    given = SpeechPlan(
        tuple((start, end) for start, end in plan["speech"]),
        tuple((start, end) for start, end in plan["chunks"]),
    )
    engine = plan["engine"]
    if recording.plan is None:
        recordings.write_plan(store, recording.id, plan["duration_ms"], engine, given)
    elif recording.plan != given or recording.engine != engine:
        raise WrongUseError(
            _("the recording was begun with another model, or with other settings"),
            _("go on with those, or begin anew with --again"),
            "K952",
        )
    return recordings.load_recording(store, recording.id)


def _write_chunk(store: Store, recording_id: str, chunk: Chunk) -> None:
    for left in reversed(range(_TRIES_WHEN_IN_USE)):
        try:
            recordings.add_chunk(store, recording_id, chunk)
        except ProjectInUseError:
            if not left:
                raise
        else:
            return


def _tell_voices_apart(study: Study, recording: Recording, run: Runner) -> None:
    arguments = {
        "path": str(sound_path(study.folder, told_place(study, recording))),
        "speakers": recording.speakers,
        "speech": [list(stretch) for stretch in recording.plan.speech] if recording.plan else [],
    }
    spans: list[VoiceSpan] = []
    for row in run("voices", arguments):
        spans += [VoiceSpan(*span) for span in row["voices"]]
    recordings.write_voices(study.store, recording.id, spans)


def _check_covered(recording: Recording, chunks: list[Chunk]) -> None:
    left = uncovered(recording.plan, chunks) if recording.plan else []
    if left:
        raise KodebokError(
            _("{n} stretches of speech are neither text nor marked as unclear", n=len(left)),
            _("go on with 'kodebok transcribe --resume'"),
            "K953",
        )
