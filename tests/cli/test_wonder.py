"""`kodebok wonder`, and the passages that an equation or a weight chooses."""

from __future__ import annotations

from tests.cli.conftest import Run


def test_a_wondering_is_marked_listed_and_taken_away(study: Run) -> None:
    made = study(
        "wonder",
        "I1",
        "--text",
        "Morgenmøtet.",
        "--about",
        "Bare ett møte?",
        "--theory",
        "X-team",
        "--json",
    )
    assert made.code == 0
    (item,) = made.items
    assert made.schema == "kodebok.wonderings/1"
    assert (item["text"], item["theory"]) == ("Morgenmøtet.", "X-team")
    (listed,) = study("wonder", "--json").items
    assert listed["id"] == item["id"]
    assert study("wonder", "--remove", item["id"]).code == 0
    assert study("wonder", "--json").items == []


def test_a_wondering_needs_a_passage(study: Run) -> None:
    answer = study("wonder", "I1", "--about", "Hva?")
    assert answer.code == 2
    assert "K860" in answer.err


def test_passages_by_a_code_equation(study: Run) -> None:
    text = "De andre møtene er det færre som kommer på."
    assert study("code", "I1", "Faste møtepunkt", "--text", text).code == 0
    assert study("code", "I1", "Rammer", "--text", "det færre som").code == 0
    assert study("code", "I1", "Faste møtepunkt", "--text", "Morgenmøtet.").code == 0
    found = study("quotes", "--where", "Faste møtepunkt & ~Rammer", "--json")
    assert [item["text"] for item in found.items] == ["Morgenmøtet."]
    assert study("quotes", "--where", "Faste møtepunkt &").code == 2


def test_negative_cases_are_listed(study: Run) -> None:
    study("code", "I1", "Rammer", "--text", "Morgenmøtet.")
    (coding,) = study("quotes", "--json").items
    assert study("quotes", "--weight", "contradicts", "--json").items == []
    assert study("recode", coding["id"], "--weight", "contradicts").code == 0
    (found,) = study("quotes", "--weight", "contradicts", "--json").items
    assert found["id"] == coding["id"]
