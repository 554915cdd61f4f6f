"""`kodebok themes`: central ideas and the codes they gather."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kodebok.cli.base import argument, new_group, option
from kodebok.cli.output import Column, Item, show
from kodebok.cli.session import Session, with_session
from kodebok.domain.code import SHORTEST_ID
from kodebok.domain.note import Theme
from kodebok.domain.text import canonicalise
from kodebok.errors import WrongUseError
from kodebok.i18n import mark, translator

if TYPE_CHECKING:
    from kodebok.storage.database import Store
    from kodebok.storage.history import Act

_ = translator("cli")

_idea = option("--idea", metavar="TEXT", help=mark("The central idea, in a sentence or two."))
_codes = option(
    "--code", multiple=True, metavar="CODE", help=mark("A code that it gathers; repeat for more.")
)


@new_group(mark("List, add or change themes; without a command: list."))
def command() -> None:
    """Themes."""


def _show(session: Session, listed: list[Theme]) -> None:
    from kodebok.storage.codes import load_code_tree

    tree = load_code_tree(session.store)
    items: list[Item] = [
        {
            "id": theme.id,
            "name": theme.name,
            "idea": theme.idea,
            "position": theme.position,
            "codes": [tree.path(code_id) for code_id in theme.code_ids if code_id in tree],
        }
        for theme in listed
    ]
    columns = [
        Column(_("Name"), "name"),
        Column(_("Central idea"), "idea", width=60),
        Column(_("Codes"), "codes"),
    ]
    show(session, "themes", items, columns)


@command.command("list", help=mark("List the themes with their codes."))
@with_session
def list_themes(session: Session) -> None:
    """Print all."""
    from kodebok.storage.notes import load_themes

    _show(session, load_themes(session.store))


@command.command("show", help=mark("Print one theme."))
@argument("theme", mark("The theme's name or id."))
@with_session
def show_theme(session: Session, theme: str) -> None:
    """Print one."""
    _show(session, [find_theme(session.store, theme)])


@command.command("add", help=mark("Add a theme."))
@argument("name", mark("The new name."))
@_idea
@_codes
@with_session
def add_theme(session: Session, name: str, idea: str | None, code: tuple[str, ...]) -> None:
    """Add one."""
    from kodebok.coding.themes import make_theme

    store = session.store
    made = make_theme(store, session.coder_id, name, idea or "", _code_ids(store, code))
    _show(session, [find_theme(session.store, made.id)])


@command.command("set", help=mark("Change a theme; the codes given replace those that stand."))
@argument("theme", mark("The theme's name or id."))
@option("--name", metavar="TEXT", help=mark("A new name."))
@_idea
@_codes
@option("--position", type=int, metavar="N", help=mark("Its place in the order, from 1."))
@with_session
def set_theme(
    session: Session,
    theme: str,
    name: str | None,
    idea: str | None,
    code: tuple[str, ...],
    position: int | None,
) -> None:
    """Change one."""
    from kodebok.cli.facts import nothing_given
    from kodebok.coding.themes import check_theme_name
    from kodebok.storage import notes

    store = session.store
    found = find_theme(store, theme)
    values = {}
    if name is not None:
        values["name"] = check_theme_name(store, name, found.id)
    if idea is not None:
        values["idea"] = canonicalise(idea).strip()
    if not values and not code and position is None:
        raise nothing_given()
    with store.act("theme.change", session.coder_id, found.id) as act:
        if values:
            notes.change_theme(act, found.id, **values)
        if code:
            notes.set_theme_codes(act, found.id, _code_ids(store, code))
        if position is not None:
            _put_at(act, found, position - 1)
    _show(session, [find_theme(store, found.id)])


@command.command("remove", help=mark("Remove a theme; its codes stay."))
@argument("theme", mark("The theme's name or id."))
@with_session
def remove_theme(session: Session, theme: str) -> None:
    """Remove one."""
    from kodebok.coding import themes

    found = find_theme(session.store, theme)
    themes.remove_theme(session.store, session.coder_id, found.id)
    session.say(_("Removed {name}; 'kodebok undo' brings it back.", name=found.name))


def find_theme(store: Store, typed: str) -> Theme:
    """The theme of that name or id.

    Raises:
        WrongUseError: There is none, or more than one (K623).
    """
    from kodebok.storage.notes import load_themes

    wanted = typed.strip()
    listed = load_themes(store)
    found = [t for t in listed if wanted == t.id or wanted.casefold() == t.name.casefold()]
    if not found and len(wanted) >= SHORTEST_ID:
        found = [theme for theme in listed if theme.id.startswith(wanted)]
    if len(found) != 1:
        raise WrongUseError(
            _("no theme, or more than one, has that name"),
            _("see '{command}' for what there is", command="kodebok themes"),
            "K623",
        )
    return found[0]


def _code_ids(store: Store, names: tuple[str, ...]) -> list[str]:
    from kodebok.cli.filters import chosen_codes
    from kodebok.storage.codes import load_code_tree

    return list(chosen_codes(load_code_tree(store), [name for name in names if name.strip()]))


def _put_at(act: Act, theme: Theme, place: int) -> None:
    from kodebok.storage.notes import change_theme, load_themes

    order = [other.id for other in load_themes(act.store) if other.id != theme.id]
    order.insert(max(0, min(place, len(order))), theme.id)
    for position, theme_id in enumerate(order):
        change_theme(act, theme_id, position=position)
