"""What the way of working changes on the other screens."""

from __future__ import annotations

from pathlib import Path

import pytest

from kodebok.domain.code import Origin
from kodebok.domain.project import Method
from kodebok.storage import codes, notes, projects, sources
from kodebok.study.opening import Study
from tests.tui.piloting import opened, press, seen, told, write
from tests.tui.studies import make_small_study

WIDE = (120, 40)


def in_method(folder: Path, method: Method) -> Study:
    study = make_small_study(folder / "s")
    project = study.project()
    with study.store.act("project.change", study.coder.id, project.id) as act:
        projects.change_project(act, project.id, method=method)
    return study


async def test_the_reflexive_matrix_shows_where_before_how_many(tmp_path: Path) -> None:
    async with opened(in_method(tmp_path, Method.REFLEXIVE), tmp_path, WIDE) as pilot:
        await press(pilot, "f5")
        assert "●" in seen(pilot)
        assert "ikke hva som veier" in seen(pilot)
        await press(pilot, "c")
        assert "●" not in seen(pilot)


@pytest.mark.parametrize("method", [Method.SDI, Method.CODEBOOK, Method.UNDECIDED])
async def test_the_other_matrices_count_at_first(tmp_path: Path, method: Method) -> None:
    async with opened(in_method(tmp_path, method), tmp_path, WIDE) as pilot:
        await press(pilot, "f5")
        assert "●" not in seen(pilot)
        await press(pilot, "c", "c")
        assert "●" in seen(pilot)


async def test_text_condensation_offers_to_condense_right_after_coding(tmp_path: Path) -> None:
    study = in_method(tmp_path, Method.CONDENSATION)
    async with opened(study, tmp_path) as pilot:
        await press(pilot, "f3", "f", "S", "c")
        await write(pilot, "roller")
        await press(pilot, "enter")
        assert "K kondenserer det" in seen(pilot)
        await press(pilot, "K")
        await write(pilot, "De møtes")
        await press(pilot, "ctrl+s")
        assert [item.text for item in notes.load_condensations(study.store)] == ["De møtes"]
        await press(pilot, "u")
        assert notes.load_condensations(study.store) == []


async def test_other_ways_do_not_offer_it_but_have_the_key(tmp_path: Path) -> None:
    study = in_method(tmp_path, Method.SDI)
    async with opened(study, tmp_path) as pilot:
        await press(pilot, "f3", "f", "S", "c")
        await write(pilot, "roller")
        await press(pilot, "enter")
        assert "kondenserer" not in seen(pilot)
        await press(pilot, "K", "A", "ctrl+s")
        assert [item.text for item in notes.load_condensations(study.store)] == ["A"]


async def test_a_code_made_beside_the_text_comes_from_where_the_way_has_it(tmp_path: Path) -> None:
    study = in_method(tmp_path, Method.CODEBOOK)
    async with opened(study, tmp_path) as pilot:
        await press(pilot, "f4", "n")
        await write(pilot, "Fra teorien")
        await press(pilot, "enter", "f3", "f", "S", "n")
        await write(pilot, "Fra teksten")
        await press(pilot, "enter", "enter")
        origins = {code.name: code.origin for code in codes.load_code_tree(study.store)}
        assert origins["Fra teorien"] is Origin.DEDUCTIVE
        assert origins["Fra teksten"] is Origin.EMPIRICAL


async def test_the_way_of_working_is_changed_among_the_settings_and_undone(tmp_path: Path) -> None:
    study = in_method(tmp_path, Method.SDI)
    async with opened(study, tmp_path) as pilot:
        await press(pilot, "f9", *["down"] * 5, "enter", "up", "enter")
        assert study.project().method is Method.REFLEXIVE
        assert "Refleksiv tematisk" in seen(pilot)
        await press(pilot, "u")
        assert study.project().method is Method.SDI


async def test_what_the_guide_asked_about_is_ticked_off_and_the_matrix_knows(
    tmp_path: Path,
) -> None:
    study = make_small_study(tmp_path / "s")
    async with opened(study, tmp_path, WIDE) as pilot:
        await press(pilot, "down", "r", "escape", "g", "down", "down", "space", "enter")
        tree = codes.load_code_tree(study.store)
        names = {tree[code_id].name for _source, code_id in sources.load_asked(study.store)}
        assert names == {"Roller og ansvar"}
        await press(pilot, "f5")
        assert "○" in seen(pilot).split("ikke spurt")[0]
        await press(pilot, "f2", "g")
        assert "●" in seen(pilot)
        await press(pilot, "escape", "u")
        assert sources.load_asked(study.store) == set()
        assert "Angret: hva guiden spurte om" in told(pilot)
