"""Models that can be fetched: from where, how large, under which licence.

NB-Whisper is the National Library of Norway's; its verbatim kind writes what is said, in lower
case and without punctuation. OpenAI's addresses hold each file's SHA-256.
"""

from __future__ import annotations

from dataclasses import dataclass

from kodebok.transcribe.models import Engine

HUGGING_FACE = "https://huggingface.co"
OPENAI = "https://openaipublic.azureedge.net/main/whisper/models"

# What of a repository each engine needs.
_FASTER_FILES = (
    "ct2/config.json",
    "ct2/model.bin",
    "ct2/vocabulary.json",
    "tokenizer.json",
    "preprocessor_config.json",
)
_WHISPER_FILES = ("config.json", "generation_config.json")
_WEIGHTS = ("model.safetensors",)
_WEIGHTS_IN_PARTS = (
    "model.safetensors.index.json",
    "model-00001-of-00002.safetensors",
    "model-00002-of-00002.safetensors",
)
_MILLION = 1_000_000
# Megabytes of the weights, the same for both engines.
_NB_SIZES = {"tiny": 151, "base": 290, "small": 967, "medium": 3_060, "large": 6_170}
# Checksum of OpenAI's files, and their megabytes.
_OPENAI = {
    "tiny": ("65147644a518d12f04e32d6f3b26facc3f8dd46e5390956a9424a650c0ce22b9", 76),
    "base": ("ed3a0b6b1c0edf879ad9b11b1af5a0e6ab5db9205f891f668f8b0e6c6326e34e", 145),
    "small": ("9ecf779972d90ba49c06d968637d720dd632c55bbf19d441fb42bf17a411e794", 484),
    "medium": ("345ae4da62f9b3d59415adc60127b97c714f32e89e936602e85993674d08dcb1", 1_528),
    "large-v3": ("e5b1a55b89c1367dacf97e3e19bfd829a01529dbfdeefa8caeb59b3f1b81dadb", 3_087),
    "large-v3-turbo": ("aff26ae408abcba5fbf8813c21e62b0941638c5f6eebfb145be0c9839262a19a", 1_618),
}


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """A file to fetch.

    Attributes:
        address: Where it lies.
        name: What it is called here.
        sha256: In hex, where it is known beforehand.
        is_optional: Whether the model does without it.
    """

    address: str
    name: str
    sha256: str = ""
    is_optional: bool = False


@dataclass(frozen=True, slots=True)
class RemoteModel:
    """A model that can be fetched.

    Attributes:
        size_bytes: What is fetched, to within a few per cent.
        page: Where its makers tell of it.
    """

    name: str
    engine: Engine
    maker: str
    licence: str
    size_bytes: int
    page: str
    files: tuple[RemoteFile, ...]


def remote_models(engine: Engine | None = None) -> list[RemoteModel]:
    """All models that can be fetched, for both engines or for one."""
    models = [
        *(
            _nb_whisper(size, kind)
            for kind in (Engine.FASTER, Engine.WHISPER)
            for size in _NB_SIZES
        ),
        *(_openai(size) for size in _OPENAI),
    ]
    return [model for model in models if engine in {None, model.engine}]


def _nb_whisper(size: str, engine: Engine) -> RemoteModel:
    repository = f"NbAiLab/nb-whisper-{size}-verbatim"
    page = f"{HUGGING_FACE}/{repository}"
    weights = _WEIGHTS_IN_PARTS if size == "large" else _WEIGHTS
    wanted = _FASTER_FILES if engine is Engine.FASTER else (*_WHISPER_FILES, *weights)
    files = tuple(
        RemoteFile(
            f"{page}/resolve/main/{path}",
            path.rsplit("/", maxsplit=1)[-1],
            is_optional=path in {"preprocessor_config.json", "generation_config.json"},
        )
        for path in wanted
    )
    name = f"nb-whisper-{size}-verbatim" + ("" if engine is Engine.FASTER else "-pt")
    total = _NB_SIZES[size] * _MILLION
    maker = "Nasjonalbiblioteket"
    return RemoteModel(name, engine, maker, "Apache-2.0", total, page, files)


def _openai(size: str) -> RemoteModel:
    checksum, megabytes = _OPENAI[size]
    file = RemoteFile(f"{OPENAI}/{checksum}/{size}.pt", "model.pt", checksum)
    page = "https://github.com/openai/whisper"
    total = megabytes * _MILLION
    return RemoteModel(f"whisper-{size}", Engine.WHISPER, "OpenAI", "MIT", total, page, (file,))
