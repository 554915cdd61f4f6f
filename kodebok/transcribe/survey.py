"""The first walk through a recording: how loud it is, where somebody speaks, what is a chunk."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from kodebok.transcribe.chunking import PlannedChunk, plan_chunks
from kodebok.transcribe.decoding import RATE, Samples, SoundFile
from kodebok.transcribe.loudness import LoudnessMeter, normalised
from kodebok.transcribe.speech import SpeechDetector, Stretch, speech_stretches


class Step(StrEnum):
    """What is done before the first text comes."""

    LOUDNESS = "loudness"
    SPEECH = "speech"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a step has come, in milliseconds of sound; `total_ms` is 0 when it is not known."""

    step: Step
    done_ms: int
    total_ms: int


@dataclass(frozen=True, slots=True)
class Survey:
    """What the first walk found.

    Attributes:
        duration_ms: How much sound there is.
        gain: What samples are to be multiplied by.
        speech: Where somebody speaks.
        chunks: The speech as it is to be heard.
        broken: Whether the file is damaged or lacks its end.
    """

    duration_ms: int
    gain: float
    speech: tuple[Stretch, ...]
    chunks: tuple[PlannedChunk, ...]
    broken: bool


def survey_recording(path: Path, detector: SpeechDetector) -> Generator[Progress, None, Survey]:
    """Walk through a recording twice: for its loudness, then for its speech.

    Yields progress; the survey is the generator's return value (`survey = yield from …`).

    Raises:
        KodebokError: As `SoundFile` says.
    """
    import numpy as np

    sound = SoundFile(path)
    meter = LoudnessMeter()
    total_ms = round((sound.told_seconds or 0) * 1_000)
    for block in sound.blocks():
        meter.take(block)
        yield Progress(Step.LOUDNESS, meter.samples * 1_000 // RATE, total_ms)
    duration_ms = meter.samples * 1_000 // RATE
    gain = meter.gain()
    told = [np.zeros(0, np.float32)]
    windows = 0
    for part in detector.probabilities(normalised(sound.blocks(), gain)):
        told.append(part)
        windows += len(part)
        yield Progress(Step.SPEECH, min(windows * 32, duration_ms), duration_ms)
    probabilities = np.concatenate(told)
    speech = [(start, min(end, duration_ms)) for start, end in speech_stretches(probabilities)]
    chunks = plan_chunks(speech, probabilities)
    return Survey(duration_ms, gain, tuple(speech), tuple(chunks), sound.broken)


def cut_out(path: Path, gain: float, stretches: list[Stretch]) -> Iterator[Samples]:
    """The sound of each stretch, at one loudness; never more in memory than one stretch.

    Args:
        path: The recording.
        gain: From its survey.
        stretches: In milliseconds, ascending, without overlap.
    """
    import numpy as np

    wanted = iter(stretches)
    stretch = next(wanted, None)
    kept = np.zeros(0, np.float32)
    first = 0  # number of the first sample that is kept
    for block in normalised(SoundFile(path).blocks(), gain):
        kept = np.concatenate([kept, block])
        while stretch and first + len(kept) >= _sample(stretch[1]):
            yield kept[_sample(stretch[0]) - first : _sample(stretch[1]) - first]
            stretch = next(wanted, None)
        if stretch is None:
            return
        unused = min(len(kept), max(0, _sample(stretch[0]) - first))
        kept, first = kept[unused:], first + unused
    if stretch:
        yield kept[_sample(stretch[0]) - first :]


def _sample(milliseconds: int) -> int:
    return milliseconds * RATE // 1_000
