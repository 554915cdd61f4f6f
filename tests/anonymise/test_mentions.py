"""Every form in which a text may name a person or a place is found, and nothing twice."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kodebok.anonymise.mentions import MentionFinder, find_mentions
from kodebok.domain.entity import Entity
from kodebok.domain.identifier import IdentifierType

PERSON, PLACE = IdentifierType.PERSON, IdentifierType.PLACE
ORGANISATION = IdentifierType.ORGANISATION


def entity(name: str, kind: IdentifierType = PERSON, *aliases: str) -> Entity:
    return Entity(f"id of {name}", kind, name, aliases)


KARI = entity("Kari Nordmann")
JONAS = entity("Jonas")
BINDAL = entity("Bindal", PLACE)
NAMSOS = entity("Namsos", PLACE)
NAEROY = entity("Nærøy", PLACE)
BRONNOYSUND = entity("Brønnøysund", PLACE)
HOSPITAL = entity("Namsos sykehus", ORGANISATION)
LIV = entity("Liv Berg")
STUDY = (KARI, JONAS, BINDAL, NAMSOS, NAEROY, BRONNOYSUND, HOSPITAL, LIV, entity("Vår"))


def found(text: str, *entities: Entity, language: str = "nb") -> list[str]:
    return [text[m.start : m.end] for m in find_mentions(text, entities or STUDY, language)]


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        ("Karis bil og Jonas' hund", ["Karis", "Jonas'"]),
        ("Jonas’ hund, Kari's bil", ["Jonas’", "Kari's"]),
        ("Jonas sin hund", ["Jonas"]),
        ("'Jonas' er et navn", ["Jonas"]),
        ("så kom karis mor og jonas", ["karis", "jonas"]),
        ("KARI NORDMANN ringte", ["KARI NORDMANN"]),
        ("så sa kari nordmann det", ["kari nordmann"]),
        ("Nordmann, Kari (leder)", ["Nordmann, Kari"]),
        ("Nordmann Kari (leder)", ["Nordmann Kari"]),
        ("nordmann, kari", ["nordmann, kari"]),
        ("Kari, Nordmann sa det", ["Kari", "Nordmann"]),
        ("K. Nordmann og Kari N.", ["K. Nordmann", "Kari N."]),
        ("Kari Marie Nordmann", ["Kari Marie Nordmann"]),
        ("Kari M. Nordmann", ["Kari M. Nordmann"]),
        ("Kari og Nordmann", ["Kari", "Nordmann"]),
        ("KN og K.N. og K. N. var der", ["KN", "K.N.", "K. N."]),
        ("kn og k.n. og KNX", ["k.n."][:0]),
        ("Kari\nNordmann", ["Kari", "Nordmann"]),
        ("intervju_Kari_Nordmann.docx", ["Kari_Nordmann"]),
        ("KariNordmann-2.m4a", ["KariNordmann"]),
        ("kari.nordmann@x.no", ["kari.nordmann"]),
        ("Bronnoysund, Broennoeysund", ["Bronnoysund", "Broennoeysund"]),
        ("BRØNNØYSUND, BRONNOYSUND", ["BRØNNØYSUND", "BRONNOYSUND"]),
        ("Namsos-sykehuset og namsos-sykehuset", ["Namsos-sykehuset", "namsos-sykehuset"]),
        ("Namsos-Bindal", ["Namsos", "Bindal"]),
        ("Nærøykommunen og bindalsskolen", ["Nærøykommunen", "bindalsskolen"]),
        ("bindalsværing, Bindalingene", ["bindalsværing", "Bindalingene"]),
        ("fleire namsosingar", ["namsosingar"]),
        ("i Namsosen, på Nærøya, i Bindaln", ["Namsosen", "Nærøya", "Bindaln"]),
        ("han jobber ved Namsos sykehus, Namsos sykehuset", ["Namsos sykehus", "Namsos sykehuset"]),
        ("Bindel, Binda og Bindals", ["Bindel", "Bindals"]),
        ("Brønøysund og Brønnøysudn", ["Brønøysund"]),
        ("Liv har et godt liv, Livs liv", ["Liv", "Livs"]),
        ("Vår kom. Vår? vår kommune om våren, VÅR", ["Vår", "Vår"]),
        ("Liv Berg og liv berg", ["Liv Berg"]),
        ("Karin, Karianne og Jonassen", []),
        ("", []),
    ],
)  # fmt: skip
def test_each_form_is_found_whole(text, mentions):
    assert found(text) == mentions


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        ("ho Kari og han Jonas kjem frå Bindal", ["Kari", "Jonas", "Bindal"]),
        ("Jonas si mor, Karis far", ["Jonas", "Karis"]),
        ("bindalingane og bindalsfolket", ["bindalingane", "bindalsfolket"]),
        ("Bindalskommunen, Namsos-sjukehuset", ["Bindalskommunen", "Namsos-sjukehuset"]),
    ],
)
def test_nynorsk_forms_are_found(text, mentions):
    assert found(text, language="nn") == mentions


@pytest.mark.parametrize(
    ("name", "kind", "text", "mention"),
    [
        ("Kari", PERSON, "å du, Karien, sa han", "Karien"),
        ("Anne-Lise", PERSON, "Anne Lise sa, annelise sa", "Anne Lise"),
        ("Åshild", PERSON, "Aashild og Ashild", "Aashild"),
        ("Aashild", PERSON, "så sa Åshild", "Åshild"),
        ("Biret", PERSON, "Birets hus", "Birets"),
        ("Kárášjohka", PLACE, "i Karasjohka", "Karasjohka"),
        ("Kárášjohka", PLACE, "i Ka\u0301ra\u0301s\u030cjohka", "Ka\u0301ra\u0301s\u030cjohka"),
        ("Solveig", PERSON, "Solvieg sa", "Solvieg"),
        ("Solveig", PERSON, "Sol\u00adveig sa", "Sol\u00adveig"),
        ("Mo i Rana", PLACE, "vi i mo i rana", "mo i rana"),
        ("91 23 45 67", IdentifierType.CONTACT, "ring +47 912 34 567 i dag", "+47 912 34 567"),
        ("010190 12345", IdentifierType.NUMBER, "født 01019012345", "01019012345"),
        ("Storgata 5", IdentifierType.ADDRESS, "i storgata 5, sa hun", "storgata 5"),
        ("kari@bindal.no", IdentifierType.CONTACT, "KARI@bindal.no", "KARI@bindal.no"),
        ("47 år", IdentifierType.AGE, "hun er 47 år", "47 år"),
        ("ordføreren", IdentifierType.ROLE, "Ordføreren sa det", "Ordføreren"),
        ("a.b*c(", IdentifierType.OTHER, "se a.b*c( her", "a.b*c("),
        ("(((", IdentifierType.OTHER, "se ((( her", "((("),
        ("🙂", IdentifierType.OTHER, "se 🙂🙂", "🙂"),
    ],
)  # fmt: skip
def test_each_kind_of_original_is_found(name, kind, text, mention):
    assert mention in found(text, entity(name, kind))


def test_initials_that_are_a_common_abbreviation_count_only_with_stops():
    assert found("OK, sa O.K.", entity("Ole Krog")) == ["O.K."]


def test_a_first_name_of_two_persons_is_the_one_who_was_mentioned_last():
    other = entity("Kari Hansen")
    text = "Kari Hansen og Kari. Kari Nordmann og Kari."
    assert [m.entity_id for m in find_mentions(text, [KARI, other])] == [
        other.id, other.id, KARI.id, KARI.id,
    ]  # fmt: skip


def test_an_original_that_is_just_the_word_goes_before_a_part_of_a_full_name():
    child = entity("Kari")
    assert find_mentions("Kari", [KARI, child])[0].entity_id == child.id


def test_a_full_name_that_is_kept_protects_its_words():
    lewin = entity("Kurt Lewin")
    assert [m.entity_id for m in find_mentions("Kurt Lewin", [entity("Kurt"), lewin])] == [lewin.id]


def test_every_alias_points_to_its_entity():
    both = entity("Karl Moe", PERSON, "Kalle")
    mentions = find_mentions("Kalle og Karls", [both])
    assert [(m.original, m.entity_id) for m in mentions] == [
        ("Kalle", both.id),
        ("Karl Moe", both.id),
    ]


def test_ten_thousand_entities_are_survived():
    finder = MentionFinder([entity(f"Navn{n} Etternavn{n}") for n in range(10_000)])
    assert len(finder.find("Navn 77 og Navn9999 Etternavn9999")) >= 1


def test_english_text_takes_no_norwegian_endings():
    assert found("Namsosen and Namsos's", NAMSOS, language="en") == ["Namsos's"]


@pytest.mark.parametrize("name", ["", "   ", "K", "-", "'", "\u0301", "a" * 5_000, "s", "''s"])
def test_strange_originals_are_survived(name):
    for mention in find_mentions("K og a's 'K' - \u0301 s", [entity(name)]):
        assert mention.end > mention.start


NAMES = st.sampled_from(
    [
        "Kari",
        "Kari Nordmann",
        "Nordmann",
        "Liv",
        "Liv Berg",
        "Bindal",
        "Namsos sykehus",
        "Mo i Rana",
        "47",
        "Å",
        "(",
        "KN",
        "Anne-Lise",
        "s",
    ]
)
WORDS = st.sampled_from(
    "Kari kari Karis Nordmann nordmann, Liv livs Berg Bindal bindalsværing Namsos sykehus mo i "
    "rana 47 å ( KN K. N. Anne-Lise Anne lise ' - _ , . \n s 🙂".split(" ")
)


@given(st.lists(NAMES | st.text(max_size=6), max_size=8), st.lists(WORDS | st.text(max_size=6)))
@example(["Kari Nordmann", "Kari"], ["Nordmann,", "Kari", "Nordmann"])
def test_mentions_are_in_order_and_never_overlap(names, words):
    entities = [Entity(str(n), PERSON if n % 2 else PLACE, name) for n, name in enumerate(names)]
    text = " ".join(words)
    mentions = find_mentions(text, entities)
    borders = [border for m in mentions for border in (m.start, m.end)]
    assert borders == sorted(borders)
    assert all(0 <= m.start < m.end <= len(text) for m in mentions)
    assert {m.entity_id for m in mentions} <= {one.id for one in entities}


@given(st.text(min_size=1, max_size=8), st.text(max_size=4), st.text(max_size=4))
def test_a_name_between_spaces_is_always_found_as_it_is_written(name, before, after):
    name = name.strip()
    if name:
        text = f"{before} {name} {after}"
        at = len(before) + 1
        spans = [(m.start, m.end) for m in find_mentions(text, [entity(name)])]
        assert any(start < at + len(name) and end > at for start, end in spans)
