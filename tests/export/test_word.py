"""Word files, opened again by python-docx and by lxml."""

from __future__ import annotations

import shutil
import subprocess
from io import BytesIO

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kodebok.export.analysis_table import analysis_docx
from kodebok.export.chapter import make_chapter
from kodebok.export.codebook_doc import codebook_docx
from kodebok.export.document import Document, ParagraphKind, Table, paragraph
from kodebok.export.presets import choose_preset
from kodebok.export.word import word_bytes
from kodebok.export.word_styles import Font
from kodebok.export.xml_text import xml_safe
from tests.export.builders import EXCERPTS, LONG, MEETING, NYNORSK, quote_of, study, uid
from tests.export.reading import Q, names, part, times, word_texts

HOSTILE = "<w:p>&amp; ]]> \x00\x01\x0b\ud7ff\ufffe =cmd|'/c calc'!A1 <script>\u202e"


def chapter(preset="block-first", font=Font.TIMES, **changes):
    made = make_chapter(
        study(**changes), choose_preset(preset), made_on="2026-11-22", with_matrix=True
    )
    return word_bytes(made, font)


def test_headings_quotes_and_captions_have_words_own_styles():
    document = docx.Document(BytesIO(chapter()))
    styles = {p.text: p.style.name for p in document.paragraphs}
    assert styles["Funn"] == "Heading 1"
    assert styles["Tverrfaglig samhandling"] == "Heading 2"
    assert styles["Faste møtepunkt"] == "Heading 3"
    assert styles[f"“{LONG}”"] == "Quote"
    assert styles["Tabell 1. Informanter"] == "Caption"
    assert styles["[Skriv en kort oppsummering av «Faste møtepunkt» her.]"] == "Placeholder"
    assert all(table.style.name == "Kodebok Table" for table in document.tables)


def test_a_lead_in_stays_on_the_page_of_its_quote():
    document = docx.Document(BytesIO(chapter()))
    lead = next(p for p in document.paragraphs if p.text == "En leder sier:")
    assert lead.paragraph_format.keep_with_next


def test_a_long_quote_is_indented_and_the_text_has_line_spacing_of_one_and_a_half():
    styles = docx.Document(BytesIO(chapter())).styles
    assert styles["Body Text"].paragraph_format.line_spacing == pytest.approx(1.5)
    assert styles["Quote"].paragraph_format.left_indent.cm == pytest.approx(1.25, abs=0.01)


def test_the_document_says_which_language_it_is_in_and_which_quotes_are_in_another():
    content = chapter()
    default = part(content, "word/styles.xml").find(f"{Q}docDefaults//{Q}lang")
    assert default is not None
    assert default.get(f"{Q}val") == "nb-NO"
    runs = {
        "".join(run.itertext()): run.find(f"{Q}rPr/{Q}lang") for run in part(content).iter(f"{Q}r")
    }
    nynorsk = runs[f"“{NYNORSK}”"]
    assert nynorsk is not None
    assert nynorsk.get(f"{Q}val") == "nn-NO"
    assert runs[f"“{MEETING}”"] is None


@pytest.mark.parametrize(("language", "tag"), [("nb", "nb-NO"), ("nn", "nn-NO"), ("en", "en-GB")])
def test_every_language_has_its_tag(language, tag):
    content = word_bytes(make_chapter(study(), choose_preset("report"), language=language))
    assert docx.Document(BytesIO(content)).core_properties.language == tag


def test_the_properties_hold_no_person_and_no_clock():
    content = chapter()
    properties = docx.Document(BytesIO(content)).core_properties
    assert (properties.author, properties.last_modified_by, properties.comments) == ("", "", "")
    assert properties.title == "Funn"
    assert str(properties.created)[:10] == "2026-11-22"
    assert not [name for name in names(content) if "thumbnail" in name or "custom" in name]
    undated = word_bytes(make_chapter(study(), choose_preset("report")))
    assert b"created" not in part(undated, "docProps/core.xml").xpath("string()").encode()
    assert docx.Document(BytesIO(undated)).core_properties.created is None


def test_the_same_study_gives_the_same_file_to_the_byte():
    first = chapter()
    assert chapter() == first
    assert times(first) == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize("font", Font)
def test_the_typeface_can_be_chosen(font):
    fonts = part(chapter(font=font), "word/styles.xml").find(f"{Q}docDefaults//{Q}rFonts")
    assert fonts is not None
    assert fonts.get(f"{Q}ascii") == font.value.name


def test_hostile_text_neither_breaks_the_file_nor_becomes_part_of_it():
    excerpt = EXCERPTS[0].__class__(
        **{name: getattr(EXCERPTS[0], name) for name in EXCERPTS[0].__slots__} | {"text": HOSTILE}
    )
    content = chapter("report", excerpts=(excerpt,), summaries={uid("c11"): HOSTILE * 2000})
    joined = "\n".join(word_texts(content))
    assert "<w:p>&amp; ]]>" in joined
    assert "<script>" in joined


@settings(deadline=None)
@given(st.text())
def test_any_text_survives_in_a_paragraph_and_in_a_cell(text):
    kind = ParagraphKind.BODY
    content = word_bytes(
        Document(text, "nb", (paragraph(kind, text), Table(("A",), ((text,),), caption="C")))
    )
    document = docx.Document(BytesIO(content))
    assert document.paragraphs[0].text == xml_safe(text)
    assert document.tables[0].cell(1, 0).text == xml_safe(text)


def test_a_number_in_a_table_stands_to_the_right():
    content = word_bytes(Document("T", "nb", (Table(("Kode", "n"), (("A", 3),)),)))
    assert docx.Document(BytesIO(content)).tables[0].cell(1, 1).paragraphs[0].alignment == 2


def test_the_analysis_table_leads_from_the_words_to_the_theme():
    (table,) = docx.Document(BytesIO(analysis_docx(study()))).tables
    rows = [tuple(cell.text for cell in row.cells) for row in table.rows]
    assert rows[0] == ("Kodet utdrag", "Kondensert", "Kode", "Kodegruppe", "Konsept")
    assert rows[1] == (
        MEETING,
        "Møtet samler fagene",
        "Faste møtepunkt",
        "Tverrfaglig samhandling",
        "Nærhet slår papir",
    )
    assert rows[-1] == ("økonomien styrer alt", "", "Organisatoriske grep", "", "")


def test_the_codebook_is_printed_with_definitions_and_origins():
    document = docx.Document(BytesIO(codebook_docx(study())))
    first = [tuple(cell.text for cell in row.cells) for row in document.tables[0].rows]
    assert first[2] == (
        "Faste møtepunkt",
        "Møter som går fast.",
        "Når et møte har tid og sted.",
        "Samtaler i gangen.",
        "«Morgenmøtet.»",
        "fra intervjuguide",
    )
    assert len(document.tables) == 3
    section = document.sections[0]
    assert section.page_width > section.page_height


def test_a_chosen_quote_in_the_file_is_its_sources_words():
    content = chapter("report", quotes=(quote_of(EXCERPTS[1]),))
    assert f"{LONG} (Intervju 09.05.18)" in word_texts(content)


@pytest.mark.skipif(shutil.which("libreoffice") is None, reason="LibreOffice is not here")
def test_another_word_processor_opens_the_chapter(tmp_path):
    path = tmp_path / "funn.docx"
    path.write_bytes(chapter())
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    subprocess.run(
        ["libreoffice", profile, "--headless", "--convert-to", "txt:Text", path.name],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        timeout=120,
    )
    assert MEETING in (tmp_path / "funn.txt").read_text(encoding="utf-8-sig")
