"""Patterns: identifiers that are known by their form, not by a list or a model."""

from __future__ import annotations

from kodebok.anonymise.patterns import addresses, ages, contacts, dates, numbers, roles
from kodebok.anonymise.patterns.rule import FINDER, apply_rules
from kodebok.domain.identifier import Proposal

__all__ = ["FINDER", "find_by_pattern"]

_RULES = (
    *contacts.RULES,
    *numbers.RULES,
    *addresses.RULES,
    *dates.RULES,
    *ages.RULES,
    *roles.RULES,
)


def find_by_pattern(text: str) -> list[Proposal]:
    """What has the form of an identifier; overlapping proposals are left to the merging.

    Args:
        text: Canonical text; letters of either case are alike.
    """
    return apply_rules(_RULES, text)
