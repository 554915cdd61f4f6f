"""Where things lie: the project folder, and the user's folders for settings, state and keys."""

from __future__ import annotations

import os
from pathlib import Path

DATABASE_NAME = "kodebok.db"
SETTINGS_NAME = "kodebok.toml"
PROJECT_FOLDERS = ("audio", "transcripts", "codebooks", "exports")

# Folders of services that copy files away from the machine, as they are named on disk.
_SYNC_MARKERS = {
    "onedrive": "OneDrive",
    "dropbox": "Dropbox",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "icloud": "iCloud",
    "mobile documents": "iCloud",
    "nextcloud": "Nextcloud",
    "jottacloud": "Jottacloud",
    "syncthing": "Syncthing",
    "box sync": "Box",
}


def find_project(start: Path) -> Path | None:
    """The nearest folder from `start` upwards that holds a project, as git looks for its own."""
    folder = start.resolve()
    for candidate in (folder, *folder.parents):
        if (candidate / DATABASE_NAME).is_file():
            return candidate
    return None


def syncing_service(folder: Path) -> str | None:
    """The name of the syncing service that a folder seems to lie in, or None."""
    for part in folder.resolve().parts:
        lowered = part.lower()
        for marker, service in _SYNC_MARKERS.items():
            if lowered == marker or lowered.startswith((f"{marker} ", f"{marker}-", f"{marker}(")):
                return service
        if "clouddocs" in lowered:
            return "iCloud"
    return None


def user_config_dir() -> Path:
    """The user's folder for settings (`KODEBOK_CONFIG_DIR` overrules it)."""
    return _user_dir("KODEBOK_CONFIG_DIR", "user_config_path")


def user_state_dir() -> Path:
    """The user's folder for state and crash reports, which hold ids and never user text."""
    return _user_dir("KODEBOK_STATE_DIR", "user_state_path")


def user_data_dir() -> Path:
    """The user's folder for keys and models."""
    return _user_dir("KODEBOK_DATA_DIR", "user_data_path")


def _user_dir(variable: str, function: str) -> Path:
    overruled = os.environ.get(variable)
    if overruled:
        return Path(overruled)
    import platformdirs

    path: Path = getattr(platformdirs, function)("kodebok", appauthor=False)
    return path
