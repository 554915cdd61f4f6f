"""`kodebok cases`: participants and sites, and what is known of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kodebok.cli.base import argument, new_group, option
from kodebok.cli.output import Column, Item, show
from kodebok.cli.session import Session, with_session
from kodebok.domain.case import Case, CaseKind
from kodebok.domain.text import canonicalise, fold_space
from kodebok.errors import WrongUseError
from kodebok.i18n import mark, translator

if TYPE_CHECKING:
    from kodebok.storage.history import Act

_ = translator("cli")

_KINDS = click.Choice([str(kind) for kind in CaseKind])


@new_group(mark("List, add or change participants and sites; without a command: list."))
def command() -> None:
    """Cases."""


def _items(session: Session, only: str | None = None) -> list[Item]:
    from kodebok.storage import cases, sources

    store = session.store
    listed = cases.load_cases(store)
    names = {case.id: case.name for case in listed}
    spoken: dict[str, set[str]] = {}
    labels = {source.id: source.name for source in sources.load_sources(store)}
    pairs = [(s.case_id, s.id) for s in sources.load_sources(store)]
    pairs += [(s.case_id, s.source_id) for s in sources.load_speakers(store)]
    for case_id, source_id in pairs:
        if case_id:
            spoken.setdefault(case_id, set()).add(labels[source_id])
    return [
        {
            "id": case.id,
            "name": case.name,
            "kind": str(case.kind),
            "site": names.get(case.site_id or ""),
            "sources": sorted(spoken.get(case.id, ())),
            "variables": case.values,
        }
        for case in listed
        if only in {None, case.id}
    ]


def _show(session: Session, items: list[Item]) -> None:
    columns = [
        Column(_("Name"), "name"),
        Column(_("Kind"), "kind", is_choice=True),
        Column(_("Site"), "site"),
        Column(_("Sources"), "sources", width=30),
        Column(_("What is known"), "variables"),
    ]
    show(session, "cases", items, columns)


@command.command("list", help=mark("List participants and sites with what is known of them."))
@with_session
def list_cases(session: Session) -> None:
    """Print all."""
    _show(session, _items(session))


@command.command("show", help=mark("Print one participant or site."))
@argument("case", mark("The participant's or site's name or id."))
@with_session
def show_case(session: Session, case: str) -> None:
    """Print one."""
    from kodebok.coding.naming import find_case

    _show(session, _items(session, find_case(session.store, case).id))


@command.command("add", help=mark("Add a participant or a site."))
@argument("name", mark("The new name."))
@option(
    "--kind", type=_KINDS, default="participant", show_default=True, help=mark("Which of the two.")
)
@option("--site", metavar="CASE", help=mark("The site that the participant belongs to."))
@option(
    "--variable",
    multiple=True,
    metavar="NAME=VALUE",
    help=mark("What is known, such as role=leader."),
)
@with_session
def add_case(
    session: Session, name: str, kind: str, site: str | None, variable: tuple[str, ...]
) -> None:
    """Add one."""
    from kodebok.storage import cases

    wanted = _free_name(session, name)
    with session.store.act("case.add", session.coder_id) as act:
        made = cases.add_case(act, wanted, CaseKind(kind))
        act.subject = made.id
        _give(session, act, made, site, variable)
    _show(session, _items(session, made.id))


@command.command("set", help=mark("Change the name of a participant or site, or what is known."))
@argument("case", mark("The participant's or site's name or id."))
@option("--name", metavar="TEXT", help=mark("A new name."))
@option("--kind", type=_KINDS, help=mark("Which of the two."))
@option("--site", metavar="CASE", help=mark("The site that the participant belongs to."))
@option(
    "--variable",
    multiple=True,
    metavar="NAME=VALUE",
    help=mark("What is known; an empty value removes it."),
)
@with_session
def set_case(
    session: Session,
    case: str,
    name: str | None,
    kind: str | None,
    site: str | None,
    variable: tuple[str, ...],
) -> None:
    """Change one."""
    from kodebok.cli.facts import nothing_given
    from kodebok.coding.naming import find_case
    from kodebok.storage import cases

    found = find_case(session.store, case)
    if name is None and kind is None and site is None and not variable:
        raise nothing_given()
    values = {"name": _free_name(session, name, found.id) if name is not None else None}
    values["kind"] = kind
    with session.store.act("case.change", session.coder_id, found.id) as act:
        cases.change_case(act, found.id, **{k: v for k, v in values.items() if v is not None})
        _give(session, act, found, site, variable)
    _show(session, _items(session, found.id))


@command.command("remove", help=mark("Remove a participant or site; the sources stay."))
@argument("case", mark("The participant's or site's name or id."))
@with_session
def remove_case(session: Session, case: str) -> None:
    """Remove one; the texts are untouched, which only `withdraw` may do."""
    from kodebok.coding.naming import find_case
    from kodebok.storage import cases

    found = find_case(session.store, case)
    question = _("Remove {name}? The sources stay, with no participant.", name=found.name)
    if not session.ask(question):
        session.say(_("Nothing was changed."))
        return
    with session.store.act("case.remove", session.coder_id, found.id) as act:
        cases.remove_case(act, found.id)
    session.say(_("Removed {name}; 'kodebok undo' brings it back.", name=found.name))


def _free_name(session: Session, typed: str, own_id: str = "") -> str:
    from kodebok.storage import cases

    name = fold_space(canonicalise(typed))
    taken = {c.name.casefold() for c in cases.load_cases(session.store) if c.id != own_id}
    if not name or name.casefold() in taken:
        raise WrongUseError(
            _("a participant needs a name that no other has"), _("choose another name"), "K618"
        )
    return name


def _give(
    session: Session, act: Act, case: Case, site: str | None, variables: tuple[str, ...]
) -> None:
    """Give a case its site and values; a variable that is not there yet is made."""
    from kodebok.cli.filters import split_value
    from kodebok.coding.naming import find_case
    from kodebok.storage import cases

    if site is not None:
        site_id = find_case(session.store, site).id if site.strip() else None
        cases.change_case(act, case.id, site_id=site_id)
    known = {item.name.casefold(): item for item in cases.load_variables(session.store)}
    for typed in variables:
        name, value = split_value(canonicalise(typed))
        variable = known.get(name.casefold())
        if variable is None:
            variable = known[name.casefold()] = cases.add_variable(act, name)
        case = cases.set_value(act, case, variable, value)
