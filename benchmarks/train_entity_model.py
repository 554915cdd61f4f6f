"""Train the embedded entity model on NorNE and on invented interview sentences.

    python -m benchmarks.train_entity_model [--hold-out] [--epochs 4] [--write FILE]

The same texts as the linear classifier's (`train_token_classifier.py`), with and without capitals,
newly made for each epoch. Needs PyTorch (to train, not to use the model) and spaCy (to read NorNE);
about 80 seconds of CPU an epoch on one thread. `--hold-out` keeps the last seventh of each training
part apart, on which the mixing shares and thresholds were chosen.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import nn

from benchmarks import norne
from benchmarks.train_token_classifier import (
    MODELS,
    cased_texts,
    caseless_texts,
    labels_of,
    training_texts,
)  # fmt: skip
from kodebok.anonymise.classifier import CLASSES
from kodebok.anonymise.features import LOOKS, USAGES, TokenFeatures, token_features
from kodebok.anonymise.network import BITS, LAYERS, SCALE_OF_SUMS, WIDTH
from kodebok.anonymise.ordinary import ordinary_words
from kodebok.anonymise.tokens import tokenise

EMBEDDED, MARKED = 48, 8
DROPPED = 0.25
DROPPED_PIECES = 0.1
TEXTS_AT_ONCE = 12
RATE, WARM_UP = 2e-3, 300
GAP = LAYERS + 1  # empty places between texts, more than the convolutions reach


@dataclass(frozen=True, slots=True)
class Example:
    """A text as the network sees it, with the class of each token."""

    found: TokenFeatures
    classes: np.ndarray
    is_caseless: bool


class Network(nn.Module):
    """What `kodebok.anonymise.network` computes, for training."""

    def __init__(self) -> None:
        super().__init__()
        self.emb = nn.EmbeddingBag(1 << BITS, EMBEDDED, mode="sum")
        nn.init.normal_(self.emb.weight, 0, 0.05)
        self.use = nn.Embedding(2 * USAGES, MARKED)
        self.sk = nn.Embedding(LOOKS, MARKED)
        self.inp = nn.Linear(EMBEDDED + 2 * MARKED, WIDTH)
        self.n0 = nn.LayerNorm(WIDTH)
        self.conv = nn.ModuleList(nn.Conv1d(WIDTH, 2 * WIDTH, 3, padding=1) for _ in range(LAYERS))
        self.norm = nn.ModuleList(nn.LayerNorm(WIDTH) for _ in range(LAYERS))
        self.out = nn.Linear(WIDTH, len(CLASSES))
        self.drop = nn.Dropout(DROPPED)

    def forward(self, batch: Batch) -> torch.Tensor:
        """Class odds of each place of a batch."""
        words = self.drop(self.emb(batch.pieces, batch.offsets) * SCALE_OF_SUMS)[batch.kinds]
        marked = torch.cat((words, self.use(batch.usage), self.sk(batch.look)), dim=1)
        hidden = self.n0(torch.relu(self.inp(marked))) * batch.filled
        for convolve, norm in zip(self.conv, self.norm, strict=True):
            pieces = convolve(hidden.t()[None])[0].t()
            best = torch.maximum(pieces[:, :WIDTH], pieces[:, WIDTH:])
            hidden = (hidden + self.drop(norm(best))) * batch.filled
        odds: torch.Tensor = self.out(hidden)
        return odds

    def arrays(self) -> dict[str, np.ndarray]:
        """The weights by the names that `kodebok.anonymise.network` reads, in half precision."""
        state = {name: values.numpy() for name, values in self.state_dict().items()}
        found = {name: state[f"{name}.weight"] for name in ("emb", "use", "sk")}
        for name in ("inp", "out"):
            found |= {f"{name}.w": state[f"{name}.weight"].T, f"{name}.b": state[f"{name}.bias"]}
        found |= {"n0.w": state["n0.weight"], "n0.b": state["n0.bias"]}
        for layer in range(LAYERS):
            convolved = state[f"conv.{layer}.weight"].transpose(2, 1, 0)
            found[f"conv{layer}.w"] = convolved.reshape(-1, 2 * WIDTH)
            found[f"conv{layer}.b"] = state[f"conv.{layer}.bias"]
            found[f"norm{layer}.w"] = state[f"norm.{layer}.weight"]
            found[f"norm{layer}.b"] = state[f"norm.{layer}.bias"]
        return {name: values.astype(np.float16) for name, values in found.items()}


@dataclass(frozen=True, slots=True)
class Batch:
    """Some texts one after the other, with empty places between; class -1 is not learnt."""

    pieces: torch.Tensor
    offsets: torch.Tensor
    kinds: torch.Tensor
    usage: torch.Tensor
    look: torch.Tensor
    filled: torch.Tensor
    classes: torch.Tensor


def example_of(text: norne.Text) -> Example:
    """The features and classes of a text."""
    tokens = tokenise(text.text)
    return Example(
        token_features(tokens.words, ordinary_words(), BITS),
        labels_of(text, tokens.starts, tokens.ends),
        text.text == text.text.lower(),
    )


def batch_of(examples: Sequence[Example], rng: np.random.Generator) -> Batch:
    """A batch, in which each word has lost some of its pieces."""
    rows: dict[str, list[np.ndarray]] = {name: [] for name in Batch.__slots__}
    words = pieces = 0
    for one in examples:
        found, gap = one.found, np.zeros(GAP, np.int64)
        sizes = np.diff(np.append(found.own_start, len(found.own)))
        stays = rng.random(len(found.own)) >= DROPPED_PIECES
        stays[found.own_start] = True
        kept = np.add.reduceat(stays.astype(np.int64), found.own_start)
        rows["pieces"].append(found.own[stays])
        rows["offsets"].append(pieces + np.concatenate(([0], np.cumsum(kept)[:-1])))
        rows["kinds"] += [gap + words, found.kinds + words]
        rows["usage"] += [gap, found.usage + USAGES * one.is_caseless]
        rows["look"] += [gap, found.look]
        rows["filled"] += [gap, np.ones(len(found.kinds), np.int64)]
        rows["classes"] += [gap - 1, one.classes.astype(np.int64)]
        words += len(sizes)
        pieces += int(kept.sum())
    joined = {name: torch.from_numpy(np.concatenate(parts)) for name, parts in rows.items()}
    joined["filled"] = joined["filled"].float()[:, None]
    return Batch(**joined)


def batches(texts: list[norne.Text], rng: random.Random) -> Iterator[Batch]:
    """One epoch."""
    made = [*cased_texts(texts, rng), *caseless_texts(texts, rng)]
    rng.shuffle(made)
    thrown = np.random.default_rng(rng.randrange(1 << 30))
    for begin in range(0, len(made) - TEXTS_AT_ONCE + 1, TEXTS_AT_ONCE):
        chosen = [example_of(text) for text in made[begin : begin + TEXTS_AT_ONCE]]
        yield batch_of([one for one in chosen if len(one.classes)], thrown)


def train(texts: list[norne.Text], epochs: int, seed: int = 1) -> Network:
    """A trained network; AdamW (Loshchilov and Hutter 2019) with a linearly falling rate."""
    torch.manual_seed(seed)
    rng = random.Random(seed)
    network = Network()
    others = [values for name, values in network.named_parameters() if not name.startswith("emb")]
    optimiser = torch.optim.AdamW(
        [
            {"params": network.emb.parameters(), "weight_decay": 0.0},
            {"params": others, "weight_decay": 0.01},
        ],
        lr=RATE,
    )
    steps = epochs * (4 * len(texts) + 2 * 1500) // TEXTS_AT_ONCE
    step = 0
    for epoch in range(epochs):
        begin, lost = time.process_time(), []
        for batch in batches(texts, rng):
            step += 1
            for group in optimiser.param_groups:
                group["lr"] = RATE * min(1, step / WARM_UP) * max(0.0, 1 - step / steps) + 1e-5
            loss = nn.functional.cross_entropy(network(batch), batch.classes, ignore_index=-1)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            lost.append(loss.item())
        seconds = time.process_time() - begin
        print(f"epoch {epoch + 1}: loss {np.mean(lost):.4f}, {seconds:.0f} s CPU", flush=True)
    return network


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hold-out", action="store_true")
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--write", type=Path, default=MODELS / "network.npz")
    options = parser.parse_args()
    torch.set_num_threads(1)
    texts, _ = training_texts(hold_out=options.hold_out)
    np.savez_compressed(options.write, **train(texts, options.epochs).arrays())
    print(f"{options.write.name}: {options.write.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
