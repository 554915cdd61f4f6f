"""What a transcription is told: plain values, so that they can be kept and sent elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class TranscribeSettings:
    """How a recording is to be transcribed.

    Attributes:
        model: Name of an installed model.
        language: Code of the language that is spoken, such as `no`, `nn` or `en`.
        glossary: Words that may occur, as a prompt; empty for none. Off by default: the words also
            come where nobody says them.
        beams: How many readings the engine follows at once; 0 for the engine's own choice.
        seed: For the sampling.
    """

    model: str
    language: str = "no"
    glossary: str = ""
    beams: int = 0
    seed: int = 0

    def as_dict(self) -> dict[str, Any]:
        """Plain JSON values."""
        return asdict(self)

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> TranscribeSettings:
        """The inverse of `as_dict`; keys of other owners are passed over."""
        return cls(**{key: values[key] for key in cls.__slots__ if key in values})
