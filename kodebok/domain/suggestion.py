"""What the machine suggested, what it was built on, and what a person made of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class SuggestionKind(StrEnum):
    """What is suggested."""

    CODE = "code"
    UNEXPLAINED = "unexplained"
    MORE = "more"
    GROUP = "group"


class PassageRole(StrEnum):
    """What a passage is to the suggestion that it stands in."""

    ITSELF = "itself"
    TYPICAL = "typical"
    BORDERLINE = "borderline"
    COUNTER_EXAMPLE = "counter-example"
    MEMBER = "member"


class Verdict(StrEnum):
    """What a person decided about a suggestion."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class SuggestedPassage:
    """A passage of a suggestion, half-open code points of its source.

    Attributes:
        text: Its words when it was suggested, kept so that a later change can be seen.
        score: How strongly it belongs there; its scale is the suggestion's.
    """

    source_id: str
    start: int
    end: int
    text: str
    role: PassageRole = PassageRole.ITSELF
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One suggestion with its explanation.

    Attributes:
        code_id: The code suggested; None for other kinds.
        rank: From 1: of a code, among those of its passage; else among all of the run.
        score: Six decimals. Of a code, an unexplained passage and one of `more`: the log-odds;
            of a group: the share of samples in which two of its passages stood together.
        evidence: What it rests on, ready for JSON.
    """

    id: str
    run_id: str
    kind: SuggestionKind
    rank: int
    score: float
    passages: tuple[SuggestedPassage, ...]
    code_id: str | None = None
    evidence: Mapping[str, Any] = field(default_factory=dict)

    @property
    def passage(self) -> SuggestedPassage:
        """The passage that it is about; of a group, the most typical one."""
        return self.passages[0]


@dataclass(frozen=True, slots=True)
class SuggestionRun:
    """One computing of suggestions.

    Attributes:
        seen: SHA-256 of every passage and coding that it saw.
        recipe: How it was computed: name of the recipe, options, versions.
    """

    id: str
    kind: SuggestionKind
    coder_id: str
    at: str
    seed: int
    seen: str
    recipe: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class VerdictGiven:
    """A person's verdict on a suggestion.

    Attributes:
        reason: In the person's words; a rejection has one.
        coding_id: The coding that an acceptance led to.
    """

    id: str
    suggestion_id: str
    coder_id: str
    verdict: Verdict
    at: str
    reason: str = ""
    coding_id: str | None = None
