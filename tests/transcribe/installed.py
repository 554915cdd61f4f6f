"""The small Norwegian checkpoint as an installed model, for both engines."""

from __future__ import annotations

from pathlib import Path

from kodebok.transcribe.model_add import add_model
from kodebok.transcribe.models import InstalledModel
from tests.transcribe.checkpoint import restored_checkpoint, write_openai_checkpoint
from tests.transcribe.ctranslate2_folder import write_folder

WHISPER_MODEL = "small-norwegian"
FASTER_MODEL = "small-norwegian-quick"


def install_for_whisper(workshop: Path) -> InstalledModel:
    """Add the checkpoint as a `.pt` to the models of `KODEBOK_DATA_DIR`."""
    return add_model(write_openai_checkpoint(workshop / "small.pt"), WHISPER_MODEL)


def install_for_faster(workshop: Path) -> InstalledModel:
    """Add it as a CTranslate2 folder."""
    folder = write_folder(restored_checkpoint(), workshop / "ct2")
    return add_model(folder, FASTER_MODEL)
