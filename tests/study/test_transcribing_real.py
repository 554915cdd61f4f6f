"""The real line: an mp3, a real model in a child process, a source with voices, a quote heard."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kodebok.coding.hearing import mark_heard, unheard_quotes
from kodebok.coding.quoting import choose_quote
from kodebok.domain.text import find_folded
from kodebok.jobs.players import open_player
from kodebok.storage import recordings, sounding, sources
from kodebok.storage.integrity import check_store
from kodebok.study.clips import clip_bytes
from kodebok.study.opening import Study, create_study
from kodebok.study.playing import find_passage, recording_of, stretch_of
from kodebok.study.recorded import SoundRequest, admit_sound
from kodebok.study.sound_files import sound_path
from kodebok.study.transcribing import transcribe
from kodebok.transcribe.models import InstalledModel
from tests.study.test_transcribing import digest, lines
from tests.transcribe.sounds import INTERVIEW, interview_turns


def admit(study: Study, model: InstalledModel) -> str:
    request = SoundRequest("nb", 2, {"model": model.name}, name="I1", case="Informant 1")
    return admit_sound(study, INTERVIEW, request).recording.id


def finish(study: Study, recording_id: str) -> str:
    *_, last = transcribe(study, recording_id)
    assert last.source is not None
    return last.source.id


def test_a_real_recording_broken_off_and_resumed_becomes_the_same_source_to_the_byte(
    tmp_path: Path, faster_model: InstalledModel
) -> None:
    with create_study(tmp_path / "a", "A", coder="Kari") as whole:
        unbroken = digest(whole, finish(whole, admit(whole, faster_model)))
    with create_study(tmp_path / "b", "B", coder="Kari") as study:
        recording_id = admit(study, faster_model)
        progress = transcribe(study, recording_id)
        while not next(progress).chunk:
            pass
        progress.close()
        assert len(recordings.load_chunks(study.store, recording_id)) == 1
        source_id = finish(study, recording_id)
        assert digest(study, source_id) == unbroken
        check_the_source(study, source_id)


def check_the_source(study: Study, source_id: str) -> None:
    assert check_store(study.store) == []
    told = lines(study, source_id)
    assert {line.split(":")[0] for line in told} == {"Stemme 1", "Stemme 2"}
    first = interview_turns()[0]
    assert told[0] == f"Stemme 1: {first['text']}"
    text = sources.load_text(study.store, source_id)
    times = sounding.load_word_times(study.store, source_id)
    assert " ".join(text[t.start : t.end] for t in times) == " ".join(text.split())
    (span,) = find_folded(text, "Det var ganske tungt i begynnelsen.")
    quote = choose_quote(study.store, study.coder.id, source_id, span)
    assert unheard_quotes(study.store) == [quote]
    start, end = stretch_of(study.store, find_passage(study.store, "1"))
    truth = next(turn for turn in interview_turns() if turn["text"].startswith("Det var ganske"))
    assert abs(start / 1_000 - truth["start"]) < 0.5
    assert abs(end / 1_000 - truth["end"]) < 0.5
    sound = sound_path(study.folder, recording_of(study.store, source_id))
    assert len(clip_bytes(sound, (start, end), [], "wav")) == pytest.approx(
        (end - start) * 48 * 2, rel=0.01
    )
    if shutil.which("mpv"):
        player = open_player(sound, ("--ao=null",))
        player.seek(start)
        assert abs(player.position_ms - start) <= 60
        player.close()
    assert mark_heard(study.store, study.coder.id, source_id, span)
    assert unheard_quotes(study.store) == []
