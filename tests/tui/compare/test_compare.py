"""Two coders on the screen: differences, the dearest first, settled with one key each; blind."""

from __future__ import annotations

from pathlib import Path

import pytest

from kodebok.coding import blinding
from kodebok.config import Settings
from kodebok.storage import blind, codings, projects, sources
from kodebok.storage.database import Store
from kodebok.study.opening import Study
from tests import builders
from tests.tui.piloting import opened, press, seen, write


def put(store: Store, coder: str, code: str, words: str) -> None:
    here = store.rows("SELECT id FROM sources ORDER BY name")[0][0]
    coder_id = builders.coder_of(store, coder)
    builders.code_passage(store, here, builders.add_code(store, code), words, coder_id=coder_id)


@pytest.fixture
def study(tmp_path: Path) -> Study:
    store = builders.make_store(tmp_path / "studie", coders=("Kari", "Jonas"))
    builders.add_interview(store, name="I1", case="I1")
    put(store, "Kari", "Møter", "Det faste møtet er det som holder oss sammen")
    put(store, "Jonas", "Samhold", "holder oss sammen")
    put(store, "Kari", "Folk", "fastlegen")
    put(store, "Jonas", "Folk", "ofte fastlegen")
    return Study(store, projects.first_user(store), Settings(store.folder))


async def test_the_dearest_difference_comes_first_and_one_key_settles_it(
    study: Study, tmp_path: Path
) -> None:
    async with opened(study, tmp_path) as pilot:
        await press(pilot, "ctrl+o")
        shown = seen(pilot)
        assert "2 forskjeller å avklare" in shown
        assert "Samhold" in shown
        await press(pilot, "f")
        await write(pilot, "Enige")
        await press(pilot, "enter")
        assert "1 forskjell å avklare" in seen(pilot)
        (settled,) = blind.load_settlements(study.store)
        assert (settled.choice, settled.reason) == (builders.coder_of(study.store), "Enige")
        assert len(blind.load_runs(study.store)) == 1
        await press(pilot, "u")
        assert "2 forskjeller å avklare" in seen(pilot)


async def test_figures_stand_with_what_they_mean(study: Study, tmp_path: Path) -> None:
    async with opened(study, tmp_path, (120, 40)) as pilot:
        await press(pilot, "ctrl+o", "2")
        shown = seen(pilot)
        assert "Krippendorffs α" in shown
        assert "har ingen kode" in shown
        await press(pilot, "m")
        await write(pilot, "nå")
        await press(pilot, "enter")
        assert blind.load_runs(study.store)[0].note == "nå"


async def test_a_coder_is_made_blind_and_then_sees_nothing_of_the_other(
    study: Study, tmp_path: Path
) -> None:
    async with opened(study, tmp_path) as pilot:
        await press(pilot, "ctrl+o", "d", "enter", "enter")
        (begun,) = blind.load_blind(study.store)
        coder = next(u for u in projects.load_users(study.store) if u.id == begun.coder_id)
        await press(pilot, "f8")
        study.work_as(coder)
        pilot.app.forget_screens()  # as the settings do
        await press(pilot, "f3")
        shown = {coding.coder_id for coding in codings.load_codings(study.store)}
        assert shown == {coder.id}
        await press(pilot, "ctrl+o")
        assert "Du koder blindt i 1 kilde" in seen(pilot)
        source = sources.load_sources(study.store)[0]
        with study.store.act("source.read", coder.id, source.id) as act:
            sources.mark_read(act, source.id, coder.id)
        await press(pilot, "f3", "ctrl+o")
        assert "2 forskjeller å avklare" in seen(pilot)


async def test_with_one_coder_there_is_nothing_to_compare(tmp_path: Path) -> None:
    store = builders.make_store(tmp_path / "studie")
    study = Study(store, projects.first_user(store), Settings(store.folder))
    async with opened(study, tmp_path) as pilot:
        await press(pilot, "ctrl+o", "f", "2")
        assert "Ikke noe å sammenligne ennå" in seen(pilot)
        assert blinding.coded_by(store, study.coder) == []


async def test_a_category_tells_its_life_over_the_codebook(study: Study, tmp_path: Path) -> None:
    async with opened(study, tmp_path) as pilot:
        await press(pilot, "f4", "b")
        shown = seen(pilot)
        assert "Livet til Møter" in shown
        assert "født som «Møter»" in shown
        await press(pilot, "escape")
        assert "Livet til" not in seen(pilot)
