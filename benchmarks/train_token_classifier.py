"""Train the linear token classifier on NorNE and on invented interview sentences.

    python benchmarks/train_token_classifier.py [--hold-out] [--write]

With `--hold-out` the last seventh of each training part is kept apart, to choose thresholds and
settings on; the dev parts are looked at by `benchmarks/anonymise.py` alone. Two tables are trained:
one for ordinary text, one for text without capitals. Needs scikit-learn and spaCy (to read NorNE).
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import SGDClassifier

from benchmarks import augmentation, norne
from benchmarks.interview_sentences import interview
from kodebok.anonymise.classifier import BITS, CLASSES
from kodebok.anonymise.features import token_features
from kodebok.anonymise.ordinary import ordinary_words
from kodebok.anonymise.place_names import listed_places
from kodebok.anonymise.tokens import tokenise

MODELS = Path(__file__).parents[1] / "kodebok" / "anonymise" / "models"
NAMES = norne.FOLDER.parent / "names"
HELD_OUT = 7
INVENTED = 1500  # interviews of 14 sentences
EPOCHS = 6
SMOOTHING = 1e-5


def training_texts(*, hold_out: bool) -> tuple[list[norne.Text], list[norne.Text]]:
    """Texts to train on, and those kept apart."""
    kept: list[norne.Text] = []
    apart: list[norne.Text] = []
    for part in ("nob-train", "nno-train"):
        texts = norne.load_texts(part)
        border = len(texts) - len(texts) // HELD_OUT if hold_out else len(texts)
        kept += texts[:border]
        apart += texts[border:]
    return kept, apart


def cased_texts(texts: list[norne.Text], rng: random.Random) -> Iterator[norne.Text]:
    """Everything that the table for ordinary text learns from."""
    supply = augmentation.NameSupply(NAMES, sorted(listed_places()), rng)
    yield from texts
    for text in texts:
        other = augmentation.swap_names(text, supply, rng)
        other = augmentation.small_names(other, rng, 0.25)
        yield augmentation.capitals_at_random(other, rng, 0.01)
    for _ in range(INVENTED):
        made = interview(supply, rng)
        yield augmentation.small_names(made, rng, 0.15)


def caseless_texts(texts: list[norne.Text], rng: random.Random) -> Iterator[norne.Text]:
    """Everything that the table for text without capitals learns from."""
    supply = augmentation.NameSupply(NAMES, sorted(listed_places()), rng)
    for text in texts:
        yield norne.lower_cased(text)
        other = augmentation.swap_names(text, supply, rng)
        if rng.random() < 0.5:
            other = augmentation.without_signs(other)
        yield norne.lower_cased(other)
    for number in range(INVENTED):
        made = interview(supply, rng)
        yield norne.lower_cased(augmentation.without_signs(made) if number % 2 else made)


def labels_of(text: norne.Text, starts: list[int], ends: list[int]) -> np.ndarray:
    """The class of each token; 0 outside all names."""
    found = np.zeros(len(starts), dtype=np.int8)
    at = 0
    for name in text.names:
        while at < len(starts) and ends[at] <= name.start:
            at += 1
        place = at
        while place < len(starts) and starts[place] < name.end:
            found[place] = CLASSES.index(name.type)
            place += 1
    return found


def as_matrix(texts: Iterable[norne.Text]) -> tuple[csr_matrix, np.ndarray]:
    """Features and classes of all tokens of some texts."""
    ordinary = ordinary_words()
    columns, counts, classes = [], [], []
    for text in texts:
        tokens = tokenise(text.text)
        found = token_features(tokens.words, ordinary, BITS)
        sizes = np.diff(np.append(found.own_start, len(found.own)))
        for kind, around in zip(found.kinds, found.around, strict=True):
            start = found.own_start[kind]
            row = np.concatenate((found.own[start : start + sizes[kind]], around))
            columns.append(row.astype(np.int32))
            counts.append(len(row))
        classes.append(labels_of(text, tokens.starts, tokens.ends))
    indices = np.concatenate(columns)
    pointers = np.concatenate(([0], np.cumsum(counts)))
    data = np.ones(len(indices))
    matrix = csr_matrix((data, indices, pointers), shape=(len(counts), 2**BITS))
    return matrix, np.concatenate(classes)


def train_table(matrix: csr_matrix, classes: np.ndarray, seed: int) -> np.ndarray:
    """Weights, one column for each class; the first is "any name", and the last row the bias."""
    columns = []
    for number in range(len(CLASSES)):
        wanted = classes > 0 if number == 0 else classes == number
        rows = slice(None)
        model = SGDClassifier(
            loss="log_loss", alpha=SMOOTHING, max_iter=EPOCHS, tol=None, average=True,
            random_state=seed, learning_rate="optimal",
        )  # fmt: skip
        model.fit(matrix[rows], wanted[rows])
        columns.append(np.append(model.coef_[0], model.intercept_[0]))
    return np.stack(columns, axis=1)


def packed(table: np.ndarray) -> np.ndarray:
    """The table as it is shipped: half precision, with what is next to nothing as nothing."""
    small = table.copy()
    small[np.abs(small) < 0.01] = 0
    return small.astype(np.float16)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--hold-out", action="store_true")
    parser.add_argument("--write", type=Path, default=MODELS / "tokens.npz")
    options = parser.parse_args()
    kept, _ = training_texts(hold_out=options.hold_out)
    tables = {}
    kinds: dict[str, Callable[[random.Random], Iterator[norne.Text]]] = {
        "cased": partial(cased_texts, kept),
        "caseless": partial(caseless_texts, kept),
    }
    for seed, (name, texts) in enumerate(kinds.items(), start=1):
        begin = time.process_time()
        matrix, classes = as_matrix(texts(random.Random(seed)))
        print(f"{name}: {matrix.shape[0]} tokens, {matrix.nnz} features", flush=True)
        tables[name] = packed(train_table(matrix, classes, seed))
        print(f"{name}: {time.process_time() - begin:.0f} s CPU", flush=True)
    np.savez_compressed(options.write, **tables)
    print(f"{options.write.name}: {options.write.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
