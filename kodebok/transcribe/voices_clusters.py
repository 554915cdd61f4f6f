"""Pieces of speech that sound alike, by the Bayesian information criterion.

After Chen and Gopalakrishnan (1998), "Speaker, environment and channel change detection and
clustering via the Bayesian information criterion", sections 3 and 4: a piece is one Gaussian with a
full covariance, and two pieces are one voice when one Gaussian tells nearly as much as two.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from kodebok.transcribe.voices_features import Frames

_BLOCK = 10  # frames that are summed before anything is compared
_WINDOW_BLOCKS = 15  # on either side of a possible change of voice
_FEWEST_BLOCKS = 5
_APART_BLOCKS = 8
_FEWEST_FRAMES = 60  # loud ones; a shorter piece is too short for a covariance
_MOST_PIECES = 1_500
_FLOOR = 1e-2
# A voice of less than this share, or time, may be a cough or a door.
_SMALL_SHARE, _SMALL_FRAMES = 0.02, 300


@dataclass(frozen=True, slots=True)
class Gaussians:
    """Sums from which Gaussians follow: one a row, or a single one.

    Attributes:
        count, total, square: Number, sum and sum of outer products of the frames.
    """

    count: NDArray[np.float64]
    total: NDArray[np.float64]
    square: NDArray[np.float64]

    def __getitem__(self, at: int | NDArray[np.int64]) -> Gaussians:
        return Gaussians(self.count[at], self.total[at], self.square[at])

    def __add__(self, other: Gaussians) -> Gaussians:
        return Gaussians(
            self.count + other.count, self.total + other.total, self.square + other.square
        )

    def __sub__(self, other: Gaussians) -> Gaussians:
        return Gaussians(
            self.count - other.count, self.total - other.total, self.square - other.square
        )

    @property
    def volume(self) -> NDArray[np.float64]:
        """The log determinant of the covariance, times the number of frames."""
        import numpy as np

        count = np.maximum(self.count, 1.0)[..., None]
        mean = self.total / count
        covariance = self.square / count[..., None] - mean[..., :, None] * mean[..., None, :]
        covariance = covariance + _FLOOR * np.eye(mean.shape[-1])
        volume: NDArray[np.float64] = self.count * np.linalg.slogdet(covariance)[1]
        return volume


def _gain(both: Gaussians, volumes_apart: NDArray[np.float64]) -> NDArray[np.float64]:
    """By how much two Gaussians tell more than one, less the cost of their parameters (ΔBIC)."""
    import numpy as np

    size = both.total.shape[-1]
    cost = (size + size * (size + 1) / 2) * np.log(np.maximum(both.count, 2.0))
    won: NDArray[np.float64] = 0.5 * (both.volume - volumes_apart - cost)
    return won


@dataclass(frozen=True, slots=True)
class Pieces:
    """Stretches of frames, one voice each as far as can be told.

    Attributes:
        start, end: Frames of each piece, half-open indices into the recording's `Frames`.
    """

    start: NDArray[np.int64]
    end: NDArray[np.int64]
    sums: Gaussians

    def __len__(self) -> int:
        return len(self.start)


def pieces_of(values: NDArray[np.float32], frames: Frames, least_gain: float) -> Pieces:
    """Cut the speech where the voice may change, and at every end of a stretch.

    Args:
        values: The frames' cepstra, each column with mean 0 and deviation 1.
        frames: Where the frames stand.
        least_gain: ΔBIC from which a change of voice is believed; below 0 cuts more than needed.
    """
    import numpy as np

    starts: list[int] = []
    ends: list[int] = []
    sums: list[Gaussians] = []
    for first, last in frames.stretches():
        at = np.arange(first, last, _BLOCK)
        running = _running_sums(values[first:last], frames.loud[first:last], at - first)
        cuts = [0, *_changes(running, least_gain), len(at)]
        for low, high in pairwise(cuts):
            starts.append(int(at[low]))
            ends.append(last if high == len(at) else int(at[high]))
            sums.append(running[high] - running[low])
    stacked = Gaussians(
        np.array([part.count for part in sums]),
        np.array([part.total for part in sums]),
        np.array([part.square for part in sums]),
    )
    return Pieces(np.array(starts), np.array(ends), stacked)


def _running_sums(
    values: NDArray[np.float32], loud: NDArray[np.bool_], at: NDArray[np.int64]
) -> Gaussians:
    import numpy as np

    counted = np.where(loud[:, None], values, 0.0).astype(np.float64)
    square = np.stack([part.T @ part for part in np.split(counted, at[1:])])
    parts = (
        np.add.reduceat(loud.astype(np.float64), at),
        np.add.reduceat(counted, at, axis=0),
        square,
    )
    return Gaussians(
        *(np.concatenate([np.zeros((1, *p.shape[1:])), np.cumsum(p, axis=0)]) for p in parts)
    )


def _changes(running: Gaussians, least_gain: float) -> list[int]:
    """Blocks at which what follows differs most from what goes before."""
    import numpy as np
    from scipy.signal import find_peaks

    blocks = len(running.count) - 1
    at = np.arange(_FEWEST_BLOCKS, blocks - _FEWEST_BLOCKS + 1)
    if not len(at):
        return []
    before = running[at] - running[np.maximum(at - _WINDOW_BLOCKS, 0)]
    after = running[np.minimum(at + _WINDOW_BLOCKS, blocks)] - running[at]
    won = _gain(before + after, before.volume + after.volume)
    gains = np.concatenate([[-np.inf], won, [-np.inf]])
    peaks, _shape = find_peaks(gains, distance=_APART_BLOCKS, height=least_gain)
    return [int(at[peak - 1]) for peak in peaks]


def partitions(pieces: Pieces, voices: int, frames: int) -> Iterator[NDArray[np.int64]]:
    """Ways of sharing the frames among so many voices, by joining the pieces most alike.

    The first goes on joining until so many groups are left; the second stops where so many groups
    are large, and leaves the small ones out.

    Yields:
        A voice for each frame, -1 where it is not told.
    """
    import numpy as np

    chosen = np.flatnonzero(pieces.sums.count >= _FEWEST_FRAMES)
    if len(chosen) < voices:
        chosen = np.arange(len(pieces))
    longest = np.argsort(-pieces.sums.count[chosen], kind="stable")[:_MOST_PIECES]
    chosen = chosen[np.sort(longest)]
    for group, kept in _groups(pieces.sums[chosen], voices):
        voice_of_group = {int(name): number for number, name in enumerate(kept)}
        labels = np.full(frames, -1, np.int64)
        for piece, name in zip(chosen, group, strict=True):
            labels[pieces.start[piece] : pieces.end[piece]] = voice_of_group.get(int(name), -1)
        yield labels


def _groups(sums: Gaussians, voices: int) -> list[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """The group of each piece, and the groups that are kept, for each way of stopping."""
    joining = _Joining(sums)
    large_enough = max(_SMALL_FRAMES, _SMALL_SHARE * float(sums.count.sum()))
    by_size = None
    while len(joining.left) > voices:
        large = joining.left[joining.sums.count[joining.left] >= large_enough]
        if len(large) == voices:
            by_size = (joining.group.copy(), large)
        joining.join_most_alike()
    plain = (joining.group, joining.left)
    return [plain] if by_size is None else [plain, by_size]


class _Joining:
    """Groups of pieces, joined two by two.

    Attributes:
        group: For each piece the number of its group, which is that of its first piece.
        left: The groups that are left, ascending.
    """

    def __init__(self, sums: Gaussians) -> None:
        import numpy as np

        self.sums = Gaussians(sums.count.copy(), sums.total.copy(), sums.square.copy())
        size = len(sums.count)
        self.group = np.arange(size)
        self.left = np.arange(size)
        self._volume = self.sums.volume
        self._gains = np.full((size, size), np.inf, np.float32)
        for number in range(size - 1):
            self._measure(number, np.arange(number + 1, size))

    def _measure(self, one: int, others: NDArray[np.int64]) -> None:
        both = self.sums[one] + self.sums[others]
        won = _gain(both, self._volume[one] + self._volume[others])
        self._gains[one, others] = self._gains[others, one] = won

    def join_most_alike(self) -> None:
        """Join the two groups that lose least by being one."""
        import numpy as np

        one, other = sorted(divmod(int(np.argmin(self._gains)), len(self.group)))
        joined = self.sums[one] + self.sums[other]
        for target, part in (
            (self.sums.count, joined.count),
            (self.sums.total, joined.total),
            (self.sums.square, joined.square),
        ):
            target[one] = part
        self.group[self.group == other] = one
        self.left = self.left[self.left != other]
        self._gains[other, :] = self._gains[:, other] = np.inf
        self._volume[one] = joined.volume
        self._measure(one, self.left[self.left != one])
