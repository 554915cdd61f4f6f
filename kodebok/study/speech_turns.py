"""From recognised speech to the turns of a source, with the time of every word. Pure.

A turn is what one voice says until another does. When voices are not told apart, a new turn
begins after a silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from kodebok.domain.recording import VoiceSpan
from kodebok.domain.speech import Chunk, SpokenWord
from kodebok.domain.text import canonicalise, fold_space
from kodebok.domain.verbatim import MarkKind, unclear_text

SILENCE_MS = 1_500  # between two turns when voices are not told apart
PAUSE_MS = 2_000  # within a turn, from which a pause is noted

_CUT_WORD = re.compile(r"(\w+)[-–]([,.;:?!…]*)")
_SOUND = re.compile(r"[\[(](\w[\w ]*)[\])][,.]?")


@dataclass(frozen=True, slots=True)
class LaidWord:
    """A word, or an unclear place, as it stands in its turn.

    Attributes:
        start, end: Offsets in the turn's text.
    """

    start: int
    end: int
    start_ms: int
    end_ms: int
    probability: float


@dataclass(frozen=True, slots=True)
class LaidMark:
    """A mark as it stands in its turn's text."""

    start: int
    end: int
    kind: MarkKind
    value: str = ""


@dataclass(slots=True)
class SpokenTurn:
    """A turn that is being put together.

    Attributes:
        voice: Number of the voice, or None when voices are not told apart.
    """

    voice: int | None
    text: str = ""
    words: list[LaidWord] = field(default_factory=list)
    marks: list[LaidMark] = field(default_factory=list)

    @property
    def start_ms(self) -> int:
        """When its first word begins."""
        return self.words[0].start_ms

    @property
    def end_ms(self) -> int:
        """When its last word ends."""
        return self.words[-1].end_ms

    def add(self, said: _Said) -> None:
        """Put one more word at the end."""
        if self.words and said.start_ms - self.end_ms >= PAUSE_MS:
            gap = str(said.start_ms - self.end_ms)
            self.marks.append(LaidMark(len(self.text), len(self.text), MarkKind.PAUSE, gap))
        sound = _SOUND.fullmatch(said.text)
        if sound and self.words and said.kind is None:
            place = len(self.text)
            self.marks.append(LaidMark(place, place, MarkKind.SOUND, sound.group(1)))
            return
        start = len(self.text) + 1 if self.text else 0
        self.text = f"{self.text} {said.text}" if self.text else said.text
        end = len(self.text)
        self.words.append(LaidWord(start, end, said.start_ms, said.end_ms, said.probability))
        if said.kind is not None:
            last = start + said.marked if said.marked else end
            self.marks.append(LaidMark(start, last, said.kind))


@dataclass(frozen=True, slots=True)
class _Said:
    """A word or an unclear place; `marked` is the length of the word that a mark stands on."""

    start_ms: int
    end_ms: int
    text: str
    probability: float
    kind: MarkKind | None = None
    marked: int = 0


def lay_out_speech(
    chunks: Iterable[Chunk], voices: Sequence[VoiceSpan] | None = None
) -> list[SpokenTurn]:
    """The turns of a recording.

    Args:
        chunks: All of them, in order.
        voices: Who speaks when; None when voices are not told apart.
    """
    all_said = list(_said(chunks))
    spoken_by = _voices_of(all_said, voices) if voices else [None] * len(all_said)
    turns: list[SpokenTurn] = []
    for said, voice in zip(all_said, spoken_by, strict=True):
        if not turns or _begins_turn(turns[-1], said, voice):
            turns.append(SpokenTurn(voice))
        turns[-1].add(said)
    return turns


def _begins_turn(turn: SpokenTurn, said: _Said, voice: int | None) -> bool:
    if voice is not None:
        return voice != turn.voice
    return said.start_ms - turn.end_ms >= SILENCE_MS


def _said(chunks: Iterable[Chunk]) -> Iterator[_Said]:
    for chunk in chunks:
        if not chunk.segments:
            yield _unclear(chunk.start_ms, chunk.end_ms)
        for segment in chunk.segments:
            if segment.is_unclear:
                yield _unclear(segment.start_ms, segment.end_ms)
            yield from (said for word in segment.words if (said := _word(word)) is not None)


def _unclear(start_ms: int, end_ms: int) -> _Said:
    return _Said(start_ms, end_ms, unclear_text(start_ms), 0.0, MarkKind.UNCLEAR)


def _word(word: SpokenWord) -> _Said | None:
    text = fold_space(canonicalise(word.text))
    if not text:
        return None
    cut = _CUT_WORD.fullmatch(text)
    if cut:
        bare = cut.group(1)
        text = bare + cut.group(2)
        return _Said(
            word.start_ms, word.end_ms, text, word.probability, MarkKind.CUT, marked=len(bare)
        )
    return _Said(word.start_ms, word.end_ms, text, word.probability)


def _voices_of(said: Sequence[_Said], voices: Sequence[VoiceSpan]) -> list[int | None]:
    """The voice of each word."""
    from kodebok.transcribe.voices import VoiceStretch
    from kodebok.transcribe.voices_words import assign_words

    words = [SpokenWord(s.start_ms, s.end_ms, s.text, s.probability) for s in said]
    stretches = [VoiceStretch(span.start_ms, span.end_ms, span.voice) for span in voices]
    return [turn.voice for turn in assign_words(words, stretches) for _word in turn.words]
