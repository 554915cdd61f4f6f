"""Sound that was left where it lay, in a place that names someone: the key file knows the place.

Its path is no text to replace names in, for then nobody would find the sound, nor delete it. When
anonymisation is applied the whole path goes to the key, and comes back with the originals.
"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from kodebok.domain.recording import Recording
from kodebok.errors import WrongUseError
from kodebok.i18n import translator
from kodebok.storage.sealing import KeyPart
from kodebok.study.opening import Study
from kodebok.study.unlocking import unlock

_ = translator("study")

_FOLDER = "sound-in-key"
_PASSPHRASE = "KODEBOK_PASSPHRASE"  # noqa: S105 - the name of the variable


def hidden_place(recording_id: str) -> str:
    """What stands in the study for a place that the key knows."""
    return f"{_FOLDER}/{recording_id}"


def is_own_place(path: str) -> bool:
    """Whether a sound lies where the user had it, and not where kodebok put it."""
    return Path(path).is_absolute()


def told_place(study: Study, recording: Recording) -> Recording:
    """The recording with the place where its sound lies, asked of the key where that knows it.

    Raises:
        WrongUseError: K946, the key knows the place, and is locked or gone.
    """
    if recording.path != hidden_place(recording.id):
        return recording
    given = os.environ.get(_PASSPHRASE)
    if study.key is None and given is not None:
        unlock(study, given)
    if study.key is not None:
        values = study.key.content.part(KeyPart.REPLACEMENTS).values
        known = values.get(f"recordings:path:{recording.id}")
        if known is not None:
            return replace(recording, path=known.old)
    raise WrongUseError(
        _("where the sound lies is in the key file, since the place names someone"),
        _("open the key with its passphrase ({name} for scripts)", name=_PASSPHRASE),
        "K946",
    )
