"""The end of a study: step by step, broken off and gone on with, checked, and with a receipt."""

from __future__ import annotations

import json

import pytest

from kodebok.domain.ids import new_id
from kodebok.domain.recording import Recording, Transcription
from kodebok.errors import WrongUseError
from kodebok.export.privacy_page import document_text
from kodebok.paths import user_state_dir
from kodebok.storage import encrypted, recordings
from kodebok.storage.history import undo
from kodebok.storage.integrity import check_store
from kodebok.storage.sealing import KeyPart, count_sealed
from kodebok.study.anonymising_apply import apply_anonymisation
from kodebok.study.card import change_card
from kodebok.study.ending import EndStep, delete_study, next_step, plan_end, skip_step, take_step
from kodebok.study.ending_check import (
    QUESTIONS,
    answer,
    end_sentence,
    open_questions,
    scan,
)
from kodebok.study.ending_receipt import end_receipt
from kodebok.study.opening import open_study
from kodebok.study.unlocking import has_key_file, unlock
from tests import builders
from tests.study.anonymised import (
    PASSPHRASE,
    add_entity,
    quick_decrypt,
    quick_encrypt,
    traces_of,
)

TEXT = "R: Jeg heter Zebrahild Kvistebakk og er fornøyd.\nR: Vi møtes hver onsdag."


@pytest.fixture(autouse=True)
def _own_folders(tmp_path, monkeypatch):
    for name in ("CONFIG", "STATE", "DATA"):
        monkeypatch.setenv(f"KODEBOK_{name}_DIR", str(tmp_path / name.lower()))
    monkeypatch.setattr(encrypted, "encrypt", quick_encrypt)
    monkeypatch.setattr(encrypted, "decrypt", quick_decrypt)


@pytest.fixture
def folder(tmp_path):
    """A study with sound, an unheard quote, an original, a key, copies and traces outside."""
    folder = tmp_path / "study"
    with builders.make_store(folder) as store:
        source = builders.add_interview(store, TEXT, "I1", case="Informant 1")
        recording = Recording(new_id(), "I1", "audio/abc.wav", "0" * 64, "nb", 0, {}, 9)
        recordings.add_recording(store, recording)
        with store.act("source.transcribe", builders.coder_of(store)) as act:
            recordings.add_transcription(
                act, Transcription(source, recording.id, "whisper", 1, "2026-01-01")
            )
        builders.choose_quote(store, source, "Vi møtes hver onsdag")
    (folder / "audio" / "abc.wav").write_bytes(b"RIFF")
    (folder / "transcripts" / "rå.txt").write_text(TEXT, encoding="utf-8")
    with open_study(folder) as study:
        add_entity(study, "Zebrahild Kvistebakk", "Gunn Lillevik")
        apply_anonymisation(study, unlock(study, PASSPHRASE))
    (folder / "copies").mkdir(exist_ok=True)
    (folder / "copies" / "kodebok-2026-01-01.db").write_bytes(b"old")
    user_state_dir().mkdir(parents=True, exist_ok=True)
    (user_state_dir() / "screen.json").write_text(
        json.dumps({"recent": [str(folder), "/elsewhere"], "flags": ["a"]}), encoding="utf-8"
    )
    return folder


def take_all(study, parts=frozenset(KeyPart)):
    taken = []
    while (work := next_step(study)) is not None:
        take_step(study, work.step, parts)
        taken.append(work.step)
    return taken


def test_what_there_is_to_do_is_shown_in_the_order_of_the_card(folder):
    with open_study(folder) as study:
        plan = {work.step: work.things for work in plan_end(study)}
    assert list(plan) == list(EndStep)
    assert plan[EndStep.QUOTES] == ("Vi møtes hver onsdag",)
    assert plan[EndStep.SOUND] == ("I1",)
    assert plan[EndStep.ORIGINALS] == ("transcripts/rå.txt",)
    assert len(plan[EndStep.KEY]) == 2
    assert "kodebok-2026-01-01.db" in plan[EndStep.COPIES]
    assert plan[EndStep.OUTSIDE] == ("screen.json",)


def test_after_the_end_a_scan_finds_nothing_and_no_byte_tells_the_name(folder, tmp_path):
    with open_study(folder) as study:
        assert not all(one.is_clean for one in scan(study))
        assert take_all(study) == list(EndStep)
        assert [one.what for one in scan(study) if not one.is_clean] == []
        assert check_store(study.store) == []
        assert not has_key_file(study)
        assert count_sealed(study.store) == 0
        with pytest.raises(WrongUseError):
            undo(study.store, study.coder.id)
    assert traces_of(folder, "Zebrahild", "Kvistebakk") == []
    assert list((folder / "audio").iterdir()) == []
    assert not (folder / "copies").exists()
    kept = json.loads((user_state_dir() / "screen.json").read_text(encoding="utf-8"))
    assert kept == {"recent": ["/elsewhere"], "flags": ["a"]}


def test_it_goes_on_where_it_was_broken_off(folder):
    with open_study(folder) as study:
        take_step(study, EndStep.QUOTES)
        take_step(study, EndStep.SOUND)
    with open_study(folder) as study:
        work = next_step(study)
        assert work is not None
        assert work.step is EndStep.ORIGINALS


def test_a_step_that_was_left_out_is_said_on_the_receipt_which_names_no_one(folder):
    with open_study(folder) as study:
        change_card(study, {"reference": "123456", "afterwards": "anonymise"})
        skip_step(study, EndStep.QUOTES, "Zebrahild ba om det")
        take_all(study)
        told = document_text(end_receipt(study, made_on="2026-06-30"))
    assert "123456" in told
    assert "utelatt" in told
    assert "Zebrahild" not in told
    assert str(folder) not in told


def test_part_of_the_key_can_be_kept(folder):
    with open_study(folder) as study:
        unlock(study, PASSPHRASE)
        take_all_but_key = [step for step in EndStep if step is not EndStep.KEY]
        for step in take_all_but_key:
            take_step(study, step)
        take_step(study, EndStep.KEY, frozenset({KeyPart.PERSONS}))
        assert has_key_file(study)
        assert "pseudonymisert" in end_sentence(study)


def test_the_rest_is_called_anonymous_only_after_every_question(folder):
    with open_study(folder) as study:
        take_all(study)
        assert end_sentence(study) == (
            "nøkkel slettet; anonymt først etter vurdering av bakveisidentifisering"
        )
        for question in QUESTIONS:
            assert "vurdert som anonymt" not in end_sentence(study)
            answer(study, question, is_yes=False)
        assert open_questions(study) == []
        assert "vurdert som anonymt" in end_sentence(study)
        answer(study, "place", is_yes=True, why="bare én slik kommune")
        assert "ikke anonymt" in end_sentence(study)


def test_sound_that_is_left_keeps_it_from_being_called_anonymous(folder):
    with open_study(folder) as study:
        skip_step(study, EndStep.SOUND)
        take_all(study)
        for question in QUESTIONS:
            answer(study, question, is_yes=False)
        assert "pseudonymisert" in end_sentence(study)


def test_everything_is_deleted_only_where_the_card_says_so_and_after_all_steps(folder):
    (folder / "mine.txt").write_text("mitt eget", encoding="utf-8")
    with open_study(folder) as study:
        with pytest.raises(WrongUseError) as told:
            delete_study(study)
        assert told.value.code == "K579"
        change_card(study, {"afterwards": "delete"})
        with pytest.raises(WrongUseError) as told:
            delete_study(study)
        assert told.value.code == "K580"
        take_all(study)
        delete_study(study)
    assert [path.name for path in folder.iterdir()] == ["mine.txt"]
