"""All words of all sources, so that a quotation's place is found without reading them again."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log

from kodebok.study.proof_text import source_words

RAREST = 12  # words of a quotation that its places are looked for by
COMMON = 2000  # places from which a word says little about where a passage stands
_APART = 200  # empty positions between two sources, so that no passage seems to span them


@dataclass(frozen=True, slots=True)
class Region:
    """A stretch of positions (half-open) where a quotation may stand, and how well it promises.

    Attributes:
        promise: The share of the weight of the words looked for that stands there, 0 to 1.
    """

    first: int
    last: int
    promise: float


class SourceIndex:
    """The words of all sources in a row of positions; a position between sources has no word."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self.words: list[str] = []
        self._starts, self._ends = array("L"), array("L")
        self._bases: list[int] = []
        self._stops: list[int] = []
        self._ids: list[str] = []
        for source_id, text in texts.items():
            self._add(source_id, text)
        self._places: dict[str, list[int]] = defaultdict(list)
        for position, word in enumerate(self.words):
            if word:
                self._places[word].append(position)
        self._size = max(len(self.words), 2)

    def _add(self, source_id: str, text: str) -> None:
        self._bases.append(len(self.words))
        self._ids.append(source_id)
        for word, start, end in source_words(text):
            self.words.append(word)
            self._starts.append(start)
            self._ends.append(end)
        self._stops.append(len(self.words))
        self.words.extend([""] * _APART)
        self._starts.extend([0] * _APART)
        self._ends.extend([0] * _APART)

    def __contains__(self, word: str) -> bool:
        return word in self._places

    def source_at(self, position: int) -> str:
        """Id of the source that a position belongs to."""
        return self._ids[self._number_at(position)]

    def _number_at(self, position: int) -> int:
        return bisect_right(self._bases, position) - 1

    def offsets(self, first: int, last: int) -> tuple[int, int]:
        """Offsets in the source of the words at positions `first` to `last`, both included."""
        return self._starts[first], self._ends[last]

    def weight(self, word: str) -> float:
        """How much it tells that a word is there: the logarithm of its rarity (Jones, 1972)."""
        return log(self._size / (len(self._places.get(word, ())) + 1))

    def exact(self, words: Sequence[str]) -> list[int]:
        """Every position where the words stand one after the other."""
        if not words or any(word not in self._places for word in words):
            return []
        rarest = min(range(len(words)), key=lambda i: len(self._places[words[i]]))
        wanted, count = list(words), len(words)
        firsts = (position - rarest for position in self._places[words[rarest]])
        return [p for p in firsts if p >= 0 and self.words[p : p + count] == wanted]

    def regions(self, words: Sequence[str], reach: int, most: int = 3) -> list[Region]:
        """Where many of the rarest words stand close together, the most promising first.

        Args:
            words: Of the quotation.
            reach: How many more words than the quotation has the place may span.
            most: How many regions at most.
        """
        rarest = sorted(set(words), key=lambda word: (len(self._places.get(word, ())), word))
        known = [word for word in rarest if word in self._places][:RAREST]
        known = [w for w in known if len(self._places[w]) <= COMMON] or known[:2]
        weights = {word: self.weight(word) for word in known}
        total = sum(weights.values()) + sum(
            self.weight(word) for word in rarest[:RAREST] if word not in self._places
        )
        hits = sorted((place, word) for word in known for place in self._places[word])
        width = int(len(words) * 1.3) + 10 + reach
        windows = _best_windows(hits, weights, width, most)
        return [self._region(first, last, len(words), got / total) for got, first, last in windows]

    def _region(self, first: int, last: int, count: int, promise: float) -> Region:
        number = self._number_at((first + last) // 2)
        if not self._bases[number] <= first <= self._stops[number]:
            number = self._number_at(first)
        room = count + 5
        lowest, highest = self._bases[number], self._stops[number]
        return Region(max(first - room, lowest), min(last + room, highest), promise)


def _best_windows(
    hits: list[tuple[int, str]], weights: dict[str, float], width: int, most: int
) -> list[tuple[float, int, int]]:
    """Weight, first and last position of the windows that hold most, none overlapping another."""
    windows: list[tuple[float, int, int]] = []
    inside: dict[str, int] = defaultdict(int)
    got, begin = 0.0, 0
    for place, word in hits:
        if not inside[word]:
            got += weights[word]
        inside[word] += 1
        while hits[begin][0] < place - width:
            old = hits[begin][1]
            inside[old] -= 1
            if not inside[old]:
                got -= weights[old]
            begin += 1
        windows.append((got, hits[begin][0], place))
    chosen: list[tuple[float, int, int]] = []
    for window in sorted(windows, key=lambda found: (-found[0], found[2] - found[1], found[1])):
        if len(chosen) == most or (chosen and window[0] < 0.75 * chosen[0][0]):
            break
        if all(window[1] > other[2] or window[2] < other[1] for other in chosen):
            chosen.append(window)
    return chosen
