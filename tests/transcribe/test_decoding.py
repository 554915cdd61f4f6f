"""A recording is read whatever device made it, and as far as it goes when it is damaged."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import numpy as np
import pytest

from kodebok.errors import KodebokError, WrongUseError
from kodebok.transcribe.decoding import BLOCK, RATE, SUFFIXES, SoundFile
from tests.transcribe.sounds import CODECS, read_samples, tone, write_sound

MELODY = (440.0, 660.0, 880.0)


def melody() -> np.ndarray:
    """Three tones of two seconds."""
    return np.concatenate([tone(2, hertz) for hertz in MELODY])


def loudest_hertz(samples: np.ndarray) -> float:
    return float(np.argmax(np.abs(np.fft.rfft(samples))) * RATE / len(samples))


def test_a_test_file_is_written_for_every_format_that_kodebok_reads():
    assert set(CODECS) == set(SUFFIXES)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_every_format_gives_the_same_sound_at_the_same_times(tmp_path, suffix):
    samples = read_samples(write_sound(tmp_path / f"opptak{suffix}", melody()))
    assert len(samples) / RATE == pytest.approx(6, abs=0.06)
    assert samples.dtype == np.float32
    for number, hertz in enumerate(MELODY):
        middle = samples[RATE * (2 * number) + RATE // 2 : RATE * (2 * number + 1) + RATE // 2]
        assert loudest_hertz(middle) == pytest.approx(hertz, abs=2)


@pytest.mark.parametrize(("rate", "channels"), [(8_000, 1), (22_050, 1), (48_000, 2)])
def test_a_phone_and_a_recorder_give_16000_samples_a_second(tmp_path, rate, channels):
    path = write_sound(tmp_path / "opptak.wav", melody(), rate=rate, channels=channels)
    assert len(read_samples(path)) == pytest.approx(6 * RATE, abs=RATE // 50)


def test_a_recording_comes_in_blocks_of_ten_seconds(tmp_path):
    path = write_sound(tmp_path / "opptak.flac", tone(25), rate=RATE, channels=1)
    assert [len(block) for block in SoundFile(path).blocks()] == [BLOCK, BLOCK, BLOCK // 2]


def test_memory_does_not_grow_with_the_length_of_a_recording(tmp_path):
    peaks = []
    for minutes in (1, 10):
        path = tmp_path / f"{minutes}.wav"
        write_sound(path, tone(60 * minutes), rate=RATE, channels=1)
        tracemalloc.start()
        for _block in SoundFile(path).blocks():
            pass
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] * 1.5


def test_a_video_without_sound_is_told_as_such(tmp_path):
    import av

    path = tmp_path / "film.mp4"
    with av.open(str(path), "w") as container:
        track = container.add_stream("mpeg4", rate=25)
        track.width = track.height = 64
        frame = av.VideoFrame.from_ndarray(np.zeros((64, 64, 3), np.uint8), format="rgb24")
        for part in (frame, None):
            container.mux(track.encode(part))
    with pytest.raises(WrongUseError, match="K904"):
        SoundFile(path)


@pytest.mark.parametrize(
    ("content", "code"), [(b"", "K902"), (b"Intervju 4, utskrift\n" * 40, "K903")]
)
def test_what_is_no_sound_is_told_as_such(tmp_path, content, code):
    path = tmp_path / "opptak.mp3"
    path.write_bytes(content)
    with pytest.raises(KodebokError, match=code):
        read_samples(path)


def test_a_file_that_is_not_there_is_told_as_such(tmp_path):
    with pytest.raises(WrongUseError, match="K901"):
        SoundFile(tmp_path / "borte.mp3")


def test_sound_that_is_locked_or_of_an_unknown_kind_is_told_as_such(tmp_path):
    path = write_sound(tmp_path / "ukjent.wav", melody())
    content = bytearray(path.read_bytes())
    place = content.index(b"fmt ") + 8
    content[place : place + 2] = b"\x34\x12"  # a codec that nobody has
    path.write_bytes(content)
    with pytest.raises(WrongUseError, match="K905"):
        read_samples(path)


@pytest.mark.parametrize("suffix", [".wav", ".flac", ".mp3", ".ogg", ".wma"])
def test_a_file_that_was_cut_off_is_read_as_far_as_it_goes(tmp_path, suffix):
    path = write_sound(tmp_path / f"hel{suffix}", tone(40), rate=RATE, channels=1)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    sound = SoundFile(path)
    seconds = sum(len(block) for block in sound.blocks()) / RATE
    assert 12 < seconds < 30
    assert sound.broken or suffix == ".ogg"  # an ogg file does not tell how long it should be


def damaged_in_the_middle(path: Path) -> Path:
    """Overwrites a twentieth of a file, a quarter into it."""
    content = bytearray(path.read_bytes())
    start = len(content) // 4
    content[start : start + len(content) // 20] = b"\xa5" * (len(content) // 20)
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("suffix", [".flac", ".m4a", ".opus"])
def test_a_damaged_part_does_not_move_what_comes_after_it(tmp_path, suffix):
    samples = np.concatenate([tone(20, 440), tone(10, 880)])
    path = write_sound(tmp_path / f"skadet{suffix}", samples, rate=RATE, channels=1)
    read = read_samples(damaged_in_the_middle(path))
    assert len(read) / RATE == pytest.approx(30, abs=0.5)
    assert loudest_hertz(read[RATE * 22 : RATE * 28]) == pytest.approx(880, abs=2)


@pytest.mark.parametrize("suffix", [".mp3", ".flac"])
def test_a_damaged_file_is_said_to_be_damaged(tmp_path, suffix):
    path = write_sound(tmp_path / f"skadet{suffix}", tone(30), rate=RATE, channels=1)
    sound = SoundFile(damaged_in_the_middle(path))
    assert sum(len(block) for block in sound.blocks()) / RATE > 28
    assert sound.broken


def test_a_whole_file_is_not_called_broken(tmp_path):
    for suffix in SUFFIXES:
        sound = SoundFile(write_sound(Path(tmp_path) / f"hel{suffix}", tone(12)))
        assert sum(len(block) for block in sound.blocks())
        assert not sound.broken, suffix
