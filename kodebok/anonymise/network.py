"""The embedded entity model: a small convolutional network over the tokens of a text.

Trained by `benchmarks/train_entity_model.py` with PyTorch on NorNE (annotations CC0, ltgoslo/norne)
and on invented interview sentences; here numpy alone reads it. A word enters as the sum of its
hashed letter groups' vectors (Bojanowski et al. 2017), so that no word of the training texts is in
it; residual convolutions with maxout (as in Honnibal and Montani's tok2vec) see four tokens to each
side, which tells most where capitals tell nothing.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from kodebok.anonymise.features import USAGES, TokenFeatures

if TYPE_CHECKING:
    import numpy as np

BITS = 15
WIDTH, LAYERS = 96, 4
SCALE_OF_SUMS = 0.2
_FILE = "network.npz"
_TINY = 1e-5  # PyTorch's LayerNorm adds it to the variance
_AT_ONCE = 4_096  # tokens, so that memory does not grow with the text


@cache
def _weights() -> dict[str, np.ndarray]:
    import numpy as np

    with (
        files("kodebok.anonymise").joinpath("models", _FILE).open("rb") as file,
        np.load(file, allow_pickle=False) as arrays,
    ):
        return {name: arrays[name].astype(np.float32) for name in arrays.files}


def class_odds(found: TokenFeatures, bits: int, *, caseless: bool) -> np.ndarray:
    """Logarithms of the probability of each class, tokens × (none, person, place, …).

    Args:
        found: The features of a text's tokens.
        bits: How many bits their buckets have; no fewer than `BITS`.
        caseless: Whether the text is written without capitals.
    """
    return run_network(_weights(), found, bits, caseless=caseless)


def run_network(
    weights: dict[str, np.ndarray], found: TokenFeatures, bits: int, *, caseless: bool
) -> np.ndarray:
    """`class_odds` by any weights."""
    import numpy as np

    sums = np.add.reduceat(weights["emb"][found.own >> (bits - BITS)], found.own_start, axis=0)
    sums *= SCALE_OF_SUMS
    parts = []
    for begin in range(0, len(found.kinds), _AT_ONCE):
        # Tokens beyond the borders are looked at too, as far as the convolutions reach.
        first, last = max(begin - LAYERS, 0), begin + _AT_ONCE + LAYERS
        words = np.concatenate(
            (
                sums[found.kinds[first:last]],
                weights["use"][found.usage[first:last] + USAGES * caseless],
                weights["sk"][found.look[first:last]],
            ),
            axis=1,
        )
        parts.append(_layers(weights, words)[begin - first : begin - first + _AT_ONCE])
    odds: np.ndarray = np.concatenate(parts)
    return odds


def _layers(weights: dict[str, np.ndarray], words: np.ndarray) -> np.ndarray:
    import numpy as np

    hidden = _normed(weights, "n0", np.maximum(words @ weights["inp.w"] + weights["inp.b"], 0))
    edge = np.zeros((1, WIDTH), np.float32)
    for layer in range(LAYERS):
        padded = np.concatenate((edge, hidden, edge))
        seen = np.concatenate((padded[:-2], padded[1:-1], padded[2:]), axis=1)
        pieces = seen @ weights[f"conv{layer}.w"] + weights[f"conv{layer}.b"]
        best = np.maximum(pieces[:, :WIDTH], pieces[:, WIDTH:])
        hidden = hidden + _normed(weights, f"norm{layer}", best)
    odds = hidden @ weights["out.w"] + weights["out.b"]
    odds -= odds.max(axis=1, keepdims=True)
    shares: np.ndarray = odds - np.log(np.exp(odds).sum(axis=1, keepdims=True))
    return shares


def _normed(weights: dict[str, np.ndarray], name: str, values: np.ndarray) -> np.ndarray:
    """Layer normalisation (Ba et al. 2016)."""
    import numpy as np

    centred = values - values.mean(axis=1, keepdims=True)
    spread = np.sqrt((centred * centred).mean(axis=1, keepdims=True) + _TINY)
    normed: np.ndarray = centred / spread * weights[f"{name}.w"] + weights[f"{name}.b"]
    return normed
