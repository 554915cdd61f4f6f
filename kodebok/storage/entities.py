"""Entities and what is decided for them, and the study's own rules for names."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from typing import Any

from kodebok.domain.entity import Action, Entity, NameRule
from kodebok.domain.identifier import IdentifierType
from kodebok.domain.ids import new_id
from kodebok.domain.text import canonicalise, fold_space
from kodebok.errors import WrongUseError
from kodebok.i18n import translator
from kodebok.storage.database import Store
from kodebok.storage.history import Act
from kodebok.storage.rows import column_list, from_values, load_all, to_row

_ = translator("storage")

_ALIASES = [item.name for item in fields(Entity)].index("aliases")

# Actions whose replacement stands for one entity alone; a generalisation may stand for several.
NAMING = frozenset({Action.PSEUDONYM, Action.LETTER, Action.TAG})


def load_entities(store: Store) -> list[Entity]:
    """All entities, by name; those that are applied have none, and come by their replacement."""
    rows = store.rows(
        f"SELECT {column_list(Entity)} FROM entities ORDER BY type, name, replacement, id"
    )
    return [_entity(row) for row in rows]


def load_entity(store: Store, entity_id: str) -> Entity:
    """One entity; KeyError when there is none of that id."""
    row = store.row(f"SELECT {column_list(Entity)} FROM entities WHERE id = ?", [entity_id])
    if row is None:
        raise KeyError(entity_id)
    return _entity(row)


def _entity(row: tuple[Any, ...]) -> Entity:
    values = list(row)
    values[_ALIASES] = tuple(json.loads(values[_ALIASES]))
    return from_values(Entity, tuple(values))


def load_applied_ids(store: Store) -> frozenset[str]:
    """Ids of the entities whose originals only the key file knows."""
    return frozenset(row[0] for row in store.rows("SELECT id FROM entities WHERE applied = 1"))


def add_entity(act: Act, entity: Entity) -> Entity:
    """Write a new entity.

    Raises:
        WrongUseError: It has no name (K230), or its replacement is another's (K231).
    """
    clean = _clean(entity)
    _check_name(clean)
    _check_replacement(act.store, clean)
    act.insert("entities", {**_row(clean), "applied": 0})
    return clean


def decide(
    act: Act, entity_id: str, action: Action | None, replacement: str = "", reason: str = ""
) -> Entity:
    """Say what becomes of an entity; None takes a decision back.

    Raises:
        KeyError: There is no such entity.
        WrongUseError: It is applied already (K232); what is to stand in the text lacks (K233), or
            stands for another entity (K231).
    """
    entity = _undone_entity(act.store, entity_id)
    silent = action in {None, Action.KEEP, Action.DELETE}
    new = _clean(replace(entity, action=action, replacement="" if silent else replacement))
    new = replace(new, reason=canonicalise(reason).strip() or entity.reason)
    if not silent and not new.replacement:
        raise WrongUseError(
            _("it is not said what is to stand in the text instead"),
            _("give the replacement"),
            "K233",
        )
    _check_replacement(act.store, new)
    _write(act, new)
    return new


def rename_entity(act: Act, entity_id: str, name: str, aliases: Iterable[str]) -> Entity:
    """Change the base form and the other names of an entity.

    Raises:
        WrongUseError: It is applied already (K232), or would have no name (K230).
    """
    entity = _undone_entity(act.store, entity_id)
    new = _clean(replace(entity, name=name, aliases=tuple(aliases)))
    _check_name(new)
    _write(act, new)
    return new


def change_type(act: Act, entity_id: str, type_: IdentifierType) -> Entity:
    """Say what kind of thing an entity is.

    Raises:
        WrongUseError: It is applied already (K232).
    """
    new = replace(_undone_entity(act.store, entity_id), type=type_)
    _write(act, new)
    return new


def merge_entities(act: Act, from_id: str, into_id: str) -> Entity:
    """Say that two are the same: the names of one become names of the other, and it is gone.

    Raises:
        WrongUseError: One of them is applied already (K232), or they are one (K234).
    """
    if from_id == into_id:
        raise WrongUseError(_("that is one and the same"), _("name two entities"), "K234")
    gone = _undone_entity(act.store, from_id)
    kept = _undone_entity(act.store, into_id)
    names = tuple(name for name in gone.originals if name not in kept.originals)
    new = replace(kept, aliases=(*kept.aliases, *names))
    act.delete("entities", from_id)
    _write(act, new)
    return new


def split_entity(act: Act, entity_id: str, names: Sequence[str]) -> Entity:
    """Make some of an entity's names an entity of their own, about which nothing is decided.

    Raises:
        WrongUseError: It is applied already (K232); the names are not all its own, or are all that
            it has (K235).
    """
    entity = _undone_entity(act.store, entity_id)
    taken = [name for name in entity.originals if name in set(names)]
    left = [name for name in entity.originals if name not in set(names)]
    if not taken or not left or len(taken) != len(set(names)):
        raise WrongUseError(
            _("these are not some of its names"), _("name some, but not all of them"), "K235"
        )
    new = Entity(new_id(), entity.type, taken[0], tuple(taken[1:]))
    _write(act, replace(entity, name=left[0], aliases=tuple(left[1:])))
    act.insert("entities", {**_row(new), "applied": 0})
    return new


def remove_entity(act: Act, entity_id: str) -> None:
    """Forget an entity about which nothing was applied.

    Raises:
        WrongUseError: It is applied already (K232).
    """
    _undone_entity(act.store, entity_id)
    act.delete("entities", entity_id)


def load_rules(store: Store) -> list[NameRule]:
    """The study's own rules: words that are always to be found, or never."""
    return load_all(store, NameRule, "name_rules", "ORDER BY rule, text")


