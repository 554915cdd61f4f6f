"""Asking for a passphrase; it is never an option, where others on the machine could read it."""

from __future__ import annotations

import os
import sys
from getpass import getpass

from kodebok.cli.session import can_ask
from kodebok.errors import WrongUseError
from kodebok.i18n import translator

_ = translator("cli")

PASSPHRASE = "KODEBOK_PASSPHRASE"  # noqa: S105 - the name of the variable


def ask_passphrase(*, twice: bool) -> str:
    """The passphrase from the environment, or asked for.

    Args:
        twice: Whether it is a new one, which must be typed the same two times.

    Raises:
        WrongUseError: There is no one to ask (K642), or it was typed differently (K643).
    """
    given = os.environ.get(PASSPHRASE)
    if given is not None:
        return given
    return type_passphrase(_("Passphrase: "), twice=twice)


def type_passphrase(prompt: str, *, twice: bool) -> str:
    """What is typed, unseen.

    Raises:
        WrongUseError: There is no one to ask (K642), or it was typed differently (K643).
    """
    if not can_ask():
        raise WrongUseError(
            _("there is no one to ask for the passphrase"),
            _("set {name} for scripts", name=PASSPHRASE),
            "K642",
        )
    typed = getpass(prompt, stream=sys.stderr)
    if twice and typed != getpass(_("Once more: "), stream=sys.stderr):
        raise WrongUseError(_("the two are not the same"), _("type the same twice"), "K643")
    return typed
