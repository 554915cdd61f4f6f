"""A student's manuscript is checked against the study: every kind of finding, planted."""

from __future__ import annotations

from pathlib import Path

import pytest

from kodebok.domain.quote import Degree
from kodebok.domain.source import SourceType
from kodebok.domain.span import Span
from kodebok.errors import KodebokError, WrongUseError
from kodebok.i18n import set_language
from kodebok.storage.database import Store
from kodebok.storage.sources import load_text
from kodebok.study.proof import proof_manuscript
from kodebok.study.proof_findings import Kind
from kodebok.study.proof_words import explained, where
from tests.builders import (
    add_case,
    add_code,
    add_interview,
    add_notes_source,
    choose_quote,
    make_store,
)
from tests.study.proof_manuscripts import (
    HEADING,
    INDENTED,
    QUOTE,
    changes,
    check,
    kinds,
    only,
    paragraph_xml,
    run_xml,
    view_of,
    write_xml,
)

FIRST = """\
I: Hva gjør dere når en bruker har sammensatte behov?
R: Vi møtes hver onsdag klokka ni. Det faste møtet er det som holder oss sammen, (2 s) hvis du \
spør meg. [ler]
I: Hvem er med?
R: Ergoterapeut, sykepleier og ofte fastlegen, når han har tid. Han har sjelden tid til slike \
møter."""
SECOND = """\
I: Hvem har ansvaret?
R: Det vet ingen av oss helt sikkert. Lista ligger på kontoret, og alle tror at noen andre har \
lest den."""
NOTES = "Lederen sa at organisasjonskartet egentlig ikke betyr noe lenger for de ansatte."


@pytest.fixture(autouse=True)
def _english():
    set_language("en")
    yield
    set_language("")


@pytest.fixture
def store(tmp_path: Path):
    store = make_store(tmp_path / "studie")
    add_interview(store, FIRST, "I1", case="Informant 1")
    add_interview(store, SECOND, "I2", case="Informant 2")
    add_notes_source(store, NOTES, "N1")
    yield store
    store.close()


ENOUGH = "Dette er et kapittel om møter."

IDENTICAL = [
    "Hun sier at «det faste møtet er det som holder oss sammen».",
    "Hun sier at “Det faste møtet er det som holder oss sammen.”",
    "Hun sier at ”Det faste møtet er det som holder oss sammen”.",
    "Hun sier at »Det faste møtet er det som holder oss sammen« og ler.",
    'Hun sier at "Det faste møtet er det som holder oss sammen".',
    "Hun sier at „Det faste møtet er det som holder oss sammen“.",
    "Hun sier at ‘Det faste møtet er det som holder oss sammen’.",
    "Hun sier at “Det faste møtet er det som holder oss sammen».",
    "Hun sier at « Det faste møtet er det som holder oss sammen ».",
    "Hun sier: Det faste møtet er det som holder oss sammen, hvis du spør meg",
    "Hun sier: Det faste møtet er det som holder oss sammen». Så ler hun av det.",
    "Hun sier «Det faste møtet er det som holder oss sammen, og der er alle enige i kommunen.",
    (QUOTE, "Det faste møtet er det som holder oss sammen, hvis du spør meg."),
    (QUOTE, "«Det faste møtet er det som holder oss sammen» (Informant 1)"),
    (INDENTED, "Det faste møtet er det som holder oss sammen, hvis du spør meg. (I1, 12.03.25)"),
    (QUOTE, "Informant 1: Det faste møtet er det som holder oss sammen."),
    "«Det faste møtet (…) holder oss sammen»",
    "«Vi møtes hver onsdag […] Det faste møtet er det som holder oss sammen»",
    "«Vi møtes hver onsdag … det faste møtet er det som holder oss sammen»",
    "«[D]et faste møtet er det som holder [alle] sammen»",
    "«Det faste møtet [på onsdager] er det som holder oss sammen»",
    "«DET FASTE MØTET er det som\u00a0holder oss sam\u00admen, hvis du spør meg»",
    "«Det faste møtet er det som holder oss sammen (2 s) hvis du spør meg [ler]»",
]


