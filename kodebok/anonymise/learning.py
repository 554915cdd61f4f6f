"""What a whole study teaches about its words: a name found in one place is looked for in all.

A word that is likely a name somewhere is one everywhere, unless it is an ordinary word too; its
genitive, its compounds and a spelling one letter off are proposed as well. What the words around
say ("heter …", "han …", "fra …") counts by word type over all texts.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from kodebok.anonymise.casing import caseless_stretches
from kodebok.anonymise.merging import is_likely
from kodebok.anonymise.ordinary import ordinary_words
from kodebok.anonymise.place_names import words_also_names
from kodebok.anonymise.tokens import Tokens
from kodebok.anonymise.word_forms import first_part, one_letter_off, without_genitive
from kodebok.domain.identifier import IdentifierType, Proposal

FINDER = "study"
REASON_ELSEWHERE = "a name elsewhere in the study"
REASON_COMPOUND = "a compound or genitive of a name in the study"
REASON_SPELLING = "one letter from a name in the study"
REASON_CUE = "stands where names stand"
REASON_CAPITAL = "has a capital in mid-sentence"

_SPREADING = frozenset({IdentifierType.PERSON, IdentifierType.PLACE, IdentifierType.ORGANISATION})
_STOPS = frozenset('.!?:…–—-«»"“”()[]*#\n')
_ARTICLES = frozenset("han ho hun hu n'".split())
_CUES = {
    **dict.fromkeys("heter heiter het heitte hete kalt kalla heite".split(), IdentifierType.PERSON),
    **dict.fromkeys("fra frå".split(), IdentifierType.PLACE),
}
_SHORTEST_MISSPELT = 5
_SHORTEST_SPREAD = 3
_SHARE_OF_LIKELY = 0.34
_CAPITALS = 2  # in mid-sentence; one may be a slip
# Scores that the merging reads as likely (0.7) or possible.
_ELSEWHERE, _FORM, _LOWER, _SPELLING, _CUE, _CAPITAL = 0.7, 0.65, 0.3, 0.3, 0.6, 0.25


@dataclass(slots=True)
class _Word:
    """What all texts say of one word type."""

    mentions: int = 0
    likely: Counter[IdentifierType] = field(default_factory=Counter)
    capital_inside: int = 0
    small: int = 0
    cues: Counter[IdentifierType] = field(default_factory=Counter)
    texts: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class ReadText:
    """A text on its way through the finders.

    Attributes:
        proposals: What the finders before have proposed.
    """

    tokens: Tokens
    proposals: Sequence[Proposal]


class StudyWords:
    """The word types of a study, learnt from all its texts at once.

    Args:
        texts: All texts, with what the other finders proposed in them.
        never: Words in lower case that the user said are no names.
    """

    def __init__(self, texts: Iterable[ReadText], never: frozenset[str] = frozenset()) -> None:
        self._words: dict[str, _Word] = defaultdict(_Word)
        self._never = never
        for number, text in enumerate(texts):
            self._read(number, text)
        self._names = self._learnt_names()
        self._by_length: dict[int, list[str]] = defaultdict(list)
        for name in self._names:
            if len(name) >= _SHORTEST_MISSPELT:
                self._by_length[len(name)].append(name)
        self._forms: dict[str, tuple[IdentifierType, float, str] | None] = {}

    def _read(self, number: int, text: ReadText) -> None:
        tokens = text.tokens
        likely = _types_of_tokens(tokens, text.proposals)
        for first, last, caseless in caseless_stretches(tokens):
            for place in range(first, last):
                written = tokens.words[place]
                if not written[0].isalpha():
                    continue
                word = self._words[written.lower()]
                word.mentions += 1
                word.texts.add(number)
                if place in likely:
                    word.likely[likely[place]] += 1
                before = tokens.words[place - 1].lower() if place > first else "\n"
                if not caseless:
                    word.small += written[0].islower()
                    word.capital_inside += written[0].isupper() and before not in _STOPS
                if before in _CUES and (caseless or written[0].isupper()):
                    word.cues[_CUES[before]] += 1
                elif before in _ARTICLES and not caseless and written[0].isupper():
                    word.cues[IdentifierType.PERSON] += 1

    def _learnt_names(self) -> dict[str, IdentifierType]:
        names: dict[str, IdentifierType] = {}
        for lower, word in self._words.items():
            if not word.likely or len(lower) < _SHORTEST_SPREAD or not self._may_spread(lower):
                continue
            if sum(word.likely.values()) < _SHARE_OF_LIKELY * word.mentions:
                continue
            type_ = word.likely.most_common(1)[0][0]
            names[lower] = type_
            for form in without_genitive(lower):
                if len(form) >= _SHORTEST_SPREAD and form in self._words and self._may_spread(form):
                    names.setdefault(form, type_)
        return names

    def _may_spread(self, lower: str) -> bool:
        return not (
            lower in ordinary_words() or lower in words_also_names() or lower in self._never
        )

    def find(self, text: ReadText) -> list[Proposal]:
        """What the study's other texts, and the rest of this one, say of each word here."""
        tokens = text.tokens
        proposals = []
        for first, last, caseless in caseless_stretches(tokens):
            for place in range(first, last):
                written = tokens.words[place]
                if not written[0].isalpha() or written.lower() in self._never:
                    continue
                found = self._judge(tokens, place, caseless=caseless)
                if found:
                    type_, score, reason = found
                    start, end = tokens.starts[place], tokens.ends[place]
                    proposals.append(Proposal(start, end, type_, score, FINDER, reason))
        return proposals

    def _judge(
        self, tokens: Tokens, place: int, *, caseless: bool
    ) -> tuple[IdentifierType, float, str] | None:
        written = tokens.words[place]
        lower = written.lower()
        if lower not in self._forms:
            self._forms[lower] = self._judge_form(lower)
        found = self._forms[lower]
        is_capital = written[0].isupper()
        if found:
            type_, score, reason = found
            return (type_, score if is_capital or caseless else min(score, _LOWER), reason)
        if not is_capital or caseless or lower in ordinary_words():
            return None
        word = self._words[lower]
        if word.cues:
            return word.cues.most_common(1)[0][0], _CUE, REASON_CUE
        if word.capital_inside >= _CAPITALS and not word.small and len(lower) >= _SHORTEST_SPREAD:
            return IdentifierType.OTHER, _CAPITAL, REASON_CAPITAL
        return None

    def _judge_form(self, lower: str) -> tuple[IdentifierType, float, str] | None:
        """What a word is by its form alone."""
        if lower in self._names:
            return self._names[lower], _ELSEWHERE, REASON_ELSEWHERE
        if lower in ordinary_words() or len(lower) < _SHORTEST_SPREAD:
            return None
        for form in (*without_genitive(lower), first_part(lower)):
            if form in self._names:
                return self._names[form], _FORM, REASON_COMPOUND
            if first_part(lower) == form and form:
                base = next((f for f in without_genitive(form) if f in self._names), "")
                if base:
                    return self._names[base], _FORM, REASON_COMPOUND
        near = self._near_name(lower)
        return (self._names[near], _SPELLING, REASON_SPELLING) if near else None

    def _near_name(self, lower: str) -> str:
        """A name of the study that the word may be a slip of, or nothing."""
        size = len(lower)
        if size < _SHORTEST_MISSPELT:
            return ""
        for length in (size - 1, size, size + 1):
            for name in self._by_length.get(length, ()):
                if name[0] == lower[0] and one_letter_off(name, lower):
                    return name
        return ""


def _types_of_tokens(tokens: Tokens, proposals: Iterable[Proposal]) -> dict[int, IdentifierType]:
    """By number of the token: the type of the likely name that covers it."""
    found: dict[int, IdentifierType] = {}
    likely = sorted(
        (p for p in proposals if p.type in _SPREADING and is_likely(p)), key=lambda p: p.start
    )
    at = 0
    for proposal in likely:
        while at < len(tokens) and tokens.ends[at] <= proposal.start:
            at += 1
        place = at
        while place < len(tokens) and tokens.starts[place] < proposal.end:
            found[place] = proposal.type
            place += 1
    return found
