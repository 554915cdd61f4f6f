"""The project card: writing on it, and what it warns of."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from kodebok.domain.card import (
    Afterwards,
    Answer,
    Card,
    DataClass,
    EndState,
    LegalBasis,
    Machine,
    days_left,
    end_state,
    is_inside,
    missing_fields,
)
from kodebok.domain.text import canonicalise, fold_space
from kodebok.errors import WrongUseError
from kodebok.i18n import mark, plural_translator, translator
from kodebok.paths import syncing_service
from kodebok.storage import card as cards
from kodebok.study.opening import Study
from kodebok.study.review_reminders import peeked_reminders

_ = translator("study")
_n = plural_translator("study")

# The card's fields in the order in which it is filled in, as people read them.
FIELDS = {
    "reference": mark("Reference number (SIKT, REK)"),
    "legal_basis": mark("Legal basis"),
    "responsible": mark("Responsible institution"),
    "data_class": mark("Class of the data"),
    "machine": mark("Whose machine"),
    "is_allowed": mark("Allowed on this machine"),
    "place": mark("Approved place of storage"),
    "folder": mark("That place as a folder"),
    "end_date": mark("End date"),
    "afterwards": mark("What happens then"),
}

CHOICES: dict[str, type[StrEnum]] = {
    "legal_basis": LegalBasis,
    "data_class": DataClass,
    "machine": Machine,
    "is_allowed": Answer,
    "afterwards": Afterwards,
}

# Values of the card in words; the command line and JSON have the values themselves.
VALUES: dict[StrEnum, str] = {
    LegalBasis.CONSENT: mark("consent"),
    LegalBasis.PUBLIC_INTEREST: mark("task in the public interest"),
    DataClass.GREEN: mark("green (open)"),
    DataClass.YELLOW: mark("yellow (restricted)"),
    DataClass.RED: mark("red (confidential)"),
    DataClass.BLACK: mark("black (strictly confidential)"),
    Machine.OWN: mark("the student's own"),
    Machine.INSTITUTION: mark("managed by the institution"),
    Answer.YES: mark("yes"),
    Answer.NO: mark("no"),
    Afterwards.DELETE: mark("everything is deleted"),
    Afterwards.ANONYMISE: mark("made anonymous; the rest is deleted"),
    Afterwards.ARCHIVE: mark("archived, as the participants agreed"),
}


def load_card(study: Study) -> Card:
    """The study's card."""
    return cards.load_card(study.store, study.project().id)


def change_card(study: Study, given: Mapping[str, str]) -> Card:
    """Write on the card as one act; an empty value empties the field.

    Args:
        study: The open study.
        given: Text by field name, as `FIELDS` has them.

    Raises:
        WrongUseError: K550, no such field; K551, a value that the field cannot have; K552, a
            date that is none.
    """
    values = {name: checked_value(name, text) for name, text in given.items()}
    project_id = study.project().id
    with study.store.act("card.change", study.coder.id, project_id) as act:
        cards.change_card(act, project_id, **values)
    return load_card(study)


def checked_value(name: str, text: str) -> Any:
    """A field's value out of what was typed."""
    clean = fold_space(canonicalise(text))
    if name not in FIELDS:
        raise WrongUseError(
            _("the card has no field of that name"),
            _("use one of: {choices}", choices=", ".join(FIELDS)),
            "K550",
        )
    if name == "end_date":
        return checked_day(clean) if clean else None
    if name == "folder":
        return str(Path(clean).expanduser().absolute()) if clean else ""
    if name not in CHOICES:
        return clean
    possible = [str(value) for value in CHOICES[name]]
    if clean and clean not in possible:
        raise WrongUseError(
            _("that field of the card cannot have that value"),
            _("use one of: {choices}", choices=", ".join(possible)),
            "K551",
        )
    return clean or None


def checked_day(text: str) -> str:
    """A day as ISO 8601 has it.

    Raises:
        WrongUseError: K552, it is none.
    """
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise WrongUseError(
            _("that is not a date"), _("write it as 2026-06-30, the year first"), "K552"
        ) from error


def local_today() -> date:
    """The day it is where the user is."""
    return date.today()  # noqa: DTZ011 - the user's own day


