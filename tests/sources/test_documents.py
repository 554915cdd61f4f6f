"""Word, OpenDocument, PDF, web pages and Markdown."""

from __future__ import annotations

import docx

from kodebok.domain.source import SourceType
from kodebok.sources import ReadOptions, read_file
from tests.sources.documents import (
    odt_paragraphs,
    write_docx,
    write_odt,
    write_pdf,
    write_raw_docx,
)


def read(path, **options):
    (arrival,) = read_file(path, ReadOptions(**options))
    return arrival


def spoken(arrival):
    return [(turn.speaker, turn.text) for turn in arrival.turns]


def timed(arrival):
    return [(turn.speaker, turn.start_ms, turn.end_ms, turn.text) for turn in arrival.turns]


def test_a_word_document_with_labels(tmp_path):
    path = write_docx(
        tmp_path / "I1.docx", ["Intervjuer: Hva?", "", "Informant: Dette.", "Og mer."]
    )
    arrival = read(path)
    assert arrival.format == "docx"
    assert arrival.encoding is None
    assert spoken(arrival) == [("Intervjuer", "Hva?"), ("Informant", "Dette.\nOg mer.")]


def test_bold_words_before_the_text_are_labels_without_a_colon(tmp_path):
    document = docx.Document()
    for name, text in [("Kari", " Hva?"), ("Ola", " Det."), ("Kari", " Ja."), ("Ola", " Nei.")]:
        paragraph = document.add_paragraph()
        paragraph.add_run(name).bold = True
        paragraph.add_run(text)
    document.save(str(tmp_path / "a.docx"))
    assert spoken(read(tmp_path / "a.docx"))[:2] == [("Kari", "Hva?"), ("Ola", "Det.")]


def test_bold_paragraphs_without_labels_are_told_of(tmp_path):
    document = docx.Document()
    for text in (
        "Hva skjedde da?",
        "Det var mye.",
        "Og så?",
        "Så gikk vi.",
        "Ja?",
        "Ja, det var det.",
    ):
        paragraph = document.add_paragraph()
        paragraph.add_run(text).bold = text.endswith("?")
    document.save(str(tmp_path / "a.docx"))
    arrival = read(tmp_path / "a.docx")
    assert len(arrival.turns) == 6
    assert len(arrival.doubts) == 1


def test_a_two_column_table_is_a_transcript(tmp_path):
    document = docx.Document()
    document.add_paragraph("Intervju 2")
    table = document.add_table(rows=0, cols=3)
    for cells in [
        ("Tid", "Taler", "Tekst"),
        ("00:00:01", "I", "Hva gjør du?"),
        ("00:00:04", "R", "Jeg er sykepleier."),
        ("", "", "I ytre sone."),
        ("00:00:09", "I", "Ja."),
    ]:
        for cell, text in zip(table.add_row().cells, cells, strict=True):
            cell.text = text
    document.save(str(tmp_path / "a.docx"))
    assert timed(read(tmp_path / "a.docx")) == [
        (None, None, None, "Intervju 2"),
        ("I", 1_000, None, "Hva gjør du?"),
        ("R", 4_000, None, "Jeg er sykepleier.\nI ytre sone."),
        ("I", 9_000, None, "Ja."),
    ]


