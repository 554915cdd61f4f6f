"""`kodebok codebook add, set, rename, move, merge, split, delete`: each one act."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from kodebok.cli.base import argument, new_command, option
from kodebok.cli.items import code_columns, code_items
from kodebok.cli.output import show
from kodebok.cli.session import Session, with_session
from kodebok.domain.code import Code, Color, Origin
from kodebok.domain.text import canonicalise
from kodebok.errors import WrongUseError
from kodebok.i18n import mark, translator

_ = translator("cli")

_THE_CODE = mark("The code's path, last part of the path, or id.")
_FIELDS = (
    option("--definition", metavar="TEXT", help=mark("What it means.")),
    option("--use-when", metavar="TEXT", help=mark("When it is used.")),
    option("--not-when", metavar="TEXT", help=mark("When it is not used.")),
    option("--example", metavar="TEXT", help=mark("An example.")),
    option("--question", metavar="TEXT", help=mark("The research question that it answers.")),
    option(
        "--theory", metavar="NAME", multiple=True,
        help=mark("A theory code that it is linked to; repeat for more."),
    ),
    option(
        "--origin", type=click.Choice([str(o) for o in Origin]), help=mark("Where it came from.")
    ),
    option("--color", type=click.Choice([str(c) for c in Color]), help=mark("Its colour.")),
    option("--letter", metavar="LETTER", help=mark("One sign shown beside the colour.")),
)  # fmt: skip


def _fields(function: Callable[..., Any]) -> Callable[..., Any]:
    for add in reversed(_FIELDS):
        function = add(function)
    return function


def _given(values: dict[str, Any]) -> dict[str, Any]:
    """The fields that were given, in the code's own types."""
    fields: dict[str, Any] = {
        name: canonicalise(value).strip()
        for name, value in values.items()
        if isinstance(value, str)
    }
    if values["theory"]:
        fields["theory"] = tuple(name.strip() for name in values["theory"] if name.strip())
    if values["origin"]:
        fields["origin"] = Origin(values["origin"])
    if values["color"]:
        fields["color"] = Color(values["color"])
    if len(fields.get("letter", "")) > 1:
        raise WrongUseError(_("a letter is one sign"), _("give one sign"), "K636")
    return fields


def _find(session: Session, typed: str) -> Code:
    from kodebok.coding.naming import find_code
    from kodebok.storage.codes import load_code_tree

    return find_code(load_code_tree(session.store), typed)


def _show(session: Session, code_id: str) -> None:
    items = [item for item in code_items(session.store) if item["id"] == code_id]
    show(session, "codes", items, code_columns())


@new_command(mark("Add a code; 'A/B' adds B below A."))
@argument("name", mark("The new name, with its parent's path before it if it has one."))
@option("--under", metavar="CODE", help=mark("The code that it is to stand below."))
@_fields
@with_session
def add(session: Session, name: str, under: str | None, **values: Any) -> None:
    """Add one; a parent that is not there is not made silently."""
    from kodebok.coding import codebook

    parent, sign, last = name.rpartition("/")
    if under is not None and sign:
        raise WrongUseError(
            _("the parent is given twice"), _("give it in the name or with --under"), "K637"
        )
    above = under if under is not None else parent
    parent_id = _find(session, above).id if above else None
    made = codebook.add_code(session.store, session.coder_id, last, parent_id, **_given(values))
    _show(session, made.id)
    ask_of_new_code(session)


def ask_of_new_code(session: Session) -> None:
    """Say what the way of working asks of each new code, if it asks anything."""
    from kodebok.coding import method_words

    question = method_words.ask_of_new_code(session.study.project().method)
    if question:
        session.say(question)


@new_command(mark("Change what is said of a code."))
@argument("code", _THE_CODE)
@_fields
@with_session
def set_(session: Session, code: str, **values: Any) -> None:
    """Change fields."""
    from kodebok.cli.facts import nothing_given
    from kodebok.coding import codebook

    found = _find(session, code)
    fields = _given(values)
    if not fields:
        raise nothing_given()
    codebook.change_code(session.store, session.coder_id, found.id, **fields)
    _show(session, found.id)


