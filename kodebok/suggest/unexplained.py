"""What no code explains: learned from text that was read and left uncoded.

After the idea of learning from positive and unlabelled examples (Elkan & Noto 2008, KDD; bagging
after Mordelet & Vert 2014, Pattern Recognition Letters 37): what was read and left without a code
is set against what was coded. A passage is always judged by rules that did not see it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from kodebok.suggest.codes import DECIMALS, Explanation, explain_line
from kodebok.suggest.features import Vocabulary, learn_vocabulary
from kodebok.suggest.learning import Line, learn_line
from kodebok.suggest.passages import Passage, fold_number

STRENGTH = 10.0
FOLDS = 5
ROUNDS = 2
LEAST_OF_EACH = 10  # coded and uncoded passages that are needed
LEAST_FLAGS = 3  # wonderings that are needed for more like them
FLAG_SHARE = 0.5  # of the score of `more`; the rest is how unexplained a passage is


@dataclass(frozen=True)
class Judged:
    """Passages with their scores, and the rule that judged each.

    Attributes:
        scores: Log-odds of being left without a code rather than coded.
    """

    vocabulary: Vocabulary
    passages: tuple[Passage, ...]
    scores: tuple[float, ...]
    lines: tuple[Line, ...]

    def ranked(self) -> list[tuple[Passage, float]]:
        """The passages, the least explained first."""
        pairs = zip(self.passages, self.scores, strict=True)
        return sorted(pairs, key=lambda pair: (-pair[1], pair[0]))

    def explain(self, passage: Passage) -> Explanation:
        """What the score of a passage is made of."""
        line = self.lines[self.passages.index(passage)]
        return explain_line(self.vocabulary, line, passage.text)


def judge_uncoded(
    passages: Sequence[Passage], seed: int, *, without: Collection[str] = ()
) -> Judged | None:
    """How little each uncoded passage is explained; None where too little is read or coded."""
    ordered = sorted(passages)
    kinds = [p.is_coded for p in ordered if p.is_read]
    if min(sum(kinds), len(kinds) - sum(kinds)) < LEAST_OF_EACH:
        return None
    vocabulary = learn_vocabulary((p.text for p in ordered), without)
    rows = vocabulary.weigh([p.text for p in ordered])
    blind = _lines_that_did_not_see(ordered, rows, seed)
    places = [place for place, passage in enumerate(ordered) if not passage.is_coded]
    return _judged(vocabulary, ordered, rows, places, [blind[place] for place in places])


def judge_like_flagged(
    passages: Sequence[Passage], seed: int, *, without: Collection[str] = ()
) -> Judged | None:
    """How much each passage without a wondering is like those with one, and unexplained too.

    None where there are too few wonderings, or nothing else was read.
    """
    ordered = sorted(passages)
    flagged = [p.is_flagged for p in ordered]
    seen = [place for place, p in enumerate(ordered) if p.is_read or p.is_flagged]
    if sum(flagged) < LEAST_FLAGS or len(seen) - sum(flagged) < LEAST_FLAGS:
        return None
    vocabulary = learn_vocabulary((p.text for p in ordered), without)
    rows = vocabulary.weigh([p.text for p in ordered])
    coded = [place for place in seen if flagged[place] or ordered[place].is_coded]
    against = coded if len(coded) - sum(flagged) >= LEAST_FLAGS else seen
    alike = learn_line(rows[against], [flagged[place] for place in against], STRENGTH)
    base = judge_uncoded(ordered, seed, without=without)
    places = [p for p in range(len(ordered)) if not flagged[p] and not ordered[p].is_coded]
    if base is None:
        return _judged(vocabulary, ordered, rows, places, [alike] * len(places))
    lines = [_mean_line([alike, line], [FLAG_SHARE, 1 - FLAG_SHARE]) for line in base.lines]
    line_of = dict(zip(base.passages, lines, strict=True))
    return _judged(vocabulary, ordered, rows, places, [line_of[ordered[p]] for p in places])


def _judged(
    vocabulary: Vocabulary,
    ordered: Sequence[Passage],
    rows: Any,
    places: Sequence[int],
    lines: Sequence[Line],
) -> Judged:
    scores = [
        round(float(line.score(rows[place])[0]), DECIMALS)
        for place, line in zip(places, lines, strict=True)
    ]
    return Judged(vocabulary, tuple(ordered[p] for p in places), tuple(scores), tuple(lines))


def _lines_that_did_not_see(passages: Sequence[Passage], rows: Any, seed: int) -> list[Line]:
    """For each passage the mean of the rules learned without it and its twins."""
    learned: dict[tuple[int, int], Line] = {}
    folds = [
        [fold_number(p.text, seed * ROUNDS + turn, FOLDS) for p in passages]
        for turn in range(ROUNDS)
    ]
    for turn, fold_of in enumerate(folds):
        for fold in range(FOLDS):
            used = [i for i, p in enumerate(passages) if p.is_read and fold_of[i] != fold]
            kinds = [not passages[i].is_coded for i in used]
            if any(kinds) and not all(kinds):
                learned[turn, fold] = learn_line(rows[used], kinds, STRENGTH)
    everything = _mean_line(list(learned.values()))
    means: dict[tuple[tuple[int, int], ...], Line] = {}
    lines = []
    for place, passage in enumerate(passages):
        keys = tuple((turn, folds[turn][place]) for turn in range(ROUNDS))
        if not passage.is_read:
            lines.append(everything)
            continue
        if keys not in means:
            own = [learned[key] for key in keys if key in learned]
            means[keys] = _mean_line(own or list(learned.values()))
        lines.append(means[keys])
    return lines


def _mean_line(lines: Sequence[Line], shares: Sequence[float] = ()) -> Line:
    shares = shares or [1 / len(lines)] * len(lines)
    weights = sum(line.weights * share for line, share in zip(lines, shares, strict=True))
    return Line(weights, sum(line.bias * share for line, share in zip(lines, shares, strict=True)))
