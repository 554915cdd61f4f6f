"""Lanes: every coding has a bar of its own."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kodebok.tui.reader.document import CodedSpan
from kodebok.tui.reader.lanes import Lanes

ROW = 10
SPANS = st.lists(st.tuples(st.integers(0, 120), st.integers(1, 60)), max_size=25).map(
    lambda pairs: [CodedSpan(str(i), a, a + n) for i, (a, n) in enumerate(pairs)]
)


def row_of(offset: int) -> int:
    return offset // ROW


def lanes_of(*spans: CodedSpan) -> Lanes:
    return Lanes(spans, row_of)


def test_codings_far_apart_share_the_lane_next_to_the_text():
    lanes = lanes_of(CodedSpan("a", 0, 5), CodedSpan("b", 30, 40))
    assert lanes.count == 1


def test_two_codings_on_one_row_have_a_lane_each_though_no_word_is_shared():
    lanes = lanes_of(CodedSpan("a", 0, 3), CodedSpan("b", 5, 8))
    assert [(bar.span.id, bar.lane) for bar in lanes.in_row(0)] == [("a", 0), ("b", 1)]


def test_the_longer_of_two_that_begin_together_stands_next_to_the_text():
    lanes = lanes_of(CodedSpan("short", 0, 3), CodedSpan("long", 0, 35))
    assert [(bar.span.id, bar.lane) for bar in lanes.in_row(0)] == [("long", 0), ("short", 1)]
    assert [(bar.first_row, bar.last_row) for bar in lanes.in_row(2)] == [(0, 3)]


def test_the_codings_at_a_place_come_shortest_first():
    lanes = lanes_of(CodedSpan("a", 0, 50), CodedSpan("b", 10, 20), CodedSpan("c", 12, 40))
    assert [span.id for span in lanes.at(15)] == ["b", "c", "a"]
    assert [span.id for span in lanes.at(20)] == ["c", "a"]
    assert lanes.at(50) == []


def test_an_empty_coding_is_left_out():
    assert lanes_of(CodedSpan("a", 4, 4)).count == 0


@given(SPANS)
def test_no_two_bars_of_a_lane_share_a_row(spans):
    lanes = lanes_of(*spans)
    for row in range(20):
        bars = lanes.in_row(row)
        assert len({bar.lane for bar in bars}) == len(bars)
        here = {s.id for s in spans if row_of(s.start) <= row <= row_of(s.end - 1)}
        assert {bar.span.id for bar in bars} == here


@given(SPANS, st.integers(0, 180), st.integers(1, 30))
def test_what_overlaps_is_found_as_by_looking_at_every_coding(spans, start, length):
    end = start + length
    lanes = lanes_of(*spans)
    expected = {s.id for s in spans if s.start < end and s.end > start}
    assert {s.id for s in lanes.overlapping(start, end)} == expected
    assert lanes.covers_any_of(start, end) == bool(expected)


@given(SPANS, st.randoms(use_true_random=False))
def test_lanes_do_not_depend_on_the_order_in_which_codings_come(spans, dice):
    shuffled = list(spans)
    dice.shuffle(shuffled)
    one, other = lanes_of(*spans), lanes_of(*shuffled)
    assert [one.in_row(row) for row in range(20)] == [other.in_row(row) for row in range(20)]
