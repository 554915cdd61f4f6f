"""The codebook from the command line: each change is one act."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run


def paths(run: Run) -> list[str]:
    return [code["path"] for code in run("codebook", "--json").items]


def test_the_codebook_comes_in_from_yaml_and_goes_out_again(study: Run, tmp_path: Path) -> None:
    assert paths(study) == [
        "Samhandling",
        "Samhandling/Faste møtepunkt",
        "Samhandling/Ansvar",
        "Rammer",
        "Rammer/Ansvar",
    ]
    written = tmp_path / "ut.yaml"
    assert study("codebook", "export", "-o", written).out == f"{written}\n"
    assert written.read_text(encoding="utf-8") == study("codebook", "export").out
    again = study("codebook", "import", written, "--json")
    assert again.items == []
    assert study("codebook", "export", "-o", written).code == 2
    assert study("codebook", "export", "-o", written, "--overwrite").code == 0


def test_a_dry_run_of_an_import_changes_nothing(empty: Run, material: Path) -> None:
    answer = empty("codebook", "import", material.parent / "codebook.yaml", "--dry-run", "--json")
    assert {item["change"] for item in answer.items} == {"added"}
    assert len(answer.items) == 5
    assert paths(empty) == []


def test_a_guide_seeds_codes_with_their_questions(empty: Run, tmp_path: Path) -> None:
    guide = tmp_path / "guide.txt"
    guide.write_text(
        "1. Møter\nHvilke møter har dere?\n\n2. Ansvar\nHvem avgjør?\n", encoding="utf-8"
    )
    assert empty("codebook", "seed", guide).code == 0
    assert paths(empty) == ["Møter", "Møter/Hvilke møter har dere", "Ansvar", "Ansvar/Hvem avgjør"]
    code = empty("codebook", "show", "Hvem avgjør", "--json").items[0]
    assert (code["origin"], code["question"]) == ("guide", "Hvem avgjør?")


def test_a_code_is_added_changed_renamed_and_moved(study: Run) -> None:
    assert study("codebook", "add", "Rammer/Tid", "--definition", "Nok tid.").code == 0
    assert (
        study("codebook", "set", "Tid", "--use-when", "Når tid nevnes.", "--color", "sky").code == 0
    )
    assert study("codebook", "rename", "Tid", "Tid og bemanning").code == 0
    assert study("codebook", "move", "Tid og bemanning", "--top", "--position", 1).code == 0
    assert paths(study)[0] == "Tid og bemanning"
    (code,) = study("codebook", "show", "Tid og bemanning", "--json").items
    wanted = {"definition": "Nok tid.", "use_when": "Når tid nevnes.", "color": "sky"}
    assert wanted.items() <= code.items()
    assert study("undo", "--times", 4).code == 0
    assert "Rammer/Tid" not in paths(study)


def test_a_parent_is_not_made_silently(study: Run) -> None:
    assert study("codebook", "add", "Finnes ikke/Ny").code == 2
    assert study("codebook", "add", "Rammer/Ny", "--under", "Samhandling").code == 2
    assert len(paths(study)) == 5


def test_merged_codes_keep_their_codings(coded: Run) -> None:
    assert coded("codebook", "merge", "Faste møtepunkt", "Rammer").code == 0
    assert [item["code"] for item in coded("quotes", "--json").items] == ["Rammer"]
    assert coded("codebook", "merge", "Rammer", "Rammer/Ansvar").code == 2


def test_a_code_is_split_by_its_codings(coded: Run) -> None:
    (quote,) = coded("quotes", "--json").items
    assert (
        coded("codebook", "split", "Faste møtepunkt", "Tavlemøte", "--coding", quote["id"]).code
        == 0
    )
    (moved,) = coded("quotes", "--json").items
    assert moved["code"] == "Samhandling/Faste møtepunkt/Tavlemøte"


def test_a_code_with_codings_is_not_deleted_unasked(coded: Run) -> None:
    answer = coded("codebook", "delete", "Samhandling")
    assert answer.code == 2
    assert "2 codes below it and 1 codings" in answer.err
    assert coded("codebook", "delete", "Samhandling", "--yes").code == 0
    assert paths(coded) == ["Rammer", "Rammer/Ansvar"]
    assert coded("quotes", "--json").items == []
    coded("undo")
    assert len(coded("quotes", "--json").items) == 1


@pytest.mark.parametrize(
    "words",
    [
        ["add", "Rammer"],
        ["add", ""],
        ["set", "Rammer"],
        ["set", "Rammer", "--letter", "AB"],
        ["move", "Rammer"],
        ["move", "Rammer", "--top", "--under", "Samhandling"],
        ["move", "Samhandling", "--under", "Faste møtepunkt"],
        ["rename", "Rammer", "Samhandling"],
        ["show", "Ansvar"],
        ["import", "borte.yaml"],
    ],
)
def test_a_change_that_cannot_be_made_changes_nothing(study: Run, words: list[str]) -> None:
    before = study("codebook", "--json").out
    assert study("codebook", *words).code in {1, 2}
    assert study("codebook", "--json").out == before


def test_all_that_is_said_of_a_code_is_shown(study: Run) -> None:
    said = study("codebook", "show", "Samhandling").out
    assert "Code: Samhandling\n" in said
    assert "Definition: Arbeid på tvers.\n" in said
