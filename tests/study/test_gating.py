"""A study's files pass by how far its anonymisation has come, and what the user decides."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kodebok.anonymise.gate import ExportContent, ExportText, GateVerdict
from kodebok.domain.entity import Action, NameRule, Rule
from kodebok.errors import WrongUseError
from kodebok.storage import encrypted, entities, gate_memory, sources
from kodebok.storage.history import load_events, undo
from kodebok.study.anonymising_apply import apply_anonymisation
from kodebok.study.gating import needs_passphrase, remember_harmless, study_gate
from kodebok.study.opening import Study
from kodebok.study.unlocking import key_path, unlock
from tests.builders import add_interview
from tests.study.anonymised import (
    PASSPHRASE,
    add_entity,
    bytes_of_project,
    new_study,
    opened_again,
    quick_decrypt,
    quick_encrypt,
)

TEXT = """\
I: Hvem er leder her?
R: Det er Solfrid Bakkemo. Solfrid har vært her lenge, og kontoret er ved elva.
I: Hva sier de?
R: De sier lite."""


@pytest.fixture(autouse=True)
def key_that_opens_at_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(encrypted, "encrypt", quick_encrypt)
    monkeypatch.setattr(encrypted, "decrypt", quick_decrypt)
    monkeypatch.setenv("KODEBOK_DATA_DIR", str(tmp_path / "user-data"))
    monkeypatch.delenv("KODEBOK_PASSPHRASE", raising=False)


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    with new_study(tmp_path / "study") as made:
        add_interview(made.store, TEXT, "I1")
        add_entity(made, "Solfrid Bakkemo", "Gunn Lillevik", "Solfrid")
        yield made


@pytest.fixture
def applied(study: Study) -> Study:
    apply_anonymisation(study, unlock(study, PASSPHRASE))
    return study


def content(text: str) -> ExportContent:
    return ExportContent("text", "fil.txt", (ExportText("", text),))


def judged(study: Study, text: str, **told: object) -> GateVerdict:
    return study_gate(study, **told).check(content(text))


def text_of(study: Study) -> str:
    return sources.load_text(study.store, sources.load_sources(study.store)[0].id)


def test_before_it_is_applied_own_files_warn_and_others_get_nothing(study):
    assert judged(study, "Solfrid").passes
    assert judged(study, "Solfrid").sentences
    refused = judged(study, "ja", for_others=True)
    assert not refused.passes
    assert refused.sentences
    assert not judged(study, "ja", for_others=True, despite="det haster").passes


def test_after_it_is_applied_the_studys_own_text_passes_and_an_original_does_not(applied):
    assert judged(applied, text_of(applied)).passes
    assert judged(applied, text_of(applied), for_others=True).passes
    stopped = judged(applied, "Solfrids kontor")
    assert not stopped.passes
    assert "Solfrid" not in " ".join(stopped.sentences + stopped.places)


def test_a_name_that_nobody_decided_on_stops_until_it_is_decided(applied):
    add_interview(applied.store, "R: Ring Torbjørn Haugerud i Namsos om det.", "I2")
    assert not judged(applied, "Torbjørn Haugerud").passes
    add_entity(applied, "Torbjørn Haugerud", "", action=Action.KEEP)
    assert judged(applied, "Torbjørn Haugerud").passes


def test_a_word_that_the_user_says_is_no_name_passes(applied):
    add_interview(applied.store, "R: Ring Torbjørn Haugerud i Namsos om det.", "I2")
    assert not judged(applied, "vi dro til Namsos").passes
    with applied.store.act("rule.set", applied.coder.id) as act:
        entities.set_rule(act, NameRule("r", "Namsos", Rule.NEVER))
    assert judged(applied, "vi dro til Namsos").passes


def test_a_decision_that_is_not_applied_yet_stops(applied):
    add_entity(applied, "Elvebakken", "Lillebø")
    assert not judged(applied, "i Elvebakken").passes


def test_the_key_is_asked_for_once_a_sitting(applied):
    with opened_again(applied) as again:
        assert needs_passphrase(again)
        locked = judged(again, "noe som ikke er lest før")
        assert not locked.passes
        with pytest.raises(WrongUseError):
            study_gate(again, passphrase="feil")
        assert judged(again, "noe nytt", passphrase=PASSPHRASE).passes
        assert not needs_passphrase(again)
        assert not judged(again, "Solfrid").passes


def test_scripts_give_the_passphrase_in_the_environment(applied, monkeypatch):
    monkeypatch.setenv("KODEBOK_PASSPHRASE", PASSPHRASE)
    with opened_again(applied) as again:
        assert judged(again, "noe nytt").passes


def test_what_was_read_through_passes_without_the_key_until_something_changes(applied):
    assert judged(applied, text_of(applied)).passes
    with opened_again(applied) as again:
        assert judged(again, text_of(again)).passes
        add_entity(again, "Elvebakken", "Lillebø")
        assert not judged(again, text_of(again)).passes


def test_without_the_key_the_finders_look_alone_and_it_is_said(applied):
    key_path(applied).unlink()
    with opened_again(applied) as again:
        verdict = judged(again, "Solfrid")
        assert verdict.passes
        assert verdict.sentences
        add_interview(again.store, "R: Ring Torbjørn Haugerud i Namsos om det.", "I2")
        assert not judged(again, "Torbjørn Haugerud").passes


def test_a_harmless_hit_is_remembered(applied):
    stopped = judged(applied, "boka Solfrid ser solen")
    remember_harmless(applied, stopped.hits)
    assert judged(applied, "boka Solfrid ser solen").passes
    assert not judged(applied, "Solfrid kom").passes
    undo(applied.store, applied.coder.id)
    assert not judged(applied, "boka Solfrid ser solen").passes


def test_going_on_in_spite_of_it_needs_a_reason_which_is_logged_for_good(applied):
    assert not judged(applied, "Solfrid", despite="  ").passes
    verdict = judged(applied, "Solfrid", despite="sensor må se")
    assert verdict.passes
    logged = gate_memory.load_reasons(applied.store)
    assert [(one.kind, one.hits, one.reason) for one in logged] == [("text", 1, "sensor må se")]
    assert load_events(applied.store)[0].kind == "gate.despite"
    with pytest.raises(WrongUseError, match="K236"):
        undo(applied.store, applied.coder.id)
    assert gate_memory.load_reasons(applied.store) == logged


def test_a_reason_is_not_logged_when_nothing_is_found(applied):
    assert judged(applied, "ja", despite="for sikkerhets skyld").passes
    assert gate_memory.load_reasons(applied.store) == []


def test_what_the_gate_keeps_holds_no_name(applied):
    add_interview(applied.store, "R: Ring til oss om det.", "I2")
    assert not judged(applied, "Solfrid Bakkemo kom\nSolfrids hus").passes
    assert judged(applied, text_of(applied)).passes
    for path, found in bytes_of_project(applied.folder).items():
        assert b"solfrid" not in found.lower(), path


def test_the_export_command_stops_with_five_and_goes_on_with_a_reason(applied, monkeypatch):
    from click.testing import CliRunner

    from kodebok.cli.app import root
    from kodebok.cli.session import Front
    from kodebok.i18n import set_language

    monkeypatch.setenv("KODEBOK_LANG", "en")
    monkeypatch.setenv("KODEBOK_PASSPHRASE", PASSPHRASE)
    add_interview(applied.store, "R: Ring Torbjørn Haugerud i Namsos om det.", "I2")

    def run(*words: str) -> tuple[int, str]:
        line = ["-C", str(applied.folder), "export", "text", "I2", *words]
        result = CliRunner().invoke(root, line, obj=Front(lambda *_: 0, list))
        return result.exit_code, result.output

    code, said = run()
    assert code == 5
    assert "Torbjørn" not in said
    code, _said = run("--despite", "bare for meg")
    assert code == 0
    assert [one.reason for one in gate_memory.load_reasons(applied.store)] == ["bare for meg"]
    set_language("")
