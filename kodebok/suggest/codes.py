"""Codes for passages, learned from a coder's own codings: one logistic regression for each code."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from kodebok.suggest.features import Vocabulary, learn_vocabulary
from kodebok.suggest.learning import Line, balance, learn_lines, likeness_of
from kodebok.suggest.passages import fold_number

if TYPE_CHECKING:
    from kodebok.suggest.passages import Example

STRENGTH = 10.0  # C of the logistic regression
LEAST_EXAMPLES = 5  # coded passages that a code needs before it is suggested
MOST_CODES = 3  # for a passage
SHOWN_WORDS = 5
SHOWN_NEIGHBOURS = 2
MOST_EXAMPLES = 3_000  # that the rules are learned from
AT_ONCE = 2_000  # passages weighed at a time, so that a hundred thousand fit in memory
DECIMALS = 6


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a score is what it is: `bias` + the words' shares + `others` = `score`, exactly.

    Attributes:
        words: The words that carry it, with their share of the log-odds, the strongest first.
        others: The share of all other words.
    """

    score: float
    bias: float
    words: tuple[tuple[str, float], ...]
    others: float

    def as_dict(self) -> dict[str, Any]:
        """Ready for JSON."""
        return {
            "words": [{"word": word, "share": share} for word, share in self.words],
            "others": self.others,
            "bias": self.bias,
        }


class CodeGuess(NamedTuple):
    """A code that fits a passage, by what the coder coded before."""

    code_id: str
    score: float


@dataclass(frozen=True)
class CodeModel:
    """What was learned of each code that has examples enough."""

    vocabulary: Vocabulary
    lines: dict[str, Line]
    examples: tuple[Example, ...]
    rows: Any

    @cached_property
    def _weights(self) -> Any:
        import numpy as np

        return np.column_stack([line.weights for line in self.lines.values()])

    def score_rows(self, rows: Any) -> Any:
        """Rows of the vocabulary × codes, log-odds, the codes in the order of `lines`."""
        import numpy as np

        if not self.lines:
            return np.zeros((rows.shape[0], 0))
        return rows @ self._weights + np.array([line.bias for line in self.lines.values()])

    def guess(self, texts: Sequence[str], most: int = MOST_CODES) -> list[list[CodeGuess]]:
        """The codes that fit each passage best, the best first, however badly they fit."""
        found: list[list[CodeGuess]] = []
        for at in range(0, len(texts), AT_ONCE):
            found += self.guess_rows(self.vocabulary.weigh(texts[at : at + AT_ONCE]), most)
        return found

    def guess_rows(self, rows: Any, most: int = MOST_CODES) -> list[list[CodeGuess]]:
        """As `guess`, of passages that were weighed before."""
        import numpy as np

        codes = sorted(self.lines)
        place_of = {code: place for place, code in enumerate(self.lines)}
        scores = self.score_rows(rows).round(DECIMALS)[:, [place_of[code] for code in codes]]
        best = np.argsort(-scores, axis=1, kind="stable")[:, :most]
        found = np.take_along_axis(scores, best, axis=1)
        return [
            [CodeGuess(codes[place], score) for place, score in zip(places, row, strict=True)]
            for places, row in zip(best.tolist(), found.tolist(), strict=True)
        ]

    def explain(self, text: str, code_id: str) -> Explanation:
        """What the score of a code on a passage is made of."""
        return explain_line(self.vocabulary, self.lines[code_id], text)

    def likeness_to(self, texts: Sequence[str]) -> list[list[float]]:
        """How alike each text is to each of the examples, in their order."""
        alike = (self.rows @ self.vocabulary.weigh(texts).T).toarray().T.round(DECIMALS)
        listed: list[list[float]] = alike.tolist()
        return listed

    def nearest_examples(
        self, text: str, code_id: str, likeness: Sequence[float] | None = None
    ) -> list[tuple[Example, float]]:
        """The coder's own excerpts of a code that are most alike a passage, with their likeness.

        Args:
            text: The passage.
            code_id: The code.
            likeness: The passage's row of `likeness_to`, where it is known.
        """
        known = self.likeness_to([text])[0] if likeness is None else likeness
        pairs = [
            (example, alike)
            for example, alike in zip(self.examples, known, strict=True)
            if code_id in example.code_ids and example.text != text
        ]
        return sorted(pairs, key=lambda pair: (-pair[1], pair[0].text, pair[0].coding_id))[
            :SHOWN_NEIGHBOURS
        ]


