"""How soon the screen is usable: `python -m kodebok` in a pseudo-terminal, project open.

Prints a line for people and a line of JSON. The time is from the start of the process until the
last sign of the first full paint has come out; CPU time is the process's own, user and system.
"""

from __future__ import annotations

import json
import os
import pty
import select
import signal
import statistics
import struct
import sys
import tempfile
import time
from fcntl import ioctl
from pathlib import Path
from termios import TIOCSWINSZ

ROWS, COLUMNS = 24, 80
ROUNDS = 7
QUIET_SECONDS = 0.25  # no output for this long: the screen is painted
MOST_SECONDS = 20.0
LAST_SIGN = "Ctrl+Q"  # stands in the line at the bottom, which is drawn last


def measure(folder: Path, state: Path) -> tuple[float, float, float]:
    """Wall and CPU seconds until the first full paint, and the memory held then in megabytes."""
    began = time.perf_counter()
    pid, terminal = pty.fork()
    if pid == 0:
        environment = {
            **os.environ,
            "TERM": "xterm-256color",
            "KODEBOK_LANG": "nb",
            "KODEBOK_STATE_DIR": str(state),
            "KODEBOK_CONFIG_DIR": str(state),
        }
        os.execve(  # noqa: S606 - our own program
            sys.executable, [sys.executable, "-m", "kodebok", "-C", str(folder)], environment
        )
    ioctl(terminal, TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
    painted, cpu = _until_painted(pid, terminal, began)
    memory = _memory(pid)
    os.kill(pid, signal.SIGTERM)
    os.close(terminal)
    os.waitpid(pid, 0)
    return painted, cpu, memory


def _until_painted(pid: int, terminal: int, began: float) -> tuple[float, float]:
    output = b""
    painted = cpu = 0.0
    while time.perf_counter() - began < MOST_SECONDS:
        ready, _, _ = select.select([terminal], [], [], QUIET_SECONDS)
        if not ready:
            if painted:
                return painted, cpu
            continue
        output += os.read(terminal, 1 << 16)
        if LAST_SIGN.encode() in output:
            painted, cpu = time.perf_counter() - began, _cpu_seconds(pid)
    raise TimeoutError("the screen was never painted")


def _cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _memory(pid: int) -> float:
    for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0


def main() -> None:
    """Measure the example study, or the folder given."""
    with tempfile.TemporaryDirectory() as scratch:
        state = Path(scratch) / "state"
        folder = Path(sys.argv[1]) if len(sys.argv) > 1 else _example(Path(scratch) / "study")
        measure(folder, state)  # the first round fills the caches of the disk
        rounds = [measure(folder, state) for _ in range(ROUNDS)]
    wall, cpu, memory = (statistics.median(column) for column in zip(*rounds, strict=True))
    print(f"first full paint, whole process: {wall:.2f} s wall, {cpu:.2f} s CPU, {memory:.0f} MB")
    print(json.dumps({"name": "startup", "wall_s": wall, "cpu_s": cpu, "memory_mb": memory}))


def _example(folder: Path) -> Path:
    from kodebok.study.example import make_example

    make_example(folder).close()
    return folder


if __name__ == "__main__":
    main()
