"""What kodebok remembers between sittings: folders, ids, names of screens, flags; never user text.

The state is a convenience. A file that cannot be read counts as empty, and one that cannot be
written is done without.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from kodebok.paths import DATABASE_NAME, user_state_dir

_FILE_NAME = "screen.json"
_MOST_RECENT = 9
_MOST_STUDIES = 200


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


def last_screen(project_id: str) -> str:
    """Name of the screen that was open last in a study; `project` when that is not known."""
    found = _dict(_read().get("screens")).get(project_id)
    return found if isinstance(found, str) else "project"


def remember_screen(project_id: str, name: str) -> None:
    """Keep which screen is open; where the cursor is in a source, the coding screen keeps."""
    state = _read()
    kept = {key: value for key, value in _dict(state.get("screens")).items() if key != project_id}
    state["screens"] = dict(list({**kept, project_id: name}.items())[-_MOST_STUDIES:])
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
