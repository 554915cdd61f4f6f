"""Which identifiers mean the same person, place or thing.

A first name or a surname belongs to the full name that has it, when only one in the study does.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from kodebok.anonymise.by_list import known_place_in
from kodebok.anonymise.word_forms import first_part, without_genitive
from kodebok.domain.identifier import Identifier, IdentifierType

_SPACE = re.compile(r"\s+")
_SHORTEST_BASE = 2


def group_by_entity(found: Sequence[Identifier]) -> list[Identifier]:
    """The identifiers with their entity's key, and one type for all mentions of a name."""
    bases = _bases_of([one.text for one in found if one.type.is_name])
    types = _types_by_base(found, bases)
    settled = [
        replace(one, type=types[bases[one.text]]) if one.type.is_name else one for one in found
    ]
    full = _full_names(settled, bases)
    settled = [_as_person(one, bases, full) for one in settled]
    return [replace(one, entity=_key(one, bases, full)) for one in settled]


def _bases_of(texts: Sequence[str]) -> dict[str, str]:
    """By text: the name in lower case without genitive, where the study has it without."""
    folded = {text: _SPACE.sub(" ", text).strip().lower() for text in texts}
    present = {form for text in folded.values() for form in (text, *text.split(" "))}
    return {text: _base(lower, present) for text, lower in folded.items()}


def _base(lower: str, present: set[str]) -> str:
    place = known_place_in(lower)
    if place:
        return place
    head = first_part(lower) if " " not in lower else ""
    for word in (lower, head):
        for form in without_genitive(word) if word else ():
            if form != lower and len(form) >= _SHORTEST_BASE and form in present:
                return form
    return lower


def _types_by_base(found: Sequence[Identifier], bases: dict[str, str]) -> dict[str, IdentifierType]:
    votes: dict[str, Counter[IdentifierType]] = defaultdict(Counter)
    for one in found:
        if one.type.is_name:
            votes[bases[one.text]][one.type] += max(one.score, 0.01)  # type: ignore[assignment]
    return {base: counted.most_common(1)[0][0] for base, counted in votes.items()}


def _full_names(found: Sequence[Identifier], bases: dict[str, str]) -> dict[str, str]:
    """By single name: the one full name of a person that has it."""
    holders: dict[str, set[str]] = defaultdict(set)
    for one in found:
        base = bases.get(one.text, "")
        if one.type is IdentifierType.PERSON and " " in base:
            for part in base.split(" "):
                holders[part].add(base)
    return {part: next(iter(names)) for part, names in holders.items() if len(names) == 1}


def _as_person(one: Identifier, bases: dict[str, str], full: dict[str, str]) -> Identifier:
    """A single name that a full name of the study has is that person's, unless a listed place."""
    if one.type.is_name and bases[one.text] in full and not known_place_in(bases[one.text]):
        return replace(one, type=IdentifierType.PERSON)
    return one


def _key(one: Identifier, bases: dict[str, str], full: dict[str, str]) -> str:
    if not one.type.is_name:
        return f"{one.type}:{_SPACE.sub(' ', one.text).strip().lower()}"
    base = bases[one.text]
    if one.type is IdentifierType.PERSON:
        base = full.get(base, base)
    return f"{one.type}:{base}"
