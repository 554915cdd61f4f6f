"""A place and the organisations that are called by it keep belonging together."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kodebok.anonymise.belonging import shared_pseudonym
from kodebok.anonymise.pseudonyms import propose_replacement
from kodebok.domain.entity import Action, Entity
from kodebok.domain.identifier import IdentifierType as T


def place(name: str, new: str = "", action: Action = Action.PSEUDONYM) -> Entity:
    return Entity(name, T.PLACE, name, (), action if new else None, new)


def organisation(name: str, new: str = "") -> Entity:
    return Entity(name, T.ORGANISATION, name, (), Action.PSEUDONYM if new else None, new)


@pytest.mark.parametrize(
    ("name", "new"),
    [
        ("Namsos sykehus", "Lillebø sykehus"),
        ("Nav Namsos", "Nav Lillebø"),
        ("Namsossykehuset", "Lillebøsykehuset"),
        ("Bindals skole", ""),
        ("Verdighetssenteret Namsos", ""),
    ],
)
def test_an_organisation_takes_the_word_of_its_place(name, new):
    assert shared_pseudonym(organisation(name), [place("Namsos", "Lillebø")]) == new


def test_a_place_takes_the_word_from_an_organisation_and_from_the_place_first():
    hospital = organisation("Namsos sykehus", "Lillebø sykehus")
    assert shared_pseudonym(place("Namsos"), [hospital]) == "Lillebø"
    assert shared_pseudonym(organisation("Namsos skole"), [hospital]) == "Lillebø skole"
    school = organisation("Namsos skole")
    assert shared_pseudonym(school, [hospital, place("Namsos", "Storvik")]) == "Storvik skole"


def test_what_was_written_by_hand_in_another_shape_is_not_shared():
    assert shared_pseudonym(place("Namsos"), [organisation("Namsos sykehus", "Klinikken")]) == ""
    assert shared_pseudonym(place("Namsos"), [organisation("Namsos sykehus", "Bø skole")]) == ""


def test_only_what_has_a_pseudonym_is_shared():
    wide = place("Namsos", "en kommune", Action.GENERALISE)
    assert shared_pseudonym(organisation("Namsos sykehus"), [wide]) == ""
    assert shared_pseudonym(Entity("x", T.PERSON, "Namsos"), [place("Namsos", "Lillebø")]) == ""


@pytest.mark.parametrize(
    "other", [place("Bindal", "Lillebø"), place("Lillebø"), Entity("k", T.PERSON, "Kari Lillebø")]
)
def test_a_word_that_is_also_anothers_is_not_shared(other):
    hospital = organisation("Namsos sykehus", "Lillebø sykehus")
    assert shared_pseudonym(place("Namsos"), [hospital, other]) == ""


PLACES = ("Namsos", "Bindal", "Bindals", "Steinkjer", "Bø", "Moss")
SHAPES = ("{}", "{} sykehus", "{} skole", "Nav {}", "{}skolen", "{}s skole")


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(PLACES), st.sampled_from(SHAPES)), unique=True))
def test_two_places_never_share_a_pseudonym_in_any_order(asked):
    decided: list[Entity] = []
    for name, shape in asked:
        whole = shape.format(name)
        one = place(whole) if shape == "{}" else organisation(whole)
        if any(whole == known.name for known in decided):
            continue
        taken = [word for known in decided for word in (known.name, known.replacement)]
        new = shared_pseudonym(one, decided) or propose_replacement(one, Action.PSEUDONYM, taken)
        decided.append(replace(one, action=Action.PSEUDONYM, replacement=new))
    places = [one.replacement for one in decided if one.type is T.PLACE]
    assert len(set(places)) == len(places)
    assert len({one.replacement for one in decided}) == len(decided)
