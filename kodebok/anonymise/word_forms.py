"""Forms of names: genitive, compound, dialect ending, and the people of a place.

`Karis`, `Mads'`, `Namsos-sykehuset`, `Nærøykommunen` and `bindalsværing` point to Kari, Mads,
Namsos, Nærøy and Bindal.
"""

from __future__ import annotations

from collections.abc import Container, Iterator

from kodebok.anonymise.ordinary import ordinary_words

_SHORTEST_STEM = 3
_SHORTEST_TAIL = 4
_LONGEST_WORD = 60  # letters; what is longer is no word

# Endings of "someone from": -væring and -bygg over all; -døl for valleys, -ser and -sar for towns.
_PEOPLE = "væring ing ling bygg døl bu fjerding måling enser ensar ianer ianar mann jente gutt folk"
_PEOPLE_ENDINGS = ("", "en", "er", "ene", "ar", "ane", "an", "a", "ens", "s", "sk", "ske")
DEMONYMS = sorted(
    (stem + ending for stem in _PEOPLE.split() for ending in _PEOPLE_ENDINGS), key=len, reverse=True
)
_LOST = ("e", "en", "a", "o")  # what a place's name loses before such an ending


def without_genitive(word: str) -> Iterator[str]:
    """The word, then what it may be the genitive of; capitals as they stand."""
    yield word
    if word[-1:] in "'’":
        yield word[:-1]
    for ending in ("'s", "’s", "-s", "s"):
        stem = word[: -len(ending)]
        if word.endswith(ending) and len(stem) > 1 and stem[-1] not in "sxz'’-":
            yield stem


def first_part(word: str) -> str:
    """What stands before the first hyphen of a compound such as `Namsos-sykehuset`; else nothing.

    A double name such as `Anne-Lise` has a capital after its hyphen.
    """
    head, sign, tail = word.partition("-")
    return head if sign and tail[:1].islower() and tail in ordinary_words() else ""


def place_within(word: str, places: Container[str], homes: Container[str]) -> str:
    """The listed place in a word in lower case: itself, its people, or the head of a compound.

    Args:
        word: In lower case.
        places: Names in lower case.
        homes: Those of them that are so small that their people and compounds point to someone.

    Returns:
        The place in lower case, or nothing.
    """
    for form in without_genitive(word):
        if form in places:
            return form
    head = first_part(word)
    if head:
        return next((form for form in without_genitive(head) if form in places), "")
    return _of_people(word, homes) or _of_compound(word, homes)


def _of_people(word: str, places: Container[str]) -> str:
    for ending in DEMONYMS:
        if not word.endswith(ending):
            continue
        stem = word[: -len(ending)]
        if len(stem) < _SHORTEST_STEM:
            continue
        for place in (stem, stem.removesuffix("s"), *(stem + tail for tail in _LOST)):
            if place in places and not (place in ordinary_words() and word in ordinary_words()):
                return place
    return ""


def _of_compound(word: str, places: Container[str]) -> str:
    if len(word) > _LONGEST_WORD or word in ordinary_words():
        return ""
    for cut in range(len(word) - _SHORTEST_TAIL, _SHORTEST_STEM, -1):
        head, tail = word[:cut], word[cut:]
        if tail in ordinary_words() and head not in ordinary_words():
            for place in (head, head.removesuffix("s")):
                if place in places:
                    return place
    return ""


def one_letter_off(first: str, second: str) -> bool:
    """Whether two words differ by one letter put in, left out, changed, or moved one place."""
    if first == second or abs(len(first) - len(second)) > 1:
        return False
    if len(first) > len(second):
        first, second = second, first
    pairs = enumerate(zip(first, second, strict=False))
    at = next((place for place, (a, b) in pairs if a != b), len(first))
    if len(first) < len(second):
        return first[at:] == second[at + 1 :]
    if first[at + 1 :] == second[at + 1 :]:
        return True
    swapped = first[:at] + first[at + 1 : at + 2] + first[at : at + 1] + first[at + 2 :]
    return swapped == second
