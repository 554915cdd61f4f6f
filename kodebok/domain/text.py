"""Canonical text: what it is, its words and sentences, and how a passage is found in it."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator

from kodebok.domain.span import Span

_WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*")
_SENTENCE_END = re.compile(r"[.!?…]+[»”\"')\]]*(?=\s)|\n")
_NEXT_SIGN = re.compile(r" *(\S)")
_ABBREVIATIONS = frozenset(
    "bl.a. ca. dr. dvs. eks. evt. f.eks. ifm. jf. kl. mht. mm. mtp. nr. osv. pga. prof. sst. "
    "t.d. tlf. vha. vs.".split()
)


def canonicalise(text: str) -> str:
    r"""Text in the form in which offsets are counted: NFC, line ends as `\n`, no BOM, no NUL.

    U+2028 and U+2029 become spaces, since a line is ended by `\n` alone.
    """
    plain = text.replace("\x00", "").replace("\ufeff", "")
    plain = plain.replace("\r\n", "\n").replace("\r", "\n")
    plain = plain.replace("\u2028", " ").replace("\u2029", " ")
    return unicodedata.normalize("NFC", plain)


def word_spans(text: str, start: int = 0, end: int | None = None) -> Iterator[Span]:
    """The words of a stretch of text, in order."""
    for match in _WORD.finditer(text, start, len(text) if end is None else end):
        yield Span(match.start(), match.end())


def split_words(text: str) -> list[str]:
    """The words of a text, as `word_spans` finds them."""
    return _WORD.findall(text)


def count_words(text: str) -> int:
    """The number of words, as `word_spans` finds them."""
    return len(_WORD.findall(text))


def sentence_spans(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """The sentences of a stretch, without the white space between them.

    A line end always ends a sentence; a full stop after an abbreviation or an ordinal does not.
    """
    stop = len(text) if end is None else end
    spans: list[Span] = []
    begin = start
    for match in _SENTENCE_END.finditer(text, start, stop):
        if match.group() != "\n" and _is_abbreviation(text, begin, match.end()):
            continue
        _append_trimmed(spans, text, begin, match.end())
        begin = match.end()
    _append_trimmed(spans, text, begin, stop)
    return spans


def _is_abbreviation(text: str, begin: int, end: int) -> bool:
    if text[end - 1] != ".":
        return False
    token = text[begin:end].rsplit(None, 1)[-1].lstrip('(«“"').lower()
    if token in _ABBREVIATIONS:
        return True
    if not token[:-1].isdigit():
        return False
    following = _NEXT_SIGN.match(text, end)
    return following is not None and following.group(1).islower()


def _append_trimmed(spans: list[Span], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if end > start:
        spans.append(Span(start, end))


def fold_space(text: str) -> str:
    """The text with every run of white space as one space, and none at the ends."""
    return " ".join(text.split())


def find_folded(text: str, passage: str) -> list[Span]:
    """Every place where `passage` stands in `text`, white space folded in both.

    Returns:
        Spans of `text` itself; empty when the passage is not there or is blank.
    """
    words = passage.split()
    if not words:
        return []
    pattern = re.compile(r"\s+".join(re.escape(word) for word in words))
    return [Span(m.start(), m.end()) for m in pattern.finditer(text)]


class LineIndex:
    """Offsets of line starts, to name a place by line and column (both from 1)."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(m.end() for m in re.finditer("\n", text))]

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset."""
        line = bisect_right(self._starts, offset) - 1
        return line + 1, offset - self._starts[line] + 1
