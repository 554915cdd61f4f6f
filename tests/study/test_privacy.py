"""The privacy page says what a data protection officer asks for, and names no one."""

from __future__ import annotations

import getpass
from io import BytesIO
from pathlib import Path

import docx
import pytest

from kodebok.domain.consent import RequestKind
from kodebok.export.contents import texts_in
from kodebok.export.privacy_page import document_bytes, document_html, document_text
from kodebok.i18n import set_language
from kodebok.storage import cases, departures
from kodebok.study.card import change_card
from kodebok.study.consent import give_consent, receive_request
from kodebok.study.departing import log_export
from kodebok.study.opening import open_study
from kodebok.study.privacy import privacy_document, shown_path, write_privacy_page
from tests import builders

NAMES = ("Olga", "Nordmann", "Kari", "Hemmelig", "funn-olga", "Legekontoret")
HEADINGS = {
    "nb": ["Prosjektet", "Hvor dataene ligger", "Hva som har kjørt", "Til meldeskjemaet"],
    "nn": ["Prosjektet", "Kvar dataa ligg", "Kva som har køyrt", "Til meldeskjemaet"],
    "en": ["The project", "Where data lie", "What ran", "For the notification form"],
}


@pytest.fixture(autouse=True)
def _surroundings(tmp_path, monkeypatch):
    for name in ("CONFIG", "STATE", "DATA"):
        monkeypatch.setenv(f"KODEBOK_{name}_DIR", str(tmp_path / name.lower()))
    yield
    set_language("")


@pytest.fixture
def study(tmp_path):
    with builders.make_store(tmp_path / "s", title="Hemmelig tittel") as store:
        source = builders.add_interview(store, name="Olga I1", case="Olga Nordmann")
        code = builders.add_code(store, "Legekontoret")
        builders.code_passage(store, source, code, "Det faste møtet")
    with open_study(tmp_path / "s") as opened:
        case = cases.load_cases(opened.store)[0]
        give_consent(opened, case, given="2026-01-02", note="Olga i skuffen")
        receive_request(opened, case, RequestKind.ACCESS, "2026-02-03", "Olga ringte")
        change_card(
            opened,
            {
                "reference": "123456",
                "data_class": "red",
                "place": "SAFE",
                "end_date": "2026-12-31",
                "responsible": "Kari Nordmann",
                "afterwards": "delete",
            },
        )
        log_export(opened, Path("funn-olga.docx"), "word", b"content")
        yield opened


@pytest.mark.parametrize("language", HEADINGS)
def test_it_says_what_is_asked_for_in_three_languages_without_a_name(study, language):
    text = document_text(privacy_document(study, language=language))
    for heading in HEADINGS[language]:
        assert f"\n{heading}\n---" in text
    for fact in ("123456", "SAFE", "2026-12-31", "SHA-256"):
        assert fact in text
    assert departures.load_departures(study.store)[0].digest[:16] in text
    for name in NAMES:
        assert name not in text, name


def test_what_the_card_does_not_say_is_left_for_the_student(study):
    change_card(study, {"place": "", "end_date": ""})
    text = document_text(privacy_document(study, language="en"))
    assert "[the approved place]" in text
    assert "[end date]" in text


@pytest.mark.parametrize("form", ["docx", "html", "text"])
def test_it_is_written_through_the_gate_and_noted(study, tmp_path, form):
    path = tmp_path / f"page.{'txt' if form == 'text' else form}"
    said = write_privacy_page(study, path, form, language="nb")
    assert len(said) == 1
    whole = "\n".join(part.text for part in texts_in(path.read_bytes()))
    assert "Hvor dataene ligger" in whole
    assert not any(name in whole for name in NAMES)
    assert departures.load_departures(study.store)[-1].kind == "privacy"


def test_the_word_file_has_headings_and_tables_that_word_knows(study):
    made = docx.Document(BytesIO(document_bytes(privacy_document(study, language="nb"), "docx")))
    headings = [p.text for p in made.paragraphs if p.style.name.startswith("Heading")]
    assert headings[0] == "Personvern i denne studien"
    assert len(made.tables) == 5
    assert made.tables[0].cell(1, 1).text == "123456"


def test_the_page_holds_no_script_and_asks_nothing_of_a_network(study):
    page = document_html(privacy_document(study, language="en"))
    assert "<script" not in page
    assert "default-src 'none'" in page
    assert "http:" not in page
    assert "https:" not in page


def test_what_was_typed_is_never_markup_on_the_page(study):
    change_card(study, {"place": "<b>SAFE</b> & co"})
    page = document_html(privacy_document(study, language="en"))
    assert "&lt;b&gt;SAFE&lt;/b&gt; &amp; co" in page


def test_a_path_does_not_say_whose_machine_it_is():
    assert shown_path(Path.home() / "master") == str(Path("~/master"))
    user = getpass.getuser()
    assert user not in shown_path(Path("/media") / user / "disk").split("/")