class CodeLearner:
    """Learns codes again and again while somebody codes: what was weighed once is kept.

    What is learned depends on the examples at hand alone, never on what was learned before.

    Args:
        background: Passages that tell which words there are and how common each is.
        without: Words that are not to count as evidence.
        least: Examples that a code needs.
    """

    def __init__(
        self,
        background: Iterable[str],
        *,
        without: Collection[str] = (),
        least: int = LEAST_EXAMPLES,
    ) -> None:
        self.vocabulary = learn_vocabulary(background, without)
        self._least = least
        self._texts: tuple[str, ...] = ()
        self._rows: Any = None
        self._likeness: Any = None

    def learn(self, examples: Iterable[Example]) -> CodeModel:
        """Learn each code that has examples enough; the order of what is given does not matter."""
        import numpy as np

        ordered = _limit_examples(
            sorted(examples, key=lambda e: (e.text, e.source_id, e.start, e.end))
        )
        self._weigh(tuple(example.text for example in ordered))
        code_ids = sorted({code_id for example in ordered for code_id in example.code_ids})
        has = np.array([[c in e.code_ids for c in code_ids] for e in ordered], dtype=bool)
        has = has.reshape(len(ordered), len(code_ids))
        count = has.sum(axis=0)
        enough = np.flatnonzero((count >= self._least) & (count < len(ordered)))
        if not len(enough):
            return CodeModel(self.vocabulary, {}, ordered, self._rows)
        weights = balance(has[:, enough], STRENGTH)
        lines = learn_lines(self._rows, self._likeness, has[:, enough], weights)
        named = {code_ids[at]: line for at, line in zip(enough.tolist(), lines, strict=True)}
        return CodeModel(self.vocabulary, named, ordered, self._rows)

    def _weigh(self, texts: tuple[str, ...]) -> None:
        """Weigh the examples; of those weighed before only their places are looked up."""
        import numpy as np
        from scipy.sparse import vstack

        if self._rows is None:
            self._rows = self.vocabulary.weigh(texts)
            self._likeness = likeness_of(self._rows)
        elif texts != self._texts:
            before = set(self._texts)
            new = [text for text in dict.fromkeys(texts) if text not in before]
            known = {text: place for place, text in enumerate((*self._texts, *new))}
            rows = self.vocabulary.weigh(new)
            beside = (self._rows @ rows.T).toarray()
            everything = np.block([[self._likeness, beside], [beside.T, likeness_of(rows)]])
            places = [known[text] for text in texts]
            self._rows = vstack([self._rows, rows]).tocsr()[places]
            self._likeness = everything[np.ix_(places, places)]
        self._texts = texts


def learn_codes(
    examples: Iterable[Example],
    other_texts: Iterable[str] = (),
    *,
    without: Collection[str] = (),
    least: int = LEAST_EXAMPLES,
) -> CodeModel:
    """Learn each code that has examples enough; the order of what is given does not matter.

    Args:
        examples: The coder's own coded passages.
        other_texts: Passages that tell how common words are, coded or not; the examples
            themselves when there are none.
        without: Words that are not to count as evidence.
        least: Examples that a code needs.
    """
    listed = list(examples)
    background = list(other_texts) or [example.text for example in listed]
    return CodeLearner(background, without=without, least=least).learn(listed)


def _limit_examples(ordered: Sequence[Example]) -> tuple[Example, ...]:
    """All of them, or of very many a part that depends on their words alone."""
    if len(ordered) <= MOST_EXAMPLES:
        return tuple(ordered)
    drawn = sorted(ordered, key=lambda e: (fold_number(e.text, 0, 1 << 62), e.source_id, e.start))
    kept = set(drawn[:MOST_EXAMPLES])
    return tuple(example for example in ordered if example in kept)


def explain_line(vocabulary: Vocabulary, line: Line, text: str) -> Explanation:
    """A passage's score under a rule, told by its words."""
    shares = vocabulary.shares_of_words(text, line.weights)
    score = round(sum(share for _, share in shares) + line.bias, DECIMALS)
    words = tuple((word, round(share, DECIMALS)) for word, share in shares[:SHOWN_WORDS])
    bias = round(line.bias, DECIMALS)
    others = round(score - bias - sum(share for _, share in words), DECIMALS)
    return Explanation(score, bias, words, others)