def set_rule(act: Act, rule: NameRule) -> None:
    """Write a rule; one of the same words gives way."""
    for (rule_id,) in act.store.rows("SELECT id FROM name_rules WHERE text = ?", [rule.text]):
        act.delete("name_rules", rule_id)
    act.insert("name_rules", to_row(rule, rule=str(rule.rule), type=str(rule.type)))


def remove_rule(act: Act, rule_id: str) -> None:
    """Take a rule away."""
    act.delete("name_rules", rule_id)


def blank_entity(act: Act, entity_id: str) -> None:
    """Leave an entity's originals to the key file."""
    act.update("entities", entity_id, name="", aliases="[]", reason="", applied=1)


def unblank_entity(act: Act, entity: Entity) -> None:
    """Give an entity its originals back."""
    values = _row(entity)
    values.pop("id")
    act.update("entities", entity.id, **values, applied=0)


def _undone_entity(store: Store, entity_id: str) -> Entity:
    if entity_id in load_applied_ids(store):
        raise WrongUseError(
            _("what was decided there is applied already"),
            _("run 'kodebok anonymise --restore' first, and decide anew"),
            "K232",
        )
    return load_entity(store, entity_id)


def _check_name(entity: Entity) -> None:
    if not entity.name:
        raise WrongUseError(
            _("it has no name"), _("write the name as it stands in the text"), "K230"
        )


def _check_replacement(store: Store, entity: Entity) -> None:
    """A replacement names one entity alone, and is nobody's own name."""
    wanted = entity.replacement.casefold()
    if not wanted or entity.action not in NAMING:
        return
    for other in load_entities(store):
        own = {name.casefold() for name in other.originals}
        twin = other.action in NAMING and other.replacement.casefold() == wanted
        if wanted in own or (other.id != entity.id and twin):
            raise WrongUseError(
                _("that replacement stands for someone or something else already"),
                _("choose another"),
                "K231",
            )


def _clean(entity: Entity) -> Entity:
    name = fold_space(canonicalise(entity.name))
    aliases = (fold_space(canonicalise(alias)) for alias in entity.aliases)
    return replace(
        entity,
        name=name,
        aliases=tuple(dict.fromkeys(a for a in aliases if a and a != name)),
        replacement=fold_space(canonicalise(entity.replacement)),
    )


def _row(entity: Entity) -> dict[str, Any]:
    return to_row(
        entity,
        type=str(entity.type),
        action=None if entity.action is None else str(entity.action),
        aliases=json.dumps(entity.aliases, ensure_ascii=False),
    )


def _write(act: Act, entity: Entity) -> None:
    values = _row(entity)
    act.update("entities", values.pop("id"), **values)
