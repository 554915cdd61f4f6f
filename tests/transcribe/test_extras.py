"""Without the sound parts kodebok says which line installs them, and the rest works."""

from __future__ import annotations

import sys

import pytest

from kodebok.errors import ExitCode, MissingComponentError
from kodebok.transcribe.decoding import SoundFile
from kodebok.transcribe.engine import load_engine
from kodebok.transcribe.models import find_model, install
from kodebok.transcribe.speech import SileroOfFaster, SileroOfTorch


@pytest.fixture(autouse=True)
def without_sound(monkeypatch, tmp_path):
    """As on a machine with the plain install alone."""
    monkeypatch.setenv("KODEBOK_DATA_DIR", str(tmp_path))
    for library in ("av", "whisper", "silero_vad", "faster_whisper", "ctranslate2", "torch"):
        monkeypatch.setitem(sys.modules, library, None)
    for library in ("faster_whisper.vad",):
        monkeypatch.delitem(sys.modules, library, raising=False)


def model_for(engine, weights):
    def fill(folder):
        (folder / weights).write_bytes(b"weights")
        return {"engine": engine, "mels": 80, "alignment_heads": ()}

    install(engine, fill, "", "")
    return find_model(engine)


@pytest.mark.parametrize(
    ("extra", "library", "need"),
    [
        ("whisper", "av", lambda: SoundFile("opptak.mp3")),
        ("whisper", "whisper", lambda: load_engine(model_for("whisper", "model.pt"), 1)),
        ("faster", "ctranslate2", lambda: load_engine(model_for("faster", "model.bin"), 1)),
        ("whisper", "silero_vad", SileroOfTorch),
        ("faster", "faster_whisper", SileroOfFaster),
    ],
)
def test_a_missing_part_is_told_with_the_line_that_installs_it(extra, library, need):
    with pytest.raises(MissingComponentError) as told:
        need()
    assert told.value.code == "K900"
    assert told.value.exit_code == ExitCode.MISSING_COMPONENT
    assert library in told.value.message
    assert told.value.remedy.endswith(f'pip install "kodebok[{extra}]"')
