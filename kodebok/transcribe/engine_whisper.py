"""The given engine: openai-whisper."""

from __future__ import annotations

from typing import Any

from kodebok.domain.speech import Segment
from kodebok.transcribe.decoding import Samples
from kodebok.transcribe.engine import Asked, segment_of_seconds
from kodebok.transcribe.extras import needed
from kodebok.transcribe.models import InstalledModel
from kodebok.transcribe.speech import SileroOfTorch, SpeechDetector

# Whisper's own gates and temperatures; `relaxed` takes the likeliest reading as it is.
_GATES = {
    "temperature": (0.0, 0.2, 0.4, 0.6, 0.8, 1.0),
    "compression_ratio_threshold": 2.4,
    "logprob_threshold": -1.0,
    "no_speech_threshold": 0.6,
}
_OPEN_GATES = {
    "temperature": (0.0,),
    "compression_ratio_threshold": None,
    "logprob_threshold": None,
    "no_speech_threshold": None,
}


class WhisperEngine:
    """A Whisper model by openai-whisper, on the CPU unless there is a graphics card."""

    def __init__(self, model: InstalledModel, beams: int) -> None:
        with needed("whisper"):
            import whisper
        from importlib.metadata import version

        self._beams = beams
        self._model: Any = whisper.load_model(str(model.weights_path))
        self._model.eval()
        if model.alignment_heads:
            self._model.register_buffer(
                "alignment_heads", _heads(self._model.dims, model), persistent=False
            )
        self.fingerprint = (
            f"openai-whisper {version('openai-whisper')}, torch {version('torch')}, "
            f"{model.fingerprint}, {beams} beams"
        )

    def detector(self) -> SpeechDetector:
        """silero-vad's own model."""
        return SileroOfTorch()

    def hear(self, samples: Samples, asked: Asked) -> list[Segment]:
        """See `Transcriber`."""
        import torch

        torch.manual_seed(asked.seed)
        told = self._model.transcribe(
            samples,
            language=asked.language,
            task="transcribe",
            word_timestamps=True,
            condition_on_previous_text=False,
            initial_prompt=asked.prompt or None,
            beam_size=self._beams if self._beams > 1 else None,
            fp16=self._model.device.type == "cuda",
            verbose=None,
            **(_OPEN_GATES if asked.relaxed else _GATES),
        )
        return [_segment(segment) for segment in told["segments"] if segment["words"]]


def _heads(dims: Any, model: InstalledModel) -> Any:
    import torch

    heads = torch.zeros(dims.n_text_layer, dims.n_text_head, dtype=torch.bool)
    for layer, head in model.alignment_heads:
        heads[layer, head] = True
    return heads.to_sparse()


def _segment(told: dict[str, Any]) -> Segment:
    words = ((w["start"], w["end"], w["word"], w["probability"]) for w in told["words"])
    return segment_of_seconds(told["start"], told["end"], words)
