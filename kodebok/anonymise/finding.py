"""Finding identifiers: every layer reads every text, the study teaches, and one list comes out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from kodebok.anonymise import by_label, by_rule
from kodebok.anonymise.allow_list import AllowList, shipped_allow_list
from kodebok.anonymise.by_classifier import find_by_classifier
from kodebok.anonymise.by_label import KnownName, find_by_label, known_words
from kodebok.anonymise.by_list import find_by_list
from kodebok.anonymise.entities import group_by_entity
from kodebok.anonymise.learning import ReadText, StudyWords
from kodebok.anonymise.merging import merge_proposals
from kodebok.anonymise.patterns import find_by_pattern
from kodebok.anonymise.tokens import tokenise
from kodebok.anonymise.word_forms import without_genitive
from kodebok.domain.entity import NameRule, Rule
from kodebok.domain.identifier import Identifier, Proposal

# What these say is the study's own word.
_GIVEN = frozenset({by_label.FINDER, by_rule.FINDER})


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
        rules: Words that are always names here, or never, as the user decided.
    """

    names: tuple[KnownName, ...] = ()
    allowed: AllowList = field(default_factory=shipped_allow_list)
    rules: tuple[NameRule, ...] = ()

    @property
    def never(self) -> frozenset[str]:
        """Words in lower case that are no names here."""
        return frozenset(one.text.lower() for one in self.rules if one.rule is Rule.NEVER)


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
    of_rules = by_rule.finder_of_rules(known.rules)
    others = [*also, *([of_rules] if of_rules else [])]
    read = []
    for one in texts:
        tokens = tokenise(one.text)
        proposals = [
            *find_by_label(tokens, label_words),
            *find_by_pattern(one.text),
            *find_by_list(tokens),
            *find_by_classifier(tokens),
            *(found for find in others for found in find(one.text)),
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

    A participant who bears a public name is no public person: what a label gives is kept, unless
    the user said that the word is no name.
    """
    never = known.never

    def stays(found: Proposal) -> bool:
        words = text[found.start : found.end]
        if never and is_ruled_out(words, never):
            return False
        given = found.finder in _GIVEN
        return given or not known.allowed.allows(words, found.type)

    return [found for found in proposals if stays(found)]


def is_ruled_out(words: str, never: frozenset[str]) -> bool:
    """Whether words, or what they are the genitive of, are no name by the user's own rule."""
    return any(form in never for form in without_genitive(" ".join(words.split()).lower()))
