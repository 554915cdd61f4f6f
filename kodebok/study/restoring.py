"""From a backup back to a study, to the byte but for what was erased since."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from kodebok.errors import WrongUseError
from kodebok.i18n import translator
from kodebok.paths import DATABASE_NAME, PROJECT_FOLDERS, SETTINGS_NAME
from kodebok.storage import departures, projects
from kodebok.storage.database import Store
from kodebok.study.backup import check_passphrase, disk_errors
from kodebok.study.backup_file import OpenBackup
from kodebok.study.erasures import apply_erasures, remembered_erasures

_ = translator("study")


@dataclass(frozen=True, slots=True)
class Restored:
    """A study that was brought back.

    Attributes:
        made: When the backup was made (UTC, ISO 8601).
        erased: How many things were erased again, since they had been erased after the backup.
    """

    folder: Path
    made: str
    files: int
    erased: int


def restore_backup(
    path: Path, folder: Path, passphrase: str, *, newer: Path | None = None
) -> Restored:
    """Bring a study back into a new folder, to the byte but for what was erased since.

    Args:
        path: The backup.
        folder: A folder that is not there yet, or is empty.
        passphrase: The backup's.
        newer: The folder of a newer copy of the study, whose erasures are carried out too.

    Raises:
        WrongUseError: K568, the folder is not empty; K566, no backup; K219, wrong passphrase.
        DamagedProjectError: The backup was cut off or changed; nothing is restored.
        KodebokError: K563, the disk is full, or cannot be written.
    """
    target = folder.expanduser().absolute()
    _check_empty(target)
    check_passphrase(passphrase)
    with disk_errors(path.name):
        target.parent.mkdir(parents=True, exist_ok=True)
        with (
            OpenBackup(path, passphrase) as backup,
            TemporaryDirectory(prefix=".kodebok-", dir=target.parent) as beside,
        ):
            unpacked = Path(beside) / "study"
            unpacked.mkdir()
            manifest = backup.unpack(unpacked, _belongs)
            for name in PROJECT_FOLDERS:
                (unpacked / name).mkdir(exist_ok=True)
            erased = _erase_again(unpacked, newer)
            if target.exists():
                target.rmdir()
            unpacked.rename(target)
    return Restored(target, str(manifest["made"]), len(manifest["files"]), erased)


def _check_empty(target: Path) -> None:
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise WrongUseError(
            _("{file} is there already, and is not empty", file=target.name),
            _("name a new folder; a study is never restored over another"),
            "K568",
        )


def _belongs(name: str) -> bool:
    """Whether a study has files of that name; nothing leads out of the folder."""
    if name in {DATABASE_NAME, SETTINGS_NAME}:
        return True
    parts = PurePosixPath(name).parts
    is_inside = len(parts) > 1 and parts[0] in PROJECT_FOLDERS and ".." not in parts
    return is_inside and not any(":" in part or "\\" in part for part in parts)


def _erase_again(folder: Path, newer: Path | None) -> int:
    with Store.open(folder) as store:
        ids = remembered_erasures(projects.load_project(store).id)
        if newer is not None:
            with Store.open(newer) as other:
                ids |= departures.load_erasures(other)
        return apply_erasures(store, ids)
