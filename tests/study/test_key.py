"""The key file: opened by its passphrase alone, copied, and destroyed for good, part by part."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kodebok.anonymise.key_file import OpenKey
from kodebok.config import Settings, write_setting
from kodebok.errors import KodebokError, WrongUseError
from kodebok.storage import anonymisation, cases, encrypted, sources
from kodebok.storage.anonymisation import AnonymisationState
from kodebok.storage.history import load_events, redo, undo
from kodebok.storage.integrity import check_store
from kodebok.storage.sealing import KeyPart, count_sealed
from kodebok.study.anonymising_apply import apply_anonymisation
from kodebok.study.anonymising_restore import restore_originals
from kodebok.study.anonymising_state import load_anonymity, state_sentence
from kodebok.study.key_acts import destroy_key, export_key, key_entities, key_persons
from kodebok.study.opening import Study, open_study
from kodebok.study.unlocking import key_path, unlock
from tests.builders import add_interview, state_of
from tests.study.anonymised import (
    PASSPHRASE,
    add_entity,
    new_study,
    quick_decrypt,
    quick_encrypt,
)

BOTH = frozenset(KeyPart)
TEXT = "I: Hvem?\nR: Zebrahild Kvistebakk, og Zebrahilds mor."


@pytest.fixture(autouse=True)
def key_outside(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    if "real_age" not in request.fixturenames:
        monkeypatch.setattr(encrypted, "encrypt", quick_encrypt)
        monkeypatch.setattr(encrypted, "decrypt", quick_decrypt)
    monkeypatch.setenv("KODEBOK_DATA_DIR", str(tmp_path / "user-data"))


@pytest.fixture
def real_age() -> None:
    """The age format itself, which takes its seconds."""


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    with new_study(tmp_path / "study") as made:
        add_interview(made.store, TEXT, case="Zebrahild Kvistebakk")
        add_entity(made, "Zebrahild Kvistebakk", "Gunn Lillevik", "Zebrahild")
        yield made


@pytest.fixture
def applied(study: Study) -> Study:
    apply_anonymisation(study, unlock(study, PASSPHRASE))
    study.key = None
    return study


def text_of(study: Study) -> str:
    return sources.load_text(study.store, sources.load_sources(study.store)[0].id)


def code_of(error: pytest.ExceptionInfo[KodebokError]) -> str:
    return error.value.code


@pytest.mark.usefixtures("real_age")
def test_the_key_is_an_age_file_outside_the_study_that_its_passphrase_alone_opens(
    study: Study,
) -> None:
    before = text_of(study)
    apply_anonymisation(study, unlock(study, PASSPHRASE))
    study.key = None
    sealed = key_path(study).read_bytes()
    assert sealed.startswith(b"age-encryption.org/")
    assert b"Zebrahild" not in sealed
    assert not key_path(study).is_relative_to(study.folder)
    with pytest.raises(WrongUseError) as error:
        unlock(study, "feil")
    assert code_of(error) == "K219"
    key_path(study).write_bytes(sealed[:-40] + bytes(40))
    with pytest.raises(WrongUseError) as error:
        unlock(study, PASSPHRASE)
    assert code_of(error) == "K219"
    assert "Zebrahild" not in text_of(study)
    key_path(study).write_bytes(sealed)
    restore_originals(study, unlock(study, PASSPHRASE))
    assert text_of(study) == before


def test_a_lost_key_is_said_and_the_study_goes_on(applied: Study) -> None:
    key_path(applied).rename(applied.folder.parent / "elsewhere.age")
    with pytest.raises(WrongUseError) as error:
        unlock(applied, PASSPHRASE)
    assert code_of(error) == "K827"
    assert check_store(applied.store) == []
    write_setting(applied.folder, "key-file", "../elsewhere.age")
    applied.settings = Settings(applied.folder)
    assert "Zebrahild" in key_entities(unlock(applied, PASSPHRASE))[0].originals


def test_the_key_of_another_study_is_not_taken(applied: Study, tmp_path: Path) -> None:
    with new_study(tmp_path / "other") as other:
        add_interview(other.store, TEXT)
        add_entity(other, "Zebrahild", "Ellinor")
        apply_anonymisation(other, unlock(other, PASSPHRASE))
        key_path(applied).write_bytes(key_path(other).read_bytes())
    with pytest.raises(WrongUseError) as error:
        unlock(applied, PASSPHRASE)
    assert code_of(error) == "K823"


def test_an_older_copy_of_the_key_is_not_taken_for_the_newest(study: Study, tmp_path: Path) -> None:
    apply_anonymisation(study, unlock(study, PASSPHRASE))
    older = export_key(study, tmp_path / "older.age").read_bytes()
    add_interview(study.store, "R: Ulvhilda kom.", "Intervju 2")
    add_entity(study, "Ulvhilda", "Ellinor")
    apply_anonymisation(study, unlock(study, PASSPHRASE))
    study.key = None
    key_path(study).write_bytes(older)
    with pytest.raises(WrongUseError) as error:
        unlock(study, PASSPHRASE)
    assert code_of(error) == "K824"


def test_another_passphrase_opens_it_and_the_old_one_does_not(applied: Study) -> None:
    unlock(applied, PASSPHRASE).change_passphrase("nye ord")
    applied.key = None
    with pytest.raises(WrongUseError):
        unlock(applied, PASSPHRASE)
    assert key_entities(unlock(applied, "nye ord"))
    assert not key_path(applied).with_name(key_path(applied).name + ".before").exists()


def test_the_key_tells_who_the_participants_are(applied: Study) -> None:
    persons = key_persons(applied, unlock(applied, PASSPHRASE))
    assert [(one.label, one.person) for one in persons] == [
        ("Gunn Lillevik", "Zebrahild Kvistebakk")
    ]


def test_undo_stops_at_an_anonymisation_and_says_what_to_do(applied: Study) -> None:
    before = state_of(applied.store)
    with pytest.raises(WrongUseError) as error:
        undo(applied.store, applied.coder.id)
    assert code_of(error) == "K236"
    assert "--restore" in error.value.remedy
    assert state_of(applied.store) == before
    restore_originals(applied, unlock(applied, PASSPHRASE))
    with pytest.raises(WrongUseError) as error:
        redo(applied.store, applied.coder.id)
    assert code_of(error) == "K238"


def test_when_the_replacements_are_destroyed_nothing_brings_them_back(applied: Study) -> None:
    assert count_sealed(applied.store) > 0
    destroy_key(applied, frozenset({KeyPart.REPLACEMENTS}), unlock(applied, PASSPHRASE))
    applied.close()
    with open_study(applied.folder) as again:
        key = unlock(again, PASSPHRASE)
        assert key_entities(key) == []
        assert [one.person for one in key_persons(again, key)] == ["Zebrahild Kvistebakk"]
        done = restore_originals(again, key)
        assert done.lacking == 2
        assert "Zebrahild" not in text_of(again)
        assert [case.name for case in cases.load_cases(again.store)] == ["Zebrahild Kvistebakk"]
        assert check_store(again.store) == []


def test_when_the_persons_are_destroyed_the_texts_still_come_back(applied: Study) -> None:
    destroy_key(applied, frozenset({KeyPart.PERSONS}), unlock(applied, PASSPHRASE))
    key = unlock(applied, PASSPHRASE)
    assert key_persons(applied, key) == []
    restore_originals(applied, key)
    assert "Zebrahild Kvistebakk, og Zebrahilds mor" in text_of(applied)
    assert [case.name for case in cases.load_cases(applied.store)] == ["Gunn Lillevik"]


def test_the_whole_key_can_be_destroyed_without_the_passphrase_and_it_is_noted(
    applied: Study,
) -> None:
    destroy_key(applied, BOTH, None)
    assert not key_path(applied).exists()
    assert load_events(applied.store)[0].kind == "key.destroy"
    assert check_store(applied.store) == []
    assert count_sealed(applied.store) == 0
    with pytest.raises(WrongUseError) as error:
        undo(applied.store, applied.coder.id)
    assert code_of(error) == "K236"
    with pytest.raises(WrongUseError) as error:
        destroy_key(applied, BOTH, None)
    assert code_of(error) == "K844"


def test_one_part_alone_is_not_destroyed_without_the_passphrase(applied: Study) -> None:
    with pytest.raises(WrongUseError) as error:
        destroy_key(applied, frozenset({KeyPart.PERSONS}), None)
    assert code_of(error) == "K845"


def test_a_study_whose_key_is_destroyed_can_be_anonymised_again_with_a_new_one(
    applied: Study,
) -> None:
    destroy_key(applied, BOTH, None)
    add_interview(applied.store, "R: Ulvhilda kom.", "Intervju 2")
    add_entity(applied, "Ulvhilda", "Ellinor")
    apply_anonymisation(applied, unlock(applied, "en ny"))
    texts = [row[0] for row in applied.store.rows("SELECT text FROM texts")]
    assert "Ellinor kom." in texts
    restore_originals(applied, unlock(applied, "en ny"))
    texts = [row[0] for row in applied.store.rows("SELECT text FROM texts")]
    assert "Ulvhilda kom." in texts
    assert any("Gunn Lillevik" in text for text in texts)
    assert anonymisation.is_applied(applied.store)


@pytest.mark.parametrize(
    ("state", "has_sound", "words"),
    [
        (AnonymisationState("p"), False, "ikke anonymisert"),
        (AnonymisationState("p", is_applied=True), False, "pseudonymisert (avidentifisert)"),
        (
            AnonymisationState("p", is_applied=True, no_replacements=True),
            False,
            "pseudonymisert (avidentifisert)",
        ),
        (
            AnonymisationState("p", is_applied=True, no_replacements=True, no_persons=True),
            False,
            "nøkkel slettet; anonymt først etter vurdering av bakveisidentifisering",
        ),
        (
            AnonymisationState("p", is_applied=True, no_replacements=True, no_persons=True),
            True,
            "pseudonymisert (avidentifisert): nøkkelen er slettet, men det finnes fortsatt lyd",
        ),
    ],
)
def test_the_state_is_never_called_more_than_it_is(
    state: AnonymisationState,
    has_sound: bool,
    words: str,
) -> None:
    assert state_sentence(state, has_sound=has_sound) == words


def test_what_is_unfinished_is_said(applied: Study) -> None:
    assert load_anonymity(applied).unfinished == ()
    add_interview(applied.store, "R: Zebrahild kom.", "Intervju 2")
    (applied.folder / "exports").mkdir(exist_ok=True)
    assert len(load_anonymity(applied).unfinished) == 1
    (applied.folder / "exports" / "gammel.txt").write_text("Zebrahild", encoding="utf-8")
    add_entity(applied, "Ulvhilda", "Ellinor")
    assert len(load_anonymity(applied).unfinished) == 2
    apply_anonymisation(applied, unlock(applied, PASSPHRASE))
    said = load_anonymity(applied).unfinished
    assert len(said) == 1
    assert "exports/gammel.txt" in said[0]


def test_no_key_file_is_made_before_there_is_something_to_keep(study: Study) -> None:
    key = unlock(study, PASSPHRASE)
    assert isinstance(key, OpenKey)
    assert not key.path.exists()
