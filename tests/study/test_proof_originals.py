"""Names that only the key or the list of names knows are found in the manuscript, in any form."""

from __future__ import annotations

import pytest

from kodebok.domain.entity import Action
from kodebok.storage import encrypted
from kodebok.study.anonymising_apply import apply_anonymisation
from kodebok.study.opening import open_study
from kodebok.study.proof import known_originals, proof_manuscript
from kodebok.study.proof_findings import Kind
from kodebok.study.unlocking import unlock
from kodebok.study.view import load_view
from tests import builders
from tests.study.anonymised import PASSPHRASE, add_entity, quick_decrypt, quick_encrypt
from tests.study.proof_manuscripts import write_manuscript


@pytest.fixture
def study(tmp_path, monkeypatch):
    monkeypatch.setattr(encrypted, "encrypt", quick_encrypt)
    monkeypatch.setattr(encrypted, "decrypt", quick_decrypt)
    monkeypatch.setenv("KODEBOK_DATA_DIR", str(tmp_path / "data"))
    with builders.make_store(tmp_path / "s") as store:
        text = "R: Jeg snakket med Zebrahild Kvistebakk og Lewin om turnusen hver mandag."
        builders.add_interview(store, text, "I1", case="Informant 1")
    with open_study(tmp_path / "s") as opened:
        add_entity(opened, "Zebrahild Kvistebakk", "Gunn Lillevik", "Zebrahild")
        add_entity(opened, "Lewin", "", action=Action.KEEP)
        apply_anonymisation(opened, unlock(opened, PASSPHRASE))
        yield opened


def names_in(study, tmp_path, *paragraphs):
    path = write_manuscript(tmp_path / "t.docx", *paragraphs)
    proof = proof_manuscript(load_view(study), path, known_originals(study))
    return [finding.text for finding in proof.findings if finding.kind is Kind.NAME]


def test_an_original_of_the_open_key_is_a_name_that_leaked(study, tmp_path):
    said = names_in(
        study, tmp_path, "Turnusen var Zebrahilds idé.", "Kvistebakk, Zebrahild sa det."
    )
    assert said == ["Zebrahilds", "Kvistebakk, Zebrahild"]


def test_what_was_decided_to_stay_and_what_is_cited_is_no_leak(study, tmp_path):
    assert names_in(study, tmp_path, "Lewin kalte det felt.", "Kvistebakk (2019) viser det.") == []


def test_without_the_key_nothing_is_known(study, tmp_path):
    study.key = None
    assert names_in(study, tmp_path, "Turnusen var Zebrahilds idé.") == []
