"""Open answers in csv and xlsx files."""

from __future__ import annotations

import datetime as dt

import openpyxl
import pytest

from kodebok.domain.source import SourceType
from kodebok.errors import KodebokError, WrongUseError
from kodebok.i18n import set_language
from kodebok.sources import ReadOptions, columns_of, read_file

ROWS = [
    ["Deltaker", "Kommune", "Alder", "Hva er bra?", "Hva kan bli bedre?"],
    ["A", "Skarvøy", 41, "Vi snakker mer sammen nå", "Det er for lite tid, synes jeg"],
    ["B", "Lauvnes", 52.0, "", "Ingenting å klage på her egentlig"],
    ["C", "Skarvøy", 33, None, None],
    ["D", "Ytterhamn", dt.date(2024, 3, 1), "At vi har samme plan", "Vet ikke helt ennå"],
]


@pytest.fixture(autouse=True)
def in_english():
    set_language("en")
    yield
    set_language("")


def write_xlsx(path, rows, title="Svar"):
    workbook = openpyxl.Workbook()
    workbook.active.title = "Tomt"
    sheet = workbook.create_sheet(title)
    for row in rows:
        sheet.append(row)
    workbook.save(path)
    return path


def write_csv(path, rows, delimiter=";", codec="utf-8"):
    import csv

    with path.open("w", encoding=codec, newline="") as stream:
        csv.writer(stream, delimiter=delimiter).writerows(rows)
    return path


OPTIONS = ReadOptions(text_columns=("Hva er bra?", "Hva kan bli bedre?"), case_column="Deltaker")


def test_each_row_is_an_arrival_and_each_answer_a_turn(tmp_path):
    arrivals = read_file(write_xlsx(tmp_path / "svar.xlsx", ROWS), OPTIONS)
    assert [arrival.case_name for arrival in arrivals] == ["A", "B", "D"]
    first = arrivals[0]
    assert first.type is SourceType.ANSWERS
    assert first.format == "xlsx"
    assert [(turn.speaker, turn.text) for turn in first.turns] == [
        ("Hva er bra?", "Vi snakker mer sammen nå"),
        ("Hva kan bli bedre?", "Det er for lite tid, synes jeg"),
    ]
    assert first.values == {"Kommune": "Skarvøy", "Alder": "41"}
    assert arrivals[1].values["Alder"] == "52"
    assert arrivals[2].values["Alder"] == "2024-03-01"


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_csv_in_the_forms_that_programs_write(tmp_path, delimiter, codec):
    path = write_csv(tmp_path / "svar.csv", ROWS, delimiter, codec)
    arrivals = read_file(path, OPTIONS)
    assert [arrival.case_name for arrival in arrivals] == ["A", "B", "D"]
    assert arrivals[0].values["Kommune"] == "Skarvøy"


def test_excels_own_separator_line_is_understood(tmp_path):
    path = tmp_path / "svar.csv"
    path.write_text("sep=;\nID;Svar\n1;Det er bra, synes jeg\n", encoding="utf-8")
    (arrival,) = read_file(path)
    assert arrival.turns[0].text == "Det er bra, synes jeg"


def test_an_answer_may_run_over_several_lines(tmp_path):
    path = write_csv(
        tmp_path / "svar.csv", [["ID", "Svar"], ["1", "Først dette her.\n\nSå dette."]]
    )
    (arrival,) = read_file(path, ReadOptions(text_columns=("svar",)))
    assert arrival.turns[0].text == "Først dette her.\nSå dette."


def test_without_a_choice_the_wordy_columns_are_read_and_told_of(tmp_path):
    path = write_xlsx(tmp_path / "svar.xlsx", ROWS)
    arrivals = read_file(path)
    assert arrivals[0].speakers == ("Hva er bra?", "Hva kan bli bedre?")
    assert "«Hva er bra?»" in arrivals[0].doubts[0]
    assert "«Kommune»" in arrivals[0].doubts[0]
    assert arrivals[0].name == "svar 1"


def test_the_columns_can_be_looked_at_before_choosing(tmp_path):
    columns, wordy = columns_of(write_xlsx(tmp_path / "svar.xlsx", ROWS))
    assert columns == tuple(ROWS[0])
    assert wordy == ("Hva er bra?", "Hva kan bli bedre?")
    (tmp_path / "a.txt").write_text("I: Hva?")
    assert columns_of(tmp_path / "a.txt") == ((), ())


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (ReadOptions(text_columns=("Finnes ikke",)), "K127"),
        (ReadOptions(case_column="Finnes ikke"), "K127"),
        (ReadOptions(sheet="Finnes ikke"), "K128"),
    ],
)
def test_a_column_or_sheet_that_is_not_there_is_refused_with_those_that_are(
    tmp_path, options, code
):
    with pytest.raises(WrongUseError) as caught:
        read_file(write_xlsx(tmp_path / "svar.xlsx", ROWS), options)
    assert caught.value.code == code
    assert ("Svar" if code == "K128" else "«Kommune»") in caught.value.remedy


def test_a_sheet_can_be_chosen(tmp_path):
    path = write_xlsx(tmp_path / "svar.xlsx", ROWS, title="Svar 2024")
    assert len(read_file(path, ReadOptions(sheet="Svar 2024"))) == 3
    with pytest.raises(KodebokError, match="K130"):
        read_file(path, ReadOptions(sheet="Tomt"))


def test_a_table_without_wordy_columns_lists_what_it_has(tmp_path):
    path = write_csv(tmp_path / "a.csv", [["ID", "Alder"], ["1", "41"], ["2", "52"]])
    with pytest.raises(WrongUseError) as caught:
        read_file(path)
    assert caught.value.code == "K129"
    assert "«Alder»" in caught.value.remedy


def test_nameless_and_double_columns_get_names(tmp_path):
    path = write_csv(
        tmp_path / "a.csv", [["Svar", "Svar", ""], ["Et svar på flere ord", "b", "c", "d"]]
    )
    (arrival,) = read_file(path)
    assert arrival.values == {"Svar (2)": "b", "Column 3": "c", "Column 4": "d"}


@pytest.mark.parametrize(
    ("text", "code"), [("ID;Svar\n", "K130"), ("ID;Svar\n;;\n \n", "K130"), ("\n\n;;;\n", "K130")]
)
def test_a_table_without_rows_is_refused(tmp_path, text, code):
    (tmp_path / "a.csv").write_text(text)
    with pytest.raises(KodebokError, match=code):
        read_file(tmp_path / "a.csv")


def test_chosen_columns_without_answers_are_refused(tmp_path):
    path = write_csv(tmp_path / "a.csv", [["ID", "Svar"], ["1", ""], ["2", ""]])
    with pytest.raises(KodebokError, match="K139"):
        read_file(path, ReadOptions(text_columns=("Svar",)))


def test_repairs_reach_answers(tmp_path):
    path = write_csv(tmp_path / "a.csv", [["Svar"], ["Det  er  bra her ute"]])
    (arrival,) = read_file(path)
    assert arrival.turns[0].text == "Det er bra her ute"
    assert arrival.repairs[0].count == 2
