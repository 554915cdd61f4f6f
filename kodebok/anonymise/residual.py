"""How much the finders may have missed: sentences in which nothing was found, read by a person.

Sentences are drawn with replacement. One draw in three goes by doubt, how near the classifier came
to finding something; the others are even. So each sentence is drawn with a chance of at least
two thirds of an even one, and the share of draws with something missed is at least two thirds of
the share of all such sentences. An upper bound for the first (Clopper and Pearson, Biometrika 26,
1934) thus gives one for the second, whatever doubt is worth. The estimate beside it weights each
draw by its chance (Hansen and Hurwitz, Annals of Mathematical Statistics 14, 1943).
"""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kodebok.anonymise.casing import caseless_stretches
from kodebok.anonymise.finding_stage import find, identifier_of
from kodebok.anonymise.tokens import tokenise
from kodebok.domain.span import Span
from kodebok.domain.text import sentence_spans, word_spans

STAGE = "kodebok.anonymise.residual:unfound_sentences"
BY_DOUBT = 1 / 3
LEVEL = 0.95
USUAL_SIZE = 60
_PER = 1000
_STEPS = 60  # halvings: more than a float can tell apart

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence in which nothing was found.

    Attributes:
        words: How many it has.
        doubt: The most that the classifier gave one of its words, from 0 to 1.
    """

    source_id: str
    start: int
    end: int
    words: int
    doubt: float


@dataclass(frozen=True, slots=True)
class Drawn:
    """A sentence that was drawn, once or more.

    Attributes:
        chance: That one draw gives this sentence.
        times: How often it was drawn.
    """

    sentence: Sentence
    chance: float
    times: int


@dataclass(frozen=True, slots=True)
class RiskBound:
    """What a sample that was read says of all sentences without a finding.

    Attributes:
        draws: Draws that were answered.
        missed: Draws in whose sentence something was missed.
        estimate: Sentences with something missed, per 1,000 words; the best guess.
        upper: The same, at most, with 95 % confidence.
    """

    draws: int
    missed: int
    estimate: float
    upper: float


def unfound_sentences(arguments: Mapping[str, Any]) -> Iterator[Row]:
    """A stage: every sentence in which no finder saw anything, with the classifier's doubt.

    Args:
        arguments: As the finding stage's, and `held`: source, start and end of what was replaced.
    """
    taken: dict[str, list[Span]] = {}
    for row in find(arguments):
        one = identifier_of(row)
        taken.setdefault(one.source, []).append(one.span)
    for source, start, end in arguments["held"]:
        taken.setdefault(source, []).append(Span(start, max(end, start + 1)))
    for source, text in arguments["texts"]:
        doubts = list(_doubts(text))
        spans = taken.get(source, [])
        for sentence in sentence_spans(text):
            words = sum(1 for _word in word_spans(text[sentence.start : sentence.end]))
            if words and not any(sentence.overlaps(span) for span in spans):
                inside = [d for at, d in doubts if sentence.start <= at < sentence.end]
                yield {
                    "source_id": source,
                    "start": sentence.start,
                    "end": sentence.end,
                    "words": words,
                    "doubt": round(max(inside, default=0.0), 4),
                }


def _doubts(text: str) -> Iterator[tuple[int, float]]:
    """Where each token begins, and how likely it is to belong to a name."""
    from kodebok.anonymise.classifier import score_tokens

    tokens = tokenise(text)
    for first, last, caseless in caseless_stretches(tokens):
        chances = score_tokens(tokens.words[first:last], caseless=caseless).name.tolist()
        yield from zip(tokens.starts[first:last], chances, strict=True)


def draw_sample(sentences: Sequence[Sentence], size: int, seed: int) -> list[Drawn]:
    """Draw sentences with replacement, in the order of the texts.

    Args:
        sentences: Those in which nothing was found.
        size: How many draws; no more than there are sentences.
        seed: The same gives the same.
    """
    if not sentences:
        return []
    doubt = math.fsum(one.doubt for one in sentences)
    even = 1 / len(sentences)
    chances = [
        (1 - BY_DOUBT) * even + BY_DOUBT * (one.doubt / doubt if doubt else even)
        for one in sentences
    ]
    dice = random.Random(seed)  # noqa: S311 - a sample, not a secret
    drawn = Counter(dice.choices(range(len(sentences)), chances, k=min(size, len(sentences))))
    return [Drawn(sentences[at], chances[at], times) for at, times in sorted(drawn.items())]


def risk_bound(answers: Sequence[tuple[float, int, bool]], sentences: int, words: int) -> RiskBound:
    """What the answers say.

    Args:
        answers: For each sentence that was read: its chance, how often it was drawn, and whether
            something was missed in it.
        sentences: How many were drawn from.
        words: How many all texts have.
    """
    draws = sum(times for _chance, times, _missed in answers)
    missed = sum(times for _chance, times, was_missed in answers if was_missed)
    if not draws or not words:
        return RiskBound(0, 0, 0.0, _PER * sentences / max(words, 1))
    total = math.fsum(times / chance for chance, times, was_missed in answers if was_missed) / draws
    share = min(1.0, upper_share(missed, draws) / (1 - BY_DOUBT))
    per = _PER / words
    return RiskBound(draws, missed, min(total, sentences) * per, share * sentences * per)


def upper_share(count: int, trials: int, level: float = LEVEL) -> float:
    """Clopper and Pearson's upper bound of a share, one-sided."""
    if count >= trials:
        return 1.0
    low, high = count / trials, 1.0
    for _step in range(_STEPS):
        middle = (low + high) / 2
        if _at_most(count, trials, middle) > 1 - level:
            low = middle
        else:
            high = middle
    return high


def _at_most(count: int, trials: int, share: float) -> float:
    """The chance of no more than `count` in so many trials."""
    return math.fsum(
        math.comb(trials, k) * share**k * (1 - share) ** (trials - k) for k in range(count + 1)
    )
