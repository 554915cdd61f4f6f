"""Ids of what was erased for good: kept in the study and beside it, so that no backup undoes it.

Outside the project they lie in the user's data folder under the project's id. They are ids alone,
which say nothing about anyone once the rows are gone.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from pathlib import Path

from kodebok.errors import KodebokError, ProtectionError
from kodebok.i18n import translator
from kodebok.paths import user_data_dir
from kodebok.storage import departures
from kodebok.storage.database import Store
from kodebok.storage.history import Act

_ = translator("study")

_FOLDER = "erased"


def record_erasures(act: Act, ids: Iterable[str]) -> None:
    """Keep ids in the study, as part of the act that erases; `remember_erasures` follows it."""
    departures.add_erasures(act, ids)


def remember_erasures(project_id: str, ids: Iterable[str]) -> None:
    """Keep ids beside the study, in the user's data folder.

    Raises:
        KodebokError: K572, the folder cannot be written.
    """
    path = _path(project_id)
    known = sorted(remembered_erasures(project_id) | set(ids))
    unfinished = path.with_suffix(".unfinished")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished.write_text(json.dumps(known, indent=1), encoding="utf-8")
        unfinished.replace(path)
    except OSError as error:
        raise KodebokError(
            _("what was erased could not be noted outside the study"),
            _("see that there is room; delete old backups, which still hold what was erased"),
            "K572",
        ) from error


def remembered_erasures(project_id: str) -> set[str]:
    """Ids that the user's data folder remembers; a file that cannot be read counts as none."""
    try:
        content = json.loads(_path(project_id).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return set()
    return (
        {item for item in content if isinstance(item, str)} if isinstance(content, list) else set()
    )


def _path(project_id: str) -> Path:
    return user_data_dir() / _FOLDER / f"{project_id}.json"


def apply_erasures(store: Store, ids: Collection[str]) -> None:
    """Erase again, in a copy that was just restored, what was erased since it was made.

    Raises:
        ProtectionError: K571, there is something to erase, which this kodebok cannot do.
    """
    if set(ids) <= departures.load_erasures(store):
        return
    raise ProtectionError(
        _("the backup holds what was erased since, and must not bring it back"),
        _("use a backup that was made after it, or one made by a newer kodebok"),
        "K571",
    )
