"""Open answers: one arrival per row of a spreadsheet, one turn per answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kodebok.domain.source import Arrival, ReadTurn, SourceType
from kodebok.domain.text import canonicalise
from kodebok.errors import KodebokError, WrongUseError
from kodebok.i18n import translator
from kodebok.sources.mending import mended_piece

if TYPE_CHECKING:
    from kodebok.domain.source import Repair
    from kodebok.sources.options import ReadOptions
    from kodebok.sources.spreadsheet import Grid

_ = translator("sources")

_WORDY = 4.0


def wordy_columns(grid: Grid) -> tuple[str, ...]:
    """The columns whose answers run to several words, which are likely the open ones."""
    found = []
    for number, name in enumerate(grid.columns):
        cells = [row[number] for row in grid.rows if row[number]]
        words = sum(cell.count(" ") + 1 for cell in cells)
        if cells and words / len(cells) >= _WORDY:
            found.append(name)
    return tuple(found)


def arrivals_of(grid: Grid, stem: str, options: ReadOptions) -> list[Arrival]:
    """One arrival per row that has an answer.

    The question (the column's name) is the turn's speaker; columns that hold neither answers nor
    the participant become background values.

    Raises:
        KodebokError: K127 for an unknown column, K129 when no column looks like answers.
    """
    chosen, doubts = _text_columns(grid, options)
    case = _index(grid, options.case_column) if options.case_column is not None else None
    texts = tuple(_index(grid, name) for name in chosen)
    found = []
    for number, row in enumerate(grid.rows, start=1):
        turns, repairs = _turns(grid, row, texts, options)
        if turns:
            found.append(
                Arrival(
                    name=(row[case] if case is not None else "") or f"{stem} {number}",
                    turns=turns,
                    format=grid.file_format,
                    type=options.source_type or SourceType.ANSWERS,
                    encoding=grid.encoding,
                    case_name=(row[case] or None) if case is not None else None,
                    values=_values(grid, row, {*texts, case}),
                    repairs=repairs,
                    doubts=doubts,
                )
            )
    if not found:
        raise KodebokError(_("the chosen columns hold no answers"), _listing(grid), "K139")
    return found


def _text_columns(grid: Grid, options: ReadOptions) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if options.text_columns:
        return options.text_columns, ()
    wordy = tuple(name for name in wordy_columns(grid) if name != options.case_column)
    if not wordy:
        raise WrongUseError(_("no column holds answers of several words"), _listing(grid), "K129")
    named = ", ".join(f"«{name}»" for name in wordy)
    others = ", ".join(f"«{name}»" for name in grid.columns if name not in wordy) or "–"
    doubt = _("Read as answers: {columns}. Other columns: {others}", columns=named, others=others)
    return wordy, (doubt,)


def _listing(grid: Grid) -> str:
    names = ", ".join(f"«{name}»" for name in grid.columns)
    wordy = ", ".join(f"«{name}»" for name in wordy_columns(grid)) or "–"
    return _(
        "name the columns with text; there are {names}; wordy: {wordy}", names=names, wordy=wordy
    )


def _index(grid: Grid, name: str) -> int:
    wanted = " ".join(name.split()).casefold()
    for number, column in enumerate(grid.columns):
        if column == name or column.casefold() == wanted:
            return number
    raise WrongUseError(_("there is no column «{name}»", name=name), _listing(grid), "K127")


def _turns(
    grid: Grid, row: tuple[str, ...], texts: tuple[int, ...], options: ReadOptions
) -> tuple[tuple[ReadTurn, ...], tuple[Repair, ...]]:
    from kodebok.sources.repairs import merge

    turns: list[ReadTurn] = []
    repairs: list[Repair] = []
    for number in texts:
        piece = mended_piece(row[number], options.repair)
        repairs += piece.repairs
        lines = (line.strip() for line in canonicalise(piece.text).split("\n"))
        text = "\n".join(line for line in lines if line)
        if text:
            turns.append(ReadTurn(text, canonicalise(grid.columns[number])))
    return tuple(turns), merge(repairs)


def _values(grid: Grid, row: tuple[str, ...], used: set[int | None]) -> dict[str, str]:
    return {
        name: row[number]
        for number, name in enumerate(grid.columns)
        if number not in used and row[number]
    }
