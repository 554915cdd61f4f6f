"""Sound files for tests, written by PyAV in each format, and the interview that is kept."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from kodebok.transcribe.decoding import RATE, Samples, SoundFile

FOLDER = Path(__file__).parent / "models"
INTERVIEW = FOLDER / "interview.mp3"
# Container and codec of each kind of file.
CODECS = {
    ".wav": "pcm_s16le",
    ".mp3": "mp3",
    ".m4a": "aac",
    ".ogg": "vorbis",
    ".opus": "libopus",
    ".flac": "flac",
    ".wma": "wmav2",
    ".mp4": "aac",
    ".mov": "aac",
}


def read_samples(path: Path) -> Samples:
    """All samples of a file."""
    return np.concatenate(list(SoundFile(path).blocks()))


def interview_turns() -> list[dict[str, Any]]:
    """What is said in the kept interview: speaker, text, start, end, words' starts; seconds."""
    told: list[dict[str, Any]] = json.loads(
        INTERVIEW.with_suffix(".json").read_text(encoding="utf-8")
    )
    return told


def tone(seconds: float, hertz: float = 440.0, level: float = 0.3) -> Samples:
    """A sine."""
    at = np.arange(round(seconds * RATE)) / RATE
    return (level * np.sin(2 * np.pi * hertz * at)).astype(np.float32)


def write_sound(
    path: Path, samples: Samples, *, rate: int = 44_100, channels: int = 2, bit_rate: int = 64_000
) -> Path:
    """Write a sound file in the format of its suffix.

    Args:
        path: Where to.
        samples: At 16 kHz, one channel.
        rate: Of the file.
        channels: Of the file; both get the same sound.
        bit_rate: Of the file, for formats that have one.
    """
    import av

    codec = CODECS[path.suffix]
    layout = "stereo" if channels == 2 or codec == "vorbis" else "mono"
    rate = 48_000 if codec == "libopus" else rate
    with av.open(str(path), "w") as container:
        # FFmpeg's own vorbis encoder is marked as experimental, and wants two channels.
        track = container.add_stream(
            codec, rate=rate, layout=layout, options={"strict": "experimental"}
        )
        if not codec.startswith(("pcm", "flac")):
            track.bit_rate = bit_rate
        whole = av.AudioFrame.from_ndarray(samples[None, :], format="flt", layout="mono")
        whole.sample_rate = RATE
        size = track.codec_context.frame_size or 1_024
        resampler = av.AudioResampler(track.format.name, layout, rate, frame_size=size)
        for frame in (*resampler.resample(whole), *resampler.resample(None), None):
            container.mux(track.encode(frame))
    return path
