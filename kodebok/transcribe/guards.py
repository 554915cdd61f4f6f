"""What is checked in an engine's text before it is believed.

Engines invent text for silence, go round in circles, and pass over speech. All here is pure:
segments and stretches in, segments and what was thrown away out. Times are milliseconds.
"""

from __future__ import annotations

import re
from bisect import insort
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from kodebok.domain.speech import Segment, SpokenWord
from kodebok.transcribe.speech import Stretch

Dropped = tuple[str, int, int]

NO_SPEECH = "no-speech"
LOOP = "loop"
MARKUP = "markup"

NEAR_MS = 300  # word times are this exact at best
LONGEST_WORD_MS = 2_000  # an engine may draw a word out over speech that it passed over
WIDTH_MS = 700  # a word speaks for so much on both sides of it
SHORTEST_GAP_MS = 900  # uncovered speech shorter than this is a breath or an "mm"
# How often a phrase must come back to back before it is taken for a loop, by its number of words.
_LOOP_FROM = {1: 8, 2: 6, 3: 5}
_LOOP_FROM_LONGER = 4
_LONGEST_PHRASE = 14
# Repetitions that are spoken take their time.
_SPOKEN_WORD_MS = 80

_MARKUP = re.compile(r"<\|[^|<>]{0,40}\|>")
_SIGNS = re.compile(r"[^\w]+")


@dataclass(frozen=True, slots=True)
class Loop:
    """A phrase that comes back to back.

    Attributes:
        first: Number of the first word of the run, among all words.
        phrase: How many words the phrase has.
        times: How often it comes.
    """

    first: int
    phrase: int
    times: int

    @property
    def end(self) -> int:
        """Number of the word after the run."""
        return self.first + self.phrase * self.times


def without_markup(segments: Iterable[Segment]) -> tuple[list[Segment], list[Dropped]]:
    """Segments without an engine's own signs, such as `<|nocaptions|>`; empty ones are gone."""
    kept: list[Segment] = []
    dropped: list[Dropped] = []
    for segment in segments:
        clean = _MARKUP.sub(" ", segment.text)
        if clean == segment.text:
            kept.append(segment)
            continue
        dropped.append((MARKUP, segment.start_ms, segment.end_ms))
        words = tuple(
            replace(word, text=text)
            for word in segment.words
            if (text := _MARKUP.sub("", word.text).strip())
        )
        if words and not _MARKUP.search(" ".join(word.text for word in words)):
            kept.append(replace(segment, words=words))
    return kept, dropped


def within_speech(
    segments: Iterable[Segment], speech: Sequence[Stretch]
) -> tuple[list[Segment], list[Dropped]]:
    """Segments of which at least a part sounds where somebody speaks; the others are dropped."""
    kept: list[Segment] = []
    dropped: list[Dropped] = []
    for segment in segments:
        if any(_touches(word.start_ms, word.end_ms, speech) for word in segment.words):
            kept.append(segment)
        else:
            dropped.append((NO_SPEECH, segment.start_ms, segment.end_ms))
    return kept, dropped


def _touches(start: int, end: int, speech: Sequence[Stretch]) -> bool:
    return any(first - NEAR_MS < end and start < last + NEAR_MS for first, last in speech)


