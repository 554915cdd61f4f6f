"""Where in the sources a quotation comes from, and in which words it differs from them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Self

from kodebok.study.proof_align import Alignment, Pair, align
from kodebok.study.proof_index import SourceIndex
from kodebok.study.proof_text import CUT_REACH, Passage

DRIFTED_SHARE = 0.6  # of its words' weight that a quotation shares with the place it comes from
UNSURE_SHARE = 0.8  # the same for what is a quotation only if it is found
FEWEST_SHARED = 3
FEWEST_UNSURE = 5
MOST_REACH = 3 * CUT_REACH
LOCATING_WORDS = 25  # words at the sure end of a quotation whose other end is not known
MOST_LOOSE = 250  # words looked at when it is uncertain where a quotation ends
_PROMISE = 0.35


@dataclass(frozen=True, slots=True)
class Change:
    """A place where the manuscript has other words than the source; either may be empty."""

    source: str
    manuscript: str


@dataclass(frozen=True)
class Match:
    """The place in a source that a quotation comes from.

    Attributes:
        start, end: Half-open, in code points of the source's canonical text.
        first, last: Positions in the index of its first and last word.
        printed: What the manuscript has for each position between them; empty for a word left
            out. Positions under a cut mark are not in it.
        changes: In order; none when it is identical.
        words: The first and the last word of the quotation that belong to it, both included.
    """

    source_id: str
    start: int
    end: int
    first: int
    last: int
    printed: Mapping[int, str]
    words: tuple[int, int]
    changes: tuple[Change, ...] = ()

    @property
    def is_identical(self) -> bool:
        """Whether the manuscript has the source's words, allowed cuts and insertions aside."""
        return not self.changes


@dataclass(frozen=True, slots=True)
class Wanted:
    """A quotation to look for.

    Attributes:
        loose_start, loose_end: Whether it is uncertain that it begins, or ends, there.
        is_sure: Whether it is a quotation even if it is not found.
        prefer: How well a match suits, highest best; decides between equal words.
    """

    passage: Passage
    loose_start: bool = False
    loose_end: bool = False
    is_sure: bool = True
    prefer: Callable[[Match], int] = field(default=lambda _match: 0)


