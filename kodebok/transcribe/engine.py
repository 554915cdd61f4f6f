"""What an engine is to the stage: samples in, segments with word times out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

from kodebok.domain.speech import Segment, SpokenWord
from kodebok.errors import WrongUseError
from kodebok.i18n import translator
from kodebok.transcribe.decoding import Samples
from kodebok.transcribe.models import Engine, InstalledModel
from kodebok.transcribe.speech import SpeechDetector

_ = translator("transcribe")

# Those that Whisper has a token for and that interviews in Norway may be held in; others work too.
LANGUAGES = ("no", "nn", "en", "da", "sv", "de", "fr", "es", "pl", "ar", "so", "uk")
_SPOKEN_AS = {"nb": "no"}  # Whisper has one token for bokmål and Norwegian as a whole
LONGEST_PROMPT = 600  # characters; engines take 223 tokens


@dataclass(frozen=True, slots=True)
class Asked:
    """How a stretch is put to an engine.

    Attributes:
        language: Code of the language that is spoken; always given, never guessed.
        prompt: Words that may occur, such as names of places; empty for none.
        seed: For an engine that samples, so that a stretch always gives the same text here.
        relaxed: Whether doubtful text is let through: for a stretch that gave none before.
    """

    language: str
    prompt: str = ""
    seed: int = 0
    relaxed: bool = False


class Transcriber(Protocol):
    """A model that writes down what it hears."""

    @property
    def fingerprint(self) -> str:
        """Program, model and settings: what the same text needs."""
        ...

    def detector(self) -> SpeechDetector:
        """The model that tells where somebody speaks, as this engine brings it."""
        ...

    def hear(self, samples: Samples, asked: Asked) -> list[Segment]:
        """What is said in at most 30 seconds, times in milliseconds from the first sample.

        Args:
            samples: 16 kHz, one channel, between -1 and 1.
            asked: How to listen.
        """
        ...


def load_engine(model: InstalledModel, beams: int) -> Transcriber:
    """The engine for an installed model.

    Args:
        model: From `models.find_model`.
        beams: How many readings are followed at once; more are slower and a little better. 0 for
            what the engine does cheaply.

    Raises:
        MissingComponentError: K900, the engine is not installed.
    """
    return _ENGINES[model.engine](model, beams or _BEAMS[model.engine])


def whisper_language(code: str) -> str:
    """The language as Whisper names it.

    Raises:
        WrongUseError: K907, Whisper does not know it.
    """
    known = _SPOKEN_AS.get(code, code)
    if known not in LANGUAGES:
        raise WrongUseError(
            _("the language {code} is not known here", code=code),
            _("give one of {codes}", codes=" ".join(("nb", *LANGUAGES))),
            "K907",
        )
    return known


def segment_of_seconds(
    start: float, end: float, words: Iterable[tuple[float, float, str, float]]
) -> Segment:
    """A segment as the domain has it, from an engine's seconds and padded words.

    Args:
        start: Of the segment, in seconds.
        end: Of the segment, in seconds.
        words: Start and end in seconds, the word with the space before it, its probability.
    """
    kept = tuple(
        SpokenWord(_ms(begun), _ms(ended), text.strip(), round(float(probability), 3))
        for begun, ended, text, probability in words
        if text.strip()
    )
    return Segment(_ms(start), _ms(end), kept)


def _ms(seconds: float) -> int:
    return round(float(seconds) * 1_000)


def _openai(model: InstalledModel, beams: int) -> Transcriber:
    from kodebok.transcribe.engine_whisper import WhisperEngine

    return WhisperEngine(model, beams)


def _faster(model: InstalledModel, beams: int) -> Transcriber:
    from kodebok.transcribe.engine_faster import FasterEngine

    return FasterEngine(model, beams)


_ENGINES: dict[Engine, Callable[[InstalledModel, int], Transcriber]] = {
    Engine.WHISPER: _openai,
    Engine.FASTER: _faster,
}
# Five beams cost openai-whisper 2.6 times as much as one, CTranslate2 1.15 times.
_BEAMS = {Engine.WHISPER: 1, Engine.FASTER: 5}
