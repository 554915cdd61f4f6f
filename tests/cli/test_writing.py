"""Quotes, condensations, summaries, themes, memos, participants and exports."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

import pytest

from tests.cli.conftest import Run


def choose(run: Run) -> dict[str, object]:
    (quote,) = run("quote", "choose", "--source", "I1", "--text", SENTENCE, "--json").items
    return quote


SENTENCE = "Det er der tverrfagligheten sitter, hvis du spør meg."


def test_a_quote_is_cut_and_explained_and_printed_so(study: Run) -> None:
    choose(study)
    edited = study(
        "quote",
        "edit",
        "1",
        "--cut",
        ", hvis du spør meg",
        "--insert",
        "Det=>morgenmøtet",
        "--json",
    )
    assert [q["printed"] for q in edited.items] == [
        "Det [morgenmøtet] er der tverrfagligheten sitter […]."
    ]
    assert edited.items[0]["degree"] == "verbatim"
    plain = study("quote", "edit", "1", "--cut", "", "--insert", "", "--json").items[0]
    assert plain["printed"] == SENTENCE


def test_the_same_passage_is_chosen_once(coded: Run) -> None:
    coding = coded("quotes", "--json").items[0]["id"]
    first = coded("quote", "choose", coding[:8], "--json").items
    assert coded("quote", "choose", coding, "--json").items == first
    assert first[0]["code"] == "Samhandling/Faste møtepunkt"
    assert len(coded("quotes", "--chosen", "--json").items) == 1


def test_another_degree_needs_its_own_wording(study: Run) -> None:
    choose(study)
    assert study("quote", "edit", "1", "--degree", "normalised").code == 2
    done = study("quote", "edit", "1", "--degree", "normalised", "--wording", "Der sitter det.")
    assert done.code == 0
    assert study("quote", "list", "--json").items[0]["printed"] == "Der sitter det."
    back = study("quote", "edit", "1", "--degree", "verbatim", "--json").items[0]
    assert (back["degree"], back["printed"]) == ("verbatim", SENTENCE)


def test_drift_is_reported_and_can_be_accepted(study: Run) -> None:
    choose(study)
    assert study("quote", "check").code == 0
    study("correct", "I1", "--text", "tverrfagligheten", "--with", "samarbeidet")
    answer = study("quote", "check", "--json")
    assert answer.code == 1
    assert [item["drifted"] for item in answer.items] == [True]
    assert study("quote", "accept-drift", "1").code == 0
    assert study("quote", "check").code == 0


def test_a_quote_knows_where_it_is_used_and_can_be_let_go(study: Run) -> None:
    choose(study)
    study("quote", "used-in", "1", "Kapittel 4.2")
    assert study("quote", "where-used", "1", "--json").items[0]["used_in"] == "Kapittel 4.2"
    assert study("quote", "release", "1").code == 0
    assert study("quote", "--json").items == []
    study("undo")
    assert study("quote", "--json").items[0]["used_in"] == "Kapittel 4.2"


def test_quotes_are_put_in_another_order(study: Run) -> None:
    for text in ("Morgenmøtet.", SENTENCE):
        study("quote", "choose", "--source", "I1", "--text", text)
    study("quote", "edit", "2", "--position", 1)
    assert [q["text"] for q in study("quote", "--json").items] == [SENTENCE, "Morgenmøtet."]


@pytest.mark.parametrize(
    "words",
    [
        ["choose"],
        ["choose", "abcd", "--source", "I1"],
        ["edit", "1"],
        ["edit", "9", "--note", "x"],
        ["edit", "1", "--cut", "står ikke der"],
        ["edit", "1", "--insert", "uten pil"],
    ],
)
def test_a_quote_that_is_not_clear_exits_with_2(study: Run, words: list[str]) -> None:
    choose(study)
    assert study("quote", *words).code == 2


def test_a_passage_and_a_cell_are_condensed(coded: Run) -> None:
    coding = coded("quotes", "--json").items[0]["id"]
    assert coded("condense", coding, "--text", "Møtet samler").code == 0
    assert (
        coded("condense", "--code", "Rammer", "--case", "Informant 2", stdin="Ingen vet\n").code
        == 0
    )
    items = coded("condense", "--json").items
    assert sorted((i["code"], i["case"], i["condensed"]) for i in items) == [
        ("Rammer", "Informant 2", "Ingen vet"),
        ("Samhandling/Faste møtepunkt", "Informant 1", "Møtet samler"),
    ]
    coded("condense", coding, "--text", "")
    assert len(coded("condense", "--json").items) == 1
    assert coded("condense", "--code", "Rammer").code == 2


def test_a_summary_is_written_printed_and_removed(study: Run) -> None:
    study("summary", "Rammer", "--text", "Tid mangler.")
    assert study("summary", "--json").items[0]["text"] == "Tid mangler."
    assert study("summary", "Samhandling", "--json").items == []
    study("summary", "Rammer", "--text", "")
    assert study("summary", "--json").items == []


def test_themes_gather_codes(study: Run) -> None:
    study("themes", "add", "Nærhet", "--idea", "Fire meter.", "--code", "Rammer")
    study("themes", "add", "Tid")
    study("themes", "set", "Tid", "--position", 1, "--code", "Faste møtepunkt", "--code", "Rammer")
    items = study("themes", "--json").items
    assert [(t["name"], t["codes"]) for t in items] == [
        ("Tid", ["Samhandling/Faste møtepunkt", "Rammer"]),
        ("Nærhet", ["Rammer"]),
    ]
    assert study("themes", "add", "tid").code == 2
    assert study("themes", "show", "Nærhet", "--json").items[0]["idea"] == "Fire meter."
    study("themes", "remove", "Tid")
    assert [t["name"] for t in study("themes", "--json").items] == ["Nærhet"]


def test_memos_stand_on_what_they_are_about(coded: Run) -> None:
    coding = coded("quotes", "--json").items[0]["id"]
    coded("memo", "add", "--text", "Om studien")
    coded("memo", "add", "--source", "I1", "--kind", "after-coding", stdin="Etter koding\n")
    coded("memo", "add", "--coding", coding, "--text", "Om kodingen", "--title", "Tavla")
    coded("memo", "add", "--source", "I1", "--start", 28, "--end", 40, "--text", "Om stedet")
    items = coded("memo", "--json").items
    assert [(m["on"], m["text"]) for m in items] == [
        ("project", "Om studien"),
        ("source", "Etter koding"),
        ("coding", "Om kodingen"),
        ("passage", "Om stedet"),
    ]
    assert (items[3]["start"], items[3]["end"]) == (28, 40)
    assert [m["text"] for m in coded("memo", "list", "--coding", coding, "--json").items] == [
        "Om kodingen"
    ]
    assert coded("memo", "show", items[2]["id"][:8]).out == "Tavla\n\nOm kodingen\n"
    coded("memo", "set", items[0]["id"], "--text", "Endret")
    coded("memo", "remove", items[1]["id"])
    assert [m["text"] for m in coded("memo", "--json").items] == [
        "Endret",
        "Om kodingen",
        "Om stedet",
    ]


@pytest.mark.parametrize(
    "words",
    [
        ["add", "--text", "x", "--source", "I1", "--code", "Rammer"],
        ["add", "--text", "x", "--start", "1", "--end", "2"],
        ["add", "--text", "  "],
        ["show", "abcd"],
        ["show", ""],
    ],
)
def test_a_memo_that_is_not_clear_exits_with_2(study: Run, words: list[str]) -> None:
    assert study("memo", *words).code == 2
    assert study("memo", "--json").items == []


def test_participants_have_sites_and_what_is_known(study: Run) -> None:
    study("cases", "add", "Ytre sone", "--kind", "site")
    study("cases", "set", "Informant 1", "--site", "Ytre sone", "--variable", "rolle=leder")
    (case,) = study("cases", "show", "informant 1", "--json").items
    assert (case["site"], case["variables"], case["sources"]) == (
        "Ytre sone",
        {"rolle": "leder"},
        ["I1"],
    )
    study("cases", "set", "Informant 1", "--variable", "Rolle=", "--name", "Lederen")
    (case,) = study("cases", "show", "Lederen", "--json").items
    assert case["variables"] == {}
    assert study("cases", "add", "lederen").code == 2
    assert study("cases", "remove", "Lederen").code == 2
    assert study("cases", "remove", "Lederen", "--yes").code == 0
    assert study("sources", "--json").items[0]["case"] is None


def test_what_is_known_of_a_source_is_changed_as_one_act(study: Run) -> None:
    study("sources", "set", "I1", "--name", "Leder", "--date", "2025-02-12", "--case", "")
    source = next(s for s in study("sources", "--json").items if s["name"] == "Leder")
    assert (source["date"], source["case"]) == ("2025-02-12", None)
    assert study("sources", "set", "Leder", "--name", "I2").code == 2
    assert study("sources", "set", "Leder").code == 2
    assert study("sources", "set", "Leder", "--date", "i går").code == 2
    study("undo")
    assert study("sources", "--json").items[0]["name"] == "I1"


def test_a_removed_source_comes_back_with_its_codings(coded: Run) -> None:
    assert coded("sources", "remove", "I1").code == 2
    assert coded("sources", "remove", "I1", "--yes").code == 0
    assert [s["name"] for s in coded("sources", "--json").items] == ["I2"]
    coded("undo")
    assert len(coded("quotes", "--json").items) == 1
    assert coded("check").code == 0


@pytest.mark.parametrize(
    ("words", "begins"),
    [
        (["word"], b"PK"),
        (["word", "--preset", "report", "--matrix", "--all", "--language", "nn"], b"PK"),
        (["excel"], b"PK"),
        (["csv"], b"\xef\xbb\xbf"),
        (["html"], b"<!DOCTYPE html>"),
        (["refi"], b"PK"),
        (["refi", "--codebook"], b"<?xml"),
        (["codebook"], b"PK"),
        (["appendix", "--format", "html"], b"<!DOCTYPE html>"),
        (["analysis-table", "--format", "csv"], b"\xef\xbb\xbf"),
        (["text", "I1"], "Intervjuer: Hva er du mest fornøyd med?".encode()),
        (["interview", "I1"], b"PK"),
    ],
)
def test_every_export_lies_where_it_says(coded: Run, words: list[str], begins: bytes) -> None:
    answer = coded("export", *words)
    assert answer.code == 0, answer.err
    path = Path(answer.out.rstrip("\n"))
    assert path.read_bytes().startswith(begins)
    assert "not anonymised" in answer.err
    assert coded("export", *words).code == 2
    assert coded("export", *words, "--overwrite").code == 0


def test_an_export_goes_where_it_is_told_and_knows_its_ending(coded: Run, tmp_path: Path) -> None:
    assert coded("export", "analysis-table", "-o", tmp_path / "a.csv").code == 0
    rows = list(csv.reader(io.StringIO((tmp_path / "a.csv").read_text("utf-8-sig")), delimiter=","))
    assert rows[1][0] == "Morgenmøtet."
    assert coded("export", "word", "-o", tmp_path / "a.pdf").code == 2
    assert coded("export", "appendix", "-o", tmp_path / "a.html", "--format", "xlsx").code == 2


def test_a_chapter_tells_the_line_that_makes_it_again(coded: Run, tmp_path: Path) -> None:
    path = tmp_path / "hemmelig navn.docx"
    coded("export", "word", "--code", "Faste møtepunkt", "--matrix", "-o", path)
    with zipfile.ZipFile(path) as package:
        document = package.read("word/document.xml").decode("utf-8")
    assert "kodebok export word --matrix --code" in document
    assert "hemmelig" not in document


def test_an_export_of_a_filter_holds_only_that(coded: Run, tmp_path: Path) -> None:
    coded("code", "I2", "Rammer", "--text", "Det veit eg ikkje.")
    coded("export", "csv", "--case", "Informant 2", "-o", tmp_path / "a.csv")
    written = (tmp_path / "a.csv").read_text("utf-8-sig")
    assert "Det veit eg ikkje." in written
    assert "Morgenmøtet" not in written


def test_quiet_does_not_silence_the_gate(coded: Run) -> None:
    assert "not anonymised" in coded("export", "csv", "--quiet").err
