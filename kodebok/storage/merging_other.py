"""The other copy of a study: looked at in a copy of its own, and never changed."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from kodebok.errors import DamagedProjectError, KodebokError, ProtectionError, WrongUseError
from kodebok.i18n import translator
from kodebok.paths import DATABASE_NAME
from kodebok.storage.anonymisation import is_applied
from kodebok.storage.copies import ABANDONED_AFTER_S
from kodebok.storage.database import Store
from kodebok.storage.encrypted import MARK
from kodebok.storage.integrity import check_store
from kodebok.storage.merging_state import copy_in_memory

_ = translator("storage")

_PREFIX = ".kodebok-merge-"
_TAR_MARK, _TAR_MARK_AT = b"ustar", 257


@contextmanager
def open_other(store: Store, path: Path) -> Iterator[Store]:
    """The study in a folder or a file, as a copy that may be changed and is gone afterwards.

    The copy is in memory. The file is read by way of this study's folder, so that no text of it
    comes to lie anywhere else.

    Raises:
        WrongUseError: There is no study there, or a backup of one, or it is another study, or
            this very one.
        DamagedProjectError: It is damaged.
        ProtectionError: One of the two copies is anonymised and the other is not.
    """
    found = _database_at(path)
    if found.resolve() == (store.folder / DATABASE_NAME).resolve():
        raise WrongUseError(
            _("that is this study itself"), _("name the other copy's folder"), "K960"
        )
    with _read(store.folder, found) as other:
        _check_other(store, other)
        yield other


@contextmanager
def _read(folder: Path, found: Path) -> Iterator[Store]:
    """The file in memory; on the disk it is copied only for as long as reading it takes."""
    _remove_abandoned(folder)
    with ExitStack() as stack:
        with TemporaryDirectory(prefix=_PREFIX, dir=folder) as name:
            _copy(found, Path(name))
            with Store.open(Path(name)) as copied:
                other = stack.enter_context(copy_in_memory(copied))
        yield other


def _remove_abandoned(folder: Path) -> None:
    """Remove what a process that was ended left behind; another one may be at work on its own."""
    for path in folder.glob(f"{_PREFIX}*"):
        if time.time() - path.stat().st_mtime > ABANDONED_AFTER_S:
            shutil.rmtree(path, ignore_errors=True)


def _database_at(path: Path) -> Path:
    found = path / DATABASE_NAME if path.is_dir() else path
    if not found.is_file():
        raise WrongUseError(
            _("there is no study to merge with at that place"),
            _("name the folder of the other copy, or its file kodebok.db"),
            "K961",
        )
    return found


def _copy(found: Path, folder: Path) -> None:
    """Copy the file with what is not yet written into it."""
    try:
        _refuse_backup(found)
        for ending in ("", "-wal"):
            part = found.with_name(found.name + ending)
            if part.is_file():
                shutil.copyfile(part, folder / (DATABASE_NAME + ending))
    except OSError as error:
        raise KodebokError(
            _("the other copy could not be read, or there is no room for a copy of it"),
            _("see that it is there and that there is room, and try again"),
            "K962",
        ) from error


def _refuse_backup(found: Path) -> None:
    """See that the file is no backup, which is a tar of encrypted files, nor one of those."""
    with found.open("rb") as stream:
        begin = stream.read(_TAR_MARK_AT + len(_TAR_MARK))
    is_tar = begin[_TAR_MARK_AT:] == _TAR_MARK
    if is_tar or begin.startswith(MARK):
        raise WrongUseError(
            _("that is a backup, not a study that can be merged with")
            if is_tar
            else _("that is an encrypted file, not a study that can be merged with"),
            _("restore the backup first: 'kodebok backup --restore FILE DIR', then merge DIR"),
            "K969",
        )


def _check_other(store: Store, other: Store) -> None:
    if store.row("SELECT id FROM project") != other.row("SELECT id FROM project"):
        raise WrongUseError(
            _("the other file is not a copy of this study"),
            _("merge takes copies of one study; bring in other material with 'kodebok import'"),
            "K963",
        )
    if check_store(other):
        raise DamagedProjectError(
            _("the other copy is damaged, or was written to while it was read"),
            _("run 'kodebok check' there, then merge again"),
            "K964",
        )
    if is_applied(store) != is_applied(other):
        raise ProtectionError(
            _("one of the two copies is anonymised and the other is not"),
            _("apply with the same key on the copy that is not, then merge"),
            "K965",
        )
