"""The project, its coders, and the way of working that was chosen."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Method(StrEnum):
    """The way of working. It shapes words and defaults, never what is possible."""

    REFLEXIVE = "reflexive"
    SDI = "sdi"
    CONDENSATION = "stc"
    CONTENT_ANALYSIS = "qca"
    CODEBOOK = "codebook"
    UNDECIDED = "undecided"

    @property
    def wants_agreement(self) -> bool:
        """Whether measures of agreement between coders belong to it unasked."""
        return self in {Method.CONTENT_ANALYSIS, Method.CODEBOOK}


@dataclass(frozen=True, slots=True)
class Project:
    """A study.

    Attributes:
        case_word: What participants are called, `deltaker` or `informant`; chosen once.
    """

    id: str
    title: str
    language: str = "nb"
    method: Method = Method.UNDECIDED
    case_word: str = "informant"
    notice: str = ""
    created: str = ""


@dataclass(frozen=True, slots=True)
class User:
    """A coder (REFI-QDA's word is User)."""

    id: str
    name: str
    role: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A research question, by its order."""

    id: str
    text: str
    position: int
