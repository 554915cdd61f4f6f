"""The stage: from one recording to chunks of text, in order. It knows nothing of who called it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from kodebok.domain.speech import Chunk, ChunkState, Segment
from kodebok.transcribe import guards
from kodebok.transcribe.chunking import PlannedChunk
from kodebok.transcribe.decoding import RATE, Samples
from kodebok.transcribe.engine import (
    LONGEST_PROMPT,
    Asked,
    Transcriber,
    load_engine,
    whisper_language,
)
from kodebok.transcribe.guards import Dropped
from kodebok.transcribe.models import find_model
from kodebok.transcribe.settings import TranscribeSettings
from kodebok.transcribe.speech import SpeechDetector, Stretch
from kodebok.transcribe.survey import Progress, cut_out, survey_recording

MOST_LOOPS = 5  # cut out of one chunk
# Text of a second try that the engine itself believes less in is marked as unclear instead.
LEAST_PROBABILITY = 0.3
_SEEDS_A_CHUNK = 1_000


@dataclass(frozen=True, slots=True)
class Plan:
    """What is going to be heard; comes once, before the first chunk.

    Attributes:
        duration_ms: How much sound the file has.
        speech: Where somebody speaks.
        chunks: Beginning and end of each chunk; its place is its number.
        engine: Fingerprint of model and settings; the same one gives the same text.
        broken: Whether the file is damaged or lacks its end.
    """

    duration_ms: int
    speech: tuple[Stretch, ...]
    chunks: tuple[Stretch, ...]
    engine: str
    broken: bool


def transcribe_recording(
    path: Path, settings: TranscribeSettings, done: Collection[int] = ()
) -> Iterator[Progress | Plan | Chunk]:
    """Transcribe a recording: progress, then its plan, then a chunk at a time, in order.

    A chunk's text depends on its sound and the settings alone, so that a run that goes on after
    some chunks gives the same text as an unbroken one.

    Args:
        path: The sound file.
        settings: How to transcribe.
        done: Numbers of chunks that are not to be heard again.

    Raises:
        WrongUseError: The file cannot be read (K901 to K906), the language is not known (K907), or
            there is no model of that name (K910).
        MissingComponentError: The sound parts are not installed (K900), or no model is (K911).
    """
    whisper_language(settings.language)
    engine = load_engine(find_model(settings.model), settings.beams)
    yield from transcribe_with(engine, path, settings, done)


def transcribe_with(
    engine: Transcriber, path: Path, settings: TranscribeSettings, done: Collection[int] = ()
) -> Iterator[Progress | Plan | Chunk]:
    """As `transcribe_recording`, with an engine that is loaded already."""
    detector = engine.detector()
    fingerprint = run_fingerprint(engine, detector, settings)
    survey = yield from survey_recording(path, detector)
    bounds = tuple((chunk.start_ms, chunk.end_ms) for chunk in survey.chunks)
    yield Plan(survey.duration_ms, survey.speech, bounds, fingerprint, survey.broken)
    todo = [chunk for chunk in survey.chunks if chunk.number not in done]
    sounds = cut_out(path, survey.gain, [bounds[chunk.number] for chunk in todo])
    for planned, samples in zip(todo, sounds, strict=True):
        yield _Listener(engine, settings, planned, samples).chunk(fingerprint)


def run_fingerprint(
    engine: Transcriber, detector: SpeechDetector, settings: TranscribeSettings
) -> str:
    """What a text of this run depends on beside its sound, in words."""
    parts = [engine.fingerprint, detector.fingerprint, settings.language, f"seed {settings.seed}"]
    if settings.glossary:
        import hashlib

        digest = hashlib.sha256(settings.glossary.encode()).hexdigest()
        parts.append(f"glossary {digest[:8]}")
    return "; ".join(parts)


class _Listener:
    """One chunk: what is heard in it, with every guard."""

    def __init__(
        self,
        engine: Transcriber,
        settings: TranscribeSettings,
        planned: PlannedChunk,
        samples: Samples,
    ) -> None:
        self._engine = engine
        self._settings = settings
        self._planned = planned
        self._samples = samples
        self._dropped: list[Dropped] = []
        self._tries = 0

    def chunk(self, fingerprint: str) -> Chunk:
        """The chunk with its text; all of its speech is either text or marked as unclear."""
        planned = self._planned
        segments = self._without_loops(self._hear(planned.start_ms, planned.end_ms))
        gaps = guards.uncovered_speech(planned.speech, segments)
        segments += [segment for gap in gaps for segment in self._second_try(gap)]
        is_text = any(segment.words for segment in segments)
        return Chunk(
            planned.number,
            planned.start_ms,
            planned.end_ms,
            ChunkState.TEXT if is_text else ChunkState.UNCLEAR,
            guards.in_order(segments) if is_text else (),
            self._tries,
            fingerprint,
            tuple(self._dropped),
        )

    def _hear(self, start_ms: int, end_ms: int, *, relaxed: bool = False) -> list[Segment]:
        """What the engine says of a part of the chunk, without markup and invented text."""
        first, last = ((at - self._planned.start_ms) * RATE // 1_000 for at in (start_ms, end_ms))
        seed = self._settings.seed + self._planned.number * _SEEDS_A_CHUNK + self._tries
        self._tries += 1
        asked = Asked(
            whisper_language(self._settings.language),
            self._settings.glossary[:LONGEST_PROMPT],
            seed,
            relaxed,
        )
        told = guards.moved(self._engine.hear(self._samples[first:last], asked), start_ms)
        clean, markup = guards.without_markup(told)
        kept, invented = guards.within_speech(clean, self._planned.speech)
        self._dropped += markup + invented
        return kept

    def _without_loops(self, segments: list[Segment]) -> list[Segment]:
        for _ in range(MOST_LOOPS):
            words = [word for segment in segments for word in segment.words]
            loop = guards.find_loop(words)
            if loop is None:
                return segments
            cut, (start, end) = guards.cut_loop(segments, loop)
            start = max(start, self._planned.start_ms)
            end = min(max(end, start + 1), self._planned.end_ms)
            again = self._hear(start, end)
            if guards.is_spoken_list(words, [word for other in again for word in other.words]):
                return segments
            self._dropped.append((guards.LOOP, start, end))
            segments = cut
        return segments

    def _second_try(self, gap: Stretch) -> list[Segment]:
        """What is heard in speech that gave no text, alone and with open gates, else a mark."""
        start, end = gap
        heard = self._hear(start, end, relaxed=True)
        words = [word for segment in heard for word in segment.words]
        if guards.find_loop(words):
            self._dropped.append((guards.LOOP, start, end))
            words = []
        believed = sum(word.probability for word in words) / len(words) if words else 0.0
        if believed < LEAST_PROBABILITY:
            return [Segment(start, end, ())]
        left = guards.uncovered_speech([gap], heard)
        return heard + [Segment(first, last, ()) for first, last in left]
