"""The child: runs one stage, and writes its rows to the standard output it was born with.

`python -m kodebok.jobs STAGE`. The first line of standard input holds the arguments; they are not
on the command line, where anyone on the machine could read them. When standard input ends, the
parent is gone, and so is the child.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from collections.abc import Iterator
from traceback import walk_tb
from typing import Any, BinaryIO

from kodebok.errors import KodebokError
from kodebok.i18n import set_language
from kodebok.jobs.stages import load_stage
from kodebok.jobs.system import end_own_group, lower_own_priority

FAILED = 1


def main() -> int:
    """Run the stage that is named."""
    out = _own_output()
    given = json.loads(sys.stdin.buffer.readline())
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    lower_own_priority()
    set_language(given["language"])
    try:
        for row in load_stage(sys.argv[1])(given["arguments"]):
            _write(out, {"row": row})
    except KodebokError as error:
        _write(out, {"error": _told(error), "kind": type(error).__name__})
        return FAILED
    except Exception as error:  # noqa: BLE001 - the parent tells the user, whatever it is
        _write(out, {"failed": type(error).__name__, "at": list(_frames(error))})
        return FAILED
    _write(out, {"done": True})
    return 0


def _own_output() -> BinaryIO:
    """The rows' way out, taken for ourselves: what a library prints goes to standard error."""
    out = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)
    return out


def _write(out: BinaryIO, line: dict[str, Any]) -> None:
    left = memoryview(json.dumps(line, ensure_ascii=True).encode() + b"\n")
    while left:
        left = left[out.write(left) :]


def _leave_with_parent() -> None:
    while os.read(0, 1):
        pass
    end_own_group()


def _told(error: KodebokError) -> list[str]:
    return [error.message, error.remedy, error.code]


def _frames(error: Exception) -> Iterator[str]:
    """Where it happened: names of modules and functions, and never a value."""
    for frame, line in walk_tb(error.__traceback__):
        yield f"{frame.f_globals.get('__name__', '?')}:{line} {frame.f_code.co_name}"


if __name__ == "__main__":
    sys.exit(main())
