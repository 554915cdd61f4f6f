"""Passages as numbers: weighted runs of three to five letters, each within a word.

Everything is counted by word first: a passage is its words, a word its runs of letters. So what a
word does to a score can be told exactly, and a word that comes often is taken apart only once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from kodebok.domain.text import word_spans

SHORTEST_RUN, LONGEST_RUN = 3, 5
LEAST_PASSAGES = 2  # a run of letters that stands in one passage alone tells nothing of others
LONGEST_WORD = 60  # characters of a word that are looked at


def words_of(text: str, without: Collection[str] = ()) -> list[str]:
    """The words of a passage in lower case, but for those struck out."""
    words = (text[span.start : span.end].casefold() for span in word_spans(text))
    return [word[:LONGEST_WORD] for word in words if word not in without]


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
        counted = [Counter(words_of(text, self.without)) for text in texts]
        return _as_matrix(counted, self.place_of)

    def weigh(self, texts: Sequence[str]) -> Any:
        """Passages × runs, each row of length 1, or empty where no word is known (CSR)."""
        return self._weigh_counts(self.count_words(texts))

    def _weigh_counts(self, counts: Any) -> Any:
        import numpy as np

        runs = counts @ self.spelling
        runs.data = (1.0 + np.log(runs.data)) * self.rarity[runs.indices]
        lengths = np.sqrt(np.asarray(runs.multiply(runs).sum(axis=1)).ravel())
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
        row = self._weigh_counts(counts)
        times = np.zeros(self.spelling.shape[1])
        amount = np.zeros(self.spelling.shape[1])
        times[row.indices] = (counts @ self.spelling)[:, row.indices].toarray().ravel()
        amount[row.indices] = row.data * weights[row.indices]
        per_time = np.divide(amount, times, out=np.zeros_like(amount), where=times > 0)
        shares = (self.spelling[counts.indices] @ per_time) * counts.data
        named = [(self.words[i], float(s)) for i, s in zip(counts.indices, shares, strict=True)]
        return sorted(named, key=lambda pair: (-round(pair[1], 9), pair[0]))


def learn_vocabulary(texts: Iterable[str], without: Collection[str] = ()) -> Vocabulary:
    """The vocabulary of some passages; their order does not matter."""
    import numpy as np

    struck = frozenset(word.casefold() for word in without)
    counted = [Counter(words_of(text, struck)) for text in sorted(texts)]
    words = sorted({word for words in counted for word in words})
    spelled = [runs_of(word) for word in words]
    all_runs = sorted({run for runs in spelled for run in runs})
    spelling = _as_matrix(spelled, {run: place for place, run in enumerate(all_runs)})
    is_there = _as_matrix(counted, {word: place for place, word in enumerate(words)}) @ spelling
    passages = np.bincount(is_there.indices, minlength=len(all_runs))
    common = passages >= min(LEAST_PASSAGES, max(len(counted), 1))
    rarity = 1.0 + np.log((1.0 + len(counted)) / (1.0 + passages[common]))
    return Vocabulary(tuple(words), spelling[:, common].tocsr(), rarity, struck)


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
