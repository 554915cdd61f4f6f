"""Two copies and a key: merged when both are anonymised, and no original comes back with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from kodebok.domain.merge import Choice
from kodebok.errors import ProtectionError
from kodebok.storage import codings, encrypted, notes, sources
from kodebok.storage.integrity import check_store
from kodebok.study.anonymising_apply import apply_anonymisation
from kodebok.study.anonymising_restore import restore_originals
from kodebok.study.anonymising_state import load_anonymity
from kodebok.study.merging import merge_copy
from kodebok.study.opening import open_study
from kodebok.study.unlocking import unlock
from tests.builders import add_code, add_interview, code_passage, correct, write_memo
from tests.study.anonymised import (
    PASSPHRASE,
    add_entity,
    bytes_of_project,
    new_study,
    quick_decrypt,
    quick_encrypt,
    traces_of,
)
from tests.study.merging_copies import copy_of, rows_of_study

NAMES = ("Zebrahild", "Kvistebakk")
TEXT = "I: Hvem leder?\nR: Zebrahild Kvistebakk. Zebrahild har kontor på huset.\nI: Takk."


@pytest.fixture(autouse=True)
def key_that_opens_at_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(encrypted, "encrypt", quick_encrypt)
    monkeypatch.setattr(encrypted, "decrypt", quick_decrypt)
    monkeypatch.setenv("KODEBOK_DATA_DIR", str(tmp_path / "user-data"))


@pytest.fixture
def kari(tmp_path: Path) -> Path:
    """Kari's copy: an interview with a name in it, which is to be replaced."""
    folder = tmp_path / "kari"
    with new_study(folder) as study:
        source_id = add_interview(study.store, TEXT, "Intervju 1")
        code_passage(study.store, source_id, add_code(study.store, "Ledelse"), "Zebrahild")
        add_entity(study, "Zebrahild Kvistebakk", "Gunn Lillevik", "Zebrahild")
    return folder


@pytest.fixture
def ola(kari: Path) -> Path:
    """Ola's copy of it."""
    return copy_of(kari, "ola")


def anonymise(folder: Path) -> None:
    with open_study(folder) as study:
        assert apply_anonymisation(study, unlock(study, PASSPHRASE)).is_scrubbed


def code_a_passage(folder: Path, name: str, words: str) -> None:
    with open_study(folder) as study:
        source_id = sources.load_sources(study.store)[0].id
        code_passage(study.store, source_id, add_code(study.store, name), words)


def merge(into: Path, other: Path, choice: Choice | None = None) -> int | None:
    with open_study(into) as study:
        number = merge_copy(study, other, choice)
        assert check_store(study.store) == []
    return number


def words_coded(folder: Path) -> list[str]:
    with open_study(folder) as study:
        return sorted(coding.text for coding in codings.load_codings(study.store))


def test_a_copy_with_names_in_it_is_not_merged_with_one_without(kari: Path, ola: Path) -> None:
    anonymise(kari)
    code_a_passage(ola, "Sted", "på huset")
    for into, other in ((kari, ola), (ola, kari)):
        before = bytes_of_project(into)
        with open_study(into) as study, pytest.raises(ProtectionError) as refused:
            merge_copy(study, other)
        assert refused.value.code == "K965"
        assert refused.value.message == "den ene av de to kopiene er anonymisert, og den andre ikke"
        assert "med den samme koblingsnøkkelen" in refused.value.remedy
        assert bytes_of_project(into) == before
    assert traces_of(kari, *NAMES) == []


def test_both_are_merged_when_each_has_applied_with_the_same_key(kari: Path, ola: Path) -> None:
    code_a_passage(kari, "Tid", "Takk")
    code_a_passage(ola, "Sted", "på huset")
    anonymise(kari)
    anonymise(ola)
    merge(kari, ola)
    merge(ola, kari)
    assert rows_of_study(kari) == rows_of_study(ola)
    assert words_coded(kari) == ["Gunn Lillevik", "Takk", "på huset"]
    for folder in (kari, ola):
        assert traces_of(folder, *NAMES) == []


def test_a_copy_made_after_the_names_were_replaced_is_merged(kari: Path) -> None:
    anonymise(kari)
    ola = copy_of(kari, "ola")
    code_a_passage(kari, "Tid", "Takk")
    code_a_passage(ola, "Sted", "på huset")
    merge(kari, ola)
    merge(ola, kari)
    assert rows_of_study(kari) == rows_of_study(ola)
    assert words_coded(ola) == ["Gunn Lillevik", "Takk", "på huset"]
    for folder in (kari, ola):
        assert traces_of(folder, *NAMES) == []


def test_what_one_wrote_of_someone_before_replacing_the_names_comes_in_without_them(
    kari: Path, ola: Path
) -> None:
    with open_study(ola) as study:
        source_id = sources.load_sources(study.store)[0].id
        correct(study.store, source_id, "på huset", "hos Zebrahild")
        write_memo(study.store, "Kvistebakk virket sliten.")
    anonymise(ola)
    anonymise(kari)
    merge(kari, ola, Choice.THEIRS)
    with open_study(kari) as study:
        assert "kontor hos Gunn." in sources.load_text(study.store, source_id)
        assert [note.text for note in notes.load_notes(study.store)] == ["Lillevik virket sliten."]
    assert traces_of(kari, *NAMES) == []


def test_the_key_brings_the_names_back_in_a_merged_study(kari: Path, ola: Path) -> None:
    code_a_passage(ola, "Sted", "på huset")
    anonymise(kari)
    anonymise(ola)
    merge(kari, ola)
    with open_study(kari) as study:
        restore_originals(study, unlock(study, PASSPHRASE))
        source_id = sources.load_sources(study.store)[0].id
        text = sources.load_text(study.store, source_id)
        assert "Zebrahild Kvistebakk. Zebrahild har kontor på huset." in text
        assert check_store(study.store) == []
    assert words_coded(kari) == ["Zebrahild", "på huset"]


@pytest.mark.parametrize("choice", [Choice.MINE, Choice.THEIRS])
def test_a_name_that_only_the_other_has_replaced_is_gone_here_when_applied_again(
    kari: Path, ola: Path, choice: Choice
) -> None:
    for folder in (kari, ola):
        with open_study(folder) as study:
            write_memo(study.store, "Huset heter Solvollheim.")
            source_id = sources.load_sources(study.store)[0].id
            correct(study.store, source_id, "Takk", "Takk, Solvollheim")
    with open_study(ola) as study:
        add_entity(study, "Solvollheim", "Bygget")
    anonymise(kari)
    anonymise(ola)
    merge(kari, ola, choice)
    with open_study(kari) as study:
        assert load_anonymity(study).unfinished != ()
    anonymise(kari)
    with open_study(kari) as study:
        assert load_anonymity(study).unfinished == ()
        assert "Takk, Bygget." in sources.load_text(study.store, source_id)
    assert traces_of(kari, *NAMES, "Solvollheim") == []
