"""What could stand for an entity: a pseudonym from our own stock, a letter, a tag, a wider word.

A pseudonym is drawn by the study's seed and the entity's id, never by the name itself, from which
it could be guessed back. It is no word of the study, no real place on our lists, no given name of
another entity, and near no original. When the stock runs out, two of its words make one.
"""

from __future__ import annotations

import random
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, count, product

from kodebok.anonymise.generalising import generalise, kind_of
from kodebok.anonymise.name_parts import atoms
from kodebok.anonymise.pseudonym_stock import (
    Style,
    given_names,
    house_names,
    place_stock,
    surname_stock,
)
from kodebok.anonymise.spellings import fold
from kodebok.anonymise.word_forms import without_genitive
from kodebok.domain.entity import Action, Entity
from kodebok.domain.identifier import IdentifierType

_PRONOUN = "hen"
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_LONG_ENOUGH = 4  # letters from which a word within another, or one letter off it, gives it away
_TAG_NAMES = {
    IdentifierType.PERSON: ("PERSON", "PERSON", "PERSON"),
    IdentifierType.PLACE: ("STED", "STAD", "PLACE"),
    IdentifierType.ORGANISATION: ("ORGANISASJON", "ORGANISASJON", "ORGANISATION"),
    IdentifierType.NUMBER: ("NUMMER", "NUMMER", "NUMBER"),
    IdentifierType.DATE: ("DATO", "DATO", "DATE"),
    IdentifierType.AGE: ("ALDER", "ALDER", "AGE"),
    IdentifierType.CONTACT: ("KONTAKT", "KONTAKT", "CONTACT"),
    IdentifierType.ADDRESS: ("ADRESSE", "ADRESSE", "ADDRESS"),
    IdentifierType.ROLE: ("ROLLE", "ROLLE", "ROLE"),
    IdentifierType.OTHER: ("ANNET", "ANNA", "OTHER"),
}
_LANGUAGES = ("nb", "nn", "en")


def propose_replacement(
    entity: Entity,
    action: Action,
    taken: Collection[str] = (),
    project_words: Collection[str] = (),
    style: Style = Style.NEUTRAL,
    language: str = "nb",
    seed: str = "",
) -> str:
    """What could stand for an entity, in its base form; empty where nothing stands or is known.

    Args:
        entity: Its type and the shape of its name decide; the name itself does not.
        action: What the researcher chose; `rewrite` is the researcher's own words, so nothing.
        taken: Replacements and originals of the other entities.
        project_words: Every word of the study, its originals too, in any case; a frozen set is
            folded once.
        style: Which given names to draw from.
        language: Of the texts: `nb`, `nn` or `en`.
        seed: The project's id, so that a study always draws the same.
    """
    if action is Action.TAG or (action is Action.PSEUDONYM and not entity.type.is_name):
        return _tag(entity.type, taken, language)
    if action is Action.LETTER:
        return _letter(taken)
    if action is Action.GENERALISE:
        return generalise(entity, language)
    if action is Action.PRONOUN:
        return _PRONOUN
    if action is not Action.PSEUDONYM:
        return ""
    dice = random.Random(f"{seed}/{entity.id}")  # noqa: S311 - no secret: the key file is one
    stock = _Stock(dice, [*taken, *entity.originals], project_words)
    return _draw(entity, style, stock)


def _tag(type_: IdentifierType, taken: Collection[str], language: str) -> str:
    at = _LANGUAGES.index(language) if language in _LANGUAGES else 0
    label = _TAG_NAMES[type_][at]
    numbers = re.findall(rf"\[{label}-(\d+)\]", "\n".join(taken))
    return f"[{label}-{max(map(int, numbers), default=0) + 1}]"


def _letter(taken: Collection[str]) -> str:
    """A, B … Z, then AA, AB …; one that stands alone or last in no other replacement."""
    used = {words[-1] for words in map(str.split, taken) if words}
    lengths = (product(_LETTERS, repeat=length) for length in count(1))
    letters = map("".join, chain.from_iterable(lengths))
    return next(letter for letter in letters if letter not in used)


