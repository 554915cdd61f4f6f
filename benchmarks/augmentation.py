"""Other forms of the training texts: other names, fewer capitals, fewer signs."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from benchmarks.norne import Named, Text

_WORD = re.compile(r"[^\W\d_]+")
_SIGNS = re.compile(r"[.,;:!?\"«»()–]")


class NameSupply:
    """Names to put in place of others: by number of bearers, or made up.

    Args:
        folder: With Statistics Norway's tables 10501 and 12891 (NLOD).
        places: Names of places.
    """

    def __init__(self, folder: Path, places: list[str], rng: random.Random) -> None:
        self._rng = rng
        self._first = _read(folder / "first-names-female.tsv", folder / "first-names-male.tsv")
        self._last = _read(folder / "surnames.tsv")
        self._places = places

    def first(self) -> str:
        """A first name, one in six made up."""
        return self._drawn(self._first)

    def last(self) -> str:
        """A surname, one in six made up."""
        return self._drawn(self._last)

    def full(self) -> str:
        """A first name and a surname."""
        return f"{self.first()} {self.last()}"

    def place(self) -> str:
        """A place name, one in three made up."""
        if self._rng.random() < 1 / 3:
            return _blended(self._rng.choice(self._places), self._rng.choice(self._places))
        return self._rng.choice(self._places)

    def _drawn(self, table: tuple[list[str], list[float]]) -> str:
        names, weights = table
        drawn: str = self._rng.choices(names, weights)[0]
        if self._rng.random() < 1 / 6:
            return _blended(drawn, self._rng.choices(names, weights)[0])
        return drawn


def _read(*paths: Path) -> tuple[list[str], list[float]]:
    names, weights = [], []
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            name, bearers = line.split("\t")[:2]
            names.append(name)
            weights.append(float(bearers) ** 0.4)
    return names, weights


def _blended(first: str, second: str) -> str:
    """A name that nobody has: the head of one and the tail of another."""
    tail = second[len(second) // 2 :]
    return first[: (len(first) + 1) // 2] + tail.lower()


def rewrite(text: Text, new_words: Callable[[Named, str], str]) -> Text:
    """The text with every name written as `new_words` says."""
    pieces: list[str] = []
    names: list[Named] = []
    at = length = 0
    for name in text.names:
        before = text.text[at : name.start]
        words = new_words(name, text.text[name.start : name.end])
        start = length + len(before)
        pieces += [before, words]
        length = start + len(words)
        names.append(Named(start, length, name.type))
        at = name.end
    pieces.append(text.text[at:])
    return Text("".join(pieces), tuple(names))


def swap_names(text: Text, supply: NameSupply, rng: random.Random) -> Text:
    """Other persons and places in the same sentences; a genitive stays one."""

    def new_words(name: Named, words: str) -> str:
        if name.type == "person":
            parts = words.split(" ")
            drawn = [supply.first()] + [supply.last() for _ in parts[1:]]
            if len(parts) == 1 and rng.random() < 0.4:
                drawn = [supply.last()]
        elif name.type == "place" and " " not in words and rng.random() < 0.7:
            drawn = [supply.place()]
        else:
            return words
        joined = " ".join(drawn)
        if words.endswith("s") and rng.random() < 0.4 and not joined.endswith("s"):
            joined += "s"
        return joined

    return rewrite(text, new_words)


def small_names(text: Text, rng: random.Random, share: float = 0.3) -> Text:
    """Some names without their capitals, as sloppy typing has them."""
    return rewrite(text, lambda _, words: words.lower() if rng.random() < share else words)


def without_signs(text: Text) -> Text:
    """The text with every sign outside its names as a space."""
    characters = list(text.text)
    inside = {at for name in text.names for at in range(name.start, name.end)}
    for match in _SIGNS.finditer(text.text):
        if match.start() not in inside:
            characters[match.start()] = " "
    return replace(text, text="".join(characters))


def capitals_at_random(text: Text, rng: random.Random, share: float = 0.03) -> Text:
    """Some ordinary words with a capital, as machines and hasty writers set them."""
    characters = list(text.text)
    for match in _WORD.finditer(text.text):
        if rng.random() < share:
            characters[match.start()] = characters[match.start()].upper()
    raised = "".join(characters)
    return replace(text, text=raised) if len(raised) == len(text.text) else text
