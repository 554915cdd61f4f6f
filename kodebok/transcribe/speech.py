"""Where somebody speaks: silero's probabilities, and the stretches that follow from them.

Each engine brings its own copy of silero, and they differ a little; which one was used is part of
the fingerprint. Both are fed minute by minute, so that memory does not grow with the recording.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

from kodebok.transcribe.decoding import RATE, Samples
from kodebok.transcribe.extras import needed

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Probabilities: TypeAlias = "NDArray[np.float32]"
Stretch = tuple[int, int]  # milliseconds, half-open

WINDOW = 512  # samples that one probability is for
WINDOW_MS = WINDOW * 1_000 // RATE
SPEECH_FROM = 0.5
SPEECH_UNTIL = 0.35  # silero's own: speech goes on until the probability falls below
SHORTEST_MS = 200
SHORTEST_PAUSE_MS = 300
PAD_MS = 120


class SpeechDetector(Protocol):
    """Tells for each window of 512 samples how likely it is that somebody speaks."""

    @property
    def fingerprint(self) -> str:
        """Which model, which version."""
        ...

    def probabilities(self, blocks: Iterable[Samples]) -> Iterator[Probabilities]:
        """One array for each block that came in or so, in order; the last window is padded."""
        ...


class SileroOfTorch:
    """silero-vad's own model, which the extra `whisper` brings."""

    def __init__(self) -> None:
        with needed("whisper"):
            import silero_vad
        from importlib.metadata import version

        import torch

        threads = torch.get_num_threads()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # silero still loads by torch.jit
            self._model: Any = silero_vad.load_silero_vad()
        torch.set_num_threads(threads)  # the package sets it to 1 for the whole process
        self.fingerprint = f"silero-vad {version('silero-vad')}"

    def probabilities(self, blocks: Iterable[Samples]) -> Iterator[Probabilities]:
        """See `SpeechDetector`."""
        import numpy as np
        import torch

        self._model.reset_states()
        with torch.inference_mode():
            for part in _whole_windows(blocks):
                windows = torch.from_numpy(part).reshape(-1, 1, WINDOW)
                told = [self._model(window, RATE).item() for window in windows]
                yield np.array(told, np.float32)


class SileroOfFaster:
    """faster-whisper's copy of the model, as ONNX."""

    def __init__(self) -> None:
        with needed("faster"):
            from faster_whisper.vad import get_vad_model
        from importlib.metadata import version

        self._model: Any = get_vad_model()
        self.fingerprint = f"silero of faster-whisper {version('faster-whisper')}"

    def probabilities(self, blocks: Iterable[Samples]) -> Iterator[Probabilities]:
        """See `SpeechDetector`; each minute is begun a little early, since the model remembers."""
        import numpy as np

        before = np.zeros(0, np.float32)
        for part in _whole_windows(blocks):
            told = self._model(np.concatenate([before, part])).reshape(-1)
            yield told[len(before) // WINDOW :].astype(np.float32)
            before = part[-WINDOW * 100 :]


def _whole_windows(blocks: Iterable[Samples]) -> Iterator[Samples]:
    """Blocks joined to about a minute, each a whole number of windows; the last is padded."""
    import numpy as np

    size = 60 * RATE // WINDOW * WINDOW
    waiting: list[Samples] = []
    count = 0
    for block in blocks:
        waiting.append(block)
        count += len(block)
        if count >= size:
            joined = np.concatenate(waiting)
            yield joined[:size]
            waiting, count = [joined[size:]], count - size
    if count:
        joined = np.concatenate(waiting)
        yield np.pad(joined, (0, -len(joined) % WINDOW))


def speech_stretches(probabilities: Probabilities) -> list[Stretch]:
    """Where speech begins and ends, in milliseconds.

    Speech begins at a probability of 0.5 and ends below 0.35. Pauses under 300 ms are bridged,
    sounds under 200 ms are passed over, and 120 ms are added on both sides where there is room.
    """
    raw = _raw_stretches(probabilities)
    joined: list[list[int]] = []
    for start, end in raw:
        if joined and start - joined[-1][1] < SHORTEST_PAUSE_MS:
            joined[-1][1] = end
        else:
            joined.append([start, end])
    kept = [(start, end) for start, end in joined if end - start >= SHORTEST_MS]
    return _padded(kept, len(probabilities) * WINDOW_MS)


def _raw_stretches(probabilities: Probabilities) -> list[Stretch]:
    stretches: list[Stretch] = []
    begun: int | None = None
    for number, probability in enumerate(probabilities):
        if begun is None and probability >= SPEECH_FROM:
            begun = number
        elif begun is not None and probability < SPEECH_UNTIL:
            stretches.append((begun * WINDOW_MS, number * WINDOW_MS))
            begun = None
    if begun is not None:
        stretches.append((begun * WINDOW_MS, len(probabilities) * WINDOW_MS))
    return stretches


def _padded(stretches: list[Stretch], length_ms: int) -> list[Stretch]:
    """Wider by the pad, half of the pause at most."""
    padded: list[Stretch] = []
    for number, (start, end) in enumerate(stretches):
        before = start - (stretches[number - 1][1] if number else 0)
        is_last = number == len(stretches) - 1
        after = (length_ms if is_last else stretches[number + 1][0]) - end
        left = min(PAD_MS, before // 2 if number else before)
        right = min(PAD_MS, after if is_last else after // 2)
        padded.append((start - left, end + right))
    return padded
