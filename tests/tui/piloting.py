"""Walking through the app as a user does."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import Static

from kodebok.study.opening import Study
from kodebok.tui.app import KodebokApp
from kodebok.tui.widgets.tables import RowTable


@asynccontextmanager
async def opened(
    study: Study | None, folder: Path, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[Pilot[int]]:
    """The app, running, its first screen drawn; the study is closed at the end."""
    app = KodebokApp(study, folder)
    try:
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            yield pilot
    finally:
        if app.study is not None:
            app.study.close()


async def until(pilot: Pilot[int], is_so: Callable[[], bool]) -> None:
    """Wait for something that happens in another process, half a minute on a busy machine."""
    for _ in range(1_500):
        if is_so():
            await pilot.pause()
            return
        await asyncio.sleep(0.02)
    raise AssertionError("it never happened")


async def press(pilot: Pilot[int], *keys: str) -> None:
    """Press keys, and let the app settle after each."""
    for key in keys:
        await pilot.press(key)
        await pilot.pause()


async def write(pilot: Pilot[int], text: str) -> None:
    """Write into the field that has the keyboard."""
    await pilot.press(*text)
    await pilot.pause()


def seen(pilot: Pilot[int]) -> str:
    """Everything that stands on the screen, row by row."""
    strips = pilot.app.screen._compositor.render_strips()
    return "\n".join(strip.text.rstrip() for strip in strips)


def told(pilot: Pilot[int]) -> str:
    """What the notifications say."""
    return "\n".join(notice.message for notice in pilot.app._notifications)


def words_of(pilot: Pilot[int], selector: str) -> str:
    """The text of a widget, the part out of sight too."""
    return str(pilot.app.screen.query_one(selector, Static).render())


def rows_of(pilot: Pilot[int], selector: str) -> list[list[str]]:
    """The cells of a table."""
    table = pilot.app.screen.query_one(selector, RowTable)
    return [[cell.plain for cell in table.get_row_at(n)] for n in range(table.row_count)]
