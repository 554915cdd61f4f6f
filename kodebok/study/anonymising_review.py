"""The list that a researcher goes through when anonymising: what was found, and what is decided.

Finding takes seconds and may run in a child process; everything else here is quick.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from kodebok.anonymise.allow_list import AllowList, allow_list_with
from kodebok.anonymise.belonging import shared_pseudonym
from kodebok.anonymise.finding import TextToSearch, is_ruled_out
from kodebok.anonymise.finding_stage import Row, arguments_of, identifier_of
from kodebok.anonymise.mentions import MentionFinder
from kodebok.anonymise.pseudonyms import propose_replacement
from kodebok.anonymise.study_texts import knowledge_of
from kodebok.config import Settings
from kodebok.domain.entity import Action, Entity
from kodebok.domain.identifier import Identifier, IdentifierType, Tier
from kodebok.domain.span import Span
from kodebok.storage import anonymisation, entities, sources, typed_texts
from kodebok.storage.database import Store
from kodebok.study.deciding import FoundEntity, group_found, words_of_study
from kodebok.study.opening import Study

ALLOW_TABLE = "allow"
# What is also looked through: words beside the texts of sources that may name someone.
_BESIDE = frozenset({"notes", "codes", "themes", "theories", "cases", "speakers", "condensations"})
_FEW = 3  # mentions: someone spoken of so seldom is easily overlooked
_MARK = "\x1f"  # between table, column and row in the name of a text beside the sources

_USUAL = {
    IdentifierType.PERSON: Action.PSEUDONYM,
    IdentifierType.PLACE: Action.PSEUDONYM,
    IdentifierType.ORGANISATION: Action.PSEUDONYM,
    IdentifierType.OTHER: Action.PSEUDONYM,
    IdentifierType.AGE: Action.GENERALISE,
    IdentifierType.DATE: Action.GENERALISE,
    IdentifierType.ROLE: Action.GENERALISE,
}


@dataclass(frozen=True, slots=True)
class ReviewPlace:
    """Where something stands.

    Attributes:
        source_id: The source; empty for words beside the texts.
        beside: Table, column and row of such words, else None.
    """

    source_id: str
    span: Span
    beside: tuple[str, str, str] | None = None


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """A person, place or thing to decide about.

    Attributes:
        key: The entity's id when it is stored, else the finders' key.
        tier: The surest of its places.
        places: All that the finders saw; more may be found of a stored one.
        reasons: Why it was found, as short English keys.
    """

    key: str
    entity: Entity
    tier: Tier
    places: tuple[ReviewPlace, ...] = ()
    reasons: tuple[str, ...] = ()
    is_stored: bool = False
    is_applied: bool = False

    @property
    def is_decided(self) -> bool:
        """Whether it is said what becomes of it."""
        return self.entity.action is not None


def user_allow_list(settings: Settings) -> AllowList:
    """Public names that stay: those that come with kodebok, and the user's own."""
    return allow_list_with(settings.table(ALLOW_TABLE))


def texts_to_search(store: Store) -> list[TextToSearch]:
    """Texts of sources by their ids, then words beside them that may name someone."""
    listed = [
        TextToSearch(one.id, sources.load_text(store, one.id))
        for one in sources.load_sources(store)
    ]
    return listed + [
        TextToSearch(_MARK.join((one.table, one.column, one.row_id)), one.text)
        for one in typed_texts.typed_texts(store)
        if one.table in _BESIDE
    ]


def finding_arguments(study: Study) -> Row:
    """What the finding stage is given of a study."""
    known = knowledge_of(study.store)
    allowed = list(study.settings.table(ALLOW_TABLE))
    return arguments_of(texts_to_search(study.store), known, allowed)


def place_of(found: Identifier) -> ReviewPlace:
    """Where an identifier of the stage stands."""
    if _MARK not in found.source:
        return ReviewPlace(found.source, found.span)
    table, column, row_id = found.source.split(_MARK)
    return ReviewPlace("", found.span, (table, column, row_id))


def usual_action(type_: IdentifierType) -> Action:
    """What is proposed for a type: a pseudonym for names, a wider word or a category for others."""
    return _USUAL.get(type_, Action.TAG)


