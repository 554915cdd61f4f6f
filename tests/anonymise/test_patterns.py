"""What has the form of an identifier is found: in bokmål, nynorsk and dialects, in either case."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kodebok.anonymise.merging import LIKELY
from kodebok.anonymise.patterns import find_by_pattern
from kodebok.anonymise.patterns.numbers import (
    has_account_control,
    has_firm_control,
    has_person_control,
)
from kodebok.domain.identifier import IdentifierType

NUMBERS = [
    ("Nummeret er 01019012345, sa hun.", "01019012345"),
    ("Han oppga 010190 12345 to ganger.", "010190 12345"),
    ("D-nummer 41019012345 står i permen.", "41019012345"),
    ("H-nummer 01419012345 var midlertidig.", "01419012345"),
    ("Den syntetiske 01819012345 ble brukt.", "01819012345"),
    ("Konto 1234.56.78903 ble brukt.", "1234.56.78903"),
    ("Konto 12345678903 òg.", "12345678903"),
    ("Org.nr. 974 760 673 står på arket.", "974 760 673"),
    ("Bilen er NV 12345, den blå.", "NV 12345"),
    ("Det står i 2019/1234-5 fra i fjor.", "2019/1234-5"),
    ("Saka er sak 19/00123 hos oss.", "19/00123"),
    ("Dommen er TOSLO-2019-12345.", "TOSLO-2019-12345"),
    ("Ring ni to tre fire fem seks sju åtte, sa han.", "ni to tre fire fem seks sju åtte"),
    ("Nummeret er nitti tre tjueto førtifire femti.", "nitti tre tjueto førtifire femti"),
]
CONTACTS = [
    ("Ring 99887766 etter klokka åtte.", "99887766"),
    ("Ring 99 88 77 66 da.", "99 88 77 66"),
    ("Ring 998 87 766 da.", "998 87 766"),
    ("Ring +47 912 34 567 da.", "+47 912 34 567"),
    ("Ho har 0047 91234567 på jobben.", "0047 91234567"),
    ("Skriv til kari.nordmann@eksempel.no i dag.", "kari.nordmann@eksempel.no"),
    ("Skriv til kari krøllalfa eksempel punktum no.", "kari krøllalfa eksempel punktum no"),
    ("Det står på https://eksempel.no/kari?x=1.", "https://eksempel.no/kari?x=1"),
    ("Sjå www.eksempel.no for meir.", "www.eksempel.no"),
    ("Sjekk bygdelaget.no for mer.", "bygdelaget.no"),
    ("Hun heter @kari_n der.", "@kari_n"),
]
ADDRESSES = [
    ("Hun bor i Karl Johans gate 12 B nå.", "Karl Johans gate 12 B"),
    ("Ho bur i Storgata 5 no.", "Storgata 5"),
    ("Vi flyttet til Kirkeveien 114.", "Kirkeveien 114"),
    ("Adressa er 7980 Terråk.", "7980 Terråk"),
    ("Det er postboks 123 i byen.", "postboks 123"),
    ("Garden er gnr. 12 bnr. 34 i bygda.", "gnr. 12 bnr. 34"),
    ("Det skjedde ved 65.0912, 12.3751 ute.", "65.0912, 12.3751"),
]
DATES = [
    ("Det var 17. april 2014 det skjedde.", "17. april 2014"),
    ("Det skjedde 12.03.2014 på kvelden.", "12.03.2014"),
    ("Møtet var 12/3-14 i kantina.", "12/3-14"),
    ("I loggen står 2014-03-12 som dag.", "2014-03-12"),
    ("Det var mandag 3. mars han kom.", "mandag 3. mars"),
    ("Det var måndag 3. mars han kom.", "måndag 3. mars"),
    ("Den tredje mars kom brevet.", "Den tredje mars"),
    ("Han døde i mars 2016 etter lang tid.", "mars 2016"),
    ("Ho er fødd i 1962 her i bygda.", "1962"),
    ("Ho begynte i nittenåttifire.", "nittenåttifire"),
    ("Det var i totusenogfem at vi bytta.", "totusenogfem"),
    ("Vi starta i uke 42 med dette.", "uke 42"),
    ("Vi starta i veke førtito med dette.", "veke førtito"),
    ("Det var på åttitallet en gang.", "åttitallet"),
    ("Det var på 90-talet ein gong.", "90-talet"),
    ("Det var på 1980-tallet en gang.", "1980-tallet"),
]
AGES = [
    ("Hun er 47 år gammel og frisk.", "47 år gammel"),
    ("Ho er 47 år gammal og frisk.", "47 år gammal"),
    ("En fireåring i barnehagen.", "fireåring"),
    ("Han er en 80-åring som vil selv.", "80-åring"),
    ("Hun er i førtiårene, tror jeg.", "førtiårene"),
    ("Ho er i førtiåra, trur eg.", "førtiåra"),
    ("Hun er midt i 50-årene.", "50-årene"),
    ("Da hun var ni, flyttet de.", "ni"),
    ("Då ho var ni år, flytta dei.", "ni år"),
    ("Æ va der da æ va seksten.", "seksten"),
    ("Da han fylte femti, var det fest.", "femti"),
    ("Det var en mann på 52 som ringte.", "52"),
    ("Mor er åttiseks og bor alene.", "åttiseks"),
    ("Far blei nittito og døydde heime.", "nittito"),
]


def found_as(text, type_):
    return {text[p.start : p.end] for p in find_by_pattern(text) if p.type == type_}


CASES = [
    *((text, words, IdentifierType.NUMBER) for text, words in NUMBERS),
    *((text, words, IdentifierType.CONTACT) for text, words in CONTACTS),
    *((text, words, IdentifierType.ADDRESS) for text, words in ADDRESSES),
    *((text, words, IdentifierType.DATE) for text, words in DATES),
    *((text, words, IdentifierType.AGE) for text, words in AGES),
]


@pytest.mark.parametrize(("text", "words", "type_"), CASES)
def test_it_is_found_as_what_it_is(text, words, type_):
    assert words in found_as(text, type_)


@pytest.mark.parametrize(("text", "words", "type_"), CASES)
def test_it_is_found_without_capitals_too(text, words, type_):
    assert words.lower() in found_as(text.lower(), type_)


@pytest.mark.parametrize(
    "text",
    [
        "Jeg har vært her i ni år, og vi er tretti stykker.",
        "Klokka var 11.40, og det tok fire meter og tre minutter.",
        "Det kostet 12 345 678 kroner, eller 15 prosent mer.",
        "Skoleåret 2019/2020 var rart, og så 2020/21.",
        "Vi så på 20000 kroner, og på 12345 andre.",
        "Hun er to meter unna, og han er tre ganger så rask.",
        "De tre andre gikk hjem til kommunen, og hver skole fikk sitt.",
    ],
)
def test_amounts_times_and_ordinary_talk_are_no_numbers_or_ages_of_anyone(text):
    wanted = {IdentifierType.NUMBER, IdentifierType.CONTACT, IdentifierType.AGE}
    wanted |= {IdentifierType.ADDRESS, IdentifierType.ORGANISATION, IdentifierType.ROLE}
    assert [p for p in find_by_pattern(text) if p.type in wanted] == []


def test_a_check_digit_makes_surer_but_its_lack_hides_no_one():
    with_control = next(
        number
        for number in (f"010190{rest:05}" for rest in range(10_000, 11_000))
        if has_person_control(number)
    )
    slip = with_control[:-1] + str((int(with_control[-1]) + 1) % 10)
    (right,) = {p.score for p in find_by_pattern(with_control) if p.reason == "birth number"}
    (wrong,) = {p.score for p in find_by_pattern(slip) if p.reason == "birth number"}
    assert LIKELY <= wrong < right


def test_the_control_digits_are_those_of_the_registers():
    assert has_firm_control("974760673")
    assert not has_firm_control("974760674")
    assert has_account_control("12345678903")
    assert not has_account_control("12345678904")


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Ordføreren i Bindal ringte.", "Ordføreren"),
        ("Ordføraren i hattfjelldal ringde.", "Ordføraren"),
        ("Rektoren på Terråk skole sa nei.", "Rektoren"),
        ("Eg er den einaste ergoterapeuten her.", "ergoterapeuten"),
        ("Da kom kommunalsjefen inn.", "kommunalsjefen"),
    ],
)
def test_a_role_that_one_person_holds_is_found(text, role):
    assert role in found_as(text, IdentifierType.ROLE)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Han kom fra Namsos sykehus.", "Namsos sykehus"),
        ("han kom fra namsos sykehus.", "namsos sykehus"),
        ("Ho kom frå sjukeheimen i Bindal.", "sjukeheimen i Bindal"),
        ("Det er Rosenlund bo- og behandlingssenter.", "Rosenlund bo- og behandlingssenter"),
        ("Vi ringte Nav Bindal.", "Nav Bindal"),
        ("Det er Namsos-sykehuset som bestemmer.", "Namsos-sykehuset"),
        ("Nærøykommunen hadde råd.", "Nærøykommunen"),
        ("Bindal kommune sa nei.", "Bindal kommune"),
    ],
)
def test_an_institution_named_after_a_place_is_found(text, name):
    assert name in found_as(text, IdentifierType.ORGANISATION)


@given(st.text())
def test_any_text_is_survived_and_spans_lie_inside_it(text):
    for proposal in find_by_pattern(text):
        assert 0 <= proposal.start < proposal.end <= len(text)
        assert 0 < proposal.score <= 1


@given(st.lists(st.sampled_from([text for text, _, _ in CASES]), min_size=1, max_size=6))
def test_small_letters_hide_no_number_date_or_address(sentences):
    text = " ".join(sentences)
    forms = {IdentifierType.NUMBER, IdentifierType.CONTACT, IdentifierType.DATE, IdentifierType.AGE}
    found = {(p.start, p.end) for p in find_by_pattern(text) if p.type in forms}
    lower = {(p.start, p.end) for p in find_by_pattern(text.lower()) if p.type in forms}
    assert found == lower
