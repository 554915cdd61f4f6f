"""What kodebok remembers between sittings: folders, ids, offsets and flags; never user text.

The state is a convenience. A file that cannot be read counts as empty, and one that cannot be
written is done without.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kodebok.paths import DATABASE_NAME, user_state_dir

_FILE_NAME = "screen.json"
_MOST_RECENT = 9
_MOST_PLACES = 200


@dataclass(frozen=True, slots=True)
class Place:
    """Where a user was in a study.

    Attributes:
        screen: Name of the screen.
        source_id: The source that was open, if any.
        offset: Where the cursor stood in it.
    """

    screen: str = "project"
    source_id: str | None = None
    offset: int = 0


def recent_folders() -> list[Path]:
    """Folders of studies that were open, the last first; those that are gone are left out."""
    folders = [Path(item) for item in _list(_read().get("recent")) if isinstance(item, str)]
    return [folder for folder in folders if _holds_study(folder)]


def _holds_study(folder: Path) -> bool:
    try:
        return (folder / DATABASE_NAME).is_file()
    except OSError:
        return False


def remember_folder(folder: Path) -> None:
    """Put a study's folder first among the recent ones."""
    state = _read()
    former = [item for item in _list(state.get("recent")) if item != str(folder)]
    state["recent"] = [str(folder), *former][:_MOST_RECENT]
    _write(state)


def last_place(project_id: str) -> Place:
    """Where the user was in a study; its project screen when that is not known."""
    found = _dict(_read().get("places")).get(project_id)
    if not isinstance(found, dict):
        return Place()
    source_id, offset = found.get("source"), found.get("offset")
    return Place(
        screen=str(found.get("screen", "project")),
        source_id=source_id if isinstance(source_id, str) else None,
        offset=offset if isinstance(offset, int) and offset >= 0 else 0,
    )


def remember_place(project_id: str, place: Place) -> None:
    """Keep where the user was in a study."""
    state = _read()
    places = {key: value for key, value in _dict(state.get("places")).items() if key != project_id}
    places[project_id] = {
        "screen": place.screen,
        "source": place.source_id,
        "offset": place.offset,
    }
    state["places"] = dict(list(places.items())[-_MOST_PLACES:])
    _write(state)


def flags() -> set[str]:
    """Names of what was done or turned off once, such as `tour-off`."""
    return {item for item in _list(_read().get("flags")) if isinstance(item, str)}


def set_flag(name: str, *, on: bool = True) -> None:
    """Note, or forget, that something was done once."""
    known = flags()
    if (name in known) == on:
        return
    state = _read()
    state["flags"] = sorted(known | {name} if on else known - {name})
    _write(state)


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _dict(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _read() -> dict[str, Any]:
    try:
        content = json.loads((user_state_dir() / _FILE_NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def _write(state: Mapping[str, Any]) -> None:
    path = user_state_dir() / _FILE_NAME
    unfinished = path.with_suffix(".unfinished")
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished.write_text(json.dumps(state, indent=1), encoding="utf-8")
        unfinished.replace(path)
