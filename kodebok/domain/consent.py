"""Consents, and what participants ask for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

ANSWER_WITHIN_DAYS = 30  # GDPR article 12 (3): without undue delay, and within one month
REMIND_AFTER_DAYS = 14


class Purpose(StrEnum):
    """What a consent covers."""

    PARTICIPATION = "participation"
    RECORDING = "recording"
    QUOTES = "quotes"
    SPECIAL = "special"
    CONTACT = "contact"
    REUSE = "reuse"
    ARCHIVE = "archive"


class Manner(StrEnum):
    """How a consent was given."""

    WRITTEN = "written"
    ORAL = "oral"
    DIGITAL = "digital"


class RequestKind(StrEnum):
    """What a participant has a right to ask for (GDPR articles 15, 16, 17, 18 and 21)."""

    ACCESS = "access"
    CORRECTION = "correction"
    RESTRICTION = "restriction"
    OBJECTION = "objection"
    DELETION = "deletion"

    @property
    def stops_use(self) -> bool:
        """Whether the person's data are not to be used until it is answered."""
        return self in {RequestKind.RESTRICTION, RequestKind.OBJECTION, RequestKind.DELETION}


@dataclass(frozen=True, slots=True)
class Consent:
    """A participant's consent.

    Attributes:
        given: ISO date.
        withdrawn: ISO date, or None while it stands.
        note: Where the form lies, or what was said; never printed on a receipt.
    """

    id: str
    case_id: str
    given: str
    purposes: tuple[Purpose, ...] = (Purpose.PARTICIPATION,)
    manner: Manner = Manner.WRITTEN
    withdrawn: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Request:
    """What a participant asked for.

    Attributes:
        received: ISO date.
        answered: ISO date, or None while it is open.
        note: What was asked and done; never printed on a receipt.
    """

    id: str
    case_id: str
    kind: RequestKind
    received: str
    answered: str | None = None
    note: str = ""

    def days_open(self, today: date) -> int:
        """Days since it came, for one that is open."""
        return (today - date.fromisoformat(self.received)).days


def standing_consent(consents: Iterable[Consent], case_id: str) -> Consent | None:
    """The newest consent of a participant that was not withdrawn, or None."""
    own = [c for c in consents if c.case_id == case_id and c.withdrawn is None]
    return max(own, key=lambda consent: consent.given, default=None)


def short_case_id(case_id: str) -> str:
    """The part of a case's id that a receipt shows: it names no one."""
    return case_id[:8]
