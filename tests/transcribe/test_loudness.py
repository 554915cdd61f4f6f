"""A phone on the table and a clip-on microphone come to the same loudness."""

from __future__ import annotations

import numpy as np
import pytest

from kodebok.transcribe.decoding import RATE
from kodebok.transcribe.loudness import LoudnessMeter, normalised
from tests.transcribe.sounds import tone


def level_db(samples: np.ndarray) -> float:
    return float(10 * np.log10(np.mean(samples.astype(np.float64) ** 2)))


def at_one_loudness(samples: np.ndarray) -> np.ndarray:
    meter = LoudnessMeter()
    blocks = np.array_split(samples, 7)
    for block in blocks:
        meter.take(block)
    assert meter.samples == len(samples)
    return np.concatenate(list(normalised(blocks, meter.gain())))


@pytest.mark.parametrize("level", [0.004, 0.05, 0.9])
def test_quiet_and_loud_recordings_come_to_the_same_level(level):
    assert level_db(at_one_loudness(tone(10, level=level))) == pytest.approx(-23, abs=0.5)


def test_long_pauses_do_not_make_the_speech_louder():
    speech = tone(4, level=0.2)
    alone = at_one_loudness(speech)
    with_pauses = at_one_loudness(np.concatenate([speech, np.zeros(RATE * 30, np.float32)]))
    assert with_pauses[: len(speech)] == pytest.approx(alone, abs=0.01)


def test_a_bang_is_cut_off_at_full_scale():
    samples = tone(10, level=0.01)
    samples[RATE] = 0.9
    assert np.abs(at_one_loudness(samples)).max() == 1.0


def test_silence_stays_silence():
    assert not at_one_loudness(np.zeros(RATE * 2, np.float32)).any()