@new_command(mark("Give a code another name; its codings stay."))
@argument("code", _THE_CODE)
@argument("name", mark("The new name."))
@with_session
def rename(session: Session, code: str, name: str) -> None:
    """Rename."""
    from kodebok.coding import codebook

    found = _find(session, code)
    codebook.change_code(session.store, session.coder_id, found.id, name=canonicalise(name))
    _show(session, found.id)


@new_command(mark("Move a code with those below it under another, or to another place."))
@argument("code", _THE_CODE)
@option("--under", metavar="CODE", help=mark("The code that it is to stand below."))
@option("--top", is_flag=True, help=mark("Make it a top code."))
@option("--position", type=int, metavar="N", help=mark("Its place in the order, from 1."))
@with_session
def move(session: Session, code: str, under: str | None, top: bool, position: int | None) -> None:
    """Move."""
    from kodebok.cli.facts import nothing_given
    from kodebok.coding import codebook

    if under is not None and top:
        raise WrongUseError(
            _("it can stand below a code or be a top code"), _("give --under or --top"), "K638"
        )
    if under is None and not top and position is None:
        raise nothing_given()
    found = _find(session, code)
    parent_id = found.parent_id
    if top:
        parent_id = None
    elif under is not None:
        parent_id = _find(session, under).id
    place = None if position is None else position - 1
    codebook.move_code(session.store, session.coder_id, found.id, parent_id, place)
    _show(session, found.id)


@new_command(mark("Merge a code into another: codings, memos, quotes and codes below follow."))
@argument("code", mark("The code that goes."))
@argument("into", mark("The code that stays."))
@with_session
def merge(session: Session, code: str, into: str) -> None:
    """Merge."""
    from kodebok.coding import codebook

    gone, kept = _find(session, code), _find(session, into)
    codebook.merge_codes(session.store, session.coder_id, gone.id, kept.id)
    _show(session, kept.id)


@new_command(mark("Move chosen codings of a code to a new code below it."))
@argument("code", _THE_CODE)
@argument("name", mark("The new name."))
@option(
    "--coding",
    "chosen",
    multiple=True,
    required=True,
    metavar="CODING",
    help=mark("The coding's id; repeat for more."),
)
@with_session
def split(session: Session, code: str, name: str, chosen: tuple[str, ...]) -> None:
    """Split."""
    from kodebok.coding import codebook
    from kodebok.coding.naming import find_coding

    found = _find(session, code)
    ids = [find_coding(session.store, typed).id for typed in chosen]
    made = codebook.split_code(session.store, session.coder_id, found.id, name, ids)
    _show(session, made.id)


@new_command(mark("Delete a code with its codings and those below it; undo brings them back."))
@argument("code", _THE_CODE)
@with_session
def delete(session: Session, code: str) -> None:
    """Delete."""
    from kodebok.coding import codebook
    from kodebok.storage.codes import count_codings, load_code_tree

    found = _find(session, code)
    counts = count_codings(session.store)
    tree = load_code_tree(session.store)
    family = [found, *tree.descendants(found.id)]
    count = sum(counts.get(member.id, 0) for member in family)
    question = _("Delete {name}, {below} codes below it and {n} codings?",
                 name=found.name, below=len(family) - 1, n=count)  # fmt: skip
    if not session.ask(question):
        session.say(_("Nothing was changed."))
        return
    gone = codebook.delete_code(session.store, session.coder_id, found.id)
    session.say(_("Deleted, with {n} codings; 'kodebok undo' brings all back.", n=gone))


def _named(name: str, made: click.Command) -> click.Command:
    made.name = name
    return made


CHANGES = tuple(
    _named(name, made)
    for name, made in (
        ("add", add),
        ("set", set_),
        ("rename", rename),
        ("move", move),
        ("merge", merge),
        ("split", split),
        ("delete", delete),
    )
)
