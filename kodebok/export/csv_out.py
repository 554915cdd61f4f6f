"""Tables as CSV that a spreadsheet opens rightly and never runs."""

from __future__ import annotations

import csv
from io import StringIO

from kodebok.export.document import Cell, Table

# Signs that make a spreadsheet read a cell as a formula (OWASP, "CSV Injection").
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n")
BOM = "\ufeff"


def csv_bytes(table: Table, language: str = "nb") -> bytes:
    """The table as UTF-8 with a byte-order mark, so that Excel shows æ, ø and å.

    Excel splits at semicolons where the decimal sign is a comma: in Norwegian. English gets commas.
    A text that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    out = StringIO()
    writer = csv.writer(out, delimiter="," if language == "en" else ";", lineterminator="\r\n")
    for row in (table.header, *table.rows):
        writer.writerow([_harmless(cell) for cell in row])
    return (BOM + out.getvalue()).encode("utf-8", "replace")


def _harmless(cell: Cell) -> Cell:
    if isinstance(cell, int):
        return cell
    text = cell.replace("\x00", "")
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA_SIGNS) else text
