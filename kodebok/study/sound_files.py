"""Sound files on the disk: taken in, found again, deleted.

A copy gets a name without identity, made of its own content: the file's name may be a person's.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kodebok.domain.recording import Recording
from kodebok.errors import KodebokError, WrongUseError
from kodebok.i18n import translator

_ = translator("study")

SOUND_FOLDER = "audio"
_BLOCK = 1 << 20
_SIGNS_OF_NAME = 12  # of the digest: enough to tell the files of a study apart


@dataclass(frozen=True, slots=True)
class KeptSound:
    """Where a sound file lies.

    Attributes:
        path: Relative to the project's folder, or absolute when the file was left in its place.
        known_id: Id of the recording that has the same content already, if any.
    """

    path: str
    sha256: str
    known_id: str | None = None


def keep_sound(folder: Path, path: Path, *, in_place: bool, known: Mapping[str, str]) -> KeptSound:
    """Copy a sound file into the project, or take note of where it lies.

    The copy appears whole or not at all.

    Args:
        folder: The project's folder.
        path: The file.
        in_place: Whether the file stays where it is.
        known: Ids of recordings by the digest of their file.

    Raises:
        WrongUseError: There is no such file, or it is empty.
        KodebokError: It cannot be read or copied.
    """
    try:
        if not path.is_file() or not path.stat().st_size:
            raise WrongUseError(
                _("{file} is not a file, or is empty", file=path.name),
                _("name a sound file, such as interview.mp3"),
                "K954",
            )
        sha256 = digest_of(path)
        if sha256 in known:
            return KeptSound("", sha256, known[sha256])
        if in_place:
            return KeptSound(str(path.absolute()), sha256)
        name = f"{SOUND_FOLDER}/{sha256[:_SIGNS_OF_NAME]}{path.suffix.lower()}"
        _copy_whole(path, folder / name)
    except OSError as error:
        raise KodebokError(
            _("{file} could not be copied: {why}", file=path.name, why=error.strerror or ""),
            _("make room on the disk, or leave the file in its place with --in-place"),
            "K955",
        ) from error
    return KeptSound(name, sha256)


def digest_of(path: Path) -> str:
    """SHA-256 of a file, in hex, read in blocks."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def _copy_whole(source: Path, target: Path) -> None:
    if target.exists() and target.stat().st_size == source.stat().st_size:
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=".kodebok-", suffix=".tmp", dir=target.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as out, source.open("rb") as stream:
            shutil.copyfileobj(stream, out, _BLOCK)
            out.flush()
            os.fsync(out.fileno())
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)


def sound_path(folder: Path, recording: Recording) -> Path:
    """Where a recording's sound lies.

    Raises:
        WrongUseError: It was deleted, or is no longer where it was.
    """
    if recording.deleted_at:
        raise WrongUseError(
            _("the sound was deleted on {day}", day=recording.deleted_at[:10]),
            _("what is left is the text"),
            "K956",
        )
    path = folder / recording.path
    if not path.is_file():
        raise WrongUseError(
            _("the sound file is no longer where it was"),
            _("put it back: 'kodebok transcribe' without a file lists where it is looked for"),
            "K957",
        )
    return path


def delete_file(path: Path) -> None:
    """Remove a sound file from its folder; a file that is gone already is no error.

    Raises:
        KodebokError: It cannot be removed.
    """
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise KodebokError(
            _("the sound file could not be deleted: {why}", why=error.strerror or ""),
            _("close it in other programs, and do it again"),
            "K958",
        ) from error
