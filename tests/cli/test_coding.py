"""Coding, searching and correcting from the command line."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Run


def test_a_repeated_coding_changes_nothing(coded: Run) -> None:
    before = coded("history", "--json").items
    answer = coded("code", "I1", "Faste møtepunkt", "--text", " Morgenmøtet.\n")
    assert answer.code == 0
    assert answer.out == ""
    assert "already" in answer.err
    assert coded("history", "--json").items == before


def test_a_passage_gets_several_codes_as_one_act(study: Run) -> None:
    made = study("code", "I1", "Rammer", "Samhandling", "--start", 28, "--end", 40, "--json").items
    assert sorted(item["code"] for item in made) == ["Rammer", "Samhandling"]
    assert {item["text"] for item in made} == {"Morgenmøtet."}
    study("undo")
    assert study("quotes", "--json").items == []


def test_a_code_is_named_by_path_last_part_or_id(study: Run) -> None:
    code_id = study("codebook", "show", "Rammer", "--json").items[0]["id"]
    for name in ("Samhandling/Faste møtepunkt", "faste møtepunkt", code_id, code_id[:8]):
        assert study("code", "I1", name, "--text", "Morgenmøtet.").code == 0
    assert len(study("quotes", "--json").items) == 2


def test_no_code_is_made_silently(study: Run) -> None:
    answer = study("code", "I1", "Finnes ikke", "--text", "Morgenmøtet.")
    assert answer.code == 2
    assert "Finnes ikke" not in [code["name"] for code in study("codebook", "--json").items]


def test_an_in_vivo_code_bears_the_words(study: Run) -> None:
    answer = study("code", "I1", "--in-vivo", "--text", "der tverrfagligheten sitter", "--json")
    assert [item["code"] for item in answer.items] == ["der tverrfagligheten sitter"]


def test_an_uncoded_passage_comes_back_with_undo(coded: Run) -> None:
    (quote,) = coded("quotes", "--json").items
    assert coded("uncode", quote["id"][:6]).code == 0
    assert coded("quotes", "--json").items == []
    coded("undo")
    assert coded("quotes", "--json").items == [quote]


def test_a_coding_gets_another_code_weight_and_border_in_one_act(coded: Run) -> None:
    (quote,) = coded("quotes", "--json").items
    changed = coded(
        "recode", quote["id"], "--to", "Rammer", "--weight", "contradicts", "--end", 54, "--json"
    ).items
    assert [(i["code"], i["weight"], i["text"]) for i in changed] == [
        ("Rammer", "contradicts", "Morgenmøtet. Det er der tv")
    ]
    coded("recode", quote["id"], "--weight", "none")
    assert coded("quotes", "--json").items[0]["weight"] is None
    coded("undo")
    coded("undo")
    assert coded("quotes", "--json").items == [quote]


def test_recode_must_be_told_what(coded: Run) -> None:
    (quote,) = coded("quotes", "--json").items
    assert coded("recode", quote["id"]).code == 2
    assert coded("recode", "feedbeef", "--to", "Rammer").code == 2


def test_hits_are_shown_with_their_surroundings(study: Run) -> None:
    answer = study("search", "ansvaret")
    assert answer.code == 0
    heading, *rows = answer.rows
    assert heading == ["No.", "Source", "Participant", "Place", "Text"]
    assert [row[:4] for row in rows] == [
        ["1", "I2", "Informant 2", "9-17"],
        ["2", "I2", "Informant 2", "75-83"],
    ]
    assert rows[0][4] == "Hvem har ansvaret?"


def test_chosen_hits_are_coded_as_one_act(study: Run) -> None:
    answer = study("search", "møte*", "--case", "Informant 1", "--apply", "Rammer", "--hits", "1-2")
    assert answer.code == 0
    assert "2 new codings." in answer.err
    turns = [item["text"] for item in study("quotes", "--json").items]
    assert turns == [
        "Hva med de andre møtene?",
        "De andre møtene er det færre som kommer på. Møtene ble for mange.",
    ]
    study("undo")
    assert study("quotes", "--json").items == []


def test_a_search_within_a_code_and_with_a_pattern(coded: Run) -> None:
    inside = coded("search", "m[oø]rgen", "--regex", "--code", "Faste møtepunkt", "--json")
    assert [hit["text"] for hit in inside.items] == ["Morgen"]
    assert coded("search", "møtene", "--code", "Faste møtepunkt", "--json").items == []
    assert coded("search", "(", "--regex").code == 2


@pytest.mark.parametrize("words", [["--apply", "Rammer"], ["--hits", "1"]])
def test_both_the_code_and_the_hits_must_be_chosen(study: Run, words: list[str]) -> None:
    answer = study("search", "møte*", *words)
    assert answer.code == 2
    assert "K632" in answer.err


def test_quotes_are_filtered(coded: Run) -> None:
    coded("coders", "add", "Jonas")
    coded("--coder", "Jonas", "code", "I1", "Samhandling", "--text", "Morgenmøtet. Det er")
    coded("code", "I2", "Rammer", "--text", "Det veit eg ikkje.")
    coded("cases", "set", "Informant 2", "--variable", "rolle=leder")

    def codes(*words: str) -> list[str]:
        return [item["code"].rpartition("/")[2] for item in coded("quotes", "--json", *words).items]

    assert sorted(codes()) == ["Faste møtepunkt", "Rammer", "Samhandling"]
    assert codes("--coder", "Jonas") == ["Samhandling"]
    assert codes("--code", "Samhandling") == ["Samhandling"]
    assert sorted(codes("--code", "Samhandling", "--below")) == ["Faste møtepunkt", "Samhandling"]
    assert codes("--case", "Informant 2") == ["Rammer"]
    assert codes("--source", "I2") == ["Rammer"]
    assert codes("--variable", "rolle=leder") == ["Rammer"]
    assert codes("--overlapping", "Samhandling") == ["Faste møtepunkt"]


def test_codes_that_share_words_are_paired(coded: Run) -> None:
    coded("code", "I1", "Rammer", "--text", "Morgenmøtet. Det er")
    pairs = coded("cooccurrence", "--json").items
    assert [(p["code"], p["other"], p["codings"]) for p in pairs] == [
        ("Samhandling/Faste møtepunkt", "Rammer", 1)
    ]


def test_coverage_tells_the_share_with_the_languages_comma(coded: Run) -> None:
    shares = {row[0]: row[2] for row in coded("coverage", "--lang", "nb").rows[1:]}
    assert shares == {"I1": "2,9 %", "I2": "0,0 %"}
    assert coded("coverage", "--json", "--source", "I1").items[0]["uncoded_turns"] == 1


def test_new_codes_are_counted_from_source_to_source(coded: Run) -> None:
    coded("code", "I2", "Rammer", "Faste møtepunkt", "--text", "Det veit eg ikkje.")
    items = coded("new-codes", "--json").items
    assert [(i["source"], i["new"], i["total"]) for i in items] == [("I1", 1, 1), ("I2", 1, 2)]


def test_the_matrix_is_lines_with_tabs_where_no_one_looks(coded: Run) -> None:
    rows = coded("matrix").rows
    assert rows[0] == ["Code", "Informant 1", "Informant 2", "All"]
    assert ["Samhandling/Faste møtepunkt", "1", "0", "1"] in rows
    by_source = coded("matrix", "--columns", "sources", "--count", "words").rows
    assert by_source[0] == ["Code", "I1", "I2", "All"]
    coded("cases", "set", "Informant 1", "--variable", "rolle=leder")
    assert coded("matrix", "--columns", "Rolle").rows[0] == ["Code", "leder", "–", "All"]


def test_a_coding_keeps_its_words_when_the_words_before_are_corrected(coded: Run) -> None:
    answer = coded("correct", "I1", "--text", "mest fornøyd", "--with", "aller mest fornøyd")
    assert answer.code == 0
    (quote,) = coded("quotes", "--json").items
    assert (quote["text"], quote["start"]) == ("Morgenmøtet.", 34)
    assert "aller mest fornøyd" in coded("sources", "show", "I1").out


def test_turns_are_divided_joined_and_given_another_voice(study: Run) -> None:
    def turns() -> list[tuple[str, str]]:
        found = study("sources", "show", "I2", "--json").items
        return [(turn["speaker"], turn["text"]) for turn in found]

    before = turns()
    start = study("sources", "show", "I2", "--json").items[1]["start"]
    assert study("correct", "I2", "--split-at", start + 19, "--speaker", "Kollega").code == 0
    assert turns()[1:] == [
        ("Informant 2", "Det veit eg ikkje."),
        ("Kollega", "Det er mange møter, og ingen som har ansvaret."),
    ]
    assert study("correct", "I2", "--voice", "Kollega", "--rename", "Sykepleier").code == 0
    assert turns()[2][0] == "Sykepleier"
    assert study("correct", "I2", "--turn", 3, "--speaker", "Informant 2").code == 0
    assert study("correct", "I2", "--join", 2).code == 0
    assert turns() == before
    assert study("check").code == 0


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["--with", "x", "--join", "1"],
        ["--with", "x"],
        ["--join", "99"],
        ["--turn", "1"],
        ["--voice", "Ingen", "--rename", "Noen"],
        ["--voice", "Intervjuer"],
        ["--start", "0", "--end", "9999", "--with", "x"],
    ],
)
def test_a_correction_that_is_not_clear_exits_with_2(study: Run, words: list[str]) -> None:
    answer = study("correct", "I1", *words)
    assert answer.code == 2
    assert answer.err.count("\n") == 1


def test_a_source_is_read_once_and_can_be_unread(study: Run) -> None:
    assert "is read through" in study("read", "I1").err
    assert "already" in study("read", "I1").err
    assert study("sources", "--json").items[0]["readers"] == 1
    assert "is not read through" in study("read", "I1", "--undo").err
    assert study("sources", "--json").items[0]["readers"] == 0
