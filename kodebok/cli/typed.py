"""Longer texts that a user gives: as an option, or through standard input."""

from __future__ import annotations

import sys

from kodebok.cli.session import can_ask
from kodebok.domain.text import canonicalise
from kodebok.errors import WrongUseError
from kodebok.i18n import translator

_ = translator("cli")


def given_text(typed: str | None) -> str:
    """The text given, else what stands on standard input.

    Raises:
        WrongUseError: There is no text (K622).
    """
    if typed is None and can_ask():
        sys.stderr.write(_("Write, and end with Ctrl-D (Ctrl-Z and Enter on Windows):") + "\n")
        sys.stderr.flush()
    words = read_standard_input() if typed is None else typed
    text = canonicalise(words).strip()
    if not text:
        raise WrongUseError(
            _("there is no text"), _("give it with --text, or on standard input"), "K622"
        )
    return text


def read_standard_input() -> str:
    """Everything on standard input, as UTF-8."""
    buffer = getattr(sys.stdin, "buffer", None)
    if buffer is None or sys.stdin.isatty():
        return sys.stdin.read()
    content: bytes = buffer.read()
    return content.decode("utf-8-sig", "replace")
