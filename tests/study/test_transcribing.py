"""From a sound file to a source: nothing is lost, whatever breaks, and the text is the same."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kodebok.domain.recording import RecordingState
from kodebok.domain.source import SourceType
from kodebok.domain.verbatim import MarkKind
from kodebok.errors import KodebokError, WrongUseError
from kodebok.storage import recordings, sounding, sources
from kodebok.storage.codings import load_codings
from kodebok.storage.history import redo, undo
from kodebok.storage.integrity import check_store
from kodebok.study.opening import Study, create_study, open_study
from kodebok.study.recorded import (
    SoundRequest,
    admit_sound,
    begin_anew,
    known_recording,
    list_recordings,
)
from kodebok.study.transcribing import Step, transcribe, transcribe_all
from tests.builders import add_code, add_interview, code_passage
from tests.study.fake_sound import ROOT, SOUND, use_fake_stages


@pytest.fixture(autouse=True)
def _fake(monkeypatch: pytest.MonkeyPatch) -> None:
    use_fake_stages(monkeypatch)
    monkeypatch.setenv("KODEBOK_LANG", "nb")


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    with create_study(tmp_path / "study", "Prøve", coder="Kari") as made:
        yield made


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    path = tmp_path / "Kari Nordmann 12. mai.m4a"
    path.write_text(SOUND, encoding="utf-8")
    return path


def make(study: Study, sound: Path, **asked: object) -> str:
    """Take a file in and transcribe it; the id of its source."""
    known = admit_sound(study, sound, SoundRequest(**asked))
    *_, last = transcribe(study, known.recording.id)
    assert last.source is not None
    return last.source.id


def lines(study: Study, source_id: str) -> list[str]:
    text = sources.load_text(study.store, source_id)
    labels = {s.id: s.label for s in sources.load_speakers(study.store, source_id)}
    return [
        f"{labels.get(turn.speaker_id or '', '')}: {text[turn.start : turn.end]}"
        for turn in sources.load_turns(study.store, source_id)
    ]


def digest(study: Study, source_id: str) -> str:
    """Of all that a source is made of, ids aside."""
    store = study.store
    times = [
        (t.start, t.end, t.start_ms, t.end_ms, t.probability)
        for t in sounding.load_word_times(store, source_id)
    ]
    marks = [(m.start, m.end, m.kind, m.value) for m in sounding.load_marks(store, source_id)]
    whole = json.dumps([lines(study, source_id), times, marks])
    return hashlib.sha256(whole.encode()).hexdigest()


def test_a_sound_file_becomes_a_source_with_its_voices_in_the_order_they_speak(
    study: Study, sound: Path
) -> None:
    source_id = make(study, sound, speakers=2, case="Informant 1", name="I1")
    assert lines(study, source_id) == [
        "Stemme 1: hva er du mest fornøyd med",
        (
            "Stemme 2: det er morgenmøtet der sitter tverr tverrfagligheten hvis du spør meg "
            "[uklart 00:00:30]"
        ),
        "Stemme 1: hva med de andre møtene",
        "Stemme 2: de andre er det færre som kommer på",
    ]
    source = sources.load_source(study.store, source_id)
    assert (source.name, source.type, source.finished) == ("I1", SourceType.INTERVIEW, True)
    assert source.case_id
    turns = sources.load_turns(study.store, source_id)
    assert [turn.start_ms for turn in turns] == [0, 10_000, 40_000, 50_000]
    assert turns[0].end_ms == 2_950
    assert check_store(study.store) == []


def test_without_voices_a_new_turn_begins_after_a_silence(study: Study, sound: Path) -> None:
    source_id = make(study, sound)
    assert lines(study, source_id)[:2] == [
        ": hva er du mest fornøyd med",
        ": det er morgenmøtet der sitter tverr tverrfagligheten",
    ]


def test_every_word_has_its_time_and_what_is_unclear_its_mark(study: Study, sound: Path) -> None:
    source_id = make(study, sound, speakers=2)
    text = sources.load_text(study.store, source_id)
    times = sounding.load_word_times(study.store, source_id)
    assert " ".join(text[t.start : t.end] for t in times).split() == text.split()
    assert {text[t.start : t.end] for t in times if t.probability < 0.5} == {
        "færre",
        "[uklart 00:00:30]",
    }
    marks = sounding.load_marks(study.store, source_id)
    kinds = {mark.kind: text[mark.start : mark.end] for mark in marks}
    assert kinds[MarkKind.UNCLEAR] == "[uklart 00:00:30]"
    assert kinds[MarkKind.CUT] == "tverr"
    pause = next(mark for mark in marks if mark.kind is MarkKind.PAUSE)
    assert (pause.value, text[: pause.start].split()[-1]) == ("6550", "tverrfagligheten")


def test_the_copy_in_the_study_does_not_bear_the_name_of_the_person(
    study: Study, sound: Path
) -> None:
    make(study, sound, name="I1")
    (kept,) = (study.folder / "audio").iterdir()
    assert kept.read_bytes() == sound.read_bytes()
    assert "Kari" not in kept.name
    assert kept.suffix == ".m4a"


def test_a_file_that_is_left_in_its_place_is_not_copied(study: Study, sound: Path) -> None:
    make(study, sound, in_place=True)
    assert not list((study.folder / "audio").iterdir())


def test_the_same_file_under_another_name_is_known(study: Study, sound: Path) -> None:
    source_id = make(study, sound)
    again = sound.with_name("kopi.m4a")
    again.write_bytes(sound.read_bytes())
    known = admit_sound(study, again, SoundRequest())
    assert known.state is RecordingState.FINISHED
    assert known.source_id == source_id
    assert list(transcribe(study, known.recording.id)) == []
    assert len(list_recordings(study.store)) == 1


def test_progress_tells_what_was_heard_and_how_much_is_left(study: Study, sound: Path) -> None:
    known = admit_sound(study, sound, SoundRequest(speakers=2, settings={"broken": 1}))
    told = list(transcribe(study, known.recording.id))
    assert [p.step for p in told if p.step is not Step.TEXT] == [
        *(Step.SPEECH, Step.SPEECH, Step.VOICES, Step.SOURCE)
    ]
    heard = [p for p in told if p.chunk]
    assert [p.done_ms for p in heard] == [9_000 * n for n in range(1, 7)]
    assert {p.total_ms for p in heard} == {54_000}
    assert heard[-1].left_s == 0
    assert any(p.doubts for p in told)


def test_what_was_heard_is_kept_when_the_student_stops_and_the_rest_follows(
    study: Study, sound: Path
) -> None:
    whole = digest(study, make(study, sound, speakers=2))
    undo(study.store, study.coder.id)
    known = list_recordings(study.store)[0]
    begin_anew(study, known.recording.id, SoundRequest(speakers=2))
    progress = transcribe(study, known.recording.id)
    while not (step := next(progress)).chunk or step.chunk.number < 2:
        pass
    progress.close()
    assert known_recording(study.store, known.recording.id).state is RecordingState.BEGUN
    *_, last = transcribe(study, known.recording.id)
    assert last.source is not None
    assert digest(study, last.source.id) == whole


def test_undo_takes_back_the_source_and_keeps_the_hours_of_work(study: Study, sound: Path) -> None:
    source_id = make(study, sound, speakers=2)
    whole = digest(study, source_id)
    undo(study.store, study.coder.id)
    known = list_recordings(study.store)[0]
    assert known.state is RecordingState.HEARD
    again = list(transcribe(study, known.recording.id))
    assert [p.step for p in again] == [Step.SOURCE]
    assert again[0].source is not None
    assert digest(study, again[0].source.id) == whole


def test_redo_brings_the_source_back(study: Study, sound: Path) -> None:
    source_id = make(study, sound, speakers=2)
    whole = digest(study, source_id)
    undo(study.store, study.coder.id)
    redo(study.store, study.coder.id)
    assert digest(study, source_id) == whole
    assert list_recordings(study.store)[0].state is RecordingState.FINISHED


def test_a_source_that_was_removed_can_be_transcribed_anew(study: Study, sound: Path) -> None:
    source_id = make(study, sound, speakers=2)
    whole = digest(study, source_id)
    with study.store.act("source.remove", study.coder.id) as act:
        sources.remove_source(act, source_id)
    known = list_recordings(study.store)[0]
    assert known.state is RecordingState.BEGUN
    *_, last = transcribe(study, known.recording.id)
    assert last.source is not None
    assert digest(study, last.source.id) == whole


def test_the_student_codes_on_meanwhile_and_undoes_her_own_act(study: Study, sound: Path) -> None:
    other = add_interview(study.store)
    code = add_code(study.store, "Møter")
    request = SoundRequest(speakers=2, settings={"pace": 0.05})
    known = admit_sound(study, sound, request)
    with open_study(study.folder) as beside:
        for told in transcribe(study, known.recording.id):
            if told.chunk is not None:
                coding = code_passage(beside.store, other, code, "Vi møtes hver onsdag")
                assert undo(beside.store, beside.coder.id).subject == coding
                code_passage(beside.store, other, code, "Vi møtes")
        assert len(load_codings(beside.store, other)) == 6
    assert told.source is not None


def test_words_stand_in_the_source_alone_once_it_is_made(study: Study, sound: Path) -> None:
    make(study, sound)
    assert not study.store.rows("SELECT 1 FROM chunks WHERE segments LIKE '%morgenm%'")


def test_one_that_fails_does_not_stop_the_others(study: Study, tmp_path: Path) -> None:
    ids = []
    for name, text in (("a.wav", "0> ja\nDIE\n"), ("b.wav", "0> nei\n")):
        (tmp_path / name).write_text(text, encoding="utf-8")
        ids.append(admit_sound(study, tmp_path / name, SoundRequest()).recording.id)
    told = list(transcribe_all(study, ids))
    failed = [p for p in told if p.step is Step.FAILED]
    assert [p.error.code for p in failed if p.error] == ["K940"]
    assert [known.state for known in list_recordings(study.store)] == [
        RecordingState.BEGUN,
        RecordingState.FINISHED,
    ]
    assert recordings.load_chunks(study.store, ids[0])[0].segments


def test_a_recording_is_no_source_while_speech_is_uncovered(study: Study, tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    path.write_text("0> ja\nDIE\n0> nei\n", encoding="utf-8")
    known = admit_sound(study, path, SoundRequest())
    with pytest.raises(KodebokError, match="K940"):
        list(transcribe(study, known.recording.id))
    assert sources.load_sources(study.store) == []
    kept = study.folder / recordings.load_recording(study.store, known.recording.id).path
    kept.with_suffix(".alive").touch()
    assert list(transcribe(study, known.recording.id))[-1].source


def test_another_model_cannot_go_on_where_one_stopped(study: Study, tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    path.write_text("0> ja\nDIE\n", encoding="utf-8")
    recording = admit_sound(study, path, SoundRequest()).recording
    with pytest.raises(KodebokError, match="K940"):
        list(transcribe(study, recording.id))
    recordings.write_request(study.store, recording.id, "nn", 0, {})
    with pytest.raises(WrongUseError, match="K952"):
        list(transcribe(study, recording.id))


def test_a_silent_recording_is_said_to_be_silent(study: Study, tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    path.write_text("\n", encoding="utf-8")
    known = admit_sound(study, path, SoundRequest())
    *_, last = transcribe(study, known.recording.id)
    assert last.source is not None
    assert lines(study, last.source.id) == [": [uklart 00:00:00]"]


@pytest.mark.parametrize("bad", [-1, 21])
def test_a_number_of_voices_that_makes_no_sense_is_refused(
    study: Study, sound: Path, bad: int
) -> None:
    with pytest.raises(WrongUseError, match="K950"):
        admit_sound(study, sound, SoundRequest(speakers=bad))


def test_a_file_that_is_not_there_or_empty_is_refused(study: Study, tmp_path: Path) -> None:
    (tmp_path / "tom.wav").touch()
    for name in ("tom.wav", "borte.wav"):
        with pytest.raises(WrongUseError, match="K954"):
            admit_sound(study, tmp_path / name, SoundRequest())


def test_sound_that_was_moved_away_is_missed(study: Study, sound: Path) -> None:
    known = admit_sound(study, sound, SoundRequest(in_place=True))
    sound.rename(sound.with_name("annet.m4a"))
    with pytest.raises(WrongUseError, match="K957"):
        list(transcribe(study, known.recording.id))


RUN = """
import sys
from pathlib import Path
from kodebok.jobs.stages import STAGES
from kodebok.study.opening import open_study
from kodebok.study.recorded import list_recordings
from kodebok.study.transcribing import transcribe
for name in ("transcribe", "voices"):
    STAGES[name] = f"tests.study.fake_sound:{name}"
