"""Pictures of the analysis screen with the example study."""

from __future__ import annotations

import random
import uuid
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from kodebok.domain.project import Method
from kodebok.storage import projects
from kodebok.study.example import make_example
from kodebok.study.opening import Study
from kodebok.tui.app import KodebokApp
from tests.tui.studies import make_empty_study

Compare = Callable[..., bool]
HOME = Path("/")
SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])

PLACES = {
    "theme": ["f12"],
    "code": ["f12", "j"],
    "condensing": ["f12", "j", "enter", "j", "enter", *"Kort"],
    "people": ["f12", "j", "t", "enter", "j"],
    "gathering": ["f12", "g"],
    "asked": ["f2", "g"],
}


@pytest.fixture
def example(tmp_path: Path) -> Study:
    """The example study in text condensation, with the same ids every time."""
    dice = random.Random(1)  # noqa: S311 - the same every time
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(uuid, "uuid4", lambda: uuid.UUID(int=dice.getrandbits(128), version=4))
        study = make_example(tmp_path / "studie")
        project = study.project()
        with study.store.act("project.change", study.coder.id, project.id) as act:
            projects.change_project(act, project.id, method=Method.CONDENSATION)
    return study


def typed(keys: list[str]) -> Callable[[Pilot[Any]], Awaitable[None]]:
    async def run(pilot: Pilot[Any]) -> None:
        for key in keys:
            await pilot.press(key)
            await pilot.pause()

    return run


@SIZES
@pytest.mark.parametrize("keys", PLACES.values(), ids=PLACES.keys())
def test_screens(
    snap_compare: Compare, example: Study, size: tuple[int, int], keys: list[str]
) -> None:
    assert snap_compare(KodebokApp(example, HOME), run_before=typed(keys), terminal_size=size)


@SIZES
def test_an_empty_study(snap_compare: Compare, tmp_path: Path, size: tuple[int, int]) -> None:
    app = KodebokApp(make_empty_study(tmp_path / "tom"), HOME)
    assert snap_compare(app, run_before=typed(["f12"]), terminal_size=size)


def test_without_colours_and_in_plain_signs(
    snap_compare: Compare, example: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KODEBOK_THEME", "plain")
    monkeypatch.setenv("KODEBOK_SIGNS", "ascii")
    app = KodebokApp(example, HOME)
    run = typed(PLACES["condensing"])
    assert snap_compare(app, run_before=run, terminal_size=(80, 24))
