"""Who speaks when, by voices learnt elsewhere: resemblyzer and pyannote, each an extra.

Neither is asked to fetch anything: resemblyzer brings its weights along, and pyannote is given the
folder of a pipeline that lies on this machine.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from importlib import import_module
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from kodebok.errors import WrongUseError
from kodebok.i18n import translator
from kodebok.transcribe.extras import needed
from kodebok.transcribe.voices import VoiceStretch

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

_ = translator("transcribe")

_RATE = 16_000
# What keeps pyannote 4 from reporting its use, and its libraries from reaching out.
_SILENCED = {
    "PYANNOTE_METRICS_ENABLED": "0",
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
}
_WINDOWS_A_SECOND = 2.0
_SHORTEST_SAMPLES = _RATE // 4


def find_by_extra(
    method: str,
    samples: NDArray[np.float32] | Iterable[NDArray[np.float32]],
    speech: list[tuple[int, int]],
    voices: int,
    model: Path | None,
) -> list[VoiceStretch]:
    """As `find_voices`, for `resemblyzer` and `pyannote`; the sound is held as a whole.

    Raises:
        WrongUseError: K932 when pyannote is given no folder of a pipeline.
        MissingComponentError: K900 when the extra is not installed.
    """
    import numpy as np

    find = _by_resemblyzer if method == "resemblyzer" else _by_pyannote
    whole = samples if isinstance(samples, np.ndarray) else np.concatenate([*samples])
    return find(whole, speech, voices, model)


def _by_resemblyzer(
    samples: NDArray[np.float32], speech: list[tuple[int, int]], voices: int, _model: Path | None
) -> list[VoiceStretch]:
    import numpy as np
    from sklearn.cluster import AgglomerativeClustering

    with needed("resemblyzer"):
        encoder = import_module("resemblyzer").VoiceEncoder("cpu", verbose=False)
    stretches: list[tuple[int, int]] = []
    embeddings: list[NDArray[np.float32]] = []
    for start, end in speech:
        sound = samples[start * _RATE // 1000 : end * _RATE // 1000]
        if len(sound) < _SHORTEST_SAMPLES:
            continue
        _whole, partial, _slices = encoder.embed_utterance(
            sound, return_partials=True, rate=_WINDOWS_A_SECOND
        )
        edges = np.linspace(start, end, len(partial) + 1).astype(int).tolist()
        stretches += pairwise(edges)
        embeddings += list(partial)
    if len(embeddings) <= voices:
        return [VoiceStretch(start, end, n) for n, (start, end) in enumerate(stretches)]
    clusters = AgglomerativeClustering(voices, metric="cosine", linkage="average")
    labels = clusters.fit_predict(np.stack(embeddings))
    return [
        VoiceStretch(start, end, int(voice))
        for (start, end), voice in zip(stretches, labels, strict=True)
    ]


def _by_pyannote(
    samples: NDArray[np.float32], speech: list[tuple[int, int]], voices: int, model: Path | None
) -> list[VoiceStretch]:
    os.environ.update(_SILENCED)
    with needed("pyannote"):
        pyannote, torch = import_module("pyannote.audio"), import_module("torch")
    if model is None or not model.is_dir():
        raise WrongUseError(
            _("pyannote needs a folder with its pipeline"),
            _("name the folder of a pipeline that lies on this machine"),
            "K932",
        )
    pipeline = pyannote.Pipeline.from_pretrained(str(model))
    sound = {"waveform": torch.from_numpy(samples)[None], "sample_rate": _RATE}
    output: Any = pipeline(sound, num_speakers=voices)
    annotation = getattr(output, "exclusive_speaker_diarization", output)
    names: dict[str, int] = {}
    found = [
        (round(turn.start * 1000), round(turn.end * 1000), names.setdefault(name, len(names)))
        for turn, _track, name in annotation.itertracks(yield_label=True)
    ]
    return list(_within(found, speech))


def _within(
    turns: list[tuple[int, int, int]], speech: list[tuple[int, int]]
) -> Iterable[VoiceStretch]:
    for start, end in speech:
        for begin, stop, voice in turns:
            if begin < end and stop > start:
                yield VoiceStretch(max(begin, start), min(stop, end), voice)
