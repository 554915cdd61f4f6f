"""The words of a transcript shared among the voices of the sound, as turns."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from kodebok.domain.speech import SpokenWord
from kodebok.transcribe.voices import VoiceStretch

# A change of voice hardly falls between two words that are nearer each other than this …
_PAUSE_MS = 150
# … so it moves to a pause that is at most this many words away,
_WORDS_TO_PAUSE = 2
# and a voice that has less than this in the middle of another's phrase does not have it.
_SHORTEST_MS = 400


@dataclass(frozen=True, slots=True)
class VoicedTurn:
    """Words that one voice says on end; the voice is None where the sound tells of none."""

    voice: int | None
    words: tuple[SpokenWord, ...]

    @property
    def start_ms(self) -> int:
        """When its first word begins."""
        return self.words[0].start_ms

    @property
    def end_ms(self) -> int:
        """When its last word ends."""
        return self.words[-1].end_ms


def assign_words(
    words: Sequence[SpokenWord], stretches: Sequence[VoiceStretch]
) -> list[VoicedTurn]:
    """Turns of one voice each, no word lost or moved.

    Each word goes to the voice that speaks during most of it, or else to the nearest; then changes
    of voice in mid-phrase move to the pause beside them, if there is one.

    Args:
        words: In the order in which they are said.
        stretches: Ascending, as `find_voices` gives them.
    """
    voices = _nearest_voices(words, stretches)
    _without_splinters(words, voices)
    _moved_to_pauses(words, voices)
    turns = groupby(zip(words, voices, strict=True), key=lambda pair: pair[1])
    return [VoicedTurn(voice, tuple(word for word, _voice in said)) for voice, said in turns]


def _nearest_voices(
    words: Sequence[SpokenWord], stretches: Sequence[VoiceStretch]
) -> list[int | None]:
    starts = [stretch.start_ms for stretch in stretches]
    voices: list[int | None] = []
    for word in words:
        first = max(bisect_right(starts, word.start_ms) - 1, 0)
        after = bisect_left(starts, word.end_ms, first) + 1
        near = stretches[first:after]
        voices.append(_voice_of(word, near) if near else None)
    return voices


def _voice_of(word: SpokenWord, near: Sequence[VoiceStretch]) -> int:
    """The voice with most of the word, or else the one that stands nearest to it."""
    shares: Counter[int] = Counter()
    for stretch in near:
        overlap = min(word.end_ms, stretch.end_ms) - max(word.start_ms, stretch.start_ms)
        shares[stretch.voice] += max(overlap, 0)
    if any(shares.values()):
        return max(shares, key=lambda voice: shares[voice])
    middle = (word.start_ms + word.end_ms) // 2
    return min(near, key=lambda s: max(s.start_ms - middle, middle - s.end_ms)).voice


def _pause_before(words: Sequence[SpokenWord], place: int) -> bool:
    """Whether a pause, or the beginning or end, is there before the word at a place."""
    if place in {0, len(words)}:
        return True
    return words[place].start_ms - words[place - 1].end_ms >= _PAUSE_MS


def _runs(voices: list[int | None]) -> list[tuple[int, int]]:
    runs = []
    start = 0
    for _voice, said in groupby(voices):
        end = start + len(list(said))
        runs.append((start, end))
        start = end
    return runs


def _without_splinters(words: Sequence[SpokenWord], voices: list[int | None]) -> None:
    """A very short run without a pause at either side goes to the voice around it."""
    for start, end in _runs(voices):
        inside = start > 0 and end < len(words) and voices[start - 1] == voices[end]
        short = words[end - 1].end_ms - words[start].start_ms < _SHORTEST_MS
        if inside and short and not _pause_before(words, start) and not _pause_before(words, end):
            voices[start:end] = [voices[end]] * (end - start)


def _moved_to_pauses(words: Sequence[SpokenWord], voices: list[int | None]) -> None:
    runs = _runs(voices)
    for (start, border), (_border, end) in pairwise(runs):
        if _pause_before(words, border):
            continue
        for away in range(1, _WORDS_TO_PAUSE + 1):
            if border + away < end and _pause_before(words, border + away):
                voices[border : border + away] = [voices[border - 1]] * away
                break
            if border - away > start and _pause_before(words, border - away):
                voices[border - away : border] = [voices[border]] * away
                break
