"""Where someone lives: streets with numbers, postcodes with places, land registers, positions."""

from __future__ import annotations

import re

from kodebok.anonymise.ordinary import ordinary_words
from kodebok.anonymise.patterns.rule import Rule, compiled
from kodebok.anonymise.place_names import listed_places
from kodebok.domain.identifier import IdentifierType

_ADDRESS = IdentifierType.ADDRESS

_STREET = (
    r"(?:veien|vegen|veg|vei|gata|gaten|gate|gt\.|allé|allè|alle|alleen|stien|stia|plassen|plass|"
    r"bakken|svingen|torget|torg|tunet|kroken|ringen|brygga|kaia|lia|haugen|åsen|jordet|høgda|"
    r"høyden|terrasse|terrassen|dalen|moen|bråten|løkka|sletta|vika|neset|lunden|marka|enga)"
)
_SMALL = (
    r"(?:i|på|til|fra|frå|ved|er|og|jeg|eg|æ|hun|ho|han|vi|me|de|dei|bor|bur|budde|bodde|flyttet|"
    r"flytta|flytte|ligger|ligg|adressen|adressa|som|den|det|en|ei|ein|at|var|heter|heiter|der|da|"
    r"då|så|men|for|om|av|med|forbi|hos|langs|nær|mot|denne|min|mi|sin|hennes|hans|ja|nei)"
)
_NAME_PART = rf"(?!{_SMALL}\b)[^\W\d_][\w.’'-]{{0,30}}"
_NUMBER = r"\d{1,4}(?: ?[a-h](?![\wæøå]))?(?!\d|[.,:]\d|-\d| ?(?:år|kroner|prosent|%|stykker))"

_LISTED = {place.lower() for place in listed_places()}


def _judge_postcode(match: re.Match[str]) -> float:
    first = match.group("place").split(" ")[0].lower()
    if first in _LISTED:
        return 0.93
    if match.group("code")[:2] in {"19", "20"} or first in ordinary_words():
        return 0.0
    return 0.6


def _judge_bare_street(match: re.Match[str]) -> float:
    word = match.group().lower()
    return 0.0 if word in ordinary_words() or word.removesuffix("s") in ordinary_words() else 0.5


RULES = (
    Rule(compiled(rf"(?<![\w-]){_NAME_PART}{_STREET} {_NUMBER}"), _ADDRESS, "street address",
         0.85),
    Rule(compiled(rf"(?<![\w-])(?:{_NAME_PART} ){{1,3}}{_STREET} {_NUMBER}"),
         _ADDRESS, "street address", 0.88),
    Rule(compiled(r"(?<![\w-])[^\W\d_]{3,}(?:veien|vegen|gata|gaten)(?!\w)"), _ADDRESS, "street",
         _judge_bare_street),
    Rule(compiled(r"(?<![\d.,/-])(?:n-|"
                  r"no-)?(?P<code>\d{4})(?!\d)[ \u00a0]+(?P<place>[^\W\d_][^\W\d_-]+"
                  r"(?:-[^\W\d_]+)?(?: i [^\W\d_]+)?)"), _ADDRESS, "postcode and place",
         _judge_postcode),
    Rule(compiled(r"(?<!\w)(?:postboks|pb\.?|boks) \d{1,5}(?!\d)"), _ADDRESS, "post box", 0.85),
    Rule(compiled(r"(?<!\w)(?:gnr|gårdsnr|gårdsnummer|gardsnummer)\.? ?\d+(?:[ ,/og]+(?:bnr|"
                  r"bruksnr|bruksnummer)"
                  r"\.? ?\d+)?"), _ADDRESS, "land register", 0.92),
    Rule(compiled(r"(?<![\d.])(?:5[7-9]|6\d|7[01])\.\d{3,}°?[ ,]+(?:[4-9]|[12]\d|"
                  r"3[01])\.\d{3,}°?"),
         _ADDRESS, "position", 0.92),
)  # fmt: skip
