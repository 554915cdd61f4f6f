"""A study of the example's own texts, made once and only read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from kodebok.cli.app import root
from kodebok.cli.session import Front
from kodebok.i18n import set_language
from kodebok.study.example import make_example


@dataclass(frozen=True)
class Answer:
    """What a line answered."""

    code: int
    out: str
    err: str


@pytest.fixture(autouse=True)
def _own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("KODEBOK_LANG", "en")
    monkeypatch.setenv("KODEBOK_CONFIG_DIR", str(tmp_path / "settings"))
    yield
    set_language("")


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example study's folder."""
    folder = tmp_path_factory.mktemp("example") / "study"
    make_example(folder).close()
    return folder


@pytest.fixture
def run(example: Path) -> Callable[..., Answer]:
    """Run one line in the example study."""

    def run_line(*words: object) -> Answer:
        line = ["-C", str(example), *(str(word) for word in words)]
        result = CliRunner().invoke(root, line, obj=Front(lambda *_: 0, list))
        return Answer(result.exit_code, result.stdout, result.stderr)

    return run_line