with open_study(Path(sys.argv[1])) as study:
    for told in transcribe(study, list_recordings(study.store)[0].recording.id):
        print(told.step, told.chunk.number if told.chunk else "-", flush=True)
"""


def run_until(folder: Path, line: str) -> None:
    """Transcribe in a process of its own, which is killed the moment it has said `line`."""
    parent = subprocess.Popen(
        [sys.executable, "-c", RUN, str(folder)], stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    assert parent.stdout is not None
    for said in parent.stdout:
        if said.strip() == line:
            break
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    parent.stdout.close()


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9")
@pytest.mark.parametrize("where", ["speech -", "text 0", "text 3", "text 5", "voices -"])
def test_killed_in_any_stage_and_resumed_it_gives_the_same_to_the_byte(
    study: Study, sound: Path, where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = digest(study, make(study, sound, speakers=2))
    other = create_study(study.folder.parent / "other", "Andre", coder="Kari")
    other.close()
    monkeypatch.setenv("FAKE_VOICES_S", "0.5")
    with open_study(other.folder) as opened:
        request = SoundRequest(speakers=2, settings={"pace": 0.05})
        recording_id = admit_sound(opened, sound, request).recording.id
    run_until(other.folder, where)
    with open_study(other.folder) as opened:
        if where.startswith("text"):
            done = recordings.load_chunks(opened.store, recording_id)
            assert len(done) >= int(where.split()[1]) + 1
        assert sources.load_sources(opened.store) == []
        *_, last = transcribe(opened, recording_id)
        assert last.source is not None
        assert digest(opened, last.source.id) == whole
        assert check_store(opened.store) == []


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9")
def test_a_killed_child_is_an_error_and_resumed_it_gives_the_same(
    study: Study, sound: Path, tmp_path: Path
) -> None:
    whole = digest(study, make(study, sound, speakers=2))
    with create_study(tmp_path / "other", "Andre", coder="Kari") as other:
        request = SoundRequest(speakers=2, settings={"pace": 0.05})
        recording_id = admit_sound(other, sound, request).recording.id
        progress = transcribe(other, recording_id)
        while not next(progress).chunk:
            pass
        kill_children()
        with pytest.raises(KodebokError, match="K940"):
            list(progress)
        *_, last = transcribe(other, recording_id)
        assert last.source is not None
        assert digest(other, last.source.id) == whole


def kill_children() -> None:
    """Kill what this process has started, as a full memory would."""
    for entry in Path("/proc").glob("[0-9]*/stat"):
        fields = entry.read_text().rpartition(")")[2].split()
        if int(fields[1]) == os.getpid() and fields[0] != "Z":
            os.kill(int(entry.parent.name), signal.SIGKILL)
    time.sleep(0.05)
