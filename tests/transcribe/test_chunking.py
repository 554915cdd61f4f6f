"""Speech is cut into chunks of at most 28 seconds, at pauses, and none of it is left out."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kodebok.transcribe.chunking import LONGEST_MS, plan_chunks
from kodebok.transcribe.speech import WINDOW_MS

SURE = np.ones(600_000 // WINDOW_MS, np.float32)


@st.composite
def stretches(draw: st.DrawFn) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    at = 0
    for pause, length in draw(
        st.lists(st.tuples(st.integers(1, 9_000), st.integers(40, 70_000)), max_size=12)
    ):
        found.append((at + pause, at + pause + length))
        at += pause + length
    return found


def joined(parts: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Parts that touch made one again."""
    whole: list[tuple[int, int]] = []
    for start, end in parts:
        if whole and whole[-1][1] == start:
            whole[-1] = (whole[-1][0], end)
        else:
            whole.append((start, end))
    return whole


@given(stretches())
def test_all_speech_is_in_a_chunk_and_no_chunk_is_too_long(speech):
    chunks = plan_chunks(speech, SURE)
    assert [chunk.number for chunk in chunks] == list(range(len(chunks)))
    assert all(chunk.end_ms - chunk.start_ms <= LONGEST_MS for chunk in chunks)
    assert joined([part for chunk in chunks for part in chunk.speech]) == speech


def test_a_chunk_is_as_long_as_it_may_be():
    speech = [(start, start + 4_500) for start in range(0, 60_000, 5_000)]
    assert [chunk.start_ms for chunk in plan_chunks(speech, SURE)] == [0, 25_000, 50_000]


def test_a_longer_pause_is_chosen_over_a_later_one():
    speech = [(0, 20_000), (22_000, 27_000), (27_400, 33_000)]
    assert [chunk.start_ms for chunk in plan_chunks(speech, SURE)] == [0, 22_000]


def test_a_long_silence_ends_a_chunk():
    speech = [(0, 3_000), (9_000, 12_000)]
    assert len(plan_chunks(speech, SURE)) == 2


def test_speech_without_a_pause_is_cut_where_it_sounds_least_like_speech():
    probabilities = SURE.copy()
    probabilities[24_000 // WINDOW_MS] = 0.6
    chunks = plan_chunks([(0, 40_000)], probabilities)
    assert [chunk.start_ms for chunk in chunks] == [0, 24_000]


def test_silence_gives_no_chunk():
    assert plan_chunks([], SURE) == []