@pytest.mark.parametrize("paragraph", IDENTICAL)
def test_a_quotation_with_the_source_s_words_is_identical_whatever_its_marks(store, paragraph):
    found = check(store, paragraph)
    assert kinds(found) == [Kind.IDENTICAL]
    finding = only(found, Kind.IDENTICAL)
    assert finding.source == "I1"
    assert finding.voice == "Informant 1"
    assert found.is_clean


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        (
            "«Det faste møtet er det som holder oss samlet, hvis du spør meg»",
            [("sammen", "samlet")],
        ),
        ("«Det faste møtet er det som holder sammen, hvis du spør meg»", [("oss", "")]),
        (
            "«Det faste møtet er jo det som virkelig holder oss sammen»",
            [("", "jo"), ("", "virkelig")],
        ),
        (
            "«Vi møtes hver fredag klokka ti. Det faste møtet er det som holder oss sammen»",
            [("onsdag", "fredag"), ("ni", "ti")],
        ),
        (
            "«Vi møtes klokka ni. Det faste møtet er det som holder oss sammen»",
            [("hver onsdag", "")],
        ),
        (
            "«Vi møtes hver torsdag (…) Det faste møtet er det som holder oss sammen»",
            [("onsdag", "torsdag")],
        ),
        (
            "«Vi møtes hver onsdag klokka ni (…) Lista ligger på kontoret»",
            [("", "Lista ligger på kontoret")],
        ),
    ],
)
def test_drift_is_shown_word_by_word(store, paragraph, expected):
    found = check(store, paragraph)
    finding = only(found, Kind.DRIFTED)
    assert changes(finding) == expected
    assert finding.source == "I1"
    assert not found.is_clean


def test_the_place_in_the_source_is_given_to_the_character(store):
    finding = only(check(store, "«Det faste møtet er det som holder oss sammen»"), Kind.IDENTICAL)
    source_id = next(s.id for s in view_of(store).sources.values() if s.name == "I1")
    text = load_text(store, source_id)
    assert text[finding.start : finding.end] == "Det faste møtet er det som holder oss sammen"
    assert finding.text == "Det faste møtet er det som holder oss sammen"


def test_words_that_nobody_said_are_not_in_the_study(store):
    found = check(store, "En informant sier: «Slik har det alltid vært i alle kommuner her».")
    assert kinds(found) == [Kind.MISSING]
    assert not found.is_clean


def test_terms_and_irony_in_marks_are_no_quotations(store):
    found = check(store, "Begrepet «psykologisk trygghet» og «den gode praten» er «in».")
    assert kinds(found) == []


def test_the_name_of_a_code_in_marks_is_no_quotation(store):
    add_code(store, "Uklare forventninger og grenser")
    assert kinds(check(store, "Under «Uklare forventninger og grenser» samlet vi slikt.")) == []


LITERATURE = [
    "«Tillit er en tro på at noen vil oss vel» (Grimen, 2009, s. 45).",
    "Tjora (2021:12) skriver at «analyse er å se det som ikke er der».",
    "Ifølge Braun og Clarke (2006, s. 80) er «et tema noe som fanger det viktige i data».",
    "«Tillit er en tro på at noen vil oss vel» [12].",
    "«Tillit er en tro på at noen vil oss vel» (ibid.).",
    "Som hun skriver: «Tillit er en tro på at noen vil oss vel» (s. 45).",
    "«Kommunen skal sørge for nødvendige tjenester» (helse- og omsorgstjenesteloven § 3-1).",
]


@pytest.mark.parametrize("paragraph", LITERATURE)
def test_a_quotation_with_a_reference_is_from_the_literature(store, paragraph):
    found = check(store, paragraph)
    assert kinds(found) == [Kind.LITERATURE]
    assert found.is_clean


@pytest.mark.parametrize("source", ["(Informant 2, 2024)", "(intervju 12.03.2024)", "(I2, 2024)"])
def test_an_interview_with_a_year_is_no_literature(store, source):
    found = check(store, f"«Slik har det alltid vært i alle kommuner her» {source}.")
    assert kinds(found) == [Kind.MISSING]


def test_a_reference_does_not_hide_words_that_are_in_the_study(store):
    found = check(store, "«Det faste møtet er det som holder oss sammen» (Hansen, 2019, s. 3).")
    assert kinds(found) == [Kind.IDENTICAL]


def test_titles_in_the_list_of_references_are_left_alone(store):
    found = check(
        store, ENOUGH, (HEADING, "Referanser"), "Grimen, H. (2009). «Hva er tillit og hvorfor»."
    )
    assert kinds(found) == []


def test_a_footnote_with_a_reference_tells_that_it_is_literature(store, tmp_path):
    mark = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    note = f'<w:footnote w:id="2">{paragraph_xml("Grimen 2009, s. 12.")}</w:footnote>'
    body = paragraph_xml("«Tillit er en tro på at noen vil oss vel»", mark, ". Slik er det.")
    path = write_xml(tmp_path / "o.docx", body, footnotes=note)
    assert kinds(proof_manuscript(view_of(store), path)) == [Kind.LITERATURE]


