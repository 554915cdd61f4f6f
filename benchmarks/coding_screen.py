"""What the whole coding screen costs with a source of 100,000 words and 2,000 codings.

    python -m benchmarks.coding_screen [--scale 10] [--keys 60]

CPU seconds of this process, from the key to the moment when the driver has been given what to
write, with all panes open at 120 × 40 cells. Acts are durable and in the history when they are
painted. The table goes to stderr, JSON to stdout.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
import tempfile
from pathlib import Path
from statistics import mean, median
from time import process_time
from typing import TYPE_CHECKING, Any

from textual import events

from benchmarks.corpus import make_long_source
from benchmarks.kodebok_study import load
from benchmarks.reader import CODINGS, WORDS, CountingDriver
from kodebok.tui.app import KodebokApp

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from kodebok.study.opening import Study

SIZE = (120, 40)
PATIENCE_SECONDS = 5.0
MOVES = ("right", "down", "w", "shift+right", "p", "f", "pagedown")
ACTS = {
    "code the next sentence by a digit": ("right_parenthesis", "1"),
    "undo": ("", "u"),
    "search for one more letter": ("slash", "e"),
}


class ScreenApp(KodebokApp):
    """kodebok with a driver that counts what is written."""

    def __init__(self, study: Study) -> None:
        super().__init__(study, study.folder)
        self.driver_class = CountingDriver


async def until_painted(app: KodebokApp, key: str) -> float:
    """CPU seconds from a key to its paint."""
    driver: Any = app._driver  # noqa: SLF001 - the app has no public name for it
    driver.came.clear()
    begun = process_time()
    app.post_message(events.Key(key, key if len(key) == 1 else None))
    await asyncio.wait_for(driver.came.wait(), PATIENCE_SECONDS)
    for _ in range(5):
        await asyncio.sleep(0)
    return process_time() - begun


async def measure(study: Study, count: int) -> dict[str, list[float]]:
    """CPU seconds of each run of every key and act."""
    app = ScreenApp(study)
    found: dict[str, list[float]] = {}

    async def drive(pilot: Pilot[object]) -> None:
        await pilot.press("f3")
        await pilot.pause(1.0)
        screen: Any = app.screen
        for key in MOVES:
            screen.reader.go_to(len(screen.desk.text) // 2, center=True)
            await pilot.pause(0.5)
            await until_painted(app, key)
            found[key] = [await until_painted(app, key) for _ in range(count)]
        for name, (before, key) in ACTS.items():
            found[name] = []
            for _ in range(count // 6):
                if before:
                    await pilot.press(before)
                await pilot.pause(0.3)
                found[name].append(await until_painted(app, key))
            await pilot.pause(0.3)
        app.exit()

    await app.run_async(headless=False, size=SIZE, auto_pilot=drive)
    return found


def main() -> None:
    """Make the study, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=int, default=1)
    parser.add_argument("--keys", type=int, default=60)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["KODEBOK_STATE_DIR"] = folder
        corpus = make_long_source(WORDS * options.scale, CODINGS * options.scale)
        loaded = load(corpus, Path(folder) / "study")
        found = asyncio.run(measure(loaded.study, options.keys))
        loaded.study.close()
    print(f"{'key to paint':<40}{'median':>12}{'mean':>12}", file=sys.stderr)
    for name, seconds in found.items():
        row = f"{1000 * median(seconds):>9.2f} ms{1000 * mean(seconds):>9.2f} ms"
        print(f"{name:<40}{row}", file=sys.stderr)
    print(json.dumps({name: 1000 * median(seconds) for name, seconds in found.items()}, indent=2))


if __name__ == "__main__":
    main()
