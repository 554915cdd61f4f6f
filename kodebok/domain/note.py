"""What researchers write: memos, themes and condensations."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class NoteKind(StrEnum):
    """What a memo is for."""

    MEMO = "memo"
    FIRST_IMPRESSION = "first-impression"
    AFTER_CODING = "after-coding"
    ANALYTIC = "analytic"
    METHOD = "method"
    THEORY = "theory"
    WONDERING = "wondering"


class Target(StrEnum):
    """What a memo is about."""

    PROJECT = "project"
    SOURCE = "source"
    CODE = "code"
    CODING = "coding"
    CASE = "case"
    THEME = "theme"
    PASSAGE = "passage"


@dataclass(frozen=True, slots=True)
class Note:
    """A memo on something.

    Attributes:
        target_id: Id of what it is about; the source's id for a passage.
        start, end: The passage, when `target` is `passage`; half-open code points.
    """

    id: str
    target: Target
    target_id: str | None
    coder_id: str
    text: str
    kind: NoteKind = NoteKind.MEMO
    title: str = ""
    start: int | None = None
    end: int | None = None
    created: str = ""
    changed: str = ""


@dataclass(frozen=True, slots=True)
class Theme:
    """A central idea and the codes it gathers; not a top code."""

    id: str
    name: str
    idea: str = ""
    position: int = 0
    code_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Condensation:
    """A shorter wording of a coding, or of all that one case says under one code."""

    id: str
    text: str
    coding_id: str | None = None
    code_id: str | None = None
    case_id: str | None = None
