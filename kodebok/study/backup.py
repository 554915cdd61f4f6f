"""Backups: one encrypted file for the approved place, and when to make the next."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from kodebok import __version__
from kodebok.domain.departure import Backup
from kodebok.domain.ids import new_id, now
from kodebok.errors import KodebokError, WrongUseError
from kodebok.i18n import translator
from kodebok.paths import DATABASE_NAME, PROJECT_FOLDERS, SETTINGS_NAME
from kodebok.storage import departures
from kodebok.study.backup_file import SUFFIX, Member, verify_backup, write_backup
from kodebok.study.card import load_card
from kodebok.study.opening import Study

_ = translator("study")

REMIND_AFTER = timedelta(days=7)
_SCHEMA = "kodebok.backup/1"
_ROOM_BESIDE = 4 << 20  # bytes, for what is written beside the study's own
_SHORT_ID = 8

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class MadeBackup:
    """A backup that was written and read back.

    Attributes:
        bytes: Of the encrypted file.
        files: Number of files in it.
    """

    path: Path
    bytes: int
    files: int
    digest: str


def default_backup_path(study: Study, today: date) -> Path:
    """A new file in the approved place; beside the study's folder when the card names none."""
    approved = Path(load_card(study).folder or "")
    folder = approved if approved.is_absolute() and approved.is_dir() else study.folder.parent
    stem = f"kodebok-{study.project().id[:_SHORT_ID]}-{today.isoformat()}"
    names = (stem, *(f"{stem}-{number}" for number in range(2, 1_000)))
    return next(path for name in names if not (path := folder / f"{name}{SUFFIX}").exists())


def make_backup(
    study: Study,
    path: Path,
    passphrase: str,
    *,
    without: Collection[str] = (),
    progress: Progress = lambda _done, _total: None,
) -> MadeBackup:
    """Write a backup, read it back, and note it; the file appears whole or not at all.

    Args:
        study: The open study.
        path: Where to.
        passphrase: What it can be opened by; when it is lost, so is the backup.
        without: Folders of the project that are left out, such as `audio`.
        progress: Told bytes done and bytes in all.

    Raises:
        WrongUseError: K560, the place is inside the study; K561, there is a file of that name;
            K570, no passphrase.
        KodebokError: K562, too little room; K563, a disk that cannot be written or read; K564, a
            file changed meanwhile.
        DamagedProjectError: K565, it could not be read back.
    """
    target = path.expanduser().absolute()
    _check_target(study, target, passphrase)
    with disk_errors(target.name), _unfinished(target) as unfinished:
        with TemporaryDirectory(prefix=".kodebok-", dir=study.folder) as beside:
            copy = Path(beside) / DATABASE_NAME
            departures.copy_database(study.store, copy)
            members = [Member(DATABASE_NAME, copy), *_members(study.folder, without)]
            total = sum(member.path.stat().st_size for member in members)
            _check_room(unfinished.parent, total)
            with unfinished.open("wb") as out:
                expected = write_backup(
                    out, members, _about(study, without), passphrase, lambda n: progress(n, total)
                )
                out.flush()
                os.fsync(out.fileno())
        verify_backup(unfinished, passphrase, expected)
        digest, size = _digest(unfinished), unfinished.stat().st_size
        _give_name(unfinished, target)
    backup = Backup(new_id(), target.name, digest, size, now())
    with study.store.act("backup.made", study.coder.id, backup.id) as act:
        departures.add_backup(act, backup)
    return MadeBackup(target, size, len(members), digest)


def _about(study: Study, without: Collection[str]) -> dict[str, object]:
    return {
        "schema": _SCHEMA,
        "project": study.project().id,
        "made": now(),
        "kodebok": __version__,
        "without": sorted(without),
    }


def _check_target(study: Study, target: Path, passphrase: str) -> None:
    check_passphrase(passphrase)
    if target.resolve().is_relative_to(study.folder.resolve()):
        raise WrongUseError(
            _("a backup inside the study's own folder is lost with it"),
            _("choose a place outside the study, best the one that the institution has approved"),
            "K560",
        )
    if target.exists():
        raise WrongUseError(
            _("{file} is there already", file=target.name), _("choose another name"), "K561"
        )


def check_passphrase(passphrase: str) -> None:
    """See that there is one.

    Raises:
        WrongUseError: K570, it is empty.
    """
    if not passphrase.strip():
        raise WrongUseError(
            _("a backup needs a passphrase"),
            _("choose some words that you remember, and keep them apart from the backup"),
            "K570",
        )


def _members(folder: Path, without: Collection[str]) -> Iterator[Member]:
    settings = folder / SETTINGS_NAME
    if settings.is_file():
        yield Member(SETTINGS_NAME, settings)
    for name in PROJECT_FOLDERS:
        inside = sorted((folder / name).rglob("*")) if name not in without else []
        for path in inside:
            if path.is_file() and not path.name.startswith(".kodebok-"):
                yield Member(path.relative_to(folder).as_posix(), path)


def _check_room(folder: Path, needed: int) -> None:
    if shutil.disk_usage(folder).free < needed + _ROOM_BESIDE:
        raise KodebokError(
            _("there is too little room: {n} MB are needed", n=needed // 1_000_000 + 5),
            _("free some space, choose another disk, or leave out the sound (--without audio)"),
            "K562",
        )


@contextmanager
def disk_errors(name: str) -> Iterator[None]:
    """Errors of the disk as the program's own.

    Raises:
        KodebokError: K563, the disk is full, or a file cannot be read or written.
    """
    try:
        yield
    except OSError as error:
        raise KodebokError(
            _("{file} could not be written or read: {why}", file=name, why=error.strerror or ""),
            _("see that the disk is there, has room, and that you may write on it"),
            "K563",
        ) from error


@contextmanager
def _unfinished(target: Path) -> Iterator[Path]:
    """A file beside the target that is gone when the work was broken off."""
    handle, name = tempfile.mkstemp(prefix=".kodebok-", suffix=".unfinished", dir=target.parent)
    os.close(handle)
    try:
        yield Path(name)
    finally:
        Path(name).unlink(missing_ok=True)


def _give_name(unfinished: Path, target: Path) -> None:
    """Name the finished file, unless another program took the name meanwhile."""
    if target.exists():
        raise FileExistsError(17, _("there is a file of that name now"), str(target))
    unfinished.replace(target)


def _digest(path: Path) -> str:
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def backup_reminder(study: Study, at: datetime) -> str:
    """A sentence when the last backup is old and something was changed since; else empty."""
    changed = departures.last_change(study.store)
    made = departures.load_backups(study.store)
    if changed is None:
        return ""
    if not made:
        is_old = at - datetime.fromisoformat(study.project().created) > REMIND_AFTER
        return _("no backup yet: 'kodebok backup' writes one") if is_old else ""
    last = datetime.fromisoformat(made[-1].made)
    if at - last <= REMIND_AFTER or changed <= made[-1].made:
        return ""
    return _(
        "the last backup is {n} days old: 'kodebok backup' writes a new one", n=(at - last).days
    )
