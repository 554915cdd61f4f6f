"""Which originals a single word of a text may be a form of.

Tried in this order, and the first that fits is taken: the name itself and its genitive; its
definite and dialect forms (`Namsosa`, `Olaen`); the people of a place and compounds with it
(`bindalsværing`, `Nærøykommunen`); one letter off, where no other reading is possible.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kodebok.anonymise.name_parts import Originals, Part
from kodebok.anonymise.ordinary import ordinary_words
from kodebok.anonymise.place_names import listed_places
from kodebok.anonymise.pseudonym_stock import stock_words
from kodebok.anonymise.spellings import fold
from kodebok.anonymise.word_forms import one_letter_off, place_within, without_genitive
from kodebok.domain.identifier import IdentifierType

_DEFINITE = ("ane", "ene", "en", "et", "an", "om", "ens", "ets", "n", "a", "i", "o", "as")
_SHORTEST_DEFINITE, _SHORTEST_STEM = 5, 4
_SHORTEST_SLIP = 6
_VOWELS = "aeiouyæøå"
_PLACES = frozenset({IdentifierType.PLACE, IdentifierType.ORGANISATION})


@dataclass(frozen=True, slots=True)
class Hit:
    """A word of a text as a form of a part.

    Attributes:
        alone: Whether it names the entity without the words around it.
    """

    part: Part
    alone: bool


class WordReader:
    """Reads words, each kind once.

    Args:
        known: The originals.
        language: `nb`, `nn` or `en`; Norwegian endings are tried for the first two.
    """

    def __init__(self, known: Originals, language: str) -> None:
        self._parts = known.parts
        self._norwegian = language != "en"
        self._places = {
            form for form, parts in known.parts.items()
            if any(part.type in _PLACES and not part.is_word for part in parts)
        }  # fmt: skip
        self._slips: dict[str, list[str]] = defaultdict(list)
        for form, parts in known.parts.items():
            if len(form) >= _SHORTEST_SLIP and any(_may_slip(part) for part in parts):
                for shorter in _one_left_out(form):
                    self._slips[shorter].append(form)
        self._read: dict[str, tuple[Hit, ...]] = {}

    def read(self, word: str) -> tuple[Hit, ...]:
        """What the word may name; empty for nothing."""
        found = self._read.get(word)
        if found is None:
            found = self._read[word] = self._read_anew(word)
        return found

    def _read_anew(self, word: str) -> tuple[Hit, ...]:
        key = fold(word)
        hits = [hit for form in without_genitive(key) for hit in self._of_form(word, key, form)]
        if hits or not self._norwegian or len(key) < _SHORTEST_DEFINITE or key.isdigit():
            return tuple(hits)
        form = self._derived(key)
        if not form and key not in ordinary_words() and key not in stock_words():
            form = self._definite(key) or self._slip(key)
        return tuple(Hit(part, part.may_stand_alone) for part in self._of_strong(form))

    def _of_form(self, word: str, key: str, form: str) -> Iterator[Hit]:
        is_small_word = form != key and word.islower() and key in ordinary_words()
        for part in self._parts.get(form, ()):
            is_other = part.is_word and not _in_own_case(word[: len(form)], part.text)
            yield Hit(part, part.may_stand_alone and not is_other and not is_small_word)

    def _of_strong(self, form: str) -> list[Part]:
        return [part for part in self._parts.get(form, ()) if not part.is_word]

    def _definite(self, key: str) -> str:
        if key in _places_in_lower_case():
            return ""
        for ending in _DEFINITE:
            stem = key.removesuffix(ending)
            if stem != key and len(stem) >= _SHORTEST_STEM and self._bends(stem, ending):
                return stem
        return ""

    def _bends(self, stem: str, ending: str) -> bool:
        """Places and organisations take every ending; of persons only `Olaen` is no other name."""
        for part in self._of_strong(stem):
            if part.type is not IdentifierType.PERSON:
                return True
            if part.place == 0 and ending == "en" and stem[-1] in _VOWELS:
                return True
        return False

    def _derived(self, key: str) -> str:
        """The place in a compound, or whose people it is; a word of its own needs most of it."""
        if key in _places_in_lower_case():
            return ""
        place = place_within(key, self._places, self._places)
        is_clear = len(place) >= _SHORTEST_DEFINITE and key.startswith(place[:-1])
        return place if is_clear or key not in ordinary_words() else ""

    def _slip(self, key: str) -> str:
        """The name that the word is one inner letter off; the outer ones make other names."""
        if len(key) < _SHORTEST_SLIP - 1 or key in _places_in_lower_case():
            return ""
        for word in without_genitive(key):
            for shorter in _one_left_out(word):
                for form in self._slips.get(shorter, ()):
                    same_ends = form[0] == word[0] and form[-1] == word[-1]
                    if same_ends and one_letter_off(form, word):
                        return form
        return ""


def _may_slip(part: Part) -> bool:
    return not part.is_word and part.type.is_name and not part.text.isdigit()


def _one_left_out(word: str) -> Iterator[str]:
    yield word
    for place in range(1, len(word) - 1):
        yield word[:place] + word[place + 1 :]


def _in_own_case(word: str, name: str) -> bool:
    """Whether a word has its capitals where the name has them."""
    return _case_of(word) == _case_of(name)


def _case_of(word: str) -> tuple[bool, bool]:
    return word[:1].isupper(), word[1:].islower()


@cache
def _places_in_lower_case() -> frozenset[str]:
    return frozenset(fold(place) for place in listed_places())
