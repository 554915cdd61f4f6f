"""Each way of working has words and defaults, and says where they come from."""

import pytest

from kodebok.domain.code import Origin
from kodebok.domain.method import REFERENCES, Part, Term, profile_of
from kodebok.domain.project import Method


@pytest.mark.parametrize("method", list(Method))
def test_every_way_of_working_has_a_word_for_every_part(method):
    profile = profile_of(method)
    assert profile.method is method
    assert set(profile.words) == set(Part)
    assert profile.columns[0] is Part.UNIT
    assert Part.CODE in profile.columns


@pytest.mark.parametrize("method", [method for method in Method if method is not Method.UNDECIDED])
def test_every_chosen_way_of_working_names_its_sources(method):
    sources = profile_of(method).sources
    assert sources
    for source in sources:
        year = source.rpartition(" ")[2]
        assert f"({year})" in REFERENCES[source]


def test_what_is_undecided_leans_on_nobody():
    assert profile_of(Method.UNDECIDED).sources == ()


def test_no_reference_is_left_that_nothing_rests_on():
    assert {s for method in Method for s in profile_of(method).sources} == set(REFERENCES)


def test_every_term_is_used_by_some_way_of_working():
    used = {word.value for method in Method for word in profile_of(method).words.values()}
    assert used == set(Term)


def test_only_the_reflexive_analysis_begins_without_numbers():
    without = [m for m in Method if not profile_of(m).counts_first.value]
    assert without == [Method.REFLEXIVE]


def test_only_codebook_analysis_takes_codes_from_theory_and_before_reading():
    deductive = [m for m in Method if profile_of(m).code_origin.value is Origin.DEDUCTIVE]
    first = [m for m in Method if profile_of(m).codebook_first.value]
    assert deductive == first == [Method.CODEBOOK]


def test_two_ways_of_working_condense_passage_by_passage():
    condensing = [m for m in Method if profile_of(m).condenses.value]
    assert condensing == [Method.CONDENSATION, Method.CONTENT_ANALYSIS]


def test_a_way_that_condenses_shows_the_condensed_words():
    for method in Method:
        profile = profile_of(method)
        if profile.condenses.value:
            assert Part.CONDENSED in profile.columns
