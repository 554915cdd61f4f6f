"""What one operating system does in its own way: priorities, groups of processes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import Any

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