def value_words(card: Card, name: str) -> str:
    """A field as people read it; empty when nothing is written."""
    value = getattr(card, name)
    return _(VALUES[value]) if isinstance(value, StrEnum) else value or ""


def class_advice(data_class: DataClass | None) -> str:
    """What an institution's rule may say of a class, in plain words."""
    if data_class is None:
        return _(
            "Ask your institution which class the data have. Interviews with people are seldom "
            "green; health and other special categories are red at least."
        )
    return {
        DataClass.GREEN: _("Green data may be open to all. Interviews are so only when anonymous."),
        DataClass.YELLOW: _(
            "Yellow data may lie on an encrypted machine at most institutions. Ask what yours says."
        ),
        DataClass.RED: _(
            "Red data: many institutions forbid them on a private laptop, encrypted or not. "
            "Ask before you go on, and write the answer here. No means no."
        ),
        DataClass.BLACK: _(
            "Black data: hardly any institution allows them on a laptop. Use the place that it "
            "has approved, and run kodebok there."
        ),
    }[data_class]


def date_warnings(card: Card, today: date) -> list[str]:
    """What the end date asks for."""
    left = days_left(card, today)
    state = end_state(card, today)
    if state is EndState.PASSED:
        return [
            _(
                "the end date {day} has passed: end the study as the card says, or apply for more "
                "time and write the new date on the card",
                day=card.end_date,
            )
        ]
    if state is not EndState.NEAR or left is None:
        return []
    if left == 0:
        return [_("the study ends today")]
    return [_n("{n} day to the end date", "{n} days to the end date", left)]


def place_warnings(card: Card, folder: Path) -> list[str]:
    """What the approved place and the class of the data ask for, for a study in that folder."""
    said = []
    if card.folder and not _lies_in(folder, Path(card.folder)):
        said.append(
            _(
                "the study does not lie in the approved place: move its folder to {place}",
                place=card.place or card.folder,
            )
        )
    if card.is_allowed is Answer.NO:
        said.append(
            _(
                "the institution does not allow these data on this machine: move the study to "
                "{place}, and delete it here",
                place=card.place or _("the approved place"),
            )
        )
    elif _must_ask(card):
        said.append(
            _(
                "nobody has said that {colour} data may lie on this machine: ask the institution, "
                "and write the answer on the card",
                colour=_(COLOURS[card.data_class]) if card.data_class else "",
            )
        )
    return said


COLOURS = {
    DataClass.GREEN: mark("green"),
    DataClass.YELLOW: mark("yellow"),
    DataClass.RED: mark("red"),
    DataClass.BLACK: mark("black"),
}


def _must_ask(card: Card) -> bool:
    """Whether an answer lacks: strict data, on a machine that is not the institution's."""
    is_strict = card.data_class is not None and card.data_class.is_strict
    return is_strict and card.is_allowed is None and card.machine is not Machine.INSTITUTION


def _lies_in(folder: Path, approved: Path) -> bool:
    """Whether a folder lies in another, also where links and capitals lead there."""
    inner, outer = folder.resolve(), approved.resolve()
    if is_inside(inner, outer):
        return True
    if not outer.exists():
        return False
    return any(_is_same(above, outer) for above in (inner, *inner.parents))


def _is_same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False


def lacking_words(card: Card) -> str:
    """A sentence on what the card lacks; empty when it lacks nothing."""
    if card.is_empty:
        return _("no project card yet: reference number, class, place, end date")
    names = [_(FIELDS[name]) for name in missing_fields(card)]
    return _("the project card lacks: {fields}", fields=", ".join(names)) if names else ""


def peeked_warnings(folder: Path, today: date) -> list[str]:
    """What the card of a study that is not open warns of."""
    card = cards.peek_card(folder)
    return [] if card is None else [*date_warnings(card, today), *place_warnings(card, folder)]


def recent_warnings(folder: Path, today: date) -> list[str]:
    """What the start screen says of a study that is not open."""
    said = peeked_warnings(folder, today)
    service = syncing_service(folder)
    if service:
        said.append(syncing_words(service))
    return said + peeked_reminders(folder, today)


def syncing_words(service: str) -> str:
    """What to do about a folder that a service copies away."""
    return _(
        "the folder is copied away by {service}: move the study to a folder that is not",
        service=service,
    )
