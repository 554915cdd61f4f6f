"""The child: runs a stage, and writes its rows to the standard output it was born with.

`python -m kodebok.jobs STAGE`. A line of standard input holds the arguments; they are not on the
command line, where anyone on the machine could read them. When standard input ends, the parent is
gone, and so is the child. With `--kept` the stage's name makes the stage, and every further line
is a request to the same one, with all that it remembers.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from collections.abc import Iterator, Mapping
from queue import SimpleQueue
from traceback import walk_tb
from typing import Any, BinaryIO, cast

from kodebok.errors import KodebokError
from kodebok.i18n import set_language
from kodebok.jobs.stages import KEPT, Stage, load_stage
from kodebok.jobs.system import end_own_group, lower_own_priority

FAILED = 1
MOST_BYTES = 1 << 20


def main() -> int:
    """Run the stage that is named."""
    out = _own_output()
    requests: SimpleQueue[bytes] = SimpleQueue()
    threading.Thread(target=_take_requests, args=[requests], daemon=True).start()
    lower_own_priority()
    is_kept = KEPT in sys.argv
    stage: Stage | None = None
    while True:
        given = json.loads(requests.get())
        set_language(given["language"])
        try:
            stage = stage or _stage(sys.argv[-1], is_kept=is_kept)
        except Exception as error:  # noqa: BLE001 - a name that nobody knows, told like the rest
            status = _tell_failure(out, error)
        else:
            status = _answer(out, stage, given["arguments"])
        if not is_kept:
            return status


def _stage(name: str, *, is_kept: bool) -> Stage:
    found = load_stage(name)
    made: Any = found() if is_kept else found  # type: ignore[call-arg]
    return cast("Stage", made)


def _answer(out: BinaryIO, stage: Stage, arguments: Mapping[str, Any]) -> int:
    try:
        for row in stage(arguments):
            _write(out, {"row": row})
    except KodebokError as error:
        _write(out, {"error": _told(error), "kind": type(error).__name__})
        return FAILED
    except Exception as error:  # noqa: BLE001 - the parent tells the user, whatever it is
        return _tell_failure(out, error)
    _write(out, {"done": True})
    return 0


def _tell_failure(out: BinaryIO, error: Exception) -> int:
    _write(out, {"failed": type(error).__name__, "at": list(_frames(error))})
    return FAILED


def _own_output() -> BinaryIO:
    """The rows' way out, taken for ourselves: what a library prints goes to standard error."""
    out = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)
    return out


def _write(out: BinaryIO, line: dict[str, Any]) -> None:
    left = memoryview(json.dumps(line, ensure_ascii=True).encode() + b"\n")
    while left:
        left = left[out.write(left) :]


def _take_requests(requests: SimpleQueue[bytes]) -> None:
    """Hand on each line of standard input; at its end, leave with the parent."""
    begun: list[bytes] = []
    while content := os.read(0, MOST_BYTES):
        *whole, rest = content.split(b"\n")
        for end in whole:
            requests.put(b"".join([*begun, end]))
            begun = []
        begun.append(rest)
    end_own_group()


def _told(error: KodebokError) -> list[str]:
    return [error.message, error.remedy, error.code]


def _frames(error: Exception) -> Iterator[str]:
    """Where it happened: names of modules and functions, and never a value."""
    for frame, line in walk_tb(error.__traceback__):
        yield f"{frame.f_globals.get('__name__', '?')}:{line} {frame.f_code.co_name}"


if __name__ == "__main__":
    sys.exit(main())
