"""Spreadsheets, CSV and the web page."""

from __future__ import annotations

import csv
import re
import zipfile
from dataclasses import replace
from html.parser import HTMLParser
from io import BytesIO, StringIO

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kodebok.export.analysis_table import analysis_csv, analysis_xlsx
from kodebok.export.csv_out import csv_bytes
from kodebok.export.document import Table
from kodebok.export.excel import CELL_LIMIT, Sheet, appendix_xlsx, excerpts_table, workbook_bytes
from kodebok.export.html import appendix_html
from kodebok.export.xml_text import xml_safe
from tests.export.builders import EXCERPTS, LONG, MEETING, NYNORSK, study, text_of, uid
from tests.export.reading import sheet_rows, times

FORMULAS = ["=cmd|'/c calc'!A1", "+1", "-1+1", "@SUM(A1)", "http://e.no", "0042", "{=1}", "  =1"]


def excerpts_with(texts):
    return tuple(
        e.__class__(**{n: getattr(e, n) for n in e.__slots__} | {"text": text, "id": str(i)})
        for i, (e, text) in enumerate((EXCERPTS[0], text) for text in texts)
    )


def test_the_appendix_leads_from_code_to_passage():
    rows = sheet_rows(appendix_xlsx(study()), "Utdrag")
    assert rows[0] == (
        "Kode", "Kodet utdrag", "Person", "Rolle", "Kilde", "Fra tegn", "Til tegn", "Merknad",
    )  # fmt: skip
    assert rows[2] == (
        "Tverrfaglig samhandling/Faste møtepunkt", LONG, "Informant 1", "leder", "I1-leder",
        EXCERPTS[1].start, EXCERPTS[1].end, None,
    )  # fmt: skip
    assert rows[-1][-1] == "etter notat"


def test_an_excerpt_of_two_voices_names_both():
    text = text_of("s2")
    both = excerpts_with([text])[0]
    both = replace(both, source_id=uid("s2"), start=0, end=len(text))
    row = sheet_rows(appendix_xlsx(study(excerpts=(both,))), "Utdrag")[1]
    assert row[1] == f"[Intervjuer:] Kven har ansvaret? [Informant 2:] {NYNORSK}"


def test_the_appendix_has_codes_matrix_and_informants_with_headers_in_sight():
    book = openpyxl.load_workbook(BytesIO(appendix_xlsx(study(), made_on="2026-11-22")))
    assert book.sheetnames == ["Koder", "Utdrag", "Matrise", "Informanter"]
    for sheet in book:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref.startswith("A1:")
        assert sheet.column_dimensions["A"].width >= 8
    assert book["Koder"]["G3"].value == 2
    assert book["Matrise"]["A3"].value == "\u2003Faste møtepunkt"
    assert book["Matrise"].conditional_formatting
    assert book.properties.creator in {None, ""}
    assert str(book.properties.created)[:10] == "2026-11-22"


def test_no_text_becomes_a_formula_a_link_or_a_number_in_a_spreadsheet():
    content = workbook_bytes([Sheet("S", Table(("H",), tuple((t,) for t in FORMULAS)))], "T")
    sheet = openpyxl.load_workbook(BytesIO(content))["S"]
    cells = [sheet.cell(i + 2, 1) for i in range(len(FORMULAS))]
    assert [cell.value for cell in cells] == FORMULAS
    with zipfile.ZipFile(BytesIO(content)) as archive:
        page = archive.read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in page
    assert b"hyperlink" not in page
    assert page.count(b't="s"') == len(FORMULAS) + 1


