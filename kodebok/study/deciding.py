"""Deciding what becomes of an entity: found or written by hand, decided once for all mentions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from kodebok.anonymise.allow_list import AllowList, allow_list_with
from kodebok.anonymise.belonging import shared_pseudonym
from kodebok.anonymise.mentions import MentionFinder
from kodebok.anonymise.pseudonyms import propose_replacement
from kodebok.anonymise.study_texts import find_in_study
from kodebok.domain.entity import Action, Entity, Mention
from kodebok.domain.identifier import Identifier, IdentifierType
from kodebok.domain.ids import new_id
from kodebok.domain.text import fold_space, word_spans
from kodebok.errors import WrongUseError
from kodebok.i18n import translator
from kodebok.storage import entities, sources, typed_texts
from kodebok.storage.database import Store
from kodebok.study.opening import Study

_ = translator("study")

_SHORTEST_ID = 6  # letters of an id that are enough to mean it


@dataclass(frozen=True, slots=True)
class FoundEntity:
    """What the finders take for one person, place or thing, about which nothing is stored.

    Attributes:
        key: The finders' name for it, such as `person:kari nordmann`.
        entity: As it would be stored; its id is new.
        identifiers: All places of it.
    """

    key: str
    entity: Entity
    identifiers: tuple[Identifier, ...]


def found_entities(
    store: Store, identifiers: Sequence[Identifier] | None = None
) -> list[FoundEntity]:
    """What is found in the texts and belongs to no stored entity, those mentioned most first.

    Args:
        store: The study's file.
        identifiers: What the finders found; they are asked when None, which takes seconds.
    """
    found = find_in_study(store) if identifiers is None else identifiers
    known = MentionFinder([one for one in entities.load_entities(store) if one.originals])
    return group_found([one for one in found if not _is_whole(known.find(one.text), one.text)])


def group_found(identifiers: Iterable[Identifier]) -> list[FoundEntity]:
    """Identifiers by the person, place or thing that they mean, those mentioned most first."""
    groups: dict[str, list[Identifier]] = {}
    for one in identifiers:
        groups.setdefault(one.entity, []).append(one)
    listed = [
        FoundEntity(key, _entity_of(key, group), tuple(group)) for key, group in groups.items()
    ]
    return sorted(listed, key=lambda one: (-len(one.identifiers), one.key))


def _is_whole(mentions: Sequence[Mention], text: str) -> bool:
    return any(mention.start == 0 and mention.end == len(text) for mention in mentions)


def _entity_of(key: str, group: Sequence[Identifier]) -> Entity:
    """An entity by the form nearest to the base, with the forms that this does not cover."""
    base = key.partition(":")[2]
    texts = list(dict.fromkeys(fold_space(one.text) for one in group))
    name = next((text for text in texts if text.lower() == base and text != base), None)
    name = name or next((text for text in texts if text.lower() == base), None)
    entity = Entity(new_id(), group[0].type, name or texts[0])
    finder = MentionFinder([entity])
    others = tuple(text for text in texts if not _is_whole(finder.find(text), text))
    return replace(entity, aliases=others)


def find_entity(study: Study, wanted: str) -> Entity | None:
    """The stored entity of that id, name, alias or replacement; None when there is none.

    Raises:
        WrongUseError: K835, it could be several; their ids are given.
    """
    folded = fold_space(wanted).casefold()
    known = entities.load_entities(study.store)
    meant = [one for one in known if one.id == wanted] or [
        one
        for one in known
        if folded in {name.casefold() for name in one.originals}
        or (folded and folded == one.replacement.casefold())
        or (len(wanted) >= _SHORTEST_ID and one.id.startswith(wanted))
    ]
    if len(meant) > 1:
        raise WrongUseError(
            _("that could be several"),
            _("give one of the ids: {ids}", ids=", ".join(one.id for one in meant)),
            "K835",
        )
    return meant[0] if meant else None


def decide_entity(
    study: Study,
    wanted: str,
    action: Action,
    replacement: str = "",
    reason: str = "",
    type_: IdentifierType | None = None,
) -> Entity:
    """Decide about an entity that is stored, or found, or written by hand, as one act.

    Args:
        study: The study.
        wanted: Id or name of an entity, or the words as they stand in the text.
        action: What becomes of its mentions.
        replacement: What stands in the text instead; one is proposed when empty.
        reason: Why, in the researcher's words.
        type_: What it is; else what it was found as, or a person when written by hand.

    Raises:
        WrongUseError: It could be several (K835); no replacement can be proposed (K233), or it
            is another's (K231); it is applied already (K232).
    """
    entity = find_entity(study, wanted)
    with study.store.act("entity.decide", study.coder.id) as act:
        if entity is None:
            entity = entities.add_entity(act, _new_entity(study, wanted, type_))
        elif type_ is not None and type_ is not entity.type:
            entity = entities.change_type(act, entity.id, type_)
        act.subject = entity.id
        if not replacement:
            replacement = propose_for(study, entity, action)
        return entities.decide(act, entity.id, action, replacement, reason)


def find_or_make_entity(study: Study, wanted: str) -> Entity | None:
    """The stored entity of that id or name, else the one that is found so; None for neither.

    Raises:
        WrongUseError: K835, it could be several.
    """
    return find_entity(study, wanted) or _one_found(study, wanted)


def _new_entity(study: Study, wanted: str, type_: IdentifierType | None) -> Entity:
    found = _one_found(study, wanted)
    if found is not None:
        return replace(found, type=type_ or found.type)
    return Entity(new_id(), type_ or IdentifierType.PERSON, wanted)


def _one_found(study: Study, wanted: str) -> Entity | None:
    """What the finders take for one thing and is called so."""
    folded = fold_space(wanted).casefold()
    listed = found_entities(study.store, find_in_study(study.store, allowed=_allowed(study)))
    named = [one for one in listed if folded in {*_folded(one.entity.originals), one.key}]
    named = named or [_by_base(one) for one in listed if folded == one.key.partition(":")[2]]
    meant = named or [
        one for one in listed if folded in _folded(place.text for place in one.identifiers)
    ]
    return meant[0].entity if len(meant) == 1 else None


def _by_base(found: FoundEntity) -> FoundEntity:
    """What is found by its base form, also where that stands within longer words alone."""
    base = found.key.partition(":")[2]
    texts = (fold_space(one.text) for one in found.identifiers)
    name = next((text[: len(base)] for text in texts if text.casefold().startswith(base)), None)
    if name is None:
        return found
    entity = replace(found.entity, name=name)
    finder = MentionFinder([entity])
    others = tuple(
        text for text in found.entity.originals if not _is_whole(finder.find(text), text)
    )
    return replace(found, entity=replace(entity, aliases=others))


def _allowed(study: Study) -> AllowList:
    return allow_list_with(study.settings.table("allow"))


def _folded(names: Iterable[str]) -> set[str]:
    return {fold_space(name).casefold() for name in names}


def propose_for(study: Study, entity: Entity, action: Action) -> str:
    """What could stand for an entity: the same each time, and nobody's name in the study.

    An organisation and the place in its name share the word that is drawn first.
    """
    others = [one for one in entities.load_entities(study.store) if one.id != entity.id]
    shared = shared_pseudonym(entity, others) if action is Action.PSEUDONYM else ""
    if shared:
        return shared
    taken = {name for one in others for name in (*one.originals, one.replacement) if name}
    project = study.project()
    return propose_replacement(
        entity,
        action,
        frozenset(taken),
        words_of_study(study.store),
        language=project.language,
        seed=project.id,
    )


def words_of_study(store: Store) -> frozenset[str]:
    """Every word that stands anywhere in the study, in lower case."""
    texts = [sources.load_text(store, one.id) for one in sources.load_sources(store)]
    texts += [one.text for one in typed_texts.typed_texts(store)]
    return frozenset(
        text[span.start : span.end].lower() for text in texts for span in word_spans(text)
    )
