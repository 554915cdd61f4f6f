"""A made-up study of any size: the same one for the same scale and seed.

The standard library alone, and nothing of kodebok, so that the programs that kodebok is
compared with can be given the very same study in their own environments.

Offsets are half-open, in Unicode code points of a source's canonical text: its turns joined
by a line end, speaker labels left out.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from functools import cached_property

from benchmarks.codes import Code, all_codes, by_popularity
from benchmarks.words import cumulative_weights, make_vocabulary

SOURCES_PER_SCALE = 30
WORDS_PER_SOURCE = 10_000
CODINGS_PER_SCALE = 5_000
LONG_SOURCE_WORDS = 100_000
LONG_SOURCE_CODINGS = 2_000
SHARE_OF_BIGGEST_CODE = 1_176 / 5_000
SHARE_CODED_TWICE = 0.1

CODERS = ("kari", "ola")
CODER_WEIGHTS = (7, 3)
INTERVIEWER = "Intervjuer"

TRIES_WITHIN_A_TURN = 2
SHORTEST_CODING, MEAN_BEYOND_SHORTEST, LONGEST_CODING = 5, 15, 80


@dataclass(frozen=True)
class Turn:
    """What one person says before the other takes over."""

    speaker: str
    text: str


@dataclass(frozen=True)
class Source:
    """One interview."""

    name: str
    turns: tuple[Turn, ...]

    @cached_property
    def text(self) -> str:
        """The canonical text."""
        return "\n".join(turn.text for turn in self.turns)


@dataclass(frozen=True, order=True)
class Coding:
    """A passage of a source under a code; `code` and `coder` are indices into the corpus."""

    source: int
    start: int
    end: int
    code: int
    coder: int


@dataclass(frozen=True)
class Corpus:
    """A whole study."""

    sources: tuple[Source, ...]
    codes: tuple[Code, ...]
    coders: tuple[str, ...]
    codings: tuple[Coding, ...]

    @property
    def biggest_code(self) -> int:
        """Index of the code with the most codings."""
        return by_popularity(self.codes)[0]

    def words_of(self, coding: Coding) -> str:
        """The words that a coding covers."""
        return self.sources[coding.source].text[coding.start : coding.end]


def make_corpus(scale: int = 1, seed: int = 1) -> Corpus:
    """30 interviews, 300,000 words, 5,000 codings, 40 codes, 2 coders, times `scale`.

    The biggest code has 1,176 codings times `scale`.
    """
    return _make(SOURCES_PER_SCALE * scale, WORDS_PER_SOURCE, CODINGS_PER_SCALE * scale, seed)


def make_long_source(
    words: int = LONG_SOURCE_WORDS, codings: int = LONG_SOURCE_CODINGS, seed: int = 1
) -> Corpus:
    """A study of one source that is longer than any interview, densely coded."""
    return _make(1, words, codings, seed)


def _make(source_count: int, words_per_source: int, coding_count: int, seed: int) -> Corpus:
    dice = random.Random(seed)
    vocabulary = make_vocabulary(dice)
    weights = cumulative_weights(len(vocabulary))
    spoken = [
        dice.choices(vocabulary, cum_weights=weights, k=words_per_source)
        for _ in range(source_count)
    ]
    sources = tuple(_make_source(number, words, dice) for number, words in enumerate(spoken, 1))
    codes = all_codes()
    return Corpus(sources, codes, CODERS, _make_codings(sources, codes, coding_count, dice))


def _make_source(number: int, words: list[str], dice: random.Random) -> Source:
    speakers = (INTERVIEWER, f"Informant {number}")
    turns: list[Turn] = []
    used = 0
    while used < len(words):
        is_question = len(turns) % 2 == 0
        length = dice.randint(4, 20) if is_question else _answer_length(dice)
        text = _sentences(words[used : used + length], "?" if is_question else ".", dice)
        turns.append(Turn(speakers[len(turns) % 2], text))
        used += length
    return Source(f"Intervju {number:02d}", tuple(turns))


def _answer_length(dice: random.Random) -> int:
    return min(8 + int(dice.expovariate(1 / 60)), 300)


def _sentences(words: list[str], last_mark: str, dice: random.Random) -> str:
    done: list[str] = []
    for start, end in _sentence_spans(len(words), dice):
        first, *rest = words[start:end]
        sentence = " ".join([first.capitalize(), *rest])
        done.append(sentence + ("." if end < len(words) else last_mark))
    return " ".join(done)


def _sentence_spans(word_count: int, dice: random.Random) -> list[tuple[int, int]]:
    spans, start = [], 0
    while start < word_count:
        end = min(start + dice.randint(4, 18), word_count)
        spans.append((start, end))
        start = end
    return spans


def _make_codings(
    sources: tuple[Source, ...], codes: tuple[Code, ...], count: int, dice: random.Random
) -> tuple[Coding, ...]:
    """Codings in no order of place or code; no coder repeats one of their own."""
    places = _Places(sources, dice)
    made: dict[Coding, None] = {}
    place = places.draw()
    for code in _codes_to_use(codes, count, dice):
        coder = dice.choices(range(len(CODERS)), CODER_WEIGHTS)[0]
        if dice.random() > SHARE_CODED_TWICE:
            place = places.draw()
        while Coding(*place, code, coder) in made:
            place = places.draw()
        made[Coding(*place, code, coder)] = None
    return tuple(made)


class _Places:
    """Draws passages; most lie in one turn, as they do when people code."""

    def __init__(self, sources: tuple[Source, ...], dice: random.Random) -> None:
        self._texts = [source.text for source in sources]
        self._word_spans = [[m.span() for m in re.finditer(r"\S+", text)] for text in self._texts]
        self._dice = dice

    def draw(self) -> tuple[int, int, int]:
        """Source, start and end."""
        length = self._length()
        for _ in range(TRIES_WITHIN_A_TURN):
            source, start, end = self._anywhere(length)
            if "\n" not in self._texts[source][start:end]:
                break
        return source, start, end

    def _length(self) -> int:
        beyond = int(self._dice.expovariate(1 / MEAN_BEYOND_SHORTEST))
        return min(SHORTEST_CODING + beyond, LONGEST_CODING)

    def _anywhere(self, length: int) -> tuple[int, int, int]:
        source = self._dice.randrange(len(self._texts))
        spans = self._word_spans[source]
        first = self._dice.randrange(len(spans) - length + 1)
        return source, spans[first][0], spans[first + length - 1][1]


def _codes_to_use(codes: tuple[Code, ...], count: int, dice: random.Random) -> list[int]:
    """One code for each coding: a fixed share for the biggest, 1 / rank for the others."""
    biggest, *others = by_popularity(codes)
    of_biggest = round(count * SHARE_OF_BIGGEST_CODE)
    weights = [1 / rank for rank in range(2, len(others) + 2)]
    used = [biggest] * of_biggest + dice.choices(others, weights, k=count - of_biggest)
    dice.shuffle(used)
    return used
