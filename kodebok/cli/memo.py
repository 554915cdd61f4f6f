"""`kodebok memo`: what researchers write for themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from kodebok.cli.base import argument, new_group, option
from kodebok.cli.items import first_line, named_things, note_item, short_id
from kodebok.cli.output import Column, Item, show, write_text
from kodebok.cli.session import Session, with_session
from kodebok.cli.typed import given_text
from kodebok.domain.code import SHORTEST_ID
from kodebok.domain.note import Note, NoteKind, Target
from kodebok.errors import WrongUseError
from kodebok.i18n import mark, translator

if TYPE_CHECKING:
    from kodebok.storage.database import Store

_ = translator("cli")

_KINDS = click.Choice([str(kind) for kind in NoteKind])
_text = option(
    "--text", metavar="TEXT", help=mark("The memo; without it, it is read from standard input.")
)
_on_source = option("--source", metavar="SOURCE", help=mark("About this source."))
_on_code = option("--code", metavar="CODE", help=mark("About this code."))
_on_coding = option("--coding", metavar="CODING", help=mark("About this coding, by its id."))
_on_case = option("--case", metavar="CASE", help=mark("About this participant."))
_on_theme = option("--theme", metavar="THEME", help=mark("About this theme."))


@new_group(mark("Write, list or change memos; without a command: list."))
def command() -> None:
    """Memos."""


def _show(session: Session, notes: list[Note]) -> None:
    names = named_things(session.store)
    items = [note_item(note, names) for note in notes]
    if not session.json:
        items = [
            {
                **item,
                "short": short_id(item["id"]),
                "day": item["created"][:10],
                "text": first_line(item["text"]),
            }
            for item in items
        ]
    columns = [
        Column(_("Id"), "short"),
        Column(_("Day"), "day"),
        Column(_("Coder"), "coder"),
        Column(_("Kind"), "kind", is_choice=True),
        Column(_("About"), "on", is_choice=True),
        Column(_("Which"), "target", width=30),
        Column(_("Title"), "title"),
        Column(_("Text"), "text"),
    ]
    show(session, "memos", items, columns)


@command.command("list", help=mark("List memos, oldest first."))
@option("--kind", type=_KINDS, help=mark("Only this kind."))
@_on_source
@_on_code
@_on_coding
@_on_case
@_on_theme
@with_session
def list_memos(session: Session, kind: str | None, **about: str | None) -> None:
    """Print memos."""
    from kodebok.storage.notes import load_notes

    _target, target_id, _place = _find_target(session.store, about)
    notes = load_notes(session.store, target_id=target_id)
    _show(session, [note for note in notes if kind in {None, str(note.kind)}])


@command.command("show", help=mark("Print a whole memo."))
@argument("memo", mark("The memo's id, or the first four signs of it."))
@with_session
def show_memo(session: Session, memo: str) -> None:
    """Print one."""
    found = find_note(session.store, memo)
    if session.json:
        _show(session, [found])
        return
    write_text(f"{found.title}\n\n{found.text}" if found.title else found.text)


@command.command(
    "add",
    help=mark(
        "Write a memo on the study, a source, passage, code, coding, participant or theme.\n\n"
        "With --source, --start and --end it is about that passage."
    ),
)
@_text
@option("--title", default="", metavar="TEXT", help=mark("A title."))
@option(
    "--kind", type=_KINDS, default="memo", show_default=True, help=mark("What the memo is for.")
)
@_on_source
@option("--start", type=int, metavar="N", help=mark("Offset of the first character, from 0."))
@option("--end", type=int, metavar="N", help=mark("Offset after the last character."))
@_on_code
@_on_coding
@_on_case
@_on_theme
@with_session
def add_memo(session: Session, text: str | None, title: str, kind: str, **about: Any) -> None:
    """Write one."""
    from kodebok.domain.ids import new_id
    from kodebok.storage.notes import add_note, load_notes

    store = session.store
    target, target_id, place = _find_target(store, about)
    note = Note(
        new_id(),
        target,
        target_id,
        session.coder_id,
        given_text(text),
        NoteKind(kind),
        title.strip(),
        *(place or (None, None)),
    )
    with store.act("memo.add", session.coder_id, target_id or "") as act:
        add_note(act, note)
    _show(session, [item for item in load_notes(store) if item.id == note.id])


@command.command("set", help=mark("Change a memo."))
@argument("memo", mark("The memo's id, or the first four signs of it."))
@option("--text", metavar="TEXT", help=mark("The new words; '-' reads standard input."))
@option("--title", metavar="TEXT", help=mark("A title."))
@option("--kind", type=_KINDS, help=mark("What the memo is for."))
@with_session
def set_memo(
    session: Session, memo: str, text: str | None, title: str | None, kind: str | None
) -> None:
    """Change one."""
    from kodebok.cli.facts import nothing_given
    from kodebok.storage.notes import change_note, load_notes

    found = find_note(session.store, memo)
    words = None if text is None else given_text(None if text == "-" else text)
    given = {"text": words, "title": title, "kind": kind}
    values = {name: value for name, value in given.items() if value is not None}
    if not values:
        raise nothing_given()
    with session.store.act("memo.change", session.coder_id, found.id) as act:
        change_note(act, found.id, **values)
    _show(session, [note for note in load_notes(session.store) if note.id == found.id])


@command.command("remove", help=mark("Remove a memo; undo brings it back."))
@argument("memo", mark("The memo's id, or the first four signs of it."))
@with_session
def remove_memo(session: Session, memo: str) -> None:
    """Remove one."""
    from kodebok.storage.notes import remove_note

    found = find_note(session.store, memo)
    with session.store.act("memo.remove", session.coder_id, found.id) as act:
        remove_note(act, found.id)
    session.say(_("Removed the memo; 'kodebok undo' brings it back."))


def find_note(store: Store, typed: str) -> Note:
    """The memo of that id, or of its first signs.

    Raises:
        WrongUseError: There is none, or more than one (K619).
    """
    from kodebok.storage.notes import load_notes

    wanted = typed.strip()
    long_enough = len(wanted) >= SHORTEST_ID
    found = [note for note in load_notes(store) if long_enough and note.id.startswith(wanted)]
    if len(found) != 1:
        raise WrongUseError(
            _("no memo, or more than one, has that id"),
            _("see '{command}' for what there is", command="kodebok memo"),
            "K619",
        )
    return found[0]


def _find_target(
    store: Store, about: dict[str, Any]
) -> tuple[Target, str | None, tuple[int, int] | None]:
    """What a memo is about: the study when nothing is named."""
    named = [name for name in ("source", "code", "coding", "case", "theme") if about[name]]
    if len(named) > 1:
        raise WrongUseError(_("a memo is about one thing"), _("name only one of them"), "K620")
    has_place = about.get("start") is not None or about.get("end") is not None
    if has_place and named != ["source"]:
        raise WrongUseError(
            _("a passage needs its source"), _("give --source, --start and --end"), "K621"
        )
    if not named:
        return Target.PROJECT, None, None
    thing_id = _find_thing(store, named[0], about[named[0]])
    if not has_place:
        return Target(named[0]), thing_id, None
    return Target.PASSAGE, thing_id, _place_in(store, thing_id, about)


def _find_thing(store: Store, kind: str, typed: str) -> str:
    from kodebok.cli.themes import find_theme
    from kodebok.coding import naming
    from kodebok.storage.codes import load_code_tree

    if kind == "code":
        return naming.find_code(load_code_tree(store), typed).id
    if kind == "theme":
        return find_theme(store, typed).id
    find = {
        "source": naming.find_source,
        "coding": naming.find_coding,
        "case": naming.find_case,
    }[kind]
    found: Any = find(store, typed)
    thing_id: str = found.id
    return thing_id


def _place_in(store: Store, source_id: str, about: Item) -> tuple[int, int]:
    from kodebok.cli.code import given_passage
    from kodebok.coding.passages import trim_passage
    from kodebok.storage.sources import load_text

    text = load_text(store, source_id)
    span = trim_passage(text, given_passage(text, about["start"], about["end"], None, None))
    return span.start, span.end
