"""Which code is on which digit: codes stay where they are while one works. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from kodebok.domain.code import Code, CodeTree
from kodebok.domain.coding import Coding
from kodebok.tui.reader.palette import Look
from kodebok.tui.widgets.pieces import DIM, Line, Piece, code_pieces

SLOTS = 9
_SHORTEST_NAME = 8
_SIGNS = 5  # digit, bar, letter and two spaces


class RecentCodes:
    """Nine places for codes.

    A code that has a place keeps it. A new one takes the first free place, else that of the code
    that was used longest ago.
    """

    def __init__(self, code_ids: Iterable[str] = ()) -> None:
        self._places: list[str] = list(dict.fromkeys(code_ids))[:SLOTS]
        self._used = self._places[::-1]

    def use(self, code_id: str) -> None:
        """Note that a code was used now."""
        if code_id not in self._places:
            if len(self._places) < SLOTS:
                self._places.append(code_id)
            else:
                oldest = next(used for used in self._used if used in self._places)
                self._places[self._places.index(oldest)] = code_id
                self._used.remove(oldest)
        if code_id in self._used:
            self._used.remove(code_id)
        self._used.append(code_id)

    def keep(self, tree: CodeTree) -> None:
        """Let go of codes that are no longer in the codebook; the others move up."""
        self._places = [code_id for code_id in self._places if code_id in tree]
        self._used = [code_id for code_id in self._used if code_id in tree]

    def at(self, digit: int) -> str | None:
        """The code on a digit from 1, or None."""
        return self._places[digit - 1] if 1 <= digit <= len(self._places) else None

    @property
    def last(self) -> str | None:
        """The code that was used last."""
        return self._used[-1] if self._used else None

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)


def recent_of(codings: Iterable[Coding], coder_id: str, tree: CodeTree) -> RecentCodes:
    """The codes that a coder used last; of those used at one time the most used first."""
    mine = [coding for coding in codings if coding.coder_id == coder_id]
    counts = Counter(coding.code_id for coding in mine)
    newest: dict[str, str] = {}
    for coding in mine:
        newest[coding.code_id] = max(newest.get(coding.code_id, ""), coding.created)
    places = {code.id: place for place, code in enumerate(tree)}
    order = sorted(newest, key=lambda i: (-counts[i], places[i]))
    order.sort(key=lambda i: newest[i], reverse=True)
    return RecentCodes(order)


def draw_strip(recent: RecentCodes, tree: CodeTree, width: int, look: Look, hint: str) -> Line:
    """The strip of digits: `1 A Faste møtepunkt  2 …`, names cut evenly to fit the width."""
    listed = [tree[code_id] for code_id in recent if code_id in tree]
    if not listed:
        return [(hint, DIM)]
    room = width // len(listed)
    while len(listed) > 1 and room < _SHORTEST_NAME + _SIGNS:
        listed.pop()
        room = width // len(listed)
    longest = _longest_name(listed, width)
    line: list[Piece] = []
    for digit, code in enumerate(listed, start=1):
        name = code.name if len(code.name) <= longest else _shortened(code.name, longest, look)
        line += [(str(digit), DIM), *code_pieces(code, look), (f" {name} ", "")]
    return line


def _shortened(name: str, longest: int, look: Look) -> str:
    return name[: longest - 1].rstrip() + ("~" if look.ascii else "…")


def _longest_name(listed: list[Code], width: int) -> int:
    """How long names may be so that all fit: short ones leave their room to the others."""
    room = width - _SIGNS * len(listed)
    lengths = sorted(len(code.name) for code in listed)
    for place, length in enumerate(lengths):
        share = room // (len(lengths) - place)
        if length > share:
            return max(_SHORTEST_NAME, share)
        room -= length
    return max(lengths)
