"""Who speaks when in a recording, and which words are whose."""

from __future__ import annotations

import json
import tracemalloc
from itertools import pairwise, permutations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kodebok.domain.speech import SpokenWord
from kodebok.errors import KodebokError, MissingComponentError, WrongUseError
from kodebok.transcribe.voices import VoiceStretch, find_voices
from kodebok.transcribe.voices_features import speech_frames
from kodebok.transcribe.voices_words import assign_words

SOUND = Path(__file__).parent / "sound"
RATE = 16_000


def true_turns() -> list[dict]:
    return json.loads((SOUND / "three_voices.json").read_text(encoding="utf-8"))


def speech_of(turns) -> list[tuple[int, int]]:
    """The turns as one who hears no difference between voices would divide them."""
    found: list[tuple[int, int]] = []
    for turn in turns:
        start, end = turn["start_ms"] - 80, turn["end_ms"] + 80
        if found and start - found[-1][1] < 500:
            found[-1] = (found[-1][0], end)
        else:
            found.append((max(start, 0), end))
    return found


@pytest.fixture(scope="module")
def samples():
    av = pytest.importorskip("av")
    resampler = av.AudioResampler(format="flt", layout="mono", rate=RATE)
    with av.open(str(SOUND / "three_voices.opus")) as container:
        frames = [f for raw in container.decode(audio=0) for f in resampler.resample(raw)]
    return np.concatenate([frame.to_ndarray()[0] for frame in frames])


def confusion(true: np.ndarray, found: np.ndarray) -> float:
    voices = range(3)
    ways = (np.mean(np.array(order)[found] == true) for order in permutations(voices))
    return 1 - max(ways)


def test_three_voices_of_a_conversation_are_told_apart(samples):
    turns = true_turns()
    found = find_voices(samples, speech_of(turns), 3)
    true = np.full(70_000, -1)
    heard = np.full(70_000, -1)
    for turn in turns:
        true[turn["start_ms"] : turn["end_ms"]] = turn["voice"]
    for stretch in found:
        heard[stretch.start_ms : stretch.end_ms] = stretch.voice
    both = (true >= 0) & (heard >= 0)
    assert both.sum() > 40_000
    assert confusion(true[both], heard[both]) < 0.06


def test_the_words_of_the_conversation_come_as_the_turns_that_were_said(samples):
    turns = true_turns()
    words = [SpokenWord(*word, 0.9) for turn in turns for word in turn["words"]]
    said = assign_words(words, find_voices(samples, speech_of(turns), 3))
    assert [word for turn in said for word in turn.words] == words
    true = np.array([turn["voice"] for turn in turns for _word in turn["words"]])
    heard = np.array([turn.voice for turn in said for _word in turn.words])
    assert confusion(true, heard) < 0.05


def test_the_same_sound_gives_the_same_voices_whole_or_in_blocks_of_any_size(samples):
    speech = speech_of(true_turns())
    whole = find_voices(samples, speech, 3)
    assert find_voices(samples, speech, 3) == whole
    blocks = np.split(samples, [1, 7, 399, 400, 5_000, 48_000, 480_001])
    assert find_voices(iter(blocks), speech, 3) == whole


def test_voices_are_numbered_as_they_first_speak_and_cover_the_speech_alone(samples):
    speech = speech_of(true_turns())
    found = find_voices(samples, speech, 3)
    firsts = list(dict.fromkeys(stretch.voice for stretch in found))
    assert firsts == [0, 1, 2]
    assert_covers(found, speech)


def assert_covers(found, speech):
    assert all(one.end_ms <= other.start_ms for one, other in pairwise(found))
    covered = [ms for s in found for ms in range(s.start_ms, s.end_ms)]
    assert covered == [ms for start, end in speech for ms in range(start, end)]


def test_one_voice_is_all_of_the_speech():
    assert find_voices(np.zeros(0, np.float32), [(0, 900), (1_500, 2_000)], 1) == [
        VoiceStretch(0, 900, 0),
        VoiceStretch(1_500, 2_000, 0),
    ]


def test_no_speech_has_no_voices():
    assert find_voices(np.zeros(RATE, np.float32), [], 3) == []
    assert find_voices(np.zeros(RATE, np.float32), [(500, 500)], 3) == []


def noise(seconds: float, seed: int = 1) -> np.ndarray:
    return np.random.default_rng(seed).standard_normal(int(seconds * RATE)).astype(np.float32) / 9


@pytest.mark.parametrize(
    "sound",
    [
        np.zeros(3 * RATE, np.float32),
        np.sign(np.sin(np.arange(3 * RATE) / 9)).astype(np.float32),
        noise(3),
        np.full(3 * RATE, np.nan, np.float32),
        noise(3) * 1e6,
        noise(0.01),
        np.zeros(0, np.float32),
    ],
    ids=["silence", "clipped", "noise", "not a number", "far too loud", "ten ms", "nothing"],
)
@pytest.mark.parametrize(
    "speech", [[(0, 3_000)], [(0, 30), (40, 1_000), (2_000, 9_000)], [(5, 6)]], ids=range(3)
)
def test_no_sound_is_too_strange(sound, speech):
    found = find_voices(sound, speech, 4)
    assert_covers(found, speech)
    assert {stretch.voice for stretch in found} <= {0, 1, 2, 3}


def test_a_second_of_speech_is_not_too_short_for_three_voices(samples):
    found = find_voices(samples, [(2_000, 3_000)], 3)
    assert_covers(found, [(2_000, 3_000)])


