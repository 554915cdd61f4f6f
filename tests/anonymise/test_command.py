"""`kodebok anonymise --find`, as a student meets it, on the example study."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from kodebok.storage.sources import load_sources, load_text
from kodebok.study.opening import open_study

# Every invented person and place that the example's transcripts mention.
PERSONS = (
    "Torill Wenche Mads Gro Geir Ingvild Solveig Randi Oddny Amina Line Arvid Ruth Karin Kåre "
    "Lillevik Kleppnes Ellingsen Brattli Elin"
).split()
PLACES = "Skarvøy Lauvnes Ytterhamn Rognlia Nausttunet Midtnes Innersundet Lauvneset".split()
# The least share of their mentions that is likely, and that is found at all.
SHARE_LIKELY, SHARE_FOUND = 0.95, 0.98


def items_of(answer):
    content = json.loads(answer.out)
    assert content["schema"] == "kodebok.identifiers/1"
    return content["items"]


@pytest.fixture(scope="module")
def texts(example):
    study = open_study(example)
    found = {s.name: load_text(study.store, s.id) for s in load_sources(study.store)}
    study.close()
    return found


def test_the_invented_names_of_the_example_are_found(run, texts):
    found = items_of(run("anonymise", "--find", "--json"))
    mentions = likely = covered = 0
    for source, text in texts.items():
        own = [one for one in found if one["source"] == source]
        for name in PERSONS + PLACES:
            start = text.find(name)
            while start >= 0:
                end = start + len(name)
                holding = [o for o in own if o["start"] <= start and end <= o["end"]]
                mentions += 1
                covered += bool(holding)
                likely += any(o["tier"] == "likely" for o in holding)
                start = text.find(name, end)
    assert mentions > 100
    assert covered >= SHARE_FOUND * mentions
    assert likely >= SHARE_LIKELY * mentions


def test_most_of_what_is_likely_a_person_or_place_is_one(run):
    found = items_of(run("anonymise", "--find", "--json", "--tier", "likely"))
    named = [one["text"] for one in found if one["type"] in {"person", "place"}]
    known = [text for text in named if any(name in text for name in PERSONS + PLACES)]
    assert len(known) >= 0.85 * len(named)


def test_the_theorists_and_reforms_of_the_example_stay(run, texts):
    told = " ".join(texts.values())
    found = " ".join(one["text"] for one in items_of(run("anonymise", "--find", "--json")))
    for name in ("Edmondson", "New Public Management", "samhandlingsreformen"):
        assert name in told
        assert name not in found


def test_every_identifier_says_where_it_is_and_who_found_it(run, texts):
    for one in items_of(run("anonymise", "--find", "--json")):
        assert texts[one["source"]][one["start"] : one["end"]] == one["text"]
        assert one["tier"] in {"likely", "possible"}
        assert 0 < one["score"] <= 1
        assert one["finders"]
        assert one["entity"]


def test_only_the_sources_types_and_tiers_asked_for_are_listed(run):
    found = items_of(run("anonymise", "--find", "I4", "--type", "person", "--json"))
    assert {one["source"] for one in found} == {"I4"}
    assert {one["type"] for one in found} == {"person"}
    found = items_of(run("anonymise", "--find", "--tier", "possible", "--json"))
    assert {one["tier"] for one in found} == {"possible"}


def test_finding_changes_nothing(run, example: Path):
    before = (example / "kodebok.db").read_bytes()
    assert run("anonymise", "--find").code == 0
    assert (example / "kodebok.db").read_bytes() == before


@pytest.mark.parametrize(
    ("language", "said", "title"),
    [
        ("nb", "ingenting ble endret", "Sikkerhet"),
        ("nn", "ingenting blei endra", "Visse"),
        ("en", "nothing was changed", "Tier"),
    ],
)
def test_it_speaks_the_users_language(run, language, said, title):
    answer = run("anonymise", "--find", "--lang", language)
    assert answer.code == 0
    assert title in answer.out.splitlines()[0].split("\t")
    assert said in answer.err


def test_without_find_it_says_what_to_give(run):
    answer = run("anonymise")
    assert answer.code == 2
    assert "K810" in answer.err
    assert "--find" in answer.err


def test_an_unknown_source_is_wrong_use(run):
    assert run("anonymise", "--find", "I99").code == 2


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_on_a_terminal_each_mention_stands_in_its_context(example):
    import pexpect

    child = pexpect.spawn(
        sys.executable,
        ["-m", "kodebok", "-C", str(example), "anonymise", "--find", "I4", "--lang", "nb"],
        encoding="utf-8",
        dimensions=(60, 100),
        env={**os.environ, "NO_COLOR": "1"},
        timeout=60,
    )
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
    shown = re.sub(r"\x1b\[[\d;]*m", "", child.before)
    assert "Personer – sannsynlig" in shown
    assert "tok Solveig de to siste" in " ".join(shown.split())


def test_the_finders_open_no_connection_and_need_no_model_library(example):
    script = (
        "import sys, socket\n"
        "def no(*a, **k): raise SystemExit('network')\n"
        "socket.socket.connect = no\n"
        "from kodebok.anonymise.study_texts import find_in_study\n"
        "from kodebok.study.opening import open_study\n"
        "from pathlib import Path\n"
        "study = open_study(Path(sys.argv[1]))\n"
        "assert find_in_study(study.store)\n"
        "print(' '.join({'spacy', 'sklearn', 'torch', 'scipy'} & sys.modules.keys()))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(example)], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == ""
