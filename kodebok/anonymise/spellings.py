"""Under which spelling a word is looked up: lower case, without accents, or in plain letters.

`Kári` and `KARI`, `Brønnøysund` and `Bronnoysund`, `Åse` and `Aase` are found as one.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from itertools import product

from kodebok.anonymise.ordinary import ordinary_words
from kodebok.anonymise.place_names import names_in_list, words_also_names

_OWN_LETTERS = "æøå"
_FOREIGN = str.maketrans(
    {"ä": "æ", "ö": "ø", "đ": "d", "ŧ": "t", "ŋ": "n", "ł": "l", "ð": "d", "œ": "ø", "ß": "ss",
     "ı": "i"}
)  # fmt: skip
_PLAIN = {"æ": ("æ", "ae", "a", "e"), "ø": ("ø", "o", "oe"), "å": ("å", "aa", "a")}
_PAIRS = {"aa": "å", "oe": "ø", "ae": "æ"}
_MOST_SPELLINGS = 24
_SHORTEST_PLAIN = 3  # letters; shorter plain spellings are words of their own too often

# Signs without width that may stand inside a word: soft hyphens, joiners, byte-order marks.
INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_DROPPED = dict.fromkeys(map(ord, INVISIBLE))


def fold(word: str) -> str:
    """The word in lower case without accents; Norwegian letters stay, foreign ones become ours."""
    if word.isascii():
        return word.lower()
    composed = unicodedata.normalize("NFC", word.translate(_DROPPED)).casefold()
    return "".join(
        sign if sign in _OWN_LETTERS else _without_accent(sign)
        for sign in unicodedata.normalize("NFC", composed).translate(_FOREIGN)
    )


def _without_accent(sign: str) -> str:
    if sign.isascii():
        return sign
    apart = unicodedata.normalize("NFKD", sign)
    return "".join(part for part in apart if not unicodedata.combining(part)).casefold()


def plain_letters(word: str) -> str:
    """The word as who has no Norwegian keyboard writes it; capitals as they stand."""
    table = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "Æ": "Ae", "Ø": "O", "Å": "A"})
    apart = unicodedata.normalize("NFKD", word.translate(table))
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def spellings(word: str) -> frozenset[str]:
    """Every spelling under which a name may stand: folded, in plain letters, with `aa` for `å`."""
    folded = fold(word)
    found = {folded}
    choices = [_PLAIN.get(sign, (sign,)) for sign in folded]
    for number, letters in enumerate(product(*choices)):
        if number == _MOST_SPELLINGS:
            break
        found.add("".join(letters))
    for pair, letter in _PAIRS.items():
        if pair in folded:
            found.add(folded.replace(pair, letter))
    return frozenset(form for form in found if form == folded or not _means_something_else(form))


def _means_something_else(form: str) -> bool:
    return len(form) < _SHORTEST_PLAIN or is_also_word(form)


@cache
def _seldom_words() -> frozenset[str]:
    return names_in_list("seldom_words.txt")


def is_also_word(name: str) -> bool:
    """Whether a single name is an ordinary word too, as `Liv`, `Stein` and `Vår` are.

    Such a name is found as a whole word in its own case alone, and its mentions are to be shown
    with their sentences before they are replaced.
    """
    lower = name.casefold()
    if lower in _seldom_words():
        return False
    return len(lower) <= 2 or lower in words_also_names() or lower in ordinary_words()  # noqa: PLR2004 - two letters are a word too often
