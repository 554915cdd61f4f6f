"""A number that changes when the finders that come with kodebok do."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from zlib import crc32

_FOLDERS = ("models", "lists", "patterns")


@cache
def finders_version() -> int:
    """By name and size of what the finders read: a text is not read again while it is the same."""
    package = files("kodebok.anonymise")
    sizes = [
        f"{folder}/{file.name} {len(file.read_bytes())}"
        for folder in _FOLDERS
        for file in package.joinpath(folder).iterdir() if file.is_file()
    ]  # fmt: skip
    return crc32("\n".join(sorted(sizes)).encode())
