"""The linear token classifier: how likely each token is to belong to a name, and of what kind.

Trained by `benchmarks/train_token_classifier.py` on NorNE (annotations CC0, ltgoslo/norne) and on
invented interview sentences. It ships as half-precision weights of hashed features: no word of the
training texts is in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from kodebok.anonymise.features import TokenFeatures, token_features
from kodebok.anonymise.ordinary import ordinary_words

if TYPE_CHECKING:
    import numpy as np

BITS = 18
# The first column of a table is "any name"; the others are kinds of names.
CLASSES = ("name", "person", "place", "organisation", "other")
_FILE = "tokens.npz"


@dataclass(frozen=True, slots=True)
class TokenScores:
    """What the classifier says of each token of a text.

    Attributes:
        name: Probability of belonging to any name, one for each token.
        kinds: Log odds of each kind of name, tokens × (person, place, organisation, other).
    """

    name: np.ndarray
    kinds: np.ndarray


@cache
def _table(name: str) -> np.ndarray:
    import numpy as np

    with (
        files("kodebok.anonymise").joinpath("models", _FILE).open("rb") as file,
        np.load(file, allow_pickle=False) as tables,
    ):
        table: np.ndarray = tables[name].astype(np.float32)
    return table


def score_tokens(words: list[str], *, caseless: bool) -> TokenScores:
    """Score the tokens of a text.

    Args:
        words: As `tokenise` gives them.
        caseless: Whether the text is written without capitals, as speech recognition may do.
    """
    spelled = [word.lower() for word in words] if caseless else words
    found = token_features(spelled, ordinary_words(), BITS)
    return scores_of(_table("caseless" if caseless else "cased"), found)


def scores_of(table: np.ndarray, found: TokenFeatures) -> TokenScores:
    """Scores by a weight table, whose last row is the bias."""
    import numpy as np

    count = len(found.kinds)
    if not count:
        return TokenScores(np.zeros(0), np.zeros((0, len(CLASSES) - 1)))
    own = np.add.reduceat(table[found.own], found.own_start, axis=0)
    odds = own[found.kinds] + table[-1]
    for column in range(found.around.shape[1]):
        odds += table[found.around[:, column]]
    return TokenScores(1 / (1 + np.exp(-odds[:, 0])), odds[:, 1:])
