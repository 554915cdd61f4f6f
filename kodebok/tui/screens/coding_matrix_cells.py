"""What stands in the cells of the matrix: bars, numbers, and signs for kinds of emptiness. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from rich.style import Style
from rich.text import Text

from kodebok.coding.matrix import Cell, CellState
from kodebok.domain.code import Code, CodeTree
from kodebok.i18n import mark, translator
from kodebok.tui.reader.cells import clip
from kodebok.tui.reader.palette import Look

_ = translator("coding_screen")

BAR_CELLS = 4
_PLAIN = Style()
_EIGHTHS = "▏▎▍▌▋▊▉█"
_PER_CELL = len(_EIGHTHS)

EMPTY_SIGNS = {CellState.NOT_ASKED: "·", CellState.ASKED: "○", CellState.NOT_READ: "?"}
EMPTY_SIGNS_ASCII = {CellState.NOT_ASKED: ".", CellState.ASKED: "o", CellState.NOT_READ: "?"}
EMPTY_WORDS = {
    CellState.NOT_ASKED: mark("not asked"),
    CellState.ASKED: mark("asked, not taken up"),
    CellState.NOT_READ: mark("not read through"),
}


class Measure(Enum):
    """What is counted."""

    CODINGS = mark("codings")
    PASSAGES = mark("passages")
    WORDS = mark("words")
    PRESENCE = mark("where there is anything")

    def of(self, cell: Cell) -> int:
        """The number of a cell."""
        return {
            Measure.CODINGS: cell.codings,
            Measure.PASSAGES: cell.passages,
            Measure.WORDS: cell.words,
            Measure.PRESENCE: int(cell.codings > 0),
        }[self]


def draw_bar(value: int, most: int, look: Look) -> str:
    """A bar whose length is the share of the biggest value; never empty for a value."""
    if not value or not most:
        return " " * BAR_CELLS
    if look.ascii:
        return ("#" * max(1, round(value * BAR_CELLS / most))).ljust(BAR_CELLS)
    eighths = max(1, round(value * BAR_CELLS * _PER_CELL / most))
    whole, rest = divmod(eighths, _PER_CELL)
    return (_EIGHTHS[-1] * whole + (_EIGHTHS[rest - 1] if rest else "")).ljust(BAR_CELLS)


def draw_cell(cell: Cell, measure: Measure, most: int, look: Look, style: Style) -> Text:
    """A bar and a number, or the sign of why there is none."""
    if cell.state is not CellState.CODED:
        signs = EMPTY_SIGNS_ASCII if look.ascii else EMPTY_SIGNS
        return Text(f"{'':{BAR_CELLS}}{signs[cell.state]:>5}", style="dim")
    value = measure.of(cell)
    if measure is Measure.PRESENCE:
        return Text(f"{'':{BAR_CELLS}}{'x' if look.ascii else '●':>5}")
    return Text.assemble((draw_bar(value, most, look), style), f"{value:>5}")


def draw_number(value: int, most: int, look: Look, style: Style = _PLAIN) -> Text:
    """A bar and a number, or a dim sign for none."""
    if not value:
        return Text(f"{'':{BAR_CELLS}}{'.' if look.ascii else '·':>5}", style="dim")
    return Text.assemble((draw_bar(value, most, look), style), f"{value:>5}")


def legend(look: Look) -> str:
    """What the signs of empty cells mean."""
    signs = EMPTY_SIGNS_ASCII if look.ascii else EMPTY_SIGNS
    return "   ".join(f"{signs[state]} {_(words)}" for state, words in EMPTY_WORDS.items())


def draw_code_name(code: Code, tree: CodeTree, width: int, look: Look) -> Text:
    """A code at the left of the table, indented as in the tree."""
    depth = tree.depth(code.id)
    text = Text("  " * depth, no_wrap=True)
    text.append("|" if look.ascii else "▌", Style(color=code.color.rgb) if look.color else "")
    text.append(code.letter or code.name[:1].upper(), "bold")
    room = max(1, width - 2 * depth - 3)
    text.append(f" {clip(code.name, room, '~' if look.ascii else '…')}")
    return text


def biggest(values: Iterable[int]) -> int:
    """The biggest value, 0 for none."""
    return max(values, default=0)
