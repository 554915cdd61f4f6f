"""Errors that kodebok raises, each with a code, an exit status and what to do next.

A message never holds interview text, names or file contents: it may end up in a log.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Any


class ExitCode(IntEnum):
    """Exit statuses of the command line."""

    DONE = 0
    FAILED = 1
    WRONG_USE = 2
    MISSING_COMPONENT = 3
    IN_USE_OR_DAMAGED = 4
    REFUSED_TO_PROTECT = 5
    INTERRUPTED = 130


class KodebokError(Exception):
    """Something that could not be done, in words for the user.

    Args:
        message: What happened, one clause, no full stop.
        remedy: What to do next, one clause, no full stop.
        code: `K` and three digits; unique to the place that raises it.
    """

    exit_code = ExitCode.FAILED

    def __init__(self, message: str, remedy: str, code: str) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy
        self.code = code

    def __str__(self) -> str:
        return f"{self.code}: {self.message}; {self.remedy}"


class WrongUseError(KodebokError):
    """The request itself is not possible: an unknown or ambiguous name, a bad value."""

    exit_code = ExitCode.WRONG_USE


class MissingComponentError(KodebokError):
    """An optional part is not installed; the remedy is the line that installs it."""

    exit_code = ExitCode.MISSING_COMPONENT


class ProjectInUseError(KodebokError):
    """Another process holds the project, or the project is damaged."""

    exit_code = ExitCode.IN_USE_OR_DAMAGED


class DamagedProjectError(KodebokError):
    """The project's file does not say what it should."""

    exit_code = ExitCode.IN_USE_OR_DAMAGED


class ProtectionError(KodebokError):
    """Refused, because persons could be recognised.

    Attributes:
        hits: Where, as the gate gave it: for the user's own eyes, never for a log.
    """

    exit_code = ExitCode.REFUSED_TO_PROTECT
    hits: Sequence[Any] = ()
