"""Theory, steps, questions, biographies and blind coding, line by line."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Run


def test_a_theory_is_registered_linked_and_met(coded: Run) -> None:
    added = coded(
        "theory", "add", "Silo", "--author", "Mintzberg", "--year", "1979",
        "--code", "Faste møtepunkt", "--json",
    )  # fmt: skip
    assert added.items[0]["codes"] == ["Samhandling/Faste møtepunkt"]
    assert coded("theory", "--json").schema == "kodebok.theories/1"
    (cell,) = coded("theory", "matrix", "--json").items
    assert (cell["theory"], cell["category"], cell["codings"]) == ("Silo", "Samhandling", 1)
    shown = coded("theory", "matrix")
    assert "1/1" in shown.out
    assert "No theory has met: Rammer." in shown.err
    assert coded("theory", "link", "Silo", "Faste møtepunkt", "--remove").code == 0
    assert coded("theory", "list", "--json").items[0]["codes"] == []
    assert coded("theory", "show", "Nope").code == 2


def test_steps_and_questions_are_kept(coded: Run) -> None:
    assert coded("theory", "step", "--surprise", "Så få møter", "--changed", "Ny kode").code == 0
    (step,) = coded("theory", "step", "--json").items
    assert (step["surprise"], step["changed"]) == ("Så få møter", "Ny kode")
    assert coded("theory", "questions", "Hva samler dem?").code == 0
    assert coded("theory", "questions", "Hva samler?", "--change", "1", "--json").items == [
        {"id": coded("theory", "questions", "--json").items[0]["id"], "number": 1,
         "text": "Hva samler?"}
    ]  # fmt: skip
    assert coded("theory", "questions", "--remove", "1", "--json").items == []


def test_a_study_can_begin_with_its_questions(anywhere: Run, tmp_path: object) -> None:
    made = anywhere("init", f"{tmp_path}/ny", "--question", "Hva?", "--question", "Hvorfor?")
    assert made.code == 0
    asked = anywhere("-C", f"{tmp_path}/ny", "theory", "questions", "--json")
    assert [item["text"] for item in asked.items] == ["Hva?", "Hvorfor?"]


def test_a_category_tells_its_life(coded: Run) -> None:
    assert coded("codebook", "rename", "Faste møtepunkt", "Møter").code == 0
    told = coded("history", "--code", "Møter", "--json").items
    assert [item["kind"] for item in told] == ["born", "grew", "renamed"]
    assert told[1]["sources"] == ["I1"]
    assert "renamed from «Faste møtepunkt» to «Møter»" in coded("history", "--code", "Møter").out


def test_the_second_coder_does_not_see_the_first(coded: Run) -> None:
    assert coded("coders", "add", "Jonas").code == 0
    begun = coded("coders", "blind", "Jonas", "--sample", "1", "--seed", "7", "--json")
    assert [(item["coder"], item["source"], item["seed"]) for item in begun.items] == [
        ("Jonas", "I1", 7)
    ]
    assert len(coded("quotes", "--json").items) == 1
    as_jonas = ("--coder", "Jonas")
    for words in (("quotes",), ("search", "Morgenmøtet", "--code", "Faste møtepunkt")):
        assert coded(*as_jonas, *words, "--json").items == []
    cells = coded(*as_jonas, "matrix", "--json").items
    assert not any(cell["codings"] for cell in cells)
    assert coded(*as_jonas, "export", "csv", "-o", "/dev/null").code != 0
    assert coded("suggest", "on").code == 0
    assert "K371" in coded(*as_jonas, "suggest", "codes").err
    assert coded(*as_jonas, "read", "I1").code == 0
    assert len(coded(*as_jonas, "quotes", "--json").items) == 1


def test_two_coders_settle_and_the_figures_before_are_kept(coded: Run) -> None:
    coded("coders", "add", "Jonas")
    jonas = ("--coder", "Jonas", "code", "I1")
    assert coded(*jonas, "Rammer", "--text", "Møtene ble for mange.").code == 0
    found = coded("compare", "Kari", "Jonas", "--differences", "--json").items
    assert len(found) == 2
    assert coded("compare", "Kari", "Jonas", "--settle", found[0]["id"]).code == 2
    settled = coded(
        "compare", "Kari", "Jonas", "--settle", found[0]["id"], "--agree-with", "both",
        "--reason", "Samme sted",
    )  # fmt: skip
    assert settled.code == 0
    assert len(coded("compare", "Kari", "Jonas", "--differences", "--json").items) == 1
    (listed,) = coded("compare", "Kari", "Jonas", "--settled", "--json").items
    assert (listed["choice"], listed["reason"]) == ("both", "Samme sted")
    coded("compare", "Jonas", "Kari", "--keep", "etter samtalen")
    before, after = coded("compare", "Kari", "Jonas", "--kept", "--json").items
    assert after["note"] == "etter samtalen"
    assert after["figures"]["percent"] > before["figures"]["percent"]
    assert "Kept last" in coded("compare", "Kari", "Jonas").out


def test_a_coder_is_compared_with_herself(coded: Run) -> None:
    again = coded("coders", "again", "Kari", "I1", "--json")
    second = again.items[0]["coder"]
    assert second == "Kari, round 2"
    assert coded("--coder", second, "quotes", "--json").items == []
    coded("--coder", second, "code", "I1", "Faste møtepunkt", "--text", "Morgenmøtet.")
    coded("--coder", second, "read", "I1")
    compared = coded("compare", "Kari", "Kari", "--recoded", "--json")
    whole = {item["measure"]: item["value"] for item in compared.items if item["code"] is None}
    assert whole["alpha"] == pytest.approx(1.0)
    assert "K375" in coded("--yes", "compare", second, "--recoded").err


def test_new_codes_come_with_a_band_and_no_verdict(coded: Run) -> None:
    (item,) = coded("new-codes", "--json").items
    assert (item["new"], item["low"], item["mean"], item["high"]) == (1, 1, 1.0, 1)
    said = coded("new-codes").err
    assert "too few" in said
    assert "how much the material can carry" in said


def test_sdi_asks_of_a_new_code_whether_it_could_have_been_made_before(
    anywhere: Run, tmp_path: object
) -> None:
    for method, asks in (("sdi", True), ("codebook", False)):
        folder = f"{tmp_path}/{method}"
        assert anywhere("init", folder, "--method", method).code == 0
        added = anywhere("-C", folder, "codebook", "add", "Rytme")
        assert ("could this code have been made before" in added.err) is asks


def test_what_a_merge_brought_is_listed_below_it(coded: Run, tmp_path: object) -> None:
    from pathlib import Path
    from shutil import copytree

    other = Path(f"{tmp_path}/other")
    copytree(Path(f"{tmp_path}/study"), other)
    assert coded("-C", other, "codebook", "add", "Fra Jonas").code == 0
    assert coded("merge", other, "--yes").code == 0
    listed = coded("history", "--json").items
    taken = [item for item in listed if item["taken_at"] is not None]
    assert [item["kind"] for item in taken] == ["code.add"]
    merge = next(item for item in listed if item["kind"] == "merge.take")
    assert taken[0]["taken_at"] == merge["seq"]
    assert listed.index(taken[0]) == listed.index(merge) + 1
    assert "in the other copy: added a code" in coded("history").out


def test_research_questions_stand_in_the_status(coded: Run) -> None:
    coded("theory", "questions", "Hva samler dem?")
    assert coded("status", "--json").items[0]["questions"] == ["Hva samler dem?"]
    assert "Hva samler dem?" in coded("status").out
