"""An answer that could not be placed is put on its passage by hand."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from kodebok.cli.app import root
from kodebok.cli.session import Front
from kodebok.i18n import set_language
from kodebok.storage import codings
from kodebok.study.opening import open_study
from tests.review.studies import MEETINGS, OUTSIDE, ROLES, make_study
from tests.review.word_files import commented

WORDS = "Det faste møtet er det som holder oss sammen."

Run = Callable[..., tuple[int, list[dict[str, Any]], str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    monkeypatch.setenv("KODEBOK_LANG", "en")
    for name in ("CONFIG", "STATE", "DATA"):
        monkeypatch.setenv(f"KODEBOK_{name}_DIR", str(tmp_path / name.lower()))
    set_language("en")
    make_study(tmp_path / "s").close()

    def made(*line: str | Path) -> tuple[int, list[dict[str, Any]], str]:
        words = ["-C", str(tmp_path / "s"), *map(str, line), "--json"]
        told = CliRunner().invoke(root, words, obj=Front(lambda *_: 0, list))
        if told.exception is not None and not isinstance(told.exception, SystemExit):
            raise told.exception
        items = json.loads(told.stdout)["items"] if told.stdout.strip() else []
        return told.exit_code, items, told.stderr

    yield made
    set_language("")


@pytest.fixture
def back(run: Run) -> Path:
    """A file that came back, with a comment on the title too, which is no passage."""
    sent = run("review", "send", "--to", "Anne", "--code", MEETINGS)[1]
    path = Path(sent[0]["file"])
    content = commented(path.read_bytes(), "Én kommune", f"code: {ROLES}\nA role.")
    path.write_bytes(commented(content, "Vi møtes hver onsdag", "agree"))
    return path


@pytest.fixture
def answer(run: Run, back: Path) -> str:
    run("review", "receive", back)
    (received,) = proposals(run)
    assert received["mark"] is None
    return str(received["id"])


def proposals(run: Run) -> list[dict[str, Any]]:
    return [one for one in run("review", "list")[1] if one["kind"] == "propose"]


def coding_id(folder: Path, words: str) -> str:
    with open_study(folder) as study:
        return next(c.id for c in codings.load_codings(study.store) if c.text == words)


def test_placed_at_a_coding_it_has_its_number_and_accepting_recodes_that(run, answer, tmp_path):
    coding = coding_id(tmp_path / "s", WORDS)
    code, (placed,), err = run("review", "place", answer[:8], coding[:8])
    assert code == 0, err
    assert placed["mark"].startswith("K-")
    assert (placed["text"], placed["code"], placed["source"]) == (WORDS, MEETINGS, "I1")
    (accepted,) = run("review", "settle", placed["mark"], "accept")[1]
    assert (accepted["coding"], accepted["code"]) == (coding, ROLES)
    assert "K981" in run("review", "place", answer, coding)[2]


def test_placed_by_the_very_words_of_a_passage_it_is_the_same(run, answer):
    (placed,) = run("review", "place", answer, "--source", "I1", "--text", WORDS)[1]
    assert placed["mark"].startswith("K-")
    assert placed["code"] == MEETINGS


def test_placed_on_words_that_were_not_sent_it_stands_on_those(run, answer):
    code, (placed,), _ = run("review", "place", answer, "--source", "I2", "--text", OUTSIDE)
    assert (code, placed["mark"], placed["text"]) == (0, None, OUTSIDE)
    (accepted,) = run("review", "settle", answer, "accept")[1]
    assert accepted["coding"]


def test_undo_takes_the_place_away_and_redo_gives_it_back(run, answer):
    placed = run("review", "place", answer, "--source", "I1", "--text", WORDS)[1]
    run("undo")
    (listed,) = proposals(run)
    assert (listed["mark"], listed["source"], listed["start"]) == (None, None, None)
    run("redo")
    assert proposals(run) == placed


@pytest.mark.parametrize(("source", "words"), [("I1", WORDS), ("I2", OUTSIDE)])
def test_the_same_file_once_more_brings_nothing_after_placing(run, back, answer, source, words):
    placed = run("review", "place", answer, "--source", source, "--text", words)[1]
    assert run("review", "receive", back)[1] == []
    assert proposals(run) == placed


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ([], "K670"),
        (["--source", "I1"], "K670"),
        (["abcd", "--source", "I1"], "K670"),
        (["--source", "I1", "--text", "not there"], "K305"),
    ],
)
def test_a_place_that_is_not_said_or_not_there_is_refused(run, answer, line, code):
    exit_code, _, err = run("review", "place", answer, *line)
    assert exit_code == 2
    assert code in err
