"""Cutting a stretch out of a sound file, with parts of it silenced, by PyAV."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from kodebok.domain.recording import Stretch
from kodebok.errors import KodebokError, MissingComponentError, WrongUseError
from kodebok.i18n import translator

_ = translator("study")

RATE = 48_000  # samples a second, which every one of the formats takes
_MS = 1_000
# Of each ending: the container, the codec and its sample format.
FORMATS = {
    "wav": ("wav", "pcm_s16le", "s16"),
    "ogg": ("ogg", "libopus", "flt"),
    "mp3": ("mp3", "libmp3lame", "s16p"),
}


def clip_bytes(sound: Path, stretch: Stretch, mute: Sequence[Stretch], ending: str) -> bytes:
    """A stretch of a sound file as a file of its own, in one channel and without any tags.

    Args:
        sound: The file.
        stretch: Which part of it, in milliseconds.
        mute: Parts that are silenced, in milliseconds of the same file.
        ending: `wav`, `ogg` or `mp3`.

    Raises:
        WrongUseError: Another ending.
        MissingComponentError: PyAV is not installed.
        KodebokError: The sound cannot be read, or has nothing there.
    """
    if ending not in FORMATS:
        raise WrongUseError(
            _("a clip cannot have that format"),
            _("let the name end in one of: {choices}", choices=", ".join(FORMATS)),
            "K525",
        )
    try:
        import av
    except ImportError as error:
        raise MissingComponentError(
            _("PyAV, which cuts sound, is not installed"),
            _("install it: pip install 'kodebok[faster]'"),
            "K526",
        ) from error
    try:
        samples = _samples(sound, stretch)
    except av.error.FFmpegError as error:
        raise _unreadable() from error
    if not samples.size:
        raise _unreadable()
    for start, end in mute:
        first, last = (round((at - stretch[0]) * RATE / _MS) for at in (start, end))
        samples[max(first, 0) : max(last, 0)] = 0
    return _encode(samples, *FORMATS[ending])


def _unreadable() -> KodebokError:
    return KodebokError(
        _("the sound could not be read at that place"),
        _("play the file in another program to see whether it is whole"),
        "K527",
    )


def _samples(sound: Path, stretch: Stretch) -> Any:
    """The stretch as 16-bit numbers, one channel, at `RATE`."""
    import av
    import numpy as np

    pieces: list[Any] = []
    begin = None
    with av.open(str(sound)) as container:
        track = container.streams.audio[0]
        container.seek(max(stretch[0] - _MS, 0) * 1_000)
        resampler = av.AudioResampler(format="s16", layout="mono", rate=RATE)
        for frame in container.decode(track):
            for piece in resampler.resample(frame):
                begin = float(frame.time or 0.0) if begin is None else begin
                pieces.append(piece.to_ndarray()[0])
            if frame.time is not None and frame.time * _MS > stretch[1] + _MS:
                break
    joined = np.concatenate(pieces) if pieces else np.zeros(0, dtype=np.int16)
    first, last = (round((at / _MS - (begin or 0.0)) * RATE) for at in stretch)
    return joined[max(first, 0) : max(last, 0)].copy()


def _encode(samples: Any, container: str, codec: str, sample_format: str) -> bytes:
    import av

    out = BytesIO()
    with av.open(out, "w", format=container, options={"fflags": "+bitexact"}) as target:
        track: Any = target.add_stream(codec, rate=RATE, layout="mono")
        track.format = sample_format
        resampler = av.AudioResampler(
            format=sample_format, layout="mono", rate=RATE, frame_size=track.frame_size or 0
        )
        frame = av.AudioFrame.from_ndarray(samples.reshape(1, -1), format="s16", layout="mono")
        frame.sample_rate = RATE
        for piece in (*resampler.resample(frame), *resampler.resample(None)):
            target.mux(track.encode(piece))
        target.mux(track.encode(None))
    return out.getvalue()
