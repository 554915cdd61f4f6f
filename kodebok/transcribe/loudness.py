"""One loudness for all recordings: a phone on the table and a clip-on microphone sound alike."""

from __future__ import annotations

from collections.abc import Iterable

from kodebok.transcribe.decoding import RATE, Samples

WANTED_DB = -23.0  # root mean square of the louder parts, of full scale
SILENT_DB = -60.0
MOST_GAIN_DB = 40.0
_WINDOW = RATE * 2 // 5  # 400 ms, as in EBU R 128
_BELOW_MEAN_DB = 10.0


class LoudnessMeter:
    """Measures blocks as they come by; windows that are silent do not count (EBU R 128's gates)."""

    def __init__(self) -> None:
        self._powers: list[float] = []
        self._rest: Samples | None = None
        self.samples = 0

    def take(self, block: Samples) -> None:
        """Count a block in."""
        import numpy as np

        self.samples += len(block)
        joined = block if self._rest is None else np.concatenate([self._rest, block])
        whole = len(joined) // _WINDOW * _WINDOW
        windows = joined[:whole].reshape(-1, _WINDOW).astype(np.float64)
        self._powers += np.mean(windows**2, axis=1).tolist()
        self._rest = joined[whole:]

    def gain(self) -> float:
        """What samples are to be multiplied by; 1.0 for a silent recording."""
        import numpy as np

        powers = np.array(self._powers or [self._power_of_rest()])
        heard = powers[powers > 10 ** (SILENT_DB / 10)]
        if not len(heard):
            return 1.0
        heard = heard[heard >= heard.mean() * 10 ** (-_BELOW_MEAN_DB / 10)]
        level = 10 * np.log10(heard.mean())
        return float(10 ** (min(WANTED_DB - level, MOST_GAIN_DB) / 20))

    def _power_of_rest(self) -> float:
        """The power of a recording that is shorter than one window."""
        if self._rest is None or not len(self._rest):
            return 0.0
        return float((self._rest.astype(float) ** 2).mean())


def normalised(blocks: Iterable[Samples], gain: float) -> Iterable[Samples]:
    """The same blocks at the wanted loudness; what would be too loud is cut off."""
    import numpy as np

    return (np.clip(block * np.float32(gain), -1.0, 1.0) for block in blocks)
