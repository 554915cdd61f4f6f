"""The small checkpoint in Hugging Face's form, whole or in parts."""

from __future__ import annotations

import json
import re
from pathlib import Path

from tests.transcribe.checkpoint import restored_checkpoint

# The way back from OpenAI's names; `model_convert` holds the way there.
_NAMES = (
    (r"^decoder\.token_embedding\.", "decoder.embed_tokens."),
    (r"\.positional_embedding$", ".embed_positions.weight"),
    (r"^encoder\.ln_post\.", "encoder.layer_norm."),
    (r"^decoder\.ln\.", "decoder.layer_norm."),
    (r"\.blocks\.", ".layers."),
    (r"\.cross_attn_ln\.", ".encoder_attn_layer_norm."),
    (r"\.attn_ln\.", ".self_attn_layer_norm."),
    (r"\.mlp_ln\.", ".final_layer_norm."),
    (r"\.cross_attn\.", ".encoder_attn."),
    (r"\.attn\.", ".self_attn."),
    (r"\.query\.", ".q_proj."),
    (r"\.key\.", ".k_proj."),
    (r"\.value\.", ".v_proj."),
    (r"\.out\.", ".out_proj."),
    (r"\.mlp\.0\.", ".fc1."),
    (r"\.mlp\.2\.", ".fc2."),
    (r"^", "model."),
)


def write_hugging_face_folder(folder: Path, parts: int = 1, mels: int = 80) -> Path:
    """Write weights, configuration and the heads that show where words sound.

    Args:
        folder: Is made.
        parts: How many files the weights are spread over.
        mels: 128 stretches the first matrix, as the large models have it.
    """
    import torch
    from safetensors.torch import save_file

    checkpoint = restored_checkpoint()
    weights = {}
    for name, value in checkpoint["model_state_dict"].items():
        for pattern, replacement in _NAMES:
            name = re.sub(pattern, replacement, name)  # noqa: PLW2901 - step by step
        weights[name] = value.contiguous()
    weights["proj_out.weight"] = weights["model.decoder.embed_tokens.weight"].clone()
    first = weights["model.encoder.conv1.weight"]
    if mels > first.shape[1]:
        weights["model.encoder.conv1.weight"] = torch.cat([first, first], dim=1)[:, :mels].clone()
    folder.mkdir()
    names = sorted(weights)
    if parts == 1:
        save_file(weights, folder / "model.safetensors")
    else:
        files = [f"model-{n + 1:05}-of-{parts:05}.safetensors" for n in range(parts)]
        for number, file in enumerate(files):
            save_file({name: weights[name] for name in names[number::parts]}, folder / file)
        places = {name: files[number % parts] for number, name in enumerate(names)}
        index = json.dumps({"weight_map": places})
        (folder / "model.safetensors.index.json").write_text(index, encoding="utf-8")
    dims = checkpoint["dims"]
    config = {
        "model_type": "whisper",
        "num_mel_bins": mels,
        "max_source_positions": dims["n_audio_ctx"],
        "d_model": dims["n_audio_state"],
        "encoder_attention_heads": dims["n_audio_head"],
        "encoder_layers": dims["n_audio_layer"],
        "vocab_size": dims["n_vocab"],
        "max_target_positions": dims["n_text_ctx"],
        "decoder_attention_heads": dims["n_text_head"],
        "decoder_layers": dims["n_text_layer"],
    }
    heads = {"alignment_heads": checkpoint["alignment_heads"]}
    (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
    (folder / "generation_config.json").write_text(json.dumps(heads), encoding="utf-8")
    return folder
