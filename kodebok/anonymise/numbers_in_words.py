"""Whole numbers up to a hundred as people write them, in digits or words of bokmål and nynorsk."""

from __future__ import annotations

import re

_UNITS = {
    "null": 0, "ett": 1, "eitt": 1, "to": 2, "tre": 3, "fire": 4,
    "fem": 5, "seks": 6, "sju": 7, "syv": 7, "åtte": 8, "ni": 9, "ti": 10, "elleve": 11,
    "tolv": 12, "tretten": 13, "fjorten": 14, "femten": 15, "seksten": 16, "sytten": 17,
    "atten": 18, "nitten": 19,
}  # fmt: skip
_TENS = {
    "tjue": 20, "tyve": 20, "tretti": 30, "tredve": 30, "førti": 40, "førr": 40, "femti": 50,
    "seksti": 60, "sytti": 70, "åtti": 80, "nitti": 90, "hundre": 100,
}  # fmt: skip
_DIGITS = re.compile(r"\d+")
_WORD = re.compile(r"[^\W\d_]+")


def number_in(text: str) -> int | None:
    """The first number in a text, such as 47 in `47 år`, `førtisju år` and `førtisjuåring`."""
    digits = _DIGITS.search(text)
    if digits:
        return int(digits.group())
    numbers = (_number_of(word.lower()) for word in _WORD.findall(text))
    return next((number for number in numbers if number is not None), None)


def _number_of(word: str) -> int | None:
    bare = re.sub(r"(?:års|år|åring)[a-zæøå]*$", "", word)
    if bare in _UNITS:
        return _UNITS[bare]
    for ten, value in _TENS.items():
        rest = bare.removeprefix(ten)
        if rest == bare:
            continue
        if not rest:
            return value
        if rest == "en" or _UNITS.get(rest, 10) < 10:  # noqa: PLR2004 - a digit follows tens
            return value + _UNITS.get(rest, 1)
    for unit, value in _UNITS.items():
        for ten, tens in _TENS.items():
            if bare == f"{unit}og{ten}":
                return value + tens
    return None
