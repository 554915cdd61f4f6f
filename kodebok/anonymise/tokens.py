"""Tokens for the finders: words, numbers and signs, with their places; a line end is a token."""

from __future__ import annotations

import re
from dataclasses import dataclass

_TOKEN = re.compile(
    r"(?:[^\W\d_]{1,4}\.){2,}"  # abbreviations with inner stops, such as "kr.f."
    r"|[^\W\d_][^\W_]*(?:[-'’.][^\W_]+)*-?"
    r"|\d+(?:[.,:/]\d+)*(?:-?[^\W\d_]+)?"
    r"|\n+"
    r"|\S"
)


@dataclass(frozen=True, slots=True)
class Tokens:
    r"""The tokens of a text, in three lists of one length.

    Attributes:
        words: Each token as it is written; runs of line ends as `\n`.
        starts, ends: Half-open, in code points of the text.
    """

    words: list[str]
    starts: list[int]
    ends: list[int]

    def __len__(self) -> int:
        return len(self.words)


def tokenise(text: str) -> Tokens:
    """The tokens of a text."""
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for match in _TOKEN.finditer(text):
        word = match.group()
        words.append("\n" if word[0] == "\n" else word)
        starts.append(match.start())
        ends.append(match.end())
    return Tokens(words, starts, ends)
