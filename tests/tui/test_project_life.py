"""The card and the consents on the project screen, and what cannot wait."""

from __future__ import annotations

from pathlib import Path

import pytest

from kodebok.domain.card import Afterwards, DataClass
from kodebok.domain.consent import Manner, Purpose
from kodebok.storage import consents, sources
from kodebok.study import machine
from kodebok.study.card import change_card, load_card
from kodebok.tui import state
from tests.tui.piloting import opened, press, rows_of, seen, told, until, words_of, write
from tests.tui.studies import make_small_study

SMALL, WIDE = (80, 24), (120, 40)


async def test_the_card_is_filled_in_field_by_field(tmp_path: Path) -> None:
    study = make_small_study(tmp_path / "s")
    async with opened(study, tmp_path) as pilot:
        await press(pilot, "4", "enter")
        await write(pilot, "123456")
        await press(pilot, "enter", "down", "down", "down", "enter", "down", "down", "enter")
        card = load_card(study)
        assert (card.reference, card.data_class) == ("123456", DataClass.RED)
        assert rows_of(pilot, "#card-table")[3] == ["Dataenes klasse", "rød (fortrolig)"]
        assert "Nei betyr nei" in words_of(pilot, "#advice")
        assert "spør institusjonen" in words_of(pilot, "#warning")
        await press(pilot, *["down"] * 6, "enter", "down", "enter")
        assert load_card(study).afterwards is Afterwards.ANONYMISE
        await press(pilot, "delete", "u", "u")
        assert load_card(study).afterwards is None


async def test_a_date_that_is_none_is_told_and_not_written(tmp_path: Path) -> None:
    study = make_small_study(tmp_path / "s")
    async with opened(study, tmp_path) as pilot:
        await press(pilot, "4", *["down"] * 8, "enter")
        await write(pilot, "i juni")
        await press(pilot, "enter")
        assert "K552" in told(pilot)
        assert load_card(study).end_date is None


async def test_a_field_can_be_made_undecided_again(tmp_path: Path) -> None:
    study = make_small_study(tmp_path / "s")
    change_card(study, {"data_class": "red"})
    async with opened(study, tmp_path) as pilot:
        await press(pilot, "4", "down", "down", "down", "enter", "end", "enter")
        assert load_card(study).data_class is None


@pytest.mark.parametrize("size", [SMALL, WIDE])
async def test_what_cannot_wait_is_on_the_screen(tmp_path: Path, size: tuple[int, int]) -> None:
    study = make_small_study(tmp_path / "s")
    change_card(study, {"end_date": "2020-01-01", "is_allowed": "no", "place": "SAFE"})
    async with opened(study, tmp_path, size) as pilot:
        said = words_of(pilot, "#warning")
        assert "sluttdatoen 2020-01-01 er passert" in said
        assert ("og 1 til" in said) == (size == SMALL)
        assert ("institusjonen tillater ikke" in said) == (size == WIDE)


async def test_an_open_disk_is_told_once_the_system_has_answered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = machine.Disk(machine.DiskState.OPEN, "FileVault")
    monkeypatch.setattr("kodebok.study.machine.disk_of", lambda _folder: disk)
    async with opened(make_small_study(tmp_path / "s"), tmp_path) as pilot:
        await until(pilot, lambda: "FileVault" in words_of(pilot, "#warning"))


async def test_a_consent_is_given_and_withdrawn_on_the_screen(tmp_path: Path) -> None:
    study = make_small_study(tmp_path / "s")
    async with opened(study, tmp_path) as pilot:
        await press(pilot, "2", "s", "enter", "down", "enter")
        await press(pilot, "ctrl+u", *"2025-01-20", "tab", "down", "down", "space", "ctrl+s")
        (held,) = consents.load_consents(study.store)
        assert (held.given, held.manner) == ("2025-01-20", Manner.ORAL)
        assert held.purposes == (Purpose.PARTICIPATION, Purpose.RECORDING)
        assert [row[1] for row in rows_of(pilot, "#case-table")] == ["2025-01-20", "ingen"]
        await press(pilot, "s", "down", "enter", "ctrl+u", *"2025-02-01", "enter")
        assert rows_of(pilot, "#case-table")[0][1] == "trukket 2025-02-01"
        assert "kodebok withdraw" in told(pilot)
        assert "1 deltaker har trukket seg" in words_of(pilot, "#warning")
        await press(pilot, "u")
        assert rows_of(pilot, "#case-table")[0][1] == "2025-01-20"


async def test_a_request_is_noted_and_answered_on_the_screen(tmp_path: Path) -> None:
    study = make_small_study(tmp_path / "s")
    async with opened(study, tmp_path) as pilot:
        await press(pilot, "2", "s", "down", "enter", "enter")
        (request,) = consents.load_requests(study.store)
        assert (str(request.kind), request.answered) == ("access", None)
        await press(pilot, "s", "down", "enter", "enter")
        assert consents.load_requests(study.store)[0].answered is not None


async def test_a_participant_who_withdraws_is_erased_once_the_name_is_typed(
    tmp_path: Path,
) -> None:
    study = make_small_study(tmp_path / "s")
    async with opened(study, tmp_path) as pilot:
        name = "Informant 1"
        before = len(sources.load_sources(study.store))
        await press(pilot, "2", "s", "end", "enter")
        if "Andre forteller" in seen(pilot):
            await press(pilot, "enter")
        assert "slettes for godt" in seen(pilot)
        await press(pilot, *"feil", "enter")
        assert len(sources.load_sources(study.store)) == before
        await press(pilot, "ctrl+u", *("space" if sign == " " else sign for sign in name), "enter")
        assert len(sources.load_sources(study.store)) == before - 1
        assert len(rows_of(pilot, "#case-table")) == 1


async def test_consent_on_another_tab_leads_to_the_participants(tmp_path: Path) -> None:
    async with opened(make_small_study(tmp_path / "s"), tmp_path) as pilot:
        await press(pilot, "s")
        assert "Samtykke" in seen(pilot)
        assert pilot.app.screen.tab == "cases"


async def test_a_memo_written_on_the_card_is_on_the_study(tmp_path: Path) -> None:
    study = make_small_study(tmp_path / "s")
    async with opened(study, tmp_path) as pilot:
        await press(pilot, "4", "m", "enter")
        assert "Memo" in seen(pilot)


async def test_the_start_screen_says_what_cannot_wait_in_a_study(tmp_path: Path) -> None:
    with make_small_study(tmp_path / "s") as study:
        change_card(study, {"end_date": "2020-01-01"})
    state.remember_folder(tmp_path / "s")
    async with opened(None, tmp_path) as pilot:
        assert "! sluttdatoen 2020-01-01 er passert" in seen(pilot)
        await press(pilot, "enter")
        assert pilot.app.study.folder == tmp_path / "s"
