"""The tab with the project card: its fields, what the class asks for, and changing a field."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from kodebok.i18n import mark, translator
from kodebok.study.card import CHOICES, FIELDS, VALUES, change_card, load_card, value_words
from kodebok.tui.widgets.dialogs import AskText, Choice, Choose
from kodebok.tui.widgets.tables import Column

if TYPE_CHECKING:
    from kodebok.study.opening import Study
    from kodebok.tui.base import StudyScreen

_ = translator("tui")
_say = translator("study")

# What each field is for, in the dialog that asks for it.
_HINTS = {
    "reference": mark("The number that SIKT or REK gave the study."),
    "legal_basis": mark("What the notification says. Taking part needs consent in either case."),
    "responsible": mark("The institution, not a person, such as NTNU."),
    "data_class": mark("Your institution has a page on the classes. Ask if you are in doubt."),
    "machine": mark("Many rules are other for a machine of one's own."),
    "is_allowed": mark("What the institution said. If it said no, kodebok says so until you move."),
    "place": mark("In words, such as the research server of the faculty."),
    "folder": mark("The path of that place on this machine; leave it empty if it has none."),
    "end_date": mark("Write it as 2026-06-30."),
    "afterwards": mark("What the notification says."),
}
_EMPTY = "empty"


def card_columns() -> list[Column]:
    """Columns of the card."""
    return [Column(_("On the card"), 28), Column(_("Written"))]


def load_card_rows(study: Study) -> list[tuple[str, tuple[str, ...]]]:
    """A row for each field."""
    card = load_card(study)
    return [(name, (_say(FIELDS[name]), value_words(card, name) or "–")) for name in FIELDS]


def ask_field(screen: StudyScreen, name: str) -> None:
    """Ask for a field of the card, and write it."""

    def write(text: str) -> None:
        screen.act(lambda: change_card(screen.study, {name: text}))

    if name in CHOICES:
        _ask_choice(screen, name, write)
        return

    def answered(text: str | None) -> None:
        if text is not None:
            write(text)

    value = str(getattr(load_card(screen.study), name) or "")
    screen.app.push_screen(AskText(_say(FIELDS[name]), _(_HINTS[name]), value=value), answered)


def _ask_choice(screen: StudyScreen, name: str, write: Callable[[str], None]) -> None:
    choices = [Choice(str(value), _say(VALUES[value])) for value in CHOICES[name]]
    choices.append(Choice(_EMPTY, _("not decided")))

    def chosen(value: str | None) -> None:
        if value is not None:
            write("" if value == _EMPTY else value)

    now_there = str(getattr(load_card(screen.study), name) or choices[0].id)
    screen.app.push_screen(
        Choose(_say(FIELDS[name]), choices, _(_HINTS[name]), chosen=now_there), chosen
    )
