"""What is known of a source: when, where, how and by whom it came about."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from kodebok.domain.source import Mode, Source
from kodebok.domain.text import canonicalise, fold_space
from kodebok.errors import WrongUseError
from kodebok.i18n import mark, translator
from kodebok.tui.widgets.dialogs import AskText, Choice, Choose

if TYPE_CHECKING:
    from kodebok.tui.base import StudyScreen

_ = translator("tui")

FACTS = {
    "date": mark("Date"),
    "place": mark("Place"),
    "mode": mark("How"),
    "interviewer": mark("Interviewer"),
    "observer": mark("Observer"),
}
_MODES = {
    Mode.IN_PERSON: mark("in person"),
    Mode.PHONE: mark("by phone"),
    Mode.VIDEO: mark("by video"),
    Mode.WRITTEN: mark("in writing"),
}


def fact_choices(source: Source) -> list[Choice]:
    """The facts, each with what is known."""
    known = {name: getattr(source, name) or "–" for name in FACTS}
    if source.mode is not None:
        known["mode"] = _(_MODES[source.mode])
    return [Choice(name, _(label), known[name]) for name, label in FACTS.items()]


def ask_fact(
    screen: StudyScreen, source: Source, fact: str, give: Callable[[str | None], object]
) -> None:
    """Ask for a fact; an empty answer takes it away.

    Args:
        screen: The screen that asks.
        source: What it is known of.
        fact: A key of `FACTS`.
        give: Changes the source.
    """
    if fact == "mode":
        choices = [Choice(str(mode), _(words)) for mode, words in _MODES.items()]

        def chosen(mode: str | None) -> None:
            if mode is not None:
                give(mode)

        screen.app.push_screen(Choose(_(FACTS[fact]), choices), chosen)
        return

    def answered(text: str | None) -> None:
        if text is not None:
            screen.act(lambda: give(_checked(fact, text)))

    hint = _("Write it as 2025-02-12.") if fact == "date" else ""
    value = getattr(source, fact) or ""
    screen.app.push_screen(AskText(_(FACTS[fact]), hint, value=value), answered)


def _checked(fact: str, text: str) -> str | None:
    clean = fold_space(canonicalise(text))
    if fact != "date" or not clean:
        return clean or None
    try:
        return date.fromisoformat(clean).isoformat()
    except ValueError as error:
        raise WrongUseError(
            _("that is not a date"), _("write it as 2025-02-12, the year first"), "K730"
        ) from error
