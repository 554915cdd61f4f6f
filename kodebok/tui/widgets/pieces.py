"""Lines made of pieces, each with a role instead of a style, so that what is drawn is pure.

A piece is `(words, role)`. Roles: an empty text for plain, `dim`, `strong`, `warn`, `hit`, and
`color:NAME` for a code's colour. The words are never markup.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.segment import Segment
from rich.style import Style

from kodebok.domain.code import Code, Color
from kodebok.tui.reader.cells import cells, clip, shown
from kodebok.tui.reader.palette import Look, Palette

Piece = tuple[str, str]
Line = Sequence[Piece]

DIM, STRONG, WARN, HIT = "dim", "strong", "warn", "hit"
_COLOR = "color:"


def in_color(words: str, color: Color) -> Piece:
    """Words in a code's colour."""
    return (words, f"{_COLOR}{color}")


def code_pieces(code: Code, look: Look) -> list[Piece]:
    """A code's sign: its letter between bars in its colour, so that colour is never alone."""
    bar = "|" if look.ascii else "▌"
    return [in_color(bar, code.color), (code.letter or code.name[:1].upper(), STRONG)]


def width_of(line: Line) -> int:
    """Cells that a line takes."""
    return sum(cells(words) for words, _ in line)


def fit(line: Line, width: int, look: Look) -> list[Piece]:
    """The line cut or filled with spaces to exactly `width` cells."""
    cut = "~" if look.ascii else "…"
    fitted: list[Piece] = []
    left = width
    for words, role in line:
        size = cells(words)
        if size > left:
            fitted.append((clip(words, left, cut), role))
            left = 0
            break
        fitted.append((words, role))
        left -= size
    if left > 0:
        fitted.append((" " * left, ""))
    return fitted


def spread(left: Line, right: Line, width: int, look: Look) -> list[Piece]:
    """A line with one part at the left edge, cut where needed, and one at the right."""
    return [*fit(left, max(0, width - width_of(right)), look), *right]


def wrap(words: str, width: int, most: int, look: Look) -> list[str]:
    """Words over at most `most` lines of `width` cells; the last is cut when there is more."""
    lines: list[str] = []
    rest = " ".join(words.split())
    while rest and len(lines) < most - 1:
        if cells(rest) <= width:
            break
        taken = clip(rest, width + 1, "")
        space = taken.rfind(" ")
        taken = taken[:space] if space > 0 else clip(rest, width, "")
        lines.append(taken)
        rest = rest[len(taken) :].lstrip()
    if rest:
        lines.append(clip(rest, width, "~" if look.ascii else "…"))
    return lines


def segments(line: Line, palette: Palette, extra: Style | None = None) -> Iterable[Segment]:
    """The line in the theme's styles; `extra` is laid over all of it."""
    for words, role in line:
        style = style_of(role, palette)
        yield Segment(shown(words), style + extra if extra else style)


def style_of(role: str, palette: Palette) -> Style:
    """The style of a role."""
    if role.startswith(_COLOR):
        return palette.bar(Color(role.removeprefix(_COLOR)), active=False)
    if role == WARN:
        return palette.bar(Color.VERMILION, active=False) + Style(bold=True)
    if role == HIT:
        return palette.strong + Style(underline=True)
    return {"": palette.plain, DIM: palette.dim, STRONG: palette.strong}[role]