class _Stock:
    """Draws words that neither the study nor another entity has.

    Args:
        dice: Decides the order.
        taken: Replacements and originals.
        project_words: Every word of the study.
    """

    def __init__(
        self, dice: random.Random, taken: Collection[str], project_words: Collection[str]
    ) -> None:
        self._dice = dice
        self._names = {fold(name) for name in taken}
        self._said = _folded_once(project_words)
        self._others = {fold(name[a:b]) for name in taken for a, b in atoms(name)}
        long = [word for word in self._others if len(word) >= _LONG_ENOUGH]
        self._begun = {word[:end] for word in long for end in range(_LONG_ENOUGH, len(word) + 1)}
        self._long = set(long)
        self._near = {form for word in long for form in _with_one_left_out(word)}

    def draw(self, words: Collection[str], shape: str = "{}") -> str:
        """A word of the list that is new in the study; when none is left, two of them, or a number.

        Args:
            words: To draw from.
            shape: What is made of the word; the whole is new too.
        """
        drawn = self._dice.sample(list(words), len(words))
        unsaid = self._unsaid(drawn) or self._unsaid(place_stock()) or drawn
        doubles = (f"{a}-{b}" for a, b in product(unsaid, reversed(unsaid)) if a != b)
        numbered = (f"{unsaid[0]}{number}" for number in count(2))
        free = (word for word in unsaid if not self._is_taken(fold(word)))
        return next(
            word for word in chain(free, doubles, numbered)
            if fold(shape.format(word)) not in self._names
        )  # fmt: skip

    def _unsaid(self, words: Collection[str]) -> list[str]:
        return [word for word in words if not self._is_said(fold(word))]

    def _is_said(self, word: str) -> bool:
        return f"{word}s" in self._said or any(f in self._said for f in without_genitive(word))

    def _is_taken(self, word: str) -> bool:
        if any(form in self._others for form in without_genitive(word)) or word in self._begun:
            return True
        if any(word[:end] in self._long for end in range(_LONG_ENOUGH, len(word))):
            return True
        return any(form in self._near for form in _with_one_left_out(word))


def _with_one_left_out(word: str) -> Iterator[str]:
    yield word
    for place in range(len(word)):
        yield word[:place] + word[place + 1 :]


def _folded_once(words: Collection[str]) -> frozenset[str]:
    return _folded(words) if isinstance(words, frozenset) else _folded(frozenset(words))


@lru_cache(maxsize=2)
def _folded(words: frozenset[str]) -> frozenset[str]:
    return frozenset(fold(word[start:end]) for word in words for start, end in atoms(word))


def _draw(entity: Entity, style: Style, stock: _Stock) -> str:
    if entity.type is IdentifierType.PERSON:
        if len(entity.name.split()) < 2:  # noqa: PLR2004 - a single name
            return stock.draw(given_names(style))
        last = stock.draw(surname_stock())
        return f"{stock.draw(given_names(style), f'{{}} {last}')} {last}"
    if entity.type is IdentifierType.PLACE:
        return stock.draw(place_stock())
    parts = taken_apart(entity.name) if entity.type is IdentifierType.ORGANISATION else None
    if parts is None:
        return stock.draw(house_names())
    return parts.shape.format(stock.draw(place_stock(), parts.shape))


@dataclass(frozen=True, slots=True)
class OrganisationName:
    """The name of an organisation that says what it is, taken apart.

    Attributes:
        shape: The name with `{}` for the rest, such as `{} sykehus`.
        place: The rest, most often where it is, as it is written in the name.
    """

    shape: str
    place: str


@lru_cache(maxsize=2048)
def taken_apart(name: str) -> OrganisationName | None:
    """`{} sykehus` and `Namsos` for `Namsos sykehus`; None where no word says what it is."""
    kind = kind_of(name)
    spans = atoms(name)
    words = [name[start:end] for start, end in spans]
    if kind is None:
        return None
    if len(words) == 1:
        tail = words[0][-len(kind[0]) :]
        front = words[0][: -len(tail)]
        return OrganisationName(f"{{}}{tail}", front) if front else None
    if fold(words[-1]) == kind[0]:
        return OrganisationName(f"{{}} {words[-1]}", name[spans[0][0] : spans[-2][1]])
    if fold(words[0]) == kind[0]:
        return OrganisationName(f"{words[0]} {{}}", name[spans[1][0] : spans[-1][1]])
    return None
