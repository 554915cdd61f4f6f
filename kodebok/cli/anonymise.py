"""`kodebok anonymise`: what in the texts may point to someone. Finding only reports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from kodebok.cli.base import argument, new_command, option
from kodebok.cli.output import Column, Item, for_terminal, is_terminal, print_rich, show
from kodebok.cli.session import Session, with_session
from kodebok.domain.identifier import IdentifierType, Tier
from kodebok.errors import WrongUseError
from kodebok.i18n import mark, plural_translator, translator

if TYPE_CHECKING:
    from kodebok.domain.identifier import Identifier
    from kodebok.storage.database import Store

_ = translator("cli")
_n = plural_translator("cli")

_AROUND = 32  # characters shown on each side

_TYPES = {
    IdentifierType.PERSON: mark("Persons"),
    IdentifierType.PLACE: mark("Places"),
    IdentifierType.ORGANISATION: mark("Organisations"),
    IdentifierType.NUMBER: mark("Numbers"),
    IdentifierType.DATE: mark("Dates"),
    IdentifierType.AGE: mark("Ages"),
    IdentifierType.CONTACT: mark("Phones, addresses on the net"),
    IdentifierType.ADDRESS: mark("Addresses"),
    IdentifierType.ROLE: mark("Roles"),
    IdentifierType.OTHER: mark("Other names"),
}
_TIERS = {Tier.LIKELY: mark("likely"), Tier.POSSIBLE: mark("possible")}


@new_command(
    mark(
        "Find what may point to persons, places or workplaces, decide, and replace it.\n\n"
        "With --find nothing is changed: names, numbers, dates, ages, addresses and roles are "
        "listed, those that are likely and those that are only possible. No list is complete; "
        "read the texts too. --decide says what becomes of one of them everywhere, --apply does "
        "it, and --restore puts the originals back with the passphrase."
    )
)
@argument("sources", mark("Names or ids of sources; all when none."), nargs=-1, metavar="SOURCE")
@option("--find", is_flag=True, help=mark("Report only; nothing is changed."))
@option(
    "--type", "types", multiple=True, type=click.Choice([str(t) for t in IdentifierType]),
    help=mark("Only this type."),
)  # fmt: skip
@option(
    "--pipeline", "pipelines", multiple=True, metavar="NAME",
    help=mark("Ask an installed spaCy pipeline too, such as nb_core_news_lg."),
)  # fmt: skip
@option(
    "--decide", nargs=2, metavar="ENTITY ACTION", default=None,
    help=mark(
        "Decide about a name: pseudonym, letter, generalise, tag, pronoun, rewrite, delete or keep."
    ),
)  # fmt: skip
@option("--replacement", default="", metavar="TEXT", help=mark("What stands there instead."))
@option("--reason", default="", metavar="TEXT", help=mark("Why, in your own words."))
@option("--entities", is_flag=True, help=mark("List what is decided, and what is not."))
@option("--apply", "is_apply", is_flag=True, help=mark("Replace what is decided, everywhere."))
@option("--restore", "is_restore", is_flag=True, help=mark("Put the originals back."))
@option(
    "--settle", nargs=2, metavar="FILE keep|delete", default=None,
    help=mark("Say of a file in which originals stand that it stays, or delete it."),
)  # fmt: skip
@option("--tier", type=click.Choice([str(t) for t in Tier]), help=mark("Only this tier."))
@with_session
def command(
    session: Session,
    sources: tuple[str, ...],
    find: bool,
    types: tuple[str, ...],
    tier: str | None,
    pipelines: tuple[str, ...],
    decide: tuple[str, str] | None,
    replacement: str,
    reason: str,
    entities: bool,
    is_apply: bool,
    is_restore: bool,
    settle: tuple[str, str] | None,
) -> None:
    """Find, decide, apply or restore: one of them at a time."""
    from kodebok.cli import anonymise_acts

    if sum(map(bool, (find, decide, entities, is_apply, is_restore, settle))) != 1:
        raise WrongUseError(
            _("what to do is not said"), _("give --find to see what can be found"), "K810"
        )
    if find:
        _find(session, sources, types, tier, pipelines)
    elif decide:
        type_ = IdentifierType(types[0]) if types else None
        anonymise_acts.decide(session, *decide, replacement, reason, type_)
    elif settle:
        anonymise_acts.settle(session, *settle)
    elif entities:
        anonymise_acts.show_entities(session)
    elif is_apply:
        anonymise_acts.apply(session)
    else:
        anonymise_acts.restore(session)


def _find(
    session: Session,
    sources: tuple[str, ...],
    types: tuple[str, ...],
    tier: str | None,
    pipelines: tuple[str, ...],
) -> None:
    """Report the identifiers of the study."""
    from kodebok.anonymise.study_texts import find_in_study
    from kodebok.coding.naming import find_source

    store = session.store
    ids = frozenset(find_source(store, name).id for name in sources)
    found = [
        one
        for one in find_in_study(store, ids, pipelines=pipelines)
        if (not types or one.type in types) and (tier is None or one.tier == tier)
    ]
    if session.json or not is_terminal():
        items = [_item(one) for one in found]
        show(session, "identifiers", items, _columns())
    else:
        _draw(store, found)
    _tell_rest(session, found)


def _item(found: Identifier) -> Item:
    """An identifier by the schema `identifiers`."""
    return {
        "source": found.source,
        "start": found.start,
        "end": found.end,
        "text": found.text,
        "type": str(found.type),
        "tier": str(found.tier),
        "score": found.score,
        "finders": list(found.finders),
        "entity": found.entity,
        "reasons": list(found.reasons),
    }


def _columns() -> list[Column]:
    return [
        Column(_("Type"), "type"),
        Column(_("Tier"), "tier"),
        Column(_("Source"), "source"),
        Column(_("From"), "start", is_number=True),
        Column(_("To"), "end", is_number=True),
        Column(_("Text"), "text"),
        Column(_("Entity"), "entity"),
    ]


def _draw(store: Store, found: list[Identifier]) -> None:
    """A table for each type and tier, every mention in its context."""
    from rich.text import Text

    texts = _texts_of(store)
    for type_, title in _TYPES.items():
        for tier, word in _TIERS.items():
            part = [one for one in found if one.type is type_ and one.tier is tier]
            if part:
                heading = f"{_(title)} – {_(word)} ({len(part)})"
                print_rich(Text(heading, style="bold"), _table(part, texts))


def _texts_of(store: Store) -> dict[str, str]:
    from kodebok.storage.sources import load_sources, load_text

    return {source.name: load_text(store, source.id) for source in load_sources(store)}


def _table(part: list[Identifier], texts: dict[str, str]) -> Any:
    from rich.box import SIMPLE
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE, pad_edge=False, show_edge=False, show_header=False)
    table.add_column(justify="left", overflow="fold")
    table.add_column(justify="right")
    table.add_column(overflow="fold")
    for one in sorted(part, key=lambda one: (one.entity, one.source, one.start)):
        before, after = _around(texts[one.source], one.start, one.end)
        found = for_terminal(one.text.replace("\n", " "))
        words = Text.assemble(for_terminal(before), (found, "bold underline"), for_terminal(after))
        table.add_row(Text(for_terminal(one.source)), Text(f"{one.start}-{one.end}"), words)
    return table


def _around(text: str, start: int, end: int) -> tuple[str, str]:
    """Whole words before and after a place, on one line."""
    before = text[max(0, start - _AROUND) : start].replace("\n", " ")
    after = text[end : end + _AROUND].replace("\n", " ")
    if start > _AROUND:
        before = "…" + before.partition(" ")[2]
    if len(text) - end > _AROUND:
        after = after.rpartition(" ")[0] + "…"
    return before, after


def _tell_rest(session: Session, found: list[Identifier]) -> None:
    """How much was found, and which names stand outside the texts."""
    from kodebok.anonymise.study_texts import count_names_beside_text

    likely = sum(one.tier is Tier.LIKELY for one in found)
    session.say(
        _(
            "{likely} likely and {possible} possible; nothing was changed.",
            likely=likely,
            possible=len(found) - likely,
        )
    )
    beside = count_names_beside_text(session.store)
    if beside.any:
        session.say(
            _(
                "Names stand outside the texts too: in {voices} labels of voices, {cases} names of "
                "participants or sites, {sources} names of sources or files.",
                voices=beside.voices,
                cases=beside.cases,
                sources=beside.sources,
            )
        )
