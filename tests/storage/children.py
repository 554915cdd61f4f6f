"""Other processes at work in the same project."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]


def start_researcher(folder: Path, seed: int, count: int) -> subprocess.Popen[bytes]:
    """A process that does `count` random acts and names each on stdout when it is confirmed."""
    arguments = [str(folder), str(seed), str(count)]
    return subprocess.Popen(
        [sys.executable, "-m", "tests.storage.random_acts", *arguments],
        cwd=REPOSITORY,
        stdout=subprocess.PIPE,
    )


def run_script(script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A script in a process of its own."""
    return subprocess.run(
        [sys.executable, "-c", script, *arguments],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )


def start_script(script: str, *arguments: str) -> subprocess.Popen[bytes]:
    """A script that is talked with over stdin and stdout."""
    return subprocess.Popen(
        [sys.executable, "-c", script, *arguments],
        cwd=REPOSITORY,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )


def confirmed_acts(told: bytes) -> dict[int, str]:
    """Number and hash of the acts that a researcher named; a line cut short is left out."""
    lines = told.decode().split("\n")[:-1]
    pairs = (line.split(" ") for line in lines if line != "ready")
    return {int(seq): digest for seq, digest in pairs}
