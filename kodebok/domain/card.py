"""The project card: what a study was approved for, where its data may lie, and until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import PurePath

NEAR_DAYS = 30


class LegalBasis(StrEnum):
    """What makes the processing of personal data lawful."""

    CONSENT = "consent"
    PUBLIC_INTEREST = "public-interest"


class DataClass(StrEnum):
    """How well data must be kept, by the colours that Norwegian universities use."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
    BLACK = "black"

    @property
    def is_strict(self) -> bool:
        """Whether an institution may forbid it on a machine of one's own."""
        return self in {DataClass.RED, DataClass.BLACK}


class Machine(StrEnum):
    """Whose machine the study lies on."""

    OWN = "own"
    INSTITUTION = "institution"


class Answer(StrEnum):
    """What the institution said."""

    YES = "yes"
    NO = "no"


class Afterwards(StrEnum):
    """What happens to the data at the end."""

    DELETE = "delete"
    ANONYMISE = "anonymise"
    ARCHIVE = "archive"


class EndState(StrEnum):
    """How far off the end date is."""

    UNKNOWN = "unknown"
    FAR = "far"
    NEAR = "near"
    PASSED = "passed"


@dataclass(frozen=True, slots=True)
class Card:
    """What a study was approved for.

    Attributes:
        id: The project's.
        reference: Number of the notification or approval (SIKT, REK).
        responsible: The institution that answers for the data.
        is_allowed: The institution's answer to data of this class on this machine; None when
            nobody has asked.
        place: The approved place of storage, in words.
        folder: The same as a folder on this machine; empty when it is none.
        end_date: ISO 8601, or None.
    """

    id: str
    reference: str = ""
    legal_basis: LegalBasis | None = None
    responsible: str = ""
    data_class: DataClass | None = None
    machine: Machine | None = None
    is_allowed: Answer | None = None
    place: str = ""
    folder: str = ""
    end_date: str | None = None
    afterwards: Afterwards | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing was written on it."""
        return self == Card(self.id)


# What a data protection officer asks for first.
NEEDED = (
    "reference",
    "legal_basis",
    "responsible",
    "data_class",
    "place",
    "end_date",
    "afterwards",
)


def missing_fields(card: Card) -> list[str]:
    """Names of the needed fields that are empty."""
    return [name for name in NEEDED if not getattr(card, name)]


def days_left(card: Card, today: date) -> int | None:
    """Days until the end date: 0 on the day itself, below 0 afterwards, None without a date."""
    return (date.fromisoformat(card.end_date) - today).days if card.end_date else None


def end_state(card: Card, today: date) -> EndState:
    """How far off the end date is; the day itself is still near."""
    left = days_left(card, today)
    if left is None:
        return EndState.UNKNOWN
    if left < 0:
        return EndState.PASSED
    return EndState.NEAR if left <= NEAR_DAYS else EndState.FAR


def is_inside(folder: PurePath, approved: PurePath) -> bool:
    """Whether a folder is the approved one or lies below it; both are absolute.

    Windows' paths are the same in capitals and small letters; `PureWindowsPath` knows.
    """
    return folder.is_relative_to(approved)
