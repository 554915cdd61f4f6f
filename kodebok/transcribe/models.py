"""The models on this machine: a folder each, with what it is and the checksum of every file.

They lie in the user's data folder, outside every study.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Callable
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from kodebok.errors import KodebokError, MissingComponentError, WrongUseError
from kodebok.i18n import translator
from kodebok.paths import user_data_dir

_ = translator("transcribe")

ABOUT = "model.json"
WEIGHTS = {"whisper": "model.pt", "faster": "model.bin"}
SUGGESTED = "nb-whisper-small-verbatim"
_PIECE = 1 << 20
_NAME = re.compile(r"[\w.-]{1,80}")


class Engine(StrEnum):
    """Which engine a model is for; also the name of the extra that brings it."""

    WHISPER = "whisper"
    FASTER = "faster"


@dataclass(frozen=True, slots=True)
class InstalledModel:
    """A model on this machine.

    Attributes:
        folder: Where its files lie; its name is the model's.
        mels: How finely it hears: 80 bands, or 128 for the newest large ones.
        alignment_heads: Layer and head of those that show where words sound; empty for the
            engine's own default.
        files: SHA-256 of each file, in hex.
        source: Where it was fetched or copied from.
        licence: As its makers say; empty when not known.
    """

    folder: Path
    engine: Engine
    mels: int
    alignment_heads: tuple[tuple[int, int], ...]
    files: dict[str, str]
    source: str
    licence: str

    @property
    def name(self) -> str:
        """What it is called here."""
        return self.folder.name

    @property
    def weights_path(self) -> Path:
        """The file with the weights."""
        return self.folder / WEIGHTS[self.engine]

    @property
    def size_bytes(self) -> int:
        """What it takes on disk."""
        return sum(path.stat().st_size for path in self.folder.iterdir())

    @property
    def fingerprint(self) -> str:
        """Its name and the beginning of the checksum of its weights."""
        return f"{self.name} {self.files[WEIGHTS[self.engine]][:12]}"


def models_folder() -> Path:
    """The folder of all models."""
    return user_data_dir() / "models"


def installed_models() -> list[InstalledModel]:
    """All models that are whole enough to have a description, by name."""
    found = sorted(models_folder().glob(f"*/{ABOUT}"))
    # What begins with a full stop is being made or fetched.
    return [_read(path) for path in found if not path.parent.name.startswith(".")]


def find_model(name: str) -> InstalledModel:
    """An installed model by its name; the only one there is when no name is given.

    Raises:
        MissingComponentError: K911, there is no model at all.
        WrongUseError: K910, there is none of that name, or none was named and there are several.
    """
    models = installed_models()
    if not models:
        raise MissingComponentError(
            _("there is no speech model on this machine"),
            _("fetch one: kodebok models download {name}", name=SUGGESTED),
            "K911",
        )
    if not name and len(models) == 1:
        return models[0]
    for model in models:
        if model.name == name:
            return model
    raise WrongUseError(
        _("there is no model of the name {name}", name=name)
        if name
        else _("there are several models"),
        _("give one of these: {names}", names=", ".join(model.name for model in models)),
        "K910",
    )


def damaged_files(model: InstalledModel) -> list[str]:
    """Names of files that are missing or not what they were when the model was added."""
    return [
        name
        for name, checksum in model.files.items()
        if not (model.folder / name).is_file() or sha256_of(model.folder / name) != checksum
    ]


def remove_model(model: InstalledModel) -> None:
    """Delete a model's files."""
    shutil.rmtree(model.folder)


def checked_name(name: str) -> str:
    """A name that may become a folder.

    Raises:
        WrongUseError: K912, it has other signs than letters, digits, `.`, `-`, `_`; or K913, it is
            taken.
    """
    if not _NAME.fullmatch(name) or name.startswith("."):
        raise WrongUseError(
            _("{name} cannot be a model's name", name=name),
            _("use letters, digits, hyphens and full stops, at most 80"),
            "K912",
        )
    if (models_folder() / name / ABOUT).exists():
        raise WrongUseError(
            _("there is already a model of the name {name}", name=name),
            _("give another with --name, or remove that one first"),
            "K913",
        )
    return name


def install(
    name: str, fill: Callable[[Path], dict[str, Any]], source: str, licence: str
) -> InstalledModel:
    """Make a model's folder; it appears all at once or not at all.

    Args:
        name: A name that `checked_name` let through.
        fill: Writes the files into the folder that it is given, and returns `engine`, `mels` and
            `alignment_heads`.
        source: Where it comes from.
        licence: As its makers say.
    """
    folder = models_folder() / name
    making = models_folder() / f".{name}"
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir(parents=True)
    try:
        facts = fill(making)
        files = {path.name: sha256_of(path) for path in sorted(making.iterdir())}
        model = InstalledModel(
            folder,
            Engine(facts["engine"]),
            facts["mels"],
            facts["alignment_heads"],
            files,
            source,
            licence,
        )
        about = {key: value for key, value in asdict(model).items() if key != "folder"}
        (making / ABOUT).write_text(json.dumps(about, indent=1), encoding="utf-8")
        shutil.rmtree(folder, ignore_errors=True)  # left by a copy that was broken off
        making.rename(folder)
    finally:
        shutil.rmtree(making, ignore_errors=True)
    return model


def sha256_of(path: Path) -> str:
    """SHA-256 of a file, in hex."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            digest.update(piece)
    return digest.hexdigest()


def _read(path: Path) -> InstalledModel:
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        heads = tuple((int(layer), int(head)) for layer, head in told.pop("alignment_heads"))
        engine = Engine(told.pop("engine"))
        return InstalledModel(folder=path.parent, engine=engine, alignment_heads=heads, **told)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise KodebokError(
            _("the description of the model {name} is damaged", name=path.parent.name),
            _("delete its folder and add it again: {folder}", folder=path.parent),
            "K914",
        ) from error
