"""Whisper's weights: checked, and taken from Hugging Face's form into OpenAI's.

The two name the same matrices differently. OpenAI's form holds half-precision numbers.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from kodebok.errors import WrongUseError
from kodebok.i18n import translator
from kodebok.transcribe.extras import needed

_ = translator("transcribe")

Heads = list[tuple[int, int]]

# Names in Hugging Face's form and in OpenAI's, in the order in which they are replaced.
_NAMES = (
    (r"^model\.", ""),
    (r"^decoder\.embed_tokens\.", "decoder.token_embedding."),
    (r"\.embed_positions\.weight$", ".positional_embedding"),
    (r"^encoder\.layer_norm\.", "encoder.ln_post."),
    (r"^decoder\.layer_norm\.", "decoder.ln."),
    (r"\.layers\.", ".blocks."),
    (r"\.self_attn_layer_norm\.", ".attn_ln."),
    (r"\.encoder_attn_layer_norm\.", ".cross_attn_ln."),
    (r"\.final_layer_norm\.", ".mlp_ln."),
    (r"\.self_attn\.", ".attn."),
    (r"\.encoder_attn\.", ".cross_attn."),
    (r"\.q_proj\.", ".query."),
    (r"\.k_proj\.", ".key."),
    (r"\.v_proj\.", ".value."),
    (r"\.out_proj\.", ".out."),
    (r"\.fc1\.", ".mlp.0."),
    (r"\.fc2\.", ".mlp.2."),
)
_TIED = "proj_out.weight"  # the same matrix as the tokens' embedding
_DIMS = {
    "n_mels": "num_mel_bins",
    "n_audio_ctx": "max_source_positions",
    "n_audio_state": "d_model",
    "n_audio_head": "encoder_attention_heads",
    "n_audio_layer": "encoder_layers",
    "n_vocab": "vocab_size",
    "n_text_ctx": "max_target_positions",
    "n_text_state": "d_model",
    "n_text_head": "decoder_attention_heads",
    "n_text_layer": "decoder_layers",
}


def openai_name(name: str) -> str:
    """OpenAI's name of a matrix that Hugging Face's form names so."""
    for pattern, replacement in _NAMES:
        name = re.sub(pattern, replacement, name)
    return name


def default_heads(layers: int, heads: int) -> Heads:
    """All heads of the later half of the layers: what Whisper takes when none are named."""
    return [(layer, head) for layer in range(layers // 2, layers) for head in range(heads)]


def checkpoint_of_hugging_face(folder: Path) -> dict[str, Any]:
    """`dims`, `model_state_dict` and `alignment_heads` of a folder with safetensors.

    Raises:
        WrongUseError: K919, its configuration is not one of a Whisper model; or K918, its weights
            cannot be read.
        MissingComponentError: K900, torch or safetensors is not installed.
    """
    with needed("whisper"):
        import safetensors
        import safetensors.torch
        import torch
    dims = _dims(folder)
    state: dict[str, Any] = {}
    try:
        for part in _weight_files(folder):
            for name, value in safetensors.torch.load_file(part).items():
                if name != _TIED:
                    state[openai_name(name)] = value.to(torch.float16)
    except (safetensors.SafetensorError, OSError) as error:
        raise damaged_weights(folder.name) from error
    return {"dims": dims, "model_state_dict": state, "alignment_heads": _told_heads(folder, dims)}


def _weight_files(folder: Path) -> list[Path]:
    """The one file, or the parts that the index names."""
    index = folder / "model.safetensors.index.json"
    if not index.is_file():
        return [folder / "model.safetensors"]
    parts = json.loads(index.read_text(encoding="utf-8"))["weight_map"].values()
    return [folder / part for part in sorted(set(parts))]


def _dims(folder: Path) -> dict[str, int]:
    try:
        told = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        is_whisper = told["model_type"] == "whisper"
        dims = {ours: int(told[theirs]) for ours, theirs in _DIMS.items()} if is_whisper else {}
    except (ValueError, KeyError, TypeError):
        dims = {}
    if not dims:
        raise WrongUseError(
            _("the model in {name} is not Whisper", name=folder.name),
            _("choose a Whisper model, such as one of NB-Whisper"),
            "K919",
        )
    return dims


def _told_heads(folder: Path, dims: dict[str, int]) -> Heads:
    path = folder / "generation_config.json"
    told = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    heads = [(int(layer), int(head)) for layer, head in told.get("alignment_heads") or ()]
    return heads or default_heads(dims["n_text_layer"], dims["n_text_head"])


def checked_checkpoint(path: Path) -> dict[str, Any]:
    """A `.pt` in OpenAI's form, after its matrices have been found to fit its dimensions.

    Nothing in the file is run.

    Raises:
        WrongUseError: K918, it is damaged or no Whisper model.
        MissingComponentError: K900, openai-whisper is not installed.
    """
    with needed("whisper"):
        import torch
    import pickle

    try:
        checkpoint: dict[str, Any] = torch.load(path, map_location="cpu", weights_only=True)
        found = {name: value.shape for name, value in checkpoint["model_state_dict"].items()}
        wanted = _shapes(checkpoint["dims"])
    except (
        *(RuntimeError, AttributeError, KeyError, TypeError, ValueError, EOFError, OSError),
        pickle.UnpicklingError,
    ) as error:
        raise damaged_weights(path.name) from error
    if found != wanted:
        raise damaged_weights(path.name)
    return checkpoint


def _shapes(dims: dict[str, int]) -> dict[str, Any]:
    """The matrices that a Whisper of these dimensions has, without room for their numbers."""
    with needed("whisper"):
        import torch
        from whisper.model import AudioEncoder, ModelDimensions, TextDecoder
    d = ModelDimensions(**dims)
    with torch.device("meta"):
        encoder = AudioEncoder(
            d.n_mels, d.n_audio_ctx, d.n_audio_state, d.n_audio_head, d.n_audio_layer
        )
        decoder = TextDecoder(
            d.n_vocab, d.n_text_ctx, d.n_text_state, d.n_text_head, d.n_text_layer
        )
    parts = {"encoder": encoder, "decoder": decoder}
    return {
        f"{part}.{name}": value.shape
        for part, module in parts.items()
        for name, value in module.state_dict().items()
    }


def damaged_weights(name: str) -> WrongUseError:
    """The error for weights that are not those of a Whisper model."""
    return WrongUseError(
        _("{name} is not a whole Whisper model", name=name),
        _("fetch it again, and compare its size with the one on its page"),
        "K918",
    )
