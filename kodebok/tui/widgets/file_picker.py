"""Choosing files: a tree of folders, and a line for paths that are typed, pasted or dragged in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

from textual.events import Paste
from textual.message import Message
from textual.widgets import DirectoryTree, Input

if TYPE_CHECKING:
    from kodebok.tui.app import KodebokApp

# What can be read, by ending; a file of another ending can still be named in the line.
READABLE = frozenset(
    (
        ".txt .md .markdown .docx .odt .rtf .pdf .vtt .srt .eaf .textgrid .otr .csv .tsv .xlsx"
        " .html .htm .wav .mp3 .m4a .ogg .opus .flac .wma .mp4 .mov"
    ).split()
)


@dataclass
class PathsPasted(Message):
    """Something was pasted or dragged in where paths are expected."""

    text: str


class PathLine(Input):
    """A line for paths; what is pasted or dragged in counts whole, with all its lines."""

    def _on_paste(self, event: Paste) -> None:
        event.prevent_default()
        event.stop()
        self.post_message(PathsPasted(event.text))


class TranscriptTree(DirectoryTree):
    """Folders, and the files in them that can be read."""

    ICON_NODE = "▸ "
    ICON_NODE_EXPANDED = "▾ "
    ICON_FILE = "  "

    def on_mount(self) -> None:
        """Plain signs where those are asked for."""
        if cast("KodebokApp", self.app).ascii_only:
            self.ICON_NODE, self.ICON_NODE_EXPANDED = "+ ", "- "
            self.show_guides = False

    def filter_paths(self, paths: Iterable[Path]) -> Iterable[Path]:
        """Folders and readable files; nothing hidden."""
        return [path for path in paths if _is_wanted(path)]


class ManuscriptTree(TranscriptTree):
    """Folders, and the manuscripts in them."""

    def filter_paths(self, paths: Iterable[Path]) -> Iterable[Path]:
        """Folders and Word files; nothing hidden."""
        wanted = super().filter_paths(paths)
        return [path for path in wanted if path.suffix.lower() == ".docx" or path.is_dir()]


def _is_wanted(path: Path) -> bool:
    if path.name.startswith((".", "~$")):
        return False
    try:
        return path.is_dir() or path.suffix.lower() in READABLE
    except OSError:
        return False
