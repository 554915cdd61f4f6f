"""How wide text is on a terminal, and what of it may be sent there.

A cluster is what a reader sees as one sign: a base character with its combining marks, or an
emoji joined of several. A cursor never stands inside one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rich.cells import cell_len, split_graphemes

TAB_CELLS = 4

# Characters that are one cell wide and stand alone, so that cells and code points are the same.
_PLAIN = re.compile("[ -~\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0482\u2010-\u2027\u2030-\u203a]*")

# Control characters would steer the terminal; signs without width that steer the direction of
# writing would shuffle the row. Neither is sent.
_SHOWN: dict[int, str] = (
    {code: chr(0x2400 + code) for code in range(0x20)}
    | dict.fromkeys(range(0x80, 0xA0), "\ufffd")
    | dict.fromkeys((0xAD, 0x200E, 0x200F, 0xFEFF), "\u200b")
    | dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)), "\u200b")
    | {0x7F: "\u2421", ord("\t"): " " * TAB_CELLS, ord("\n"): " "}
)


def is_plain(text: str) -> bool:
    """Whether every code point is one cell wide and a cluster of its own."""
    return _PLAIN.fullmatch(text) is not None


def shown(text: str) -> str:
    """The text as it may be sent to a terminal: tabs as spaces, control characters as pictures."""
    return text if is_plain(text) else text.translate(_SHOWN)


def cells(text: str) -> int:
    """How many cells `shown(text)` takes."""
    return len(text) if is_plain(text) else sum(size for _, _, size in clusters(text))


def clusters(text: str) -> Iterator[tuple[int, int, int]]:
    """The clusters of a text, as start, end (half-open code points) and width in cells."""
    if is_plain(text):
        yield from ((index, index + 1, 1) for index in range(len(text)))
        return
    start = 0
    for piece in re.split("([\x00-\x1f\x7f-\x9f])", text):
        spans = split_graphemes(piece)[0]
        for begin, end, _ in spans:
            yield start + begin, start + end, cell_len(piece[begin:end].translate(_SHOWN))
        start += len(piece)


def clip(text: str, width: int, mark: str) -> str:
    """The text cut to `width` cells, with `mark` (one cell) where something is left out."""
    if cells(text) <= width:
        return shown(text)
    kept, used = 0, 0
    for _, end, size in clusters(text):
        if used + size > width - 1:
            break
        kept, used = end, used + size
    return shown(text[:kept]) + mark if width else ""