def test_a_table_that_is_no_transcript_is_lines(tmp_path):
    document = docx.Document()
    table = document.add_table(rows=2, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Tiltak i enheten", "Antall årsverk"
    table.cell(1, 0).text, table.cell(1, 1).text = "Faste møter for alle", "Tolv og et halvt"
    document.save(str(tmp_path / "a.docx"))
    assert [turn.text for turn in read(tmp_path / "a.docx").turns] == [
        "Tiltak i enheten | Antall årsverk",
        "Faste møter for alle | Tolv og et halvt",
    ]


def test_old_teams_documents(tmp_path):
    path = write_docx(
        tmp_path / "a.docx",
        [
            "0:0:0.0 --> 0:0:1.500\nKari Nordmann\nHei, hører du meg?",
            "0:0:1.500 --> 0:0:3.0\nKari Nordmann\nHallo?",
            "0:0:3.500 --> 0:0:4.0\nOla Hansen\nJa.",
        ],
    )
    arrival = read(path)
    assert arrival.format == "docx-teams"
    assert timed(arrival) == [
        ("Kari Nordmann", 0, 3_000, "Hei, hører du meg? Hallo?"),
        ("Ola Hansen", 3_500, 4_000, "Ja."),
    ]


def test_new_teams_documents(tmp_path):
    path = write_docx(
        tmp_path / "a.docx",
        [
            "Intervju-20250115_133555-Møtetranskripsjon",
            "15. januar 2025, 01:35p.m.",
            "27m 42s",
            "Kari Nordmann startet transkripsjon",
            "Kari Nordmann   0:03\nHva gjør du til daglig?",
            "Ola Hansen   0:07\nJeg kjører rute fire.",
            "Ola Hansen   1:02:08\nOg tar telefonen.",
            "Kari Nordmann stoppet transkripsjon",
        ],
    )
    arrival = read(path)
    assert arrival.format == "docx-teams"
    assert arrival.repairs == ()
    assert timed(arrival) == [
        ("Kari Nordmann", 3_000, None, "Hva gjør du til daglig?"),
        ("Ola Hansen", 7_000, None, "Jeg kjører rute fire. Og tar telefonen."),
    ]
    assert len(arrival.doubts) == 1


def test_words_transkriber(tmp_path):
    path = write_docx(
        tmp_path / "a.docx",
        [
            "Lydfil",
            "intervju1.m4a",
            "Transkripsjon",
            "00:00:02 Taler 1",
            "Hva gjør du?",
            "00:00:12 Taler 2",
            "Jeg er sykepleier.",
        ],
    )
    arrival = read(path)
    assert arrival.format == "docx-transcribe"
    assert timed(arrival) == [
        ("Taler 1", 2_000, None, "Hva gjør du?"),
        ("Taler 2", 12_000, None, "Jeg er sykepleier."),
    ]


def test_tracked_deletions_are_left_out_and_insertions_kept(tmp_path):
    path = write_raw_docx(
        tmp_path / "a.docx",
        "<w:p><w:r><w:t>I: Vi var </w:t></w:r>"
        "<w:del><w:r><w:delText>fire</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>fem</w:t></w:r></w:ins>"
        "<w:r><w:noBreakHyphen/><w:t>ish.</w:t></w:r></w:p><w:p><w:r><w:t>R: Ja.</w:t></w:r></w:p>",
    )
    arrival = read(path)
    assert arrival.turns[0].text == "Vi var fem-ish."
    assert len(arrival.doubts) == 1


def test_a_word_document_with_a_text_ending_is_read_as_what_it_is(tmp_path):
    path = write_docx(tmp_path / "a.docx", ["I: Hva?", "R: Dette."])
    assert read(path.rename(tmp_path / "a.txt")).format == "docx"


def test_an_opendocument_text(tmp_path):
    body = (
        odt_paragraphs("Intervjuer: Hva?")
        + '<text:p>Informant: To<text:s text:c="2"/>ord<text:note><text:note-body>'
        "<text:p>fotnote</text:p></text:note-body></text:note>.<text:line-break/>Ny linje.</text:p>"
    )
    arrival = read(write_odt(tmp_path / "a.odt", body))
    assert arrival.format == "odt"
    assert spoken(arrival) == [("Intervjuer", "Hva?"), ("Informant", "To ord.\nNy linje.")]
    assert len(arrival.doubts) == 1


def test_a_table_in_an_opendocument_text_is_a_transcript(tmp_path):
    rows = "".join(
        "<table:table-row>"
        + "".join(f"<table:table-cell>{odt_paragraphs(c)}</table:table-cell>" for c in row)
        + "</table:table-row>"
        for row in [("Intervjuer:", "Hva gjør du?"), ("Informant:", "Jeg er sykepleier.")]
    )
    arrival = read(write_odt(tmp_path / "a.odt", f"<table:table>{rows}</table:table>"))
    assert spoken(arrival) == [("Intervjuer", "Hva gjør du?"), ("Informant", "Jeg er sykepleier.")]


def test_a_pdf_loses_its_page_numbers_and_line_ends(tmp_path):
    first = [
        "Intervjuer: Kan du si noe om hvordan dere samarbeider i kommu-",
        "nen etter at dere flyttet sammen i samme gang og fikk nytt hus",
        "for alle som jobber i den nye og store enheten her ute i sundet?",
        "Informant: Ja, det er blitt mye enklere å få til helse-",
        "og omsorgstjenester som henger sammen, for nå kan vi gå bort og",
        "1",
    ]
    second = ["spørre hverandre når det er noe som haster og må avklares nå.", "Sånn er det.", "2"]
    arrival = read(write_pdf(tmp_path / "a.pdf", [first, second]))
    assert arrival.format == "pdf"
    assert arrival.speakers == ("Intervjuer", "Informant")
    assert "samarbeider i kommunen etter" in arrival.turns[0].text
    assert "få til helse- og omsorgstjenester" in arrival.turns[1].text
    assert "gå bort og spørre hverandre" in arrival.turns[1].text
    kinds = {repair.kind for repair in arrival.repairs}
    assert {"page-numbers", "page-breaks", "line-hyphens", "wrapped-lines"} <= kinds


def test_noscribe_web_page(tmp_path):
    page = (
        '<html><head><meta charset="UTF-8"><style>p {}</style></head><body><p>intervju1</p>'
        "<p>Transcribed with noScribe vers. 0.6<br>Audio source: a.m4a</p>"
        '<p><a name="ts_0_3040_S00">S00: [00:00:00] Hva gjør du? </a></p>'
        '<p><a name="ts_3040_5000_S01">S01: Jeg er</a>'
        '<a name="ts_5000_7000_S01"> sykepleier.</a></p>'
        "</body></html>"
    )
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    arrival = read(tmp_path / "a.html")
    assert arrival.format == "html-noscribe"
    assert timed(arrival) == [
        ("S00", 0, 3_040, "Hva gjør du?"),
        ("S01", 3_040, 7_000, "Jeg er sykepleier."),
    ]


def test_an_ordinary_web_page(tmp_path):
    page = (
        "<!DOCTYPE html><html><head><title>x</title><script>var I: 1</script></head><body>"
        "<p><b>Intervjuer:</b> Hva\n  gj&oslash;r du?</p><p><b>Informant:</b> Mye.<br>Og mer.</p>"
        "</body></html>"
    )
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    assert spoken(read(tmp_path / "a.html")) == [
        ("Intervjuer", "Hva gjør du?"),
        ("Informant", "Mye.\nOg mer."),
    ]


def test_a_table_in_a_web_page_is_a_transcript(tmp_path):
    page = (
        "<html><body><table><tr><th>Taler</th><th>Tekst</th></tr>"
        "<tr><td>I</td><td>Hva gjør du?</td></tr><tr><td>R</td><td>Jeg er sykepleier.</td></tr>"
        "</table></body></html>"
    )
    (tmp_path / "a.txt").write_text(page, encoding="utf-8")
    assert spoken(read(tmp_path / "a.txt")) == [("I", "Hva gjør du?"), ("R", "Jeg er sykepleier.")]


def test_a_web_page_says_its_own_encoding(tmp_path):
    page = '<html><head><meta charset="iso-8859-1"></head><body><p>Blåbærsyltetøy</p></body></html>'
    (tmp_path / "a.html").write_bytes(page.encode("latin-1"))
    arrival = read(tmp_path / "a.html")
    assert (arrival.turns[0].text, arrival.encoding) == ("Blåbærsyltetøy", "latin-1")


def test_markdown_marks_go_and_its_front_matter_is_values(tmp_path):
    text = (
        "---\nrolle: leder\nsted: Skarvøy\n---\n# Intervju 1\n\n"
        "**Intervjuer:** Hva *mener* du?\n\n**Informant:** Jeg **mener** det. \\[ler\\]\n\n> Ja, se [her](http://x).\n"
    )
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    arrival = read(tmp_path / "a.md")
    assert arrival.values == {"rolle": "leder", "sted": "Skarvøy"}
    assert spoken(arrival) == [
        (None, "Intervju 1"),
        ("Intervjuer", "Hva mener du?"),
        ("Informant", "Jeg mener det. [ler]\nJa, se her."),
    ]


def test_a_markdown_table_is_a_transcript(tmp_path):
    (tmp_path / "a.md").write_text(
        "| Taler | Tekst |\n|---|---|\n| I | Hva gjør du? |\n| R | Mye rart. |\n"
    )
    arrival = read(tmp_path / "a.md")
    assert spoken(arrival) == [("I", "Hva gjør du?"), ("R", "Mye rart.")]
    assert arrival.type is SourceType.INTERVIEW
