"""The small models, installed once a run; a test that asks for one has them in its data folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from kodebok.transcribe.models import InstalledModel

Install = Callable[[Path], "InstalledModel"]


@pytest.fixture(scope="session")
def sound_data_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder for models."""
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="session")
def installed_whisper(
    sound_data_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> InstalledModel:
    """The small model for openai-whisper, in a data folder that is not yet in force."""
    for library in ("whisper", "silero_vad", "av"):
        pytest.importorskip(library)
    from tests.transcribe.installed import install_for_whisper

    return _installed(install_for_whisper, sound_data_folder, tmp_path_factory.mktemp("whisper"))


@pytest.fixture(scope="session")
def installed_faster(
    sound_data_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> InstalledModel:
    """The same weights for faster-whisper; its tokenizer is made of openai-whisper's."""
    for library in ("whisper", "faster_whisper", "av"):
        pytest.importorskip(library)
    from tests.transcribe.installed import install_for_faster

    return _installed(install_for_faster, sound_data_folder, tmp_path_factory.mktemp("faster"))


def _installed(install: Install, data: Path, workshop: Path) -> InstalledModel:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KODEBOK_DATA_DIR", str(data))
        return install(workshop)


@pytest.fixture
def whisper_model(
    installed_whisper: InstalledModel, monkeypatch: pytest.MonkeyPatch
) -> InstalledModel:
    """The small model for openai-whisper."""
    monkeypatch.setenv("KODEBOK_DATA_DIR", str(installed_whisper.folder.parents[1]))
    return installed_whisper


@pytest.fixture
def faster_model(
    installed_faster: InstalledModel, monkeypatch: pytest.MonkeyPatch
) -> InstalledModel:
    """The small model for faster-whisper."""
    monkeypatch.setenv("KODEBOK_DATA_DIR", str(installed_faster.folder.parents[1]))
    return installed_faster


@pytest.fixture(params=["whisper_model", "faster_model"])
def model(request: pytest.FixtureRequest) -> InstalledModel:
    """Each engine's model in turn."""
    found: InstalledModel = request.getfixturevalue(request.param)
    return found
