"""Quotes: passages chosen for the text, with everything that was done to their words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from kodebok.domain.span import Span, merge_spans
from kodebok.domain.text import fold_space

# Stands for the space after a mark until it is known what follows; canonical text has no NUL.
_GAP = "\0"
_GAP_BEFORE_SIGN = re.compile(r"\0\s*(?=[.,;:?!])")


class Degree(StrEnum):
    """How close a quote's wording is to its source."""

    VERBATIM = "verbatim"
    LIGHT = "light"
    NORMALISED = "normalised"
    TRANSLATED = "translated"


@dataclass(frozen=True, slots=True)
class Insertion:
    """Words of the author, put in at `offset` from the passage's start, shown in brackets."""

    offset: int
    text: str


@dataclass(frozen=True, slots=True)
class Quote:
    """A passage chosen for the thesis.

    Attributes:
        text: The source's words when it was chosen, to find drift by.
        cuts: Spans left out, relative to the passage's start.
        wording: The author's wording when the degree is not verbatim; else empty.
        used_in: Where it stands in the thesis, in the author's words.
    """

    id: str
    source_id: str
    start: int
    end: int
    text: str
    code_id: str | None = None
    degree: Degree = Degree.VERBATIM
    cuts: tuple[Span, ...] = ()
    insertions: tuple[Insertion, ...] = ()
    wording: str = ""
    used_in: str = ""
    note: str = ""
    position: int = 0
    coder_id: str = ""
    created: str = ""

    @property
    def span(self) -> Span:
        """Where the passage stands in its source."""
        return Span(self.start, self.end)


def render_quote(
    text: str,
    cuts: Iterable[Span] = (),
    insertions: Iterable[Insertion] = (),
    ellipsis: str = "[…]",
) -> str:
    """The words to print: cuts replaced by the mark for them, insertions in brackets.

    Args:
        text: The passage as it stands in its source.
        cuts: Spans of `text`.
        insertions: Offsets of `text`; one inside a cut follows the mark.
        ellipsis: The mark for a cut, such as `[…]`, `(…)` or `…`.
    """
    pieces = [(cut.start, cut.end, f" {ellipsis}{_GAP}") for cut in merge_spans(cuts)]
    pieces += [(i.offset, i.offset, f" [{i.text}]{_GAP}") for i in insertions]
    pieces.sort(key=lambda piece: (piece[0], piece[0] == piece[1]))
    out: list[str] = []
    at = 0
    for start, end, mark in pieces:
        out.append(text[at : max(at, start)])
        out.append(mark)
        at = max(at, end)
    out.append(text[at:])
    return fold_space(_GAP_BEFORE_SIGN.sub("", "".join(out)).replace(_GAP, " "))


def has_drifted(quote: Quote, words_now: str) -> bool:
    """Whether the source no longer says what was chosen (white space aside)."""
    return fold_space(words_now) != fold_space(quote.text)
