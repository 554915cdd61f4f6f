"""Repairs of texts as they really arrive: found, counted, shown, made or refused."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kodebok.domain.text import canonicalise
from kodebok.errors import WrongUseError
from kodebok.i18n import set_language
from kodebok.sources import REPAIR_KINDS, ReadOptions, describe_repair, read_file
from kodebok.sources.repairs import apply, find, mend

WRAPPED = (
    "Dette er en linje som er brutt av ved en fast bredde, fordi noen en\n"
    "gang limte den inn fra et annet sted, og den fortsetter her med sam-\n"
    "handling og alt det andre de gjorde, som helse- og omsorgsarbeid og\n"
    "opplæring av nye, og så var det slutt på det hele.\n"
    "Kort slutt.\n"
    "Et nytt avsnitt begynner her, og det går også over flere linjer med\n"
    "samme bredde som før.\n"
)


def kinds(text: str) -> dict[str, int]:
    return {repair.kind: repair.count for repair in find(text)}


def test_wrapped_lines_are_joined_and_paragraphs_kept():
    assert apply(WRAPPED).strip().split("\n") == [
        (
            "Dette er en linje som er brutt av ved en fast bredde, fordi noen en gang limte den"
            " inn fra et annet sted, og den fortsetter her med samhandling og alt det andre de"
            " gjorde, som helse- og omsorgsarbeid og opplæring av nye, og så var det slutt på det"
            " hele."
        ),
        "Kort slutt.",
        "Et nytt avsnitt begynner her, og det går også over flere linjer med samme bredde som før.",
    ]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("kommu-", "nen", "kommunen"),
        ("BTI-", "arbeidet", "BTI-arbeidet"),
        ("helse-", "og omsorg", "helse- og omsorg"),
        ("Nord-", "Norge", "Nord-Norge"),
        ("e-", "post", "e-post"),
        ("ikke-", "røykere", "ikke-røykere"),
    ],
)
def test_hyphens_at_line_ends(first, second, expected):
    text = (
        f"her står det en lang nok linje til at den er brutt, og så {first}\n"
        f"{second} som fortsetter på neste linje med enda flere ord om det\n"
        "samme temaet, og mer til, slik at bredden blir tydelig for alle og\n"
        "enhver som ser på den.\n"
    )
    assert expected in apply(text)


def test_a_hyphen_that_breaks_off_a_sentence_stays():
    text = "I: Og så?\nR: Jeg tenkte at vi-\nnei, glem det.\nI: Ja.\nR: Det var ikke noe mer enn-\n"
    assert apply(text) == text


def test_double_spacing_goes_and_real_paragraphs_stay():
    text = (
        "Dette er en tekst der noen har satt\n\ninn en tom linje etter hver eneste\n\n"
        "linje, så avsnittene nesten er borte.\n\n\n\nHer begynner et nytt avsnitt som går\n\n"
        "over to linjer, og så er det ikke noe\n\nmer å si om den saken.\n"
    )
    assert apply(text).strip().split("\n\n") == [
        (
            "Dette er en tekst der noen har satt inn en tom linje etter hver eneste linje, så"
            " avsnittene nesten er borte."
        ),
        (
            "Her begynner et nytt avsnitt som går over to linjer, og så er det ikke noe mer å si"
            " om den saken."
        ),
    ]
    assert "double-spacing" in kinds(text)


def test_an_empty_line_between_turns_is_no_double_spacing():
    text = "I: Hva gjør du?\n\nR: Jeg er sykepleier.\n\n" + "I: Ja.\n\nR: Nei.\n\n" * 3
    assert apply(text) == text


def test_page_numbers_and_running_heads_leave_the_paragraph_whole():
    page = "Dette er et langt avsnitt med mange ord om samhandling i kommunen. " * 9
    text = (
        f"{page}og så fortsetter det\n\n1\n\nMasteroppgave om samhandling\n\npå neste side. {page}"
        f"\n\n2\n\nMasteroppgave om samhandling\n\n{page}som går videre\n\n3\n\n"
        f"Masteroppgave om samhandling\n\ntil siden etter. {page}\n"
    )
    mended = apply(text)
    assert "og så fortsetter det på neste side." in mended
    assert "som går videre til siden etter." in mended
    assert "Masteroppgave" not in mended
    assert kinds(text) == {"running-heads": 3, "page-numbers": 3, "spaces": 1}


def test_a_number_that_someone_said_is_no_page_number():
    text = "I: Hvor mange?\nR: Vi var\n7\nI: Og så?\nR: Da var vi\n8\n"
    assert apply(text) == text


@pytest.mark.parametrize("mark", ["Side {n} av 9", "- {n} -", "{n}"])
def test_page_numbers_at_form_feeds(mark):
    text = "".join(
        f"Her står side {n} med tekst som går\n{mark.format(n=n)}\fvidere " for n in (1, 2)
    )
    assert apply(text).strip() == (
        "Her står side 1 med tekst som går videre Her står side 2 med tekst som går videre"
    )


def test_a_page_break_that_became_a_leading_space_is_joined():
    assert apply("Vi gikk hele veien\n bort til huset.") == "Vi gikk hele veien bort til huset."


def test_a_soft_line_break_inside_a_paragraph_is_a_space():
    assert apply("Vi gikk\u2028bort.") == "Vi gikk bort."
    assert apply("samar-\u2028beid") == "samarbeid"


def test_a_soft_line_break_before_a_speaker_is_a_new_line(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("I: Hva?\u2028R: Dette.\u2028I: Ja.", encoding="utf-8")
    (arrival,) = read_file(path)
    assert [turn.speaker for turn in arrival.turns] == ["I", "R", "I"]


def test_footnote_marks_glued_to_words_go():
    assert apply("Reformen¹ kom i 2012, sier hun.²") == "Reformen kom i 2012, sier hun."
    assert (
        apply("Reformen1 kom. Loven2 fulgte, og planen3.")
        == "Reformen kom. Loven fulgte, og planen."
    )


@pytest.mark.parametrize("text", ["Rommet er 20 m² stort.", "covid19 kom", "R2 og I1 snakket.",
                                  "Informant1 og Informant2 var enige."])  # fmt: skip
def test_digits_that_belong_to_words_stay(text):
    assert apply(text) == text


def test_soft_hyphens_invisible_and_odd_spaces():
    assert apply("sam\u00adar\u00ad\nbeid") == "samarbeid"
    assert apply("a\u200bb\ufeffc") == "abc"
    assert apply("10\u00a0000\u202fkr") == "10 000 kr"
    assert apply("to  ord , tre .  \n fire\t") == "to ord, tre.\nfire"


def test_mojibake_is_seen_and_mended():
    assert apply("BlÃ¥bÃ¦r og sÃ¸t â€“ Ã…se") == "Blåbær og søt – Åse"
    assert kinds("BlÃ¥bÃ¦r") == {"mojibake": 2}


def test_a_table_with_one_cell_a_line_gets_its_rows_back():
    text = "Tiltak\nÅr\nKurs\n2001\nMøter\n2002\nPlan\n2003\n"
    assert apply(text) == "Tiltak | År\nKurs | 2001\nMøter | 2002\nPlan | 2003\n"


def test_quotation_marks_and_slips_of_the_pen_stay():
    text = "Hun sa ”det var ”bra” og at „vi sjønte «ikke det, liksm …"
    assert apply(text) == text
    assert find(text) == ()


def test_each_repair_can_be_refused_alone(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("I: To  ord\u00ad.\nR: Tre\u00a0ord.\n", encoding="utf-8")
    (arrival,) = read_file(path, ReadOptions(repair=frozenset(REPAIR_KINDS) - {"spaces"}))
    assert [turn.text for turn in arrival.turns] == ["To  ord.", "Tre ord."]
    assert {r.kind for r in arrival.repairs} == {"spaces", "soft-hyphens", "no-break-spaces"}


def test_all_repairs_can_be_refused_and_are_still_told_of(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("I: To  ord.\nR: Tre\u00a0ord.\n", encoding="utf-8")
    (arrival,) = read_file(path, ReadOptions(repair=False))
    assert [turn.text for turn in arrival.turns] == ["To  ord.", "Tre\u00a0ord."]
    assert {repair.kind: repair.count for repair in arrival.repairs} == {
        "spaces": 1,
        "no-break-spaces": 1,
    }


def test_a_repair_shows_an_example():
    (repair,) = find("Her er  to ord.")
    assert (repair.before, repair.after) == ("Her er  to ord.", "Her er to ord.")


def test_an_unknown_repair_is_refused():
    with pytest.raises(WrongUseError, match="K135"):
        apply("x", {"spelling"})


def test_every_repair_has_a_name_in_each_language():
    names = {}
    for language in ("nb", "nn", "en"):
        set_language(language)
        names[language] = [describe_repair(kind) for kind in REPAIR_KINDS]
    set_language("")
    assert all(set(names[language]).isdisjoint(REPAIR_KINDS) for language in names)
    assert names["nb"][0] != names["en"][0] != names["nn"][0]


PIECES = st.sampled_from(
    [
        *("I: ", "R: ", "Kari: ", "[00:01:00] ", "\n", "\n\n", "\f", " ", "  ", "\t", "\u00ad"),
        *("\u200b", "\u00a0", "\u2028", "-\n", "- ", "1", "2", "3", "side 4", "¹", "²", "Ã¥", "."),
        *(" ,", "ord", "samhandling", "og", "BTI", "Et langt stykke tekst som går videre og"),
        *("Masteroppgave", "\n1\n", "\n2\n", "\n3\n", "e\u0301", "å", "|", "?", "\x0b", "\u200d"),
        "Ja, det er en linje som er omtrent så lang som linjer pleier å være når de er",
    ]
)
TEXTS = st.one_of(
    st.lists(PIECES, max_size=60).map("".join),
    st.text(max_size=120),
    st.lists(st.sampled_from(WRAPPED.split(" ")), max_size=120).map(" ".join),
)


@given(TEXTS)
def test_refusing_everything_leaves_the_text_as_it_came(text):
    assert mend(text, ()).repairs == ()
    assert apply(text, ()) == text


@settings(deadline=None, max_examples=300)
@given(TEXTS)
@example(WRAPPED)
@example("a\u2028-\u2028b -\n- \f \f 1\n2")
def test_repairing_twice_is_repairing_once(text):
    once = apply(canonicalise(text))
    assert apply(once) == once


def is_subsequence(shorter: str, longer: str) -> bool:
    rest = iter(longer)
    return all(sign in rest for sign in shorter)


@settings(deadline=None, max_examples=300)
@given(TEXTS, st.sets(st.sampled_from(REPAIR_KINDS)))
def test_no_repair_makes_up_or_swaps_a_letter(text, chosen):
    chosen -= {"mojibake"}
    before = "".join(sign for sign in text if sign.isalnum())
    after = "".join(sign for sign in apply(text, chosen) if sign.isalnum())
    assert is_subsequence(after, before)
    if not chosen & {"page-numbers", "running-heads", "footnote-marks"}:
        assert after == before


def test_lines_with_a_number_sign_and_no_number_are_no_running_heads():
    pages = "".join(
        f"Det var nok en dag.\n#merket linje\nOg så videre.\n{n}\n" for n in range(1, 9)
    )
    assert "#merket linje" in apply(pages)
