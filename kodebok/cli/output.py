"""Data on stdout: as JSON, as a table on a terminal, else as lines with tabs.

What users wrote is never taken for markup or for a terminal's own commands.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kodebok.i18n import translator

if TYPE_CHECKING:
    from kodebok.cli.session import Session

_ = translator("cli")

Item = dict[str, Any]

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
    """

    title: str
    key: str
    is_number: bool = False
    width: int | None = None


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
            write("\t".join(_flat(item.get(column.key)) for column in columns) + "\n")


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


def _flat(value: Any) -> str:
    return plain(value).translate(_FLAT)


def _show_table(items: Sequence[Item], columns: Sequence[Column]) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for column in columns:
        table.add_column(
            Text(column.title),
            justify="right" if column.is_number else "left",
            max_width=column.width,
            overflow="fold",
        )
    for item in items:
        table.add_row(*(Text(for_terminal(plain(item.get(c.key)))) for c in columns))
    print_rich(table)


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
