"""Consents and requests on the participants' tab."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from kodebok.domain.case import Case, CaseKind
from kodebok.domain.consent import Consent, Manner, Purpose, Request, RequestKind
from kodebok.i18n import mark, translator
from kodebok.storage import cases, consents
from kodebok.study.card import local_today
from kodebok.study.consent import (
    MANNERS,
    PURPOSES,
    REQUESTS,
    answer_request,
    give_consent,
    receive_request,
    withdraw_consent,
)
from kodebok.tui.widgets.dialogs import AskText, Choice, Choose, Dialog

if TYPE_CHECKING:
    from kodebok.tui.base import StudyScreen

_ = translator("tui")
_say = translator("study")

_GIVE, _WITHDRAW, _ANSWER, _ERASE = "give", "withdraw", "answer:", "erase"
_USUAL = (Purpose.PARTICIPATION, Purpose.RECORDING, Purpose.QUOTES)
_ASKS = {
    RequestKind.ACCESS: mark("Asks for access"),
    RequestKind.CORRECTION: mark("Asks for correction"),
    RequestKind.RESTRICTION: mark("Asks for restriction"),
    RequestKind.OBJECTION: mark("Objects"),
    RequestKind.DELETION: mark("Asks for deletion"),
}
_NEXT = {
    RequestKind.ACCESS: mark("Noted. Export each source as text, and give it with the receipt."),
    RequestKind.CORRECTION: mark("Noted. Correct the text or what is known, then answer here."),
    RequestKind.RESTRICTION: mark("Noted. Leave the person out until it is answered."),
    RequestKind.OBJECTION: mark("Noted. Leave the person out until it is answered."),
    RequestKind.DELETION: mark("Noted. 'kodebok withdraw' shows first what it would remove."),
}


class PurposeList(OptionList):
    """A list in which the space bar does what Enter does."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("space", "select", show=False)]


class ConsentDialog(Dialog[tuple[str, list[Purpose]]]):
    """Asks when a consent was given, and to what.

    Args:
        title: Whose.
        day: The day that stands there to begin with.
    """

    def __init__(self, title: str, day: str) -> None:
        super().__init__(title, _("Space chooses or lets go, Tab goes on, Ctrl+S saves."))
        self._day = day
        self._chosen = set(_USUAL)

    def compose_body(self) -> ComposeResult:
        """The day, and what it covers."""
        yield Input(self._day, id="day", compact=True)
        yield PurposeList(
            *(Option(self._line(purpose), id=str(purpose)) for purpose in PURPOSES), compact=True
        )

    def _line(self, purpose: Purpose) -> Text:
        return Text(f"[{'x' if purpose in self._chosen else ' '}] {_say(PURPOSES[purpose])}")

    @on(OptionList.OptionSelected)
    def _on_chosen(self, event: OptionList.OptionSelected) -> None:
        purpose = Purpose(event.option_id or "")
        self._chosen ^= {purpose}
        event.option_list.replace_option_prompt(str(purpose), self._line(purpose))

    def action_accept(self) -> None:
        """Give both."""
        day = self.query_one("#day", Input).value.strip()
        self.dismiss((day, [purpose for purpose in PURPOSES if purpose in self._chosen]))


def ask_consent(screen: StudyScreen, case_id: str) -> None:
    """Ask what a participant said, and note it."""
    store = screen.study.store
    case = next(item for item in cases.load_cases(store) if item.id == case_id)
    if case.kind is not CaseKind.PARTICIPANT:
        screen.app.notify(_("A site cannot consent."), markup=False)
        return
    held = consents.load_consents(store, case_id)
    open_ones = [r for r in consents.load_requests(store, case_id) if r.answered is None]

    def chosen(what: str | None) -> None:
        if what == _GIVE:
            _ask_manner(screen, case)
        elif what == _WITHDRAW:
            _ask_day(screen, case, lambda day: _withdraw(screen, case, day))
        elif what is not None and what.startswith(_ANSWER):
            found = next(r for r in open_ones if r.id == what.removeprefix(_ANSWER))
            _ask_day(screen, case, lambda day: answer_request(screen.study, found, day))
        elif what == _ERASE:
            from kodebok.tui.screens.project_withdraw import ask_withdrawal

            ask_withdrawal(screen, case)
        elif what is not None:
            kind = RequestKind(what)
            _ask_day(screen, case, lambda day: _receive(screen, case, kind, day))

    screen.app.push_screen(Choose(case.name, _choices(held, open_ones)), chosen)


def _choices(held: list[Consent], open_ones: list[Request]) -> list[Choice]:
    standing = [consent for consent in held if consent.withdrawn is None]
    choices = [Choice(_GIVE, _("Consents"), standing[-1].given if standing else "")]
    if standing:
        choices.append(Choice(_WITHDRAW, _("Withdraws the consent")))
    choices += [
        Choice(
            f"{_ANSWER}{request.id}",
            _("Answered: {what}", what=_say(REQUESTS[request.kind])),
            request.received,
        )
        for request in open_ones
    ]
    choices += [Choice(str(kind), _(words)) for kind, words in _ASKS.items()]
    return [*choices, Choice(_ERASE, _("Erase everything of them"), _("shown first"))]


def _ask_manner(screen: StudyScreen, case: Case) -> None:
    choices = [Choice(str(manner), _say(words)) for manner, words in MANNERS.items()]

    def chosen(manner: str | None) -> None:
        if manner is not None:
            _ask_purposes(screen, case, Manner(manner))

    screen.app.push_screen(Choose(_("How was it given?"), choices), chosen)


def _ask_purposes(screen: StudyScreen, case: Case, manner: Manner) -> None:
    def answered(given: tuple[str, list[Purpose]] | None) -> None:
        if given is not None:
            day, purposes = given
            screen.act(
                lambda: give_consent(
                    screen.study, case, given=day, purposes=purposes, manner=manner
                )
            )

    title = _("{name}: when, and to what?", name=case.name)
    screen.app.push_screen(ConsentDialog(title, local_today().isoformat()), answered)


def _ask_day(screen: StudyScreen, case: Case, give: Callable[[str], object]) -> None:
    def answered(day: str | None) -> None:
        if day is not None:
            screen.act(lambda: give(day))

    today = local_today().isoformat()
    screen.app.push_screen(AskText(case.name, _("Which day?"), value=today), answered)


def _withdraw(screen: StudyScreen, case: Case, day: str) -> None:
    withdraw_consent(screen.study, case, day)
    screen.app.notify(
        _("Noted. The data are still here: 'kodebok withdraw' removes them."), markup=False
    )


def _receive(screen: StudyScreen, case: Case, kind: RequestKind, day: str) -> None:
    receive_request(screen.study, case, kind, day)
    screen.app.notify(_(_NEXT[kind]), markup=False)
