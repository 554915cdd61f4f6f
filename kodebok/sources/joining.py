"""Joining cues to readable turns, and splitting turns at times that stand inside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kodebok.domain.source import ReadTurn
from kodebok.domain.text import count_words
from kodebok.sources.times import inner_stamps

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kodebok.sources.drafts import Cue

WORDS_PER_JOINED_TURN = 120
_SENTENCE_END = '.!?…:»”")]'


def join_cues(cues: Iterable[Cue]) -> list[ReadTurn]:
    """Cues as turns: same speaker, same turn, up to `WORDS_PER_JOINED_TURN` words."""
    return join_turns([ReadTurn(c.text, c.speaker, c.start_ms, c.end_ms) for c in cues])


def join_turns(parts: Sequence[ReadTurn]) -> list[ReadTurn]:
    """Join neighbours of one speaker until a turn would pass `WORDS_PER_JOINED_TURN` words."""
    joined: list[ReadTurn] = []
    words = 0
    texts: list[str] = []
    for part in parts:
        if not part.text.strip():
            continue
        size = count_words(part.text)
        fits = words + size <= WORDS_PER_JOINED_TURN
        if joined and joined[-1].speaker == part.speaker and fits:
            texts.append(part.text)
            first = joined.pop()
            end = part.end_ms if part.end_ms is not None else first.end_ms
            joined.append(ReadTurn(" ".join(texts), part.speaker, first.start_ms, end))
            words += size
        else:
            joined.append(part)
            texts, words = [part.text], size
    return joined


def split_at_inner_times(turns: list[ReadTurn]) -> tuple[list[ReadTurn], int]:
    """Split turns at times that stand between sentences; take out those in mid-sentence."""
    read: list[ReadTurn] = []
    dropped = 0
    for turn in turns:
        stamps = inner_stamps(turn.text) if ":" in turn.text else []
        if not stamps:
            read.append(turn)
            continue
        pieces, lost = _split_at(turn, stamps)
        read.extend(pieces)
        dropped += lost
    return read, dropped


def _split_at(turn: ReadTurn, stamps: list[tuple[int, int, int]]) -> tuple[list[ReadTurn], int]:
    pieces: list[ReadTurn] = []
    said, start, position, lost = "", turn.start_ms, 0, 0
    for begin, end, time in stamps:
        said += turn.text[position:begin]
        position = end
        if not said.strip():
            start = time if start is None else start
        elif said.rstrip()[-1] in _SENTENCE_END and turn.text[end:].strip():
            pieces.append(ReadTurn(said.strip(), turn.speaker, start))
            said, start = "", time
        else:
            lost += 1
            said += " " if turn.text[end : end + 1] not in {"", "\n", ",", "."} else ""
    said += turn.text[position:]
    pieces.append(ReadTurn(said.strip(), turn.speaker, start, turn.end_ms))
    return pieces, lost
