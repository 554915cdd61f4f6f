"""Sentence embeddings that the user has, tried beside the default; nothing is downloaded."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from kodebok.errors import MissingComponentError, WrongUseError
from kodebok.i18n import translator
from kodebok.suggest.codes import LEAST_EXAMPLES, MOST_CODES, STRENGTH
from kodebok.suggest.learning import balance, solve
from kodebok.suggest.passages import Example
from kodebok.suggest.trial import Guesser

_ = translator("suggest")


def load_encoder(folder: Path) -> Any:
    """A sentence-transformers model from a folder on this machine.

    Raises:
        MissingComponentError: The library is not installed (K861).
        WrongUseError: There is no such folder (K862), or no model in it (K864).
    """
    if not folder.is_dir():
        raise WrongUseError(
            _("there is no folder of that name with a model in it"),
            _("give the folder of a sentence-transformers model that you have; none is fetched"),
            "K862",
        )
    try:
        library = import_module("sentence_transformers")
    except ImportError as error:
        raise MissingComponentError(
            _("sentence-transformers is not installed"),
            "pip install sentence-transformers",
            "K861",
        ) from error
    try:
        return library.SentenceTransformer(str(folder), device="cpu", local_files_only=True)
    except (OSError, ValueError, KeyError) as error:
        raise WrongUseError(
            _("the model in that folder cannot be read"),
            _("give the folder of a sentence-transformers model that you have; none is fetched"),
            "K864",
        ) from error


def guess_by(encoder: Any) -> Guesser:
    """Guesses codes as the default does, but from sentence embeddings.

    Args:
        encoder: Has `encode(texts)`, which gives a row of numbers for each text.
    """
    import numpy as np

    known: dict[str, Any] = {}

    def rows_of(examples: Sequence[Example]) -> Any:
        new = [text for text in dict.fromkeys(e.text for e in examples) if text not in known]
        if new:
            rows = np.asarray(encoder.encode(new), dtype=float)
            lengths = np.linalg.norm(rows, axis=1, keepdims=True)
            known.update(zip(new, rows / np.where(lengths > 0, lengths, 1.0), strict=True))
        return np.array([known[example.text] for example in examples])

    def guess(
        train: Sequence[Example], held: Sequence[Example]
    ) -> tuple[set[str], list[list[str]]]:
        code_ids = sorted({code_id for example in train for code_id in example.code_ids})
        has = np.array([[code in e.code_ids for code in code_ids] for e in train], dtype=bool)
        count = has.reshape(len(train), len(code_ids)).sum(axis=0)
        enough = np.flatnonzero((count >= LEAST_EXAMPLES) & (count < len(train)))
        if not len(enough) or not held:
            return set(), [[] for _example in held]
        rows, others = rows_of(train), rows_of(held)
        parts, biases = solve(rows @ rows.T, has[:, enough], balance(has[:, enough], STRENGTH))
        scores = ((others @ rows.T) @ parts + biases).round(6)
        named = [code_ids[place] for place in enough.tolist()]
        best = np.argsort(-scores, axis=1, kind="stable")[:, :MOST_CODES].tolist()
        return set(named), [[named[place] for place in places] for places in best]

    return guess
