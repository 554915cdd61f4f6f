"""`kodebok theory`: the register, its links, the matrix, steps, and research questions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kodebok.cli.base import argument, new_group, option
from kodebok.cli.output import Column, Item, show
from kodebok.cli.session import Session, with_session
from kodebok.i18n import mark, translator

if TYPE_CHECKING:
    from kodebok.domain.theory import Theory

_ = translator("cli")

_author = option("--author", metavar="NAME", help=mark("Who it is from."))
_year = option("--year", metavar="YEAR", help=mark("When it was published."))
_says = option("--says", metavar="TEXT", help=mark("What it says, in your own words."))
_code = option(
    "--code", multiple=True, metavar="CODE", help=mark("A code to link it to; repeat for more.")
)
_theory = argument("theory", mark("The theory's name or id."))


@new_group(
    mark(
        "The theories that the study draws on, what they have met in the data, the steps between "
        "the two, and the research questions; without a command: list the theories."
    )
)
def command() -> None:
    """Theory."""


@command.command("list", help=mark("List the theories with the codes linked to them."))
@with_session
def list_theories(session: Session) -> None:
    """Print all."""
    from kodebok.coding.theories import register

    _show(session, register(session.store))


def _show(session: Session, listed: list[Theory]) -> None:
    from kodebok.coding.theories import linked_codes
    from kodebok.storage.codes import load_code_tree

    tree = load_code_tree(session.store)
    items: list[Item] = [
        {
            "id": theory.id or None,
            "name": theory.name,
            "author": theory.author,
            "year": theory.year,
            "says": theory.says,
            "codes": [tree.path(code.id) for code in linked_codes(tree, theory)],
        }
        for theory in listed
    ]
    columns = [
        Column(_("Name"), "name"),
        Column(_("From"), "author"),
        Column(_("Year"), "year"),
        Column(_("What it says"), "says", width=50),
        Column(_("Codes"), "codes", width=40),
    ]
    show(session, "theories", items, columns)


@command.command("show", help=mark("Print one theory."))
@_theory
@with_session
def show_theory(session: Session, theory: str) -> None:
    """Print one."""
    from kodebok.coding.theories import find_theory

    _show(session, [find_theory(session.store, theory)])


@command.command("add", help=mark("Write a theory into the register."))
@argument("name", mark("The new name."))
@_author
@_year
@_says
@_code
@with_session
def add_theory(session: Session, name: str, code: tuple[str, ...], **facts: str | None) -> None:
    """Add one."""
    from kodebok.coding import theories

    store = session.store
    told = {key: value for key, value in facts.items() if value is not None}
    chosen = _codes(session, code)
    with store.act("theory.add", session.coder_id):
        made = theories.add_theory(store, session.coder_id, name, **told)
        if chosen:
            theories.link(store, session.coder_id, made, chosen)
    _show(session, [made])


def _codes(session: Session, names: tuple[str, ...]) -> list[Any]:
    from kodebok.coding.naming import find_code
    from kodebok.storage.codes import load_code_tree

    tree = load_code_tree(session.store)
    return [find_code(tree, name) for name in names]


@command.command("set", help=mark("Change what is known of a theory."))
@_theory
@option("--name", metavar="TEXT", help=mark("A new name."))
@_author
@_year
@_says
@with_session
def set_theory(session: Session, theory: str, **facts: str | None) -> None:
    """Change one."""
    from kodebok.cli.facts import nothing_given
    from kodebok.coding import theories

    found = theories.find_theory(session.store, theory)
    told = {key: value for key, value in facts.items() if value is not None}
    if not told:
        raise nothing_given()
    _show(session, [theories.change_theory(session.store, session.coder_id, found, **told)])


@command.command("remove", help=mark("Take a theory out of the register, with its links."))
@_theory
@with_session
def remove_theory(session: Session, theory: str) -> None:
    """Remove one."""
    from kodebok.coding import theories

    found = theories.find_theory(session.store, theory)
    theories.remove_theory(session.store, session.coder_id, found)
    session.say(_("Removed {name}; 'kodebok undo' brings it back.", name=found.name))


@command.command("link", help=mark("Link a theory and codes, or take the links away."))
@_theory
@argument("code", mark("Codes: name, path or id."), nargs=-1, required=True)
@option("--remove", is_flag=True, help=mark("Take the links away."))
@with_session
def link_theory(session: Session, theory: str, code: tuple[str, ...], remove: bool) -> None:
    """Link."""
    from kodebok.coding import theories

    store = session.store
    found = theories.find_theory(store, theory)
    theories.link(store, session.coder_id, found, _codes(session, code), undo=remove)
    _show(session, [t for t in theories.register(store) if t.name == found.name])


@command.command("matrix", help=mark("Theories against categories: what has met what."))
@with_session
def theory_matrix(session: Session) -> None:
    """Print the matrix."""
    from dataclasses import asdict

    from kodebok.coding.theories import load_theory_matrix
    from kodebok.storage.codes import load_code_tree

    tree = load_code_tree(session.store)
    matrix = load_theory_matrix(session.store)
    if session.json:
        cells: list[Item] = [
            {"theory": name, "category": tree.path(category), **asdict(cell)}
            for (name, category), cell in matrix.cells.items()
        ]
        show(session, "theory-matrix", cells, ())
        return
    items = [
        {"theory": name, **{c: _cell(matrix.cells.get((name, c))) for c in matrix.categories}}
        for name in matrix.theories
    ]
    columns = [
        Column(_("Theory"), "theory"),
        *(Column(tree.path(category), category) for category in matrix.categories),
    ]
    show(session, "theory-matrix", items, columns)
    session.say(
        _("Codes linked / codings of these; + supports, ± nuances, − contradicts, & shared words.")
    )
    if matrix.without_theory:
        names = ", ".join(tree.path(category) for category in matrix.without_theory)
        session.say(_("No theory has met: {names}.", names=names))


def _cell(cell: Any) -> str:
    if cell is None:
        return "·"
    signs = (("+", cell.supports), ("±", cell.nuances), ("−", cell.contradicts), ("&", cell.shared))
    weighed = " ".join(f"{sign}{count}" for sign, count in signs if count)
    return f"{cell.codes}/{cell.codings} {weighed}".strip()


@command.command(
    "step",
    help=mark("Note a step between data and theory; without options list the steps so far."),
)
@option("--wondering", metavar="WONDERING", help=mark("The wondering it began with, by its id."))
@option("--surprise", metavar="TEXT", help=mark("What surprised."))
@option("--theory", metavar="NAME", help=mark("Which theory was fetched."))
@option("--changed", metavar="TEXT", help=mark("What changed: a code, a theme, a question."))
@option("--remove", metavar="ID", help=mark("Take this step out of the log."))
@with_session
def step(session: Session, remove: str | None, **told: str | None) -> None:
    """Note, remove or list steps."""
    from kodebok.coding import theories

    if remove is not None:
        theories.remove_step(session.store, session.coder_id, remove)
        session.say(_("Taken away."))
        return
    given = {name: value for name, value in told.items() if value is not None}
    if given:
        theories.add_step(session.store, session.coder_id, **given)
    _show_steps(session)


def _show_steps(session: Session) -> None:
    from kodebok.cli.items import named_things, short_id
    from kodebok.storage.theories import load_steps

    names = named_things(session.store)
    items: list[Item] = [
        {
            "id": item.id if session.json else short_id(item.id),
            "at": item.at,
            "wondering": item.wondering_id,
            "surprise": item.surprise,
            "theory": item.theory,
            "changed": item.changed,
            "coder": names.get(item.coder_id),
        }
        for item in load_steps(session.store)
    ]
    columns = [
        Column(_("Id"), "id"),
        Column(_("When"), "at"),
        Column(_("What surprised"), "surprise", width=36),
        Column(_("Theory"), "theory", width=24),
        Column(_("What changed"), "changed", width=36),
    ]
    show(session, "theory-steps", items, columns)


@command.command(
    "questions", help=mark("Write a research question; without one list those there are.")
)
@argument("text", mark("The question."), required=False, metavar="TEXT")
@option("--change", type=int, metavar="N", help=mark("Write the question of this number anew."))
@option("--remove", type=int, metavar="N", help=mark("Remove the question of this number."))
@with_session
def questions(session: Session, text: str | None, change: int | None, remove: int | None) -> None:
    """Write, change, remove or list questions."""
    from kodebok.coding import theories
    from kodebok.storage.projects import load_questions

    store = session.store
    if remove is not None:
        theories.remove_question(store, session.coder_id, remove)
    elif change is not None:
        theories.change_question(store, session.coder_id, change, text or "")
    elif text is not None:
        theories.add_question(store, session.coder_id, text)
    items: list[Item] = [
        {"id": question.id, "number": number, "text": question.text}
        for number, question in enumerate(load_questions(store), start=1)
    ]
    columns = [
        Column(_("No."), "number", is_number=True),
        Column(_("Research question"), "text"),
    ]
    show(session, "questions", items, columns)
