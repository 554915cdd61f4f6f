"""Types and lint are part of the check."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def run(*command):
    return subprocess.run(
        [sys.executable, "-m", *command],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_every_type_holds():
    found = run("mypy")
    assert found.returncode == 0, found.stdout


def test_the_linter_has_nothing_to_say():
    found = run("ruff", "check", ".")
    assert found.returncode == 0, found.stdout


def test_everything_is_formatted():
    found = run("ruff", "format", "--check", ".")
    assert found.returncode == 0, found.stdout
