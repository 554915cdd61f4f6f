"""What a command that lets a file leave can be told of the gate, and says when it is stopped."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from kodebok.cli.base import option
from kodebok.cli.session import Session, can_ask, current_session, tell
from kodebok.errors import ProtectionError, WrongUseError
from kodebok.i18n import mark, translator

_ = translator("cli")

_MOST_SHOWN = 40


def gate_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Let a command go on for a reason, or have places judged harmless, by number."""

    @wraps(function)
    def run(*args: Any, despite: str, harmless: str, **given: Any) -> Any:
        session = current_session()
        if despite or harmless:
            from kodebok.study.opening import GateWish

            session.study.wish = GateWish(despite, _numbers(harmless))
        try:
            return function(*args, **given)
        except ProtectionError as error:
            if _opened_key(session):
                return function(*args, **given)
            _list_hits(error)
            raise

    for add in (
        option(
            "--harmless", default="", metavar="1,3-5",
            help=mark("Judge these places harmless, by their numbers; they pass from now on."),
        ),
        option(
            "--despite", default="", metavar="REASON",
            help=mark("Write it although names stand in it; the reason is logged."),
        ),
    ):  # fmt: skip
        run = add(run)
    return run


def _opened_key(session: Session) -> bool:
    """Whether the key was locked, and somebody has opened it now."""
    from kodebok.cli.passphrase import ask_passphrase
    from kodebok.study.gating import needs_passphrase
    from kodebok.study.unlocking import unlock

    if not can_ask() or not needs_passphrase(session.study):
        return False
    unlock(session.study, ask_passphrase(twice=False))
    return True


def _list_hits(error: ProtectionError) -> None:
    """Every place by number; what stands there for the user's own eyes alone, at a terminal."""
    for number, hit in enumerate(error.hits[:_MOST_SHOWN], start=1):
        shown = f"{hit.found}  " if can_ask() else ""
        tell(f"{number:>4}  {shown}({hit.where or _('text')}, {hit.line})")
    if len(error.hits) > _MOST_SHOWN:
        tell(_("and {n} more", n=len(error.hits) - _MOST_SHOWN))


def _numbers(typed: str) -> frozenset[int]:
    """The numbers of `1,3-5`.

    Raises:
        WrongUseError: K817, it is not written so.
    """
    found: set[int] = set()
    try:
        for part in filter(None, typed.replace(" ", "").split(",")):
            first, _dash, last = part.partition("-")
            found |= set(range(int(first), int(last or first) + 1))
    except ValueError:
        raise WrongUseError(
            _("{typed} are no numbers of places", typed=typed), _("write them as 1,3-5"), "K817"
        ) from None
    return frozenset(found)
