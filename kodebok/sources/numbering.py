"""Paragraph numbers, which MAXQDA and others print before each paragraph of a transcript."""

from __future__ import annotations

import re
from itertools import pairwise

from kodebok.sources import labels
from kodebok.sources.times import leading_stamp

_NUMBERED = re.compile(r"[ \t]*(\d{1,5})(?:[ \t]+|\.[ \t]*\t)(?=\S)")
_FEWEST = 4
_SHARE_OF_SPEECH = 0.6


def without_paragraph_numbers(text: str) -> str:
    """The text without numbers that count its paragraphs, if what they count is speech.

    Numbers count when each is one more than that before; a numbered list of questions stays as it
    is, since no speaker and no time stands behind its numbers.
    """
    lines = text.split("\n")
    matches = [_NUMBERED.match(line) for line in lines]
    numbered = [(place, match) for place, match in enumerate(matches) if match is not None]
    numbers = [int(match.group(1)) for _place, match in numbered]
    if len(numbered) < _FEWEST or any(b != a + 1 for a, b in pairwise(numbers)):
        return text
    rests = [lines[place][match.end() :] for place, match in numbered]
    if sum(map(_is_speech, rests)) < _SHARE_OF_SPEECH * len(rests):
        return text
    for (place, _match), rest in zip(numbered, rests, strict=True):
        lines[place] = rest
    return "\n".join(lines)


def _is_speech(line: str) -> bool:
    return bool(leading_stamp(line) or labels.candidate(line) or labels.dressed(line))