class Matcher:
    """Finds quotations in the sources; the index is made once, when it is first needed.

    Args:
        texts: Canonical text by source id.
    """

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts

    @cached_property
    def index(self) -> SourceIndex:
        """All words of all sources."""
        return SourceIndex(self._texts)

    def find(self, wanted: Wanted) -> Match | None:
        """The place a quotation comes from, or None when it is in no source."""
        if wanted.loose_end:
            wanted = replace(wanted, passage=wanted.passage.beginning(MOST_LOOSE))
        texts = wanted.passage.texts
        if len(texts) < FEWEST_SHARED:
            return None
        found = [self._identical(first, texts) for first in self.index.exact(texts)]
        if found:
            return max(found, key=wanted.prefer)
        return self._nearest(wanted, texts) or self._in_part(wanted)

    def _in_part(self, wanted: Wanted) -> Match | None:
        """The longest part between two marks that is found, when the whole is put together anew."""
        parts = wanted.passage.parts() if wanted.is_sure else []
        for part in sorted(parts, key=lambda part: -len(part.words)):
            if len(part.words) < FEWEST_UNSURE:
                break
            match = self._nearest(replace(wanted, passage=part), part.texts)
            if match is not None:
                rest = [p for p in parts if p is not part]
                added = tuple(Change("", " ".join(w.raw for w in p.words)) for p in rest if p.words)
                return replace(match, changes=(*match.changes, *added))
        return None

    def _identical(self, first: int, texts: Sequence[str]) -> Match:
        last = first + len(texts) - 1
        start, end = self.index.offsets(first, last)
        printed = dict(zip(range(first, last + 1), texts, strict=True))
        place = self.index.source_at(first)
        return Match(place, start, end, first, last, printed, (0, len(texts) - 1))

    def _nearest(self, wanted: Wanted, texts: Sequence[str]) -> Match | None:
        located = texts
        if wanted.loose_end:
            located = texts[:LOCATING_WORDS]
        elif wanted.loose_start:
            located = texts[-LOCATING_WORDS:]
        reach = min(sum(wanted.passage.gaps.values()), MOST_REACH)
        beyond = len(texts) - len(located)
        tried: list[tuple[int, int, Match]] = []
        for region in self.index.regions(located, reach):
            if region.promise < _PROMISE:
                break
            first, last = max(region.first - beyond, 0), region.last + beyond
            match, score = self._aligned(wanted, texts, first, last)
            if match is not None:
                tried.append((score, wanted.prefer(match), match))
        return max(tried, key=lambda found: found[:2])[2] if tried else None

    def _aligned(
        self, wanted: Wanted, texts: Sequence[str], first: int, last: int
    ) -> tuple[Match | None, int]:
        alignment = align(
            texts,
            wanted.passage.gaps,
            self.index.words[first:last],
            loose_start=wanted.loose_start,
            loose_end=wanted.loose_end,
        )
        pairs = _inner(alignment, texts, self.index.words, first)
        if not self._is_enough(wanted, texts, pairs, first):
            return None, 0
        return self._match(wanted.passage, pairs, first), alignment.score

    def _is_enough(
        self, wanted: Wanted, texts: Sequence[str], pairs: Sequence[Pair], first: int
    ) -> bool:
        """Whether so much is shared that the words must come from there."""
        inside = [i for i, _ in pairs if i is not None]
        if not inside:
            return False
        is_loose = wanted.loose_end or wanted.loose_start
        counted = texts[inside[0] : inside[-1] + 1] if is_loose else texts
        shared = [
            texts[i]
            for i, j in pairs
            if i is not None and j is not None and texts[i] == self.index.words[first + j]
        ]
        weight = sum(map(self.index.weight, counted)) or 1.0
        share = sum(map(self.index.weight, shared)) / weight
        least = DRIFTED_SHARE if wanted.is_sure else UNSURE_SHARE
        fewest = FEWEST_SHARED if wanted.is_sure else FEWEST_UNSURE
        fewest = max(fewest, len(counted) // 2)
        return len(shared) >= fewest and share >= least

    def _match(self, passage: Passage, pairs: Sequence[Pair], first: int) -> Match:
        positions = [(i, None if j is None else first + j) for i, j in pairs]
        taken = [position for _, position in positions if position is not None]
        inside = [i for i, _ in positions if i is not None]
        found = _Comparison(self, passage).run(_without_cuts(positions, passage.gaps))
        start, end = self.index.offsets(taken[0], taken[-1])
        return Match(
            self.index.source_at(taken[0]),
            start,
            end,
            taken[0],
            taken[-1],
            found.printed,
            (inside[0], inside[-1]),
            tuple(found.changes),
        )

    def words_of_source(self, positions: Sequence[int]) -> str:
        """The source's own text from the first to the last of some positions."""
        if not positions:
            return ""
        start, end = self.index.offsets(positions[0], positions[-1])
        return self._texts[self.index.source_at(positions[0])][start:end]


def _inner(
    alignment: Alignment, texts: Sequence[str], words: Sequence[str], first: int
) -> tuple[Pair, ...]:
    """The pairs without what is passed over in the source at either end."""
    pairs = list(alignment.pairs)
    while pairs and pairs[0][0] is None:
        pairs.pop(0)
    while pairs and pairs[-1][0] is None:
        pairs.pop()
    same = any(i is not None and j is not None and texts[i] == words[first + j] for i, j in pairs)
    return tuple(pairs) if same else ()


def _without_cuts(pairs: Sequence[Pair], gaps: Mapping[int, int]) -> list[Pair]:
    """The pairs without source words that a mark stands for; an empty pair where they stood."""
    kept: list[Pair] = []
    skipped: list[Pair] = []
    before = -1
    for i, position in pairs:
        if i is None and before + 1 in gaps:
            skipped.append((i, position))
            continue
        if skipped:
            kept += skipped if len(skipped) > gaps[before + 1] else [(None, None)]
            skipped = []
        kept.append((i, position))
        before = before if i is None else i
    return kept


class _Comparison:
    """Goes through an alignment and gathers what differs, and what is printed for each word."""

    def __init__(self, matcher: Matcher, passage: Passage) -> None:
        self._matcher, self._words = matcher, passage.words
        self.changes: list[Change] = []
        self.printed: dict[int, str] = {}
        self._open: list[Pair] = []

    def run(self, pairs: Sequence[Pair]) -> Self:
        """Compare pairs of a word of the quotation and a position of the index."""
        for i, position in pairs:
            if i is not None and position is not None and self._is_same(i, position):
                self._settle()
                self.printed[position] = self._words[i].text
            elif i is None and position is None:
                self._settle()
            else:
                self._open.append((i, position))
        self._settle()
        return self

    def _is_same(self, i: int, position: int) -> bool:
        word, other = self._words[i], self._matcher.index.words[position]
        return other in {word.text, word.without}

    def _settle(self) -> None:
        run, self._open = self._open, []
        if not run:
            return
        typed = [self._words[i].text for i, _ in run if i is not None]
        positions = [position for _, position in run if position is not None]
        said = [self._matcher.index.words[position] for position in positions]
        if "".join(typed) == "".join(said):
            self.printed.update(zip(positions, said, strict=True))
            return
        self._note_printed(run)
        source = self._matcher.words_of_source(positions)
        written = " ".join(self._words[i].raw for i, _ in run if i is not None)
        self.changes.append(Change(source, written))

    def _note_printed(self, run: list[Pair]) -> None:
        last = max(self.printed, default=None)
        for i, position in run:
            word = self._words[i].text if i is not None else ""
            if position is not None:
                self.printed[position] = word
                last = position
            elif last is not None:
                self.printed[last] = f"{self.printed[last]} {word}".strip()
