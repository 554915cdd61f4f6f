"""Make every picture of the guide from the real screens: `python -m docs.pictures [FOLDER]`.

They show the example study. The clock ticks a second for each act and the ids are the same every
time, so that a picture changes only when a screen does. Nothing of the machine that it runs on is
in a picture, and no address of a font.
"""

from __future__ import annotations

import asyncio
import os
import random
import re
import sys
import tempfile
import time
import uuid
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from unittest.mock import patch

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from kodebok.tui.app import KodebokApp

PICTURES = Path(__file__).resolve().parent / "pictures"

STANDARD, WIDE = (100, 30), (124, 38)
_MOMENT = datetime(2025, 6, 2, 9, 0, tzinfo=UTC)
_STUDY = "fra-silo-til-samhandling"
_INCOMING = "intervjuer"
_GUIDE = """Samhandling i hverdagen
Fortell om en vanlig dag.
Hvem snakker du med når du er i tvil?
"""
_MESSY = """Intervju 5\r
\r
Intervjuer: Hva er det første du gjør når du kommer på jobb?\r
\r
R5: Jeg ser på tavla. Det er den som er møte-\r
plassen vår, egentlig.\r
\r
Intervjuer: Og så?\r
\r
R5: Så går jeg bort til ergoterapeuten og spør. Det står ikke på tavla.\r
\r
2\r
\r
Intervjuer: Hvem bestemmer hva som skal stå der?\r
\r
R5: Det lurer jeg på selv, på en måte.\r
"""

_TRIES = 200  # of a tenth of a second, for the process that reads the file

