"""Pictures of the screens for sound: listening, uncertain words, names of voices, recordings."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from kodebok.study.opening import Study
from kodebok.tui.app import KodebokApp
from tests.study.fake_sound import use_fake_stages
from tests.tui.sound.spoken import make_study
from tests.tui.studies import stop_the_clock

PLACES = {
    "sound of a source": ["f3", "H", "f"],
    "uncertain words": ["f3", "Q"],
    "names of the voices": ["f3", "N"],
    "marks": ["f3", "f", "E"],
    "as it is printed": ["f3", "B"],
    "recordings": ["ctrl+t"],
}


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Study:
    use_fake_stages(monkeypatch)
    stop_the_clock(monkeypatch)
    return make_study(tmp_path)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
@pytest.mark.parametrize("keys", PLACES.values(), ids=PLACES.keys())
def test_screens(
    snap_compare: Callable[..., bool], study: Study, size: tuple[int, int], keys: list[str]
) -> None:
    async def run(pilot: Pilot[Any]) -> None:
        await pilot.press(*keys)
        await pilot.pause()

    assert snap_compare(KodebokApp(study, study.folder), run_before=run, terminal_size=size)
