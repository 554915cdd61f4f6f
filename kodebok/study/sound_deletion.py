"""Deleting the sound of a source for good, and the receipt that is left of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kodebok.coding.hearing import unheard_quotes, unheard_spans
from kodebok.domain.quote import Quote
from kodebok.domain.recording import Recording
from kodebok.domain.span import Span
from kodebok.errors import WrongUseError
from kodebok.i18n import translator
from kodebok.storage import recordings
from kodebok.study.opening import Study
from kodebok.study.recorded import find_recording
from kodebok.study.sound_files import delete_file
from kodebok.study.sound_in_key import told_place

_ = translator("study")


@dataclass(frozen=True, slots=True)
class SoundToDelete:
    """A sound file that is about to go, and what nobody can check any more afterwards.

    Attributes:
        source_id: The source that came of it; None when none was made.
        path: Where the file lies.
        is_copy: Whether it is the study's own copy: the file it came from lies elsewhere still.
        quotes: Chosen quotes that nobody has compared with the sound.
        unheard: Passages of the source that nobody has compared with it.
    """

    recording: Recording
    source_id: str | None
    path: Path
    is_copy: bool
    quotes: tuple[Quote, ...]
    unheard: tuple[Span, ...]


def look_before_deleting(study: Study, typed: str) -> SoundToDelete:
    """What would be lost with a sound file.

    Args:
        study: The study.
        typed: Name or id of the source, or of a recording that has none.

    Raises:
        WrongUseError: There is no such sound, or it was deleted already.
    """
    known = find_recording(study.store, typed)
    recording, source_id = known.recording, known.source_id
    if recording.deleted_at:
        raise WrongUseError(
            _("the sound was deleted on {day}", day=recording.deleted_at[:10]),
            _("what is left is the text"),
            "K528",
        )
    has_source = source_id is not None
    place = told_place(study, recording).path
    return SoundToDelete(
        recording,
        source_id,
        study.folder / place,
        not Path(place).is_absolute(),
        tuple(unheard_quotes(study.store, source_id)) if has_source else (),
        tuple(unheard_spans(study.store, source_id)) if source_id is not None else (),
    )


def delete_sound(study: Study, going: SoundToDelete) -> None:
    """Delete the file, then leave a receipt of it that names nobody; undo does not bring it back.

    On a disk of today nothing can promise that the bytes are overwritten: only an encrypted disk
    protects what was deleted.

    Raises:
        KodebokError: The file could not be deleted; nothing was changed.
    """
    delete_file(going.path)
    recording_id = going.recording.id
    with study.store.act(recordings.DELETE_SOUND, study.coder.id, recording_id) as act:
        recordings.note_deleted(act, recording_id)
    if going.source_id is None:
        recordings.forget_chunks(study.store, recording_id)
