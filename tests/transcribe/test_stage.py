"""What the stage makes of engines that invent, repeat themselves and pass over speech.

The engine is one whose answers the test gives; sound, speech and chunks are real.
"""

from __future__ import annotations

import numpy as np
import pytest

from kodebok.domain.speech import Chunk, ChunkState, Segment, SpokenWord
from kodebok.transcribe import guards
from kodebok.transcribe.decoding import RATE
from kodebok.transcribe.settings import TranscribeSettings
from kodebok.transcribe.speech import WINDOW
from kodebok.transcribe.stage import Plan, transcribe_with
from kodebok.transcribe.survey import Progress
from tests.transcribe.sounds import tone, write_sound

SETTINGS = TranscribeSettings("lært", language="nb", glossary="Bergen", seed=5)


class LoudIsSpeech:
    """Takes every tone for speech."""

    fingerprint = "loud is speech"

    def probabilities(self, blocks):
        samples = np.concatenate(list(blocks))
        windows = np.pad(samples, (0, -len(samples) % WINDOW)).reshape(-1, WINDOW)
        yield (np.abs(windows).max(axis=1) > 0.01).astype(np.float32)


class Answering:
    """Gives the answers that it was given, in order, then none; notes what it was asked."""

    fingerprint = "answering"

    def __init__(self, *answers):
        self.answers = list(answers)
        self.asked = []

    def detector(self):
        return LoudIsSpeech()

    def hear(self, samples, asked):
        self.asked.append((round(len(samples) / RATE, 1), asked))
        return self.answers.pop(0) if self.answers else []


def say(text, start_ms=300, word_ms=300, probability=0.9):
    words = tuple(
        SpokenWord(start_ms + n * word_ms, start_ms + (n + 1) * word_ms, word, probability)
        for n, word in enumerate(text.split())
    )
    return Segment(start_ms, words[-1].end_ms, words)


@pytest.fixture
def recording(tmp_path):
    """One second of silence, then three seconds of sound, twice, then one second of silence."""
    silence, sound = np.zeros(RATE, np.float32), tone(3)
    samples = np.concatenate([silence, sound, silence, sound, silence])
    return write_sound(tmp_path / "opptak.wav", samples, rate=RATE, channels=1)


def chunks_of(recording, engine):
    given = list(transcribe_with(engine, recording, SETTINGS))
    return [thing for thing in given if isinstance(thing, Chunk)]


FULL = "vi møtes hver tirsdag og går gjennom planen hver uke da"


def test_progress_comes_first_then_the_plan_then_the_text(recording):
    given = list(transcribe_with(Answering([say(FULL), say(FULL, 4_300)]), recording, SETTINGS))
    kinds = [type(thing) for thing in given]
    assert kinds == sorted(kinds, key=[Progress, Plan, Chunk].index)
    [plan] = [thing for thing in given if isinstance(thing, Plan)]
    assert plan.duration_ms == 9_000
    assert not plan.broken
    assert [round(start / 500) for start, _end in plan.speech] == [2, 10]


def test_text_for_all_speech_is_taken_as_it_is(recording):
    engine = Answering([say(FULL), say(FULL, 4_300)])
    [chunk] = chunks_of(recording, engine)
    assert [segment.text for segment in chunk.segments] == [FULL, FULL]
    assert chunk.segments[0].start_ms == chunk.start_ms + 300
    assert (chunk.tries, chunk.dropped, chunk.state) == (1, (), ChunkState.TEXT)


def test_the_engine_is_told_language_glossary_and_a_seed_of_the_chunk(recording):
    engine = Answering([say(FULL), say(FULL, 4_300)])
    chunks_of(recording, engine)
    [(_seconds, asked)] = engine.asked
    assert (asked.language, asked.prompt, asked.seed, asked.relaxed) == ("no", "Bergen", 5, False)


def test_speech_without_text_is_tried_again_alone_with_open_gates(recording):
    engine = Answering([say(FULL)], [say("ja det stemmer vel det tror jeg nok også")])
    [chunk] = chunks_of(recording, engine)
    assert [segment.text for segment in chunk.segments] == [
        FULL,
        "ja det stemmer vel det tror jeg nok også",
    ]
    assert chunk.segments[1].start_ms > 5_000
    seconds, asked = engine.asked[1]
    assert asked.relaxed
    assert seconds < 3.5
    assert chunk.tries == 2


def test_speech_that_stays_without_text_is_marked_as_unclear(recording):
    [chunk] = chunks_of(recording, Answering([say(FULL)]))
    text, unclear = chunk.segments
    assert text.text == FULL
    assert unclear.is_unclear
    assert unclear.start_ms == pytest.approx(5_000, abs=200)
    assert unclear.end_ms == pytest.approx(8_000, abs=200)


def test_a_chunk_without_any_text_is_unclear_as_a_whole(recording):
    [chunk] = chunks_of(recording, Answering())
    assert chunk.state is ChunkState.UNCLEAR
    assert chunk.segments == ()


def test_text_of_a_second_try_that_the_engine_hardly_believes_is_unclear(recording):
    engine = Answering([say(FULL)], [say("takk for nå", probability=0.1)])
    [chunk] = chunks_of(recording, engine)
    assert [segment.text for segment in chunk.segments] == [FULL, ""]


def test_text_for_silence_is_dropped_and_its_place_is_noted(tmp_path):
    samples = np.concatenate([tone(3), np.zeros(RATE * 3, np.float32), tone(3)])
    recording = write_sound(tmp_path / "opptak.wav", samples, rate=RATE, channels=1)
    invented = say("Undertekster av Ai-Media", 4_000, 200)
    [chunk] = chunks_of(recording, Answering([say(FULL), invented, say(FULL, 6_000)]))
    assert [segment.text for segment in chunk.segments] == [FULL, FULL]
    assert chunk.dropped == ((guards.NO_SPEECH, 4_000, 4_600),)


def test_a_loop_is_thrown_away_and_its_stretch_is_heard_again(recording):
    loop = say("og så videre " * 8, 4_300, 100)
    engine = Answering([say(FULL), loop], [], [say("nei ikke egentlig vet du hva")])
    [chunk] = chunks_of(recording, engine)
    assert [segment.text for segment in chunk.segments] == [FULL, "nei ikke egentlig vet du hva"]
    assert [why for why, _start, _end in chunk.dropped] == [guards.LOOP]


def test_a_loop_that_comes_back_is_marked_as_unclear(recording):
    loop = [say("og så videre " * 8, 300, 20)]
    engine = Answering([say(FULL), say("og så videre " * 8, 4_300, 20)], loop, loop, loop)
    [chunk] = chunks_of(recording, engine)
    assert [segment.text for segment in chunk.segments if segment.words] == [FULL]
    assert any(segment.is_unclear for segment in chunk.segments)


def test_a_list_that_is_heard_twice_is_kept(recording):
    list_ = "nei " * 9
    engine = Answering([say(FULL), say(list_, 4_300)], [say(list_, 0)])
    [chunk] = chunks_of(recording, engine)
    assert chunk.segments[1].text == list_.strip()
    assert chunk.dropped == ()


def test_settings_come_back_from_plain_values_with_those_of_others_beside_them():
    assert TranscribeSettings.from_dict({**SETTINGS.as_dict(), "speakers": 2}) == SETTINGS
