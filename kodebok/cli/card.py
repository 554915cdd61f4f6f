"""`kodebok card`: what the study was approved for, where its data may lie, and until when."""

from __future__ import annotations

import click

from kodebok.cli.base import new_group, option
from kodebok.cli.output import Column, Item, show
from kodebok.cli.session import Session, tell, with_session
from kodebok.domain.card import Afterwards, Answer, Card, DataClass, LegalBasis, Machine
from kodebok.i18n import mark, translator

_ = translator("cli")


@new_group(mark("Show the project card, or write on it; without a command: show."))
def command() -> None:
    """The card."""


def _item(card: Card) -> Item:
    return {
        "reference": card.reference,
        "legal_basis": card.legal_basis,
        "responsible": card.responsible,
        "data_class": card.data_class,
        "machine": card.machine,
        "is_allowed": card.is_allowed,
        "place": card.place,
        "folder": card.folder,
        "end_date": card.end_date,
        "afterwards": card.afterwards,
    }


def _show(session: Session) -> None:
    from kodebok.i18n import translator as translator_of
    from kodebok.study.card import (
        FIELDS,
        class_advice,
        date_warnings,
        load_card,
        local_today,
        place_warnings,
        value_words,
    )

    say = translator_of("study")
    card = load_card(session.study)
    warnings = [
        *date_warnings(card, local_today()),
        *place_warnings(card, session.study.folder),
    ]
    if session.json:
        show(session, "card", [{**_item(card), "warnings": warnings}], [])
        return
    rows = [{"what": say(FIELDS[name]), "value": value_words(card, name)} for name in FIELDS]
    columns = [Column(_("What"), "what"), Column(_("Written"), "value", width=60)]
    show(session, "card", rows, columns)
    session.say(class_advice(card.data_class))
    for warning in warnings:
        tell(f"! {warning}")


@command.command("show", help=mark("Print the project card, and what it warns of."))
@with_session
def show_card(session: Session) -> None:
    """Print it."""
    _show(session)


def _one_of(
    kind: type[LegalBasis | DataClass | Machine | Answer | Afterwards],
) -> click.Choice[str]:
    return click.Choice(["", *map(str, kind)])


@command.command("set", help=mark("Write on the project card; an empty value empties the field."))
@option("--reference", metavar="TEXT", help=mark("Number of the notification or approval."))
@option("--legal-basis", type=_one_of(LegalBasis), help=mark("What makes it lawful."))
@option("--responsible", metavar="TEXT", help=mark("The institution that answers for the data."))
@option("--class", "data_class", type=_one_of(DataClass), help=mark("Class of the data."))
@option("--machine", type=_one_of(Machine), help=mark("Whose machine the study lies on."))
@option(
    "--allowed", "is_allowed", type=_one_of(Answer),
    help=mark("What the institution said to data of this class on this machine."),
)  # fmt: skip
@option("--place", metavar="TEXT", help=mark("The approved place of storage, in words."))
@option("--folder", metavar="DIR", help=mark("The same place, as a folder on this machine."))
@option("--end-date", metavar="DATE", help=mark("When the study ends, such as 2026-06-30."))
@option("--afterwards", type=_one_of(Afterwards), help=mark("What happens to the data then."))
@with_session
def set_card(session: Session, **given: str | None) -> None:
    """Write on it."""
    from kodebok.cli.facts import nothing_given
    from kodebok.study.card import change_card

    values = {name: text for name, text in given.items() if text is not None}
    if not values:
        raise nothing_given()
    change_card(session.study, values)
    _show(session)
