"""Finding what a user names: a source, case, code or coder, by name or by id."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from kodebok.domain.case import Case
from kodebok.domain.code import SHORTEST_ID, Code, CodeTree
from kodebok.domain.coding import Coding
from kodebok.domain.project import User
from kodebok.domain.source import Source
from kodebok.errors import WrongUseError
from kodebok.i18n import translator
from kodebok.storage import cases, codings, projects, sources
from kodebok.storage.database import Store

_ = translator("coding")

T = TypeVar("T")


def find_source(store: Store, typed: str) -> Source:
    """The source of that name or id.

    Raises:
        WrongUseError: There is none, or more than one.
    """
    found = _matching(sources.load_sources(store), typed, lambda s: s.name, lambda s: s.id)
    return _single(found, lambda s: s.id, _("no source has that name"), "kodebok sources")


def find_case(store: Store, typed: str) -> Case:
    """The participant or site of that name or id.

    Raises:
        WrongUseError: There is none, or more than one.
    """
    found = _matching(cases.load_cases(store), typed, lambda c: c.name, lambda c: c.id)
    return _single(found, lambda c: c.id, _("no participant has that name"), "kodebok cases")


def find_coder(store: Store, typed: str) -> User:
    """The coder of that name or id.

    Raises:
        WrongUseError: There is none, or more than one.
    """
    found = _matching(projects.load_users(store), typed, lambda u: u.name, lambda u: u.id)
    return _single(found, lambda u: u.id, _("no coder has that name"), "kodebok status")


def find_code(tree: CodeTree, typed: str) -> Code:
    """The code of that path, last part of a path, or id.

    Raises:
        WrongUseError: There is none, or more than one.
    """
    missing = _("no code has that name")
    return _single(tree.find(typed), lambda c: c.id, missing, "kodebok codebook")


def find_coding(store: Store, typed: str) -> Coding:
    """The coding of that id, or of its first signs (four at least).

    Raises:
        WrongUseError: There is none, or more than one.
    """
    ids = codings.find_coding_ids(store, typed) if len(typed) >= SHORTEST_ID else []
    chosen = _single(ids, str, _("no coding has that id"), "kodebok quotes --json")
    return codings.load_coding(store, chosen)


def _matching(
    things: Iterable[T], typed: str, name: Callable[[T], str], key: Callable[[T], str]
) -> list[T]:
    wanted = typed.strip()
    listed = list(things)
    exact = [thing for thing in listed if wanted in {name(thing), key(thing)}]
    folded = [thing for thing in listed if name(thing).casefold() == wanted.casefold()]
    if exact or folded or len(wanted) < SHORTEST_ID:
        return exact or folded
    return [thing for thing in listed if key(thing).startswith(wanted)]


def _single(found: list[T], key: Callable[[T], str], missing: str, command: str) -> T:
    if not found:
        raise WrongUseError(
            missing, _("see '{command}' for what there is", command=command), "K301"
        )
    if len(found) > 1:
        raise WrongUseError(
            _("more than one has that name: {ids}", ids=", ".join(key(item) for item in found)),
            _("name it by its path or its id"),
            "K302",
        )
    return found[0]
