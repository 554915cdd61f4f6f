"""The finder that knows the study's own rules: words that are always names here."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kodebok.anonymise.mentions import MentionFinder
from kodebok.domain.entity import Entity, NameRule, Rule
from kodebok.domain.identifier import Proposal

FINDER = "rule"
REASON = "always a name in this study"


def finder_of_rules(rules: Sequence[NameRule]) -> Callable[[str], list[Proposal]] | None:
    """Finds what is always a name here, in whatever form; None when there is no such rule."""
    always = {one.id: one for one in rules if one.rule is Rule.ALWAYS}
    if not always:
        return None
    mentions = MentionFinder([Entity(one.id, one.type, one.text) for one in always.values()])

    def find(text: str) -> list[Proposal]:
        return [
            Proposal(one.start, one.end, always[one.entity_id].type, 1.0, FINDER, REASON)
            for one in mentions.find(text)
        ]

    return find
