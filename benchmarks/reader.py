"""The reader on a source of 100,000 words with 2,000 codings, and `TextArea` on the same text.

    python -m benchmarks.reader [--scale 10] [--keys 200]

CPU seconds of this process. A key is measured from its event to the moment when the driver has
been given what to write, bytes are what it was given; the screen has 80 × 24 cells. The table goes
to stderr, JSON to stdout.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from dataclasses import replace
from statistics import mean, median
from time import process_time
from typing import TYPE_CHECKING

from textual import events
from textual.app import App, ComposeResult
from textual.drivers.headless_driver import HeadlessDriver
from textual.pilot import Pilot
from textual.widgets import TextArea

from benchmarks.corpus import INTERVIEWER, Corpus, make_long_source
from benchmarks.timing import cpu_seconds, nothing
from kodebok.domain.code import Color
from kodebok.domain.source import Role, Speaker, Turn
from kodebok.domain.span import Edit
from kodebok.tui.reader.document import CodedSpan, ReaderDocument
from kodebok.tui.reader.lanes import Lanes
from kodebok.tui.reader.layout import Layout
from kodebok.tui.reader.widget import Reader

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.widget import Widget

WORDS, CODINGS = 100_000, 2_000
WIDTH = 58
SIZE = (80, 24)
RUNS = 5
PATIENCE_SECONDS = 2.0

READER_KEYS = ("right", "down up", "down", "w", "shift+right", "p", "f", "pagedown")
TEXT_AREA_KEYS = ("right", "down up", "down", "ctrl+right", "shift+right", "pagedown")


def make_document(corpus: Corpus) -> tuple[ReaderDocument, list[CodedSpan]]:
    source = corpus.sources[0]
    turns, start = [], 0
    for number, said in enumerate(source.turns):
        end = start + len(said.text)
        turns.append(Turn(number, "s", start, end, said.speaker, start * 70))
        start = end + 1
    speakers = {
        name: Speaker(name, "s", name, Role.INTERVIEWER if name == INTERVIEWER else Role.OTHER)
        for name in {turn.speaker for turn in source.turns}
    }
    colors = list(Color)
    spans = [
        CodedSpan(
            str(number),
            coding.start,
            coding.end,
            colors[coding.code % len(colors)],
            "ABCDEFGHIJ"[coding.code % 10],
            f"Kode {coding.code}",
            coding.code,
        )
        for number, coding in enumerate(corpus.codings)
    ]
    return ReaderDocument(source.text, tuple(turns), speakers), spans


def measure_parts(document: ReaderDocument, spans: list[CodedSpan]) -> dict[str, float]:
    """Median CPU milliseconds of the pure parts."""
    layout = Layout(document.text, document.turns, WIDTH)
    middle = document.turns[len(document.turns) // 2]
    edit = Edit(middle.start, document.text[middle.start], "Æ")
    corrected = replace(document, text=edit.apply(document.text))
    acts = {
        "layout": lambda _: Layout(document.text, document.turns, WIDTH),
        "layout after one turn is corrected": lambda _: Layout(
            corrected.text, corrected.turns, WIDTH, former=layout
        ),
        "lanes": lambda _: Lanes(spans, layout.row_of),
    }
    return {name: 1000 * median(cpu_seconds(act, nothing, RUNS)) for name, act in acts.items()}


class CountingDriver(HeadlessDriver):
    """Takes what the app writes, counts its bytes, and says when something came."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.bytes = 0
        self.came = asyncio.Event()

    @property
    def is_headless(self) -> bool:
        """False, so that the app writes."""
        return False

    def write(self, data: str) -> None:
        """Count it."""
        self.bytes += len(data.encode())
        self.came.set()


class OneWidgetApp(App[None]):
    """A screen with one widget, which starts in the middle of the text."""

    def __init__(self, widget: Widget) -> None:
        super().__init__(driver_class=CountingDriver)
        self.widget = widget

    def compose(self) -> ComposeResult:
        """The widget alone."""
        yield self.widget


