"""A study with two short interviews, opened on one of the screens around coding."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from textual.pilot import Pilot

from kodebok.storage import codings, sources
from kodebok.study.opening import Study, open_study
from kodebok.tui.app import KodebokApp
from tests import builders

FIRST = """\
I: Hva gjør dere når en bruker har sammensatte behov?
R: Vi møtes hver onsdag. Det faste møtet er det som holder oss sammen.
I: Hvem er med?
R: Ergoterapeut, sykepleier og ofte fastlegen, når han har tid."""
SECOND = """\
I: Hva er et møte for deg?
R: [latter] Kaffemaskinen. Et møte er når to snakker sammen."""

KEYS = {"f3": "coding", "f4": "codebook", "f5": "matrix", "f6": "quotes"}


def make_study(folder: Path) -> Study:
    """Two interviews, three codes, two coded passages."""
    with builders.make_store(folder) as store:
        first = builders.add_interview(store, FIRST, "I1", case="Informant 1")
        second = builders.add_interview(store, SECOND, "I2", case="Informant 2")
        fixed = builders.add_code(store, "Samhandling/Faste møtepunkt", letter="F")
        builders.add_code(store, "Samhandling/Roller", letter="R")
        builders.add_code(store, "Rammer", letter="A")
        builders.code_passage(store, first, fixed, "Det faste møtet")
        builders.code_passage(store, second, fixed, "Kaffemaskinen")
    return open_study(folder)


@asynccontextmanager
async def on_screen(
    study: Study, key: str = "f3", size: tuple[int, int] = (80, 24)
) -> AsyncIterator[tuple[Pilot[Any], Any]]:
    """The pilot and the screen that a function key opens."""
    app = KodebokApp(study, study.folder)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        await pilot.press(key)
        await pilot.pause()
        yield pilot, app.screen


async def press(pilot: Pilot[Any], *keys: str) -> None:
    """Press keys one after the other; a text of several words is typed."""
    for key in keys:
        if " " in key or (len(key) > 1 and key.startswith("'")):
            for sign in key.removeprefix("'"):
                await pilot.press("space" if sign == " " else sign)
        else:
            await pilot.press(key)
    await pilot.pause()


def coded(study: Study) -> list[tuple[str, str]]:
    """Words and code name of every coding, in the order of the texts."""
    from kodebok.storage.codes import load_code_tree

    tree = load_code_tree(study.store)
    names = {source.id: source.name for source in sources.load_sources(study.store)}
    found = sorted(
        codings.load_codings(study.store), key=lambda c: (names[c.source_id], c.start, c.end)
    )
    return [(c.text, tree[c.code_id].name) for c in found]


def text_of(study: Study, name: str) -> str:
    """The text of a source."""
    source = next(s for s in sources.load_sources(study.store) if s.name == name)
    return sources.load_text(study.store, source.id)
