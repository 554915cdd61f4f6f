"""A participant withdraws: no byte of the folder tells of them, and nothing comes back."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kodebok.domain.code import Code
from kodebok.domain.coding import Coding, CodingOrigin
from kodebok.domain.consent import RequestKind
from kodebok.domain.ids import new_id
from kodebok.domain.merge import Choice
from kodebok.domain.note import Target
from kodebok.domain.recording import Recording, Transcription
from kodebok.domain.source import SourceType
from kodebok.domain.suggestion import (
    SuggestedPassage,
    Suggestion,
    SuggestionKind,
    SuggestionRun,
    Verdict,
    VerdictGiven,
)
from kodebok.errors import WrongUseError
from kodebok.storage import cases, codes, codings, notes, recordings, sources
from kodebok.storage import suggestions as suggested
from kodebok.storage.database import Store
from kodebok.storage.history import redo, undo
from kodebok.storage.integrity import check_store
from kodebok.study.backup import make_backup
from kodebok.study.consent import give_consent, receive_request
from kodebok.study.departing import log_export
from kodebok.study.merging import merge_copy
from kodebok.study.opening import open_study
from kodebok.study.restoring import restore_backup
from kodebok.study.withdrawing import withdraw
from kodebok.study.withdrawing_plan import plan_withdrawal
from tests import builders
from tests.study.anonymised import traces_of

NAME = "Zebrahild Kvistebakk"
CANARY = "kanarifuglen"
INTERVIEW = f"""\
I: Hva gjør dere når noe går galt?
R: Da roper {CANARY} alltid først på vaktrommet hos oss.
R: Jeg heter {NAME} og har vært her lenge."""
GROUP = f"""\
I: Hvordan er møtene deres?
A: Møtene våre holder oss sammen hver eneste uke.
B: Nei, {CANARY} sover gjennom hvert eneste møte vi har.
A: Zebrahild sier det samme hver gang, men jeg er uenig.
B: Det sto om {CANARY} i avisen den gangen også."""
PASSPHRASE = "fire ord om våren"


@pytest.fixture(autouse=True)
def _own_folders(tmp_path, monkeypatch):
    for name in ("CONFIG", "STATE", "DATA"):
        monkeypatch.setenv(f"KODEBOK_{name}_DIR", str(tmp_path / name.lower()))


def plant(folder: Path) -> None:
    """A study with her words in every kind of row, undone acts, files, sound and copies."""
    with builders.make_store(folder) as store:
        own = builders.add_interview(
            store, INTERVIEW, f"Intervju {NAME}", case=NAME, file_name=f"{NAME}.txt"
        )
        group = builders.add_interview(store, GROUP, "Gruppe 1", type=SourceType.GROUP)
        other = builders.add_interview(store, name="I2", case="Informant 2")
        me = builders.coder_of(store)
        case = person(store)
        with store.act("speaker.change", me) as act:
            for voice in sources.load_speakers(store, group):
                if voice.label == "B":
                    sources.change_speaker(act, voice.id, case_id=case.id)
        with store.act("code.add", me) as act:
            in_vivo = Code(new_id(), f"{CANARY} sover", example=f"Nei, {CANARY} sover gjennom")
            codes.add_code(act, in_vivo)
        meeting = builders.add_code(store, "Møter", definition="Faste møter")
        code_passage(store, group, in_vivo.id, f"{CANARY} sover gjennom", CodingOrigin.IN_VIVO)
        builders.code_passage(store, own, meeting, f"roper {CANARY}")
        builders.code_passage(store, group, meeting, "Møtene våre holder oss sammen")
        builders.code_passage(store, group, meeting, f"eneste uke.\nNei, {CANARY} sover")
        builders.code_passage(store, other, meeting, "Det faste møtet")
        builders.choose_quote(store, own, f"roper {CANARY} alltid", note=f"om {NAME}")
        builders.choose_quote(store, group, f"{CANARY} sover")
        builders.mark_passage(store, group, f"{CANARY} sover", f"{CANARY} igjen")
        with store.act("memo.add", me) as act:
            from kodebok.domain.note import Note

            notes.add_note(act, Note(new_id(), Target.CASE, case.id, me, f"{CANARY} på {NAME}"))
            variable = cases.add_variable(act, "Stilling")
            cases.set_value(act, case, variable, CANARY)
        builders.write_memo(store, f"{NAME} ringte meg i går")
        builders.write_memo(store, f"glemt: {CANARY} sover gjennom hvert eneste møte")
        undo(store, me)
        builders.correct(store, own, "vært her lenge", f"vært her lengst av {CANARY}")
        suggest(store, me, own, group, other, meeting)
        add_sound(store, folder, own)
    with open_study(folder) as study:
        give_consent(study, person(study.store), given="2026-01-02", note=f"hos {NAME}")
        receive_request(
            study, person(study.store), RequestKind.DELETION, "2026-02-02", f"{NAME} ringte"
        )
        made = folder / "exports" / f"{NAME}.txt"
        made.write_text(f"{CANARY} sover gjennom hvert eneste møte", encoding="utf-8")
        log_export(study, made, "text", made.read_bytes())
    (folder / "transcripts" / f"{NAME}.txt").write_text(INTERVIEW, encoding="utf-8")


def code_passage(store, source_id, code_id, words, origin):
    span = builders.span_of(store, source_id, words)
    text = sources.load_text(store, source_id)[span.start : span.end]
    me = builders.coder_of(store)
    with store.act("coding.add", me) as act:
        codings.add_coding(
            act, Coding(new_id(), source_id, code_id, me, span.start, span.end, text, origin)
        )


def suggest(store, me, own, group, other, code_id):
    with store.act("suggestions.compute", me) as act:
        suggested.turn_switch(act, is_on=True)
        run = SuggestionRun(new_id(), SuggestionKind.CODE, me, "2026-01-01T00:00:00Z", 1, "x", {})
        passages = []
        for source_id, words in (
            (own, f"roper {CANARY}"), (group, f"{CANARY} sover"), (other, "Det faste møtet")
        ):  # fmt: skip
            span = builders.span_of(store, source_id, words)
            passages.append(SuggestedPassage(source_id, span.start, span.end, words))
        found = [
            Suggestion(
                new_id(), run.id, SuggestionKind.CODE, 1, 0.5, (one,), code_id, {"words": [CANARY]}
            )
            for one in passages
        ]
        suggested.add_run(act, run, found)
        for one in found[:2]:
            given = VerdictGiven(
                new_id(), one.id, me, Verdict.REJECTED, "2026-01-01", f"{CANARY} er ikke møter"
            )
            suggested.add_verdict(act, given)


def add_sound(store, folder, source_id):
    (folder / "audio" / "abc.wav").write_bytes(b"RIFF" + CANARY.encode() * 9)
    recording = Recording(new_id(), f"Intervju {NAME}", "audio/abc.wav", "0" * 64, "nb", 0, {}, 9)
    recordings.add_recording(store, recording)
    with store.act("source.transcribe", builders.coder_of(store)) as act:
        recordings.add_transcription(
            act, Transcription(source_id, recording.id, "whisper", 1, "2026-01-01")
        )


def person(store):
    return next(case for case in cases.load_cases(store) if case.name == NAME)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    plant(tmp_path / "study")
    return tmp_path / "study"


def everything(plan):
    return {one.stone for one in plan.found}


def withdraw_all(folder: Path):
    with open_study(folder) as study:
        plan = plan_withdrawal(study, NAME)
        return withdraw(study, plan, everything(plan))


def traces(folder: Path):
    return traces_of(folder, CANARY, "Zebrahild", "Kvistebakk")


def test_what_would_be_touched_is_shown_first(folder):
    with open_study(folder) as study:
        before = builders.state_of(study.store)
        plan = plan_withdrawal(study, NAME)
        assert builders.state_of(study.store) == before
    assert plan.sources == (f"Intervju {NAME}",)
    assert plan.shared == ("Gruppe 1",)
    assert (plan.turns, plan.sound, plan.quotes, plan.suggestions) == (5, 1, 2, 3)
    assert plan.codings == 3
    assert plan.memos == 2
    assert plan.resting[0].path == f"{CANARY} sover"
    assert [one.kind for one in plan.left] == ["text"]
    said = [one.text for one in plan.found]
    assert "Zebrahild sier det samme hver gang, men jeg er uenig." in said
    assert f"{NAME} ringte meg i går" in said
    assert f"Nei, {CANARY} sover gjennom" in said
    assert {path.name for path in plan.files} == {f"{NAME}.txt"}
    assert len(plan.files) == 2


def test_no_byte_of_the_folder_tells_of_someone_who_withdrew(folder):
    assert {path for path, _name in traces(folder)} >= {"kodebok.db", "audio/abc.wav"}
    done = withdraw_all(folder)
    assert traces(folder) == []
    assert (done.sound, done.files) == (1, 2)
    with open_study(folder) as study:
        assert check_store(study.store) == []
        assert traces(folder) == []
        names = [one.name for one in sources.load_sources(study.store)]
        assert sorted(names) == ["Gruppe 1", "I2"]


def test_in_a_group_only_that_voice_is_gone_and_all_else_stands(folder):
    withdraw_all(folder)
    with open_study(folder) as study:
        store = study.store
        group = next(one for one in sources.load_sources(store) if one.name == "Gruppe 1")
        text = sources.load_text(store, group.id)
        turns = sources.load_turns(store, group.id)
        said = [text[turn.start : turn.end] for turn in turns]
        assert said == [
            "Hvordan er møtene deres?",
            "Møtene våre holder oss sammen hver eneste uke.",
            "[ytring slettet]",
            "[ytring slettet]",
            "[ytring slettet]",
        ]
        gone = [turn for turn in turns if turn.speaker_id is None]
        assert len(gone) == 3
        assert all(turn.start_ms is None for turn in gone)
        kept = [one for one in codings.load_codings(store) if one.source_id == group.id]
        assert all(text[one.start : one.end] == one.text for one in kept)
        assert "Møtene våre holder oss sammen" in {one.text for one in kept}


def test_what_was_decided_to_stay_stays(folder):
    with open_study(folder) as study:
        plan = plan_withdrawal(study, NAME)
        kept = next(one for one in plan.found if one.text == f"{NAME} ringte meg i går")
        withdraw(study, plan, everything(plan) - {kept.stone})
        assert [one.text for one in notes.load_notes(study.store)].count(kept.text) == 1


def test_undo_and_redo_never_bring_it_back(folder):
    withdraw_all(folder)
    with open_study(folder) as study:
        me = study.coder.id
        before = builders.state_of(study.store)
        with pytest.raises(WrongUseError) as told:
            undo(study.store, me)
        assert told.value.code == "K578"
        with pytest.raises(WrongUseError):
            redo(study.store, me)
        builders.write_memo(study.store, "etterpå")
        undo(study.store, me)
        assert builders.state_of(study.store) == before
        redo(study.store, me)
    assert traces(folder) == []


@pytest.mark.parametrize("choice", list(Choice))
def test_a_copy_merged_in_afterwards_never_brings_it_back(folder, tmp_path, choice):
    other = tmp_path / "other"
    shutil.copytree(folder, other)
    with Store.open(other) as store:
        group = next(s.id for s in sources.load_sources(store) if s.name == "Gruppe 1")
        builders.correct(store, group, f"{CANARY} sover", f"{CANARY} dormer")
        builders.correct(store, group, "eneste uke", "einaste veke")
        builders.add_interview(store, INTERVIEW, "Intervju to", case=NAME)
        builders.choose_quote(store, group, f"{CANARY} dormer")
        other_one = next(s.id for s in sources.load_sources(store) if s.name == "I2")
        builders.code_passage(
            store, other_one, builders.add_code(store, "Nytt"), "holder oss sammen"
        )
    withdraw_all(folder)
    with open_study(folder) as study:
        merge_copy(study, other, choice)
        assert check_store(study.store) == []
        assert any(c.text == "holder oss sammen" for c in codings.load_codings(study.store))
        names = {one.name for one in sources.load_sources(study.store)}
        assert names == {"Gruppe 1", "I2"}
    assert traces(folder) == []


@pytest.mark.parametrize("choice", list(Choice))
def test_the_other_copy_erases_it_too_when_it_merges(folder, tmp_path, choice):
    other = tmp_path / "other"
    shutil.copytree(folder, other)
    with Store.open(other) as store:
        builders.write_memo(store, "Noe annet")
    withdraw_all(folder)
    for place in ("transcripts", "exports", "audio"):
        for path in (other / place).iterdir():
            path.unlink()
    with open_study(other) as study:
        merge_copy(study, folder, choice)
        assert check_store(study.store) == []
        assert any(note.text == "Noe annet" for note in notes.load_notes(study.store))
    assert traces(other) == []


def test_a_backup_restored_afterwards_never_brings_it_back(folder, tmp_path):
    backup = tmp_path / "b.kodebok-backup"
    with open_study(folder) as study:
        made = make_backup(study, backup, PASSPHRASE)
    withdraw_all(folder)
    restored = tmp_path / "restored"
    assert restore_backup(made.path, restored, PASSPHRASE).erased > 0
    assert traces(restored) == []
    with open_study(restored) as study:
        assert check_store(study.store) == []
        assert len(sources.load_sources(study.store)) == 2


def test_a_backup_restored_where_nothing_is_remembered_asks_the_newer_copy(
    folder, tmp_path, monkeypatch
):
    with open_study(folder) as study:
        made = make_backup(study, tmp_path / "b.kodebok-backup", PASSPHRASE)
    withdraw_all(folder)
    monkeypatch.setenv("KODEBOK_DATA_DIR", str(tmp_path / "another machine"))
    restored = tmp_path / "restored"
    assert restore_backup(made.path, restored, PASSPHRASE, newer=folder).erased > 0
    assert traces(restored) == []


def test_a_site_cannot_withdraw(folder):
    with open_study(folder) as study:
        with study.store.act("case.add", study.coder.id) as act:
            from kodebok.domain.case import CaseKind

            cases.add_case(act, "Kommune A", CaseKind.SITE)
        with pytest.raises(WrongUseError) as told:
            plan_withdrawal(study, "Kommune A")
        assert told.value.code == "K573"
