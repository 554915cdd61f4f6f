"""Cards, consents, requests and what left come along when another copy is merged in."""

from __future__ import annotations

import shutil

import pytest

from kodebok.domain.consent import RequestKind
from kodebok.storage import cases, consents, departures
from kodebok.storage.integrity import check_store
from kodebok.study.card import change_card, load_card
from kodebok.study.consent import give_consent, receive_request
from kodebok.study.departing import log_export
from kodebok.study.merging import merge_copy
from kodebok.study.opening import open_study
from tests import builders


@pytest.fixture(autouse=True)
def _own_data(tmp_path, monkeypatch):
    monkeypatch.setenv("KODEBOK_DATA_DIR", str(tmp_path / "data"))


def test_what_one_copy_noted_of_the_study_is_in_the_other_after_a_merge(tmp_path):
    mine, other = tmp_path / "mine", tmp_path / "other"
    with builders.make_store(mine) as store:
        builders.add_interview(store, name="I1", case="Informant 1")
    shutil.copytree(mine, other)
    with open_study(other) as study:
        case = cases.load_cases(study.store)[0]
        change_card(study, {"reference": "123456"})
        give_consent(study, case, given="2026-01-02")
        receive_request(study, case, RequestKind.ACCESS, "2026-02-03")
        log_export(study, other / "exports" / "funn.docx", "word", b"PK")
    with open_study(mine) as study:
        builders.write_memo(study.store, "mitt eget")
        merge_copy(study, other)
        assert check_store(study.store) == []
        assert load_card(study).reference == "123456"
        assert [one.given for one in consents.load_consents(study.store)] == ["2026-01-02"]
        assert [one.kind for one in consents.load_requests(study.store)] == [RequestKind.ACCESS]
        left = departures.load_departures(study.store)
        assert [one.file_name for one in left] == ["funn.docx"]
