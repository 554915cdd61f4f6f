"""Data on stdout: as JSON, as a table on a terminal, else as lines with tabs.

What users wrote is never taken for markup or for a terminal's own commands.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kodebok.cli.choices import word_of
from kodebok.i18n import translator

if TYPE_CHECKING:
    from kodebok.cli.session import Session

_ = translator("cli")

Item = dict[str, Any]

LONGEST_UNBROKEN = 28  # characters of a value that a table does not break over lines
NARROWEST_TEXT = 20  # cells of a column with running text
GAP = 2  # cells between two columns

# Control characters; a terminal would obey some of them. Tab and line end are kept here.
_CONTROLS = {code: "\ufffd" for code in (*range(32), *range(127, 160)) if code not in {9, 10}}
_FLAT = {**_CONTROLS, 9: " ", 10: " "}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table for people.

    Attributes:
        title: Its heading, translated.
        key: The field of the items.
        is_number: Whether it is set to the right.
        width: The most cells it takes on a terminal; None for as many as there are.
        is_choice: Whether its values are fixed ones, shown in the user's words.
    """

    title: str
    key: str
    is_number: bool = False
    width: int | None = None
    is_choice: bool = False

    def cell(self, item: Item) -> str:
        """The item's value as people read it."""
        value = plain(item.get(self.key))
        return word_of(value) if self.is_choice else value


def show(session: Session, schema: str, items: Sequence[Item], columns: Sequence[Column]) -> None:
    """Print items in the form that is wanted."""
    if session.json:
        show_json(schema, items)
    elif not items:
        session.say(_("Nothing here yet."))
    elif is_terminal():
        _show_table(items, columns)
    else:
        write("\t".join(column.title for column in columns) + "\n")
        for item in items:
            write("\t".join(_flat(column.cell(item)) for column in columns) + "\n")


def show_json(schema: str, items: Iterable[Item]) -> None:
    """Print the envelope that every command's data have."""
    import json

    content = {"schema": f"kodebok.{schema}/1", "items": list(items)}
    write(json.dumps(content, ensure_ascii=False, indent=1) + "\n")


def is_terminal() -> bool:
    """Whether stdout is read by a person."""
    return sys.stdout.isatty()


def write(text: str) -> None:
    """Write to stdout: UTF-8, or what the terminal can show."""
    if is_terminal():
        encoding = sys.stdout.encoding or "utf-8"
        sys.stdout.write(text.encode(encoding, "replace").decode(encoding))
        return
    sys.stdout.flush()
    buffer = getattr(sys.stdout, "buffer", None)
    if buffer is None:
        sys.stdout.write(text)
    else:
        buffer.write(text.encode("utf-8", "replace"))


def for_terminal(text: str) -> str:
    """A text without the control characters that a terminal would obey."""
    return text.translate(_CONTROLS)


def write_text(text: str) -> None:
    """Write running text of the study, without control characters on a terminal."""
    write((for_terminal(text) if is_terminal() else text).rstrip("\n") + "\n")


def plain(value: Any) -> str:
    """A value as people read it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list | tuple):
        return ", ".join(plain(part) for part in value)
    if isinstance(value, dict):
        return "; ".join(f"{key}: {plain(part)}" for key, part in value.items())
    return str(value)


def _flat(text: str) -> str:
    return text.translate(_FLAT)


def _show_table(items: Sequence[Item], columns: Sequence[Column]) -> None:
    from shutil import get_terminal_size

    from rich.text import Text

    widths = [_least_width(items, column) for column in columns]
    if sum(widths) + GAP * (len(widths) - 1) > get_terminal_size().columns:
        write_text(_as_records(items, columns))
        return
    table = new_table()
    for column, width in zip(columns, widths, strict=True):
        is_short = column.width is None and width != NARROWEST_TEXT
        table.add_column(
            Text(column.title),
            justify="right" if column.is_number else "left",
            min_width=width,
            max_width=column.width,
            no_wrap=is_short,
            overflow="fold",
        )
    for item in items:
        table.add_row(*(Text(for_terminal(column.cell(item))) for column in columns))
    print_rich(table)


def new_table() -> Any:
    """An empty table in the one look that all have."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    return Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, GAP - 1, 0, 0))


def _least_width(items: Sequence[Item], column: Column) -> int:
    """The cells that a column needs: all of its longest value when that is short."""
    longest = max(len(column.title), *(len(column.cell(item)) for item in items))
    is_text = column.width is not None or longest > LONGEST_UNBROKEN
    return NARROWEST_TEXT if is_text and longest > NARROWEST_TEXT else longest


def _as_records(items: Sequence[Item], columns: Sequence[Column]) -> str:
    """Items below each other, for a terminal too narrow for them as rows."""
    first, *rest = columns
    records = []
    for item in items:
        cells = ((column.title, column.cell(item)) for column in rest)
        lines = [first.cell(item), *(f"  {title}: {text}" for title, text in cells if text)]
        records.append("\n".join(lines))
    return "\n\n".join(records)


def print_rich(*things: Any) -> None:
    """Print something that rich draws; only on a terminal."""
    from rich.console import Console

    console = Console(file=sys.stdout, highlight=False, markup=False, emoji=False)
    for thing in things:
        console.print(thing)


def clock(milliseconds: int | None) -> str:
    """A time in a recording as `h:mm:ss`; nothing when there is none."""
    if milliseconds is None:
        return ""
    seconds = milliseconds // 1000
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def shortened(text: str, length: int) -> str:
    """The beginning of a text on one line, cut at a word, with an ellipsis."""
    folded = " ".join(text.split())
    if len(folded) <= length:
        return folded
    return folded[: length - 1].rsplit(" ", 1)[0] + "…"
