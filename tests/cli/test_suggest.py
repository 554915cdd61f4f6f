"""`kodebok suggest` as it is typed, in three languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.suggest.builders import MEETINGS, MONEY, OTHER, UNCODED_MEETING, UNCODED_MONEY

FIELDS = set("id kind source start end text code rank score evidence".split())


@pytest.fixture
def suggesting(empty: Run, tmp_path: Path) -> Run:
    """Run one line in a study with two codes that have examples enough, nothing read yet."""
    turns = [*MEETINGS, *MONEY, UNCODED_MEETING, UNCODED_MONEY, OTHER]
    lines = ["I: Hva er viktig her?", *(f"Informant 1: {words}" for words in turns)]
    path = tmp_path / "I1.txt"
    path.write_text("\n\n".join(lines), encoding="utf-8")
    assert empty("import", path, "--yes").code == 0
    for name, listed in (("Møter", MEETINGS), ("Økonomi", MONEY)):
        assert empty("codebook", "add", name).code == 0
        for words in listed:
            assert empty("code", "I1", name, "--text", words).code == 0
    return empty


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("nb", "forslag er slått av i denne studien"),
        ("nn", "framlegg er slått av i denne studien"),
        ("en", "suggestions are off in this study"),
    ],
)
def test_suggestions_are_off_until_chosen(suggesting: Run, language: str, said: str) -> None:
    answer = suggesting("suggest", "codes", "--lang", language)
    assert answer.code == 2
    assert "K850" in answer.err
    assert said in answer.err
    record = {
        item["fact"]: item["value"] for item in suggesting("suggest", "record", "--json").items
    }
    assert record["on"] is False
    assert record["computed"] == 0


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("nb", "Ingenting kodes før du godtar ett."),
        ("nn", "Ingenting vert koda før du godtek eitt."),
        ("en", "Nothing is coded until you accept one."),
    ],
)
def test_codes_are_suggested_in_the_users_language(
    suggesting: Run, language: str, said: str
) -> None:
    suggesting("suggest", "on")
    assert suggesting("suggest", "codes").code == 2
    suggesting("read", "I1")
    answer = suggesting("suggest", "codes", "--lang", language)
    assert answer.code == 0
    assert said in answer.err
    assert UNCODED_MEETING in answer.out


def test_the_schema_of_suggestions(suggesting: Run) -> None:
    suggesting("suggest", "on")
    answer = suggesting("suggest", "codes", "--all", "--json")
    assert answer.schema == "kodebok.suggestions/1"
    assert "the record says so" in answer.err
    first = next(item for item in answer.items if item["text"] == UNCODED_MEETING)
    assert set(first) >= FIELDS
    assert first["code"] == "Møter"
    assert first["kind"] == "code"
    assert first["evidence"]["examples"][0]["text"] in MEETINGS
    listed = suggesting("suggest", "--json").items
    assert [item["id"] for item in listed] == [item["id"] for item in answer.items]


def test_one_is_shown_accepted_undone_and_rejected(suggesting: Run) -> None:
    suggesting("suggest", "on")
    items = suggesting("suggest", "codes", "--all", "--json").items
    first = items[0]["id"]
    card = suggesting("suggest", "show", first[:8]).out
    assert "(before any word)" in card
    assert "Suggestions of this code accepted so far: 0 of 0" in card
    before = suggesting("quotes", "--json").items
    (coded,) = suggesting("suggest", "accept", first[:8], "--json").items
    assert coded["text"] == items[0]["text"]
    assert len(suggesting("quotes", "--json").items) == len(before) + 1
    assert "accepted a suggestion" in suggesting("undo").err
    assert suggesting("quotes", "--json").items == before
    assert suggesting("suggest", "reject", first, "--reason", "nei").code == 0
    assert suggesting("suggest", "accept", first).code == 2
    assert suggesting("check").code == 0


def test_there_is_no_way_to_accept_all(suggesting: Run) -> None:
    suggesting("suggest", "on")
    suggesting("suggest", "codes", "--all")
    before = suggesting("quotes", "--json").items
    for words in (["--all"], ["all"], ["*"], []):
        assert suggesting("suggest", "accept", *words, "--yes").code == 2
    assert suggesting("quotes", "--json").items == before


def test_a_rejection_without_a_reason_is_refused(suggesting: Run) -> None:
    suggesting("suggest", "on")
    found = suggesting("suggest", "codes", "--all", "--json").items[0]["id"]
    assert suggesting("suggest", "reject", found).code == 2
    answer = suggesting("suggest", "reject", found, "--reason", " ")
    assert (answer.code, "K857" in answer.err) == (2, True)


@pytest.mark.parametrize("what", ["unexplained", "more"])
def test_too_little_is_told_and_nothing_is_printed(suggesting: Run, what: str) -> None:
    suggesting("suggest", "on")
    answer = suggesting("suggest", what, "--all")
    assert answer.code == 2
    assert answer.out == ""


def test_groups_have_their_fields(empty: Run, tmp_path: Path) -> None:
    themes = ("møtet onsdag møteplan", "budsjettet penger vikarer", "hunden katten snøen")
    lines = [
        f"R{place % 3}: Vi snakker om {theme} nummer {place} {theme}"
        for place in range(10)
        for theme in themes
    ]
    path = tmp_path / "I1.txt"
    path.write_text("\n\n".join(lines), encoding="utf-8")
    empty("import", path, "--yes")
    empty("suggest", "on")
    empty("read", "I1")
    answer = empty("suggest", "groups", "--json")
    assert answer.code == 0
    assert answer.schema == "kodebok.suggestions/1"
    for item in answer.items:
        assert set(item) >= FIELDS | {"keywords", "passages", "stability", "cases"}
        assert "stable does not mean true" in item["stability"]
    assert len(answer.items) >= 2
    cards = empty("suggest", "groups").out
    assert cards.count("stable does not mean true") == len(answer.items)
    accepted = empty("suggest", "accept", empty("suggest", "--json").items[0]["id"])
    assert accepted.code == 0
    assert empty("quotes", "--json").items == []


def test_the_self_test_says_how_far_to_trust(suggesting: Run) -> None:
    answer = suggesting("suggest", "try")
    assert answer.code == 2
    assert "K863" in answer.err


def test_the_self_test_on_the_example(anywhere: Run, tmp_path: Path) -> None:
    folder = tmp_path / "example"
    assert anywhere("demo", folder, "--no-open").code == 0
    answer = anywhere("-C", folder, "suggest", "try", "--json")
    assert answer.code == 0
    assert answer.schema == "kodebok.suggestion-trial/1"
    first, among, unexplained = answer.items
    assert [item["measure"] for item in answer.items] == ["first", "first-three", "unexplained"]
    assert first["value"] > first["baseline"]
    assert among["value"] >= first["value"] / 2
    assert 0 <= unexplained["value"] <= 1
    record = {
        i["fact"]: i["value"] for i in anywhere("-C", folder, "suggest", "record", "--json").items
    }
    assert record["computed"] == 0
