"""Paths as they come from a terminal: typed, pasted or dragged in, one or several.

A terminal writes a dragged file as a quoted path, as one with backslashes before its spaces, or
as a `file://` address; several are parted by spaces or line ends.
"""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

_PIECE = re.compile(
    r"""
    '(?P<single>[^']*)'            # '/a b/c.txt'
    | "(?P<double>[^"]*)"          # "C:\\a b\\c.txt"
    | (?P<bare>(?:\\.|[^\s\\'"])+) # /a\ b/c.txt
    | (?P<rest>\S)                 # a quotation mark that is never closed
    """,
    re.VERBOSE,
)
_DRIVE = re.compile(r"[A-Za-z]:[\\/]|\\\\")


def parse_paths(typed: str, folder: Path) -> list[Path]:
    """The paths in what was typed, in order and each once.

    What names something on the disk as it stands counts as one path, spaces and all. Relative
    paths start from `folder`, and `~` is the home folder.

    Args:
        typed: The words, lines or addresses.
        folder: Where relative paths start.
    """
    found: dict[Path, None] = {}
    for line in typed.splitlines():
        stripped = line.strip()
        if not stripped:
            continue
        whole = _as_path(stripped, folder)
        pieces = [whole] if _exists(whole) else [_as_path(w, folder) for w in _split(stripped)]
        found.update(dict.fromkeys(pieces))
    return list(found)


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def _split(line: str) -> list[str]:
    words: list[str] = []
    end = -1
    for match in _PIECE.finditer(line):
        piece = _plain(match)
        if match.start() == end and words:
            words[-1] += piece
        else:
            words.append(piece)
        end = match.end()
    return words


def _plain(match: re.Match[str]) -> str:
    if match["single"] is not None:
        return match["single"]
    if match["double"] is not None:
        return match["double"]
    if match["bare"] is None:
        return match["rest"]
    bare = match["bare"]
    return bare if _DRIVE.match(bare) else re.sub(r"\\(.)", r"\1", bare)


def _as_path(word: str, folder: Path) -> Path:
    if word.lower().startswith("file://"):
        return Path(_path_of_address(word))
    path = Path(word)
    try:
        path = path.expanduser()
    except RuntimeError:
        return folder / word
    return path if path.is_absolute() else folder / path


def _path_of_address(address: str) -> str:
    parts = urlsplit(address.replace("#", "%23").replace("?", "%3F"))
    path = unquote(parts.path)
    if parts.netloc and parts.netloc != "localhost":
        return f"//{parts.netloc}{path}"
    # file:///C:/notes is C:/notes
    return path[1:] if re.match(r"/[A-Za-z]:", path) else path
