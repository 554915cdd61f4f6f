"""What is sent passes the gate; what was sent goes with its source, and merges with the study."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kodebok.domain.ids import new_id
from kodebok.domain.note import Note, Target
from kodebok.domain.review import AnswerKind, ReviewForm
from kodebok.domain.text import canonicalise
from kodebok.errors import ProtectionError
from kodebok.review.choosing import Wish, choose
from kodebok.review.landing import locate
from kodebok.review.receiving import receive
from kodebok.review.settling import load_queue
from kodebok.review.supervisor import answers_bytes, new_answer
from kodebok.review.words import read_words
from kodebok.storage import cases, encrypted, notes, reviews, sources
from kodebok.storage.erasing import Eraser, erase_history
from kodebok.storage.history import undo
from kodebok.storage.integrity import check_store
from kodebok.storage.sealing import history_texts
from kodebok.storage.wonderings import load_wonderings
from kodebok.study.anonymising_apply import apply_anonymisation
from kodebok.study.merging import open_merge
from kodebok.study.opening import Study, open_study
from kodebok.study.supervising import plan_package, send
from kodebok.study.unlocking import unlock
from kodebok.study.view import load_view
from tests.builders import add_code
from tests.review.studies import MEETINGS, OUTSIDE, make_study
from tests.study.anonymised import PASSPHRASE, add_entity, quick_decrypt, quick_encrypt


@pytest.fixture(autouse=True)
def _surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(encrypted, "encrypt", quick_encrypt)
    monkeypatch.setattr(encrypted, "decrypt", quick_decrypt)
    monkeypatch.setattr("kodebok.study.supervising.encrypt", quick_encrypt)
    monkeypatch.setenv("KODEBOK_DATA_DIR", str(tmp_path / "data"))


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    with make_study(tmp_path / "s") as made:
        yield made


def wish(study: Study, **more: object) -> Wish:
    told = {"code_ids": (add_code(study.store, MEETINGS),), **more}
    return Wish("Anne", **told)


def answered(study: Study, said: str = "Hvorfor?") -> None:
    """A package out and a doubt on each of its things back."""
    packed = send(study, wish(study, form=ReviewForm.HTML)).package
    content = plan_package(study, wish(study)).content
    told = [
        new_answer(item.mark, AnswerKind.DOUBT, said)
        for item in reviews.load_items(study.store, packed.id)
    ]
    data = answers_bytes(content, told, "Anne")
    receive(study.store, study.coder.id, data, lambda: "")


@pytest.mark.parametrize("form", [ReviewForm.WORD, ReviewForm.HTML, ReviewForm.KODEBOK])
def test_a_name_of_the_key_stops_the_package_also_an_encrypted_one(tmp_path, form):
    with make_study(tmp_path / "raw", is_applied=False) as raw:
        add_entity(raw, "Solfrid Bakkemo", "Gunn Lillevik", "Solfrid")
        apply_anonymisation(raw, unlock(raw, PASSPHRASE))
        with raw.store.act("memo.add", raw.coder.id) as act:
            memo = Note(new_id(), Target.PROJECT, None, raw.coder.id, "Spurte\tSolfrid\nom det")
            notes.add_note(act, memo)
        told = wish(raw, form=form, memo_ids=(memo.id,))
        with pytest.raises(ProtectionError):
            send(raw, told, passphrase=PASSPHRASE)
        assert reviews.load_packages(raw.store) == []
        assert list((raw.folder / "exports").iterdir()) == []


def test_a_removed_source_takes_what_was_sent_of_it_along_and_undo_brings_it_back(study):
    answered(study)
    before = len(load_queue(study.store))
    with study.store.act("source.remove", study.coder.id) as act:
        sources.remove_source(act, sources.load_sources(study.store)[0].id)
    assert len(load_queue(study.store)) < before
    assert check_store(study.store) == []
    undo(study.store, study.coder.id)
    assert len(load_queue(study.store)) == before


def test_what_one_researcher_received_comes_to_the_other_by_merging(study, tmp_path):
    shutil.copytree(study.folder, tmp_path / "other")
    with open_study(tmp_path / "other") as other:
        answered(other)
        expected = {s.answer.id for s in load_queue(other.store)}
    with open_merge(study, tmp_path / "other") as merging:
        merging.take(merging.preview())
    assert {s.answer.id for s in load_queue(study.store)} == expected
    assert check_store(study.store) == []


def test_the_most_doubtful_come_first_and_a_sample_is_the_same_for_the_same_seed(study):
    view, wondered = load_view(study), load_wonderings(study.store)
    doubtful = choose(view, Wish("A", doubtful=1), wondered).excerpts
    assert [e.code for e in doubtful] == ["Samhandling/Roller"]  # the one without a definition
    drawn = [choose(view, Wish("A", sample=2, seed=n), wondered).excerpts for n in (7, 7)]
    assert drawn[0] == drawn[1]
    assert len(drawn[0]) == 2


def test_nothing_outside_the_choice_is_packed(study):
    first = sources.load_sources(study.store)[0].id
    content = plan_package(study, wish(study, source_ids=(first,))).content
    assert OUTSIDE not in str(content)
    assert "Tavlemøtet" not in str(content)


@pytest.mark.parametrize(
    ("words", "kind", "text", "proposal"),
    [
        ("Enig!", AnswerKind.AGREE, "", ""),
        ("Tvil: hvem sier dette?", AnswerKind.DOUBT, "hvem sier dette?", ""),
        ("I tvil", AnswerKind.DOUBT, "", ""),
        ("tvilsomt sitat", AnswerKind.COMMENT, "tvilsomt sitat", ""),
        ("kode: «Roller».\nfordi", AnswerKind.PROPOSE, "fordi", "Roller"),
        ("Koden er god", AnswerKind.COMMENT, "Koden er god", ""),
        ("annan kode: Tid", AnswerKind.PROPOSE, "", "Tid"),
        ("doubt: why", AnswerKind.DOUBT, "why", ""),
        ("kode:", AnswerKind.COMMENT, "kode:", ""),
    ],
)
def test_a_comment_in_free_text_is_understood_or_kept_as_it_is(words, kind, text, proposal):
    read = read_words(words)
    assert (read.kind, read.text, read.proposal) == (kind, text, proposal)


@given(st.text(), st.integers(0, 200), st.integers(1, 200))
def test_words_of_a_text_are_found_in_it_whatever_they_are(raw, start, length):
    text = canonicalise(raw)
    words = text[start : start + length]
    found = locate(text, words)
    if words.strip():
        assert found is not None
        assert " ".join(text[found.start : found.end].split()) == " ".join(words.split())


def test_who_withdraws_is_gone_from_what_was_sent_and_from_the_history_of_it(study):
    answered(study, "Sier hun «Tavlemøtet klokka åtte» her?")
    case = next(c for c in cases.load_cases(study.store) if c.name == "Informant 2")
    with study.store.act("case.withdraw", study.coder.id) as act:
        erased = Eraser(act).erase([case.id])
        act.when_recorded.append(
            lambda: erase_history(study.store, erased, [case.id], lambda _text: False)
        )
    kept = [item.text for item in reviews.load_items(study.store)]
    assert "Tavlemøtet klokka åtte" not in kept
    assert len(kept) == 3
    told = [text.text for text in history_texts(study.store) if text.table == "review_items"]
    assert "Tavlemøtet klokka åtte" not in told
    assert check_store(study.store) == []
