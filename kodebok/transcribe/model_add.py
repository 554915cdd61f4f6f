"""Taking in a model that lies on disk: OpenAI's `.pt`, a CTranslate2 folder, a Hugging Face folder.

Each is looked into before it is copied, and gets its checksums.
"""

from __future__ import annotations

import json
import shutil
from functools import partial
from pathlib import Path
from typing import Any

from kodebok.errors import WrongUseError
from kodebok.i18n import translator
from kodebok.transcribe.extras import needed
from kodebok.transcribe.model_convert import (
    checked_checkpoint,
    checkpoint_of_hugging_face,
    damaged_weights,
    default_heads,
)
from kodebok.transcribe.models import Engine, InstalledModel, checked_name, install, sha256_of

_ = translator("transcribe")

Facts = dict[str, Any]

_TOKENIZER = "tokenizer.json"
# What faster-whisper reads of a folder; the vocabulary has two forms.
_FASTER_FILES = ("config.json", "model.bin", _TOKENIZER, "preprocessor_config.json")
_VOCABULARIES = ("vocabulary.json", "vocabulary.txt")


def add_model(path: Path, name: str = "", *, source: str = "", licence: str = "") -> InstalledModel:
    """Copy a model into kodebok's own folder, converted where that is needed.

    Args:
        path: A `.pt`, a CTranslate2 folder, or a Hugging Face folder with safetensors.
        name: What it is to be called; by default as the file or folder.
        source: Where it comes from; by default the path's last part.
        licence: As its makers say.

    Raises:
        WrongUseError: K915, there is nothing there; K916, it is no model of a known kind; K917, a
            file of it is missing; K918, it is not a Whisper model or a damaged one; K912 and K913
            as `models.checked_name` says.
        MissingComponentError: K900, what reads it is not installed.
    """
    if not path.exists():
        raise WrongUseError(_("there is nothing at {path}", path=path), _("check the path"), "K915")
    fill = _kind_of(path)
    name = checked_name(name or path.stem)
    return install(name, partial(fill, path), source or path.name, licence)


def _kind_of(path: Path) -> Any:
    if path.is_file() and path.suffix == ".pt":
        return _openai
    if (path / "model.bin").is_file():
        return _ctranslate2
    if any(path.glob("*.safetensors")) and (path / "config.json").is_file():
        return _hugging_face
    raise WrongUseError(
        _("{name} is not a speech model that kodebok knows", name=path.name),
        _("give a .pt file, a CTranslate2 folder, or a Hugging Face folder with safetensors"),
        "K916",
    )


def _openai(path: Path, folder: Path) -> Facts:
    checkpoint = checked_checkpoint(path)
    target = folder / "model.pt"
    shutil.copyfile(path, target)
    heads = checkpoint.get("alignment_heads") or _published_heads(sha256_of(target))
    return _whisper_facts(checkpoint["dims"], heads)


def _hugging_face(path: Path, folder: Path) -> Facts:
    with needed("whisper"):
        import torch
    checkpoint = checkpoint_of_hugging_face(path)
    torch.save(checkpoint, folder / "model.pt")
    checked_checkpoint(folder / "model.pt")
    return _whisper_facts(checkpoint["dims"], checkpoint["alignment_heads"])


def _whisper_facts(dims: dict[str, int], heads: list[tuple[int, int]] | None) -> Facts:
    chosen = heads or default_heads(dims["n_text_layer"], dims["n_text_head"])
    return {
        "engine": Engine.WHISPER,
        "mels": dims["n_mels"],
        "alignment_heads": tuple((int(layer), int(head)) for layer, head in chosen),
    }


def _published_heads(checksum: str) -> list[tuple[int, int]] | None:
    """The heads that OpenAI names for a file of its own, known by its checksum."""
    import base64
    import gzip

    import numpy as np
    import whisper

    for name, address in whisper._MODELS.items():  # noqa: SLF001 - it has no public name
        if f"/{checksum}/" in address:
            packed = gzip.decompress(base64.b85decode(whisper._ALIGNMENT_HEADS[name]))  # noqa: SLF001
            flags = np.frombuffer(packed, dtype=bool)
            heads = flags.reshape(_LAYERS[name.split(".", maxsplit=1)[0]], -1)
            return [(int(layer), int(head)) for layer, head in np.argwhere(heads)]
    return None


# Layers of the decoder in OpenAI's sizes.
_LAYERS = {
    "tiny": 4,
    "base": 6,
    "small": 12,
    "medium": 24,
    "large-v1": 32,
    "large-v2": 32,
    "large-v3": 32,
    "large": 32,
    "large-v3-turbo": 4,
    "turbo": 4,
}


def _ctranslate2(path: Path, folder: Path) -> Facts:
    with needed("faster"):
        import ctranslate2
    vocabulary = next((name for name in _VOCABULARIES if (path / name).is_file()), "")
    lacking = [name for name in _FASTER_FILES[:3] if not (path / name).is_file()]
    lacking += [] if vocabulary else [_VOCABULARIES[0]]
    if lacking:
        raise WrongUseError(
            _("{name} lacks {files}", name=path.name, files=", ".join(lacking)),
            _("copy it from the model's own page into the folder"),
            "K917",
        )
    for name in (*_FASTER_FILES, vocabulary):
        if (path / name).is_file():
            shutil.copyfile(path / name, folder / name)
    try:
        model = ctranslate2.models.Whisper(str(folder), device="cpu", compute_type="int8")
    except (RuntimeError, ValueError) as error:
        raise damaged_weights(path.name) from error
    settings = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    heads = tuple((int(layer), int(head)) for layer, head in settings.get("alignment_heads") or ())
    return {"engine": Engine.FASTER, "mels": model.n_mels, "alignment_heads": heads}
