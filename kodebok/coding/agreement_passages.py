"""Agreement on free passages: Krippendorff's unitizing family. Pure, linear in the codings.

Krippendorff, Mathet, Bouvry and Widlöcher (2016), "On the reliability of unitizing textual
continua", Quality & Quantity 50(6); Krippendorff, Content Analysis, 4th ed. 2019, section 12.6
(equations 32 to 38). There a character has one value, or none ("gap"). Here it may have several
codes. Two coders then differ by half the number of values that one gave and the other did not, a
gap being a value of its own; where no character has two codes this is their nominal difference,
and the coefficients are the published ones.

A segment is a coder's stretch between two borders of that coder's passages. A pair of characters
inside one segment is no pair of judgements, and is taken out of what chance brings, as published.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from kodebok.coding.agreement import coefficient
from kodebok.coding.agreement_text import Continuum
from kodebok.coding.agreement_units import Scores, Tally

U_ALPHA, U_BINARY, CU_ALPHA = "u_alpha", "u_alpha_binary", "cu_alpha"

_WHOLE, _CODE = 7, 6  # how many numbers a tally has


def tally_passages(text: Continuum) -> Tally:
    """Count one block of text; lengths are in characters times coders.

    Returns:
        For None: the length; observed disagreement in all values, and in whether there is any
        code; the length without a code; squares of segments; then of the text where two coders or
        more have a code: its length, and squares of segments.
        For each code: length; observed disagreement; squares of its passages; then where two
        coders or more have a code: its length, the length where they agree on it, squares of
        segments.
    """
    sweep = _Sweep(len(text.layers))
    borders: dict[int, list[tuple[bool, int, str]]] = {0: [], text.length: []}
    for coder, layer in enumerate(text.layers):
        for start, end, code in layer:
            borders.setdefault(start, []).append((True, coder, code))
            borders.setdefault(end, []).append((False, coder, code))
            sweep.of_code(code)[2] += (end - start) ** 2
    at = 0
    for place in sorted(borders):
        sweep.pass_over(place - at)
        at = place
        if place in {0, text.length}:
            sweep.close(place, range(len(text.layers)))
        else:
            sweep.close(place, {coder for _, coder, _ in borders[place]})
        for opens, coder, code in sorted(borders[place]):
            sweep.turn(coder, code, opens=opens)
    tally: Tally = {code: tuple(numbers) for code, numbers in sweep.codes.items()}
    tally[None] = (text.length * len(text.layers), *sweep.whole)
    return tally


class _Sweep:
    """Goes along a text from border to border, and keeps who has which codes."""

    def __init__(self, coders: int) -> None:
        self.coders = coders
        self.held: list[set[str]] = [set() for _ in range(coders)]
        self.holders: Counter[str] = Counter()
        self.began = [0] * coders
        self.shared = [0.0] * coders
        self.whole = [0.0] * (_WHOLE - 1)
        self.codes: dict[str, list[float]] = {}

    def of_code(self, code: str) -> list[float]:
        """The numbers of a code."""
        return self.codes.setdefault(code, [0.0] * _CODE)

    def turn(self, coder: int, code: str, *, opens: bool) -> None:
        """A passage begins or ends here."""
        if opens:
            self.held[coder].add(code)
            self.holders[code] += 1
        else:
            self.held[coder].discard(code)
            self.holders[code] -= 1
            if not self.holders[code]:
                del self.holders[code]

    def close(self, place: int, coders: Iterable[int]) -> None:
        """End the segments of some coders here."""
        for coder in coders:
            length = place - self.began[coder]
            codes = self.held[coder]
            self.whole[3] += length**2 if codes else length
            self.whole[5] += self.shared[coder] ** 2
            for code in codes:
                self.of_code(code)[5] += self.shared[coder] ** 2
            self.began[coder], self.shared[coder] = place, 0.0

    def pass_over(self, length: int) -> None:
        """Count a stretch on which no one begins or ends a passage."""
        coding = [coder for coder in range(self.coders) if self.held[coder]]
        with_code, others = len(coding), self.coders - 1
        gap = self.coders - with_code
        apart = gap * with_code
        self.whole[1] += 2 * length * apart / others
        self.whole[2] += length * gap
        shared = length * max(with_code - 1, 0) / others
        self.whole[4] += shared * with_code
        for coder in coding:
            self.shared[coder] += shared
        for code, holders in self.holders.items():
            numbers = self.of_code(code)
            differing = holders * (self.coders - holders)
            apart += differing
            numbers[0] += length * holders
            numbers[1] += 2 * length * differing / others
            numbers[3] += shared * holders
            numbers[4] += length * holders * (holders - 1) / others
        self.whole[0] += length * apart / others


def score_passages(tally: Tally) -> Scores:
    """uα, its binary form (where anything is coded at all) and cuα (which code, where coded).

    For each code: uα of that code against all other text, and its reliability among coded text
    ((k)uα of the source), under the name of cuα.
    """
    length, observed, observed_gap, gap, squares, shared, shared_squares = tally[None]
    if not length:
        return {}
    codes = {code: numbers for code, numbers in tally.items() if code is not None}
    chance = length / (length**2 - squares)
    apart = gap * (length - gap)
    spread = sum(n[0] * (length - n[0]) for n in codes.values())
    scores: Scores = {
        (None, U_ALPHA): coefficient(observed, (apart + spread) * chance),
        (None, U_BINARY): coefficient(observed_gap, 2 * apart * chance),
        (None, CU_ALPHA): _score_coded(codes, shared, shared_squares),
    }
    for code, numbers in codes.items():
        size, differing, own_squares = numbers[:3]
        own_chance = length / (length**2 - own_squares - (length - size))
        expected = 2 * size * (length - size) * own_chance
        scores[code, U_ALPHA] = coefficient(differing, expected)
        scores[code, CU_ALPHA] = _score_code_among_coded(numbers, shared)
    return scores


def _score_coded(
    codes: dict[str, tuple[float, ...]], shared: float, squares: float
) -> float | None:
    if not shared:
        return None
    observed = sum(size - agreed for _, _, _, size, agreed, _ in codes.values())
    spread = sum(n[3] * (shared - n[3]) for n in codes.values())
    return coefficient(observed, spread * shared / (shared**2 - squares))


def _score_code_among_coded(numbers: tuple[float, ...], shared: float) -> float | None:
    _, _, _, size, agreed, squares = numbers
    if not size:
        return None
    pairs = size * shared - squares
    return coefficient((size - agreed) / size, size * (shared - size) / pairs if pairs else 0.0)
