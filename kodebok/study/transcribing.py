"""From a sound file to a source: taken in, heard chunk by chunk in a child process, made a source.

The way: `admit_sound` → `transcribe` (an iterator of progress; resumable after any break) → the
source, made in one act when every stretch of speech is covered. The iterator works on the store of
the study it is given, so a thread of its own needs a study of its own.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from kodebok.domain.ids import new_id
from kodebok.domain.recording import (
    Recording,
    RecordingState,
    SpeechPlan,
    VoiceSpan,
    row_chunk,
    state_of,
    uncovered,
)
from kodebok.domain.source import Source, SourceType
from kodebok.domain.speech import Chunk
from kodebok.domain.text import canonicalise, fold_space
from kodebok.errors import KodebokError, MissingComponentError, ProjectInUseError, WrongUseError
from kodebok.i18n import translator
from kodebok.jobs.child import run_stage
from kodebok.jobs.stages import Runner
from kodebok.storage import recordings
from kodebok.storage.database import Store
from kodebok.study.opening import Study
from kodebok.study.sound_files import keep_sound, sound_path
from kodebok.study.spoken_source import make_source

_ = translator("study")

MOST_SPEAKERS = 20
_TRIES_WHEN_IN_USE = 24  # of five seconds each: a chunk of work is not thrown away for a lock


@dataclass(frozen=True, slots=True)
class SoundRequest:
    """What the user says of the sound files of one command.

    Attributes:
        language: Of the speech.
        speakers: How many voices there are; 0 or 1 when they are not to be told apart.
        settings: What the stage is told, such as `{"model": "nb-whisper-small"}`.
        case: Name of the participant; made when there is none of that name.
        in_place: Whether the file stays where it lies, in place of a copy in the study's folder.
    """

    language: str = "nb"
    speakers: int = 0
    settings: Mapping[str, Any] = field(default_factory=dict)
    name: str = ""
    case: str = ""
    type: SourceType = SourceType.INTERVIEW
    in_place: bool = False


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


@dataclass(frozen=True, slots=True)
class KnownRecording:
    """A recording with how far it has come.

    Attributes:
        source_id: Its source; None before it is made.
        done_ms, total_ms: Speech that is done, and all of it.
    """

    recording: Recording
    state: RecordingState
    source_id: str | None
    done_ms: int
    total_ms: int


def list_recordings(store: Store) -> list[KnownRecording]:
    """Every recording of the study, in the order in which they came."""
    made = {t.recording_id: t.id for t in recordings.load_transcriptions(store)}
    listed = []
    for recording in recordings.load_recordings(store):
        done = recordings.load_chunks(store, recording.id)
        source_id = made.get(recording.id)
        listed.append(
            KnownRecording(
                recording,
                state_of(recording, len(done), has_source=source_id is not None),
                source_id,
                sum(chunk.end_ms - chunk.start_ms for chunk in done),
                recording.plan.length_ms if recording.plan else 0,
            )
        )
    return listed


def admit_sound(study: Study, path: Path, request: SoundRequest) -> KnownRecording:
    """Take a sound file into the study; the same file (by its content) is taken in once.

    Returns:
        The recording with its state: `waiting` when it is new.

    Raises:
        WrongUseError: The file is not there, is empty, or the number of voices makes no sense.
        KodebokError: The file could not be copied.
    """
    if not 0 <= request.speakers <= MOST_SPEAKERS:
        raise WrongUseError(
            _("{n} voices cannot be told apart", n=request.speakers),
            _("give a number from 1 to {most}", most=MOST_SPEAKERS),
            "K950",
        )
    kept = keep_sound(study.folder, path, in_place=request.in_place, known=_by_digest(study.store))
    settings = {**request.settings, "type": str(request.type), "case": request.case}
    if kept.known_id is None:
        name = fold_space(canonicalise(request.name or path.stem))
        made = Recording(
            new_id(),
            name or _("recording"),
            kept.path,
            kept.sha256,
            request.language,
            request.speakers,
            settings,
        )
        recordings.add_recording(study.store, made)
        return known_recording(study.store, made.id)
    known = known_recording(study.store, kept.known_id)
    if known.state is RecordingState.WAITING:
        recordings.write_request(
            study.store, kept.known_id, request.language, request.speakers, settings
        )
    return known_recording(study.store, kept.known_id)


def _by_digest(store: Store) -> dict[str, str]:
    return {r.sha256: r.id for r in recordings.load_recordings(store) if not r.deleted_at}


def known_recording(store: Store, recording_id: str) -> KnownRecording:
    """One recording with its state; KeyError when there is none."""
    for known in list_recordings(store):
        if known.recording.id == recording_id:
            return known
    raise KeyError(recording_id)


def begin_anew(study: Study, recording_id: str, request: SoundRequest) -> None:
    """Throw away what was recognised of a recording whose source is not made.

    Raises:
        WrongUseError: Its source stands in the study.
    """
    known = known_recording(study.store, recording_id)
    if known.source_id is not None:
        raise WrongUseError(
            _("the recording is a source of the study already"),
            _("remove that source first, if it is to be transcribed anew"),
            "K951",
        )
    settings = {**request.settings, "type": str(request.type), "case": request.case}
    recordings.forget_chunks(study.store, recording_id)
    recordings.write_request(
        study.store, recording_id, request.language, request.speakers, settings
    )


def transcribe_all(
    study: Study, recording_ids: Iterable[str], run: Runner = run_stage
) -> Iterator[Progress]:
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


def transcribe(study: Study, recording_id: str, run: Runner = run_stage) -> Iterator[Progress]:
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
    done = {chunk.number: chunk for chunk in recordings.load_chunks(study.store, recording_id)}
    done_ms = sum(chunk.end_ms - chunk.start_ms for chunk in done.values())
    clock = _Clock()
    yield Progress(recording, Step.SPEECH, done_ms, _total(recording))
    arguments = {
        "path": str(sound_path(study.folder, recording)),
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
        "path": str(sound_path(study.folder, recording)),
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
