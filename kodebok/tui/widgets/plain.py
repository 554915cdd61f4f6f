"""Text of the study on the screen: never read as markup."""

from __future__ import annotations

from typing import Any

from rich.cells import cell_len, set_cell_size
from rich.text import Text
from textual.widgets import Static


class PlainText(Static):
    """A text as it stands, square brackets and all."""

    def __init__(self, content: str | Text = "", **options: Any) -> None:
        super().__init__(content, markup=False, **options)


def cut_to(text: str, width: int, ellipsis: str = "…") -> str:
    """The text on one line and no wider than `width` cells, with a mark where it was cut."""
    line = " ".join(text.split())
    if cell_len(line) <= width:
        return line
    if width <= cell_len(ellipsis):
        return set_cell_size(line, max(0, width))
    return set_cell_size(line, width - cell_len(ellipsis)).rstrip() + ellipsis


def bar_of(share: float, width: int, *, ascii_only: bool = False) -> str:
    """A bar for a share from 0 to 1, `width` cells long; anything above 0 shows."""
    filled = min(width, max(round(share * width), 1 if share > 0 else 0))
    full, empty = ("#", ".") if ascii_only else ("█", "░")
    return full * filled + empty * (width - filled)
