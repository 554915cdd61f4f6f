"""A model of each voice, and the likeliest way through a recording: who speaks in each moment.

A voice is a mixture of Gaussians; the way through the recording is found by Viterbi's algorithm
with a price on each change of voice, which is lower in a pause (as in Anguera et al. 2012, "Speaker
diarization: a review of recent research", section III).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kodebok.transcribe.voices_features import FRAME_MS

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from kodebok.transcribe.voices_features import Frames

_BLOCK = 5  # frames that are decided together
# Neighbouring frames say nearly the same, so each counts as a fifth of one.
_FRAME_WEIGHT = 0.2
_CHANGE_PRICE = 14.0
_PAUSE_HALVES_MS = 300
_MOST_FRAMES_TO_LEARN = 12_000
_FEWEST_FRAMES_TO_LEARN = 50
_FRAMES_AT_ONCE = 50_000
_VARIANCE_FLOOR = 1e-2
_ROUNDS_TO_LEARN = 25
_GOOD_ENOUGH = 1e-2
_NEVER = -1e3


@dataclass(frozen=True, slots=True)
class Path:
    """Who speaks in each frame, and how well the voices' models bear it out (more is better)."""

    voice: NDArray[np.int64]
    score: float


def follow(
    values: NDArray[np.float32],
    frames: Frames,
    labels: NDArray[np.int64],
    voices: int,
    components: int,
    seed: int,
) -> Path:
    """Learn each voice from the frames that it is said to have, and find the way anew.

    Args:
        values: The frames' cepstra, each column with mean 0 and deviation 1.
        frames: Where the frames stand, and which of them are loud.
        labels: A voice for each frame, -1 where none is said.
        voices: How many there are; one without frames of its own is never chosen.
        components: Gaussians of each voice's mixture.
        seed: The same seed gives the same path.
    """
    import numpy as np

    likelihood = np.full((len(frames), voices), _NEVER, np.float32)
    for voice in range(voices):
        own = np.flatnonzero((labels == voice) & frames.loud)
        if len(own) >= _FEWEST_FRAMES_TO_LEARN:
            likelihood[:, voice] = _likelihood(values, own, components, seed)
    return _viterbi(likelihood, frames)


def _likelihood(
    values: NDArray[np.float32], own: NDArray[np.int64], components: int, seed: int
) -> NDArray[np.float64]:
    import warnings

    import numpy as np
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.mixture import GaussianMixture

    if len(own) > _MOST_FRAMES_TO_LEARN:
        dice = np.random.default_rng(seed)
        own = np.sort(dice.choice(own, _MOST_FRAMES_TO_LEARN, replace=False))
    mixture = GaussianMixture(
        min(components, len(own) // _FEWEST_FRAMES_TO_LEARN),
        covariance_type="diag",
        reg_covar=_VARIANCE_FLOOR,
        max_iter=_ROUNDS_TO_LEARN,
        tol=_GOOD_ENOUGH,
        random_state=seed,
    )
    with warnings.catch_warnings():
        # It is stopped early on purpose.
        warnings.simplefilter("ignore", ConvergenceWarning)
        mixture.fit(values[own])
    starts = range(0, len(values), _FRAMES_AT_ONCE)
    return np.concatenate([mixture.score_samples(values[s : s + _FRAMES_AT_ONCE]) for s in starts])


def _viterbi(likelihood: NDArray[np.float32], frames: Frames) -> Path:
    import numpy as np

    starts = np.concatenate([np.arange(*stretch, _BLOCK) for stretch in frames.stretches()])
    heard = np.where(frames.loud[:, None], likelihood, 0).astype(np.float64)
    scores = np.add.reduceat(heard, starts, axis=0) * _FRAME_WEIGHT
    pauses = np.maximum(np.diff(frames.number[starts]) - _BLOCK, 0) * FRAME_MS
    prices = _CHANGE_PRICE / (1 + pauses / _PAUSE_HALVES_MS)
    came_from = np.empty(scores.shape, np.int32)
    own = np.arange(scores.shape[1])
    best = scores[0]
    for block in range(1, len(scores)):
        top = best.argmax()
        changed = best[top] - prices[block - 1]
        came_from[block] = np.where(best >= changed, own, top)
        best = np.maximum(best, changed) + scores[block]
    path = np.empty(len(scores), np.int64)
    path[-1] = best.argmax()
    for block in range(len(scores) - 1, 0, -1):
        path[block - 1] = came_from[block, path[block]]
    lengths = np.diff(np.append(starts, len(frames)))
    return Path(np.repeat(path, lengths), float(best.max()))
