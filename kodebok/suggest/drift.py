"""Drift: codings that sit nearer another code than their own, and codes to read again.

Each coding is judged by rules that were learned without it. What is found is a place to read
again, never a fault: the text may say what the words do not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from kodebok.suggest.codes import DECIMALS, CodeLearner, CodeModel
from kodebok.suggest.passages import Example, fold_number

FOLDS = 5
OWN_IS_FAR = 0.0  # log-odds of the coding's own code at and below which it may have drifted
NEARER_BY = 0.5  # log-odds by which another code must be nearer than its own
SPARSE = 3  # passages up to which a code may be more a thought than a code
OVERFULL_SHARE = 0.2  # of all coded passages, from which a code may hold more than one thing
OVERFULL_LEAST = 20


@dataclass(frozen=True, slots=True)
class Drifted:
    """A coding that reads more like another code.

    Attributes:
        own, nearer: Log-odds of its own code, and of the code that it is nearer to.
        definition: How alike the passage and the definition of its code are, from 0 to 1; None
            where nothing is defined.
    """

    example: Example
    code_id: str
    nearer_id: str
    own: float
    nearer: float
    definition: float | None


class Reread(StrEnum):
    """Why a code should be read again as a whole."""

    SPARSE = "sparse"
    OVERFULL = "overfull"


@dataclass(frozen=True, slots=True)
class CodeToReread:
    """A code with few passages, or with very many."""

    code_id: str
    passages: int
    why: Reread


def find_drift(
    examples: Sequence[Example],
    background: Sequence[str],
    definitions: Mapping[str, str],
    seed: int,
) -> list[Drifted]:
    """Codings that sit nearer another code, those that do so most clearly first.

    Args:
        examples: The coder's own coded passages.
        background: Passages that tell how common words are.
        definitions: What each code is said to mean, by code id.
        seed: Of the parts that the codings are divided in.
    """
    learner = CodeLearner(background or [example.text for example in examples])
    found: list[Drifted] = []
    for fold in range(FOLDS):
        held = [e for e in examples if fold_number(e.text, seed, FOLDS) == fold]
        model = learner.learn(e for e in examples if fold_number(e.text, seed, FOLDS) != fold)
        if held and model.lines:
            found += _drifted(model, held, definitions)
    return sorted(
        found,
        key=lambda d: (d.own - d.nearer, d.example.text, d.example.coding_id, d.code_id),
    )


def _drifted(
    model: CodeModel, held: Sequence[Example], definitions: Mapping[str, str]
) -> Iterator[Drifted]:
    rows = model.vocabulary.weigh([example.text for example in held])
    scores = model.score_rows(rows).round(DECIMALS).tolist()
    for example, row, listed in zip(held, rows, scores, strict=True):
        score_of = dict(zip(model.lines, listed, strict=True))
        others = sorted((-s, c) for c, s in score_of.items() if c not in example.code_ids)
        for code_id in sorted(example.code_ids & score_of.keys()):
            own = score_of[code_id]
            if others and own <= OWN_IS_FAR and -others[0][0] >= own + NEARER_BY:
                likeness = _likeness(model, row, definitions.get(code_id, ""))
                yield Drifted(example, code_id, others[0][1], own, -others[0][0], likeness)


def _likeness(model: CodeModel, row: Any, definition: str) -> float | None:
    if not definition.strip():
        return None
    return round(float((row @ model.vocabulary.weigh([definition]).T).sum()), DECIMALS)


def codes_to_reread(examples: Sequence[Example], code_ids: Sequence[str]) -> list[CodeToReread]:
    """Codes with hardly a passage, and codes with very many; in the order given.

    A code without any passage is left out: nothing is there to read.
    """
    counted = Counter(code_id for example in examples for code_id in example.code_ids)
    overfull = max(OVERFULL_LEAST, OVERFULL_SHARE * len(examples))
    found = []
    for code_id in code_ids:
        count = counted[code_id]
        if 0 < count <= SPARSE:
            found.append(CodeToReread(code_id, count, Reread.SPARSE))
        elif count >= overfull:
            found.append(CodeToReread(code_id, count, Reread.OVERFULL))
    return found
