"""CPU seconds of this process, and the report that every measured program writes."""

from __future__ import annotations

import os
import sys
from dataclasses import asdict, dataclass, field
from statistics import median
from time import process_time
from typing import TYPE_CHECKING, Self, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

KEYS = (
    "import_30",
    "one_coding",
    "codings_5000",
    "excerpts_one_code",
    "cooccurrence",
    "word_5000",
    "refi_out",
    "search_first_100",
)

# Once an act has used this many CPU seconds in all it is not run again.
ENOUGH_SECONDS = 30.0

Fresh = TypeVar("Fresh")


class Stopwatch:
    """Adds up the CPU seconds spent inside its `with` blocks.

    Args:
        with_children: also count the child processes that ended inside the block (their clock
            ticks every 10 ms), for programs that hand work to another program.
    """

    def __init__(self, *, with_children: bool = False) -> None:
        self.seconds = 0.0
        self._with_children = with_children
        self._started = 0.0

    def __enter__(self) -> Self:
        self._started = self._now()
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.seconds += self._now() - self._started

    def _now(self) -> float:
        if not self._with_children:
            return process_time()
        times = os.times()
        return process_time() + times.children_user + times.children_system


@dataclass
class Report:
    """What one program took; `also` holds figures beside the agreed keys.

    A result of None means that the program lacks the feature (its note says so), a key that
    is absent was not asked for.
    """

    program: str
    version: str
    scale: int
    results: dict[str, float | None] = field(default_factory=dict)
    also: dict[str, float] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    runs: dict[str, int] = field(default_factory=dict)

    def put(self, key: str, seconds: list[float], note: str) -> None:
        """Keep the median of some runs under a key, among the agreed ones or beside them."""
        (self.results if key in KEYS else self.also)[key] = round(median(seconds), 6)
        self.runs[key] = len(seconds)
        self.notes[key] = note
        print(f"{self.program}: {key} {median(seconds):.4f} s", file=sys.stderr, flush=True)

    def lacks(self, key: str, reason: str) -> None:
        """Say that the program cannot do it."""
        self.results[key] = None
        self.notes[key] = reason

    def as_dict(self) -> dict[str, object]:
        """Ready for JSON."""
        return asdict(self)


def cpu_seconds(
    act: Callable[[Fresh], object],
    prepare: Callable[[], Fresh],
    runs: int,
    *,
    with_children: bool = False,
) -> list[float]:
    """CPU seconds of each run of `act` on what `prepare` makes; preparing is not counted."""
    seconds: list[float] = []
    while len(seconds) < runs and sum(seconds) < ENOUGH_SECONDS:
        fresh = prepare()
        with Stopwatch(with_children=with_children) as watch:
            act(fresh)
        seconds.append(watch.seconds)
    return seconds


def nothing() -> None:
    """For acts that need nothing prepared."""
