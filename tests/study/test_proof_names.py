"""Names of the study that slipped into the manuscript are found wherever in the file they stand."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from kodebok.i18n import set_language
from kodebok.study.proof import proof_manuscript
from kodebok.study.proof_findings import Kind
from kodebok.study.proof_words import where
from tests.builders import add_case, add_interview, make_store
from tests.study.proof_manuscripts import (
    HEADING,
    check,
    kinds,
    only,
    paragraph_xml,
    view_of,
    write_manuscript,
    write_xml,
)


@pytest.fixture(autouse=True)
def _english():
    set_language("en")
    yield
    set_language("")


@pytest.fixture
def store(tmp_path: Path):
    store = make_store(tmp_path / "studie", coders=("Maren Lie",))
    add_interview(
        store,
        "I: Hva gjør du?\nR: Jeg gror fast i liv og arbeid på kontoret.",
        "Intervju 1",
        case="Kari Nordvik",
        place="rådhuset i Skarvøy",
        interviewer="Maren Lie",
        observer="Tore Hagestad",
        file_name="Intervju_med_Solveig.docx",
    )
    add_case(store, "Kari Nordvik", {"rolle": "nattpatruljeleder", "kjønn": "kvinne"})
    add_case(store, "Liv")
    add_case(store, "Informant 4")
    add_case(store, "Skarvøy kommune", site=True)
    yield store
    store.close()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Vi snakket med Kari Nordvik i mars.", "Kari Nordvik"),
        ("Vi snakket med Kari i mars.", "Kari"),
        ("Det var Karis idé.", "Karis"),
        ("Det var Nordvik's idé.", "Nordvik's"),
        ("I Skarvøy er det slik.", "Skarvøy"),
        ("I Skarvøy kommune er det slik.", "Skarvøy kommune"),
        ("Observatør var Tore Hagestad her.", "Tore Hagestad"),
        ("Takk til Solveig for praten.", "Solveig"),
        ("Vi snakket med Liv i mars.", "Liv"),
    ],
)
def test_a_name_of_the_study_is_found(store, text, name):
    found = check(store, text)
    assert only(found, Kind.NAME).text == name
    assert not found.is_clean


@pytest.mark.parametrize(
    "text",
    [
        "Informant 4 er kvinne.",
        "Livet er langt, og karismatisk ledelse finnes.",
        "Liv og arbeid henger sammen.",
        "Maren Lie har skrevet denne oppgaven.",
        "Intervju er en god metode på kontoret.",
        "Slik er det (Nordvik, 2017) og (Kari & Nordvik, 2012).",
    ],
)
def test_what_only_looks_like_a_name_is_left_alone(store, text):
    assert kinds(check(store, text)) == []


def test_a_list_of_references_may_have_a_surname(store):
    found = check(store, "Tekst.", (HEADING, "Litteratur"), "Nordvik, P. Om møter. Oslo.")
    assert kinds(found) == []


def test_a_role_that_one_person_has_is_told_once_with_the_number_of_places(store):
    found = check(store, "Nattpatruljelederen ler.", "En nattpatruljeleder ser mye.")
    finding = only(found, Kind.INDIRECT)
    assert finding.times == 2
    assert found.is_clean


def test_a_printed_role_is_no_finding(store):
    add_case(store, "Kari Nordvik", {"rolle trykt": "nattpatruljeleder"})
    assert kinds(check(store, "Nattpatruljelederen ler.")) == []


def test_names_are_found_in_every_part_of_the_file(store, tmp_path):
    body = (
        paragraph_xml("Tekst", '<w:r><w:footnoteReference w:id="2"/></w:r>')
        + f"<w:tbl><w:tr><w:tc>{paragraph_xml('Kari')}</w:tc></w:tr></w:tbl>"
        + paragraph_xml('<w:del w:id="1"><w:r><w:delText>Kari</w:delText></w:r></w:del>', "Mer")
        + '<w:p><w:r><w:drawing><wp:docPr xmlns:wp="urn:wp" id="1" descr="Bilde av Kari"/>'
        "</w:drawing></w:r></w:p>"
    )
    note = f'<w:footnote w:id="2">{paragraph_xml("Kari")}</w:footnote>'
    comment = f'<w:comment w:id="1" w:author="Kari">{paragraph_xml("Spør Kari")}</w:comment>'
    path = write_xml(
        tmp_path / "o.docx",
        body,
        footnotes=note,
        header=paragraph_xml("Kari"),
        footer=paragraph_xml("Kari"),
        comments=comment,
    )
    document = docx.Document(str(path))
    document.core_properties.title = "Samtale med kari nordvik"
    document.part.relate_to("mailto:kari@skarvoy.no", "urn:x/hyperlink", is_external=True)
    document.save(str(path))
    found = proof_manuscript(view_of(store), path)
    places = [where(found.manuscript, f) for f in found.findings if f.kind is Kind.NAME]
    assert sorted(set(places)) == [
        "comment",
        "deleted text, still in the file",
        "footer",
        "footnote 2",
        "header",
        "link",
        "picture's description",
        "table, paragraph 2",
        "the file's properties",
    ]
    assert places.count("comment") == 2


def test_a_study_without_names_finds_none(tmp_path):
    store = make_store(tmp_path / "studie")
    add_interview(store, "R: Vi møtes hver onsdag.", "I1", case="Informant 1")
    path = write_manuscript(tmp_path / "o.docx", "Vi møtes, sier Informant 1 i I1.")
    assert kinds(proof_manuscript(view_of(store), path)) == []
    store.close()
