"""The parts under the sound screens: what counts as heard, which rows change, which words exist."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kodebok
from kodebok.domain.recording import WordTime
from kodebok.domain.source import Turn
from kodebok.domain.span import Span
from kodebok.domain.timeline import TimeLine
from kodebok.tui.listening import NEAR_MS, HeardRun
from kodebok.tui.reader.paint import changed_rows, paint_row
from tests.tui.reader.builders import document
from tests.tui.reader.test_paint import picture
from tests.tui.test_catalogue import PLACEHOLDER, _texts_of_room

TURNS = [Turn(n, "s", n * 10, n * 10 + 9) for n in range(6)]
WORDS = [
    WordTime(n, "s", n * 10, n * 10 + 9, n * 10_000, n * 10_000 + 9_000, 0.9) for n in range(6)
]


def heard(positions: list[int | None]) -> set[Span]:
    """The turns that are heard when the sound is at these places; None is a jump."""
    run = HeardRun(TimeLine(WORDS), TURNS)
    found: set[Span] = set()
    for position in positions:
        if position is None:
            run.jump()
        else:
            found |= set(run.hear(position))
    return found


@given(st.integers(0, 60_000), st.integers(0, 60_000))
def test_just_the_turns_that_were_played_whole_are_heard(begin: int, length: int) -> None:
    end = min(begin + length, 60_000)
    whole = {
        turn.span
        for turn, word in zip(TURNS, WORDS, strict=True)
        if begin <= word.start_ms + NEAR_MS and word.end_ms - NEAR_MS <= end
    }
    assert heard([*range(begin, end, 97), end]) == whole


@given(st.lists(st.integers(0, 60_000), min_size=1))
def test_jumps_alone_never_make_a_turn_heard(places: list[int]) -> None:
    assert heard([step for place in places for step in (None, place)]) == set()


def test_going_back_within_what_was_played_loses_nothing() -> None:
    assert heard([10_000, 15_000, 12_000, 19_000]) == {TURNS[1].span}


def test_only_the_rows_of_the_word_that_sounds_are_drawn_anew() -> None:
    shown = picture(document(*(f"i: ord nummer {n}" for n in range(40))))
    before = replace(shown, played=Span(0, 3))
    after = replace(shown, played=Span(4, 10))
    rows = {row for first, last in changed_rows(before, after) for row in range(first, last + 1)}
    differing = {
        row
        for row in range(shown.layout.row_count)
        if paint_row(before, row) != paint_row(after, row)
    }
    assert differing
    assert differing <= rows
    assert len(rows) <= 2


@pytest.mark.parametrize("code", ["nb", "nn"])
def test_every_text_on_sound_is_translated_with_the_same_placeholders(code: str) -> None:
    path = Path(kodebok.__file__).parent / "locale" / code / "sound_screen.json"
    catalogue = json.loads(path.read_text(encoding="utf-8"))
    texts = _texts_of_room("sound_screen")
    assert texts ^ catalogue.keys() == set()
    for text, entry in catalogue.items():
        for wording in [entry] if isinstance(entry, str) else entry:
            assert set(PLACEHOLDER.findall(wording)) == set(PLACEHOLDER.findall(text)), text
