"""The words of quotations and of sources in the one form in which they are compared.

A word is a run of letters and digits, in lower case. Marks, line breaks and hyphens separate words
and are otherwise ignored; what stands in brackets is an aside, which both sides may have or lack.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

CUT_REACH = 150  # most words of a source that one cut mark may stand for
BRACKET_REACH = 5  # the same for words in [ ], which may replace a name or a pronoun
ASIDE_WORDS = 4  # longer text in ( ) was spoken or written, not noted by a transcriber

_SOURCE_PIECE = re.compile(r"\[[^\[\]\n]{0,80}\]|\([^()\n]{0,40}\)|[^\W_]+")
_WORD = re.compile(r"[^\W_]+")
_PIECE = re.compile(
    r"(?P<cut>[(\[{]\s*(?:…|\.{2,}|(?:\.\s){2,}\.?|[-–—]{1,3})\s*[)\]}]|…|\.{3,}|(?:\.\s){2}\.)"
    r"|(?P<word>(?:[^\W_]|\[[^\W_]{1,3}\](?=[^\W_])|(?<=[^\W_])\[[^\W_]{1,3}\])+)"
    r"|(?P<bracket>\[[^\[\]]{0,80}\])|(?P<paren>\([^()]{0,40}\))"
)
_LETTERS_IN_BRACKETS = re.compile(r"\[[^\]]*\]")


@dataclass(frozen=True, slots=True)
class Word:
    """A word in its compared form, and where it stands.

    Attributes:
        start, end: Half-open, in code points of the text it was read from.
        raw: The word as it is written.
        without: The word without its letters in brackets ("møte[t]"), when it has some.
    """

    text: str
    start: int
    end: int
    raw: str
    without: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """The words of a quotation.

    Attributes:
        gaps: Before which word something may be left out, and how many words of the source at
            most; a gap after the last word stands at their number.
    """

    words: tuple[Word, ...]
    gaps: Mapping[int, int]

    @property
    def texts(self) -> list[str]:
        """The words in their compared form."""
        return [word.text for word in self.words]

    def beginning(self, count: int) -> Passage:
        """The first words of it."""
        gaps = {at: reach for at, reach in self.gaps.items() if at <= count}
        return Passage(self.words[:count], gaps)

    def parts(self) -> list[Passage]:
        """What stands between the marks, each a passage; nothing when there are no marks."""
        inner = [at for at in sorted(self.gaps) if 0 < at < len(self.words)]
        borders = [0, *inner, len(self.words)]
        if not inner:
            return []
        return [Passage(self.words[a:b], {}) for a, b in pairwise(borders)]


def read_passage(text: str, start: int = 0, end: int | None = None) -> Passage:
    """The words and cut marks of a stretch of a manuscript; offsets are those of `text`."""
    words: list[Word] = []
    gaps: dict[int, int] = {}

    def add_gap(reach: int) -> None:
        gaps[len(words)] = max(reach, gaps.get(len(words), 0))

    for piece in _PIECE.finditer(text, start, len(text) if end is None else end):
        if piece.lastgroup == "word":
            words.append(_word(piece))
        elif piece.lastgroup == "cut":
            add_gap(CUT_REACH)
        elif piece.lastgroup == "bracket":
            add_gap(BRACKET_REACH)
        else:
            words.extend(_spoken(text, piece.start(), piece.end()))
    return Passage(tuple(words), gaps)


def _word(piece: re.Match[str]) -> Word:
    raw = piece.group()
    low = raw.lower()
    if "[" not in raw:
        return Word(low, piece.start(), piece.end(), raw)
    whole = low.replace("[", "").replace("]", "")
    return Word(whole, piece.start(), piece.end(), raw, _LETTERS_IN_BRACKETS.sub("", low))


def source_words(text: str) -> Iterator[tuple[str, int, int]]:
    """The spoken words of a source, compared form and offsets; asides left out."""
    for piece in _SOURCE_PIECE.finditer(text):
        found = piece.group()
        if found[0] not in "[(":
            yield found.lower(), piece.start(), piece.end()
        elif found[0] == "(":
            for word in _spoken(text, piece.start(), piece.end()):
                yield word.text, word.start, word.end


def _spoken(text: str, start: int, end: int) -> list[Word]:
    """The words in round brackets when they are too many for an aside."""
    found = [
        Word(m.group().lower(), *m.span(), m.group()) for m in _WORD.finditer(text, start, end)
    ]
    return found if len(found) > ASIDE_WORDS else []