def test_speech_that_overlaps_or_stands_in_disorder_is_put_right(samples):
    speech = [(9_000, 12_000), (1_000, 5_000), (4_000, 6_000), (7_000, 6_500)]
    assert_covers(find_voices(samples, speech, 2), [(1_000, 6_000), (9_000, 12_000)])


def test_the_sound_itself_is_not_kept():
    second = noise(1)
    tracemalloc.start()
    frames = speech_frames((second * (n % 7) for n in range(900)), [(0, 300_000)])
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(frames) == 30_000
    assert peak < 900 * second.nbytes / 3


@pytest.mark.parametrize("voices", [0, -1, 21])
def test_a_number_of_voices_that_cannot_be_is_refused(voices):
    with pytest.raises(WrongUseError) as caught:
        find_voices(noise(1), [(0, 1_000)], voices)
    assert caught.value.code == "K930"


def test_an_unknown_method_is_refused():
    with pytest.raises(WrongUseError) as caught:
        find_voices(noise(1), [(0, 1_000)], 2, method="magic")
    assert caught.value.code == "K931"
    assert "resemblyzer" in caught.value.remedy


@pytest.mark.parametrize("method", ["resemblyzer", "pyannote"])
def test_a_method_whose_extra_is_not_there_says_what_to_install(method, monkeypatch):
    def without(name, *arguments, **keywords):
        if name.partition(".")[0] == method:
            raise ModuleNotFoundError(name, name=method)
        return really_import(name, *arguments, **keywords)

    from kodebok.transcribe import voices_extra

    really_import = voices_extra.import_module
    monkeypatch.setattr(voices_extra, "import_module", without)
    with pytest.raises(MissingComponentError) as caught:
        find_voices(noise(1), [(0, 1_000)], 2, method=method)
    assert f"kodebok[{method}]" in caught.value.remedy


def test_pyannote_reports_its_use_to_nobody(monkeypatch):
    import os

    from kodebok.transcribe import voices_extra

    told: list[str | None] = []

    def watched(name):
        told.append(os.environ.get("PYANNOTE_METRICS_ENABLED"))
        raise ModuleNotFoundError(name, name=name)

    monkeypatch.setenv("PYANNOTE_METRICS_ENABLED", "1")
    monkeypatch.setattr(voices_extra, "import_module", watched)
    with pytest.raises(KodebokError):
        find_voices(noise(1), [(0, 1_000)], 2, method="pyannote")
    assert told == ["0"]


def words(*times: tuple[int, int]) -> list[SpokenWord]:
    return [SpokenWord(start, end, f"ord{n}", 0.9) for n, (start, end) in enumerate(times)]


def voices_of(said) -> list[int | None]:
    return [turn.voice for turn in said for _word in turn.words]


def test_a_word_is_of_the_voice_that_has_most_of_it():
    stretches = [VoiceStretch(0, 1_000, 0), VoiceStretch(1_000, 3_000, 1)]
    said = assign_words(words((0, 700), (900, 1_400), (1_500, 2_900)), stretches)
    assert voices_of(said) == [0, 1, 1]
    assert [(turn.start_ms, turn.end_ms) for turn in said] == [(0, 700), (900, 2_900)]


def test_a_word_outside_all_speech_is_of_the_nearest_voice():
    stretches = [VoiceStretch(0, 1_000, 0), VoiceStretch(9_000, 9_900, 1)]
    said = assign_words(words((1_200, 1_300), (8_000, 8_200), (11_000, 11_100)), stretches)
    assert voices_of(said) == [0, 1, 1]


def test_a_change_of_voice_in_mid_phrase_moves_to_the_pause_beside_it():
    stretches = [VoiceStretch(0, 1_000, 0), VoiceStretch(1_000, 3_000, 1)]
    late = words((0, 400), (400, 700), (900, 980), (980, 1_600), (1_600, 2_000))
    assert voices_of(assign_words(late, stretches)) == [0, 0, 1, 1, 1]
    early = words((0, 400), (400, 990), (990, 1_090), (1_400, 2_000))
    assert voices_of(assign_words(early, stretches)) == [0, 0, 0, 1]


def test_a_splinter_in_the_middle_of_a_phrase_is_smoothed_and_a_short_answer_is_kept():
    stretches = [
        VoiceStretch(0, 1_000, 0),
        VoiceStretch(1_000, 1_200, 1),
        VoiceStretch(1_200, 3_000, 0),
    ]
    splinter = words((0, 1_000), (1_000, 1_200), (1_200, 1_900))
    assert voices_of(assign_words(splinter, stretches)) == [0, 0, 0]
    answer = words((0, 800), (1_000, 1_200), (1_400, 1_900))
    assert voices_of(assign_words(answer, stretches)) == [0, 1, 0]


def test_without_stretches_nobody_is_named():
    assert voices_of(assign_words(words((0, 5), (7, 9)), [])) == [None, None]
    assert assign_words([], [VoiceStretch(0, 5, 0)]) == []


TIMES = st.lists(st.tuples(st.integers(0, 20_000), st.integers(0, 900)), max_size=30)
STRETCHES = st.lists(
    st.tuples(st.integers(0, 20_000), st.integers(1, 4_000), st.integers(0, 3)), max_size=12
)


@settings(deadline=None)
@given(TIMES, STRETCHES)
def test_no_word_is_lost_moved_or_changed(times, stretches):
    given_words = words(*sorted((start, start + length) for start, length in times))
    ordered = [VoiceStretch(s, s + length, voice) for s, length, voice in sorted(stretches)]
    said = assign_words(given_words, ordered)
    assert [word for turn in said for word in turn.words] == given_words
    assert all(one.voice != other.voice for one, other in pairwise(said))
    assert {turn.voice for turn in said} <= ({s.voice for s in ordered} or {None})
