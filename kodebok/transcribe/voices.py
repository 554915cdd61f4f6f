"""Who speaks when in a recording, found with no download."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from kodebok.errors import WrongUseError
from kodebok.i18n import translator

if TYPE_CHECKING:
    from pathlib import Path as FilePath

    import numpy as np
    from numpy.typing import NDArray

    Samples = NDArray[np.float32] | Iterable[NDArray[np.float32]]

_ = translator("transcribe")

METHODS = ("mfcc", "resemblyzer", "pyannote")
MOST_VOICES = 20
# ΔBIC from which a change of voice is believed: one careful, one that cuts more than needed.
_LEAST_GAINS = (-100.0, -250.0)
_ROUGH_COMPONENTS, _FINE_COMPONENTS = 8, 16
_ROUNDS = 2


@dataclass(frozen=True, slots=True)
class VoiceStretch:
    """Half-open milliseconds in which one voice speaks; voices count from 0 as they first speak."""

    start_ms: int
    end_ms: int
    voice: int


def find_voices(
    samples: Samples,
    speech: Sequence[tuple[int, int]],
    voices: int,
    seed: int = 0,
    *,
    method: str = "mfcc",
    model: FilePath | None = None,
) -> list[VoiceStretch]:
    """Who speaks when, within stretches of speech.

    Args:
        samples: Mono at 16 kHz, -1 to 1, whole or in blocks; only features of it are kept.
        speech: Half-open stretches in milliseconds, as voice activity detection gives them.
        voices: How many persons speak; fewer come back when fewer can be told apart.
        seed: The same sound and seed give the same stretches on the same machine.
        method: `mfcc` needs nothing; `resemblyzer` and `pyannote` need their extras.
        model: The folder of the pipeline, for `pyannote`.

    Returns:
        Ascending stretches that cover the speech and nothing else.

    Raises:
        WrongUseError: K930, K931 for a number of voices or a method that cannot be.
        MissingComponentError: The method's extra is not installed.
    """
    if not 1 <= voices <= MOST_VOICES:
        raise WrongUseError(
            _("{count} voices cannot be told apart", count=voices),
            _("give a number from 1 to {most}", most=MOST_VOICES),
            "K930",
        )
    if method not in METHODS:
        raise WrongUseError(
            _("there is no way of finding voices called {method}", method=method),
            _("choose one of {names}", names=", ".join(METHODS)),
            "K931",
        )
    stretches = _ascending(speech)
    if not stretches:
        return []
    if method != "mfcc":
        from kodebok.transcribe.voices_extra import find_by_extra

        return numbered(find_by_extra(method, samples, stretches, voices, model))
    if voices == 1:
        return [VoiceStretch(start, end, 0) for start, end in stretches]
    return numbered(_by_cepstra(samples, stretches, voices, seed))


def _ascending(speech: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Stretches in order, overlapping ones as one, empty ones left out."""
    found: list[tuple[int, int]] = []
    for start, end in sorted((max(start, 0), end) for start, end in speech):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        elif end > start:
            found.append((start, end))
    return found


def _by_cepstra(
    samples: Samples, speech: list[tuple[int, int]], voices: int, seed: int
) -> list[VoiceStretch]:
    from kodebok.transcribe.voices_clusters import partitions, pieces_of
    from kodebok.transcribe.voices_features import speech_frames
    from kodebok.transcribe.voices_models import follow

    frames = speech_frames(samples, speech)
    if not len(frames):
        return [VoiceStretch(start, end, 0) for start, end in speech]
    deviation = frames.cepstra.std(axis=0)
    values = (frames.cepstra - frames.cepstra.mean(axis=0)) / (deviation + 1e-6)
    paths = []
    for least_gain in _LEAST_GAINS:
        pieces = pieces_of(values, frames, least_gain)
        for labels in partitions(pieces, voices, len(frames)):
            rough = follow(values, frames, labels, voices, _ROUGH_COMPONENTS, seed)
            paths.append(follow(values, frames, rough.voice, voices, _ROUGH_COMPONENTS, seed))
    # The path's score counts its changes of voice too: a partition by sounds instead of by voices
    # fits the frames better, but hops to and fro.
    path = max(paths, key=lambda path: path.score)
    for _round in range(_ROUNDS):
        path = follow(values, frames, path.voice, voices, _FINE_COMPONENTS, seed)
    return _stretches(path.voice, frames.number, frames.stretch, speech)


def _stretches(
    voice: NDArray[np.int64],
    number: NDArray[np.int32],
    stretch: NDArray[np.int32],
    speech: list[tuple[int, int]],
) -> list[VoiceStretch]:
    """Runs of frames of one voice, spread so that they cover each stretch of speech."""
    import numpy as np

    from kodebok.transcribe.voices_features import FRAME_MS

    changes = np.flatnonzero((np.diff(voice) != 0) | (np.diff(stretch) != 0)) + 1
    runs = [0, *changes.tolist()]
    found: list[VoiceStretch] = []
    for first, after in pairwise([*runs, len(voice)]):
        start, end = speech[stretch[first]]
        goes_on = after < len(voice) and stretch[after] == stretch[first]
        opens = first == 0 or stretch[first - 1] != stretch[first]
        begin = start if opens else int(number[first]) * FRAME_MS
        stop = int(number[after]) * FRAME_MS if goes_on else end
        found.append(VoiceStretch(begin, stop, int(voice[first])))
    told = set(np.unique(stretch).tolist())
    return found + [
        VoiceStretch(start, end, found[-1].voice)
        for place, (start, end) in enumerate(speech)
        if place not in told
    ]


def numbered(stretches: Iterable[VoiceStretch]) -> list[VoiceStretch]:
    """The stretches in order of time, voices numbered from 0 by who speaks first."""
    ascending = sorted(stretches, key=lambda stretch: (stretch.start_ms, stretch.end_ms))
    order = {voice: n for n, voice in enumerate(dict.fromkeys(s.voice for s in ascending))}
    return [VoiceStretch(s.start_ms, s.end_ms, order[s.voice]) for s in ascending]
