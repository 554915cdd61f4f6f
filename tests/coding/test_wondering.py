"""A wondering stands on its passage, and can be changed, found, taken away and undone."""

from __future__ import annotations

from pathlib import Path

import pytest

from kodebok.coding.wondering import find_wondering, forget, wonder
from kodebok.domain.span import Span
from kodebok.errors import WrongUseError
from kodebok.storage.history import undo
from kodebok.storage.sources import load_text, remove_source
from kodebok.storage.wonderings import load_wonderings
from tests.builders import add_interview, coder_of, correct, make_store, span_of


def test_a_wondering_follows_its_words_through_a_correction(tmp_path: Path) -> None:
    with make_store(tmp_path) as store:
        source, me = add_interview(store), coder_of(store)
        made = wonder(
            store, me, source, span_of(store, source, "Det faste møtet"), "Fast?", "Lewin"
        )
        correct(store, source, "Vi møtes", "Vi i hjemmetjenesten møtes")
        (kept,) = load_wonderings(store, source)
        assert (kept.id, kept.surprise, kept.theory) == (made.id, "Fast?", "Lewin")
        assert load_text(store, source)[kept.start : kept.end] == "Det faste møtet"


def test_a_wondering_whose_words_are_taken_out_stays_on_the_place(tmp_path: Path) -> None:
    with make_store(tmp_path) as store:
        source, me = add_interview(store), coder_of(store)
        wonder(store, me, source, span_of(store, source, "onsdag"))
        correct(store, source, "hver onsdag", "ofte")
        (kept,) = load_wonderings(store, source)
        assert kept.start <= kept.end
        undo(store, me)
        (back,) = load_wonderings(store, source)
        assert load_text(store, source)[back.start : back.end] == "onsdag"


def test_a_second_wondering_on_the_same_words_changes_the_first(tmp_path: Path) -> None:
    with make_store(tmp_path) as store:
        source, me = add_interview(store), coder_of(store)
        place = span_of(store, source, "Det faste møtet")
        wonder(store, me, source, place, "Fast?")
        wonder(store, me, source, Span(place.start - 1, place.end), "Er det fast?")
        (kept,) = load_wonderings(store)
        assert kept.surprise == "Er det fast?"


def test_a_wondering_is_found_by_the_beginning_of_its_id_and_taken_away(tmp_path: Path) -> None:
    with make_store(tmp_path) as store:
        source, me = add_interview(store), coder_of(store)
        made = wonder(store, me, source, span_of(store, source, "onsdag"))
        forget(store, me, find_wondering(store, made.id[:8]))
        assert load_wonderings(store) == []
        undo(store, me)
        assert [kept.id for kept in load_wonderings(store)] == [made.id]
        with pytest.raises(WrongUseError, match="K345"):
            find_wondering(store, "0000")


def test_a_wondering_goes_with_its_source(tmp_path: Path) -> None:
    with make_store(tmp_path) as store:
        source, me = add_interview(store), coder_of(store)
        wonder(store, me, source, span_of(store, source, "onsdag"))
        with store.act("source.remove", me, source) as act:
            remove_source(act, source)
        assert load_wonderings(store) == []
