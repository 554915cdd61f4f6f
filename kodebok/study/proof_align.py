"""A quotation laid beside its source, word by word, with cuts free where they are marked.

Global alignment with free ends in the source (Needleman and Wunsch, 1970; the semi-global form),
where a cut mark makes the words that it stands for free. A general edit distance knows no places
where leaving out costs nothing, which is why no library is used.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

SAME, ALIKE, OTHER, ADDED, LEFT_OUT = 3, 1, -2, -2, -2
ALIKE_SHARE = 0.6  # of the longer word, which two forms of one word share from the beginning
SHORTEST_ALIKE = 3
MOST_CELLS = 400_000  # beyond which the exact alignment takes seconds

_STOP, _PAIR, _ADD, _SKIP = range(4)

Pair = tuple[int | None, int | None]


@dataclass(frozen=True, slots=True)
class Alignment:
    """Pairs of a quotation's word and a source's word, by index; None where one side has none."""

    score: int
    pairs: tuple[Pair, ...]


def align(
    words: Sequence[str],
    gaps: Mapping[int, int],
    region: Sequence[str],
    *,
    loose_start: bool = False,
    loose_end: bool = False,
) -> Alignment:
    """The best way to lay `words` along a part of `region`.

    Args:
        words: Of the quotation.
        gaps: Indices of `words` before which the source's words may be passed over.
        region: Words of the source, more than the quotation needs.
        loose_start: Whether words at the beginning may turn out not to belong to it.
        loose_end: The same at the end.
    """
    if len(words) * len(region) > MOST_CELLS:
        return _align_long(words, region)
    row = [0] * (len(region) + 1)
    moves = [bytearray(len(region) + 1)]
    best = (0, 0, 0)
    for i, word in enumerate(words, 1):
        skip = 0 if i in gaps else LEFT_OUT
        row, taken = _next_row(row, word, region, skip, loose_start=loose_start)
        moves.append(taken)
        if loose_end or i == len(words):
            top = max(row)
            if i == len(words) and not loose_end:
                best = (top, i, row.index(top))
            else:
                best = max(best, (top, i, row.index(top)), key=lambda cell: cell[0])
    score, i, j = best
    return Alignment(score, tuple(_trace(moves, i, j)))


def _align_long(words: Sequence[str], region: Sequence[str]) -> Alignment:
    """A whole transcript in quotation marks: matching blocks are quick, and near enough."""
    from difflib import SequenceMatcher

    pairs: list[Pair] = []
    for tag, i, i_end, j, j_end in SequenceMatcher(None, words, region).get_opcodes():
        if tag == "equal":
            pairs += zip(range(i, i_end), range(j, j_end), strict=True)
        else:
            pairs += [(n, None) for n in range(i, i_end)]
            pairs += [(None, n) for n in range(j, j_end)]
    return Alignment(
        SAME * sum(1 for i, j in pairs if i is not None and j is not None), tuple(pairs)
    )


def _next_row(
    above: list[int], word: str, region: Sequence[str], skip: int, *, loose_start: bool
) -> tuple[list[int], bytearray]:
    left = max(above[0] + ADDED, 0) if loose_start else above[0] + ADDED
    row = [left]
    taken = bytearray([_STOP if loose_start and not left else _ADD])
    for j, other in enumerate(region):
        value, move = above[j] + (SAME if word == other else _likeness(word, other)), _PAIR
        if above[j + 1] + ADDED > value:
            value, move = above[j + 1] + ADDED, _ADD
        if left + skip > value:
            value, move = left + skip, _SKIP
        if loose_start and value < 0:
            value, move = 0, _STOP
        row.append(value)
        taken.append(move)
        left = value
    return row, taken


def _likeness(one: str, other: str) -> int:
    if one[:SHORTEST_ALIKE] != other[:SHORTEST_ALIKE] or len(one) < SHORTEST_ALIKE:
        return OTHER
    longest = max(len(one), len(other))
    shared = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), longest)
    shared = min(shared, len(one), len(other))
    return ALIKE if shared >= ALIKE_SHARE * longest else OTHER


def _trace(moves: list[bytearray], i: int, j: int) -> list[Pair]:
    pairs: list[Pair] = []
    while i > 0:
        move = moves[i][j]
        if move == _STOP:
            break
        if move == _PAIR:
            i, j = i - 1, j - 1
            pairs.append((i, j))
        elif move == _ADD:
            i -= 1
            pairs.append((i, None))
        else:
            j -= 1
            pairs.append((None, j))
    return pairs[::-1]
