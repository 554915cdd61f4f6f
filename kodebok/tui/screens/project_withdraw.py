"""A participant withdraws, on the participants' tab: shown, decided on, and erased for good."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kodebok.i18n import translator
from kodebok.study.gating import needs_passphrase
from kodebok.study.unlocking import unlock
from kodebok.study.withdrawal_receipt import plan_lines
from kodebok.study.withdrawing import withdraw
from kodebok.study.withdrawing_plan import WithdrawalPlan, plan_withdrawal
from kodebok.tui.screens.anonymise_sheets import PassphraseSheet, TypedWordSheet
from kodebok.tui.widgets.dialogs import Choice, Choose

if TYPE_CHECKING:
    from kodebok.domain.case import Case
    from kodebok.tui.base import StudyScreen

_ = translator("tui")

_MOST_LINES = 16
_ERASE, _QUOTED, _KEEP = "erase", "quoted", "keep"


def ask_withdrawal(screen: StudyScreen, case: Case) -> None:
    """Open the key where there is one, show what would go, and ask."""

    def go_on() -> None:
        plan = screen.act(lambda: plan_withdrawal(screen.study, case.id))
        if plan is not None:
            _ask_mentions(screen, plan)

    def given(passphrase: str | None) -> None:
        if passphrase and screen.act(lambda: unlock(screen.study, passphrase)) is not None:
            go_on()

    if not needs_passphrase(screen.study):
        go_on()
        return
    lines = [_("The key holds what they are called and what they said.")]
    screen.app.push_screen(PassphraseSheet(case.name, lines, is_new=False), given)


def _ask_mentions(screen: StudyScreen, plan: WithdrawalPlan) -> None:
    """What becomes of places where others tell of them; none are left out of sight."""
    if not plan.found:
        _confirm(screen, plan, set())
        return
    choices = [
        Choice(_ERASE, _("Erase all of them")),
        Choice(_QUOTED, _("Erase where their own words stand, keep the rest")),
        Choice(_KEEP, _("Keep all of them")),
    ]
    listed = "\n".join(f"· {one.text}" for one in plan.found[:_MOST_LINES])
    hint = _("'kodebok withdraw' asks about each one by itself.")

    def chosen(what: str | None) -> None:
        if what is not None:
            picked = {
                one.stone
                for one in plan.found
                if what == _ERASE or (what == _QUOTED and one.is_quoted)
            }
            _confirm(screen, plan, picked)

    title = _("Others tell of them in {n} places", n=len(plan.found))
    screen.app.push_screen(Choose(title, choices, f"{listed}\n{hint}"), chosen)


def _confirm(screen: StudyScreen, plan: WithdrawalPlan, picked: set[str]) -> None:
    lines = plan_lines(plan, screen.study.project().language)
    shown = [*lines[1:_MOST_LINES], *(["…"] if len(lines) > _MOST_LINES else [])]
    name = plan.case.name

    def confirmed(is_meant: bool | None) -> None:
        if is_meant and screen.act(lambda: withdraw(screen.study, plan, picked)) is not None:
            screen.app.notify(_("Erased for good. Nothing brings it back."), markup=False)

    title = _("{name} withdraws: erased for good, not to be undone", name=name)
    screen.app.push_screen(TypedWordSheet(title, shown, name), confirmed)
