"""A picture of every screen at 80×24 and 120×40, compared with the one that was looked at."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot

from kodebok.config import write_setting
from kodebok.study.opening import Study
from kodebok.tui.app import KodebokApp
from tests.tui.piloting import press, until, words_of
from tests.tui.studies import make_empty_study, make_small_study, stop_the_clock

LONG_TITLE = "Fra silo til samhandling: en svært lang tittel på en studie av to kommuner [utkast]"
HOME = Path("/home/kari")
SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
Compare = Callable[..., bool]
Size = tuple[int, int]


@pytest.fixture(autouse=True)
def _still(monkeypatch: pytest.MonkeyPatch) -> None:
    stop_the_clock(monkeypatch)


@pytest.fixture
def small(tmp_path: Path) -> Study:
    return make_small_study(tmp_path / "s", LONG_TITLE)


@pytest.fixture
def empty(tmp_path: Path) -> Study:
    return make_empty_study(tmp_path / "e", LONG_TITLE)


@SIZES
def test_start(snap_compare: Compare, size: Size) -> None:
    assert snap_compare(KodebokApp(None, HOME), terminal_size=size)


@SIZES
def test_a_new_study(snap_compare: Compare, size: Size) -> None:
    assert snap_compare(KodebokApp(None, HOME), press=["n", "T", "o"], terminal_size=size)


@SIZES
@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("sources", []),
        ("participants", ["2"]),
        ("memos", ["3"]),
        ("help", ["f1"]),
        ("commands", ["ctrl+p"]),
        ("history", ["f8"]),
        ("settings", ["f9"]),
        ("choosing", ["f9", "enter"]),
        ("asking", ["delete"]),
        ("writing", ["m", "enter"]),
    ],
)
def test_a_study(
    snap_compare: Compare, small: Study, size: Size, name: str, keys: list[str]
) -> None:
    assert snap_compare(KodebokApp(small, HOME), press=keys, terminal_size=size)


@SIZES
def test_an_empty_study(snap_compare: Compare, empty: Study, size: Size) -> None:
    assert snap_compare(KodebokApp(empty, HOME), terminal_size=size)


@SIZES
@pytest.mark.parametrize("theme", ["light", "contrast", "plain"])
def test_the_other_themes(snap_compare: Compare, small: Study, size: Size, theme: str) -> None:
    write_setting(small.folder, "theme", theme)
    write_setting(small.folder, "signs", "ascii" if theme == "plain" else "unicode")
    small.settings = type(small.settings)(small.folder)
    assert snap_compare(KodebokApp(small, HOME), terminal_size=size)


@SIZES
def test_choosing_files(snap_compare: Compare, empty: Study, size: Size, tmp_path: Path) -> None:
    folder = tmp_path / "intervjuer"
    folder.mkdir()
    for name in ("I1.docx", "I2.txt", "bilde.png"):
        (folder / name).write_text("R: Ja.", encoding="utf-8")

    async def open_it(pilot: Pilot[int]) -> None:
        await press(pilot, "a")
        await pilot.pause(0.3)

    assert snap_compare(KodebokApp(empty, folder), run_before=open_it, terminal_size=size)


@SIZES
def test_what_was_understood(
    snap_compare: Compare, empty: Study, size: Size, tmp_path: Path
) -> None:
    file = tmp_path / "I3.txt"
    file.write_text(
        "Intervjuer: Hva gjør  dere?\nInformant 3: Vi møtes hver onsdag.\n"
        "Intervjuer: Og ellers?\nInformant 3: [latter] Kaffemaskinen.\n",
        encoding="utf-8",
    )

    async def take_it(pilot: Pilot[int]) -> None:
        await press(pilot, "a")
        screen = pilot.app.screen
        screen.post_message(events.Paste(str(file)))
        await until(pilot, lambda: len(screen.plans) == 1)
        await pilot.pause(0.2)

    assert snap_compare(KodebokApp(empty, HOME), run_before=take_it, terminal_size=size)


@SIZES
def test_export(
    snap_compare: Compare, small: Study, size: Size, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kodebok.tui.screens.export.size_words", lambda _count: "9 kB")

    async def wait(pilot: Pilot[int]) -> None:
        await press(pilot, "f7")
        await until(pilot, lambda: "onsdag" in words_of(pilot, "#preview-text"))

    assert snap_compare(KodebokApp(small, HOME), run_before=wait, terminal_size=size)
