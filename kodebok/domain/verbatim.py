"""Verbatim markup as structure, and the ways of printing it.

A mark stands on a passage of the canonical text, which itself holds words alone: pauses and sounds
on an empty passage between two words, cut words and overlaps on the words. What is unclear keeps
its place in the text as `[uklart 00:12:03]`, with a mark on it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from kodebok.domain.span import Span
from kodebok.domain.text import sentence_spans

_LETTER = re.compile(r"[^\W\d_]")
_ENDS_SENTENCE = re.compile(r"[.!?…:;,–-][»”\"')\]]*$")
_BRACKETED = re.compile(r"\[[^\]\n]*\]")


class MarkKind(StrEnum):
    """What a mark says of the speech."""

    PAUSE = "pause"
    CUT = "cut"
    SOUND = "sound"
    OVERLAP = "overlap"
    UNCLEAR = "unclear"


class TextView(StrEnum):
    """How a transcript is printed.

    `verbatim` with every mark, for quoting; `clean` the words alone; `readable` the words with
    sentence case and full stops offered, and not one of them replaced.
    """

    VERBATIM = "verbatim"
    CLEAN = "clean"
    READABLE = "readable"


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark.

    Attributes:
        value: Of a pause its length in milliseconds; of a sound what it is, such as `ler`; else
            empty.
    """

    id: str
    source_id: str
    start: int
    end: int
    kind: MarkKind
    value: str = ""

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class MarkStyle:
    """How marks are written; `{s}` is seconds, `{value}` what a sound is.

    Attributes:
        cut: What follows a word that was cut off.
        overlap: What stands on both sides of words that were spoken at the same time.
    """

    pause: str = "({s} s)"
    sound: str = "[{value}]"
    cut: str = "-"
    overlap: str = "//"


VERBATIM_STYLE = MarkStyle()


def unclear_text(start_ms: int) -> str:
    """What stands in the text where nobody could hear what was said."""
    seconds = start_ms // 1000
    clock = f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return f"[uklart {clock}]"


def print_marks(
    text: str, marks: Iterable[Mark], start: int = 0, style: MarkStyle = VERBATIM_STYLE
) -> str:
    """A passage with its marks written out.

    Args:
        text: The passage.
        marks: Marks of its source; those that do not touch the passage are left out.
        start: Offset of the passage in its source.
        style: How each kind is written.
    """
    pieces = sorted(piece for mark in marks for piece in _pieces(text, mark, start, style))
    out: list[str] = []
    at = 0
    for offset, _order, written in pieces:
        out += [text[at:offset], written]
        at = offset
    out.append(text[at:])
    return "".join(out)


def _pieces(text: str, mark: Mark, start: int, style: MarkStyle) -> list[tuple[int, int, str]]:
    """Offset in the passage, order among those of one offset, and what is written."""
    first, last = max(mark.start - start, 0), min(mark.end - start, len(text))
    if mark.kind in {MarkKind.PAUSE, MarkKind.SOUND}:
        if not 0 <= mark.start - start <= len(text):
            return []
        after_space = first == 0 or text[first - 1].isspace()
        written = _written(mark, style)
        return [(first, 1, f"{written} " if after_space else f" {written}")]
    if first >= last or mark.kind is MarkKind.UNCLEAR:
        return []
    if mark.kind is MarkKind.CUT:
        return [(last, 0, style.cut)] if mark.end - start == last else []
    return [(first, 2, style.overlap), (last, 0, style.overlap)]


def _written(mark: Mark, style: MarkStyle) -> str:
    if mark.kind is MarkKind.SOUND:
        return style.sound.format(value=mark.value)
    return style.pause.format(s=max(1, round(int(mark.value or 0) / 1000)))


def readable(text: str) -> str:
    """The same words with sentence case and full stops: no word is replaced, added or lost.

    Only the first letter of a sentence becomes a capital, and a full stop is put where a turn ends
    without any sign. What stands in brackets is left as it is.
    """
    out = list(text)
    for sentence in sentence_spans(text):
        at = _first_letter(text, sentence)
        if at is not None:
            out[at] = text[at].upper() if len(text[at].upper()) == 1 else text[at]
    lines = "".join(out).split("\n")
    return "\n".join(_stopped(line) for line in lines)


def _first_letter(text: str, sentence: Span) -> int | None:
    at = sentence.start
    while at < sentence.end:
        bracket = _BRACKETED.match(text, at)
        if bracket:
            at = bracket.end()
        elif _LETTER.match(text[at]):
            return at
        elif text[at].isalnum():
            return None
        else:
            at += 1
    return None


def _stopped(line: str) -> str:
    bare = line.rstrip()
    needs = bool(bare) and bare[-1].isalnum() and not _ENDS_SENTENCE.search(bare)
    return bare + "." + line[len(bare) :] if needs else line


def print_passage(text: str, marks: Iterable[Mark], view: TextView, start: int = 0) -> str:
    """A passage in one of the views."""
    if view is TextView.VERBATIM:
        return print_marks(text, marks, start)
    return readable(text) if view is TextView.READABLE else text
