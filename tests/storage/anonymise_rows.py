"""Rows in the tables of anonymisation, with a canary in every column that may hold typed words."""

from __future__ import annotations

from collections.abc import Callable

from kodebok.domain.entity import Action, Entity, NameRule, Replacement, Rule
from kodebok.domain.identifier import IdentifierType
from kodebok.domain.ids import new_id
from kodebok.storage import anonymisation, entities, gate_memory
from kodebok.storage.history import Act


def write_anonymisation(act: Act, source_id: str, canary: Callable[[str, str], str]) -> None:
    """An entity, a rule, a replacement in a source, a file left over, what the gate was told."""
    entity = Entity(
        new_id(),
        IdentifierType.PERSON,
        canary("entities", "name"),
        (canary("entities", "aliases"),),
        Action.PSEUDONYM,
        canary("entities", "replacement"),
        canary("entities", "reason"),
    )
    entities.add_entity(act, entity)
    entities.set_rule(act, NameRule(new_id(), canary("name_rules", "text"), Rule.NEVER))
    anonymisation.add_replacements(act, [Replacement(new_id(), source_id, 0, 2, entity.id)])
    anonymisation.note_applied_texts(act)
    anonymisation.write_leftovers(act, [("exports", "0" * 64)])
    gate_memory.add_harmless(act, ["0" * 32])
    gate_memory.add_reason(act, "word", 1, canary("gate_reasons", "reason"))
    anonymisation.write_state(act, anonymisation.load_state(act.store))
