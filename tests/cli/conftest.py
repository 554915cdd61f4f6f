"""One line of the command line at a time, on a study of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from kodebok.cli.app import root
from kodebok.cli.session import Front
from kodebok.i18n import set_language

ROOT = Path(__file__).parents[2]

TRANSCRIPT = """\
Intervjuer: Hva er du mest fornøyd med?

Informant 1: Morgenmøtet. Det er der tverrfagligheten sitter, hvis du spør meg. [latter]

Intervjuer: Hva med de andre møtene?

Informant 1: De andre møtene er det færre som kommer på. Møtene ble for mange.
"""
SECOND = """\
Intervjuer: Hvem har ansvaret?

Informant 2: Det veit eg ikkje. Det er mange møter, og ingen som har ansvaret.
"""
CODEBOOK = """\
kodebok: codebook/1
codes:
  - name: Samhandling
    definition: Arbeid på tvers.
    codes:
      - name: Faste møtepunkt
        origin: guide
      - name: Ansvar
  - name: Rammer
    codes:
      - name: Ansvar
"""


@dataclass(frozen=True)
class Answer:
    """What a line answered."""

    code: int
    out: str
    err: str
    out_bytes: bytes

    @property
    def items(self) -> list[dict[str, Any]]:
        return json.loads(self.out_bytes.decode("utf-8"))["items"]

    @property
    def schema(self) -> str:
        return json.loads(self.out_bytes.decode("utf-8"))["schema"]

    @property
    def rows(self) -> list[list[str]]:
        return [line.split("\t") for line in self.out.splitlines()]


Run = Callable[..., Answer]


@pytest.fixture(autouse=True)
def _own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    for name in list(os.environ):
        if name.startswith(("KODEBOK_", "_KODEBOK")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("KODEBOK_LANG", "en")
    monkeypatch.setenv("KODEBOK_CONFIG_DIR", str(tmp_path / "settings"))
    yield
    set_language("")


@pytest.fixture
def opened() -> list[tuple[Any, Path]]:
    """What the screen was opened on."""
    return []


@pytest.fixture
def anywhere(opened: list[tuple[Any, Path]]) -> Run:
    """Run one line, where no study need be."""

    def open_screen(study: Any, folder: Path) -> int:
        opened.append((study, folder))
        return 0

    front = Front(open_screen, lambda: [("study.undo", "u", "Take back the last act")])

    def run(*words: object, stdin: str | None = None) -> Answer:
        result = CliRunner().invoke(root, [str(word) for word in words], obj=front, input=stdin)
        return Answer(result.exit_code, result.stdout, result.stderr, result.stdout_bytes)

    return run


@pytest.fixture
def empty(anywhere: Run, tmp_path: Path) -> Run:
    """Run one line in a new study."""
    folder = tmp_path / "study"
    assert anywhere("--coder", "Kari", "init", folder, "--title", "Prøve").code == 0

    def run(*words: object, stdin: str | None = None) -> Answer:
        return anywhere("-C", folder, *words, stdin=stdin)

    return run


@pytest.fixture
def material(tmp_path: Path) -> Path:
    """A folder with two transcripts and a codebook beside them."""
    folder = tmp_path / "material"
    folder.mkdir()
    (folder / "I1.txt").write_text(TRANSCRIPT, encoding="utf-8")
    (folder / "I2.txt").write_text(SECOND, encoding="utf-8")
    (tmp_path / "codebook.yaml").write_text(CODEBOOK, encoding="utf-8")
    return folder


@pytest.fixture
def study(empty: Run, material: Path) -> Run:
    """Run one line in a study with two interviews and a codebook, nothing coded yet."""
    assert empty("import", material, "--yes").code == 0
    assert empty("codebook", "import", material.parent / "codebook.yaml").code == 0
    return empty


@pytest.fixture
def coded(study: Run) -> Run:
    """Run one line in a study with one coding."""
    answer = study("code", "I1", "Faste møtepunkt", "--text", "Morgenmøtet.")
    assert answer.code == 0
    return study


def in_a_process(
    *words: object, cwd: Path, **environment: str
) -> subprocess.CompletedProcess[bytes]:
    """Run one line as a user does: a process of its own, without a terminal."""
    return subprocess.run(
        [sys.executable, "-m", "kodebok", *(str(word) for word in words)],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        stdin=subprocess.DEVNULL,
        check=False,
        timeout=120,
    )
