r"""Words, sentences, turns and clusters around an offset: where they are, where the next begins.

Every search looks at the piece of text that it needs: a word never holds white space, and a
sentence never goes over a line end, so the cost does not grow with the source. Offsets are
half-open code points; each function gives an offset from 0 to the length of the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from enum import StrEnum

from kodebok.domain.source import Turn
from kodebok.domain.span import Span
from kodebok.domain.text import sentence_spans, word_spans
from kodebok.tui.reader.cells import clusters, is_plain

_SPACE = re.compile(r"\s")
_NEAR = 64


class Unit(StrEnum):
    """What a passage can be marked by, from small to large."""

    WORD = "word"
    SENTENCE = "sentence"
    TURN = "turn"


def _line(text: str, offset: int) -> Span:
    """The line around an offset, without its line end."""
    end = text.find("\n", offset)
    return Span(text.rfind("\n", 0, offset) + 1, len(text) if end < 0 else end)


def _token_start(text: str, offset: int) -> int:
    """Where the run without white space around an offset begins."""
    near = offset
    while near > 0:
        chunk = max(0, near - _NEAR)
        spaces = [match.end() for match in _SPACE.finditer(text, chunk, near)]
        if spaces:
            return spaces[-1]
        near = chunk
    return 0


def next_cluster(text: str, offset: int) -> int:
    """The end of the cluster at an offset."""
    line = _line(text, offset)
    if offset >= line.end or is_plain(text[line.start : line.end]):
        return min(offset + 1, len(text))
    ends = (line.start + end for _, end, _ in clusters(text[line.start : line.end]))
    return next(end for end in ends if end > offset)


def previous_cluster(text: str, offset: int) -> int:
    """The start of the cluster before an offset."""
    return cluster_start(text, max(0, offset - 1))


def cluster_start(text: str, offset: int) -> int:
    """The start of the cluster at an offset; the offset itself when it stands between two."""
    line = _line(text, offset)
    if offset >= line.end or is_plain(text[line.start : line.end]):
        return offset
    starts = (line.start + start for start, _, _ in clusters(text[line.start : line.end]))
    return max((start for start in starts if start <= offset), default=offset)


def cluster_edge(text: str, offset: int) -> int:
    """The offset, or the end of the cluster when it stands inside one."""
    start = cluster_start(text, offset)
    return offset if start == offset else next_cluster(text, start)


def next_word(text: str, offset: int) -> int:
    """The start of the next word, or the end of the text."""
    words = word_spans(text, _token_start(text, offset))
    return next((word.start for word in words if word.start > offset), len(text))


def word_end(text: str, offset: int) -> int:
    """The next end of a word, or the end of the text."""
    words = word_spans(text, _token_start(text, offset))
    return next((word.end for word in words if word.end > offset), len(text))


def previous_word(text: str, offset: int) -> int:
    """The start of this word, or of the one before when the offset stands there; or 0."""
    position = offset
    while position > 0:
        begin = _token_start(text, position - 1)
        starts = [word.start for word in word_spans(text, begin, position) if word.start < offset]
        if starts:
            return starts[-1]
        position = begin
    return 0


def _sentences(text: str, offset: int) -> list[Span]:
    line = _line(text, offset)
    return sentence_spans(text, line.start, line.end)


def next_sentence(text: str, offset: int) -> int:
    """The start of the next sentence, or the end of the text."""
    position = offset
    while position < len(text):
        starts = [sentence.start for sentence in _sentences(text, position)]
        found = next((start for start in starts if start > offset), None)
        if found is not None:
            return found
        position = _line(text, position).end + 1
    return len(text)


def sentence_end(text: str, offset: int) -> int:
    """The next end of a sentence, or the end of the text."""
    position = offset
    while position < len(text):
        ends = [sentence.end for sentence in _sentences(text, position)]
        found = next((end for end in ends if end > offset), None)
        if found is not None:
            return found
        position = _line(text, position).end + 1
    return len(text)


def previous_sentence(text: str, offset: int) -> int:
    """The start of this sentence, or of the one before when the offset stands there; or 0."""
    position = offset
    while position >= 0:
        starts = [s.start for s in _sentences(text, position) if s.start < offset]
        if starts:
            return starts[-1]
        position = _line(text, position).start - 1
    return 0


def turn_index(turns: Sequence[Turn], offset: int) -> int:
    """Index of the turn at an offset; the line end after a turn belongs to it."""
    return max(0, bisect_right(turns, offset, key=lambda turn: turn.start) - 1)


def next_turn(turns: Sequence[Turn], offset: int) -> int:
    """The start of the next turn, or the end of the last one."""
    following = turn_index(turns, offset) + 1
    return turns[following].start if following < len(turns) else turns[-1].end


def turn_end(turns: Sequence[Turn], offset: int) -> int:
    """The next end of a turn, or the end of the last one."""
    index = bisect_right(turns, offset, key=lambda turn: turn.end)
    return turns[min(index, len(turns) - 1)].end


def previous_turn(turns: Sequence[Turn], offset: int) -> int:
    """The start of this turn, or of the one before when the offset stands there."""
    index = bisect_left(turns, offset, key=lambda turn: turn.start)
    return turns[max(0, index - 1)].start


def _nearest(spans: Sequence[Span], offset: int) -> Span | None:
    """The span at an offset, else the next one, else the last."""
    ahead = next((span for span in spans if span.end > offset), None)
    return ahead or (spans[-1] if spans else None)


def unit_at(text: str, turns: Sequence[Turn], unit: Unit, offset: int) -> Span | None:
    """The word, sentence or turn at an offset, or next to it in its line; None in an empty one."""
    if unit is Unit.TURN:
        span = turns[turn_index(turns, offset)].span
        return span if len(span) else None
    if unit is Unit.SENTENCE:
        return _nearest(_sentences(text, offset), offset)
    return _word_at(text, offset)


def _word_at(text: str, offset: int) -> Span | None:
    line = _line(text, offset)
    begin = max(line.start, _token_start(text, offset))
    ahead = next((word for word in word_spans(text, begin, line.end) if word.end > offset), None)
    if ahead is not None:
        return ahead
    start = previous_word(text, offset)
    return next(word_spans(text, start, line.end), None) if start >= line.start else None
