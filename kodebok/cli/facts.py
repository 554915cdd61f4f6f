"""Changing what is known of a source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from kodebok.cli.session import Session
from kodebok.domain.source import Source
from kodebok.domain.text import canonicalise, fold_space
from kodebok.errors import WrongUseError
from kodebok.i18n import translator

_ = translator("cli")


def change_source(
    session: Session, source: Source, asked: Sequence[str], given: Mapping[str, str | None]
) -> None:
    """Change a source as one act; what is None stays.

    Raises:
        WrongUseError: Nothing was given (K607), a date that is none (K606), a name that another
            source has (K608), or a participant or code that is not there.
    """
    from kodebok.cli.filters import chosen_codes
    from kodebok.storage import codes, sources

    values = {name: value for name, value in given.items() if value is not None}
    if not values and not asked:
        raise nothing_given()
    fields = _fields(session, source, values)
    with session.store.act("source.change", session.coder_id, source.id) as act:
        if fields:
            sources.change_source(act, source.id, **fields)
        if asked:
            tree = codes.load_code_tree(session.store)
            named = [name for name in asked if name.strip()]
            sources.mark_asked(act, source.id, chosen_codes(tree, named))


def _fields(session: Session, source: Source, values: dict[str, str]) -> dict[str, Any]:
    from kodebok.coding.naming import find_case

    fields: dict[str, Any] = {
        name: fold_space(canonicalise(value)) or None for name, value in values.items()
    }
    if "kind" in fields:
        fields["type"] = fields.pop("kind")
    if "name" in fields:
        check_free_name(session, source, fields["name"])
    if "date" in fields:
        check_date(fields["date"])
    if "case" in fields:
        name = fields.pop("case")
        fields["case_id"] = find_case(session.store, name).id if name else None
    return fields


def check_free_name(session: Session, source: Source, name: str | None) -> None:
    """A source's new name must be there, and be no other's."""
    from kodebok.storage import sources

    taken = {other.name for other in sources.load_sources(session.store) if other.id != source.id}
    if not name or name in taken:
        raise WrongUseError(
            _("a source needs a name that no other source has"), _("choose another name"), "K608"
        )


def check_date(text: str | None) -> str | None:
    """A date as ISO 8601 has it.

    Raises:
        WrongUseError: It is not one (K606).
    """
    if not text:
        return None
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise WrongUseError(
            _("that is not a date"), _("write it as 2025-02-12, the year first"), "K606"
        ) from error


def nothing_given() -> WrongUseError:
    """The error of a command that was not told what to change."""
    return WrongUseError(
        _("nothing was given to change"), _("see the command's --help for what can be"), "K607"
    )
