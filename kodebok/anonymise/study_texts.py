"""What the finders are given of a study: its texts, and the names that it knows itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kodebok.anonymise.allow_list import AllowList, shipped_allow_list
from kodebok.anonymise.by_label import KnownName, names_in_label
from kodebok.anonymise.by_pipeline import load_pipeline
from kodebok.anonymise.finding import Knowledge, TextToSearch, find_identifiers
from kodebok.domain.case import CaseKind
from kodebok.domain.identifier import Identifier, Tier
from kodebok.storage import cases, entities, sources
from kodebok.storage.database import Store


@dataclass(frozen=True, slots=True)
class NamesBesideText:
    """How many labels outside the texts hold a name.

    Attributes:
        voices, cases, sources: Numbers of labels of voices, of participants and sites, and of
            names of sources and files.
    """

    voices: int
    cases: int
    sources: int

    @property
    def any(self) -> bool:
        """Whether there is one."""
        return bool(self.voices or self.cases or self.sources)


def find_in_study(
    store: Store,
    source_ids: frozenset[str] = frozenset(),
    allowed: AllowList | None = None,
    pipelines: Sequence[str] = (),
) -> list[Identifier]:
    """The identifiers of a study, by source and place.

    Args:
        store: The study's file; it is only read.
        source_ids: Only in these sources; all teach about them. Empty for all.
        allowed: Public names that stay; those that come with kodebok when None.
        pipelines: Names of installed spaCy pipelines to ask as well.

    Raises:
        MissingComponentError: A pipeline, or spaCy, is not installed.
    """
    listed = sources.load_sources(store)
    texts = [TextToSearch(one.name, sources.load_text(store, one.id)) for one in listed]
    known = knowledge_of(store, allowed)
    also = [load_pipeline(name) for name in pipelines]
    wanted = {one.name for one in listed if not source_ids or one.id in source_ids}
    return [found for found in find_identifiers(texts, known, also) if found.source in wanted]


def knowledge_of(store: Store, allowed: AllowList | None = None) -> Knowledge:
    """What the study knows before it looks: its own names, its rules, and what is public."""
    rules = tuple(entities.load_rules(store))
    return Knowledge(tuple(_known_names(store)), allowed or shipped_allow_list(), rules)


def find_likely_in(store: Store, source_ids: frozenset[str]) -> Iterator[tuple[str, Identifier]]:
    """What the finders are sure of in some sources, read without the others.

    Returns:
        The source's id, and the identifier.
    """
    texts = [TextToSearch(one, sources.load_text(store, one)) for one in sorted(source_ids)]
    known = knowledge_of(store)
    for found in find_identifiers(texts, known):
        if found.tier is Tier.LIKELY:
            yield found.source, found


def count_names_beside_text(store: Store) -> NamesBesideText:
    """How many labels hold what may be a name; they are no part of the texts."""
    listed = sources.load_sources(store)
    return NamesBesideText(
        voices=sum(bool(names_in_label(one.label)) for one in sources.load_speakers(store)),
        cases=sum(bool(names_in_label(one.name)) for one in cases.load_cases(store)),
        sources=sum(
            bool(names_in_label(one.name) or names_in_label(one.file_name or "")) for one in listed
        ),
    )


def _known_names(store: Store) -> Iterator[KnownName]:
    for speaker in sources.load_speakers(store):
        yield KnownName(speaker.label)
    for case in cases.load_cases(store):
        yield KnownName(case.name, is_person=case.kind is CaseKind.PARTICIPANT)
    for source in sources.load_sources(store):
        for label in (source.name, source.file_name, source.interviewer, source.observer):
            if label:
                yield KnownName(label)
        if source.place and source.place[0].isupper():
            yield KnownName(source.place, is_person=False)
