"""A quote as it is printed, and whether its source still says it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kodebok.domain.quote import Insertion, Quote, has_drifted, render_quote
from kodebok.domain.span import Span

SAID = "Vi møtes, altså, hver onsdag, og hun kommer alltid."


def span_of(words: str) -> Span:
    start = SAID.index(words)
    return Span(start, start + len(words))


@pytest.mark.parametrize(
    ("cuts", "ellipsis", "printed"),
    [
        ([], "[…]", SAID),
        (["altså,"], "[…]", "Vi møtes, […] hver onsdag, og hun kommer alltid."),
        (["altså,"], "(…)", "Vi møtes, (…) hver onsdag, og hun kommer alltid."),
        ([", altså"], "…", "Vi møtes …, hver onsdag, og hun kommer alltid."),
        ([" og hun kommer alltid"], "[…]", "Vi møtes, altså, hver onsdag, […]."),
        (["Vi møtes,"], "[…]", "[…] altså, hver onsdag, og hun kommer alltid."),
        (["altså, hver", "hver onsdag,"], "[…]", "Vi møtes, […] og hun kommer alltid."),
    ],
)
def test_a_cut_is_marked_where_it_was_made(cuts: list[str], ellipsis: str, printed: str) -> None:
    assert render_quote(SAID, [span_of(cut) for cut in cuts], ellipsis=ellipsis) == printed


def test_the_authors_words_stand_in_brackets() -> None:
    put_in = Insertion(span_of(" kommer").start, "fastlegen")
    assert render_quote(SAID, insertions=[put_in]) == (
        "Vi møtes, altså, hver onsdag, og hun [fastlegen] kommer alltid."
    )


def test_words_put_in_inside_a_cut_follow_its_mark() -> None:
    cut = span_of("hver onsdag")
    put_in = Insertion(cut.start + 3, "ukentlig")
    assert render_quote(SAID, [cut], [put_in]) == (
        "Vi møtes, altså, […] [ukentlig], og hun kommer alltid."
    )


def test_words_put_in_before_a_sign_leave_no_space_before_it() -> None:
    put_in = Insertion(len(SAID) - 1, "til møtet")
    assert render_quote(SAID, insertions=[put_in]).endswith("alltid [til møtet].")


def test_the_speakers_own_brackets_and_signs_stay_as_they_are() -> None:
    said = "Ja (ler) , og [uklart] . Nei"
    assert render_quote(said, [Span(len(said) - 3, len(said))]) == "Ja (ler) , og [uklart] . […]"


@given(st.text(alphabet="ab ,.\n", max_size=40), st.data())
def test_no_word_is_printed_that_was_cut_and_none_is_lost(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    printed = render_quote(text, [Span(start, end)] if end > start else [], ellipsis="§")
    kept = text[:start] + ("§" if end > start else "") + text[end:]
    assert "".join(printed.split()) == "".join(kept.split())


def test_a_quote_drifts_when_the_source_no_longer_says_it() -> None:
    quote = Quote("q", "s", 0, 8, "Vi møtes")
    assert not has_drifted(quote, "Vi  møtes")
    assert has_drifted(quote, "Vi møttes")
    assert has_drifted(replace(quote, text="vi møtes"), "Vi møtes")
