"""How likely each token is to belong to a name, and of what kind: linear classifier and network.

The linear classifier sees each word's letters and its surroundings as they are; the network
(`network.py`) generalises better, above all where capitals tell nothing. Their log odds are mixed.
The classifier is trained by `benchmarks/train_token_classifier.py` on NorNE (annotations CC0,
ltgoslo/norne) and on invented interview sentences. It ships as half-precision weights of hashed
features: no word of the training texts is in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from kodebok.anonymise.features import TokenFeatures, token_features
from kodebok.anonymise.network import class_odds
from kodebok.anonymise.ordinary import ordinary_words

if TYPE_CHECKING:
    import numpy as np

BITS = 18
# The first column of a table is "any name"; the others are kinds of names.
CLASSES = ("name", "person", "place", "organisation", "other")
_FILE = "tokens.npz"

# The network's share of the log odds, in text with and without capitals: chosen on the held-out
# seventh of the training texts.
SHARE_OF_NETWORK = {False: 0.3, True: 0.5}
_CERTAIN = 30.0


@dataclass(frozen=True, slots=True)
class TokenScores:
    """What is said of each token of a text.

    Attributes:
        odds: Log odds of belonging to any name, one for each token.
        kinds: How well each kind of name fits, tokens × (person, place, organisation, other).
    """

    odds: np.ndarray
    kinds: np.ndarray

    @property
    def name(self) -> np.ndarray:
        """Probability of belonging to any name, one for each token."""
        import numpy as np

        chance: np.ndarray = 1 / (1 + np.exp(-self.odds))
        return chance


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
    linear = scores_of(_table("caseless" if caseless else "cased"), found)
    if not words:
        return linear
    return mixed_scores(linear, class_odds(found, BITS, caseless=caseless), caseless=caseless)


def mixed_scores(linear: TokenScores, network: np.ndarray, *, caseless: bool) -> TokenScores:
    """The classifier's scores and the network's log probabilities as one."""
    import numpy as np

    share = SHARE_OF_NETWORK[caseless]
    of_none = np.minimum(network[:, 0], -np.finfo(np.float32).tiny)
    odds_of_network = np.clip(np.log(-np.expm1(of_none)) - of_none, -_CERTAIN, _CERTAIN)
    odds = (1 - share) * linear.odds + share * odds_of_network
    kinds = (1 - share) * linear.kinds + share * network[:, 1:]
    return TokenScores(odds, kinds)


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
    return TokenScores(odds[:, 0], odds[:, 1:])
