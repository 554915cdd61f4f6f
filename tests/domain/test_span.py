"""Spans, and how they follow the text when it is edited."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kodebok.domain.diff import diff_edits
from kodebok.domain.span import Edit, Span, carry_span, merge_spans, trim_edit

TEXT = "Vi møtes hver onsdag på huset"


def covered(text: str, span: Span | None) -> str | None:
    return text[span.start : span.end] if span else None


def span_of(words: str, text: str = TEXT) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


@pytest.mark.parametrize(
    ("coded", "removed", "inserted", "kept"),
    [
        ("Vi møtes", "onsdag", "tirsdag", "Vi møtes"),
        ("på huset", "onsdag", "tirsdag", "på huset"),
        ("hver onsdag på", "onsdag", "mandag", "hver mandag på"),
        ("onsdag", "onsdag", "fredag", "fredag"),
        ("hver on", "onsdag", "fredag", "hver fredag"),
        ("dag på", "onsdag", "fredag", "fredag på"),
        ("onsdag", "hver onsdag på", "", None),
        ("onsdag", "hver onsdag på", "alltid", "alltid"),
        ("hver onsdag", "onsdag på", "", "hver "),
        ("møtes hver", " hver", "", "møtes"),
    ],
)
def test_a_coding_keeps_its_own_words_and_takes_the_corrected_one(
    coded: str, removed: str, inserted: str, kept: str | None
) -> None:
    edit = Edit(TEXT.index(removed), removed, inserted)
    assert covered(edit.apply(TEXT), carry_span(span_of(coded), edit)) == kept


def test_words_put_in_at_a_border_stay_outside_the_coding() -> None:
    coded = span_of("hver onsdag")
    before, after = Edit(coded.start, "", "nesten "), Edit(coded.end, "", " kveld")
    assert covered(before.apply(TEXT), carry_span(coded, before)) == "hver onsdag"
    assert covered(after.apply(TEXT), carry_span(coded, after)) == "hver onsdag"


@st.composite
def edits(draw: st.DrawFn) -> tuple[str, Edit]:
    text = draw(st.text(alphabet="abc æ\n", max_size=30))
    start = draw(st.integers(0, len(text)))
    end = draw(st.integers(start, len(text)))
    return text, Edit(start, text[start:end], draw(st.text(alphabet="abcx", max_size=8)))


@st.composite
def edits_with_span(draw: st.DrawFn) -> tuple[str, Edit, Span]:
    text, edit = draw(edits().filter(lambda pair: len(pair[0]) > 0))
    start = draw(st.integers(0, len(text) - 1))
    return text, edit, Span(start, draw(st.integers(start + 1, len(text))))


@given(edits_with_span())
def test_a_passage_outside_the_edit_stays_identical_to_the_character(
    drawn: tuple[str, Edit, Span],
) -> None:
    text, edit, span = drawn
    carried = carry_span(span, edit)
    if span.end <= edit.start or span.start >= edit.end:
        assert covered(edit.apply(text), carried) == covered(text, span)


@given(edits_with_span())
def test_a_carried_passage_holds_what_is_left_of_its_words(drawn: tuple[str, Edit, Span]) -> None:
    text, edit, span = drawn
    carried = carry_span(span, edit)
    own_head = text[span.start : max(span.start, min(span.end, edit.start))]
    own_tail = text[min(span.end, max(span.start, edit.end)) : span.end]
    if carried is None:
        assert own_head + own_tail == ""
        return
    after = edit.apply(text)
    assert 0 <= carried.start < carried.end <= len(after)
    words = after[carried.start : carried.end]
    assert words.startswith(own_head)
    assert words.endswith(own_tail)


@given(edits_with_span())
def test_a_passage_outside_the_edit_comes_back_with_its_inverse(
    drawn: tuple[str, Edit, Span],
) -> None:
    text, edit, span = drawn
    assert edit.inverse().apply(edit.apply(text)) == text
    if span.end < edit.start or span.start > edit.end:
        carried = carry_span(span, edit)
        assert carried is not None
        assert carry_span(carried, edit.inverse()) == span


@given(edits())
def test_a_trimmed_edit_does_the_same_and_shares_no_border(drawn: tuple[str, Edit]) -> None:
    text, edit = drawn
    small = trim_edit(edit)
    assert small.apply(text) == edit.apply(text)
    if small.removed and small.inserted:
        assert small.removed[0] != small.inserted[0]
        assert small.removed[-1] != small.inserted[-1]
    assert len(small.removed) <= len(edit.removed)


def test_trimming_leaves_the_words_that_both_share() -> None:
    assert trim_edit(Edit(3, "hver onsdag her", "hver mandag her")) == Edit(8, "ons", "man")
    assert trim_edit(Edit(3, "aa", "aaa")) == Edit(5, "", "a")


@pytest.mark.parametrize(
    "edit", [Edit(3, "feil", ""), Edit(-1, "", "x"), Edit(len(TEXT) + 1, "", "x")]
)
def test_an_edit_that_does_not_fit_the_text_is_refused(edit: Edit) -> None:
    with pytest.raises(ValueError, match="does not stand at that offset"):
        edit.apply(TEXT)


SPANS = st.lists(
    st.builds(
        lambda start, length: Span(start, start + length), st.integers(0, 30), st.integers(1, 9)
    )
)


@given(SPANS)
def test_merged_passages_cover_the_same_characters_once(spans: list[Span]) -> None:
    merged = merge_spans(spans)
    places = [place for span in merged for place in range(span.start, span.end)]
    assert len(places) == len(set(places))
    assert set(places) == {place for span in spans for place in range(span.start, span.end)}
    assert all(a.end < b.start for a, b in pairwise(merged))


def test_touching_passages_overlap_not_but_are_merged() -> None:
    assert not Span(0, 3).overlaps(Span(3, 5))
    assert Span(0, 4).overlaps(Span(3, 5))
    assert Span(0, 5).contains(Span(3, 5))
    assert not Span(0, 4).contains(Span(3, 5))
    assert merge_spans([Span(3, 5), Span(0, 3)]) == [Span(0, 5)]


LINES = st.text(alphabet="ab c,.", max_size=40)


@given(LINES, LINES, st.integers(0, 5))
def test_a_rewritten_text_is_reached_by_its_edits_one_by_one(old: str, new: str, at: int) -> None:
    text = "x" * at + old
    for edit in diff_edits(old, new, at):
        text = edit.apply(text)
    assert text == "x" * at + new
