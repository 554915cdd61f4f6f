"""All finders together: one list without overlap, tiers, entities, and what a study teaches."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kodebok.anonymise.by_label import KnownName, names_in_label
from kodebok.anonymise.finding import Knowledge, TextToSearch, find_identifiers
from kodebok.domain.entity import NameRule, Rule
from kodebok.domain.identifier import IdentifierType, Tier

PERSON, PLACE = IdentifierType.PERSON, IdentifierType.PLACE


def find(*texts, **known):
    given_texts = [TextToSearch(f"I{n}", text) for n, text in enumerate(texts, start=1)]
    return find_identifiers(given_texts, Knowledge(**known))


def words(found, type_=None, tier=None):
    return [
        one.text
        for one in found
        if (type_ is None or one.type is type_) and (tier is None or one.tier is tier)
    ]


TALK = (
    "Jeg snakket med Solveig Brattli i går. Solveig sa nei. Brattlis bil sto i Bindal.\n"
    "Ja, og så ringte Solveig fra Terråk på 99 88 77 66, da hun var ni."
)


def test_persons_places_numbers_and_ages_are_found_with_their_places():
    found = find(TALK)
    assert {"Solveig Brattli", "Solveig", "Brattlis"} <= set(words(found, PERSON))
    assert {"Bindal", "Terråk"} <= set(words(found, PLACE, Tier.LIKELY))
    assert words(found, IdentifierType.CONTACT) == ["99 88 77 66"]
    assert words(found, IdentifierType.AGE) == ["ni"]
    assert all(TALK[one.start : one.end] == one.text for one in found)


def test_the_forms_of_a_name_are_one_entity():
    keys = {one.text: one.entity for one in find(TALK)}
    assert keys["Solveig"] == keys["Solveig Brattli"] == keys["Brattlis"]
    assert keys["Bindal"] != keys["Terråk"]


def test_a_first_name_that_two_persons_share_is_an_entity_of_its_own():
    found = find("Solveig Brattli kom, og så kom Solveig Hansen. Da gikk Solveig.")
    keys = {one.text: one.entity for one in found}
    assert len({keys["Solveig Brattli"], keys["Solveig Hansen"], keys["Solveig"]}) == 3


def test_speech_without_capitals_hides_few_names():
    found = find(TALK.lower())
    assert {"bindal", "terråk", "99 88 77 66"} <= set(words(found))
    assert any("solveig" in text for text in words(found, PERSON))


def test_a_name_sure_in_one_text_is_found_in_another():
    sure = "Det var Wenche som ringte. Jeg heter Wenche Dalmo. Wenche sa det. Hun Wenche gikk."
    found = find(sure, "På lappen står wenche-vaflene, altså, og Wenhe.")
    second = {one.text: one for one in found if one.source == "I2"}
    assert "study" in second["wenche-vaflene"].finders
    assert second["Wenhe"].type is PERSON


def test_what_the_user_said_is_no_name_is_never_proposed():
    text = "Vi møttes på Nausttunet. Nausttunet er fint."
    assert "Nausttunet" in words(find(text))
    assert "Nausttunet" not in words(find(text, rules=(NameRule("r1", "Nausttunet", Rule.NEVER),)))


@pytest.mark.parametrize(
    "name",
    ["Lewin", "Edmondson", "samhandlingsreformen", "Cynefin", "BTI", "BTI-modellen",
     "New Public Management-tenkning", "Helsedirektoratet", "Gerica"],
)  # fmt: skip
def test_public_names_stay(name):
    assert name not in words(find(f"Vi brukte {name} i arbeidet, slik {name} alltid brukes."))


def test_a_participant_with_a_public_name_is_found():
    names = (KnownName("Ola Lewin"),)
    assert "Lewin" in words(find("Da sa Lewin at det var nok.", names=names), PERSON)


def test_names_of_voices_sites_and_files_are_found_in_the_text():
    names = (KnownName("Bjarte_Kvernmo_intervju.docx"), KnownName("Ytterhamn", is_person=False))
    found = find("så sa bjarte at ytterhamn var nedlagt, og kvernmos bil sto der", names=names)
    assert {"bjarte", "kvernmos"} <= set(words(found, PERSON, Tier.LIKELY))
    assert "ytterhamn" in words(found, PLACE, Tier.LIKELY)


@pytest.mark.parametrize(
    "label", ["Informant 3", "I", "R", "Sykepleier 1", "I1-enhetsleder", "Moderator", "SPK_2",
              "Fokusgruppe 2 transkripsjon.docx", "Intervjuer", "opptak_12.m4a"],
)  # fmt: skip
def test_labels_of_roles_name_no_one(label):
    assert names_in_label(label) == []


@pytest.mark.parametrize(
    ("label", "names"),
    [
        ("Kari Nordmann", ["Kari", "Nordmann"]),
        ("intervju_oddbjørg_2024.docx", ["oddbjørg"]),
        ("Liv", ["Liv"]),
    ],
)
def test_labels_of_persons_name_them(label, names):
    assert names_in_label(label) == names


def test_an_ordinary_word_in_small_letters_is_not_taken_for_the_name_it_also_is():
    found = find(
        "Det var Liv som kom. Et langt liv, en god dag og en stein.", names=(KnownName("Liv"),)
    )
    assert [one.start for one in found if one.text.lower() == "liv"] == [8]


@settings(deadline=None)
@given(st.lists(st.one_of(st.text(), st.sampled_from([TALK, TALK.upper(), "Ola fra Bodø. "]))))
def test_any_texts_are_survived_and_nothing_overlaps(texts):
    found = find(*texts)
    for one in found:
        text = texts[int(one.source[1:]) - 1]
        assert text[one.start : one.end] == one.text != ""
        assert 0 < one.score <= 1
        assert one.entity
        assert one.finders
    for one, after in pairwise(found):
        assert one.source != after.source or one.end <= after.start


def test_the_same_texts_give_the_same_answer():
    assert find(TALK, TALK.lower()) == find(TALK, TALK.lower())


def test_a_public_name_is_still_found_inside_a_form_such_as_an_address():
    found = find("Skriv til amy.edmondson@eksempel.no om dette.")
    assert words(found, IdentifierType.CONTACT) == ["amy.edmondson@eksempel.no"]


def test_what_the_user_said_is_always_a_name_is_likely_in_every_form() -> None:
    rules = (NameRule("r1", "fjellbua", Rule.ALWAYS, PLACE),)
    found = find("Vi satt i fjellbua. Fjellbuas tak lekker.", rules=rules)
    assert [(one.text, one.tier, one.type) for one in found] == [
        ("fjellbua", Tier.LIKELY, PLACE),
        ("Fjellbuas", Tier.LIKELY, PLACE),
    ]
