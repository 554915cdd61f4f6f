"""The finder that reads the linear token classifier at two thresholds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kodebok.anonymise.casing import caseless_stretches
from kodebok.anonymise.ordinary import ordinary_words
from kodebok.anonymise.tokens import Tokens
from kodebok.domain.identifier import IdentifierType, Proposal

if TYPE_CHECKING:
    import numpy as np

FINDER = "classifier"
REASON = "looks like a name"

_TYPES = (
    IdentifierType.PERSON,
    IdentifierType.PLACE,
    IdentifierType.ORGANISATION,
    IdentifierType.OTHER,
)

# Chosen on the held-out seventh of the training texts: with and without capitals.
POSSIBLE = {False: 0.02, True: 0.008}
# Words that join the parts of one name, when both sides of it belong to one.
_JOINING = frozenset("& - ’ ' / von van de der da di of the".split())
# Ordinary words that names have inside them now and then; they are taken in when the classifier is
# sure of them, so that two names beside each other stay two.
_BETWEEN = frozenset("av den det og for i på til ved med in and".split())
_SURE_OF_BETWEEN = 0.5
_BETWEEN_TWO = 0.2
# From here on a token belongs to the same name as a sure one beside it.
_SURE_ENOUGH = 0.3
# An ordinary word in small letters, or with the capital of a sentence's first word, needs more.
_LEAST_OF_ORDINARY = 0.06
_LONGEST_ABBREVIATION = 3
_STOPS = frozenset('.!?:…–—-«»"“”()[]*#\n')
# Signs that never begin or end a name, and stand inside one only between sure parts.
_EDGES = frozenset(""".,:;!?-–—…()[]«»"'’“”/*#&\n""")


def find_by_classifier(tokens: Tokens) -> list[Proposal]:
    """What looks like a name by its letters and by what stands around it.

    The score of a proposal is the mean of its tokens' probabilities; `by_classifier.POSSIBLE` is
    the least that one token has.
    """
    proposals: list[Proposal] = []
    for start, end, caseless in caseless_stretches(tokens):
        proposals += _find_in_stretch(tokens, start, end, caseless=caseless)
    return proposals


def _find_in_stretch(tokens: Tokens, start: int, end: int, *, caseless: bool) -> list[Proposal]:
    from kodebok.anonymise.classifier import score_tokens

    words = tokens.words[start:end]
    scores = score_tokens(words, caseless=caseless)
    chance: list[float] = scores.name.tolist()
    proposals = []
    for first, last in _runs(words, chance, POSSIBLE[caseless]):
        inside = range(first, last + 1)
        score = sum(chance[place] for place in inside) / len(inside)
        kind = _TYPES[_kind_of(scores.kinds, first, last)]
        begin, stop = tokens.starts[start + first], tokens.ends[start + last]
        proposals.append(Proposal(begin, stop, kind, score, FINDER, REASON))
    return proposals


def _kind_of(kinds: np.ndarray, first: int, last: int) -> int:
    return int(kinds[first : last + 1].sum(axis=0).argmax())


def _runs(words: list[str], chance: list[float], least: float) -> list[tuple[int, int]]:
    """First and last token of each name; sure and doubtful tokens side by side are kept apart."""
    runs: list[tuple[int, int]] = []
    for place, (word, probability) in enumerate(zip(words, chance, strict=True)):
        if probability < least or word in _EDGES or probability < _needed(words, place, least):
            continue
        if runs and _continues(words, chance, runs[-1][1], place):
            runs[-1] = (runs[-1][0], place)
        else:
            runs.append((place, place))
    return [run for run in runs if any(word[0].isalpha() for word in words[run[0] : run[1] + 1])]


def _needed(words: list[str], place: int, least: float) -> float:
    """The least probability that makes this token a part of a name."""
    word = words[place]
    lower = word.lower()
    if lower in _BETWEEN:
        return _SURE_OF_BETWEEN
    if len(word) == 1 and word.islower():
        return _SURE_OF_BETWEEN
    if least == POSSIBLE[True] or lower not in ordinary_words():
        return least
    begins = place == 0 or words[place - 1] in _STOPS
    return _LEAST_OF_ORDINARY if word[0].islower() or begins else least


def _continues(words: list[str], chance: list[float], last: int, place: int) -> bool:
    """Whether a token goes on with the name that ended at `last`."""
    if (chance[last] >= _SURE_ENOUGH) != (chance[place] >= _SURE_ENOUGH):
        return False
    between = words[last + 1 : place]
    if not between:
        return True
    if between == ["."]:
        return len(words[last]) <= _LONGEST_ABBREVIATION and words[last][-1].isalpha()
    return len(between) == 1 and (between[0] in _JOINING or chance[last + 1] >= _BETWEEN_TWO)
