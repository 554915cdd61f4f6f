"""The way of working on the command line: what it is called, and what it begins with."""

from __future__ import annotations

from pathlib import Path

import pytest

from kodebok.domain.project import Method
from tests.cli.conftest import Run


def origins(run: Run) -> dict[str, str]:
    return {item["name"]: item["origin"] for item in run("codebook", "--json").items}


def lacking(run: Run) -> list[str]:
    (item,) = run("status", "--json").items
    return list(item["lacking"])


def test_the_way_of_working_is_printed_with_its_sources(empty: Run) -> None:
    answer = empty("config", "method", "stc")
    assert answer.code == 0
    assert "Meaning-bearing unit\tMalterud 2017" in answer.out
    assert "Scandinavian Journal of Public Health" in answer.err
    assert "the matrix shows numbers at first\tyes\tkodebok" in answer.out


def test_the_way_of_working_is_changed_and_undone(empty: Run) -> None:
    assert {item["method"] for item in empty("config", "method", "--json").items} == {"undecided"}
    assert empty("config", "method", "sdi").code == 0
    assert empty("status", "--json").items[0]["method"] == "sdi"
    empty("undo")
    assert empty("status", "--json").items[0]["method"] == "undecided"


def test_choosing_what_is_chosen_already_is_not_an_act(empty: Run) -> None:
    before = len(empty("history", "--json").items)
    assert empty("config", "method", "undecided").code == 0
    assert len(empty("history", "--json").items) == before


def test_an_unknown_way_of_working_is_refused(empty: Run) -> None:
    assert empty("config", "method", "grounded").code == 2


@pytest.mark.parametrize("method", list(Method))
def test_every_way_of_working_can_be_printed(empty: Run, method: Method) -> None:
    items = empty("config", "method", method, "--json").items
    assert {item["key"] for item in items} >= {"unit", "theme", "columns", "code_origin"}
    assert all(item["value"] and item["source"] for item in items)


def test_a_new_code_comes_from_where_the_way_of_working_has_it(empty: Run) -> None:
    empty("codebook", "add", "Før")
    empty("config", "method", "codebook")
    empty("codebook", "add", "Etter")
    empty("codebook", "add", "Sagt", "--origin", "guide")
    assert origins(empty) == {"Før": "empirical", "Etter": "deductive", "Sagt": "guide"}


def test_codebook_analysis_asks_for_the_codebook_first(anywhere: Run, tmp_path: Path) -> None:
    answer = anywhere("init", tmp_path / "s", "--method", "codebook")
    assert "codebook import" in answer.err
    (item,) = anywhere("-C", tmp_path / "s", "status", "--json").items
    assert item["lacking"][0].startswith("no codebook yet")
    assert "codebook import" not in anywhere("init", tmp_path / "t").err


def test_the_matrix_of_a_reflexive_analysis_shows_where_first(coded: Run) -> None:
    coded("code", "I1", "Faste møtepunkt", "--text", "De andre møtene")
    assert coded("matrix").rows[2][1] == "2"
    coded("config", "method", "reflexive")
    answer = coded("matrix")
    assert answer.rows[2][1] == "1"
    assert "not a weight" in answer.err
    assert coded("matrix", "--count", "codings").rows[2][1] == "2"
    assert coded("matrix", "--json").items == coded("matrix", "--count", "words", "--json").items


def test_condensing_ways_remind_of_passages_that_are_not_condensed(coded: Run) -> None:
    assert "1 coded passage is not condensed" not in lacking(coded)
    coded("config", "method", "qca")
    assert "1 coded passage is not condensed" in lacking(coded)
    (coding,) = coded("quotes", "--json").items
    coded("condense", coding["id"], "--text", "Møtet samler")
    assert "1 coded passage is not condensed" not in lacking(coded)


def test_stepwise_induction_reminds_of_codes_in_no_group(coded: Run) -> None:
    coded("config", "method", "sdi")
    assert not [s for s in lacking(coded) if "code group" in s]
    coded("codebook", "add", "Alene")
    coded("code", "I1", "Alene", "--text", "De andre møtene")
    assert "1 code is in no code group" in lacking(coded)


def test_a_reflexive_analysis_reminds_of_the_idea_of_a_theme(coded: Run) -> None:
    coded("config", "method", "reflexive")
    assert not [s for s in lacking(coded) if "theme" in s]
    coded("themes", "add", "Nærhet")
    assert "1 theme lacks the idea that holds it together" in lacking(coded)
    assert "1 code is in no theme" in lacking(coded)
    coded("themes", "set", "Nærhet", "--idea", "Fire meter", "--code", "Samhandling")
    assert not [s for s in lacking(coded) if "theme" in s]


def test_text_condensation_reminds_of_the_analytic_text_once_it_is_due(coded: Run) -> None:
    coded("config", "method", "stc")
    assert not [s for s in lacking(coded) if "analytic" in s]
    coded("condense", "--code", "Faste møtepunkt", "--text", "Jeg går på møtet")
    assert "1 code group has no analytic text" in lacking(coded)
    coded("summary", "Samhandling", "--text", "Møtet holder dem sammen.")
    assert not [s for s in lacking(coded) if "analytic" in s or "condensed" in s]


def test_codebook_analysis_reminds_of_definitions(study: Run) -> None:
    study("config", "method", "codebook")
    assert "4 codes have no definition" in lacking(study)


def test_a_whole_code_is_condensed_and_stands_in_the_list(coded: Run) -> None:
    answer = coded("condense", "--code", "Faste møtepunkt", "--text", "Alle sier det samme")
    assert answer.code == 0
    (item,) = coded("condense", "--json").items
    assert (item["code"], item["case"]) == ("Samhandling/Faste møtepunkt", None)
    assert coded("condense", "--case", "I1", "--text", "x").code == 2
    (coding,) = coded("quotes", "--json").items
    assert coded("condense", coding["id"], "--case", "I1", "--text", "x").code == 2


def test_what_a_guide_asked_about_is_told_with_the_source(study: Run) -> None:
    study("sources", "set", "I1", "--asked", "Faste møtepunkt", "--asked", "Rammer")
    asked = {item["name"]: item["asked"] for item in study("sources", "--json").items}
    assert asked == {"I1": ["Samhandling/Faste møtepunkt", "Rammer"], "I2": []}
    study("sources", "set", "I1", "--asked", "")
    assert study("sources", "--json").items[0]["asked"] == []


def test_the_analysis_table_has_the_words_of_the_way_of_working(coded: Run, tmp_path: Path) -> None:
    coded("config", "method", "stc")
    path = tmp_path / "table.csv"
    answer = coded("export", "analysis-table", "--output", path, "--language", "nn")
    assert answer.code == 0, answer.err
    head = path.read_text(encoding="utf-8-sig").splitlines()[0]
    assert "Meiningsberande eining" in head
    assert "Resultatkategori" in head
