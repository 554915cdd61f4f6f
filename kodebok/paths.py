"""Where things lie: the project folder, and the user's folders for settings, state and keys."""

from __future__ import annotations

import os
from pathlib import Path, PurePath

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
    "box-box": "Box",
    "my drive": "Google Drive",
    "min disk": "Google Drive",
    "pcloud drive": "pCloud",
    "proton drive": "Proton Drive",
    "owncloud": "ownCloud",
    "seafile": "Seafile",
    "megasync": "MEGA",
}

# What such services leave in the folders that they copy: the beginning of a name in small letters.
# A folder `.dropbox` in one's home is Dropbox' own settings and marks nothing.
_SYNC_FILES = {
    ".dropbox.cache": "Dropbox",
    ".sync_": "Nextcloud",
    "._sync_": "Nextcloud",
    ".nextcloudsync": "Nextcloud",
    ".owncloudsync": "ownCloud",
    ".stfolder": "Syncthing",
    ".tmp.drivedownload": "Google Drive",
    ".849c9593-d756-4e56-8d6e-42412f2a707b": "OneDrive",
}


def find_project(start: Path) -> Path | None:
    """The nearest folder from `start` upwards that holds a project, as git looks for its own."""
    folder = start.resolve()
    for candidate in (folder, *folder.parents):
        if (candidate / DATABASE_NAME).is_file():
            return candidate
    return None


def syncing_service(folder: Path) -> str | None:
    """The name of the syncing service that a folder seems to lie in, or None.

    Told by the names of the folders above it, and by what services leave in the folders they copy.
    """
    resolved = folder.resolve()
    named = syncing_service_of_path(resolved)
    return named or next(filter(None, map(_service_by_files, (resolved, *resolved.parents))), None)


def syncing_service_of_path(folder: PurePath) -> str | None:
    """As `syncing_service`, by the names in an absolute path alone; of any system's path."""
    for part in folder.parts:
        lowered = part.lower()
        for marker, service in _SYNC_MARKERS.items():
            if lowered == marker or lowered.startswith((f"{marker} ", f"{marker}-", f"{marker}(")):
                return service
        if "clouddocs" in lowered:
            return "iCloud"
    return None


def _service_by_files(folder: Path) -> str | None:
    """The service whose own files lie in a folder."""
    try:
        names = [path.name.lower() for path in folder.iterdir() if path.name.startswith(".")]
    except OSError:
        return None
    for marker, service in _SYNC_FILES.items():
        if any(name.startswith(marker) for name in names):
            return service
    return "Dropbox" if (folder / ".dropbox").is_file() else None


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
