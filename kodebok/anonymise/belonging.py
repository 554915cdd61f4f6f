"""Names that belong together: `Namsos sykehus` is at `Namsos`, and shares its pseudonym's word."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kodebok.anonymise.name_parts import atoms
from kodebok.anonymise.pseudonyms import OrganisationName, taken_apart
from kodebok.anonymise.spellings import fold
from kodebok.anonymise.word_forms import without_genitive
from kodebok.domain.entity import Action, Entity
from kodebok.domain.identifier import IdentifierType


@dataclass(frozen=True, slots=True)
class _Decided:
    """What stands for a place, by itself or within an organisation's name."""

    entity: Entity
    places: frozenset[str]
    new: str


def shared_pseudonym(entity: Entity, others: Sequence[Entity]) -> str:
    """What is to stand for an entity since the place in its name has a pseudonym already.

    Args:
        entity: A place, or an organisation whose name says what it is and where.
        others: The other entities, with what stands for them; a place goes before organisations.

    Returns:
        The pseudonym; empty where nothing belongs to it, or the word is another's too.
    """
    own = _places(entity)
    alike = [one for one in map(_decided, others) if one.new and own & one.places]
    if not alike:
        return ""
    alike.sort(key=lambda one: one.entity.type is not IdentifierType.PLACE)
    kin = {one.entity.id for one in alike}
    strange = _words(one for one in others if one.id not in kin)
    names = {fold(name) for one in others for name in (*one.originals, one.replacement) if name}
    parts = _parts(entity)
    for one in alike:
        whole = parts.shape.format(one.new) if parts is not None else one.new
        if fold(whole) not in names and not strange & _atoms(one.new):
            return whole
    return ""


def _parts(entity: Entity) -> OrganisationName | None:
    return taken_apart(entity.name) if entity.type is IdentifierType.ORGANISATION else None


def _places(entity: Entity) -> frozenset[str]:
    """What the place in an entity's name may be called, folded; nothing where there is none."""
    if entity.type is IdentifierType.PLACE:
        return frozenset(fold(name) for name in entity.originals)
    parts = _parts(entity)
    return frozenset(without_genitive(fold(parts.place))) if parts is not None else frozenset()


def _decided(entity: Entity) -> _Decided:
    new = entity.replacement if entity.action is Action.PSEUDONYM else ""
    parts = _parts(entity)
    if new and parts is not None:
        other = taken_apart(new)
        new = other.place if other is not None and other.shape == parts.shape else ""
    return _Decided(entity, _places(entity), new)


def _words(entities: Iterable[Entity]) -> set[str]:
    """Every word that others are called, or that stands for them; what they are is none."""
    found: set[str] = set()
    for one in entities:
        for name in (*one.originals, one.replacement):
            parts = taken_apart(name) if one.type is IdentifierType.ORGANISATION else None
            found |= _atoms(parts.place if parts is not None else name)
    return found


def _atoms(name: str) -> set[str]:
    return {fold(name[start:end]) for start, end in atoms(name)}
