"""What one operating system does in its own way: priorities, groups of processes, channels."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

_MOST_BYTES = 65_536
_TRIES_TO_OPEN, _BETWEEN_TRIES_S = 100, 0.05
LOW_PRIORITY = 10  # steps of niceness: the screen, the sound and the browser go first


def child_options() -> dict[str, Any]:
    """Options of `subprocess.Popen` that set a child apart: a group of its own, low priority.

    A group of its own keeps Ctrl-C at the terminal from reaching the child before its parent has
    put things in order.
    """
    if sys.platform == "win32":
        flags = subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.BELOW_NORMAL_PRIORITY_CLASS
        return {"creationflags": flags | subprocess.CREATE_NO_WINDOW}
    return {"start_new_session": True}


def lower_own_priority() -> None:
    """Let other programs go first; on Windows the parent has seen to it."""
    if sys.platform != "win32":
        os.nice(LOW_PRIORITY)


def end_group(process: subprocess.Popen[Any], grace_s: float) -> None:
    """End a child and what it started: asked first, then made to."""
    _signal_group(process, forced=False)
    try:
        process.wait(grace_s)
    except subprocess.TimeoutExpired:
        pass
    finally:
        _signal_group(process, forced=True)
        process.wait()


def _signal_group(process: subprocess.Popen[Any], *, forced: bool) -> None:
    if sys.platform == "win32":
        if process.poll() is None:
            (process.kill if forced else process.terminate)()
        return
    try:
        os.killpg(process.pid, signal.SIGKILL if forced else signal.SIGTERM)
    except (ProcessLookupError, PermissionError):
        return


def end_own_group() -> None:
    """End this child and what it started, at once."""
    if sys.platform != "win32":
        os.killpg(os.getpgrp(), signal.SIGKILL)
    os._exit(signal.SIGTERM)


class Channel:
    """A two-way line of bytes to a program that was started for it.

    Everything goes question by question: after `send`, `read` until the answer is there.
    """

    def __init__(self, send: Callable[[bytes], object], read: Callable[[float], bytes]) -> None:
        self.send = send
        self.read = read


def start_with_channel(command: Sequence[str]) -> tuple[subprocess.Popen[bytes], Channel]:
    """Start mpv with its JSON channel: a named pipe on Windows, else a pair of sockets.

    The pair is inherited: it has no name in any folder, and it is no network connection.

    Args:
        command: The program and its arguments, without the one for the channel.

    Raises:
        OSError: The program cannot be started, or does not open its channel.
    """
    options: dict[str, Any] = {
        "stdin": subprocess.DEVNULL,
        "stdout": subprocess.DEVNULL,
        "stderr": subprocess.DEVNULL,
    }
    if sys.platform == "win32":
        name = rf"\\.\pipe\kodebok-{uuid.uuid4()}"
        process = subprocess.Popen(
            [command[0], f"--input-ipc-server={name}", *command[1:]],
            creationflags=subprocess.CREATE_NO_WINDOW,
            **options,
        )
        pipe = _open_pipe(name)
        return process, Channel(pipe.write, lambda _seconds: pipe.read(_MOST_BYTES) or b"")
    from multiprocessing import Pipe

    ours, theirs = Pipe(duplex=True)
    process = subprocess.Popen(
        [command[0], f"--input-ipc-client=fd://{theirs.fileno()}", *command[1:]],
        pass_fds=(theirs.fileno(),),
        **options,
    )
    theirs.close()

    def send(content: bytes) -> None:
        while content:
            content = content[os.write(ours.fileno(), content) :]

    def read(seconds: float) -> bytes:
        ready, _write, _failed = select.select([ours.fileno()], [], [], seconds)
        return os.read(ours.fileno(), _MOST_BYTES) if ready else b""

    return process, Channel(send, read)


def _open_pipe(name: str) -> Any:
    for _ in range(_TRIES_TO_OPEN):
        try:
            return Path(name).open("r+b", buffering=0)
        except OSError:
            time.sleep(_BETWEEN_TRIES_S)
    raise OSError("the channel was not opened")
