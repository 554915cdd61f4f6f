"""Finding identifiers: every layer reads every text, the study teaches, and one list comes out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from kodebok.anonymise import by_label
from kodebok.anonymise.allow_list import AllowList, shipped_allow_list
from kodebok.anonymise.by_classifier import find_by_classifier
from kodebok.anonymise.by_label import KnownName, find_by_label, known_words
from kodebok.anonymise.by_list import find_by_list
from kodebok.anonymise.entities import group_by_entity
from kodebok.anonymise.learning import ReadText, StudyWords
from kodebok.anonymise.merging import merge_proposals
from kodebok.anonymise.patterns import find_by_pattern
from kodebok.anonymise.tokens import tokenise
from kodebok.domain.identifier import Identifier, Proposal


@dataclass(frozen=True, slots=True)
class TextToSearch:
    """A text with the name of its source."""

    source: str
    text: str


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What the study knows before it looks.

    Attributes:
        names: Of voices, participants, sites and sources.
        allowed: Public names that stay.
        never: Words in lower case that are no names here, as the user decided.
    """

    names: tuple[KnownName, ...] = ()
    allowed: AllowList = field(default_factory=shipped_allow_list)
    never: frozenset[str] = frozenset()


def find_identifiers(
    texts: Sequence[TextToSearch],
    knowledge: Knowledge | None = None,
    also: Sequence[Callable[[str], list[Proposal]]] = (),
) -> list[Identifier]:
    """Everything in the texts that may point to someone, by text and place, without overlap.

    Args:
        texts: All texts of the study, since one teaches about another; or some of them.
        knowledge: What the study knows; nothing but the shipped allow-list when None.
        also: Finders beside our own, such as `by_pipeline.load_pipeline` gives.
    """
    known = knowledge or Knowledge()
    label_words = known_words(known.names)
    read = []
    for one in texts:
        tokens = tokenise(one.text)
        proposals = [
            *find_by_label(tokens, label_words),
            *find_by_pattern(one.text),
            *find_by_list(tokens),
            *find_by_classifier(tokens),
            *(found for find in also for found in find(one.text)),
        ]
        read.append(ReadText(tokens, _without_allowed(one.text, proposals, known)))
    study = StudyWords(read, known.never)
    found: list[Identifier] = []
    for one, text in zip(texts, read, strict=True):
        learnt = _without_allowed(one.text, study.find(text), known)
        found += merge_proposals(one.source, one.text, [*text.proposals, *learnt])
    return group_by_entity(found)


def _without_allowed(text: str, proposals: Sequence[Proposal], known: Knowledge) -> list[Proposal]:
    """The proposals but for public names, and for words that the user said are no names.

    A participant who bears a public name is no public person: what a label gives is kept.
    """
    return [
        found
        for found in proposals
        if found.finder == by_label.FINDER
        or not (
            known.allowed.allows(text[found.start : found.end], found.type)
            or (found.type.is_name and text[found.start : found.end].lower() in known.never)
        )
    ]
