"""Samples of sentences in which nothing was found, and what a person answered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kodebok.storage.database import Store
from kodebok.storage.history import Act
from kodebok.storage.rows import load_all, to_row

CLEAN, MISSED = "clean", "missed"


@dataclass(frozen=True, slots=True)
class RiskSample:
    """A sample.

    Attributes:
        at: When it was drawn, in UTC.
        sentences: How many it was drawn from.
        words: How many all texts had.
        finders: The version of the finders that had looked.
    """

    id: str
    at: str
    seed: int
    sentences: int
    words: int
    finders: int


@dataclass(frozen=True, slots=True)
class RiskSentence:
    """A sentence of a sample.

    Attributes:
        start, end: Half-open, in code points of the source's text as it is now.
        chance: That one draw gives this sentence.
        times: How often it was drawn.
        answer: `clean`, `missed`, or empty as long as nobody has read it.
    """

    id: str
    sample_id: str
    position: int
    source_id: str
    start: int
    end: int
    chance: float
    times: int
    answer: str = ""


def add_sample(act: Act, sample: RiskSample, sentences: Iterable[RiskSentence]) -> None:
    """Write a sample and its sentences."""
    act.insert("risk_samples", to_row(sample))
    for one in sentences:
        act.insert("risk_sentences", to_row(one))


def load_sample(store: Store) -> tuple[RiskSample, list[RiskSentence]] | None:
    """The sample that was drawn last, and its sentences in their order."""
    samples = load_all(store, RiskSample, "risk_samples", "ORDER BY at DESC, id DESC LIMIT 1")
    if not samples:
        return None
    rest = "WHERE sample_id = ? ORDER BY position"
    return samples[0], load_all(store, RiskSentence, "risk_sentences", rest, [samples[0].id])


def answer_sentence(act: Act, sentence_id: str, answer: str) -> None:
    """Write what a person saw in a sentence."""
    act.update("risk_sentences", sentence_id, answer=answer)
