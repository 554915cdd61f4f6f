"""What a researcher does in the review: decide, join, split, say that a word is no name, add one.

What was found and is not stored yet is stored when something is said of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from kodebok.domain.entity import Action, Entity, NameRule, Rule
from kodebok.domain.identifier import IdentifierType
from kodebok.domain.ids import new_id
from kodebok.domain.text import canonicalise, fold_space
from kodebok.errors import WrongUseError
from kodebok.i18n import translator
from kodebok.storage import entities
from kodebok.storage.history import Act
from kodebok.study.opening import Study

_ = translator("study")


def _kept(act: Act, entity: Entity) -> Entity:
    """The entity as it is stored; it is stored when it is not."""
    known = {one.id for one in entities.load_entities(act.store)}
    if entity.id in known:
        return entities.load_entity(act.store, entity.id)
    return entities.add_entity(act, replace(entity, action=None, replacement=""))


def decide_about(
    study: Study, entity: Entity, action: Action | None, replacement: str = "", reason: str = ""
) -> Entity:
    """Say what becomes of an entity; None takes what was said back.

    Raises:
        WrongUseError: As `storage.entities.decide`.
    """
    with study.store.act("entity.decide", study.coder.id, entity.id) as act:
        kept = _kept(act, entity)
        return entities.decide(act, kept.id, action, replacement, reason)


def decide_many(study: Study, decisions: Iterable[tuple[Entity, Action, str]]) -> list[Entity]:
    """Decide about several entities as one act.

    Args:
        study: The study.
        decisions: Entity, action, and what stands in the text.
    """
    decided = []
    with study.store.act("entity.decide", study.coder.id) as act:
        for entity, action, words in decisions:
            kept = _kept(act, entity)
            decided.append(entities.decide(act, kept.id, action, words))
    return decided


def join_entities(study: Study, gone: Entity, kept: Entity) -> Entity:
    """Say that two are the same: what one is called becomes other names of the second.

    Raises:
        WrongUseError: As `storage.entities.merge_entities`.
    """
    with study.store.act("entity.merge", study.coder.id, kept.id) as act:
        return entities.merge_entities(act, _kept(act, gone).id, _kept(act, kept).id)


def split_off(study: Study, entity: Entity, names: Sequence[str]) -> Entity:
    """Make some of an entity's names an entity of their own.

    Raises:
        WrongUseError: As `storage.entities.split_entity`.
    """
    with study.store.act("entity.split", study.coder.id, entity.id) as act:
        return entities.split_entity(act, _kept(act, entity).id, names)


def give_type(study: Study, entity: Entity, type_: IdentifierType) -> Entity:
    """Say what kind of thing it is.

    Raises:
        WrongUseError: It is applied already.
    """
    with study.store.act("entity.type", study.coder.id, entity.id) as act:
        return entities.change_type(act, _kept(act, entity).id, type_)


def say_no_name(study: Study, entity: Entity) -> None:
    """Say that none of its names is a name here: nobody proposes them again.

    Raises:
        WrongUseError: It is applied already (K232).
    """
    known = {one.id for one in entities.load_entities(study.store)}
    with study.store.act("rule.set", study.coder.id, entity.id) as act:
        if entity.id in known:
            entities.remove_entity(act, entity.id)
        for name in entity.originals:
            entities.set_rule(act, NameRule(new_id(), name, Rule.NEVER, entity.type))


def set_word_rule(
    study: Study, word: str, rule: Rule, type_: IdentifierType = IdentifierType.OTHER
) -> NameRule:
    """Say of a word that it is always a name in this study, or never.

    Raises:
        WrongUseError: K837, no word was given.
    """
    clean = fold_space(canonicalise(word))
    if not clean:
        raise WrongUseError(_("no word was given"), _("write the word as it stands"), "K837")
    made = NameRule(new_id(), clean, rule, type_)
    with study.store.act("rule.set", study.coder.id, made.id) as act:
        entities.set_rule(act, made)
    return made


def drop_word_rule(study: Study, word: str) -> NameRule:
    """Take back what was said of a word.

    Raises:
        WrongUseError: K838, nothing was said of it.
    """
    wanted = fold_space(canonicalise(word)).casefold()
    found = [one for one in entities.load_rules(study.store) if one.text.casefold() == wanted]
    if not found:
        raise WrongUseError(
            _("there is no rule for that word"), _("see 'kodebok anonymise --rules'"), "K838"
        )
    with study.store.act("rule.remove", study.coder.id, found[0].id) as act:
        for one in found:
            entities.remove_rule(act, one.id)
    return found[0]


def add_by_hand(study: Study, name: str, type_: IdentifierType) -> Entity:
    """Make an entity of words that no finder saw; its mentions are found everywhere.

    Raises:
        WrongUseError: It has no name (K230), or one is called so already (K839).
    """
    wanted = fold_space(canonicalise(name)).casefold()
    for one in entities.load_entities(study.store):
        if wanted in {known.casefold() for known in one.originals}:
            raise WrongUseError(
                _("that is in the list already"), _("decide about the one that is there"), "K839"
            )
    entity = Entity(new_id(), type_, name)
    with study.store.act("entity.add", study.coder.id, entity.id) as act:
        return entities.add_entity(act, entity)
