"""Replacements are proposed from our own stock, once for each entity, and lead back to no one."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kodebok.anonymise.generalising import generalise
from kodebok.anonymise.mentions import MentionFinder
from kodebok.anonymise.numbers_in_words import number_in
from kodebok.anonymise.place_names import listed_places
from kodebok.anonymise.pseudonym_stock import Style, given_names, place_stock
from kodebok.anonymise.pseudonyms import propose_replacement
from kodebok.anonymise.spellings import fold
from kodebok.domain.entity import Action, Entity
from kodebok.domain.identifier import IdentifierType as T

PSEUDONYM = Action.PSEUDONYM


def entity(name: str, type_: T = T.PERSON, id_: str = "") -> Entity:
    return Entity(id_ or f"id of {name}", type_, name)


def drawn(names: list[str], type_: T = T.PERSON, **told: object) -> list[str]:
    """A pseudonym for each, as a study draws them one by one."""
    found: list[str] = []
    for number, name in enumerate(names):
        one = entity(name, type_, str(number))
        found.append(propose_replacement(one, PSEUDONYM, [*names, *found], **told))
    return found


def test_a_full_name_gets_a_full_name_and_a_first_name_a_first_name():
    assert len(propose_replacement(entity("Kari Nordmann"), PSEUDONYM).split()) == 2
    assert len(propose_replacement(entity("Kari"), PSEUDONYM).split()) == 1
    assert len(propose_replacement(entity("Anne-Lise"), PSEUDONYM).split()) == 1


def test_a_study_draws_the_same_each_time_and_another_study_something_else():
    one = entity("Kari")
    assert propose_replacement(one, PSEUDONYM, seed="a") == propose_replacement(
        one, PSEUDONYM, seed="a"
    )
    assert len({propose_replacement(one, PSEUDONYM, seed=str(n)) for n in range(20)}) > 5


def test_the_name_itself_does_not_decide_what_is_drawn():
    first, second = entity("Kari", id_="x"), entity("Per", id_="x")
    assert propose_replacement(first, PSEUDONYM) == propose_replacement(second, PSEUDONYM)


def test_given_names_are_neutral_until_a_style_is_chosen():
    assert propose_replacement(entity("Kari"), PSEUDONYM) in given_names(Style.NEUTRAL)
    for style in Style:
        assert propose_replacement(entity("Kari"), PSEUDONYM, style=style) in given_names(style)


def test_a_name_that_the_study_says_anywhere_is_never_drawn():
    said = frozenset(given_names(Style.NEUTRAL)[1:]) | {"kims"}
    name = propose_replacement(entity("Kari"), PSEUDONYM, project_words=said)
    assert fold(name) not in {fold(word) for word in said}
    assert name != "Kim"


@pytest.mark.parametrize("type_", [T.PERSON, T.PLACE, T.ORGANISATION, T.OTHER])
def test_a_thousand_entities_share_no_pseudonym(type_):
    names = [f"Navn{number} Etternavn{number}" for number in range(250)]
    assert len(set(drawn(names, type_))) == len(names)


def test_first_names_go_on_when_the_stock_is_used_up():
    names = drawn([f"Navn{number}" for number in range(300)])
    assert len(set(names)) == 300
    assert all(" " not in name for name in names)


def test_no_invented_place_is_a_real_one():
    real = {fold(place) for place in listed_places()}
    assert len(place_stock()) > 500
    assert not real & {fold(place) for place in place_stock()}


@pytest.mark.parametrize(
    ("name", "ending"),
    [
        ("Namsos sykehus", " sykehus"),
        ("Bindal kommune", " kommune"),
        ("Bindalsskolen", "skolen"),
        ("Fjordlaks AS", " AS"),
        ("Verdighetssenteret Vest", ""),
    ],
)
def test_an_organisation_stays_what_it_is(name, ending):
    words = frozenset({"sykehus", "kommune", "skolen", "as"})
    new = propose_replacement(entity(name, T.ORGANISATION), PSEUDONYM, project_words=words)
    assert new.endswith(ending)
    assert new.split()[0] != name.split()[0]


def test_nav_keeps_its_own_name():
    assert propose_replacement(entity("Nav Bindal", T.ORGANISATION), PSEUDONYM).startswith("Nav ")


def test_a_pseudonym_is_near_no_original():
    for taken in (["Lillevik"], ["Storvika"], ["Robins"], ["Robyn"]):
        finder = MentionFinder([entity(name) for name in taken])
        for number in range(50):
            new = propose_replacement(entity("X", T.PLACE, str(number)), PSEUDONYM, taken)
            assert finder.find(f"i {new} og {new}s") == []


NAMES = st.sampled_from(
    ["Kari", "Kari Nordmann", "Per Hansen", "Robin", "Kim Storvik", "Lillebø", "Namsos sykehus"]
)


@settings(deadline=None)
@given(
    st.lists(st.tuples(NAMES, st.sampled_from(list(T)), st.sampled_from(list(Style))), max_size=25)
)
def test_two_entities_never_share_a_pseudonym(asked):
    originals = [name for name, _type, _style in asked]
    found: list[str] = []
    for number, (name, type_, style) in enumerate(asked):
        one = entity(name, type_, str(number))
        others = [*originals, *found]
        found.append(propose_replacement(one, PSEUDONYM, others, originals, style))
    assert len(set(found)) == len(found)
    words = {fold(word) for name in originals for word in name.split()} - {"sykehus"}
    assert not words & {fold(word) for name in found for word in name.split()}


@given(st.text(max_size=20), st.sampled_from(list(T)), st.sampled_from(list(Action)))
def test_strange_names_are_survived(name, type_, action):
    for language in ("nb", "nn", "en", "xx"):
        assert isinstance(propose_replacement(entity(name, type_), action, language=language), str)


def test_letters_go_on_after_those_that_are_taken():
    assert propose_replacement(entity("Bindal", T.PLACE), Action.LETTER) == "A"
    assert propose_replacement(entity("X"), Action.LETTER, ["A", "kommune B", "[STED-1]"]) == "C"
    assert (
        propose_replacement(entity("X"), Action.LETTER, list("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) == "AA"
    )


@pytest.mark.parametrize(
    ("type_", "language", "taken", "tag"),
    [
        (T.PERSON, "nb", [], "[PERSON-1]"),
        (T.PERSON, "nb", ["[PERSON-2]", "[STED-7]"], "[PERSON-3]"),
        (T.PLACE, "nb", [], "[STED-1]"),
        (T.PLACE, "nn", [], "[STAD-1]"),
        (T.PLACE, "en", [], "[PLACE-1]"),
    ],
)
def test_tags_are_numbered_by_category(type_, language, taken, tag):
    assert propose_replacement(entity("X", type_), Action.TAG, taken, language=language) == tag


def test_what_is_no_name_gets_a_tag_and_not_a_name():
    assert propose_replacement(entity("91234567", T.CONTACT), PSEUDONYM) == "[KONTAKT-1]"


def test_the_rest_has_one_answer():
    assert propose_replacement(entity("Kari"), Action.PRONOUN) == "hen"
    for action in (Action.DELETE, Action.KEEP, Action.REWRITE):
        assert propose_replacement(entity("Kari"), action) == ""


@pytest.mark.parametrize(
    ("type_", "name", "bokmal", "nynorsk"),
    [
        (T.PLACE, "Bindal", "en kommune i Nord-Norge", "ein kommune i Nord-Noreg"),
        (T.PLACE, "Mo i Rana", "et sted i Nord-Norge", "ein stad i Nord-Noreg"),
        (T.PLACE, "Herøy", "et sted", "ein stad"),
        (T.AGE, "47 år", "i førtiårene", "i førtiåra"),
        (T.AGE, "førtisjuåring", "en person i førtiårene", "ein person i førtiåra"),
        (T.AGE, "en førtiåring", "en person i førtiårene", "ein person i førtiåra"),
        (T.AGE, "syvogførti", "i førtiårene", "i førtiåra"),
        (T.AGE, "fire år", "i førskolealder", "i førskolealder"),
        (T.AGE, "82", "over åtti år", "over åtti år"),
        (T.AGE, "gammel", "i en viss alder", "i ein viss alder"),
        (T.DATE, "12. mai 2023", "våren 2023", "våren 2023"),
        (T.DATE, "02.10.58", "høsten 1958", "hausten 1958"),
        (T.DATE, "2023-10-02", "høsten 2023", "hausten 2023"),
        (T.DATE, "3. juli", "om sommeren", "om sommaren"),
        (T.DATE, "1987", "1980-årene", "1980-åra"),
        (T.DATE, "uke 12", "en dag", "ein dag"),
        (T.ORGANISATION, "Namsos sykehus", "et sykehus", "eit sjukehus"),
        (T.ORGANISATION, "Fjordlaks AS", "en bedrift", "ei bedrift"),
        (T.ORGANISATION, "Glimt", "en virksomhet", "ei verksemd"),
        (T.NUMBER, "3 112 innbyggere", "rundt 3\u00a0000 innbyggere",
         "rundt 3\u00a0000 innbyggere"),
        (T.NUMBER, "8", "rundt 8", "rundt 8"),
        (T.NUMBER, "01019012345", "et nummer", "eit nummer"),
        (T.ROLE, "ordføreren i Bindal", "politikeren", "politikaren"),
        (T.ROLE, "enhetsleder", "en leder", "ein leiar"),
        (T.ROLE, "helsesykepleier", "en fagperson", "ein fagperson"),
    ],
)  # fmt: skip
def test_wider_words_by_type(type_, name, bokmal, nynorsk):
    assert generalise(entity(name, type_), "nb") == bokmal
    assert generalise(entity(name, type_), "nn") == nynorsk


@pytest.mark.parametrize(
    ("text", "number"),
    [("47 år", 47), ("førtisju", 47), ("tjueén", None), ("tjueen", 21), ("to og tredve", 2),
     ("toogtredve", 32), ("hundre", 100), ("ingen", None), ("", None)],
)  # fmt: skip
def test_numbers_are_read_in_words(text, number):
    assert number_in(text) == number
