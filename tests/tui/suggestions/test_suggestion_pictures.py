"""Pictures of the suggestions screen, tab by tab, with suggestions that are the same every time."""

from __future__ import annotations

import random
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from kodebok.domain.suggestion import PassageRole, SuggestionKind
from kodebok.storage import suggestions
from kodebok.storage.sources import load_sources
from kodebok.study.opening import Study, open_study
from kodebok.suggest.runs import Wish, compute, load_drift
from kodebok.tui.app import KodebokApp
from tests.builders import coder_of
from tests.suggest.builders import MONEY, OTHER, make_study, wonder
from tests.tui.suggestions.test_suggestions import keep_group

HOME = Path("/")
SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
TABS = {
    "codes": ["1"],
    "unexplained": ["2"],
    "candidates": ["3"],
    "all of a candidate": ["3", "v"],
    "naming": ["3", "n"],
    "theory": ["4"],
    "equations": ["5", "e", *"Møter", "enter"],
    "drift": ["6"],
    "record": ["7"],
    "which word": ["1", "w"],
}


@pytest.fixture
def study(tmp_path: Path) -> Study:
    """Codes, what is unexplained and a candidate, with the same ids and times every time."""
    dice = random.Random(1)  # noqa: S311 - the same every time
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(uuid, "uuid4", lambda: uuid.UUID(int=dice.getrandbits(128), version=4))
        with make_study(tmp_path / "studie") as store:
            me = coder_of(store)
            (first, *_rest) = compute(store, me, SuggestionKind.CODE, Wish())
            for words in (MONEY[0], MONEY[2], OTHER):
                wonder(store, load_sources(store)[0].id, words)
            compute(store, me, SuggestionKind.MORE, Wish())
            member = replace(first.passage, role=PassageRole.MEMBER, text="Dette hører også med.")
            keep_group(store, replace(first, passages=(first.passage, member)))
    return open_study(tmp_path / "studie")


def at(keys: list[str]) -> Callable[[Pilot[Any]], Awaitable[None]]:
    """Goes to the suggestions, then presses keys."""

    async def run(pilot: Pilot[Any]) -> None:
        for key in ["ctrl+g", *keys]:
            await pilot.press(key)
            await pilot.pause()

    return run


@SIZES
@pytest.mark.parametrize("keys", TABS.values(), ids=TABS.keys())
def test_tabs(
    snap_compare: Callable[..., bool],
    study: Study,
    size: tuple[int, int],
    keys: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    switch = replace(suggestions.load_switch(study.store), at="2026-01-05T09:30:00.000+00:00")
    monkeypatch.setattr(suggestions, "load_switch", lambda _store: switch)

    async def run(pilot: Pilot[Any]) -> None:
        await at(keys)(pilot)
        if keys == TABS["drift"]:
            pilot.app.screen.drifted = load_drift(study.store, study.coder.id, 1)
            pilot.app.screen.show_list()
            await pilot.pause()

    assert snap_compare(KodebokApp(study, HOME), run_before=run, terminal_size=size)


@SIZES
def test_turned_off(
    snap_compare: Callable[..., bool], tmp_path: Path, size: tuple[int, int]
) -> None:
    make_study(tmp_path / "studie", is_on=False).close()
    app = KodebokApp(open_study(tmp_path / "studie"), HOME)
    assert snap_compare(app, run_before=at([]), terminal_size=size)