@dataclass(slots=True)
class Review:
    """What was found in a study, beside what is stored of it now.

    Attributes:
        study: The study.
        found: What the finders saw when they last looked; None before they did.
    """

    study: Study
    found: list[Identifier] | None = None
    _ids: dict[str, str] = field(default_factory=dict)
    _words: frozenset[str] | None = None
    _proposed: dict[str, Entity] = field(default_factory=dict)

    def take(self, rows: Iterable[Row]) -> None:
        """Take what the stage found; what a memo calls the study's own sources is no finding."""
        own = {one.name.casefold() for one in sources.load_sources(self.study.store)}
        found = (identifier_of(row) for row in rows)
        self.found = [
            one for one in found if _MARK not in one.source or one.text.casefold() not in own
        ]
        self._words = None

    def items(self) -> list[ReviewItem]:
        """Everything to decide about, the riskiest first; what is decided stands last."""
        store = self.study.store
        stored = entities.load_entities(store)
        applied = entities.load_applied_ids(store)
        fresh, covered = self._sorted_out(stored)
        listed = [
            _stored_item(one, covered.get(one.id, ()), is_applied=one.id in applied)
            for one in stored
        ]
        return sorted((*listed, *fresh), key=risk)

    def _sorted_out(
        self, stored: Sequence[Entity]
    ) -> tuple[list[ReviewItem], dict[str, list[Identifier]]]:
        """What belongs to no stored entity, and by id what does."""
        named = [one for one in stored if one.originals]
        finder = MentionFinder(named)
        whose: dict[str, str] = {}
        covered: dict[str, list[Identifier]] = defaultdict(list)
        never = knowledge_of(self.study.store, self._allowed).never
        rest = []
        for one in self.found or ():
            if one.text not in whose:
                whole = (m for m in finder.find(one.text) if (m.start, m.end) == (0, len(one.text)))
                whose[one.text] = next((m.entity_id for m in whole), "")
            if whose[one.text]:
                covered[whose[one.text]].append(one)
            elif not is_ruled_out(one.text, never) and self._is_still_there(one):
                rest.append(one)
        return [self._fresh_item(group) for group in group_found(rest)], covered

    @property
    def _allowed(self) -> AllowList:
        return user_allow_list(self.study.settings)

    def _is_still_there(self, one: Identifier) -> bool:
        """Whether the words stand where they were found: the text may have changed since."""
        return place_text(self.study.store, place_of(one))[one.start : one.end] == one.text

    def _fresh_item(self, group: FoundEntity) -> ReviewItem:
        known_id = self._ids.setdefault(group.key, group.entity.id)
        tiers = {one.tier for one in group.identifiers}
        return ReviewItem(
            group.key,
            replace(group.entity, id=known_id),
            Tier.LIKELY if Tier.LIKELY in tiers else Tier.POSSIBLE,
            tuple(place_of(one) for one in group.identifiers),
            tuple(sorted({reason for one in group.identifiers for reason in one.reasons})),
        )

    def propose(self, entity: Entity, action: Action) -> str:
        """What could stand for an entity, in the study's language."""
        shared = self._shared(entity) if action is Action.PSEUDONYM else ""
        if shared:
            return shared
        if self._words is None:
            self._words = words_of_study(self.study.store)
        project = self.study.project()
        return propose_replacement(
            entity,
            action,
            self._taken(entity),
            self._words,
            language=project.language,
            seed=project.id,
        )

    def proposal(self, entity: Entity) -> tuple[Action, str]:
        """What is proposed for an entity: the usual action, or a category where that gives none.

        What was proposed once stands, and is proposed for no other, until it is someone's.
        """
        known = self._proposed.get(entity.id)
        if known is not None and known.action is not None and self._stands(known, entity):
            return known.action, known.replacement
        action = usual_action(entity.type)
        words = self.propose(entity, action)
        if not words:
            action, words = Action.TAG, self.propose(entity, Action.TAG)
        self._proposed[entity.id] = replace(entity, action=action, replacement=words)
        return action, words

    def _stands(self, known: Entity, entity: Entity) -> bool:
        """Whether a proposal still holds: it is nobody else's, and goes with what is decided."""
        if known.type is not entity.type or known.replacement in self._taken(entity):
            return False
        shared = self._shared(entity) if known.action is Action.PSEUDONYM else ""
        return shared in {"", known.replacement}

    def _shared(self, entity: Entity) -> str:
        """The pseudonym that goes with one that belongs to it: a decided one, else a proposed."""
        stored = [e for e in entities.load_entities(self.study.store) if e.id != entity.id]
        decided = {one.id for one in stored if one.action is not None}
        proposed = [
            one for one in self._proposed.values() if one.id not in decided and one.id != entity.id
        ]
        return shared_pseudonym(entity, stored) or shared_pseudonym(entity, [*stored, *proposed])

    def make_likely(self, entity: Entity) -> None:
        """Let what is meant by an entity count as likely, since the researcher said so."""
        self.found = [
            replace(one, tier=Tier.LIKELY) if one.text in entity.originals else one
            for one in self.found or ()
        ]

    def _taken(self, entity: Entity) -> set[str]:
        """What stands, or is called, or is proposed for others."""
        others = [e for e in entities.load_entities(self.study.store) if e.id != entity.id]
        taken = {name for one in others for name in (*one.originals, one.replacement) if name}
        return taken | {
            one.replacement
            for known, one in self._proposed.items()
            if known != entity.id and one.action in entities.NAMING
        }

    def mentions(self, item: ReviewItem) -> list[ReviewPlace]:
        """Every place that a decision about an item would reach, sources first."""
        if not item.entity.originals:
            return [
                ReviewPlace(one.source_id, Span(one.start, one.end))
                for one in anonymisation.load_replacements(self.study.store)
                if one.entity_id == item.entity.id
            ]
        finder = MentionFinder([item.entity])
        places = [
            ReviewPlace(one.source_id, one.span, one.beside)
            for text in texts_to_search(self.study.store)
            for one in _places_in(text, finder)
        ]
        return list(dict.fromkeys([*places, *item.places]))


