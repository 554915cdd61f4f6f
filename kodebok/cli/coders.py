"""`kodebok coders`: who works in the study."""

from __future__ import annotations

from kodebok.cli.base import argument, new_group, option
from kodebok.cli.output import Column, show
from kodebok.cli.session import Session, with_session
from kodebok.i18n import mark, translator

_ = translator("cli")


@new_group(mark("List or add coders; without a command: list."))
def command() -> None:
    """Coders."""


@command.command("list", help=mark("List the coders with how much each has coded."))
@with_session
def list_coders(session: Session) -> None:
    """Print all."""
    from kodebok.storage import codings, projects

    counts: dict[str, int] = {}
    for coding in codings.load_codings(session.store):
        counts[coding.coder_id] = counts.get(coding.coder_id, 0) + 1
    items = [
        {
            "id": user.id,
            "name": user.name,
            "role": user.role,
            "codings": counts.get(user.id, 0),
            "at_work": user.id == session.coder_id,
        }
        for user in projects.load_users(session.store)
    ]
    columns = [
        Column(_("Name"), "name"),
        Column(_("Role"), "role"),
        Column(_("Codings"), "codings", is_number=True),
        Column(_("At work"), "at_work"),
    ]
    show(session, "coders", items, columns)


@command.command("add", help=mark("Add a coder."))
@argument("name", mark("The new name."))
@option("--role", default="", metavar="TEXT", help=mark("What the coder does, such as supervisor."))
@with_session
def add_coder(session: Session, name: str, role: str) -> None:
    """Add one."""
    from kodebok.study.opening import add_coder as add

    user = add(session.study, name, role)
    session.say(_("Added {name}; work as that coder with --coder.", name=user.name))
