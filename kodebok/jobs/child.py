"""The runner that kodebok uses: each stage in a child process on this machine."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Generator, Iterator, Mapping
from contextlib import closing, suppress
from typing import Any, Self

from kodebok import errors
from kodebok.errors import KodebokError
from kodebok.i18n import language, translator
from kodebok.jobs.stages import KEPT, STAGES, Row
from kodebok.jobs.system import child_options, end_group

_ = translator("jobs")

GRACE_S = 2.0  # for a child that is asked to end, before it is made to


def run_stage(name: str, arguments: Mapping[str, Any]) -> Generator[Row, None, None]:
    """Run a stage in a child process, and hand on its rows as they come.

    Closing the iterator, or an exception while a row is handled, ends the child.

    Args:
        name: Of the stage, as `stages.STAGES` has it.
        arguments: Plain JSON values.

    Raises:
        KodebokError: What the stage itself raised; or K940, the child ended before its work was
            done; or K941, the stage failed in a way that nobody foresaw.
    """
    with closing(ChildStage(name, arguments)) as child:
        yield from child


class ChildStage:
    """A stage at work in a child process; iterating gives its rows.

    `cancel` may be called from another thread than the one that reads.

    Args:
        name: Of the stage; of what makes one, when it is kept.
        arguments: Plain JSON values.
        is_kept: Whether the child stays when it is done, and can be asked again.
    """

    def __init__(self, name: str, arguments: Mapping[str, Any], *, is_kept: bool = False) -> None:
        self._is_kept = is_kept
        self._is_cancelled = False
        how = [KEPT] if is_kept else []
        self._process = subprocess.Popen(
            [sys.executable, "-X", "utf8", "-m", "kodebok.jobs", *how, STAGES.get(name, name)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            **child_options(),
        )
        self.ask(arguments)

    def ask(self, arguments: Mapping[str, Any]) -> None:
        """Let the stage do its work, once more where it is kept; iterate for the rows."""
        self._is_done = False
        given = {"language": language(), "arguments": dict(arguments)}
        with suppress(OSError):  # a child that died at once is told of when it is read
            self._stdin.write(json.dumps(given).encode() + b"\n")
            self._stdin.flush()

    @property
    def _stdin(self) -> Any:
        return self._process.stdin

    @property
    def process_id(self) -> int:
        """The child's number on this machine."""
        return self._process.pid

    @property
    def is_cancelled(self) -> bool:
        """Whether it was ended before its work was done."""
        return self._is_cancelled

    @property
    def is_ready(self) -> bool:
        """Whether it is done, and can be asked again."""
        return self._is_kept and self._is_done and self._process.poll() is None

    def __iter__(self) -> Iterator[Row]:
        """The rows; ends early, without an error, when the stage is cancelled."""
        for line in self._process.stdout or ():
            told = _read_line(line)
            if "row" in told:
                yield told["row"]
            elif told:
                self._is_done = True
                if "done" not in told and not self._is_cancelled:
                    raise _error_of(told)
                return
        if not self._is_done and not self._is_cancelled:
            raise _ended_early(self._process.wait())

    def cancel(self) -> None:
        """End the child now; rows that it has handed over stay."""
        self._is_cancelled = True
        end_group(self._process, GRACE_S)

    def close(self) -> None:
        """End the child if it is still at work, and let go of it."""
        if self._process.poll() is None and not self._is_done:
            self.cancel()
        with suppress(OSError):
            self._stdin.close()
        if self._process.stdout is not None:
            self._process.stdout.close()
        self._process.wait()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_details: object) -> None:
        if not self.is_ready:
            self.close()


class KeptStage:
    """A stage in a child that stays between requests, so that it need not begin anew each time.

    One request at a time. A request that is cancelled, or whose child dies, takes what the stage
    remembered with it; the next request gets a new child.

    Args:
        name: `module:function` of what makes the stage.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._child: ChildStage | None = None

    def ask(self, arguments: Mapping[str, Any]) -> ChildStage:
        """The stage at work on a request; iterate for its rows inside a `with` block."""
        if self._child is not None and self._child.is_ready:
            self._child.ask(arguments)
        else:
            self.close()
            self._child = ChildStage(self._name, arguments, is_kept=True)
        return self._child

    def close(self) -> None:
        """End the child, if there is one."""
        child, self._child = self._child, None
        if child is not None:
            child.close()


def _read_line(line: bytes) -> dict[str, Any]:
    """What a line says; nothing for one that the child's death cut short."""
    try:
        told: dict[str, Any] = json.loads(line)
    except ValueError:
        return {}
    return told


def _error_of(told: dict[str, Any]) -> KodebokError:
    if "error" in told:
        kind = getattr(errors, told["kind"], KodebokError)
        error: KodebokError = kind(*told["error"])
        return error
    unforeseen = KodebokError(
        _("the work failed in the child process ({kind})", kind=told["failed"]),
        _("what was done is kept; try again, and report it with --debug if it fails again"),
        "K941",
    )
    unforeseen.add_note("\n".join(told["at"]))
    return unforeseen


def _ended_early(status: int) -> KodebokError:
    return KodebokError(
        _("the child process ended before its work was done (status {n})", n=status),
        _("what was done is kept; close other programs if memory is short, and go on from there"),
        "K940",
    )