def _places_in(text: TextToSearch, finder: MentionFinder) -> Iterable[ReviewPlace]:
    for mention in finder.find(text.text):
        span = Span(mention.start, mention.end)
        if _MARK in text.source:
            table, column, row_id = text.source.split(_MARK)
            yield ReviewPlace("", span, (table, column, row_id))
        else:
            yield ReviewPlace(text.source, span)


def place_text(store: Store, place: ReviewPlace) -> str:
    """The whole text that a place stands in; empty when it is gone."""
    if place.beside is not None:
        return typed_texts.typed_text(store, *place.beside) or ""
    try:
        return sources.load_text(store, place.source_id)
    except KeyError:
        return ""


def _stored_item(entity: Entity, found: Sequence[Identifier], *, is_applied: bool) -> ReviewItem:
    return ReviewItem(
        entity.id,
        entity,
        Tier.LIKELY,
        tuple(place_of(one) for one in found),
        tuple(sorted({reason for one in found for reason in one.reasons})),
        is_stored=True,
        is_applied=is_applied,
    )


_BY_TYPE: Mapping[IdentifierType, int] = {
    IdentifierType.NUMBER: 0,
    IdentifierType.CONTACT: 0,
    IdentifierType.ADDRESS: 0,
    IdentifierType.ROLE: 2,
    IdentifierType.PERSON: 3,
    IdentifierType.ORGANISATION: 4,
    IdentifierType.PLACE: 5,
    IdentifierType.DATE: 6,
    IdentifierType.AGE: 6,
    IdentifierType.OTHER: 7,
}


def risk(item: ReviewItem) -> tuple[object, ...]:
    """What an item is sorted by: undecided first, numbers and seldom full names before others."""
    count = len(item.places)
    by_type = _BY_TYPE[item.entity.type]
    is_full = item.entity.type is IdentifierType.PERSON and " " in item.entity.name.strip()
    if is_full and count <= _FEW:
        by_type = 1
    name = unicodedata.normalize("NFC", item.entity.name or item.entity.replacement).casefold()
    order = count if by_type == 1 else -count
    return item.is_applied, item.is_decided, item.tier is Tier.POSSIBLE, by_type, order, name
