"""Pictures of the coding, codebook, matrix and quotes screens with the example study."""

from __future__ import annotations

import random
import uuid
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from kodebok.study.example import make_example
from kodebok.study.opening import Study
from kodebok.tui.app import KodebokApp
from kodebok.tui.screens.coding import CodingScreen

Size = tuple[int, int]
Compare = Callable[..., bool]
HOME = Path("/")
SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])

PLACES = {
    "coding": ["f3", *"fffff", "right_parenthesis"],
    "a passage coded": ["f3", *"fff", "S", "1"],
    "code picker": ["f3", *"fff", "c", *"møt"],
    "search": ["f3", "slash", *"tavl", "ctrl+t", "enter", "space", "space"],
    "correction": ["f3", *"fffff", "e"],
    "codebook": ["f4", *"jj"],
    "fields of a code": ["f4", *"jj", "e"],
    "matrix": ["f5", *"jjl"],
    "passages behind a number": ["f5", *"jjlll", "enter"],
    "coverage": ["f5", "t"],
    "quotes": ["f6", *"jj"],
    "chosen quotes": ["f6", "t", "j"],
    "cuts": ["f6", "t", "j", "e", "enter"],
}


@pytest.fixture
def example(tmp_path: Path) -> Study:
    """The example study, with the same ids every time."""
    dice = random.Random(1)  # noqa: S311 - the same every time
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(uuid, "uuid4", lambda: uuid.UUID(int=dice.getrandbits(128), version=4))
        return make_example(tmp_path / "studie")


def typed(keys: list[str]) -> Callable[[Pilot[Any]], Awaitable[None]]:
    """Presses keys, and lets the panes catch up with the cursor."""

    async def run(pilot: Pilot[Any]) -> None:
        await pilot.press(*keys)
        await pilot.pause()
        screen = pilot.app.screen_stack[0]
        if isinstance(screen, CodingScreen):
            screen.follow_cursor()
            await pilot.pause()

    return run


@SIZES
@pytest.mark.parametrize("keys", PLACES.values(), ids=PLACES.keys())
def test_screens(snap_compare: Compare, example: Study, size: Size, keys: list[str]) -> None:
    assert snap_compare(KodebokApp(example, HOME), run_before=typed(keys), terminal_size=size)


@pytest.mark.parametrize("theme", ["light", "contrast", "plain"])
@pytest.mark.parametrize("name", ["coding", "matrix"])
def test_the_other_themes(
    snap_compare: Compare,
    example: Study,
    theme: str,
    name: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("KODEBOK_THEME", theme)
    if theme == "plain":
        monkeypatch.setenv("KODEBOK_SIGNS", "ascii")
    assert snap_compare(
        KodebokApp(example, HOME), run_before=typed(PLACES[name]), terminal_size=(80, 24)
    )
