"""`kodebok matrix`: codes against participants, sources or a variable."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from kodebok.cli.base import new_command, option
from kodebok.cli.filters import chosen_filter, filter_options
from kodebok.cli.output import (
    GAP,
    Column,
    Item,
    for_terminal,
    is_terminal,
    new_table,
    print_rich,
    show,
    show_json,
    write_text,
)
from kodebok.cli.session import Session, with_session
from kodebok.errors import WrongUseError
from kodebok.i18n import mark, translator

if TYPE_CHECKING:
    from kodebok.coding.matrix import Cell, Matrix
    from kodebok.domain.code import CodeTree
    from kodebok.storage.database import Store

_ = translator("cli")

_PRESENCE = "presence"
_MEASURES = ("codings", "passages", "words", _PRESENCE)
_CODE_WIDTH = 24  # cells for the codes' names
_NARROWEST = 4  # cells for a number with its bar
_BARS = " ▁▂▃▄▅▆▇█"
_STATE_WORDS = {
    "coded": mark("coded"),
    "asked": mark("asked"),
    "not-asked": mark("not asked"),
    "not-read": mark("not read"),
}


@new_command(
    mark(
        "Count codes by participant, by source, or by a variable's values.\n\n"
        "Counts are not weight: they say where to look. An empty cell says whether the source was "
        "read through, and whether its guide asked."
    )
)
@option("--rows", type=click.Choice(("codes",)), default="codes", help=mark("What the rows are."))
@option(
    "--columns", default="cases", metavar="cases|sources|VARIABLE", show_default=True,
    help=mark("What the columns are."),
)  # fmt: skip
@option(
    "--count", type=click.Choice(_MEASURES),
    help=mark(
        "What is counted in the table, or only whether anything is there; else as the study's way "
        "of working has it. JSON has all."
    ),
)  # fmt: skip
@option("--rollup", is_flag=True, help=mark("Let a code also count what is coded below it."))
@option("--empty", is_flag=True, help=mark("List the empty cells alone, with why they are empty."))
@filter_options
@with_session
def command(
    session: Session,
    rows: str,  # noqa: ARG001 - codes are the only rows so far
    columns: str,
    count: str | None,
    rollup: bool,
    empty: bool,
    **filters: Any,
) -> None:
    """Print the matrix."""
    from kodebok.coding.retrieval import load_matrix
    from kodebok.storage.codes import load_code_tree

    store = session.store
    by = _check_columns(store, columns)
    matrix = load_matrix(store, by, chosen_filter(store, filters), rollup=rollup)
    tree = load_code_tree(store)
    if empty or session.json:
        _show_cells(session, _cell_items(matrix, tree, only_empty=empty))
    else:
        _show_grid(session, matrix, tree, count or _usual_count(session))


def _usual_count(session: Session) -> str:
    from kodebok.domain.method import profile_of

    counts = profile_of(session.study.project().method).counts_first.value
    return "passages" if counts else _PRESENCE


def _check_columns(store: Store, columns: str) -> str:
    from kodebok.coding.retrieval import BY_CASE, BY_SOURCE
    from kodebok.storage.cases import load_variables

    if columns in {BY_CASE, BY_SOURCE}:
        return columns
    names = [variable.name for variable in load_variables(store)]
    for name in names:
        if name.casefold() == columns.casefold():
            return name
    raise WrongUseError(
        _("the columns cannot be that"),
        _("use one of: {choices}", choices=", ".join((BY_CASE, BY_SOURCE, *names))),
        "K613",
    )


def _cell_items(matrix: Matrix, tree: CodeTree, *, only_empty: bool) -> list[Item]:
    cells = (
        matrix.cells[code_id, column.name] for code_id in matrix.codes for column in matrix.columns
    )
    return [
        {
            "code": tree.path(cell.code_id),
            "column": cell.column,
            "codings": cell.codings,
            "passages": cell.passages,
            "words": cell.words,
            "state": str(cell.state),
            "coding_ids": list(cell.coding_ids),
        }
        for cell in cells
        if not (only_empty and cell.codings)
    ]


def _show_cells(session: Session, items: list[Item]) -> None:
    if session.json:
        show_json("matrix", items)
        return
    columns = [Column(_("Code"), "code"), Column(_("Column"), "column"), Column(_("State"), "why")]
    show(session, "matrix", [{**i, "why": _(_STATE_WORDS[i["state"]])} for i in items], columns)


def _show_grid(session: Session, matrix: Matrix, tree: CodeTree, count: str) -> None:
    items: list[Item] = []
    for code_id in matrix.codes:
        numbers = [_number(matrix.cells[code_id, c.name], count) for c in matrix.columns]
        row: Item = {str(place): number for place, number in enumerate(numbers)}
        items.append({"code": tree.path(code_id), **row, "all": sum(numbers)})
    headings = [(str(place), column.name) for place, column in enumerate(matrix.columns)]
    if is_terminal() and items:
        _draw_grid(items, [*headings, ("all", _("All"))], tree, matrix, count)
    else:
        columns = [Column(title, key, is_number=True) for key, title in headings]
        total = Column(_("All"), "all", is_number=True)
        show(session, "matrix", items, [Column(_("Code"), "code"), *columns, total])
    session.say(_("A count is not a weight; it says where to look."))


def _draw_grid(
    items: list[Item],
    headings: list[tuple[str, str]],
    tree: CodeTree,
    matrix: Matrix,
    count: str,
) -> None:
    """A table with a bar beside each number; a dot where there is none.

    Columns that would not fit get numbers, which are explained below the table.
    """
    from rich.text import Text

    most = max((item[key] for item in items for key, _title in headings[:-1]), default=0)
    explained = not _fits([title for _key, title in headings])
    table = new_table()
    table.add_column(Text(_("Code")), min_width=_CODE_WIDTH, overflow="fold")
    for number, (_key, title) in enumerate(headings[:-1], start=1):
        heading = str(number) if explained else for_terminal(title)
        table.add_column(Text(heading), justify="right", no_wrap=True)
    table.add_column(Text(headings[-1][1]), justify="right", no_wrap=True)
    for code_id, item in zip(matrix.codes, items, strict=True):
        name = Text("  " * tree.depth(code_id) + for_terminal(tree[code_id].name))
        cells = [Text(_drawn(item[key], most, count)) for key, _title in headings[:-1]]
        table.add_row(name, *cells, Text(str(item["all"])))
    print_rich(table)
    for number, (_key, title) in enumerate(headings[:-1] if explained else (), start=1):
        write_text(f"{number} = {title}")


def _fits(titles: list[str]) -> bool:
    from shutil import get_terminal_size

    needed = _CODE_WIDTH + sum(max(len(title), _NARROWEST) + GAP for title in titles)
    return needed <= get_terminal_size().columns


def _number(cell: Cell, count: str) -> int:
    return int(cell.codings > 0) if count == _PRESENCE else int(getattr(cell, count))


def _drawn(number: int, most: int, count: str) -> str:
    if not number:
        return "·"
    if count == _PRESENCE:
        return "●"
    return f"{number} {_BARS[max(1, round(number / most * (len(_BARS) - 1)))]}"
