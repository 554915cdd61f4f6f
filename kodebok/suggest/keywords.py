"""Words that tell a group of passages from the others; each of them stands in the texts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import log, sqrt

MOST_WORDS = 10
LEAST_LETTERS = 3
SAME_BEGINNING = 5  # letters that two forms of one word share
PRIOR = 0.1  # of the log-odds, for each time a word stands anywhere


def choose_keywords(
    words: Sequence[set[str]], everywhere: Counter[str], inside: Sequence[int]
) -> tuple[tuple[str, ...], float]:
    """Key words of the passages whose places are `inside`, and how well they tell them apart.

    First the words with the highest log-odds (Monroe, Colaresi & Quinn 2008, Political Analysis
    16, section 3.5), then those that reach members without one yet.

    Args:
        words: The words of each passage.
        everywhere: How many passages each word stands in.
        inside: Places of the members.

    Returns:
        The words, and the area under the ROC curve of their summed weights.
    """
    members = set(inside)
    weights = _log_odds(words, everywhere, members)
    ranked = sorted(
        (word for word, weight in weights.items() if weight > 0 and len(word) >= LEAST_LETTERS),
        key=lambda word: (-round(weights[word], 9), word),
    )
    chosen: list[str] = []
    lacking = set(members)
    for is_filling in (False, True):
        for word in ranked:
            reached = {place for place in lacking if word in words[place]}
            known = any(word[:SAME_BEGINNING] == other[:SAME_BEGINNING] for other in chosen)
            room = MOST_WORDS if is_filling else MOST_WORDS // 2
            if len(chosen) < room and (reached if is_filling else not known):
                chosen.append(word)
                lacking -= reached
    chosen.sort(key=lambda word: (-round(weights[word], 9), word))
    scores = [sum(weights[word] for word in chosen if word in there) for there in words]
    is_inside = [place in members for place in range(len(words))]
    return tuple(chosen), area_under_curve(scores, is_inside)


def _log_odds(
    words: Sequence[set[str]], everywhere: Counter[str], members: set[int]
) -> dict[str, float]:
    """How much more a word is at home inside than outside, in standard deviations."""
    within = Counter(word for place in members for word in words[place])
    total_in, total = within.total(), everywhere.total()
    total_out, prior = total - total_in, PRIOR * total
    weights = {}
    for word, count in within.items():
        others, own_prior = everywhere[word] - count, PRIOR * everywhere[word]
        odds_in = (count + own_prior) / (total_in + prior - count - own_prior)
        odds_out = (others + own_prior) / max(total_out + prior - others - own_prior, 1.0)
        spread = sqrt(1 / (count + own_prior) + 1 / (others + own_prior))
        weights[word] = (log(odds_in) - log(odds_out)) / spread if odds_in > 0 else 0.0
    return weights


def area_under_curve(scores: Sequence[float], is_one: Sequence[bool]) -> float:
    """The chance that one of the ones scores higher than one of the others; ties count half."""
    ones, zeros = sum(is_one), len(is_one) - sum(is_one)
    if not ones or not zeros:
        return 0.5
    ordered = sorted(zip(scores, is_one, strict=True))
    rank_sum, at = 0.0, 0
    while at < len(ordered):
        end = at
        while end < len(ordered) and ordered[end][0] == ordered[at][0]:
            end += 1
        middle = (at + end + 1) / 2
        rank_sum += middle * sum(flag for _, flag in ordered[at:end])
        at = end
    return (rank_sum - ones * (ones + 1) / 2) / (ones * zeros)
