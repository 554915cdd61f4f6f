"""The finder that knows places by name: municipalities, counties, towns, and their people."""

from __future__ import annotations

from functools import cache

from kodebok.anonymise.casing import caseless_stretches
from kodebok.anonymise.ordinary import ordinary_words
from kodebok.anonymise.place_names import home_places, listed_places, words_also_names
from kodebok.anonymise.tokens import Tokens
from kodebok.anonymise.word_forms import place_within, without_genitive
from kodebok.domain.identifier import IdentifierType, Proposal

FINDER = "lists"
REASON = "known place"
REASON_DERIVED = "made from a known place"

_BEFORE_PLACES = frozenset("i på til fra frå ved mot forbi nær utenfor utanfor gjennom te".split())
_SURE, _DERIVED, _UNSURE, _DOUBTFUL = 0.93, 0.8, 0.5, 0.2


@cache
def _single_words() -> frozenset[str]:
    return frozenset(place.lower() for place in listed_places() if " " not in place)


@cache
def _home_words() -> frozenset[str]:
    return frozenset(place.lower() for place in home_places() if " " not in place)


@cache
def _by_first_word() -> dict[str, list[list[str]]]:
    found: dict[str, list[list[str]]] = {}
    for place in listed_places():
        parts = place.lower().split(" ")
        if len(parts) > 1:
            found.setdefault(parts[0], []).append(parts)
    return found


def known_place_in(lower: str) -> str:
    """The listed place that a word in lower case is, or is made from; nothing for none."""
    return "" if " " in lower else place_within(lower, _single_words(), _home_words())


def find_by_list(tokens: Tokens) -> list[Proposal]:
    """Every listed place, with its genitive, its compounds and its people."""
    known: dict[str, str] = {}
    proposals = []
    for first, last, caseless in caseless_stretches(tokens):
        for place in range(first, last):
            word = tokens.words[place]
            if not word[0].isalpha():
                continue
            lower = word.lower()
            if lower not in known:
                known[lower] = known_place_in(lower)
            length = _words_of_long_name(tokens, place, last)
            if length:
                end = tokens.ends[place + length - 1]
                found = Proposal(
                    tokens.starts[place], end, IdentifierType.PLACE, _SURE, FINDER, REASON
                )
                proposals.append(found)
            elif known[lower]:
                score = _score(tokens, place, known[lower], caseless=caseless)
                proposals += _proposed(tokens, place, known[lower], score)
    return proposals


def _proposed(tokens: Tokens, place: int, base: str, score: float) -> list[Proposal]:
    if score <= 0:
        return []
    is_itself = base in without_genitive(tokens.words[place].lower())
    reason = REASON if is_itself else REASON_DERIVED
    start, end = tokens.starts[place], tokens.ends[place]
    return [Proposal(start, end, IdentifierType.PLACE, score, FINDER, reason)]


def _words_of_long_name(tokens: Tokens, place: int, last: int) -> int:
    """How many tokens a listed name of several words takes here; 0 for none."""
    for parts in _by_first_word().get(tokens.words[place].lower(), ()):
        here = [word.lower() for word in tokens.words[place : min(place + len(parts), last)]]
        if here == parts or (here[:-1] == parts[:-1] and here[-1] == parts[-1] + "s"):
            return len(parts)
    return 0


def _score(tokens: Tokens, place: int, base: str, *, caseless: bool) -> float:
    """How sure a listed word is to be the place here."""
    word = tokens.words[place]
    lower = word.lower()
    if lower != base and base not in without_genitive(lower):
        return _DERIVED
    before = tokens.words[place - 1].lower() if place else "\n"
    is_word = lower in ordinary_words() or base in words_also_names() or lower in words_also_names()
    if not is_word:
        return _SURE
    if caseless or word[0].islower():
        return _DOUBTFUL if caseless and before in _BEFORE_PLACES else 0.0
    if before in _BEFORE_PLACES:
        return _SURE
    begins = before in {"\n", ".", "!", "?", ":", "…", "–", "«", '"', "”"}
    return 0.0 if begins else _UNSURE
