"""Wider words in the place of an original: a region, an age band, a season, a kind of organisation.

The words are in the base form that a text takes: `i Bindal` becomes `i en kommune i Nord-Norge`.
No population figures come with kodebok, so a place is told by its part of the country alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from kodebok.anonymise.name_parts import atoms
from kodebok.anonymise.numbers_in_words import number_in
from kodebok.anonymise.place_names import read_list
from kodebok.anonymise.spellings import fold
from kodebok.domain.entity import Entity
from kodebok.domain.identifier import IdentifierType

_LANGUAGES = ("nb", "nn", "en")
_REGIONS = {
    "east": ("på Østlandet", "på Austlandet", "in Eastern Norway"),
    "south": ("på Sørlandet", "på Sørlandet", "in Southern Norway"),
    "west": ("på Vestlandet", "på Vestlandet", "in Western Norway"),
    "middle": ("i Trøndelag", "i Trøndelag", "in Central Norway"),
    "north": ("i Nord-Norge", "i Nord-Noreg", "in Northern Norway"),
}
_PLACE_KINDS = {
    "municipality": ("en kommune", "ein kommune", "a municipality"),
    "place": ("et sted", "ein stad", "a place"),
}
_SEASONS = {
    "winter": ("vinteren", "vinteren", "the winter of"),
    "spring": ("våren", "våren", "the spring of"),
    "summer": ("sommeren", "sommaren", "the summer of"),
    "autumn": ("høsten", "hausten", "the autumn of"),
}
_IN_SEASON = {
    "winter": ("om vinteren", "om vinteren", "in winter"),
    "spring": ("om våren", "om våren", "in spring"),
    "summer": ("om sommeren", "om sommaren", "in summer"),
    "autumn": ("om høsten", "om hausten", "in autumn"),
}
_OF_MONTH = "winter winter spring spring spring summer summer summer autumn autumn autumn winter"
_MONTHS = ("jan", "feb", "mar", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "des")
_ENGLISH_MONTHS = {"may": 5, "oct": 10, "dec": 12}
_DAY_MONTH_YEAR = re.compile(r"\b(\d{1,2})[./-] ?(\d{1,2})(?:[./-] ?(\d{4}|\d{2}))?\b")
_YEAR_MONTH_DAY = re.compile(r"\b((?:19|20)\d\d)-(\d\d)-\d\d\b")
_YEAR = re.compile(r"\b(1[89]\d\d|20\d\d)\b")
_PIVOT = 40  # two-digit years up to this are of the 2000s

_DECADE = ("{}-årene", "{}-åra", "the {}s")
_BANDS = (
    (6, ("i førskolealder", "i førskolealder", "of preschool age")),
    (13, ("i barneskolealder", "i barneskolealder", "of primary school age")),
    (20, ("i tenårene", "i tenåra", "in the teens")),
    (30, ("i tjueårene", "i tjueåra", "in the twenties")),
    (40, ("i trettiårene", "i trettiåra", "in the thirties")),
    (50, ("i førtiårene", "i førtiåra", "in the forties")),
    (60, ("i femtiårene", "i femtiåra", "in the fifties")),
    (70, ("i sekstiårene", "i sekstiåra", "in the sixties")),
    (80, ("i syttiårene", "i syttiåra", "in the seventies")),
)
_OLD = ("over åtti år", "over åtti år", "over eighty")
_SOMEONE = ("en person ", "ein person ", "a person ")
_OF_AN_AGE = ("i en viss alder", "i ein viss alder", "of some age")
_AROUND = ("rundt", "rundt", "around")
_FEWEST_DIGITS_OF_ID = 8

_OTHERWISE = {
    IdentifierType.PERSON: ("en person", "ein person", "a person"),
    IdentifierType.PLACE: ("et sted", "ein stad", "a place"),
    IdentifierType.ORGANISATION: ("en virksomhet", "ei verksemd", "an organisation"),
    IdentifierType.NUMBER: ("et nummer", "eit nummer", "a number"),
    IdentifierType.DATE: ("en dag", "ein dag", "one day"),
    IdentifierType.CONTACT: ("en kontaktadresse", "ei kontaktadresse", "a contact address"),
    IdentifierType.ADDRESS: ("en adresse", "ei adresse", "an address"),
    IdentifierType.ROLE: ("en ansatt", "ein tilsett", "an employee"),
    IdentifierType.OTHER: ("et navn", "eit namn", "a name"),
}


def generalise(entity: Entity, language: str = "nb") -> str:
    """The wider words for an entity, in base form.

    Args:
        entity: Its name and type tell what it is.
        language: `nb`, `nn` or `en`; another counts as `nb`.
    """
    at = _LANGUAGES.index(language) if language in _LANGUAGES else 0
    way = _WAYS.get(entity.type)
    found = way(entity.name, at) if way else ""
    return found or _OTHERWISE.get(entity.type, _OTHERWISE[IdentifierType.OTHER])[at]


def _place(name: str, at: int) -> str:
    region, kind = _places().get(fold(name), ("", ""))
    return f"{_PLACE_KINDS[kind][at]} {_REGIONS[region][at]}" if region else ""


@cache
def _places() -> dict[str, tuple[str, str]]:
    found = {}
    for line in read_list("regions.txt"):
        region, kind, *names = line.split()
        found.update({fold(name.replace("_", " ")): (region, kind) for name in names})
    return found


def _organisation(name: str, at: int) -> str:
    kind = kind_of(name)
    return kind[1 + at] if kind else ""


def kind_of(name: str) -> tuple[str, str, str, str] | None:
    """The word of a name that says what an organisation is, and the kind in three languages."""
    words = [fold(name[start:end]) for start, end in atoms(name)]
    for forms, *kinds in _kinds("kinds.txt"):
        for word in words:
            for form in forms.split():
                is_end = len(form) > len("nav ") and word.endswith(form)
                if word == form or is_end:
                    return (form, kinds[0], kinds[1], kinds[2])
    return None


@cache
def _kinds(name: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(part.strip() for part in line.split("|")) for line in read_list(name))


def _role(name: str, at: int) -> str:
    """The wider role; definite where the original is."""
    words = [fold(name[start:end]) for start, end in atoms(name)]
    for forms, *roles in _kinds("roles.txt"):
        for word in words:
            form = next((f for f in forms.split() if f in word), "")
            if form:
                is_definite = word.endswith(("en", "et", "a", "n")) and not form.endswith(word[-2:])
                return roles[4] if at == _LANGUAGES.index("en") else roles[at * 2 + is_definite]
    return ""


def _date(name: str, at: int) -> str:
    month, year = _month_and_year(name.lower())
    if not month:
        return _DECADE[at].format(year // 10 * 10) if year else ""
    season = _OF_MONTH.split()[month - 1]
    return f"{_SEASONS[season][at]} {year}" if year else _IN_SEASON[season][at]


def _month_and_year(text: str) -> tuple[int, int]:
    """Month 1 to 12 and four-digit year of a date as people write it; 0 for what is not said."""
    iso = _YEAR_MONTH_DAY.search(text)
    if iso:
        return _valid_month(iso.group(2)), int(iso.group(1))
    said = _YEAR.search(text)
    year = int(said.group()) if said else 0
    numbers = _DAY_MONTH_YEAR.search(text)
    if numbers:
        return _valid_month(numbers.group(2)), year or _full_year(numbers.group(3) or "")
    for word in (text[start:end] for start, end in atoms(text)):
        if word[:3] in _MONTHS:
            return _MONTHS.index(word[:3]) + 1, year
        if word[:3] in _ENGLISH_MONTHS:
            return _ENGLISH_MONTHS[word[:3]], year
    return 0, year


def _valid_month(digits: str) -> int:
    return int(digits) if 1 <= int(digits) <= len(_MONTHS) else 0


def _full_year(digits: str) -> int:
    if not digits:
        return 0
    short = int(digits)
    return short if len(digits) > len("23") else short + (2000 if short <= _PIVOT else 1900)


def _age(name: str, at: int) -> str:
    years = number_in(name)
    if years is None:
        return _OF_AN_AGE[at]
    band = next((words for limit, words in _BANDS if years < limit), _OLD)[at]
    is_noun = "åring" in name.lower() or "year-old" in name.lower()
    return _SOMEONE[at] + band if is_noun else band


def _number(name: str, at: int) -> str:
    """A count, rounded to its first digit; an identity or account number has no wider form."""
    digits = re.search(r"\d(?:[ \u00a0.]?\d)*", name)
    if digits is None:
        return ""
    value = re.sub(r"\D", "", digits.group())
    if len(value) >= _FEWEST_DIGITS_OF_ID:
        return ""
    kept = value[0] if len(value) > 1 else value
    rounded = round(int(value), -(len(value) - len(kept)))
    shown = f"{rounded:,}".replace(",", "\u00a0" if at < _LANGUAGES.index("en") else ",")
    rest = name[digits.end() :].rstrip()
    return f"{name[: digits.start()]}{_AROUND[at]} {shown}{rest}"


_WAYS: dict[IdentifierType, Callable[[str, int], str]] = {
    IdentifierType.PLACE: _place,
    IdentifierType.ORGANISATION: _organisation,
    IdentifierType.ROLE: _role,
    IdentifierType.DATE: _date,
    IdentifierType.AGE: _age,
    IdentifierType.NUMBER: _number,
}
