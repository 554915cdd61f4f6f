"""Telling a participant's words and names from everyone else's, wherever they were written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from kodebok.domain.text import split_words

if TYPE_CHECKING:
    from kodebok.anonymise.mentions import MentionFinder

_RUN = 4  # words in a row that nobody else said: shorter ones are said by anyone
_LONG = 6  # letters of a word that tells by itself, when nobody else used it
_REAL_NAME = re.compile(r"[^\W\d_]{2,}(?:[ \-’'.][^\W\d_]+\.?)+")
_NAMED = 3  # letters of a name that is looked for


class OwnWords:
    """Knows what one participant said, and what they are called.

    Args:
        own: Their turns.
        others: All other texts of the sources.
        names: What they are called.
    """

    def __init__(self, own: Iterable[str], others: Iterable[str], names: Iterable[str]) -> None:
        self._runs, self._words, self._short = _parts(own)
        for text in others:
            runs, words, short = _parts([text])
            self._runs -= runs
            self._words -= words
            self._short -= short
        kept = sorted({n.strip() for n in names if len(n.strip()) >= _NAMED}, key=len, reverse=True)
        self._finder = _finder(kept)
        self._named = (
            re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, kept))})s?(?!\w)", re.IGNORECASE)
            if kept
            else None
        )

    def says(self, text: str) -> bool:
        """Whether a text has words that this participant alone said."""
        runs, words, short = _parts([text])
        return not (
            self._runs.isdisjoint(runs)
            and self._words.isdisjoint(words)
            and self._short.isdisjoint(short)
        )

    def quotes(self, text: str) -> bool:
        """Whether a text has several words in a row that this participant alone said."""
        runs, _words, _short = _parts([text])
        return not self._runs.isdisjoint(runs)

    def names(self, text: str) -> bool:
        """Whether a text names them, also by a part of the name or in another form."""
        if self._named is not None and self._named.search(text):
            return True
        return self._finder is not None and bool(self._finder.find(text))

    def tells(self, text: str) -> bool:
        """Whether a text says their words, or names them."""
        return self.names(text) or self.says(text)


def _finder(names: Iterable[str]) -> MentionFinder | None:
    """Finds other forms of names; not of labels such as `Informant 3`."""
    real = [name for name in names if _REAL_NAME.fullmatch(name)]
    if not real:
        return None
    from kodebok.anonymise.mentions import MentionFinder
    from kodebok.domain.entity import Entity
    from kodebok.domain.identifier import IdentifierType

    return MentionFinder([Entity("", IdentifierType.PERSON, real[0], tuple(real[1:]))])


def _parts(texts: Iterable[str]) -> tuple[set[tuple[str, ...]], set[str], set[tuple[str, ...]]]:
    """Runs of words, long words, and whole texts that are shorter than a run."""
    runs: set[tuple[str, ...]] = set()
    words: set[str] = set()
    short: set[tuple[str, ...]] = set()
    for text in texts:
        said = [word.casefold() for word in split_words(text)]
        runs.update(_runs(said))
        words.update(word for word in said if len(word) >= _LONG)
        if 1 < len(said) < _RUN:
            short.add(tuple(said))
    return runs, words, short


def _runs(said: list[str]) -> Iterator[tuple[str, ...]]:
    for at in range(len(said) - _RUN + 1):
        yield tuple(said[at : at + _RUN])
