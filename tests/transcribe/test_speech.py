"""Where somebody speaks is found, and nothing of it is lost between two blocks."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kodebok.transcribe.speech import PAD_MS, WINDOW_MS, speech_stretches

probability_lists = st.lists(st.floats(0, 1, width=32), max_size=200).map(
    lambda values: np.array(values, np.float32)
)


def windows(*parts: tuple[int, float]) -> np.ndarray:
    """So many milliseconds of each probability."""
    return np.concatenate([np.full(ms // WINDOW_MS, p, np.float32) for ms, p in parts])


def test_speech_is_found_with_a_little_air_around_it():
    found = speech_stretches(windows((960, 0.1), (1_600, 0.9), (960, 0.1)))
    assert found == [(960 - PAD_MS, 2_560 + PAD_MS)]


def test_a_breath_does_not_end_a_sentence_but_a_pause_does():
    found = speech_stretches(windows((960, 0.9), (160, 0.0), (960, 0.9), (640, 0.0), (960, 0.9)))
    assert len(found) == 2


def test_a_click_is_no_speech():
    assert speech_stretches(windows((960, 0.0), (96, 0.99), (960, 0.0))) == []


def test_a_recording_that_ends_in_the_middle_of_a_word_keeps_the_word():
    found = speech_stretches(windows((960, 0.0), (640, 0.9)))
    assert found == [(960 - PAD_MS, 1_600)]


@given(probability_lists)
def test_stretches_come_in_order_and_never_overlap(probabilities):
    found = speech_stretches(probabilities)
    borders = [border for stretch in found for border in stretch]
    assert borders == sorted(borders)
    assert all(start < end for start, end in found)
    assert not found or (found[0][0] >= 0 and found[-1][1] <= len(probabilities) * WINDOW_MS)


@given(probability_lists)
def test_every_clear_moment_of_a_long_enough_sound_lies_in_a_stretch(probabilities):
    steady = np.repeat(probabilities, 8)  # each lasts 256 ms, longer than a click
    found = speech_stretches(steady)
    for number in np.flatnonzero(steady >= 0.5):
        at = int(number) * WINDOW_MS
        assert any(start <= at < end for start, end in found)
