"""The small Whisper checkpoint of the tests, and the form in which it is kept.

A Whisper of 64 dimensions has 280,000 parameters and a vocabulary of 51,865 rows, of which the
model has learnt a few hundred. Those rows alone are kept; the rows of the times follow from one
matrix, all other tokens share one row. `restored_checkpoint` makes OpenAI's format of it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

CHECKPOINT = Path(__file__).parent / "models" / "small-norwegian.npz"
FIRST_TIME_TOKEN = 50_364
TIME_TOKENS = 1_501
EMBEDDING = "decoder.token_embedding.weight"
TEXT_PLACES = "decoder.positional_embedding"
SOUND_PLACES = "encoder.positional_embedding"
Array = NDArray[np.float32]


def waves(length: int, channels: int) -> Array:
    """Whisper's sines and cosines of places, `length` × `channels`."""
    step = np.log(10_000) / (channels // 2 - 1)
    scaled = np.arange(length)[:, None] * np.exp(-step * np.arange(channels // 2))[None, :]
    return np.concatenate([np.sin(scaled), np.cos(scaled)], axis=1).astype(np.float32)


def write_checkpoint(
    path: Path,
    dims: dict[str, int],
    weights: dict[str, Array],
    rows: dict[str, Array],
    alignment_heads: list[tuple[int, int]],
) -> None:
    """Keep a model small: `rows` has `tokens`, `of_tokens`, `of_others` and `of_times`."""
    told = json.dumps({"dims": dims, "alignment_heads": alignment_heads})
    small = {name: value.astype(np.float16) for name, value in weights.items()}
    small |= {
        f"rows.{name}": value.astype(np.int32 if name == "tokens" else np.float16)
        for name, value in rows.items()
    }
    np.savez_compressed(path, told=np.frombuffer(told.encode(), np.uint8), **small)


def kept_rows(path: Path = CHECKPOINT) -> dict[str, Any]:
    """What is kept of the vocabulary, as `write_checkpoint` takes it."""
    with np.load(path) as kept:
        rows = {name[5:]: kept[name] for name in kept.files if name.startswith("rows.")}
    return {
        name: value if name == "tokens" else value.astype(np.float32)
        for name, value in rows.items()
    }


def restored_checkpoint(path: Path = CHECKPOINT) -> dict[str, Any]:
    """`dims`, `model_state_dict` (tensors) and `alignment_heads`, as `torch.save` takes them."""
    import torch

    with np.load(path) as kept:
        told = json.loads(kept["told"].tobytes())
        weights = {
            name: kept[name].astype(np.float32)
            for name in kept.files
            if name != "told" and not name.startswith("rows.")
        }
    rows = kept_rows(path)
    dims = told["dims"]
    width = dims["n_text_state"]
    table = np.tile(rows["of_others"], (dims["n_vocab"], 1))
    table[FIRST_TIME_TOKEN : FIRST_TIME_TOKEN + TIME_TOKENS] = (
        waves(TIME_TOKENS, width) @ rows["of_times"]
    )
    table[rows["tokens"]] = rows["of_tokens"]
    weights[EMBEDDING] = table
    weights[TEXT_PLACES] = waves(dims["n_text_ctx"], width)
    weights[SOUND_PLACES] = waves(dims["n_audio_ctx"], width)
    state = {name: torch.from_numpy(value) for name, value in weights.items()}
    heads = [tuple(head) for head in told["alignment_heads"]]
    return {"dims": dims, "model_state_dict": state, "alignment_heads": heads}


def write_openai_checkpoint(target: Path, source: Path = CHECKPOINT) -> Path:
    """The kept model as a `.pt` that `whisper.load_model` takes."""
    import torch

    torch.save(restored_checkpoint(source), target)
    return target
