"""Forms of a name point to the name: genitive, compound, the people of a place, a slip."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kodebok.anonymise.by_list import known_place_in
from kodebok.anonymise.word_forms import first_part, one_letter_off, without_genitive


@pytest.mark.parametrize(
    ("word", "name"),
    [("Karis", "Kari"), ("Mads'", "Mads"), ("Mads’", "Mads"), ("Kari's", "Kari"), ("FNs", "FN")],
)
def test_a_genitive_points_to_its_name(word, name):
    assert name in list(without_genitive(word))


def test_the_s_of_oss_is_no_genitive():
    assert list(without_genitive("oss")) == ["oss"]


@pytest.mark.parametrize(
    ("word", "place"),
    [
        ("bindal", "bindal"),
        ("bindals", "bindal"),
        ("bindalsværing", "bindal"),
        ("bindalsværingen", "bindal"),
        ("bodøværingar", "bodø"),
        ("sunnmøring", "sunnmøre"),
        ("namsosing", "namsos"),
        ("namsos-sykehuset", "namsos"),
        ("nærøykommunen", "nærøy"),
        ("bindalsskolen", "bindal"),
        ("guovdageaidnu", "guovdageaidnu"),
        ("porsanki", "porsanki"),
    ],
)
def test_a_place_is_known_in_its_forms(word, place):
    assert known_place_in(word) == place


@pytest.mark.parametrize(
    "word", ["oss", "landing", "timing", "stranding", "morgenmøtet", "freista"]
)
def test_an_ordinary_word_is_no_form_of_a_place(word):
    assert known_place_in(word) == ""


def test_the_head_of_a_compound_is_its_name_but_a_double_name_stays_whole():
    assert first_part("Namsos-sykehuset") == "Namsos"
    assert first_part("Anne-Lise") == ""


@pytest.mark.parametrize("slip", ["Solveg", "Sollveig", "Solvieg", "Solveij"])
def test_a_slip_of_the_pen_is_one_letter_off(slip):
    assert one_letter_off("Solveig", slip)
    assert one_letter_off(slip, "Solveig")


def test_other_names_are_not_one_letter_off():
    assert not one_letter_off("Solveig", "Solveig")
    assert not one_letter_off("Solveig", "Sollvegi")


@given(st.text(min_size=1), st.text(min_size=1))
def test_any_two_words_are_compared_alike_both_ways(first, second):
    assert one_letter_off(first, second) == one_letter_off(second, first)


@given(st.text(min_size=1))
def test_any_word_is_survived(word):
    assert next(iter(without_genitive(word))) == word
    assert all(word.startswith(form) for form in without_genitive(word))
    assert isinstance(known_place_in(word.lower()), str)
