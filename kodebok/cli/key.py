"""`kodebok key`: what is in the key file; a copy; another passphrase; and the end of it."""

from __future__ import annotations

from pathlib import Path

import click

from kodebok.cli.anonymise_acts import ACTIONS, unlocked
from kodebok.cli.base import argument, new_group
from kodebok.cli.output import Column, Item, show
from kodebok.cli.passphrase import type_passphrase
from kodebok.cli.session import Session, ask_text, can_ask, with_session
from kodebok.errors import WrongUseError
from kodebok.i18n import mark, translator

_ = translator("cli")

REPLACEMENTS, PERSONS, BOTH = "replacements", "persons", "both"


@new_group(
    mark(
        "The key file: which names stand behind what is in the text.\n\n"
        "It lies outside the study, under a passphrase, in the age format. The setting key-file "
        "names another place for it."
    )
)
def command() -> None:
    """The key file."""


@command.command("show", help=mark("List originals and replacements, and who participants are."))
@with_session
def show_key(session: Session) -> None:
    """List what is in it."""
    from kodebok.study.key_acts import key_entities, key_persons

    key = unlocked(session)
    items: list[Item] = [
        {
            "kind": "entity",
            "id": one.id,
            "original": one.name,
            "aliases": list(one.aliases),
            "replacement": one.replacement,
            "action": None if one.action is None else str(one.action),
        }
        for one in key_entities(key)
    ]
    items += [
        {
            "kind": "person",
            "id": one.case_id,
            "original": one.person,
            "aliases": [],
            "replacement": one.label,
            "action": None,
        }
        for one in key_persons(session.study, key)
    ]
    for item in items:
        item["done"] = _(ACTIONS[item["action"]]) if item["action"] else _("participant")
    columns = [
        Column(_("Original"), "original"),
        Column(_("Also"), "aliases"),
        Column(_("In the text"), "replacement"),
        Column(_("Becomes"), "done"),
    ]
    show(session, "key", items, columns)


@command.command("export", help=mark("Write a copy of the key file, still under its passphrase."))
@argument("file", mark("The file to write."), type=click.Path(path_type=Path))
@with_session
def export(session: Session, file: Path) -> None:
    """Copy it."""
    from kodebok.study.key_acts import export_key

    written = export_key(session.study, file.expanduser())
    session.say(_("{file} is written. Keep it apart from the study.", file=written.name))


@command.command("change-passphrase", help=mark("Give the key file another passphrase."))
@with_session
def change_passphrase(session: Session) -> None:
    """Another passphrase."""
    key = unlocked(session)
    key.change_passphrase(type_passphrase(_("New passphrase: "), twice=True))
    session.say(_("The new passphrase holds. Older copies still open with the old one."))


@command.command(
    "destroy",
    help=mark(
        "Destroy the replacements, the persons, or both, for good.\n\n"
        "Nothing brings them back: not undo, no copy, no merge. Copies of the key file that you "
        "made elsewhere you must delete yourself."
    ),
)
@argument(
    "part",
    mark("What is destroyed: replacements, persons or both."),
    type=click.Choice([REPLACEMENTS, PERSONS, BOTH]),
)
@with_session
def destroy(session: Session, part: str) -> None:
    """The end of it; `--yes` does not answer this."""
    from kodebok.storage.sealing import KeyPart
    from kodebok.study.anonymising_state import load_anonymity
    from kodebok.study.key_acts import destroy_key

    parts = {
        REPLACEMENTS: frozenset({KeyPart.REPLACEMENTS}),
        PERSONS: frozenset({KeyPart.PERSONS}),
        BOTH: frozenset(KeyPart),
    }[part]
    _confirm_end(part)
    key = None if part == BOTH else unlocked(session)
    state = destroy_key(session.study, parts, key)
    report = load_anonymity(session.study)
    session.say(_("State of the text: {state}.", state=report.sentence))
    if state.exported:
        session.say(
            _("Copies of the key were written elsewhere: {n}. Delete them.", n=state.exported)
        )


def _confirm_end(part: str) -> None:
    """Let the user type the part's name.

    Raises:
        WrongUseError: There is no one to ask (K815), or something else was typed (K816).
    """
    if not can_ask():
        raise WrongUseError(
            _("this is final, and is confirmed by a person"), _("run it in a terminal"), "K815"
        )
    typed = ask_text(_("This cannot be undone. Type {word} to go on: ", word=part))
    if typed != part:
        raise WrongUseError(_("that is not the word"), _("nothing was destroyed"), "K816")
