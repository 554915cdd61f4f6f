"""`kodebok codebook`: show, import, export, seed; its changes stand in `codebook_changes`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kodebok.cli.base import argument, new_group, option
from kodebok.cli.choices import word_of
from kodebok.cli.codebook_changes import CHANGES
from kodebok.cli.gate_words import gate_options
from kodebok.cli.items import code_columns, code_items
from kodebok.cli.output import (
    Column,
    for_terminal,
    is_terminal,
    new_table,
    print_rich,
    show,
    show_json,
    write,
    write_text,
)
from kodebok.cli.session import Session, tell, with_session
from kodebok.errors import KodebokError, WrongUseError
from kodebok.i18n import mark, plural_translator, translator

if TYPE_CHECKING:
    from kodebok.cli.output import Item
    from kodebok.coding.codebook_file import CodeSpec

_ = translator("cli")
_n = plural_translator("cli")


@new_group(mark("Show, import, export or change the codebook; without a command: show."))
def command() -> None:
    """The codebook."""


@command.command("show", help=mark("Print the codebook, or all that is said of one code."))
@argument("code", mark("The code's path, last part of the path, or id."), required=False)
@with_session
def show_codebook(session: Session, code: str | None) -> None:
    """Print codes."""
    from kodebok.coding.naming import find_code
    from kodebok.storage.codes import load_code_tree

    items = code_items(session.store)
    if code is not None:
        chosen = find_code(load_code_tree(session.store), code)
        items = [item for item in items if item["id"] == chosen.id]
        if not session.json:
            _describe(items[0])
            return
    if session.json or not items or not is_terminal():
        show(session, "codes", items, code_columns())
    else:
        _draw(items)


def _describe(item: Item) -> None:
    """All that is said of a code, a line for each part."""
    parts = (
        (_("Code"), item["path"]),
        (_("Id"), item["id"]),
        (_("Definition"), item["definition"]),
        (_("When it is used"), item["use_when"]),
        (_("When it is not used"), item["not_when"]),
        (_("Example"), item["example"]),
        (_("Origin"), word_of(item["origin"])),
        (_("Question"), item["question"]),
        (_("Theory"), ", ".join(item["theory"])),
        (_("Colour"), word_of(item["color"])),
        (_("Letter"), item["letter"]),
        (_("Codings"), str(item["codings"])),
    )
    write_text("\n".join(f"{title}: {text}" for title, text in parts if text))


def _draw(items: list[Item]) -> None:
    """The codebook as a tree, each code with its letter on its colour."""
    from rich.text import Text

    from kodebok.domain.code import Color

    table = new_table()
    for column in code_columns():
        if column.key not in {"letter", "color"}:
            table.add_column(
                Text(column.title),
                justify="right" if column.is_number else "left",
                max_width=column.width,
            )
    for item in items:
        depth = item["path"].count("/")
        swatch = (f" {item['letter'] or ' '} ", f"black on {Color(item['color']).rgb}")
        name = Text.assemble("  " * depth, swatch, f" {for_terminal(item['name'])}")
        definition = Text(for_terminal(item["definition"]))
        table.add_row(name, Text(str(item["codings"])), Text(word_of(item["origin"])), definition)
    print_rich(table)


@command.command(
    "import", help=mark("Bring in codes from a YAML file: new ones are added, known ones changed.")
)
@argument("file", mark("The YAML file."), type=click.Path(path_type=Path))
@option("--dry-run", is_flag=True, help=mark("Only show what would be added and changed."))
@with_session
def import_codebook(session: Session, file: Path, dry_run: bool) -> None:
    """Bring in codes."""
    from kodebok.coding.codebook_file import parse_codebook

    _bring_in(session, parse_codebook(_read_text(file)), dry_run=dry_run)


@command.command(
    "seed", help=mark("Make codes of an interview guide: headings, and the questions below them.")
)
@argument("guide", mark("The interview guide: text, Word, PDF."), type=click.Path(path_type=Path))
@option("--dry-run", is_flag=True, help=mark("Only show what would be added and changed."))
@with_session
def seed_codebook(session: Session, guide: Path, dry_run: bool) -> None:
    """Make codes of a guide."""
    from kodebok.coding.codebook_file import seed_from_guide
    from kodebok.sources import ReadOptions, read_file

    arrivals = read_file(guide, ReadOptions(speakers=False))
    text = "\n".join(turn.text for arrival in arrivals for turn in arrival.turns)
    _bring_in(session, seed_from_guide(text), dry_run=dry_run)


def _bring_in(session: Session, specs: list[CodeSpec], *, dry_run: bool) -> None:
    from kodebok.coding.codebook_file import import_codes

    store = session.store
    change = import_codes(store, session.coder_id, specs, dry_run=dry_run)
    items = [
        *({"path": path, "change": "added"} for path in change.added),
        *({"path": path, "change": "changed"} for path in change.changed),
    ]
    if session.json:
        show_json("codebook-change", items)
        return
    words = {"added": _("added"), "changed": _("changed")}
    columns = [Column(_("Code"), "path"), Column(_("Change"), "word")]
    show(session, "codebook-change", [{**i, "word": words[i["change"]]} for i in items], columns)
    said = _n("{n} code is new", "{n} codes are new", len(change.added))
    more = _n("{n} code changes", "{n} codes change", len(change.changed))
    session.say(f"{said}, {more}." + (_(" Nothing was changed yet.") if dry_run else ""))


def _read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise WrongUseError(
            _("{file} is not UTF-8", file=path.name), _("save it as UTF-8"), "K634"
        ) from error
    except OSError as error:
        raise KodebokError(
            _("{file} cannot be read", file=path.name),
            _("see that it is there and that you may read it"),
            "K635",
        ) from error


@command.command("export", help=mark("Print the codebook as YAML, or write it to a file."))
@option(
    "-o", "--output", type=click.Path(path_type=Path), metavar="FILE",
    help=mark("The file to write; else it is printed."),
)  # fmt: skip
@option("--overwrite", is_flag=True, help=mark("Replace a file of that name."))
@gate_options
@with_session
def export_codebook(session: Session, output: Path | None, overwrite: bool) -> None:
    """Write the codebook."""
    from kodebok.coding.codebook_file import dump_codebook
    from kodebok.storage.codes import load_code_tree

    project = session.study.project()
    tree = load_code_tree(session.store)
    dumped = dump_codebook(tree, project.title, project.language)
    if output is None:
        write(dumped)
        return
    from kodebok.export.write import write_export
    from kodebok.study.gating import study_gate

    verdict = write_export(
        output, dumped.encode(), study_gate(session.study), kind="codebook", overwrite=overwrite
    )
    for sentence in verdict.sentences:
        tell(sentence)
    write(f"{output}\n")


for change in CHANGES:
    command.add_command(change)
