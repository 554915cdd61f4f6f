"""A Whisper in OpenAI's form as a CTranslate2 folder, with the tokenizer that faster-whisper reads.

CTranslate2's own converter wants `transformers`; its specification alone does the same.
"""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

EXTRA_TOKENS_FROM = 50_257  # the first that is no part of a word


def write_folder(checkpoint: dict[str, Any], folder: Path, quantisation: str = "float32") -> Path:
    """Write model.bin, config.json, vocabulary.json and tokenizer.json."""
    spec = _spec(checkpoint)
    tokens = _all_tokens(checkpoint["dims"]["n_vocab"])
    spec.register_vocabulary(tokens)
    spec.config.suppress_ids = []
    spec.config.suppress_ids_begin = [220, EXTRA_TOKENS_FROM]
    spec.config.lang_ids = list(range(50_259, 50_358))
    spec.config.alignment_heads = [list(head) for head in checkpoint["alignment_heads"]]
    folder.mkdir(parents=True, exist_ok=True)
    spec.validate()
    spec.optimize(quantization=quantisation)
    spec.save(str(folder))
    (folder / "tokenizer.json").write_text(json.dumps(_tokenizer(tokens)), encoding="utf-8")
    return folder


def _spec(checkpoint: dict[str, Any]) -> Any:
    from ctranslate2.specs import WhisperSpec

    dims = checkpoint["dims"]
    state = {name: value.float().numpy() for name, value in checkpoint["model_state_dict"].items()}
    spec = WhisperSpec(
        dims["n_audio_layer"], dims["n_audio_head"], dims["n_text_layer"], dims["n_text_head"]
    )
    encoder, decoder = spec.encoder, spec.decoder
    for conv in ("conv1", "conv2"):
        _weigh(getattr(encoder, conv), state, f"encoder.{conv}")
    encoder.position_encodings.encodings = state["encoder.positional_embedding"]
    _norm(encoder.layer_norm, state, "encoder.ln_post")
    decoder.embeddings.weight = state["decoder.token_embedding.weight"]
    decoder.projection.weight = state["decoder.token_embedding.weight"]
    decoder.position_encodings.encodings = state["decoder.positional_embedding"]
    _norm(decoder.layer_norm, state, "decoder.ln")
    for part, layers in (("encoder", encoder.layer), ("decoder", decoder.layer)):
        for number, layer in enumerate(layers):
            _layer(layer, state, f"{part}.blocks.{number}")
    return spec


def _layer(layer: Any, state: dict[str, Any], name: str) -> None:
    _attend(layer.self_attention, state, f"{name}.attn", ("query", "key", "value"), ("out",))
    if f"{name}.cross_attn.query.weight" in state:
        parts = (("query",), ("key", "value"), ("out",))
        _attend(layer.attention, state, f"{name}.cross_attn", *parts)
    _norm(layer.ffn.layer_norm, state, f"{name}.mlp_ln")
    _weigh(layer.ffn.linear_0, state, f"{name}.mlp.0")
    _weigh(layer.ffn.linear_1, state, f"{name}.mlp.2")


def _attend(spec: Any, state: dict[str, Any], name: str, *linears: tuple[str, ...]) -> None:
    _norm(spec.layer_norm, state, f"{name}_ln")
    for linear, parts in zip(spec.linear, linears, strict=True):
        weights = [state[f"{name}.{part}.weight"] for part in parts]
        biases = [
            state.get(f"{name}.{part}.bias", np.zeros(len(weight), np.float32))
            for part, weight in zip(parts, weights, strict=True)
        ]
        linear.weight = np.concatenate(weights)
        linear.bias = np.concatenate(biases)


def _weigh(spec: Any, state: dict[str, Any], name: str) -> None:
    spec.weight = state[f"{name}.weight"]
    spec.bias = state[f"{name}.bias"]


def _norm(spec: Any, state: dict[str, Any], name: str) -> None:
    spec.gamma = state[f"{name}.weight"]
    spec.beta = state[f"{name}.bias"]


def _all_tokens(count: int) -> list[str]:
    """Every token as it is written in a vocabulary, in order."""
    letters = _letters()
    tokens = ["".join(letters[byte] for byte in piece) for piece in _pieces()]
    encoding = _encoding()
    special = {number: text for text, number in encoding._special_tokens.items()}
    tokens += [special[number] for number in range(len(tokens), encoding.n_vocab)]
    return tokens[:count]


def _encoding() -> Any:
    from whisper.tokenizer import get_encoding

    return get_encoding("multilingual", num_languages=99)


def _pieces() -> list[bytes]:
    ranks: dict[bytes, int] = _encoding()._mergeable_ranks
    return sorted(ranks, key=ranks.__getitem__)


def _letters() -> dict[int, str]:
    """GPT-2's letter for each byte: itself where it can be seen, else one from 256 on."""
    seen = [*range(33, 127), *range(161, 173), *range(174, 256)]
    hidden = [byte for byte in range(256) if byte not in seen]
    return {byte: chr(byte) for byte in seen} | {
        byte: chr(256 + number) for number, byte in enumerate(hidden)
    }


def _tokenizer(tokens: list[str]) -> dict[str, Any]:
    words = tokens[:EXTRA_TOKENS_FROM]
    extra = [
        {"id": number, "content": text, "special": text[2:3].isalpha()}
        | dict.fromkeys(("single_word", "lstrip", "rstrip", "normalized"), False)
        for number, text in enumerate(tokens[EXTRA_TOKENS_FROM:], EXTRA_TOKENS_FROM)
    ]
    level = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True}
    return {
        "version": "1.0",
        "added_tokens": extra,
        "pre_tokenizer": {**level, "use_regex": True},
        "decoder": {**level, "use_regex": True},
        "model": {
            "type": "BPE",
            "vocab": {text: number for number, text in enumerate(words)},
            "merges": _merges(),
        },
    }


def _merges() -> list[list[str]]:
    """The two parts that each token was first made of."""
    letters = _letters()
    ranks = {piece: rank for rank, piece in enumerate(_pieces())}
    merges: list[list[str]] = []
    for piece, rank in ranks.items():
        parts = [piece[i : i + 1] for i in range(len(piece))]
        while len(parts) > 2:
            pairs = [ranks.get(a + b, rank) for a, b in pairwise(parts)]
            best = min(pairs)
            if best >= rank:
                break
            at = pairs.index(best)
            parts[at : at + 2] = [parts[at] + parts[at + 1]]
        if len(parts) == 2:
            merges.append(["".join(letters[byte] for byte in part) for part in parts])
    return merges
