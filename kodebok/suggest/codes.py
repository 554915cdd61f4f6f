"""Codes for passages, learned from a coder's own codings: one logistic regression for each code."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kodebok.suggest.features import Vocabulary, learn_vocabulary
from kodebok.suggest.learning import Line, learn_line

if TYPE_CHECKING:
    from kodebok.suggest.passages import Example

STRENGTH = 10.0  # C of the logistic regression
LEAST_EXAMPLES = 5  # coded passages that a code needs before it is suggested
MOST_CODES = 3  # for a passage
SHOWN_WORDS = 5
SHOWN_NEIGHBOURS = 2
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


@dataclass(frozen=True, slots=True)
class CodeGuess:
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

    def score(self, texts: Sequence[str]) -> Any:
        """Passages × codes, log-odds, the codes in the order of `lines`."""
        import numpy as np

        if not self.lines:
            return np.zeros((len(texts), 0))
        weights = np.column_stack([line.weights for line in self.lines.values()])
        biases = np.array([line.bias for line in self.lines.values()])
        parts = [
            self.vocabulary.weigh(texts[at : at + AT_ONCE]) @ weights + biases
            for at in range(0, len(texts), AT_ONCE)
        ]
        return np.vstack([np.zeros((0, len(biases))), *parts])

    def guess(self, texts: Sequence[str], most: int = MOST_CODES) -> list[list[CodeGuess]]:
        """The codes that fit each passage best, the best first, however badly they fit."""
        codes = list(self.lines)
        guesses = []
        for row in self.score(texts).round(DECIMALS).tolist():
            best = sorted(zip(row, codes, strict=True), key=lambda pair: (-pair[0], pair[1]))
            guesses.append([CodeGuess(code, score) for score, code in best[:most]])
        return guesses

    def explain(self, text: str, code_id: str) -> Explanation:
        """What the score of a code on a passage is made of."""
        return explain_line(self.vocabulary, self.lines[code_id], text)

    def nearest_examples(self, text: str, code_id: str) -> list[tuple[Example, float]]:
        """The coder's own excerpts of a code that are most alike a passage, with their likeness."""
        likeness = (self.rows @ self.vocabulary.weigh([text]).T).toarray().ravel().round(DECIMALS)
        with_code = [
            (example, float(alike))
            for example, alike in zip(self.examples, likeness, strict=True)
            if code_id in example.code_ids and example.text != text
        ]
        return sorted(with_code, key=lambda pair: (-pair[1], pair[0].text, pair[0].coding_id))[
            :SHOWN_NEIGHBOURS
        ]


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
        other_texts: Passages that tell how common words are, coded or not.
        without: Words that are not to count as evidence.
        least: Examples that a code needs.
    """
    ordered = tuple(sorted(examples, key=lambda e: (e.text, e.source_id, e.start, e.end)))
    texts = [example.text for example in ordered]
    vocabulary = learn_vocabulary([*texts, *other_texts], without)
    rows = vocabulary.weigh(texts)
    lines = {}
    for code_id in sorted({code_id for example in ordered for code_id in example.code_ids}):
        has_code = [code_id in example.code_ids for example in ordered]
        if least <= sum(has_code) < len(ordered):
            lines[code_id] = learn_line(rows, has_code, STRENGTH)
    return CodeModel(vocabulary, lines, ordered, rows)


def explain_line(vocabulary: Vocabulary, line: Line, text: str) -> Explanation:
    """A passage's score under a rule, told by its words."""
    shares = vocabulary.shares_of_words(text, line.weights)
    score = round(sum(share for _, share in shares) + line.bias, DECIMALS)
    words = tuple((word, round(share, DECIMALS)) for word, share in shares[:SHOWN_WORDS])
    bias = round(line.bias, DECIMALS)
    others = round(score - bias - sum(share for _, share in words), DECIMALS)
    return Explanation(score, bias, words, others)
