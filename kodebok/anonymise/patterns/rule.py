"""What a pattern is: an expression, what it finds, how sure it is, and why."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from kodebok.domain.identifier import IdentifierType, Proposal

FINDER = "patterns"

Judge = Callable[[re.Match[str]], float]


@dataclass(frozen=True, slots=True)
class Rule:
    """One pattern.

    Attributes:
        reason: Short English key that tells the user why.
        score: How sure a match is, 0 to 1; or a function of the match, where 0 means none.
        group: The part of the match that is the identifier.
    """

    expression: re.Pattern[str]
    type: IdentifierType
    reason: str
    score: float | Judge
    group: str | int = 0

    def find(self, text: str) -> Iterator[Proposal]:
        """All matches in a text."""
        for match in self.expression.finditer(text):
            score = self.score if isinstance(self.score, float) else self.score(match)
            start, end = match.span(self.group)
            if score > 0 and end > start:
                yield Proposal(start, end, self.type, score, FINDER, self.reason)


def compiled(expression: str) -> re.Pattern[str]:
    """An expression that does not care for capitals; white space in it is written out."""
    return re.compile(expression, re.IGNORECASE)


def apply_rules(rules: Iterable[Rule], text: str) -> list[Proposal]:
    """Everything that the rules find."""
    return [proposal for rule in rules for proposal in rule.find(text)]
