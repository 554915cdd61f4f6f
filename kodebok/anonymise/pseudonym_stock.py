"""The stock that pseudonyms are drawn from: given names, and elements of surnames and places."""

from __future__ import annotations

from enum import StrEnum
from functools import cache

from kodebok.anonymise.place_names import listed_places, read_list
from kodebok.anonymise.spellings import fold

_FILE = "pseudonyms.txt"


class Style(StrEnum):
    """Which given names are drawn; a sex or a Sámi style may tell on a person, so it is chosen."""

    NEUTRAL = "neutral"
    FEMALE = "female"
    MALE = "male"
    SAMI = "sami"


@cache
def _lines() -> dict[str, tuple[str, ...]]:
    found = {}
    for line in read_list(_FILE):
        kind, *words = line.split()
        if kind == "given":
            kind = words.pop(0)
        found[kind] = tuple(words)
    return found


def given_names(style: Style) -> tuple[str, ...]:
    """Single given names of a style."""
    return _lines()[style]


@cache
def place_stock() -> tuple[str, ...]:
    """Invented names of places, none of which is on our lists of real ones."""
    real = {fold(place) for place in listed_places()}
    made = (start + end for start in _lines()["start"] for end in _lines()["end"])
    return tuple(name for name in made if fold(name) not in real)


def surname_stock() -> tuple[str, ...]:
    """Surnames: Norwegian ones are made as names of places are."""
    return place_stock()


def house_names() -> tuple[str, ...]:
    """Names for institutions and firms."""
    return _lines()["house"]


@cache
def stock_words() -> frozenset[str]:
    """All given names of the stock, folded: a word that is one of them is no misspelt other."""
    return frozenset(fold(name) for style in Style for name in given_names(style))