Show = Callable[["Pilot[int]"], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture.

    Attributes:
        name: The file's name without ending.
        show: Brings the app to what the picture shows.
        size: Columns and rows.
        has_study: Whether the example study is open.
    """

    name: str
    show: Show
    size: tuple[int, int] = STANDARD
    has_study: bool = True


def keys(*pressed: str) -> Show:
    """Press keys, one after the other; what is written is typed letter by letter after `»`."""

    async def show(pilot: Pilot[int]) -> None:
        for key in pressed:
            await pilot.press(*(key[1:] if key.startswith("»") else [key]))
            await pilot.pause(0.02)

    return show


def reading(source: str, words: str, *pressed: str, marked: bool = False) -> Show:
    """Open a source of the example where some words stand, then press keys."""

    async def show(pilot: Pilot[int]) -> None:
        app = cast("KodebokApp", pilot.app)
        source_id, start = _find(app, source, words)
        app.open_source(source_id, start, start + len(words) if marked else None)
        await pilot.pause(0.3)
        await keys(*pressed)(pilot)

    return show


def _find(app: KodebokApp, name: str, words: str) -> tuple[str, int]:
    from kodebok.storage import sources

    if app.study is None:
        raise RuntimeError("the picture needs the example study")
    store = app.study.store
    source = next(source for source in sources.load_sources(store) if source.name == name)
    return source.id, sources.load_text(store, source.id).index(words)


async def _bring_in(pilot: Pilot[int]) -> None:
    app = cast("KodebokApp", pilot.app)
    app.action_open_screen("import")
    await pilot.pause(0.1)
    screen = cast("Any", app.screen)
    screen.read_paths([Path(_INCOMING, "I5-sykepleier.txt")])
    for _try in range(_TRIES):
        await pilot.pause(0.1)
        if screen.is_reviewing:
            return
    raise RuntimeError("the file was not read")


async def _refuse_repair(pilot: Pilot[int]) -> None:
    await _bring_in(pilot)
    await keys("r")(pilot)


async def _do_some_acts(pilot: Pilot[int]) -> None:
    await reading("I1", EVERYDAY, "5", "d", "3", "u", "q", "f8")(pilot)


EVERYDAY = "Før måtte du skrive en henvisning og vente i tre uker, nå går du bort og spør."

PICTURES_OF_THE_GUIDE = (
    Picture("start", keys(), has_study=False),
    Picture("new-study", keys("n", "»Samhandling i hjemmetjenesten"), has_study=False),
    Picture("project", keys("f2")),
    Picture("import", _bring_in),
    Picture("repairs", _refuse_repair),
    Picture("coding", reading("I1", EVERYDAY, marked=True), WIDE),
    Picture("picker", reading("I1", EVERYDAY, "c", "»samlok", marked=True)),
    Picture("borders", reading("I1", EVERYDAY, "a")),
    Picture("memo", reading("I1", EVERYDAY, "m")),
    Picture("correct", reading("I4", "Alle nøklan", "e")),
    Picture("search", reading("I1", EVERYDAY, "slash", "»morgenm", "ctrl+t", "enter", "space")),
    Picture("codebook", keys("f4", "down", "down")),
    Picture("matrix", keys("f5"), WIDE),
    Picture("coverage", keys("f5", "t")),
    Picture("passages", keys("f5", "down", "right", "right", "right", "enter")),
    Picture("quotes", keys("f6", "t")),
    Picture("cuts", keys("f6", "t", "down", "enter", "enter")),
    Picture("export", keys("f7"), WIDE),
    Picture("analysis", keys("f12")),
    Picture("history", _do_some_acts),
)


@contextmanager
def always_the_same() -> Iterator[None]:
    """The same times, the same ids, bokmål, UTC, and an empty machine to work on."""
    ids = random.Random(1)  # noqa: S311 - ids of pictures
    before = {name: os.environ.get(name) for name in _surroundings(Path())}
    here = Path.cwd()
    with tempfile.TemporaryDirectory() as folder, _own_clock():
        os.environ.update(_surroundings(Path(folder)))
        time.tzset()
        os.chdir(folder)
        try:
            with patch("uuid.uuid4", lambda: uuid.UUID(int=ids.getrandbits(128), version=4)):
                yield
        finally:
            os.chdir(here)
            for name, value in before.items():
                os.environ.pop(name) if value is None else os.environ.update({name: value})
            time.tzset()


def _surroundings(folder: Path) -> dict[str, str]:
    places = {f"KODEBOK_{name}_DIR": str(folder / name.lower()) for name in ("CONFIG", "STATE")}
    checkout = str(PICTURES.parents[1])  # for the process that reads a file, from another folder
    own = {"KODEBOK_LANG": "nb", "TZ": "UTC", "COLORTERM": "truecolor", "PYTHONPATH": checkout}
    return {**places, **own}


@contextmanager
def _own_clock() -> Iterator[None]:
    seconds = count()

    class OwnClock:
        @staticmethod
        def now(zone: tzinfo) -> datetime:
            return (_MOMENT + timedelta(seconds=next(seconds))).astimezone(zone)

    with patch("kodebok.domain.ids.datetime", OwnClock):
        yield


def without_addresses(svg: str) -> str:
    """The picture without the fonts that a browser would fetch, and with every space kept."""
    svg = svg.replace("<svg ", '<svg xml:space="preserve" ', 1)
    svg = re.sub(r"<!--.*?-->", "", svg)
    svg = re.sub(r"@font-face\s*\{[^}]*\}", "", svg)
    return re.sub(r"font-family: [^;]+;", "font-family: monospace;", svg)


async def take(picture: Picture) -> str:
    """Bring the app to what the picture shows, and draw it as SVG."""
    from kodebok.study.opening import open_study
    from kodebok.tui import tour
    from kodebok.tui.app import KodebokApp

    tour.turn_off()
    study = open_study(Path(_STUDY)) if picture.has_study else None
    app = KodebokApp(study, Path())
    async with app.run_test(size=picture.size) as pilot:
        await pilot.pause(0.3)
        await picture.show(pilot)
        await pilot.pause(0.4)
        svg = app.export_screenshot(title="kodebok")
    if study is not None:
        study.close()
    return without_addresses(svg)


def make_pictures(folder: Path) -> list[Path]:
    """Make all pictures in a folder, and take away those that are not made any longer."""
    from kodebok.study.example import make_example

    folder = folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    with always_the_same():
        make_example(Path(_STUDY)).close()
        Path(_INCOMING).mkdir()
        Path(_INCOMING, "I5-sykepleier.txt").write_bytes(_MESSY.encode("cp1252"))
        Path(_INCOMING, "intervjuguide.txt").write_text(_GUIDE, encoding="utf-8")
        for picture in PICTURES_OF_THE_GUIDE:
            path = folder / f"{picture.name}.svg"
            path.write_text(asyncio.run(take(picture)), encoding="utf-8")
            made.append(path)
    for old in set(folder.glob("*.svg")) - set(made):
        old.unlink()
    return made


if __name__ == "__main__":
    for path in make_pictures(Path(sys.argv[1]) if len(sys.argv) > 1 else PICTURES):
        sys.stdout.write(f"{path.name}\n")