def test_a_quotation_in_a_footnote_is_found_and_placed(store, tmp_path):
    quoted = paragraph_xml("Hun sa «Det faste møtet er det som holder oss samlet» da.")
    body = paragraph_xml("Tekst", '<w:r><w:footnoteReference w:id="2"/></w:r>')
    note = f'<w:footnote w:id="2">{quoted}</w:footnote>'
    path = write_xml(tmp_path / "o.docx", body, footnotes=note)
    found = proof_manuscript(view_of(store), path)
    assert where(found.manuscript, only(found, Kind.DRIFTED)) == "footnote 2"


@pytest.mark.parametrize(
    "paragraph",
    [
        "«Det faste møtet er det som holder oss sammen» (Informant 2).",
        "Informant 2 sier at «det faste møtet er det som holder oss sammen».",
        "«Det faste møtet er det som holder oss sammen», sier informant 2.",
        "«Det faste møtet er det som holder oss sammen» (I2, leder)",
    ],
)
def test_words_given_to_another_informant_are_found(store, paragraph):
    found = check(store, paragraph)
    finding = only(found, Kind.OTHER_VOICE)
    assert (finding.voice, finding.named) == ("Informant 1", "Informant 2")
    assert explained(found.manuscript, finding) == "Informant 1 said it, not Informant 2"


def test_a_question_of_the_interviewer_is_not_an_informant_s(store):
    found = check(store, "Informant 1: «Hva gjør dere når en bruker har sammensatte behov?»")
    assert explained(found.manuscript, only(found, Kind.OTHER_VOICE)) == (
        "the interviewer said it, not Informant 1"
    )
    assert kinds(
        check(store, "Vi spurte: «Hva gjør dere når en bruker har sammensatte behov?»")
    ) == [Kind.IDENTICAL]


def test_another_printed_role_is_found(store):
    add_case(store, "Informant 1", {"rolle trykt": "sykepleier"})
    add_case(store, "Informant 2", {"rolle trykt": "leder"})
    said = "«Det faste møtet er det som holder oss sammen»"
    assert Kind.OTHER_VOICE in kinds(check(store, f"En leder sier det slik: {said}"))
    assert Kind.OTHER_VOICE not in kinds(check(store, f"En sykepleier sier det slik: {said}"))
    assert Kind.OTHER_VOICE not in kinds(check(store, f"En av dem sier om lederen at {said}"))


def test_notes_printed_as_speech_are_found_unless_the_text_says_so(store):
    said = "«organisasjonskartet egentlig ikke betyr noe lenger»"
    assert kinds(check(store, f"Lederen sa at {said}.")) == [Kind.AFTER_NOTES, Kind.IDENTICAL]
    assert kinds(check(store, f"Lederen sa at {said} (etter notat).")) == [Kind.IDENTICAL]


def test_the_same_passage_with_other_words_in_another_chapter_is_found(store):
    found = check(
        store,
        (HEADING, "Funn"),
        "«Det faste møtet er det som holder oss sammen, hvis du spør meg»",
        (HEADING, "Drøfting"),
        "«Det faste møtet er det som binder oss sammen, hvis du spør meg»",
    )
    finding = only(found, Kind.REPEATED)
    assert where(found.manuscript, finding) == "Drøfting, paragraph 1"
    assert explained(found.manuscript, finding) == (
        "Funn, paragraph 1 has other words: «holder» → «binder»"
    )


def test_the_same_words_twice_are_no_finding(store):
    said = "«Det faste møtet er det som holder oss sammen»"
    assert kinds(check(store, said, said)) == [Kind.IDENTICAL, Kind.IDENTICAL]


def test_a_cut_in_one_chapter_and_none_in_another_is_no_drift(store):
    found = check(
        store,
        "«Vi møtes hver onsdag klokka ni. Det faste møtet er det som holder oss sammen»",
        "«Vi møtes (…) Det faste møtet er det som holder oss sammen»",
    )
    assert kinds(found) == [Kind.IDENTICAL, Kind.IDENTICAL]


def test_more_than_was_chosen_is_found(store):
    source_id = next(s.id for s in view_of(store).sources.values() if s.name == "I1")
    choose_quote(store, source_id, "Det faste møtet er det som holder oss sammen")
    found = check(store, "«Vi møtes hver onsdag klokka ni. Det faste møtet er det som holder oss»")
    assert changes(only(found, Kind.LONGER)) == [("", "Vi møtes hver onsdag klokka ni")]
    assert found.is_clean
    assert kinds(check(store, "«Det faste møtet er det som holder oss»")) == [Kind.IDENTICAL]


