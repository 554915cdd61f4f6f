"""Identifiers: places in a text where a person or a site could be recognised, before a decision."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kodebok.domain.span import Span


class IdentifierType(StrEnum):
    """What an identifier is."""

    PERSON = "person"
    PLACE = "place"
    ORGANISATION = "organisation"
    NUMBER = "number"
    DATE = "date"
    AGE = "age"
    CONTACT = "contact"
    ADDRESS = "address"
    ROLE = "role"
    OTHER = "other"

    @property
    def is_name(self) -> bool:
        """Whether it is a name, which is inflected and stands for someone or something."""
        return self in {
            IdentifierType.PERSON,
            IdentifierType.PLACE,
            IdentifierType.ORGANISATION,
            IdentifierType.OTHER,
        }


class Tier(StrEnum):
    """How sure the finders are; the user sees both, the gate stops at the first alone."""

    LIKELY = "likely"
    POSSIBLE = "possible"


@dataclass(frozen=True, slots=True)
class Proposal:
    """What one finder says of one stretch of a text.

    Attributes:
        start, end: Half-open, in code points of the text.
        score: How sure the finder is, 0 to 1.
        finder: Which one it is, such as `patterns`.
        reason: Why, as a short English key such as `phone number`; never text of the study.
    """

    start: int
    end: int
    type: IdentifierType
    score: float
    finder: str
    reason: str

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Identifier:
    """A stretch of a source that may point to someone: what all finders together say of it.

    Attributes:
        source: Name of the source.
        start, end: Half-open, in code points of the source's canonical text.
        score: That of the surest finder, 0 to 1.
        finders: Names of all finders that found some of it, sorted.
        entity: Key of the group of identifiers that mean the same person, place or thing.
        reasons: Why, as short English keys; never text of the study.
    """

    source: str
    start: int
    end: int
    text: str
    type: IdentifierType
    tier: Tier
    score: float
    finders: tuple[str, ...]
    entity: str = ""
    reasons: tuple[str, ...] = ()

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.start, self.end)
