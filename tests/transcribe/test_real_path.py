"""From an mp3 to words with times, by real models: what a student gets for a real recording."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from benchmarks.spoken_interviews import wrong_words
from kodebok.domain.speech import Chunk, ChunkState
from kodebok.errors import WrongUseError
from kodebok.transcribe import engine_whisper
from kodebok.transcribe.engine import Asked, load_engine
from kodebok.transcribe.settings import TranscribeSettings
from kodebok.transcribe.stage import Plan, transcribe_recording
from tests.architecture.test_no_network import GUARDED
from tests.transcribe.sounds import INTERVIEW, interview_turns, read_samples, tone, write_sound

ROOT = Path(__file__).parents[2]


@cache
def run_by_name(path, name, done, settings):
    return list(transcribe_recording(path, TranscribeSettings(name, **dict(settings)), done))


def run(path, model, done=(), **settings):
    """What the stage hands out: the plan, and the chunks; kept for the next test."""
    given = run_by_name(path, model.name, tuple(done), tuple(settings.items()))
    [plan] = [thing for thing in given if isinstance(thing, Plan)]
    return plan, [thing for thing in given if isinstance(thing, Chunk)]


def all_words(chunks):
    return [w for chunk in chunks for segment in chunk.segments for w in segment.words]


def test_an_interview_is_written_down_with_the_time_of_every_word(model):
    plan, chunks = run(INTERVIEW, model)
    turns = interview_turns()
    text = " ".join(word.text for word in all_words(chunks))
    wrong, said = wrong_words(" ".join(turn["text"] for turn in turns), text)
    assert wrong / said < 0.1
    assert "Det var ganske tungt i begynnelsen." in text
    starts = np.array([word.start_ms for word in all_words(chunks)]) / 1_000
    truth = np.array([start for turn in turns for start in turn["words"]])
    off = np.abs(starts[:, None] - truth[None, :]).min(axis=1)
    assert np.median(off) < 0.1
    assert [chunk.number for chunk in chunks] == list(range(len(plan.chunks)))
    assert all(0 <= word.probability <= 1 for word in all_words(chunks))


def test_every_stretch_of_speech_is_text_or_marked_as_unclear(model):
    plan, chunks = run(INTERVIEW, model)
    assert [(chunk.start_ms, chunk.end_ms) for chunk in chunks] == list(plan.chunks)
    for start, end in plan.speech:
        told = [s for chunk in chunks for s in chunk.segments] or chunks
        assert any(s.start_ms < end + 700 and start - 700 < s.end_ms for s in told)


def test_a_run_that_was_broken_off_gives_the_same_text_as_an_unbroken_one(model):
    plan, chunks = run(INTERVIEW, model)
    _again, rest = run(INTERVIEW, model, done=[0])
    assert len(plan.chunks) > 1
    assert rest == chunks[1:]


def test_silence_and_noise_give_no_text(model, tmp_path):
    rng = np.random.default_rng(1)
    noise = (rng.standard_normal(16_000 * 20) * 0.01).astype(np.float32)
    for name, samples in {"stille": noise * 0, "sus": noise, "tone": tone(20)}.items():
        path = write_sound(tmp_path / f"{name}.wav", samples, rate=16_000, channels=1)
        plan, chunks = run(path, model)
        assert not all_words(chunks), name
        assert len(chunks) == len(plan.chunks)
        assert all(chunk.state is ChunkState.UNCLEAR for chunk in chunks)


def test_the_engine_alone_says_nothing_of_silence(model):
    engine = load_engine(model, beams=1)
    told = engine.hear(np.zeros(16_000 * 10, np.float32), Asked("no"))
    assert not [segment for segment in told if segment.text]


def test_the_same_seed_gives_the_same_text_when_whisper_samples(whisper_model, monkeypatch):
    engine = load_engine(whisper_model, beams=1)
    monkeypatch.setitem(engine_whisper._OPEN_GATES, "temperature", (1.0,))
    samples = read_samples(INTERVIEW)[: 16_000 * 8]
    told = [engine.hear(samples, Asked("no", seed=seed, relaxed=True)) for seed in (7, 8, 9, 10, 7)]
    assert told[0] == told[-1]
    assert any(other != told[0] for other in told)


def test_sound_that_is_hard_to_hear_gives_the_same_text_each_time(model):
    engine = load_engine(model, beams=1)
    speech = read_samples(INTERVIEW)[: 16_000 * 8]
    noise = np.random.default_rng(2).standard_normal(len(speech)).astype(np.float32)
    hard = speech * 0.3 + noise * 0.05
    first = engine.hear(hard, Asked("no", seed=1))
    engine.hear(speech, Asked("no", seed=2))
    assert engine.hear(hard, Asked("no", seed=1)) == first


def test_the_fingerprint_names_model_engine_speech_detector_and_settings(model):
    plan, chunks = run(INTERVIEW, model, beams=1, glossary="Bergen")
    for part in (model.name, "silero", "1 beams", "glossary", "; no;"):
        assert part in plan.engine
    assert {chunk.engine for chunk in chunks} == {plan.engine}
    other, _chunks = run(INTERVIEW, model, beams=1, language="nn", done=range(99))
    assert other.engine != plan.engine


def test_a_language_that_whisper_does_not_know_is_refused_before_anything_is_loaded(model):
    with pytest.raises(WrongUseError, match="K907"):
        run(INTERVIEW, model, language="klingon")


def test_nb_is_a_name_for_what_whisper_calls_no(model):
    assert run(INTERVIEW, model, language="nb", done=range(99))[0].chunks


def test_whisper_itself_loads_the_checkpoint_and_gives_word_times(whisper_model):
    import whisper

    loaded = whisper.load_model(str(whisper_model.weights_path))
    told = loaded.transcribe(
        read_samples(INTERVIEW)[: 16_000 * 12], language="no", word_timestamps=True, fp16=False
    )
    assert "fortelle" in told["text"]
    assert all(segment["words"] for segment in told["segments"])


def test_the_room_loads_no_heavy_library_before_it_is_asked_to_listen():
    code = (
        "import sys, kodebok.transcribe.stage, kodebok.transcribe.model_add,"
        "kodebok.transcribe.model_download\n"
        "print(*{'torch', 'whisper', 'av', 'faster_whisper', 'ctranslate2'} & set(sys.modules))"
    )
    found = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, encoding="utf-8", check=True
    )
    assert not found.stdout.strip()


def test_transcribing_opens_no_connection(model):
    code = (
        "from pathlib import Path\n"
        "from kodebok.transcribe.stage import *\n"
        f"settings = TranscribeSettings({model.name!r}, beams=1)\n"
        f"print(len(list(transcribe_recording(Path({str(INTERVIEW)!r}), settings, {{1}}))))\n"
    )
    hook = GUARDED.split("from kodebok", maxsplit=1)[0]
    found = subprocess.run(
        [sys.executable, "-c", hook + code],
        cwd=ROOT,
        env={**os.environ, "KODEBOK_DATA_DIR": str(model.folder.parents[1])},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (found.returncode, found.stderr) == (0, "")
