"""From proposals to identifiers: what overlaps becomes one, and gets a tier."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kodebok.anonymise import by_classifier, by_label
from kodebok.domain.identifier import Identifier, IdentifierType, Proposal, Tier

# From this score on a proposal alone makes an identifier likely. The classifier's was chosen on the
# held-out seventh of its training texts, so that nineteen of twenty likely tokens are names.
LIKELY = 0.55
LIKELY_OF_CLASSIFIER = 0.75

_MOST_EXACT = {
    IdentifierType.CONTACT: 6,
    IdentifierType.ADDRESS: 5,
    IdentifierType.NUMBER: 4,
    IdentifierType.DATE: 3,
    IdentifierType.AGE: 3,
    IdentifierType.ROLE: 1,
}


def is_likely(proposal: Proposal) -> bool:
    """Whether a proposal alone makes an identifier likely."""
    if proposal.finder == by_classifier.FINDER:
        return proposal.score >= LIKELY_OF_CLASSIFIER
    return proposal.score >= LIKELY


def merge_proposals(source: str, text: str, proposals: Iterable[Proposal]) -> list[Identifier]:
    """Identifiers without overlap, in the order of the text.

    Proposals that share a character become one identifier around them all. Its type is that of the
    surest; a form such as an e-mail address goes before a name, since it takes the name in.
    """
    merged: list[Identifier] = []
    for group in _overlapping(proposals):
        start = min(found.start for found in group)
        end = max(found.end for found in group)
        best = max(group, key=_weight)
        merged.append(
            Identifier(
                source=source,
                start=start,
                end=end,
                text=text[start:end],
                type=best.type,
                tier=Tier.LIKELY if any(map(is_likely, group)) else Tier.POSSIBLE,
                score=round(max(found.score for found in group), 3),
                finders=tuple(sorted({found.finder for found in group})),
                reasons=tuple(sorted({found.reason for found in group})),
            )
        )
    return merged


def _weight(found: Proposal) -> tuple[bool, int, bool, float, int]:
    """A form goes before a name, and what the study knows of a name before what it looks like."""
    is_known = found.finder == by_label.FINDER
    length = found.end - found.start
    return is_likely(found), _MOST_EXACT.get(found.type, 2), is_known, found.score, length


def _overlapping(proposals: Iterable[Proposal]) -> list[Sequence[Proposal]]:
    groups: list[list[Proposal]] = []
    end = -1
    for found in sorted(proposals, key=lambda p: (p.start, -p.end)):
        if groups and found.start < end:
            groups[-1].append(found)
        else:
            groups.append([found])
        end = max(end, found.end)
    return list(groups)
