"""Sound files as blocks of samples: 16 kHz, one channel, 32-bit floats between -1 and 1.

PyAV brings the codecs. A file is read as a stream, so that memory does not grow with its length.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from kodebok.errors import KodebokError, WrongUseError
from kodebok.i18n import translator
from kodebok.transcribe.extras import needed

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_ = translator("transcribe")

Samples: TypeAlias = "NDArray[np.float32]"

RATE = 16_000  # samples a second, as every engine wants them
SUFFIXES = (".wav", ".mp3", ".m4a", ".ogg", ".opus", ".flac", ".wma", ".mp4", ".mov")
BLOCK = RATE * 10  # samples of a block
HOLE = RATE // 5  # samples missing between two frames that are filled with silence
# A stretch shorter than what the file says of itself by more than this is missing its end.
SHORT_BY_SECONDS = 0.5
_UNKNOWN_SIZE = 0xFFFF_0000  # recorders that stream write nearly this for want of knowledge
# Containers that know their length exactly; elsewhere it is guessed from the bit rate.
_EXACT = {"wav", "mov,mp4,m4a,3gp,3g2,mj2", "flac", "asf", "w64", "matroska,webm"}


class SoundFile:
    """A file with sound.

    Attributes:
        path: Where it lies.
        told_seconds: How long it says that it is; None when it does not say.
        broken: Whether reading found damage or a missing end; known when `blocks` is used up.

    Raises:
        WrongUseError: K901, no such file; K902, it is empty; K903, it is no sound file, or one
            that cannot be read; K904, it has no sound track; K905, the sound is encrypted or of an
            unknown kind.
        MissingComponentError: K900, PyAV is not installed.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.broken = False
        with self._opened() as container:
            self._lacks_end = _lacks_end(path)
            self.told_seconds = _told_seconds(container)
            self._is_exact = container.format.name in _EXACT or _has_frame_count(path)

    def blocks(self) -> Iterator[Samples]:
        """All of its sound, in blocks of ten seconds; the last is shorter.

        A damaged part is passed over and stands as silence, so that times stay true.

        Raises:
            KodebokError: K906, nothing of the sound could be read.
        """
        import numpy as np

        self.broken = self._lacks_end
        waiting: list[Samples] = []
        count = total = 0
        for piece in self._pieces():
            waiting.append(piece)
            count += len(piece)
            total += len(piece)
            while count >= BLOCK:
                joined = np.concatenate(waiting)
                yield joined[:BLOCK]
                waiting, count = [joined[BLOCK:]], count - BLOCK
        if not total:
            raise KodebokError(
                _("nothing of {name} could be read as sound", name=self.path.name),
                _("play it in another program to see whether it is whole"),
                "K906",
            )
        if count:
            yield np.concatenate(waiting)
        told = self.told_seconds if self._is_exact else None
        if told and total / RATE < told - SHORT_BY_SECONDS:
            self.broken = True

    def _opened(self) -> Any:
        with needed("whisper"):
            import av
        if not self.path.is_file():
            raise WrongUseError(
                _("there is no file {name}", name=self.path.name), _("check the path"), "K901"
            )
        if not self.path.stat().st_size:
            raise WrongUseError(
                _("{name} is empty", name=self.path.name),
                _("copy it again from the recorder"),
                "K902",
            )
        try:
            container = av.open(str(self.path), metadata_errors="ignore")
        except (av.error.FFmpegError, ValueError) as error:
            raise WrongUseError(
                _("{name} cannot be read as sound", name=self.path.name),
                _("kodebok reads {kinds}", kinds=" ".join(s[1:] for s in SUFFIXES)),
                "K903",
            ) from error
        self._check_track(container)
        return container

    def _check_track(self, container: Any) -> None:
        tracks = container.streams.audio
        if not tracks:
            container.close()
            raise WrongUseError(
                _("{name} has no sound track", name=self.path.name),
                _("choose the file with the sound"),
                "K904",
            )
        if tracks[0].codec_context is None:
            container.close()
            raise WrongUseError(
                _("the sound in {name} is encrypted or of an unknown kind", name=self.path.name),
                _("save it as wav or mp3 in the program that made it"),
                "K905",
            )

    def _pieces(self) -> Iterator[Samples]:
        """The frames as samples, with silence where some are missing."""
        import av
        import numpy as np

        with self._opened() as container:
            track = container.streams.audio[0]
            resampler = _Resampler()
            begun = None
            written = 0
            for frame in self._frames(container, track):
                if frame.time is not None:
                    begun = frame.time if begun is None else begun
                    hole = round((frame.time - begun) * RATE) - written - resampler.delay
                    if HOLE < hole < RATE * 3_600:
                        self.broken = True
                        yield np.zeros(hole, np.float32)
                        written += hole
                try:
                    piece = resampler.take(frame)
                except (av.error.FFmpegError, ValueError):
                    self.broken = True
                    continue
                written += len(piece)
                yield piece
            yield resampler.take(None)

    def _frames(self, container: Any, track: Any) -> Iterator[Any]:
        import av

        packets = container.demux(track)
        while True:
            try:
                packet = next(packets, None)
            except (av.error.FFmpegError, OSError):
                self.broken = True
                return
            if packet is None:
                return
            try:
                yield from packet.decode()
            except av.error.EOFError:
                return
            except av.error.FFmpegError:
                self.broken = True


class _Resampler:
    """To 16 kHz and one channel; begins anew when the sound's form changes within a file."""

    def __init__(self) -> None:
        self._form: tuple[Any, ...] = ()
        self._inner: Any = None
        self.delay = 0  # samples given but not yet handed out

    def take(self, frame: Any) -> Samples:
        """What comes out for a frame; None for what is left at the end."""
        import av
        import numpy as np

        made: list[Samples] = []
        if frame is not None:
            form = (frame.format.name, frame.layout.name, frame.sample_rate)
            if form != self._form:
                if self._inner is not None:
                    made += self._out(None)
                self._inner = av.AudioResampler(format="flt", layout="mono", rate=RATE)
                self._form = form
            frame.pts = None
            self.delay += round(frame.samples * RATE / frame.sample_rate)
        if self._inner is not None:
            made += self._out(frame)
        piece = np.concatenate(made) if made else np.zeros(0, np.float32)
        self.delay = max(0, self.delay - len(piece))
        return np.nan_to_num(piece).astype(np.float32)

    def _out(self, frame: Any) -> list[Samples]:
        return [part.to_ndarray().reshape(-1) for part in self._inner.resample(frame)]


def _told_seconds(container: Any) -> float | None:
    if container.duration is None:
        return None
    return max(0.0, float(container.duration) / 1_000_000)


def _lacks_end(path: Path) -> bool:
    """Whether a wav file is shorter than its head says; FFmpeg goes by what is there."""
    with path.open("rb") as file:
        head = file.read(12)
    told = int.from_bytes(head[4:8], "little")
    is_told = head[:4] == b"RIFF" and head[8:] == b"WAVE" and 0 < told < _UNKNOWN_SIZE
    return is_told and path.stat().st_size < told


def _has_frame_count(path: Path) -> bool:
    """Whether an mp3 tells the number of its frames, so that a missing end can be seen."""
    with path.open("rb") as file:
        head = file.read(65_536)
    return b"Xing" in head or b"Info" in head
