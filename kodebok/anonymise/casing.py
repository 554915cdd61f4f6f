"""Which stretches of a text are written without capitals, as speech recognition may give them."""

from __future__ import annotations

from itertools import pairwise

from kodebok.anonymise.tokens import Tokens

# Texts with capitals have one in every dozen words; a stretch this long with hardly one has none.
_WORDS_OF_STRETCH = 60
_MOST_CAPITALS = 0.012
_MOST_SMALL = 0.15  # a stretch with no more words in small letters than this is all in capitals


def caseless_stretches(tokens: Tokens) -> list[tuple[int, int, bool]]:
    """Stretches of tokens that end at a line end, and whether each is without (or all) capitals.

    Returns:
        First token, token after the last, and whether capitals tell nothing there.
    """
    borders = _borders(tokens)
    judged: list[tuple[int, int, bool]] = []
    for start, end in pairwise(borders):
        plain = _is_caseless(tokens.words[start:end])
        if judged and judged[-1][2] == plain:
            judged[-1] = (judged[-1][0], end, plain)
        else:
            judged.append((start, end, plain))
    return judged


def _borders(tokens: Tokens) -> list[int]:
    borders, words = [0], 0
    for place, word in enumerate(tokens.words):
        if word == "\n" and words >= _WORDS_OF_STRETCH:
            borders.append(place + 1)
            words = 0
        words += word[0].isalpha()
    if words < _WORDS_OF_STRETCH and len(borders) > 1:
        borders.pop()
    return borders if borders[-1] == len(tokens) else [*borders, len(tokens)]


def _is_caseless(words: list[str]) -> bool:
    letters = [word for word in words if word[0].isalpha()]
    if not letters:
        return False
    capitals = sum(word[0].isupper() for word in letters)
    if capitals <= _MOST_CAPITALS * len(letters):
        return True
    small = sum(word[-1].islower() for word in letters)
    return len(letters) > _WORDS_OF_STRETCH / 3 and small <= _MOST_SMALL * len(letters)
