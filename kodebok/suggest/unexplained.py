"""What no code explains: learned from text that was read and left uncoded.

After the idea of learning from positive and unlabelled examples (Elkan & Noto 2008, KDD; bagging
after Mordelet & Vert 2014, Pattern Recognition Letters 37): what was read and left without a code
is set against what was coded. A passage is always judged by rules that did not see it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from kodebok.suggest.codes import AT_ONCE, DECIMALS, Explanation, explain_line
from kodebok.suggest.features import Vocabulary, learn_vocabulary, words_of
from kodebok.suggest.learning import Line, balance, learn_lines, likeness_of
from kodebok.suggest.passages import Passage, fold_number, in_order, limit_passages

STRENGTH = 1.0  # C; weaker than of codes, since what is left without one is so for many reasons
FLAG_STRENGTH = 1.0
MOST_LEARNED = 1_500  # passages that the rules are learned from
SAME_LENGTH = 0.3  # standard deviation of log words within which lengths say nothing
LENGTH_COUNTS = 3.0
FOLDS = 5
ROUNDS = 2
LEAST_OF_EACH = 10  # coded and uncoded passages that are needed
LEAST_FLAGS = 3  # wonderings that are needed for more like them
FLAG_SHARE = 0.4  # of the score of `more`; the rest is how unexplained a passage is


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
        return sorted(pairs, key=lambda pair: (-pair[1], in_order(pair[0])))

    def explain(self, passage: Passage) -> Explanation:
        """What the score of a passage is made of."""
        line = self.lines[self.passages.index(passage)]
        return explain_line(self.vocabulary, line, passage.text)


def judge_uncoded(
    passages: Sequence[Passage], seed: int, *, without: Collection[str] = ()
) -> Judged | None:
    """How little each uncoded passage is explained; None where too little is read or coded."""
    ordered = sorted(passages, key=in_order)
    kinds = [p.is_coded for p in ordered if p.is_read]
    if min(sum(kinds), len(kinds) - sum(kinds)) < LEAST_OF_EACH:
        return None
    vocabulary = learn_vocabulary((p.text for p in ordered), without)
    blind = _lines_that_did_not_see(ordered, vocabulary, seed)
    places = [place for place, passage in enumerate(ordered) if not passage.is_coded]
    return _judged(vocabulary, [ordered[p] for p in places], [blind[p] for p in places])


def judge_like_flagged(
    passages: Sequence[Passage], seed: int, *, without: Collection[str] = ()
) -> Judged | None:
    """How much each passage without a wondering is like those with one, and unexplained too.

    None where there are too few wonderings, or nothing else was read.
    """
    ordered = sorted(passages, key=in_order)
    flagged = [p for p in ordered if p.is_flagged]
    others = [p for p in ordered if p.is_read and not p.is_flagged]
    if min(len(flagged), len(others)) < LEAST_FLAGS:
        return None
    coded = [p for p in others if p.is_coded]
    against = limit_passages(coded if len(coded) >= LEAST_FLAGS else others, MOST_LEARNED)
    base = judge_uncoded(ordered, seed, without=without)
    vocabulary = base.vocabulary if base else learn_vocabulary((p.text for p in ordered), without)
    alike = _learn_alike(flagged, against, vocabulary)
    wanted = [p for p in ordered if not p.is_flagged and not p.is_coded]
    if base is None:
        return _judged(vocabulary, wanted, [alike] * len(wanted))
    mixed = {
        id(line): _mean_line([alike, line], [FLAG_SHARE, 1 - FLAG_SHARE]) for line in base.lines
    }
    line_of = dict(zip(base.passages, base.lines, strict=True))
    return _judged(vocabulary, wanted, [mixed[id(line_of[p])] for p in wanted])


def _learn_alike(
    flagged: Sequence[Passage], against: Sequence[Passage], vocabulary: Vocabulary
) -> Line:
    import numpy as np

    both = (*flagged, *against)
    rows = vocabulary.weigh([passage.text for passage in both])
    is_one = np.array([True] * len(flagged) + [False] * len(against))[:, None]
    likeness = likeness_of(rows) + _likeness_of_lengths(both)
    return learn_lines(rows, likeness, is_one, balance(is_one, FLAG_STRENGTH))[0]


def _judged(vocabulary: Vocabulary, passages: Sequence[Passage], lines: Sequence[Line]) -> Judged:
    """Score each passage by its own rule; there are few different rules."""
    import numpy as np

    places: dict[int, list[int]] = {}
    for place, line in enumerate(lines):
        places.setdefault(id(line), []).append(place)
    scores = np.zeros(len(passages))
    for listed in places.values():
        for at in range(0, len(listed), AT_ONCE):
            part = listed[at : at + AT_ONCE]
            rows = vocabulary.weigh([passages[place].text for place in part])
            scores[part] = lines[part[0]].score(rows)
    rounded = tuple(round(score, DECIMALS) for score in scores.tolist())
    return Judged(vocabulary, tuple(passages), rounded, tuple(lines))


def _lines_that_did_not_see(
    passages: Sequence[Passage], vocabulary: Vocabulary, seed: int
) -> list[Line]:
    """For each passage the mean of the rules learned without it and its twins."""
    read = limit_passages([passage for passage in passages if passage.is_read], MOST_LEARNED)
    learned = _learn_folds(read, vocabulary, seed)
    means: dict[tuple[int, ...] | None, Line] = {None: _mean_line(list(learned.values()))}
    seen, lines = {passage.text for passage in read}, []
    for passage in passages:
        folds = None
        if passage.text in seen:
            folds = tuple(_fold(passage, seed, turn) for turn in range(ROUNDS))
        if folds is not None and folds not in means:
            own = [learned[pair] for pair in enumerate(folds) if pair in learned]
            means[folds] = _mean_line(own) if own else means[None]
        lines.append(means[folds])
    return lines


def _learn_folds(
    read: Sequence[Passage], vocabulary: Vocabulary, seed: int
) -> dict[tuple[int, int], Line]:
    """By round and fold: the rule learned without that fold; one of all where none can be."""
    import numpy as np

    kinds = np.array([not passage.is_coded for passage in read])
    used = {}
    for turn in range(ROUNDS):
        folds = np.array([_fold(passage, seed, turn) for passage in read])
        for fold in range(FOLDS):
            left = folds != fold
            if kinds[left].any() and not kinds[left].all():
                used[turn, fold] = left
    used = used or {(0, -1): np.ones(len(read), dtype=bool)}
    is_used = np.column_stack(list(used.values()))
    is_one = np.repeat(kinds[:, None], is_used.shape[1], axis=1)
    rows = vocabulary.weigh([passage.text for passage in read])
    likeness = likeness_of(rows) + _likeness_of_lengths(read)
    lines = learn_lines(rows, likeness, is_one, balance(is_one, STRENGTH, is_used))
    return dict(zip(used, lines, strict=True))


def _likeness_of_lengths(passages: Sequence[Passage]) -> Any:
    """What the passages' lengths add to their likeness, so that the rules can account for them.

    What is left without a code is mostly small talk, and short. A rule that may lean on length
    keeps it out of its words; the length is then left out of the score, so that a long passage
    is judged by what it says, not by its being long.
    """
    import numpy as np

    lengths = np.log([max(1, len(words_of(passage.text))) for passage in passages])
    spread = (lengths - lengths.mean()) / (lengths.std() + SAME_LENGTH) * LENGTH_COUNTS
    return np.outer(spread, spread)


def _fold(passage: Passage, seed: int, turn: int) -> int:
    return fold_number(passage.text, seed * ROUNDS + turn, FOLDS)


def _mean_line(lines: Sequence[Line], shares: Sequence[float] = ()) -> Line:
    shares = shares or [1 / len(lines)] * len(lines)
    weights = sum(line.weights * share for line, share in zip(lines, shares, strict=True))
    return Line(weights, sum(line.bias * share for line, share in zip(lines, shares, strict=True)))
