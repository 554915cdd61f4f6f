"""Search, and coding the hits together."""

import pytest

from kodebok.coding import finding
from kodebok.coding.finding import SearchScope, find, parse_choice
from kodebok.domain.coding import CodingOrigin
from kodebok.errors import WrongUseError
from kodebok.storage import codings, history
from tests.builders import add_case, add_code, add_interview, coder_of, make_store

ONE = "I: Hva med møter?\nR: Møtene er faste. Faste møter hver uke.\nR: På fjellet er det kaldt."
TWO = "I: Pa fjellet?\nR: Vi har ikke møte."


@pytest.fixture
def study(tmp_path):
    store = make_store(tmp_path)
    one = add_interview(store, ONE, "I1", case="Informant 1")
    two = add_interview(store, TWO, "I2", case="Informant 2")
    return store, one, two


def texts(store, typed, scope=None, **how):
    return [hit.text for hit in find(store, typed, scope, **how)]


def test_words_phrases_and_prefixes_are_found_without_regard_to_case(study):
    store, _, _ = study
    assert texts(store, "møter") == ["møter", "møter"]
    assert texts(store, "møte*") == ["møter", "Møtene", "møter", "møte"]
    assert texts(store, '"faste møter"') == ["Faste møter"]
    assert texts(store, "faste uke") == ["faste", "Faste", "uke"]


def test_a_with_ring_is_another_letter(study):
    store, _, _ = study
    assert texts(store, "på") == ["På"]
    assert texts(store, "pa") == ["Pa"]


def test_signs_of_the_index_language_are_plain_text(study):
    store, _, _ = study
    for typed in ('møter" OR "', "NEAR(", "møter -faste", "(((", "møter AND", "text:møter"):
        try:
            find(store, typed)
        except WrongUseError as error:
            assert error.code == "K340"


def test_a_pattern_is_searched_and_a_bad_one_is_explained(study):
    store, _, _ = study
    assert texts(store, r"m[øo]te\w*", regex=True) == ["møter", "Møtene", "møter", "møte"]
    with pytest.raises(WrongUseError, match="K341"):
        find(store, "(", regex=True)
    with pytest.raises(WrongUseError, match="K342"):
        find(store, "x*", regex=True)
    with pytest.raises(WrongUseError, match="K340"):
        find(store, "  ")


def test_hits_say_where_they_stand_and_who_speaks(study):
    store, one, _ = study
    hit = find(store, "kaldt")[0]
    assert (hit.source, hit.speaker, hit.case) == ("I1", "R", "Informant 1")
    assert hit.context[hit.start - hit.context_start : hit.end - hit.context_start] == "kaldt"
    assert hit.source_id == one


def test_the_search_is_kept_to_sources_participants_and_codes(study):
    store, one, two = study
    case = add_case(store, "Informant 2")
    assert texts(store, "møte*", SearchScope(source_ids=(two,))) == ["møte"]
    assert texts(store, "møte*", SearchScope(case_ids=(case,))) == ["møte"]
    code = add_code(store, "Møter")
    hits = find(store, '"faste møter"', SearchScope(source_ids=(one,)))
    finding.code_hits(store, coder_of(store), hits, [code], turns=False)
    assert texts(store, "møte*", SearchScope(code_ids=(code,))) == ["møter"]
    assert texts(store, "møte*", limit=2) == ["møter", "Møtene"]


def test_chosen_hits_are_coded_together_and_remember_the_search(study):
    store, _, _ = study
    code = add_code(store, "Møter")
    hits = find(store, "møte*")
    chosen = [hits[n - 1] for n in parse_choice("2,4", len(hits))]
    added = finding.code_hits(store, coder_of(store), chosen, [code])
    assert [c.text for c in added] == [
        "Møtene er faste. Faste møter hver uke.",
        "Vi har ikke møte.",
    ]
    assert {c.origin for c in added} == {CodingOrigin.SEARCH}
    history.undo(store, coder_of(store))
    assert codings.load_codings(store) == []


def test_two_hits_in_one_turn_code_the_turn_once(study):
    store, _, _ = study
    hits = find(store, "faste")
    added = finding.code_hits(store, coder_of(store), hits, [add_code(store, "A")])
    assert len(hits) == 2
    assert len(added) == 1


@pytest.mark.parametrize(
    ("typed", "numbers"), [("1,3-5", [1, 3, 4, 5]), ("alle", [1, 2, 3, 4, 5]), ("2, 2", [2])]
)
def test_a_choice_of_hits_is_understood(typed, numbers):
    assert parse_choice(typed, 5) == numbers


@pytest.mark.parametrize("typed", ["", "0", "6", "3-1", "a", "1-", "1;2", "1-99999999"])
def test_a_choice_that_cannot_be_is_refused(typed):
    with pytest.raises(WrongUseError, match=r"K34[34]"):
        parse_choice(typed, 5)
