"""A virtual environment for each program, kept in a cache folder, and a run inside it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import venv
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import benchmarks


@dataclass(frozen=True)
class Program:
    """A program to measure: what pip installs, and the module that measures it."""

    requirement: str
    module: str


PROGRAMS = {
    "taguette": Program("taguette==1.5.2", "benchmarks.others.measure_taguette"),
    "qualitative-coding": Program(
        "qualitative-coding==1.7.8", "benchmarks.others.measure_qualitative_coding"
    ),
}

ROOT = Path(benchmarks.__file__).resolve().parents[1]


def default_cache() -> Path:
    """Where the environments are kept when nobody says otherwise."""
    return Path(tempfile.gettempdir()) / "kodebok-benchmarks"


def measure(name: str, cache: Path, *arguments: str) -> dict[str, Any]:
    """The report of one program, which is installed first if need be.

    Args:
        name: a key of `PROGRAMS`.
        cache: the folder for the environments.
        arguments: handed on to the measuring module (see `options`).

    Raises:
        subprocess.CalledProcessError: the program could not be installed or measured.
    """
    program = PROGRAMS[name]
    python = _python_with(program.requirement, cache / name)
    finished = subprocess.run(
        [python, "-m", program.module, *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONUTF8": "1", "PYTHONWARNINGS": "ignore"},
        stdout=subprocess.PIPE,
        check=True,
    )
    report: dict[str, Any] = json.loads(finished.stdout)
    return report


def _python_with(requirement: str, folder: Path) -> Path:
    """The interpreter of an environment in which a requirement is installed."""
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    installed = folder / "installed.txt"
    if installed.exists() and installed.read_text(encoding="utf-8") == requirement:
        return python
    venv.create(folder, clear=True, with_pip=True)
    pip = [str(python), "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
    subprocess.run([*pip, requirement], stdout=sys.stderr, check=True)
    installed.write_text(requirement, encoding="utf-8")
    return python
