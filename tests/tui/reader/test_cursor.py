"""Moves, marks and units, as a researcher makes them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kodebok.domain.span import Edit, Span
from kodebok.tui.reader import cursor as moves
from kodebok.tui.reader.cells import clusters
from kodebok.tui.reader.cursor import PAGES, ROWS, STEPS, Cursor, Ground
from kodebok.tui.reader.document import ReaderDocument
from kodebok.tui.reader.lanes import Lanes
from kodebok.tui.reader.units import Unit, unit_at

from .builders import INTERVIEW, at, coded, document, ground, turns_of_lines, words_of
from .test_layout import TEXTS, WIDTHS, laid_out

SOURCE = document(*INTERVIEW)
EVERY_MOVE = sorted({*STEPS, *ROWS, *PAGES})


def rest_after(name: str, start: str, source=SOURCE, **kwargs) -> str:
    """What stands from the cursor on after a move, up to the end of the line."""
    moved = moves.move(ground(source, **kwargs), at(source, start), name)
    return source.text[moved.offset :].split("\n")[0]


@pytest.mark.parametrize(
    ("name", "start", "rest"),
    [
        ("next-character", "tvil.", "vil. Alle faggrupper står rundt tavla."),
        ("previous-character", "vil.", "tvil. Alle faggrupper står rundt tavla."),
        ("next-word", "orgenmøtet", "Uten tvil. Alle faggrupper står rundt tavla."),
        ("next-word", "tavla.", "Brukes de fire meterne?"),
        ("previous-word", "vil.", "tvil. Alle faggrupper står rundt tavla."),
        ("previous-word", "Morgenmøtet", "med?"),
        ("next-sentence", "Uten", "Alle faggrupper står rundt tavla."),
        ("next-sentence", "Alle", "Brukes de fire meterne?"),
        ("previous-sentence", "tvil", "Uten tvil. Alle faggrupper står rundt tavla."),
        ("previous-sentence", "Morgenmøtet", "Hva er du mest fornøyd med?"),
        ("next-turn", "tvil", "Brukes de fire meterne?"),
        ("next-turn", "Noen", ""),
        ("previous-turn", "tvil", "Morgenmøtet. Uten tvil. Alle faggrupper står rundt tavla."),
        ("previous-turn", "Brukes", "Morgenmøtet. Uten tvil. Alle faggrupper står rundt tavla."),
        ("source-start", "tvil", "Hva er du mest fornøyd med?"),
        ("source-end", "tvil", ""),
    ],
)
def test_moves_by_units(name, start, rest):
    assert rest_after(name, start) == rest


def test_a_compound_with_a_hyphen_is_one_word_from_wherever_one_starts():
    source = document("Vi i BTI-arbeidet møtes")
    assert rest_after("next-word", "-arbeidet", source) == "møtes"
    assert rest_after("previous-word", "arbeidet", source) == "BTI-arbeidet møtes"


def test_down_keeps_its_cell_over_a_short_row_and_passes_over_gaps():
    source = document("en lang replikk her", "nei", "og en lang til her")
    place = ground(source, width=40)
    first = moves.move(place, at(source, "replikk"), "next-row")
    assert source.text[first.offset - 3 : first.offset] == "nei"
    second = moves.move(place, first, "next-row")
    assert source.text[second.offset :] == "ng til her"


def test_down_from_the_last_row_goes_to_the_end_and_up_from_the_first_to_the_start():
    source = document("en", "to")
    place = ground(source)
    assert moves.move(place, at(source, "to"), "next-row").offset == len(source.text)
    assert moves.move(place, Cursor(1), "previous-row").offset == 0


def test_a_row_has_a_start_and_an_end():
    source = document("Vi fikk bort veggene")
    assert rest_after("row-start", "rt veggene", source, width=8) == "bort veggene"
    assert rest_after("row-end", "rt veggene", source, width=8) == " veggene"
    assert rest_after("row-end", "ene", source, width=8) == ""


def test_codings_are_gone_through_in_both_directions():
    spans = [coded(SOURCE, "Uten tvil"), coded(SOURCE, "Noen mer")]
    place = ground(SOURCE, *spans)
    first = moves.move(place, Cursor(0), "next-coding")
    second = moves.move(place, first, "next-coding")
    assert [first.offset, second.offset] == [span.start for span in spans]
    assert moves.move(place, second, "next-coding") == second
    assert moves.move(place, second, "previous-coding").offset == first.offset


def test_uncoded_turns_are_participants_turns_with_words():
    source = document("i: Hva?", "p: Ja, her.", "p: Nei.", "p: ", "i: Jo?", "p: Kanskje.")
    place = ground(source, coded(source, "her"))
    first = moves.move(place, Cursor(0), "next-uncoded-turn")
    second = moves.move(place, first, "next-uncoded-turn")
    assert source.text[first.offset :].startswith("Nei.")
    assert source.text[second.offset :] == "Kanskje."
    assert moves.move(place, second, "next-uncoded-turn").offset == second.offset
    assert moves.move(place, second, "previous-uncoded-turn").offset == first.offset


def test_marking_by_words_ends_with_the_last_word():
    cursor = moves.begin_mark(at(SOURCE, "Uten"))
    place = ground(SOURCE)
    for _ in range(3):
        cursor = moves.move(place, cursor, "next-word")
    assert words_of(SOURCE, cursor.span) == "Uten tvil. Alle"


def test_marking_by_sentences_and_turns_ends_with_them():
    place = ground(SOURCE)
    begun = moves.begin_mark(at(SOURCE, "Uten"))
    sentence = moves.move(place, begun, "next-sentence")
    assert words_of(SOURCE, sentence.span) == "Uten tvil."
    turn = moves.move(place, sentence, "next-turn")
    assert words_of(SOURCE, turn.span) == "Uten tvil. Alle faggrupper står rundt tavla."


def test_marking_backwards_goes_to_the_beginnings_of_words():
    cursor = moves.begin_mark(at(SOURCE, " Alle"))
    place = ground(SOURCE)
    for _ in range(2):
        cursor = moves.move(place, cursor, "previous-word")
    assert words_of(SOURCE, cursor.span) == "Uten tvil."
    assert moves.swap_ends(cursor).span == cursor.span
    assert moves.swap_ends(cursor).offset == cursor.span.end


def test_a_plain_move_lets_go_unless_one_is_marking():
    place = ground(SOURCE)
    shifted = moves.move(place, at(SOURCE, "Uten"), "next-word", extend=True)
    assert words_of(SOURCE, shifted.span) == "Uten"
    assert moves.move(place, shifted, "next-word").span is None
    marked = moves.select_unit(place, at(SOURCE, "vil."), Unit.SENTENCE)
    longer = moves.move(place, marked, "next-sentence")
    assert words_of(SOURCE, longer.span) == "Uten tvil. Alle faggrupper står rundt tavla."
    assert moves.begin_mark(longer).span is None


def test_a_selection_grows_by_units_and_shrinks_back_to_its_beginning():
    place = ground(SOURCE)
    cursor = at(SOURCE, "vil.")
    seen = []
    for step in (moves.grow, moves.grow, moves.grow, moves.grow, moves.shrink, moves.shrink):
        cursor = step(place, cursor)
        seen.append(words_of(SOURCE, cursor.span))
    turn = "Morgenmøtet. Uten tvil. Alle faggrupper står rundt tavla."
    assert seen == ["tvil", "Uten tvil.", turn, turn, "Uten tvil.", "tvil"]
    assert moves.shrink(place, cursor).span is None


def test_the_word_nearest_is_marked_when_the_cursor_stands_between_words():
    source = document("Ja ... ", "nei")
    place = ground(source)
    assert words_of(source, moves.select_unit(place, Cursor(4), Unit.WORD).span) == "Ja"
    assert words_of(source, moves.select_unit(place, Cursor(2), Unit.WORD).span) == "Ja"


def test_nothing_is_marked_in_an_empty_turn():
    source = document("Ja", "", "nei")
    place = ground(source)
    for unit in Unit:
        assert moves.select_unit(place, Cursor(3), unit).span is None
    assert moves.grow(place, Cursor(3)).span is None


def test_the_character_that_is_meant_is_the_last_one_marked():
    assert Cursor(10, 4).focus == 9
    assert Cursor(4, 10).focus == 4
    assert Cursor(4).focus == 4


def test_white_space_at_the_ends_is_not_marked():
    assert moves.trimmed("a  b \n c", Span(1, 7)) == Span(3, 4)
    assert moves.trimmed("a  b", Span(1, 3)) is None


def test_the_selection_keeps_its_words_when_the_turn_before_is_corrected():
    begun = SOURCE.text.index("Uten tvil")
    edit = Edit(0, "Hva", "Og hva")
    for cursor in (Cursor(begun + 9, begun), Cursor(begun, begun + 9)):
        carried = moves.carry(cursor, edit)
        text = edit.apply(SOURCE.text)
        assert text[carried.span.start : carried.span.end] == "Uten tvil"
        assert (carried.offset < carried.anchor) == (cursor.offset < cursor.anchor)


def test_the_cursor_inside_what_is_taken_out_ends_up_behind_what_is_put_in():
    assert moves.carry(Cursor(5), Edit(3, "abcd", "xy")) == Cursor(5)
    assert moves.carry(Cursor(6, 4), Edit(3, "abcd", "")) == Cursor(3)
    assert moves.carry(Cursor(2), Edit(3, "abcd", "xy")) == Cursor(2)
    assert moves.carry(Cursor(9), Edit(3, "abcd", "xy")) == Cursor(7)


@given(TEXTS, WIDTHS, st.lists(st.sampled_from(EVERY_MOVE), max_size=12), st.booleans())
def test_no_move_leaves_the_text_or_stands_inside_a_sign(text, width, names, marking):
    layout = laid_out(text, width)
    source = ReaderDocument(text, tuple(turns_of_lines(text.split("\n"))))
    place = Ground(source, layout, Lanes((), layout.row_of), 4)
    between = {0, len(text)} | {start for start, _, _ in clusters(text)}
    cursor = moves.begin_mark(Cursor(0)) if marking else Cursor(0)
    for name in names:
        cursor = moves.move(place, cursor, name)
        assert cursor.offset in between


@given(TEXTS, st.data())
def test_units_lie_in_one_another(text, data):
    turns = tuple(turns_of_lines(text.split("\n")))
    offset = data.draw(st.integers(0, len(text)))
    turn = unit_at(text, turns, Unit.TURN, offset)
    for unit in (Unit.WORD, Unit.SENTENCE):
        span = unit_at(text, turns, unit, offset)
        if span is not None:
            assert turn is not None
            assert turn.contains(span)
