"""Rows: what stands in them, and where an offset is on the screen."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kodebok.domain.source import Turn
from kodebok.domain.text import canonicalise
from kodebok.tui.reader.cells import cells, clip, clusters, is_plain, shown
from kodebok.tui.reader.document import ReaderDocument
from kodebok.tui.reader.layout import Layout, RowKind, break_clusters, break_plain

from .builders import document, turns_of_lines

FAMILY = "👨‍👩‍👧"
SIGNS = st.sampled_from(
    ["a", "b", "æ", " ", " ", "-", "\n", "\t", "語", "x\u0304", FAMILY, "☀\ufe0f", "\u200b", "\x1b"]
)
TEXTS = st.lists(SIGNS, max_size=60).map("".join).map(canonicalise)
WIDTHS = st.integers(min_value=1, max_value=25)


def laid_out(text: str, width: int) -> Layout:
    return Layout(text, list(turns_of_lines(text.split("\n"))), width)


def shown_rows(source: ReaderDocument, width: int) -> list[str]:
    layout = Layout(source.text, source.turns, width)
    rows = [layout.row(index) for index in range(layout.row_count)]
    return ["" if row.kind is RowKind.GAP else layout.words_of(row) for row in rows]


def test_words_are_kept_whole_and_the_space_hangs_at_the_end_of_the_row():
    assert shown_rows(document("Vi fikk bort veggene mellom oss"), 8) == [
        "Vi fikk ",
        "bort ",
        "veggene ",
        "mellom ",
        "oss",
        "",
    ]


def test_a_word_longer_than_the_row_is_broken():
    assert shown_rows(document("samhandlingsreformen"), 8) == ["samhandl", "ingsrefo", "rmen", ""]


def test_a_gap_stands_after_every_turn_and_an_empty_turn_has_a_row():
    assert shown_rows(document("Ja.", "", "Nei."), 20) == ["Ja.", "", "", "", "Nei.", ""]


def test_wide_signs_take_two_cells():
    assert shown_rows(document("語語語語 語"), 4) == ["語語", "語語 ", "語", ""]


def test_a_joined_emoji_is_never_torn_apart():
    assert shown_rows(document(FAMILY * 3), 4) == [FAMILY * 2, FAMILY, ""]


def test_headings_are_rows_of_their_own():
    source = document("i: Hva?", "p: Ja.")
    layout = Layout(source.text, source.turns, 20, frozenset({0, 1}))
    kinds = [layout.row(index).kind.value for index in range(layout.row_count)]
    assert kinds == ["heading", "text", "gap"] * 2
    assert layout.row_of(source.text.index("Ja")) == 4
    assert layout.offset_at(3, 0) == source.text.index("Ja")
    assert layout.offset_at(2, 0) == source.text.index("\n")


def test_the_place_after_the_last_sign_is_in_the_last_row():
    layout = laid_out("Ja.\n", 10)
    assert layout.position(4) == (2, 0)
    assert layout.offset_at(2, 7) == 4
    assert layout.offset_at(0, 7) == 3


@given(TEXTS, WIDTHS)
def test_rows_cover_the_text_exactly_once(text, width):
    layout = laid_out(text, width)
    rows = [layout.row(index) for index in range(layout.row_count)]
    covered = [row for row in rows if row.kind is RowKind.TEXT]
    assert covered[0].start == 0
    assert covered[-1].end == len(text)
    assert all(a.end == b.start for a, b in pairwise(covered))
    assert all(row.start < row.end for row in covered[:-1])


@given(TEXTS, WIDTHS)
def test_no_row_is_wider_than_the_screen_but_for_one_hanging_space(text, width):
    layout = laid_out(text, width)
    for index in range(layout.row_count):
        words = layout.words_of(layout.row(index))
        if len(list(clusters(words))) > 1:
            assert cells(words.removesuffix(" ")) <= width


@given(TEXTS, WIDTHS)
def test_every_visible_sign_is_found_again_by_its_row_and_cell(text, width):
    layout = laid_out(text, width)
    for start, _, size in clusters(text):
        row, x = layout.position(start)
        assert layout.row(row).start <= start
        if size:
            assert layout.offset_at(row, x) == start
            assert layout.offset_at(row, x + size - 1) == start
    assert layout.offset_at(*layout.position(len(text))) == len(text)


@given(st.text(alphabet="ab æ-", max_size=80), WIDTHS)
def test_the_quick_way_breaks_plain_text_as_the_thorough_one_does(text, width):
    assert is_plain(text)
    assert break_plain(text, width) == break_clusters(text, width)


@given(st.lists(TEXTS.map(lambda text: text.replace("\n", " ")), min_size=1, max_size=6), WIDTHS)
def test_a_layout_made_from_a_former_one_is_the_same_as_a_fresh_one(lines, width):
    former = laid_out("\n".join(["Noe annet her", *lines, "og her"]), width)
    fresh = laid_out("\n".join(lines), width)
    reused = Layout(fresh.text, list(turns_of_lines(lines)), width, former=former)
    assert [reused.row(i) for i in range(reused.row_count)] == [
        fresh.row(i) for i in range(fresh.row_count)
    ]


@given(TEXTS)
def test_clusters_cover_the_text_exactly_once(text):
    spans = list(clusters(text))
    assert "".join(text[start:end] for start, end, _ in spans) == text


def test_what_would_steer_the_terminal_is_never_sent():
    assert shown("a\x1b[31m\tb\u202e\x07") == "a␛[31m    b\u200b␇"
    assert cells("a\tb") == 6


def test_a_long_name_is_cut_with_a_mark():
    assert clip("Fagutviklingssykepleier", 8, "…") == "Fagutvi…"
    assert clip("語語語", 4, "…") == "語…"
    assert clip("Kari", 8, "…") == "Kari"


@pytest.mark.parametrize(
    "turns",
    [
        (Turn(0, "s", 0, 2),),
        (Turn(0, "s", 1, 3),),
        (Turn(0, "s", 0, 1), Turn(1, "s", 1, 3)),
        (Turn(0, "s", 0, 9),),
    ],
)
def test_turns_that_do_not_cover_the_text_are_refused(turns):
    with pytest.raises(ValueError, match="turns"):
        ReaderDocument("abc", turns)


def test_a_text_without_turns_is_one_turn():
    assert [turn.span for turn in ReaderDocument("abc").turns] == [Turn(0, "", 0, 3).span]