def find_loop(words: Sequence[SpokenWord]) -> Loop | None:
    """The longest run of one phrase back to back that is too long to be believed at once.

    Lists are no loops: `mandag, tirsdag, onsdag` has no phrase that comes back, and `ja, ja, ja`
    not often enough. Capitals and signs do not count.
    """
    plain = [_SIGNS.sub("", word.text.casefold()) for word in words]
    found: Loop | None = None
    for phrase in range(1, min(_LONGEST_PHRASE, len(plain) // 2) + 1):
        for loop in _runs(plain, phrase):
            is_longer = found is None or loop.end - loop.first > found.end - found.first
            if loop.times >= _LOOP_FROM.get(phrase, _LOOP_FROM_LONGER) and is_longer:
                found = loop
    return found


def _runs(plain: Sequence[str], phrase: int) -> Iterable[Loop]:
    """All runs of phrases of one length that come at least twice."""
    begun, number = 0, phrase
    while number <= len(plain):
        if number < len(plain) and plain[number] == plain[number - phrase]:
            number += 1
            continue
        times = (number - begun) // phrase
        if times > 1:
            yield Loop(begun, phrase, times)
        begun = max(begun + 1, number - phrase + 1)
        number = max(number + 1, begun + phrase)


def is_spoken_list(words: Sequence[SpokenWord], again: Sequence[SpokenWord]) -> bool:
    """Whether a run of repetitions is real: it takes its time, and a second listening has it too.

    Args:
        words: All words of the first listening.
        again: All words of a second listening, to the same stretch alone.
    """
    first, second = find_loop(words), find_loop(again)
    if first is None or second is None or first.phrase != second.phrase:
        return False
    lengths = sorted(word.end_ms - word.start_ms for word in words[first.first : first.end])
    takes_time = lengths[len(lengths) // 2] >= _SPOKEN_WORD_MS
    return takes_time and abs(first.times - second.times) <= max(1, first.times // 5)


def cut_loop(segments: Sequence[Segment], loop: Loop) -> tuple[list[Segment], Stretch]:
    """The segments without the words of a loop, and where it stood."""
    words = [word for segment in segments for word in segment.words]
    inside = words[loop.first : loop.end]
    kept: list[Segment] = []
    number = 0
    for segment in segments:
        numbered = range(number, number + len(segment.words))
        number += len(segment.words)
        left = tuple(
            word
            for place, word in zip(numbered, segment.words, strict=True)
            if not loop.first <= place < loop.end
        )
        if len(left) == len(segment.words):
            kept.append(segment)
        elif left:
            kept.append(Segment(left[0].start_ms, left[-1].end_ms, left))
    return kept, (inside[0].start_ms, inside[-1].end_ms)


def uncovered_speech(speech: Iterable[Stretch], segments: Iterable[Segment]) -> list[Stretch]:
    """The parts of speech that no word stands for, in order.

    A word speaks for 700 ms on both sides of it, since word times are not exact; parts under
    900 ms are let be.
    """
    covered = sorted(
        (word.start_ms - WIDTH_MS, min(word.end_ms, word.start_ms + LONGEST_WORD_MS) + WIDTH_MS)
        for segment in segments
        for word in segment.words
    )
    return [
        gap
        for stretch in speech
        for gap in _gaps(stretch, covered)
        if gap[1] - gap[0] >= min(SHORTEST_GAP_MS, stretch[1] - stretch[0])
    ]


def _gaps(stretch: Stretch, covered: Sequence[Stretch]) -> Iterable[Stretch]:
    start, end = stretch
    for first, last in covered:
        if first >= end:
            break
        if first > start:
            yield start, first
        start = max(start, last)
    if start < end:
        yield start, end


def in_order(segments: Iterable[Segment]) -> tuple[Segment, ...]:
    """Segments by their time; one that fits between two words of another cuts it in two."""
    todo = sorted(segments, key=_begins)
    placed: list[Segment] = []
    while todo:
        segment = todo.pop(0)
        inner = todo[0] if todo else segment
        before = tuple(word for word in segment.words if word.start_ms <= inner.start_ms)
        after = segment.words[len(before) :]
        if before and after and inner.end_ms <= after[0].start_ms:
            insort(todo, _spanning(after), key=_begins)
            segment = _spanning(before)
        placed.append(segment)
    return tuple(_without_overlap(placed))


def _begins(segment: Segment) -> Stretch:
    return segment.start_ms, segment.end_ms


def _spanning(words: tuple[SpokenWord, ...]) -> Segment:
    return Segment(words[0].start_ms, words[-1].end_ms, words)


def _without_overlap(segments: Sequence[Segment]) -> list[Segment]:
    """No segment's end is after the next one's beginning."""
    ends = [min(this.end_ms, following.start_ms) for this, following in pairwise(segments)]
    ends += [segments[-1].end_ms] if segments else []
    return [
        replace(segment, end_ms=max(segment.start_ms, end))
        for segment, end in zip(segments, ends, strict=True)
    ]


def moved(segments: Iterable[Segment], by_ms: int) -> list[Segment]:
    """The same segments so much later."""
    return [
        Segment(
            segment.start_ms + by_ms,
            segment.end_ms + by_ms,
            tuple(
                replace(word, start_ms=word.start_ms + by_ms, end_ms=word.end_ms + by_ms)
                for word in segment.words
            ),
        )
        for segment in segments
    ]
