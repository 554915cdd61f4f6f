"""`kodebok models`: what lies on this machine, what can be fetched, and what is asked before."""

from __future__ import annotations

from pathlib import Path

import pytest

from kodebok.errors import ExitCode
from kodebok.transcribe.models import install, installed_models
from tests.cli.conftest import Run


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KODEBOK_DATA_DIR", str(tmp_path / "data"))


@pytest.fixture
def one_model() -> None:
    def fill(folder: Path) -> dict[str, object]:
        (folder / "model.pt").write_bytes(b"weights")
        return {"engine": "whisper", "mels": 80, "alignment_heads": ()}

    install("min-modell", fill, "model.pt", "MIT")


@pytest.mark.usefixtures("one_model")
def test_the_list_shows_what_is_here_before_what_can_be_fetched(anywhere: Run) -> None:
    answer = anywhere("models", "list", "--json")
    assert answer.schema == "kodebok.models/1"
    first, *others = answer.items
    assert (first["name"], first["installed"], first["licence"]) == ("min-modell", True, "MIT")
    assert not any(item["installed"] for item in others)
    [medium] = [item for item in others if item["name"] == "nb-whisper-medium-verbatim"]
    assert (medium["megabytes"], medium["licence"]) == (3060, "Apache-2.0")


def test_models_alone_lists_them(anywhere: Run) -> None:
    assert "nb-whisper-small-verbatim" in anywhere("models").out


@pytest.mark.usefixtures("one_model")
def test_a_damaged_model_makes_the_check_fail(anywhere: Run) -> None:
    assert anywhere("models", "check").code == ExitCode.DONE
    [model] = installed_models()
    model.weights_path.write_bytes(b"weighty")
    answer = anywhere("models", "check", "--json")
    assert answer.code == ExitCode.FAILED
    assert answer.items == [{"name": "min-modell", "damaged": ["model.pt"], "files": 1}]


@pytest.mark.usefixtures("one_model")
def test_a_model_is_removed_after_a_yes(anywhere: Run) -> None:
    assert anywhere("models", "remove", "min-modell").code == ExitCode.WRONG_USE
    assert installed_models()
    assert anywhere("models", "remove", "min-modell", "--yes").code == ExitCode.DONE
    assert not installed_models()


def test_nothing_is_fetched_without_a_yes(anywhere: Run) -> None:
    answer = anywhere("models", "download", "whisper-tiny")
    assert answer.code == ExitCode.WRONG_USE
    assert "K602" in answer.err


def test_what_will_be_fetched_is_told_before_the_question(
    anywhere: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kodebok.cli import session

    monkeypatch.setattr(session, "can_ask", lambda: True)
    answer = anywhere("models", "download", "whisper-tiny", stdin="no\n")
    assert answer.code == ExitCode.DONE
    for part in ("OpenAI", "licence MIT", "From: https://openaipublic", "About 76 MB: model.pt"):
        assert part in answer.err
    assert answer.err.index("About 76 MB") < answer.err.index("Fetch it?")
    assert "Nothing was fetched." in answer.err


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (["add", "nothing-here.pt"], "K915"),
        (["download", "gpt", "--yes"], "K920"),
        (["download", "../x", "--yes"], "K912"),
    ],
)
def test_what_cannot_be_done_is_told_with_what_to_do(
    anywhere: Run, line: list[str], code: str
) -> None:
    answer = anywhere("models", *line)
    assert answer.code == ExitCode.WRONG_USE
    assert code in answer.err
