"""Stages for tests: they count, fail, print and hang."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from kodebok.errors import MissingComponentError


def count(arguments: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for number in range(arguments["to"]):
        print("a library that prints")  # noqa: T201
        yield {"number": number, "word": "blåbær \u2028 \ud800"}


def fail_in_words(_arguments: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    yield {"number": 0}
    raise MissingComponentError("the model is missing", "add it", "K999")


def fail_unforeseen(_arguments: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    yield {"number": 0}
    raise ValueError("Kari Nordmann sa det")


def die(_arguments: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    yield {"number": 0}
    os._exit(7)


def hang(arguments: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    below = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    yield {"pid": os.getpid(), "below": below.pid, "nice": os.nice(0)}
    while True:
        time.sleep(0.01)
        Path(arguments["beat"]).write_text(str(time.monotonic()))


class Counter:
    """Remembers how often it was asked."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self, arguments: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
        self.asked += 1
        yield {"asked": self.asked, "pid": os.getpid(), "words": arguments["words"]}
        if arguments["words"] == "fail":
            raise MissingComponentError("the model is missing", "add it", "K999")
        if arguments["words"] == "hang":
            time.sleep(600)
