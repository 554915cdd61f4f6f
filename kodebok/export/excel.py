"""Spreadsheets: the searchable appendix, and any table as a sheet."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO

from kodebok.export.document import Cell, Table
from kodebok.export.docx_package import repack
from kodebok.export.model import StudyView
from kodebok.export.quoting import passage_words
from kodebok.export.tables import (
    NOTHING,
    codebook_header,
    codebook_row,
    informants_table,
    matrix_table,
)
from kodebok.export.voices import in_sentence, participant_label
from kodebok.export.xml_text import xml_safe
from kodebok.i18n import translator_to

# Excel's limits: signs in a cell, signs in a sheet's name.
CELL_LIMIT = 32_767
NAME_LIMIT = 31
_CELL_ROOM = CELL_LIMIT - 67
_BAD_IN_NAME = re.compile(r"[\[\]:*?/\\']")
_MAX_WIDTH, _MIN_WIDTH = 80, 8


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table on a sheet of its own.

    Attributes:
        bars: Whether its numbers are shaded by size.
    """

    name: str
    table: Table
    bars: bool = False


def appendix_xlsx(view: StudyView, *, language: str = "", made_on: str = "") -> bytes:
    """The searchable appendix: codes, excerpts by code, the matrix and the participants."""
    lang = language or view.project.language
    _ = translator_to(lang, "export")
    used: dict[str, int] = {}
    for chosen in view.quotes:
        if chosen.case_id:
            used[chosen.case_id] = used.get(chosen.case_id, 0) + 1
    people = informants_table(view, lang, used)
    sheets = [
        Sheet(_("Codes"), codes_sheet(view, lang)),
        Sheet(_("Excerpts"), excerpts_table(view, lang)),
        Sheet(_("Matrix"), matrix_table(view, lang), bars=True),
        Sheet(people.caption, people),
    ]
    return workbook_bytes(sheets, view.project.title, made_on)


def codes_sheet(view: StudyView, language: str) -> Table:
    """The codebook with the number of codings of each code."""
    _ = translator_to(language, "export")
    counts: dict[str, int] = {}
    for excerpt in view.excerpts:
        counts[excerpt.code_id] = counts.get(excerpt.code_id, 0) + 1
    rows = tuple(
        (view.codes.path(code.id), *codebook_row(code, language)[1:], counts.get(code.id, 0))
        for code in view.codes
    )
    return Table((*codebook_header(language), _("Coded excerpts")), rows)


def excerpts_table(view: StudyView, language: str) -> Table:
    """Every coded passage with its code, source, place and voice; the codebook's order."""
    _ = translator_to(language, "export")
    place = {code.id: i for i, code in enumerate(view.codes)}
    ids, numbers = view.case_ids_by_name(), view.case_numbers()
    word = view.project.case_word
    rows: list[tuple[Cell, ...]] = []
    for e in sorted(
        view.excerpts, key=lambda e: (place.get(e.code_id, len(place)), e.source, e.start)
    ):
        case_id = ids.get(e.case) if e.case else None
        number = numbers.get(case_id or "")
        rows.append(
            (
                e.code,
                passage_words(view, e, language),
                NOTHING if number is None else participant_label(number, language, word),
                in_sentence(view.printed_role(case_id)) or NOTHING,
                e.source,
                e.start,
                e.end,
                _("after notes") if e.notes_only else "",
            )
        )
    header = (
        _("Code"),
        _("Coded excerpt"),
        _("Person"),
        _("Role"),
        _("Source"),
        _("From sign"),
        _("To sign"),
        _("Remark"),
    )
    return Table(header, tuple(rows))


def workbook_bytes(sheets: Iterable[Sheet], title: str, made_on: str = "") -> bytes:
    """A workbook in which every text is a text: no formula, no link, no number by accident.

    The header row stays in sight and filters; a text too long for a cell goes on in rows below.
    """
    import xlsxwriter

    out = BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(out, options)
    book.set_properties({"title": xml_safe(title)[:255], "author": "", "created": _day(made_on)})
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    body = book.add_format({"text_wrap": True, "valign": "top"})
    names: set[str] = set()
    for sheet in sheets:
        name = _sheet_name(sheet.name, names)
        page = book.add_worksheet(name)
        rows = [row for given in sheet.table.rows for row in _fitting_rows(given)]
        for column, text in enumerate(sheet.table.header):
            page.write_string(0, column, xml_safe(text), head)
        for number, row in enumerate(rows, 1):
            for column, cell in enumerate(row):
                if isinstance(cell, int):
                    page.write_number(number, column, cell, body)
                elif cell:
                    page.write_string(number, column, cell, body)
        page.freeze_panes(1, 0)
        last = max(len(sheet.table.header) - 1, 0)
        page.autofilter(0, 0, max(len(rows), 1), last)
        for column, width in enumerate(_widths(sheet.table)):
            page.set_column(column, column, width)
        if sheet.bars and rows:
            page.conditional_format(1, 1, len(rows), last, {
                "type": "2_color_scale", "min_color": "#FFFFFF", "max_color": "#56B4E9",
            })  # fmt: skip
    book.close()
    return repack(out.getvalue(), {})


def _day(made_on: str) -> datetime:
    """The date for the properties; without one the first that a spreadsheet knows."""
    try:
        return datetime.fromisoformat(made_on).replace(tzinfo=UTC)
    except ValueError:
        return datetime(1980, 1, 1, tzinfo=UTC)


def _sheet_name(wanted: str, taken: set[str]) -> str:
    plain = _BAD_IN_NAME.sub(" ", xml_safe(wanted)).strip()[:NAME_LIMIT] or "1"
    name, number = plain, 2
    while name.casefold() in taken:
        name, number = f"{plain[: NAME_LIMIT - 4]} ({number})", number + 1
    taken.add(name.casefold())
    return name


def _fitting_rows(row: tuple[Cell, ...]) -> Iterable[tuple[Cell, ...]]:
    """The row, or several when a text is longer than a cell may be."""
    cells = [cell if isinstance(cell, int) else xml_safe(cell) for cell in row]
    longest = max((len(cell) for cell in cells if isinstance(cell, str)), default=0)
    if longest <= _CELL_ROOM:
        return [tuple(cells)]
    return [
        tuple(
            cell if isinstance(cell, int) or len(cell) <= _CELL_ROOM else cell[at : at + _CELL_ROOM]
            for cell in cells
        )
        for at in range(0, longest, _CELL_ROOM)
    ]


def _widths(table: Table) -> list[int]:
    """Column widths in signs, by the longest of the first texts."""
    columns = zip(table.header, *table.rows[:200], strict=True)
    longest = (max(len(str(cell)) for cell in column) for column in columns)
    return [min(_MAX_WIDTH, max(_MIN_WIDTH, width + 2)) for width in longest]
