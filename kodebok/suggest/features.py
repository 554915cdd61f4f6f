"""Passages as numbers: weighted runs of three to five letters, each within a word.

Everything is counted by word first: a passage is its words, a word its runs of letters. So what a
word does to a score can be told exactly, and a word that comes often is taken apart only once.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any
from zlib import crc32

from kodebok.domain.text import split_words

SHORTEST_RUN, LONGEST_RUN = 3, 5
LEAST_PASSAGES = 2  # a run of letters that stands in one passage alone tells nothing of others
ROWS_AT_ONCE = 2_000  # passages taken apart at a time
MOST_TEXTS = 20_000  # that a vocabulary is learned from
LONGEST_WORD = 60  # characters of a word that are looked at


def words_of(text: str, without: Collection[str] = ()) -> list[str]:
    """The words of a passage in lower case, but for those struck out."""
    words = split_words(text.casefold())
    if without:
        words = [word for word in words if word not in without]
    if max(map(len, words), default=0) > LONGEST_WORD:
        words = [word[:LONGEST_WORD] for word in words]
    return words


def runs_of(word: str) -> Counter[str]:
    """The runs of letters of a word, a space marking its ends."""
    marked = f" {word} "
    return Counter(
        marked[at : at + length]
        for length in range(SHORTEST_RUN, LONGEST_RUN + 1)
        for at in range(len(marked) - length + 1)
    )


@dataclass(frozen=True)
class Vocabulary:
    """The words and runs of letters of some passages, and how rare each run is.

    Attributes:
        words: In alphabetical order.
        spelling: Words × runs, how often a run stands in a word (CSR).
        rarity: One weight a run: 1 + ln((1 + passages) / (1 + passages with it)).
    """

    words: tuple[str, ...]
    spelling: Any
    rarity: Any
    without: frozenset[str] = field(default_factory=frozenset)

    @cached_property
    def place_of(self) -> dict[str, int]:
        """Column of each word."""
        return {word: place for place, word in enumerate(self.words)}

    def count_words(self, texts: Sequence[str]) -> Any:
        """Passages × words, how often each known word stands in each (CSR)."""
        import numpy as np
        from scipy.sparse import csr_matrix

        place_of = self.place_of
        places: list[int] = []
        ends = [0]
        for text in texts:
            places += [place_of[w] for w in words_of(text, self.without) if w in place_of]
            ends.append(len(places))
        shape = (len(ends) - 1, len(self.words))
        once = np.ones(len(places))
        counts = csr_matrix((once, np.array(places, dtype=np.int32), ends), shape)
        counts.sum_duplicates()
        return counts

    def weigh(self, texts: Sequence[str]) -> Any:
        """Passages × runs, each row of length 1, or empty where no word is known (CSR)."""
        return self._weigh_counts(self.count_words(texts))

    def _weigh_counts(self, counts: Any) -> Any:
        import numpy as np
        from scipy.sparse import csr_matrix

        runs = counts @ self.spelling
        runs.data = (1.0 + np.log(runs.data)) * self.rarity[runs.indices]
        squares = csr_matrix((runs.data**2, runs.indices, runs.indptr), runs.shape)
        lengths = np.sqrt(squares @ np.ones(runs.shape[1]))
        lengths[lengths == 0] = 1.0
        runs.data /= np.repeat(lengths, np.diff(runs.indptr))
        return runs

    def shares_of_words(self, text: str, weights: Any) -> list[tuple[str, float]]:
        """What each word of a passage adds to `row · weights`, the strongest first.

        A run that several words share is divided among them by how often each has it, so that
        the shares add up to the whole.

        Args:
            text: The passage.
            weights: One weight a run of letters.
        """
        import numpy as np

        counts = self.count_words([text])
        own = self.spelling[counts.indices]
        word = np.repeat(np.arange(own.shape[0]), np.diff(own.indptr))
        runs, run = np.unique(own.indices, return_inverse=True)
        times = np.bincount(run, own.data * counts.data[word], len(runs))
        amount = (1.0 + np.log(times)) * self.rarity[runs]
        length = np.sqrt((amount * amount).sum()) or 1.0
        per_time = amount / length * weights[runs] / times
        shares = np.bincount(word, own.data * per_time[run], own.shape[0]) * counts.data
        named = [(self.words[i], float(s)) for i, s in zip(counts.indices, shares, strict=True)]
        return sorted(named, key=lambda pair: (-round(pair[1], 9), pair[0]))


def learn_vocabulary(texts: Iterable[str], without: Collection[str] = ()) -> Vocabulary:
    """The vocabulary of some passages; their order does not matter.

    Of very many a part is looked at, the same part every time: it tells well enough which words
    there are and how rare each is. The last ones are remembered, since codes, the unexplained and
    groups ask for the same one after the other.
    """
    return _learn(tuple(_limit_texts(texts)), frozenset(word.casefold() for word in without))


@lru_cache(maxsize=2)
def _learn(texts: tuple[str, ...], struck: frozenset[str]) -> Vocabulary:
    import numpy as np

    place_of: dict[str, int] = {}
    places, ends = array("i"), [0]
    for text in texts:
        there = set(words_of(text, struck))
        places.extend(place_of.setdefault(word, len(place_of)) for word in there)
        ends.append(len(places))
    words = sorted(place_of)
    spelled = [runs_of(word) for word in words]
    all_runs = sorted({run for runs in spelled for run in runs})
    spelling = _as_matrix(spelled, {run: place for place, run in enumerate(all_runs)})
    met = np.array([place_of[word] for word in words], dtype=int)
    passages = _count_passages(spelling[np.argsort(met)], places, ends)
    count = len(ends) - 1
    common = passages >= min(LEAST_PASSAGES, max(count, 1))
    rarity = 1.0 + np.log((1.0 + count) / (1.0 + passages[common]))
    return Vocabulary(tuple(words), spelling[:, common].tocsr(), rarity, struck)


def _limit_texts(texts: Iterable[str]) -> list[str]:
    listed = list(texts)
    if len(listed) <= MOST_TEXTS:
        return listed
    return sorted(listed, key=lambda text: (crc32(text.encode()), text))[:MOST_TEXTS]


def _count_passages(spelling: Any, places: Sequence[int], ends: Sequence[int]) -> Any:
    """In how many passages each run stands.

    Args:
        spelling: Words × runs.
        places: Rows of the words of one passage after the other.
        ends: Where each passage's words end in `places`, after a 0.
    """
    import numpy as np
    from scipy.sparse import csr_matrix

    shape = (len(ends) - 1, spelling.shape[0])
    words = csr_matrix((np.ones(len(places)), np.array(places, dtype=np.int32), ends), shape)
    passages = np.zeros(spelling.shape[1], dtype=int)
    for at in range(0, shape[0], ROWS_AT_ONCE):
        there = words[at : at + ROWS_AT_ONCE] @ spelling
        passages += np.bincount(there.indices, minlength=spelling.shape[1])
    return passages


def _as_matrix(rows: Sequence[Counter[str]], columns: dict[str, int]) -> Any:
    """Counts as a sparse matrix of floats; what has no column is left out."""
    import numpy as np
    from scipy.sparse import csr_matrix

    data: list[int] = []
    places: list[int] = []
    ends = [0]
    for row in rows:
        known = sorted((columns[key], count) for key, count in row.items() if key in columns)
        places += [place for place, _ in known]
        data += [count for _, count in known]
        ends.append(len(places))
    shape = (len(rows), len(columns))
    return csr_matrix((np.array(data, dtype=float), np.array(places, dtype=np.int32), ends), shape)