async def until_painted(app: OneWidgetApp, act: Callable[[], object]) -> tuple[float, int]:
    """CPU seconds and bytes from an act to its paint."""
    driver = app._driver  # noqa: SLF001 - the app has no public name for it
    assert isinstance(driver, CountingDriver)  # noqa: S101
    driver.came.clear()
    driver.bytes = 0
    begun = process_time()
    act()
    await asyncio.wait_for(driver.came.wait(), PATIENCE_SECONDS)
    for _ in range(5):
        await asyncio.sleep(0)
    return process_time() - begun, driver.bytes


async def press(app: OneWidgetApp, key: str) -> tuple[float, int]:
    """CPU seconds and bytes of one key."""
    event = events.Key(key, key if len(key) == 1 else None)
    return await until_painted(app, lambda: app.post_message(event))


def summary(taken: list[tuple[float, int]]) -> dict[str, float]:
    """Median and mean CPU milliseconds, median bytes."""
    return {
        "cpu_ms": 1000 * median(seconds for seconds, _ in taken),
        "cpu_ms_mean": 1000 * mean(seconds for seconds, _ in taken),
        "bytes": median(size for _, size in taken),
    }


async def measure_new_coding(app: OneWidgetApp, spans: list[CodedSpan]) -> dict[str, float]:
    """All codings handed to the reader anew, with one more or less at the cursor."""
    reader = app.widget
    assert isinstance(reader, Reader)  # noqa: S101
    at = reader.cursor_offset
    more = [*spans, CodedSpan("new", at, at + 40, Color.BLUE, "N")]
    taken = [
        await until_painted(app, lambda: reader.set_codings(codings))  # noqa: B023 - run at once
        for codings in (more, spans) * RUNS
    ]
    return summary(taken)


async def measure_keys(
    widget: Widget, keys: tuple[str, ...], count: int, spans: list[CodedSpan]
) -> dict[str, dict[str, float]]:
    """For each key, or pair in turn, the median and mean CPU milliseconds and bytes."""
    app = OneWidgetApp(widget)
    found: dict[str, dict[str, float]] = {}

    async def drive(pilot: Pilot[object]) -> None:
        for key in keys:
            if isinstance(widget, Reader):
                widget.go_to(len(widget.document.text) // 2)
                widget.focus()
            elif isinstance(widget, TextArea):
                widget.move_cursor((widget.document.line_count // 2, 0))
                widget.focus()
            await pilot.pause(0.2)
            strokes = key.split()
            for stroke in strokes:
                await press(app, stroke)
            taken = [await press(app, strokes[n % len(strokes)]) for n in range(count)]
            found[key] = summary(taken)
        if isinstance(widget, Reader):
            found["(a new coding)"] = await measure_new_coding(app, spans)
        app.exit()

    await app.run_async(headless=False, size=SIZE, auto_pilot=drive)
    return found


def show_table(parts: dict[str, float], keys: dict[str, dict[str, dict[str, float]]]) -> None:
    for name, milliseconds in parts.items():
        print(f"{name:<40}{milliseconds:>10.1f} ms", file=sys.stderr)
    print(f"\n{'key to paint':<28}{'median':>12}{'mean':>12}{'bytes':>10}", file=sys.stderr)
    for program, rows in keys.items():
        for key, row in rows.items():
            print(
                f"{program + ' ' + key:<28}{row['cpu_ms']:>9.2f} ms{row['cpu_ms_mean']:>9.2f} ms"
                f"{row['bytes']:>10.0f}",
                file=sys.stderr,
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=int, default=1)
    parser.add_argument("--keys", type=int, default=100)
    options = parser.parse_args()
    corpus = make_long_source(WORDS * options.scale, CODINGS * options.scale)
    document, spans = make_document(corpus)
    parts = measure_parts(document, spans)
    reader = Reader(document)
    reader.set_codings(spans)
    area = TextArea(document.text, read_only=True, soft_wrap=True)
    keys = {
        "kodebok": asyncio.run(measure_keys(reader, READER_KEYS, options.keys, spans)),
        "TextArea": asyncio.run(measure_keys(area, TEXT_AREA_KEYS, options.keys, [])),
    }
    show_table(parts, keys)
    report = {
        "words": WORDS * options.scale,
        "codings": len(spans),
        "parts_ms": parts,
        "keys": keys,
    }
    print(json.dumps(report, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
