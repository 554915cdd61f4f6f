"""What `--json` prints: one schema for each command, with the fields that others rely on."""

from __future__ import annotations

import json
import shlex

import pytest

from tests.cli.conftest import Run

FIELDS = {
    "sources": "id name type case words turns speakers language finished",
    "codes": "id name path definition origin color codings",
    "quotes": "id source case code start end text speaker time_ms coder",
    "matrix": "code column codings passages words state",
}

# A line that prints data, and the schema it answers with.
LINES = {
    "sources": "sources",
    "sources list": "sources",
    "sources set I1 --place Hamar": "sources",
    "sources show I1": "turns",
    "cases": "cases",
    "cases show 'Informant 1'": "cases",
    "cases add Lederen": "cases",
    "coders": "coders",
    "memo": "memos",
    "memo add --text Hei": "memos",
    "themes": "themes",
    "themes add Nær --code Rammer": "themes",
    "codebook": "codes",
    "codebook show Rammer": "codes",
    "codebook add Ny": "codes",
    "code I1 Rammer --text Morgenmøtet.": "quotes",
    "quotes": "quotes",
    "quotes --chosen": "chosen",
    "quote": "chosen",
    "quote choose --source I1 --text Morgenmøtet.": "chosen",
    "quote check": "chosen",
    "quote where-used": "chosen",
    "search møte*": "quotes",
    "search møte* --apply Rammer --hits 1": "quotes",
    "matrix": "matrix",
    "matrix --empty": "matrix",
    "cooccurrence": "cooccurrence",
    "coverage": "coverage",
    "new-codes": "new-codes",
    "condense": "condensations",
    "summary": "summaries",
    "history": "history",
    "undo": "history",
    "check": "faults",
    "doctor": "doctor",
    "config": "config",
    "config get preset": "config",
    "keys": "keys",
    "status": "status",
    "export html": "exports",
}


@pytest.mark.parametrize("line", LINES)
def test_every_line_that_prints_data_has_its_schema(coded: Run, line: str) -> None:
    answer = coded(*shlex.split(line), "--json")
    assert answer.code == 0, answer.err
    content = json.loads(answer.out_bytes.decode("utf-8"))
    assert list(content) == ["schema", "items"]
    assert content["schema"] == f"kodebok.{LINES[line]}/1"
    for item in content["items"]:
        assert set(FIELDS.get(LINES[line], "").split()) <= set(item)


@pytest.mark.parametrize("schema", FIELDS)
def test_the_schemas_that_others_rely_on_hold_something_here(coded: Run, schema: str) -> None:
    line = next(line for line, name in LINES.items() if name == schema)
    assert coded(*shlex.split(line), "--json").items


def test_a_source_is_told_in_full(study: Run) -> None:
    first = study("sources", "--json").items[0]
    assert {key: first[key] for key in FIELDS["sources"].split() if key != "id"} == {
        "name": "I1",
        "type": "interview",
        "case": "Informant 1",
        "words": 35,
        "turns": 4,
        "speakers": ["Informant 1", "Intervjuer"],
        "language": "en",
        "finished": True,
    }


def test_a_coding_is_told_in_full(coded: Run) -> None:
    (quote,) = coded("quotes", "--json").items
    assert len(quote.pop("id")) == 36
    assert quote == {
        "source": "I1",
        "case": "Informant 1",
        "code": "Samhandling/Faste møtepunkt",
        "start": 28,
        "end": 40,
        "text": "Morgenmøtet.",
        "speaker": "Informant 1",
        "time_ms": None,
        "coder": "Kari",
        "weight": None,
        "after_notes": False,
    }


def test_a_hit_has_its_number_and_no_code(study: Run) -> None:
    hits = study("search", "ansvaret", "--json").items
    assert [hit["number"] for hit in hits] == [1, 2]
    assert {hit["code"] for hit in hits} == {None}
    assert [hit["text"] for hit in hits] == ["ansvaret", "ansvaret"]


def test_every_number_of_the_matrix_leads_to_its_codings(coded: Run) -> None:
    (quote,) = coded("quotes", "--json").items
    cells = coded("matrix", "--json", "--rollup").items
    counted = [cell for cell in cells if cell["codings"]]
    assert [cell["code"] for cell in counted] == ["Samhandling", "Samhandling/Faste møtepunkt"]
    assert all(cell["coding_ids"] == [quote["id"]] for cell in counted)
    assert all(cell["passages"] == cell["words"] == 1 for cell in counted)


def test_an_empty_cell_says_why(coded: Run) -> None:
    coded("read", "I1")
    coded("sources", "set", "I1", "--asked", "Rammer")
    cells = coded("matrix", "--json", "--empty").items
    states = {(cell["code"], cell["column"]): cell["state"] for cell in cells}
    assert ("Samhandling/Faste møtepunkt", "Informant 1") not in states
    assert states["Rammer", "Informant 1"] == "asked"
    assert states["Samhandling/Ansvar", "Informant 1"] == "not-asked"
    assert states["Rammer", "Informant 2"] == "not-read"


def test_quiet_leaves_the_data_alone(coded: Run) -> None:
    loud, quiet = coded("matrix"), coded("matrix", "--quiet")
    assert quiet.out == loud.out
    assert loud.err
    assert quiet.err == ""
