"""The card, consents and requests, and what the study warns of."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta

import pytest

from kodebok.domain.consent import Manner, Purpose, RequestKind
from kodebok.domain.departure import Recipient
from kodebok.errors import WrongUseError
from kodebok.export.privacy_page import document_text
from kodebok.i18n import set_language
from kodebok.storage import cases, consents, departures
from kodebok.storage.history import load_events, redo, undo
from kodebok.storage.integrity import check_store
from kodebok.study import card as card_module
from kodebok.study.backup import backup_reminder
from kodebok.study.card import change_card, class_advice, load_card, recent_warnings
from kodebok.study.consent import (
    answer_request,
    consent_warnings,
    find_request,
    give_consent,
    receive_request,
    withdraw_consent,
)
from kodebok.study.departing import log_export, note_recipient
from kodebok.study.exporting import ExportKind, ExportOptions, run_export
from kodebok.study.machine import Disk, DiskState
from kodebok.study.opening import open_study
from kodebok.study.receipt import consent_receipt, request_receipt
from kodebok.study.status import load_status
from tests import builders

TODAY = date(2026, 6, 15)


@pytest.fixture(autouse=True)
def _surroundings(tmp_path, monkeypatch):
    for name in ("CONFIG", "STATE", "DATA"):
        monkeypatch.setenv(f"KODEBOK_{name}_DIR", str(tmp_path / name.lower()))
    set_language("en")
    yield
    set_language("")


@pytest.fixture
def study(tmp_path, monkeypatch):
    monkeypatch.setattr(card_module, "local_today", lambda: TODAY)
    monkeypatch.setattr("kodebok.study.status.local_today", lambda: TODAY)
    with builders.make_store(tmp_path / "s") as store:
        builders.add_interview(store, name="I1", case="Olga Nordmann")
        builders.add_interview(store, name="I2", case="Informant 2")
    with open_study(tmp_path / "s") as opened:
        yield opened


def person(study, name):
    return next(case for case in cases.load_cases(study.store) if case.name == name)


# The card ------------------------------------------------------------------------------------


def test_the_card_is_written_read_undone_and_emptied(study):
    change_card(study, {"reference": " 123 456 ", "data_class": "red", "end_date": "2026-08-01"})
    card = load_card(study)
    assert (card.reference, str(card.data_class), card.end_date) == ("123 456", "red", "2026-08-01")
    change_card(study, {"end_date": ""})
    assert load_card(study).end_date is None
    undo(study.store, study.coder.id)
    assert load_card(study).end_date == "2026-08-01"
    undo(study.store, study.coder.id)
    assert load_card(study).is_empty
    assert check_store(study.store) == []


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("colour", "red", "K550"),
        ("data_class", "pink", "K551"),
        ("end_date", "30.06.2026", "K552"),
    ],
)
def test_the_card_refuses_what_it_cannot_hold(study, field, value, code):
    with pytest.raises(WrongUseError) as told:
        change_card(study, {field: value})
    assert told.value.code == code
    assert load_card(study).is_empty


@pytest.mark.parametrize(
    ("end", "said"),
    [
        ("2026-08-01", ""),
        ("2026-07-15", "30 days to the end date"),
        ("2026-06-16", "1 day to the end date"),
        ("2026-06-15", "the study ends today"),
        ("2026-06-14", "the end date 2026-06-14 has passed"),
    ],
)
def test_a_date_that_is_near_or_passed_is_warned_of(study, end, said):
    change_card(study, {"end_date": end})
    warnings = load_status(study).warnings
    assert any(said in warning for warning in warnings) if said else warnings == ()
    assert list(warnings) == recent_warnings(study.folder, TODAY)


def test_the_day_is_the_users_own_and_not_greenwichs(tmp_path, monkeypatch):
    """East and west of the line of days it is never the same day."""
    found = []
    for zone in ("Etc/GMT-14", "Etc/GMT+12"):
        monkeypatch.setenv("TZ", zone)
        time.tzset()
        found.append(card_module.local_today())
    monkeypatch.undo()
    time.tzset()
    assert found[0] > found[1]


def test_a_study_outside_the_approved_place_is_warned_of(study, tmp_path):
    change_card(study, {"folder": str(tmp_path / "server"), "place": "Research server"})
    assert "move its folder to Research server" in load_status(study).warnings[0]
    (tmp_path / "server").symlink_to(tmp_path)
    assert load_status(study).warnings == ()


def test_no_is_taken_for_an_answer(study):
    change_card(study, {"data_class": "red", "machine": "own"})
    assert "ask the institution" in load_status(study).warnings[0]
    change_card(study, {"is_allowed": "yes"})
    assert load_status(study).warnings == ()
    change_card(study, {"is_allowed": "no", "place": "SAFE"})
    assert (
        "does not allow these data on this machine: move the study to SAFE"
        in (load_status(study).warnings[0])
    )


def test_red_data_on_the_institutions_machine_are_not_asked_about(study):
    change_card(study, {"data_class": "black", "machine": "institution"})
    assert load_status(study).warnings == ()
    assert "hardly any institution" in class_advice(load_card(study).data_class)


def test_an_open_disk_is_warned_of_and_an_unknown_one_is_not(study):
    said = load_status(study, disk=Disk(DiskState.OPEN, "BitLocker")).warnings
    assert said == ("the disk is not encrypted: turn on BitLocker before you bring in more",)
    for state in (DiskState.UNKNOWN, DiskState.ENCRYPTED):
        assert load_status(study, disk=Disk(state, "LUKS")).warnings == ()


def test_a_study_that_was_never_opened_by_this_version_is_looked_at_without_changing_it(study):
    study.store.db.execute("DROP TABLE cards")
    study.store.db.execute("DELETE FROM _sqlite_migrations WHERE name = 'm006_life'")
    assert recent_warnings(study.folder, TODAY) == []
    assert not study.store.has_table("cards")


# Consents and requests -----------------------------------------------------------------------


def test_a_participant_without_consent_is_said_to_lack_it(study):
    assert any("2 participants have no consent noted" in s for s in load_status(study).lacking)
    give_consent(study, person(study, "Informant 2"), given="2026-01-02")
    assert any("1 participant has no consent noted" in s for s in load_status(study).lacking)


def test_a_consent_is_given_withdrawn_and_undone(study):
    case = person(study, "Informant 2")
    purposes = (Purpose.QUOTES, Purpose.RECORDING)
    give_consent(study, case, given="2026-01-02", purposes=purposes, manner=Manner.ORAL)
    (held,) = consents.load_consents(study.store, case.id)
    assert held.purposes == (Purpose.RECORDING, Purpose.QUOTES)
    withdraw_consent(study, case, "2026-06-01")
    assert consents.load_consents(study.store, case.id)[0].withdrawn == "2026-06-01"
    assert "kodebok withdraw" in consent_warnings(study, TODAY)[0]
    undo(study.store, study.coder.id)
    assert consent_warnings(study, TODAY) == []


def test_a_consent_that_is_not_there_cannot_be_withdrawn_and_a_site_cannot_consent(study):
    with pytest.raises(WrongUseError, match="K555"):
        withdraw_consent(study, person(study, "Informant 2"), "2026-06-01")
    builders.add_case(study.store, "Legekontoret", site=True)
    with pytest.raises(WrongUseError, match="K553"):
        give_consent(study, person(study, "Legekontoret"), given="2026-01-02")


@pytest.mark.parametrize("kind", RequestKind)
def test_each_request_is_an_act_that_can_be_answered(study, kind):
    case = person(study, "Informant 2")
    made = receive_request(study, case, kind, "2026-06-10", "ringte")
    assert load_events(study.store, 1)[0].kind == f"request.{kind}"
    is_stopped = any("not to be used" in said for said in consent_warnings(study, TODAY))
    assert is_stopped == kind.stops_use
    answer_request(study, find_request(study, made.id[:6]), "2026-06-12")
    assert consent_warnings(study, TODAY) == []
    assert consents.load_requests(study.store)[0].note == "ringte"


def test_a_request_is_remembered_before_its_month_is_over(study):
    case = person(study, "Informant 2")
    receive_request(study, case, RequestKind.ACCESS, "2026-06-01")
    assert consent_warnings(study, TODAY) == ["1 request has waited for two weeks"]
    late = consent_warnings(study, date(2026, 7, 2))
    assert late == ["1 request is older than a month, which is the limit: answer it"]


def test_an_answer_is_not_older_than_its_request(study):
    made = receive_request(study, person(study, "Informant 2"), RequestKind.ACCESS, "2026-06-10")
    with pytest.raises(WrongUseError, match="K556"):
        answer_request(study, made, "2026-06-09")
    with pytest.raises(WrongUseError, match="K557"):
        find_request(study, "nothing")


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_a_receipt_names_no_one(study, language):
    case = person(study, "Olga Nordmann")
    give_consent(study, case, given="2026-01-02", note="skjemaet til Olga i skuffen")
    made = receive_request(study, case, RequestKind.ACCESS, "2026-06-10", "Olga ringte")
    for document in (
        consent_receipt(study, case, language=language),
        request_receipt(study, case, made, language=language),
    ):
        text = document_text(document)
        assert "Olga" not in text
        assert case.id[:8] in text
        assert "2026-" in text


def test_a_participant_with_a_consent_can_be_removed_and_comes_back_whole(study):
    case = person(study, "Informant 2")
    give_consent(study, case, given="2026-01-02")
    receive_request(study, case, RequestKind.ACCESS, "2026-06-10")
    before = builders.state_of(study.store)
    with study.store.act("case.remove", study.coder.id, case.id) as act:
        cases.remove_case(act, case.id)
    assert consents.load_consents(study.store) == []
    undo(study.store, study.coder.id)
    assert builders.state_of(study.store) == before


# What left -----------------------------------------------------------------------------------


def test_an_export_is_noted_and_undo_and_redo_pass_it_by(study):
    store, me = study.store, study.coder.id
    change_card(study, {"reference": "1"})
    undo(store, me)
    result = run_export(study, ExportKind.CODEBOOK, None, ExportOptions())
    (left,) = departures.load_departures(store)
    assert (left.kind, left.file_name) == ("codebook", result.path.name)
    assert left.bytes == result.bytes_written
    assert redo(store, me).kind == "card.change"
    run_export(study, ExportKind.CODEBOOK, None, ExportOptions(overwrite=True))
    assert undo(store, me).kind == "card.change"
    assert len(departures.load_departures(store)) == 2
    assert check_store(store) == []


def test_to_whom_a_file_went_is_noted_on_the_newest_of_its_name(study, tmp_path):
    for content in (b"one", b"two"):
        log_export(study, tmp_path / "funn.docx", "word", content)
    note_recipient(study, "exports/funn.docx", Recipient.SUPERVISOR)
    assert [d.recipient for d in departures.load_departures(study.store)] == [
        None,
        Recipient.SUPERVISOR,
    ]
    with pytest.raises(WrongUseError, match="K558"):
        note_recipient(study, "other.docx", Recipient.SELF)


def test_a_backup_is_asked_for_when_a_week_has_gone_and_something_was_changed(study):
    born = datetime.fromisoformat(study.project().created)
    week, day = timedelta(days=7), timedelta(days=1)
    assert backup_reminder(study, born + week) == ""
    assert "no backup yet" in backup_reminder(study, born + week + day)
    backup = departures.Backup("b", "f", "0" * 64, 1, datetime.now(UTC).isoformat())
    with study.store.act("backup.made", study.coder.id) as act:
        departures.add_backup(act, backup)
    made = datetime.fromisoformat(backup.made)
    assert backup_reminder(study, made + 30 * day) == ""
    change_card(study, {"reference": "1"})
    assert backup_reminder(study, made + week) == ""
    assert "30 days old" in backup_reminder(study, made + 30 * day)