def test_words_that_were_cut_by_choice_are_more_than_was_chosen(store):
    source_id = next(s.id for s in view_of(store).sources.values() if s.name == "I1")
    words = "Ergoterapeut, sykepleier og ofte fastlegen, når han har tid"
    cut = words.index("og ofte fastlegen")
    choose_quote(store, source_id, words, cuts=(Span(cut, cut + 18),))
    found = check(store, f"«{words}»")
    assert changes(only(found, Kind.LONGER)) == [("", "og ofte fastlegen")]


def test_a_wording_that_was_chosen_in_the_study_is_no_drift(store):
    source_id = next(s.id for s in view_of(store).sources.values() if s.name == "I2")
    choose_quote(
        store,
        source_id,
        "Det vet ingen av oss helt sikkert",
        degree=Degree.TRANSLATED,
        wording="None of us really knows",
    )
    found = check(store, "She said that «none of us really knows».")
    assert kinds(found) == [Kind.IDENTICAL]
    assert only(found, Kind.IDENTICAL).source == "I2"


def test_one_voice_that_dominates_is_told_without_a_name(tmp_path):
    store = make_store(tmp_path / "studie")
    add_interview(store, FIRST, "I1", case="Kari Nordmann")
    add_interview(store, SECOND, "I2", case="Ola Nordmann")
    found = check(
        store,
        "«Vi møtes hver onsdag klokka ni»",
        "«Det faste møtet er det som holder oss sammen»",
        "«Ergoterapeut, sykepleier og ofte fastlegen»",
        "«Han har sjelden tid til slike møter»",
    )
    finding = only(found, Kind.DOMINANT)
    assert explained(found.manuscript, finding) == "Informant 1: 4 quotations"
    assert where(found.manuscript, finding) == "the whole manuscript"
    store.close()


def test_tracked_insertions_count_and_deletions_do_not(store, tmp_path):
    body = paragraph_xml(
        "Hun sier «Det faste møtet er ",
        '<w:del w:id="1" w:author="K"><w:r><w:delText>jo bare </w:delText></w:r></w:del>',
        f'<w:ins w:id="2" w:author="K">{run_xml("det som holder ")}</w:ins>',
        "oss sammen».",
    )
    found = proof_manuscript(view_of(store), write_xml(tmp_path / "o.docx", body))
    assert kinds(found) == [Kind.IDENTICAL]


def test_hyphens_and_breaks_that_word_put_in_are_no_drift(store, tmp_path):
    body = paragraph_xml(
        "Hun sier «Det faste mø",
        "<w:r><w:softHyphen/></w:r>",
        "tet er det",
        "<w:r><w:br/></w:r>",
        "som holder",
        "<w:r><w:tab/></w:r>",
        "oss sammen».",
    )
    found = proof_manuscript(view_of(store), write_xml(tmp_path / "o.docx", body))
    assert kinds(found) == [Kind.IDENTICAL]


def test_tables_and_text_boxes_are_read_and_a_box_is_read_once(store, tmp_path):
    drifted = paragraph_xml("«Det faste møtet er det som holder oss samlet»")
    box = f"<w:r><w:pict><w:txbxContent>{drifted}</w:txbxContent></w:pict></w:r>"
    both = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    )
    table = f"<w:tbl><w:tr><w:tc>{drifted}</w:tc></w:tr></w:tbl>"
    path = write_xml(tmp_path / "o.docx", table + f"<w:p><w:r>{both}</w:r></w:p>")
    found = proof_manuscript(view_of(store), path)
    places = [where(found.manuscript, f) for f in found.findings if f.kind is Kind.DRIFTED]
    assert places == ["table, paragraph 1", "text box, paragraph 2"]


def test_the_study_and_the_manuscript_are_not_changed(store, tmp_path):
    before = store.rows("SELECT count(*) FROM events")
    found = check(store, "«Det faste møtet er det som holder oss samlet»")
    content = found.path.read_bytes()
    proof_manuscript(view_of(store), found.path)
    assert found.path.read_bytes() == content
    assert store.rows("SELECT count(*) FROM events") == before


def test_a_study_without_text_is_told(tmp_path):
    store: Store = make_store(tmp_path / "studie")
    with pytest.raises(WrongUseError, match="K543"):
        check(store, "Tekst.")
    store.close()


def test_a_manuscript_without_text_is_told(store):
    with pytest.raises(KodebokError, match="K542"):
        check(store, "  ")


def test_group_quotes_belong_to_the_voice_that_speaks(tmp_path):
    store = make_store(tmp_path / "studie")
    add_interview(store, FIRST, "G1", type=SourceType.GROUP)
    found = check(store, "«Det faste møtet er det som holder oss sammen»")
    assert kinds(found) == [Kind.IDENTICAL]
    store.close()