def test_a_text_too_long_for_a_cell_goes_on_below():
    text = "ord " * (CELL_LIMIT // 2)
    rows = sheet_rows(appendix_xlsx(study(excerpts=excerpts_with([text]))), "Utdrag")[1:]
    assert len(rows) == 3
    assert "".join(str(row[1]) for row in rows) == text.strip()
    assert {row[0] for row in rows} == {"Tverrfaglig samhandling/Faste møtepunkt"}


def test_sheets_with_odd_or_equal_names_all_get_one():
    table = Table(("H",), (("x",),))
    content = workbook_bytes([Sheet(n, table) for n in ("a/b", "a?b", "", "'x'", "y" * 40)], "T")
    assert len(openpyxl.load_workbook(BytesIO(content)).sheetnames) == 5


def test_the_spreadsheet_is_the_same_to_the_byte():
    assert appendix_xlsx(study()) == appendix_xlsx(study())
    assert times(appendix_xlsx(study())) == {(1980, 1, 1, 0, 0, 0)}


@settings(deadline=None)
@given(st.text(min_size=1).filter(lambda t: "_x" not in t))
def test_any_text_survives_in_a_spreadsheet(text):
    content = workbook_bytes([Sheet("S", Table(("H", "n"), ((text, 1),)))], text)
    assert sheet_rows(content, "S")[1] == (xml_safe(text) or None, 1)


def read_csv(content: bytes, delimiter: str = ";") -> list[list[str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(StringIO(content.decode("utf-8-sig"), newline=""), delimiter=delimiter))


def test_csv_opens_in_norwegian_and_in_english_spreadsheets():
    table = Table(("Ord", "n"), (("blåbærsyltetøy; og mer", 3),))
    assert read_csv(csv_bytes(table)) == [["Ord", "n"], ["blåbærsyltetøy; og mer", "3"]]
    assert read_csv(csv_bytes(table, "en"), ",")[1] == ["blåbærsyltetøy; og mer", "3"]


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@a", "\t=1", " =1", "\n=1"])
def test_csv_gives_a_spreadsheet_nothing_to_run(text):
    assert read_csv(csv_bytes(Table(("H",), ((text,),))))[1] == [f"'{text}"]


def test_a_negative_number_is_a_number():
    assert read_csv(csv_bytes(Table(("H",), ((-1,),))))[1] == ["-1"]


@settings(deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1))
def test_any_text_survives_in_csv(text):
    rows = read_csv(csv_bytes(Table(("H", "I"), ((text, "x"),))))
    assert rows[1][0].removeprefix("'") == text.removeprefix("'")


def test_the_analysis_table_comes_as_spreadsheet_and_csv():
    rows = sheet_rows(analysis_xlsx(study()), "Analysetabell")
    assert rows[1][:3] == (MEETING, "Møtet samler fagene", "Faste møtepunkt")
    assert read_csv(analysis_csv(study()))[1][0] == MEETING


def test_a_condensation_of_a_code_and_a_person_stands_in_where_the_passage_has_none():
    cell = study().condensations[0].__class__("c", "Felles blikk", None, uid("c11"), uid("k1"))
    rows = read_csv(analysis_csv(study(condensations=(*study().condensations, cell))))
    assert [row[1] for row in rows[1:3]] == ["Møtet samler fagene", "Felles blikk"]


class Page(HTMLParser):
    """What a browser finds in a page."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.cells: list[str] = []
        self._in_words = False
        self.feed(content.decode())

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag == "td" and dict(attrs).get("class") == "words":
            self._in_words = True
            self.cells.append("")

    def handle_endtag(self, tag):
        if tag == "td":
            self._in_words = False

    def handle_data(self, data):
        if self._in_words:
            self.cells[-1] += data

    def named(self, tag):
        return [attrs for found, attrs in self.tags if found == tag]


def test_the_page_asks_nothing_of_a_network_and_says_so_to_the_browser():
    content = appendix_html(study())
    page = Page(content)
    policy = next(m["content"] for m in page.named("meta") if "http-equiv" in m)
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    for _tag, attrs in page.tags:
        assert not {"src", "href", "style", "onclick"} & set(attrs)
    assert b"http" not in content.replace(b"http-equiv", b"")


def test_the_policy_names_the_very_style_and_script_of_the_page():
    import base64
    import hashlib

    text = appendix_html(study()).decode()
    for tag in ("style", "script"):
        inside = re.search(f"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
        assert inside is not None
        digest = base64.b64encode(hashlib.sha256(inside.group(1).encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in text


def test_the_page_is_searchable_by_word_and_by_code():
    page = Page(appendix_html(study(), made_on="2026-11-22"))
    assert page.named("html") == [{"lang": "nb-NO"}]
    assert "search" in [a.get("type") for a in page.named("input")]
    options = [o["value"] for o in page.named("option")]
    assert "Tverrfaglig samhandling/Faste møtepunkt" in options
    assert "Ubrukt" not in options
    rows = [a["data-code"] for a in page.named("tr") if "data-code" in a]
    assert len(rows) == len(EXCERPTS)
    assert b"prefers-color-scheme:dark" in appendix_html(study())


@settings(deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_characters="\x00")))
def test_any_text_survives_in_the_page_and_none_becomes_markup(text):
    view = study(excerpts=excerpts_with([f"x{text}"]))
    page = Page(appendix_html(view))
    assert page.cells == [xml_safe(" ".join(f"x{text}".split()))]
    assert len(page.tags) == len(Page(appendix_html(study(excerpts=excerpts_with(["x"])))).tags)


def test_excerpts_carry_no_role_but_the_printed_one():
    text = str(excerpts_table(study(), "nb").rows)
    assert "rådmann" not in text
    assert text_of("s3")[9:] in text or "økonomien" in text
