"""In which form a mention names its entity: what it is made of besides the name itself."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kodebok.anonymise.name_parts import atoms
from kodebok.anonymise.ordinary import ordinary_words
from kodebok.anonymise.spellings import fold, plain_letters, spellings
from kodebok.anonymise.word_forms import DEMONYMS

_GENITIVE = re.compile(r"(?:['’]s|-s|['’]|s)$", re.IGNORECASE)
_HYPHENED = re.compile(r"-([^\W\d_]{3,})$")
_SHORTEST_HEAD, _SHORTEST_TAIL = 3, 4


@dataclass(frozen=True, slots=True)
class MentionForm:
    """A mention, taken apart.

    Attributes:
        name: The stretch that is the name.
        genitive: Whether it stands in the genitive.
        hyphen: `-` where a hyphen parts it from the tail.
        tail: The rest of a compound, such as `sykehuset`.
        people: The ending of "someone from there", such as `væringene`.
    """

    name: str
    genitive: bool = False
    hyphen: str = ""
    tail: str = ""
    people: str = ""


def form_of(found: str, original: str) -> MentionForm:
    """The form in which a stretch of text names an original."""
    if fold(found) in spellings(original) or (not found[-1:].isalpha() and found[-1:] not in "'’"):
        return MentionForm(found)
    hyphened = _HYPHENED.search(found)
    if hyphened and not fold(original).endswith(fold(hyphened.group(1))):
        return MentionForm(found[: hyphened.start()], hyphen="-", tail=hyphened.group(1))
    if len(atoms(original)) == 1:
        glued = _glued(found, original)
        if glued is not None:
            return glued
    return _in_genitive(found, original)


def _glued(found: str, original: str) -> MentionForm | None:
    """The form when the name is the head of one word: a compound, or the people of a place."""
    folded = fold(found)
    low = folded if len(folded) == len(found) else found.lower()
    heads = [form for form in spellings(original) if low.startswith(form)]
    shortened = [form[:-1] for form in spellings(original) if low.startswith(form[:-1])]
    for head in (*heads, *(part for part in shortened if len(part) >= _SHORTEST_HEAD)):
        rest = low[len(head) :]
        for ending in (rest, rest.removeprefix("s")):
            if ending in DEMONYMS:
                return MentionForm(found[: len(head)], people=found[len(low) - len(ending) :])
    for head in heads:
        rest = low[len(head) :]
        for ending in (rest, rest.removeprefix("s")):
            if len(ending) >= _SHORTEST_TAIL and ending in ordinary_words():
                return MentionForm(found[: len(head)], tail=found[len(low) - len(ending) :])
    return None


def _in_genitive(found: str, original: str) -> MentionForm:
    ending = _GENITIVE.search(found)
    if not ending or len(ending.group()) == len(found):
        return MentionForm(found)
    sign = ending.group()
    name = found[: ending.start()]
    is_longer = any(fold(name).startswith(form) for form in spellings(original))
    if sign.lower() == "s" and not is_longer and fold(original)[-1:] == "s":
        return MentionForm(found)  # the name's own last letter, in a name with a slip in it
    return MentionForm(name, genitive=True)


def in_case_of(found: str, original: str, word: str) -> str:
    """The word in capitals, in lower case or in plain letters, where the mention is so.

    Args:
        found: The name as the text has it.
        original: The name as it is written otherwise.
        word: What is to stand in its place.
    """
    if found.isupper() and not original.isupper() and len(found) > 1:
        word = word.upper()
    elif found.islower() and not original.islower():
        word = word.lower()
    if found.isascii() and not original.isascii():
        return plain_letters(word)
    return word
