"""Rows out of csv and xlsx files, every cell as text."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kodebok.errors import KodebokError, WrongUseError
from kodebok.i18n import translator
from kodebok.sources.limits import Archive

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from openpyxl import Workbook

_ = translator("sources")

MAX_ROWS = 200_000
MAX_COLUMNS = 2_000
_DELIMITERS = ";\t,|"
_SAMPLE_LINES = 20


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with a header row: the columns' names and the rows below, all as text."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    file_format: str
    encoding: str | None = None


def read_csv(text: str, encoding: str) -> Grid:
    """A csv or tsv file, its delimiter found by looking.

    Raises:
        KodebokError: K130 without rows, K131 when it is not a table, K133 when too large.
    """
    first, _newline, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) == len("sep=;"):
        delimiter, text = first.strip()[-1], rest
    else:
        delimiter = _delimiter(text)
    try:
        return _grid(
            csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), "csv", encoding
        )
    except csv.Error:
        raise KodebokError(
            _("the file is no table that can be read"),
            _("open it in a spreadsheet program and save it as xlsx"),
            "K131",
        ) from None


def _delimiter(text: str) -> str:
    """The sign that parts the header row, and the rows below it, most evenly."""
    sample = text[: 1 << 16].split("\n")[:_SAMPLE_LINES]
    header = sample[0]

    def evenness(sign: str) -> tuple[int, int]:
        in_header = header.count(sign)
        alike = sum(1 for line in sample[1:] if line.count(sign) == in_header)
        return (alike if in_header else -1, in_header)

    return max(_DELIMITERS, key=evenness)


def read_xlsx(data: bytes, sheet: str | None) -> Grid:
    """A sheet of a workbook: the one named, else the first that holds something.

    Raises:
        KodebokError: K128 for an unknown sheet, K130 without rows, K132 when damaged.
    """
    Archive(data).refuse_entities()
    workbook = _workbook(data)
    try:
        if sheet is not None and sheet not in workbook.sheetnames:
            raise WrongUseError(
                _("there is no sheet with that name"),
                _("choose one of {names}", names=", ".join(workbook.sheetnames)),
                "K128",
            )
        names = [sheet] if sheet is not None else workbook.sheetnames
        for number, name in enumerate(names, start=1):
            try:
                return _grid(_rows_of_sheet(workbook, name), "xlsx", None)
            except KodebokError as error:
                if error.code != "K130" or number == len(names):
                    raise
    finally:
        workbook.close()
    raise _no_rows()


def _workbook(data: bytes) -> Workbook:
    import warnings

    import openpyxl

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    except Exception:  # noqa: BLE001 - the library raises whatever a damaged file leads it to
        raise _damaged_workbook() from None


def _damaged_workbook() -> KodebokError:
    return KodebokError(
        _("the workbook is damaged"),
        _("open it in a spreadsheet program and save it again"),
        "K132",
    )


def _rows_of_sheet(workbook: Workbook, name: str) -> Iterator[list[str]]:
    import warnings

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            sheet = workbook[name]
            if not hasattr(sheet, "iter_rows"):
                return
            if hasattr(sheet, "reset_dimensions"):
                sheet.reset_dimensions()
            for row in sheet.iter_rows(values_only=True):
                yield [_as_text(value) for value in row[: MAX_COLUMNS + 1]]
    except Exception:  # noqa: BLE001 - as above
        raise _damaged_workbook() from None


def _as_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    isoformat = getattr(value, "isoformat", None)
    if isoformat is not None:
        return str(isoformat()).removesuffix("T00:00:00")
    return str(value)


def _no_rows() -> KodebokError:
    return KodebokError(
        _("the table holds no rows under its header"), _("choose the file with the answers"), "K130"
    )


def _grid(source: Iterable[list[str]], file_format: str, encoding: str | None) -> Grid:
    rows: list[tuple[str, ...]] = []
    cells = blank = 0
    for row in source:
        stripped = tuple(cell.strip() for cell in row)
        blank += not any(stripped)
        if any(stripped):
            rows.append(stripped)
            cells += len(stripped)
        too_large = len(rows) > MAX_ROWS or blank > 10 * MAX_ROWS or cells > 10 * MAX_ROWS
        if too_large or len(stripped) > MAX_COLUMNS:
            raise KodebokError(
                _("the table is too large"), _("keep the rows and columns that you need"), "K133"
            )
    if len(rows) < 2:  # noqa: PLR2004 - a header and one row
        raise _no_rows()
    columns = _named_columns(rows[0], max(map(len, rows)))
    filled = (row + ("",) * (len(columns) - len(row)) for row in rows[1:])
    return Grid(columns, tuple(filled), file_format, encoding)


def _named_columns(header: tuple[str, ...], width: int) -> tuple[str, ...]:
    """Unique names: nameless columns are numbered, and so are doubles."""
    names: list[str] = []
    seen: set[str] = set()
    for number in range(1, width + 1):
        given = " ".join(header[number - 1].split()) if number <= len(header) else ""
        name = given or _("Column {number}", number=number)
        copy = 2
        while name in seen:
            name = f"{given or name} ({copy})"
            copy += 1
        seen.add(name)
        names.append(name)
    return tuple(names)
