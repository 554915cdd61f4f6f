"""The originals of entities, taken apart into the words under which a text may name them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from kodebok.anonymise.ordinary import ordinary_words
from kodebok.anonymise.spellings import INVISIBLE, fold, is_also_word, spellings
from kodebok.domain.entity import Entity
from kodebok.domain.identifier import IdentifierType

_PLAIN_ATOM = re.compile(r"[^\W\d_]+|\d+")
_MARKED_ATOM = re.compile(rf"(?:[^\W\d_]|[\u0300-\u036f{INVISIBLE}])+|\d+")
_MARKS = re.compile(rf"[\u0300-\u036f{INVISIBLE}]")
_PARTICLES = frozenset(
    "av da de del della der di du el la le van von und og i på ved the of".split()
)
_UNUSUAL = re.compile(r"[^\w \-.'’]|_|[\W_]{3}|^\W*$")
_FEWEST_DIGITS = 5
_DIGITS = re.compile(r"\d")

# Short words in capitals that are hardly ever somebody's initials.
_ABBREVIATIONS = frozenset(
    "AP AS BI BU DPS EU FN FO FRP GP HK HR HV IA ID IKT IP IT KI KS LO MS NB NM NN NO NRK OK OL PC "
    "PP PR PU RH SA SB SFO SMS SP SV TV UK US VM VG ME AI".split()
)


@dataclass(frozen=True, slots=True)
class Part:
    """A word of an original.

    Attributes:
        entity: Place of the entity among those given.
        original: The whole original.
        text: The word as it is written there.
        place, of: Which of how many words it is, from 0.
        is_word: Whether it is an ordinary word too, and so counts in its own case alone.
        may_stand_alone: Whether the word by itself names the entity.
    """

    entity: int
    original: str
    text: str
    place: int
    of: int
    type: IdentifierType
    is_word: bool
    may_stand_alone: bool

    @property
    def is_whole(self) -> bool:
        """Whether it is all of the original."""
        return self.of == 1


@dataclass(frozen=True, slots=True)
class Phrase:
    """An original of several words that names its entity only as a whole."""

    entity: int
    original: str
    words: tuple[frozenset[str], ...]


@dataclass(slots=True)
class Originals:
    """What a text is searched for.

    Attributes:
        parts: By spelling, in lower case.
        phrases: By spelling of their first word.
        initials: By initials in capitals without stops, such as `KN`.
        digits: Long numbers by their digits.
        signs: Originals with other signs than names have; they are looked for as they are written.
    """

    parts: dict[str, list[Part]] = field(default_factory=lambda: defaultdict(list))
    phrases: dict[str, list[Phrase]] = field(default_factory=lambda: defaultdict(list))
    initials: dict[str, list[tuple[int, str]]] = field(default_factory=lambda: defaultdict(list))
    digits: dict[str, list[tuple[int, str]]] = field(default_factory=lambda: defaultdict(list))
    signs: list[tuple[int, str]] = field(default_factory=list)


def atoms(text: str) -> list[tuple[int, int]]:
    """Where the runs of letters and the runs of digits stand; `KariNordmann` is two."""
    pattern = _MARKED_ATOM if _MARKS.search(text) else _PLAIN_ATOM
    found = []
    for match in pattern.finditer(text):
        start, end = match.span()
        word = match.group()
        if word[1:].islower() or word.isupper() or len(word) == 1:
            found.append((start, end))
        else:
            found += _at_humps(word, start)
    return found


def _at_humps(word: str, start: int) -> list[tuple[int, int]]:
    cuts = [n for n in range(1, len(word)) if word[n].isupper() and word[n - 1].islower()]
    borders = [0, *cuts, len(word)]
    return [(start + first, start + last) for first, last in pairwise(borders)]


def take_apart(entities: Sequence[Entity]) -> Originals:
    """All originals, ready to be looked up."""
    known = Originals()
    for number, entity in enumerate(entities):
        for original in entity.originals:
            _add(known, number, original, entity.type)
    return known


def _add(known: Originals, number: int, original: str, type_: IdentifierType) -> None:
    words = [original[start:end] for start, end in atoms(original)]
    digits = "".join(_DIGITS.findall(original))
    if _UNUSUAL.search(original) and original.strip():
        known.signs.append((number, original.strip()))
    if not words:
        return
    if len(digits) >= _FEWEST_DIGITS and len(digits) >= sum(map(len, words)) - 1:
        known.digits[digits].append((number, original))
    elif type_ is IdentifierType.PERSON or len(words) == 1:
        _add_parts(known, number, original, words, type_)
    else:
        forms = tuple(spellings(word) for word in words)
        for form in forms[0]:
            known.phrases[form].append(Phrase(number, original, forms))


def _add_parts(
    known: Originals, number: int, original: str, words: list[str], type_: IdentifierType
) -> None:
    for place, word in enumerate(words):
        part = Part(
            number, original, word, place, len(words), type_,
            is_word=type_.is_name and not word.isdigit() and is_also_word(fold(word)),
            may_stand_alone=len(words) == 1 or _names_alone(word),
        )  # fmt: skip
        for form in spellings(word):
            known.parts[form].append(part)
    if len(words) > 1:
        known.parts.setdefault("".join(map(fold, words)), []).append(
            Part(number, original, original, 0, 1, type_, is_word=False, may_stand_alone=True)
        )
        _add_initials(known, number, original, words)


def _names_alone(word: str) -> bool:
    """Whether one word of a full name names the person; initials and `van` do not."""
    return len(word) > 1 and word[:1].isupper() and word.lower() not in _PARTICLES


def _add_initials(known: Originals, number: int, original: str, words: Iterable[str]) -> None:
    letters = "".join(word[0] for word in words if word.lower() not in _PARTICLES)
    if not letters.isupper():
        return
    for short in {letters, letters[0] + letters[-1]}:
        known.initials[short].append((number, original))


def are_no_initials(letters: str) -> bool:
    """Whether letters written together, such as `TV`, are an abbreviation or a word."""
    return letters in _ABBREVIATIONS or letters.lower() in ordinary_words()
