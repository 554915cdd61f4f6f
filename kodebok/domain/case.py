"""Cases (participants and sites) and what is known of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class CaseKind(StrEnum):
    """A person who takes part, or a place that is studied."""

    PARTICIPANT = "participant"
    SITE = "site"


class VariableKind(StrEnum):
    """What values a variable takes."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    BOOLEAN = "boolean"


@dataclass(frozen=True, slots=True)
class Variable:
    """A piece of background information about cases."""

    id: str
    name: str
    kind: VariableKind = VariableKind.TEXT


@dataclass(frozen=True, slots=True)
class Case:
    """A participant or a site, with its values by variable name."""

    id: str
    name: str
    kind: CaseKind = CaseKind.PARTICIPANT
    site_id: str | None = None
    values: dict[str, str] = field(default_factory=dict)
