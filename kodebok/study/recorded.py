"""Recordings of a study: taken in, listed with how far they have come, begun anew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kodebok.domain.ids import new_id
from kodebok.domain.recording import Recording, RecordingState, has_words, state_of
from kodebok.domain.source import SourceType
from kodebok.domain.text import canonicalise, fold_space
from kodebok.errors import WrongUseError
from kodebok.i18n import translator
from kodebok.storage import recordings
from kodebok.storage.database import Store
from kodebok.storage.sources import load_sources
from kodebok.study.opening import Study
from kodebok.study.sound_files import keep_sound

_ = translator("study")

MOST_SPEAKERS = 20
_FEWEST_SIGNS = 4  # of an id that name it


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


def check_model(name: str) -> None:
    """See that a speech model can be had, before anything is copied for it.

    Raises:
        MissingComponentError: K911, there is none on this machine.
        WrongUseError: K910, there is none of that name, or none was named and there are several.
    """
    from kodebok.transcribe.models import find_model

    find_model(name)


def list_recordings(store: Store) -> list[KnownRecording]:
    """Every recording of the study, in the order in which they came."""
    made = {t.recording_id: t.id for t in recordings.load_transcriptions(store)}
    listed = []
    for recording in recordings.load_recordings(store):
        done = recordings.load_chunks(store, recording.id)
        source_id = made.get(recording.id)
        if source_id is None:
            done = [chunk for chunk in done if has_words(chunk)]
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


def find_recording(store: Store, typed: str) -> KnownRecording:
    """The recording of a source, or one by its own name or the first signs of its id.

    Raises:
        WrongUseError: There is none, or more than one.
    """
    names = {source.id: source.name for source in load_sources(store)}
    wanted = typed.strip().casefold()
    found = [
        known
        for known in list_recordings(store)
        if wanted in _names_of(known, names)
        or (len(wanted) >= _FEWEST_SIGNS and known.recording.id.startswith(wanted))
    ]
    if len(found) != 1:
        raise WrongUseError(
            _("no sound, or more than one, belongs to that name"),
            _("see 'kodebok sources sound' for what there is"),
            "K529",
        )
    return found[0]


def _names_of(known: KnownRecording, names: Mapping[str, str]) -> set[str]:
    own = {names.get(known.source_id or "", ""), known.source_id or "", known.recording.name}
    return {name.casefold() for name in own if name}


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
