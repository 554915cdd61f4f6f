"""What a voice sounds like, ten milliseconds at a time: mel cepstra of the frames with speech.

Sound is taken in blocks and only the frames are kept, so two hours of it need some 50 MB.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

RATE = 16_000
FRAME_MS = 10
_HOP = RATE * FRAME_MS // 1000
_WINDOW = 400
_FFT = 512
_MELS = 32
CEPSTRA = 20
_LOWEST_HZ, _HIGHEST_HZ = 100.0, 7_600.0
_PRE_EMPHASIS = 0.97
_FRAMES_AT_ONCE = 3_000
_SILENCE = 1e-10
# The quietest frames of a stretch are the room, not the voice.
_QUIET_SHARE = 0.25


@dataclass(frozen=True, slots=True)
class Frames:
    """The frames of a recording in which someone speaks.

    Attributes:
        cepstra: One row a frame, `CEPSTRA` columns.
        number: Each frame's place in the recording, in steps of `FRAME_MS`.
        stretch: Which stretch of speech it belongs to, ascending.
        loud: False for the quietest frames of a stretch, which tell little of the voice.
    """

    cepstra: NDArray[np.float32]
    number: NDArray[np.int32]
    stretch: NDArray[np.int32]
    loud: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.number)

    def stretches(self) -> Iterator[tuple[int, int]]:
        """The frames of each stretch, as half-open indices; stretches without a frame left out."""
        import numpy as np

        borders = [0, *(np.flatnonzero(np.diff(self.stretch)) + 1).tolist(), len(self)]
        for first, last in pairwise(borders):
            if last > first:
                yield first, last


def speech_frames(
    samples: NDArray[np.float32] | Iterable[NDArray[np.float32]], speech: Sequence[tuple[int, int]]
) -> Frames:
    """The frames within stretches of speech.

    Args:
        samples: Mono at 16 kHz, -1 to 1; whole or in blocks of any size.
        speech: Ascending half-open stretches in milliseconds that do not overlap.
    """
    import numpy as np

    starts = np.array([start // FRAME_MS for start, _end in speech])
    ends = np.array([max(end, start + FRAME_MS) // FRAME_MS for start, end in speech])
    cepstra = [np.empty((0, CEPSTRA), np.float32)]
    levels = [np.empty(0, np.float32)]
    numbers = [np.empty(0, np.int32)]
    first = 0
    for block in _windows(samples):
        inside = np.arange(first, first + len(block), dtype=np.int32)
        first += len(block)
        place = np.searchsorted(starts, inside, side="right") - 1
        spoken = (place >= 0) & (inside < ends[place])
        if spoken.any():
            found, level = _cepstra(block[spoken])
            cepstra.append(found)
            levels.append(level)
            numbers.append(inside[spoken])
    number = np.concatenate(numbers)
    stretch = (np.searchsorted(starts, number, side="right") - 1).astype(np.int32)
    return Frames(np.concatenate(cepstra), number, stretch, _loud(np.concatenate(levels), stretch))


def _windows(
    samples: NDArray[np.float32] | Iterable[NDArray[np.float32]],
) -> Iterator[NDArray[np.float32]]:
    """Overlapping windows of the sound, some at a time; the end is filled up with silence."""
    import numpy as np

    rest = np.zeros(0, np.float32)
    for block in _pieces(samples):
        rest = np.concatenate([rest, np.nan_to_num(np.asarray(block, np.float32))])
        count = (len(rest) - _WINDOW) // _HOP + 1
        if count > 0:
            yield np.lib.stride_tricks.sliding_window_view(rest, _WINDOW)[::_HOP][:count]
            rest = rest[count * _HOP :]


def _pieces(
    samples: NDArray[np.float32] | Iterable[NDArray[np.float32]],
) -> Iterator[NDArray[np.float32]]:
    import numpy as np

    size = _FRAMES_AT_ONCE * _HOP
    for block in [samples] if isinstance(samples, np.ndarray) else samples:
        for start in range(0, len(block), size):
            yield block[start : start + size]
    yield np.zeros(_WINDOW, np.float32)


def _cepstra(windows: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    import numpy as np
    from scipy.fft import dct, rfft

    sound = windows - windows.mean(axis=1, keepdims=True)
    emphasised = np.empty_like(sound)
    emphasised[:, 0] = sound[:, 0] * (1 - _PRE_EMPHASIS)
    emphasised[:, 1:] = sound[:, 1:] - _PRE_EMPHASIS * sound[:, :-1]
    shape = np.hamming(_WINDOW).astype(np.float32)
    power = np.abs(rfft(emphasised * shape, _FFT, axis=1)) ** 2
    mel = np.log(np.maximum(power @ _mel_filters().T, _SILENCE))
    cepstra = dct(mel, type=2, norm="ortho", axis=1)[:, 1 : CEPSTRA + 1]
    return cepstra.astype(np.float32), mel.mean(axis=1).astype(np.float32)


@cache
def _mel_filters() -> NDArray[np.float32]:
    """Triangles on the mel scale (O'Shaughnessy 1987), each as high as its neighbours."""
    import numpy as np

    low, high = (2595 * np.log10(1 + hz / 700) for hz in (_LOWEST_HZ, _HIGHEST_HZ))
    edges = 700 * (10 ** (np.linspace(low, high, _MELS + 2) / 2595) - 1)
    bins = np.fft.rfftfreq(_FFT, 1 / RATE)
    rising = (bins - edges[:-2, None]) / (edges[1:-1] - edges[:-2])[:, None]
    falling = (edges[2:, None] - bins) / (edges[2:] - edges[1:-1])[:, None]
    return np.maximum(0, np.minimum(rising, falling)).astype(np.float32)


def _loud(levels: NDArray[np.float32], stretch: NDArray[np.int32]) -> NDArray[np.bool_]:
    import numpy as np

    loud = np.ones(len(levels), np.bool_)
    for part in np.split(np.arange(len(levels)), np.flatnonzero(np.diff(stretch)) + 1):
        if len(part):
            loud[part] = levels[part] >= np.quantile(levels[part], _QUIET_SHARE)
    return loud
