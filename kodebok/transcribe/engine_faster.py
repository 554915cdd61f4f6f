"""The quick engine: faster-whisper on CTranslate2, with weights of 8 bits."""

from __future__ import annotations

import os
from typing import Any

from kodebok.domain.speech import Segment
from kodebok.transcribe.decoding import Samples
from kodebok.transcribe.engine import Asked, segment_of_seconds
from kodebok.transcribe.extras import needed
from kodebok.transcribe.models import InstalledModel
from kodebok.transcribe.speech import SileroOfFaster, SpeechDetector

_COMPUTE = "int8"
# CTranslate2 seeds its random numbers once for each of its threads, so a sampled reading could not
# be had again: it always takes the likeliest one. Loops and gaps are the guards' work.
_GATES = {
    "temperature": (0.0,),
    "compression_ratio_threshold": 2.4,
    "log_prob_threshold": -1.0,
    "no_speech_threshold": 0.6,
}
_OPEN_GATES = {
    "temperature": (0.0,),
    "compression_ratio_threshold": None,
    "log_prob_threshold": None,
    "no_speech_threshold": None,
}


class FasterEngine:
    """A Whisper model by faster-whisper, on the CPU."""

    def __init__(self, model: InstalledModel, beams: int) -> None:
        # Without its tokenizer in the folder faster-whisper would ask a server for one.
        os.environ["HF_HUB_OFFLINE"] = "1"
        with needed("faster"):
            import ctranslate2  # noqa: F401 - named in the error when it is missing
            import faster_whisper
        from importlib.metadata import version

        self._beams = beams
        self._model: Any = faster_whisper.WhisperModel(
            str(model.folder), device="cpu", compute_type=_COMPUTE, local_files_only=True
        )
        self.fingerprint = (
            f"faster-whisper {version('faster-whisper')}, ctranslate2 {version('ctranslate2')} "
            f"{_COMPUTE}, {model.fingerprint}, {beams} beams"
        )

    def detector(self) -> SpeechDetector:
        """faster-whisper's copy of silero."""
        return SileroOfFaster()

    def hear(self, samples: Samples, asked: Asked) -> list[Segment]:
        """See `Transcriber`."""
        told, _about = self._model.transcribe(
            samples,
            language=asked.language,
            task="transcribe",
            word_timestamps=True,
            condition_on_previous_text=False,
            initial_prompt=asked.prompt or None,
            beam_size=self._beams,
            **(_OPEN_GATES if asked.relaxed else _GATES),
        )
        return [_segment(segment) for segment in told if segment.words]


def _segment(told: Any) -> Segment:
    words = ((w.start, w.end, w.word, w.probability) for w in told.words)
    return segment_of_seconds(told.start, told.end, words)
