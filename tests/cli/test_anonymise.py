"""Anonymising by command, from a decision to the end of the key."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kodebok.cli import key as key_command
from kodebok.storage import encrypted
from tests.cli.conftest import Answer, Run
from tests.study.anonymised import PASSPHRASE, quick_decrypt, quick_encrypt, traces_of

WORDS = """\
Intervjuer: Hvem leder avdelingen?

Informant 1: Det gjør Zebrahild Kvistebakk. Zebrahilds kontor er i andre etasje.
"""


@pytest.fixture(autouse=True)
def key_outside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(encrypted, "encrypt", quick_encrypt)
    monkeypatch.setattr(encrypted, "decrypt", quick_decrypt)
    monkeypatch.setenv("KODEBOK_DATA_DIR", str(tmp_path / "user-data"))
    monkeypatch.setenv("KODEBOK_PASSPHRASE", PASSPHRASE)


@pytest.fixture
def study(anywhere: Run, tmp_path: Path) -> Path:
    folder = tmp_path / "min-studie"
    anywhere(
        "init", str(folder), "--coder", "Student", "--title", "Samhandling", "--language", "nb"
    )
    transcript = tmp_path / "intervju.txt"
    transcript.write_text(WORDS, encoding="utf-8")
    answer = anywhere("-C", str(folder), "import", str(transcript), "--yes")
    assert answer.code == 0, answer.err
    return folder


def text_of(anywhere: Run, folder: Path) -> str:
    return anywhere("-C", str(folder), "sources", "show", "intervju").out


def decide(anywhere: Run, folder: Path, *more: str) -> Answer:
    line = ["-C", str(folder), "anonymise", "--decide", "Zebrahild Kvistebakk", "pseudonym"]
    return anywhere(*line, *more)


def test_a_name_is_decided_applied_and_restored(anywhere: Run, study: Path) -> None:
    before = text_of(anywhere, study)
    assert "Zebrahild" in before
    assert decide(anywhere, study, "--replacement", "Gunn Lillevik").code == 0
    listed = json.loads(anywhere("-C", str(study), "anonymise", "--entities", "--json").out)
    assert listed["schema"] == "kodebok.entities/1"
    assert listed["items"][0]["replacement"] == "Gunn Lillevik"
    applied = anywhere("-C", str(study), "anonymise", "--apply", "--yes")
    assert applied.code == 0, applied.err
    assert "pseudonymised (de-identified)" in applied.err
    assert "Det gjør Gunn Lillevik. Gunns kontor" in text_of(anywhere, study)
    assert traces_of(study, "Zebrahild", "Kvistebakk") == []
    listed = json.loads(anywhere("-C", str(study), "anonymise", "--entities", "--json").out)
    assert listed["items"][0]["name"] == ""
    assert listed["items"][0]["applied"] is True
    restored = anywhere("-C", str(study), "anonymise", "--restore", "--yes")
    assert restored.code == 0, restored.err
    assert text_of(anywhere, study) == before


def test_a_pseudonym_is_proposed_that_nobody_in_the_study_has(anywhere: Run, study: Path) -> None:
    answer = decide(anywhere, study, "--json")
    item = json.loads(answer.out)["items"][0]
    assert item["name"] == "Zebrahild Kvistebakk"
    assert len(item["replacement"].split()) == 2
    assert "Zebrahild" not in item["replacement"]
    again = decide(anywhere, study, "--json")
    assert json.loads(again.out)["items"][0]["replacement"] == item["replacement"]


def test_undo_of_an_anonymisation_puts_the_originals_back(anywhere: Run, study: Path) -> None:
    before = text_of(anywhere, study)
    decide(anywhere, study, "--replacement", "Gunn Lillevik")
    anywhere("-C", str(study), "anonymise", "--apply", "--yes")
    answer = anywhere("-C", str(study), "undo", "--yes")
    assert answer.code == 0, answer.err
    assert text_of(anywhere, study) == before


def test_status_says_the_state_and_names_the_files_left(anywhere: Run, study: Path) -> None:
    assert "not anonymised" in anywhere("-C", str(study), "status").out
    (study / "exports" / "utkast.txt").write_text("Zebrahild sa", encoding="utf-8")
    decide(anywhere, study, "--replacement", "Gunn Lillevik")
    anywhere("-C", str(study), "anonymise", "--apply", "--yes")
    said = anywhere("-C", str(study), "status").out
    assert "pseudonymised (de-identified)" in said
    assert "exports/utkast.txt" in said
    line = ("-C", str(study), "anonymise", "--settle", "exports/utkast.txt")
    assert anywhere(*line, "burn").code == 2
    assert anywhere(*line, "delete").code == 0
    assert not (study / "exports" / "utkast.txt").exists()
    assert "exports/utkast.txt" not in anywhere("-C", str(study), "status").out


def test_the_key_is_shown_and_copied(anywhere: Run, study: Path, tmp_path: Path) -> None:
    decide(anywhere, study, "--replacement", "Gunn Lillevik")
    anywhere("-C", str(study), "anonymise", "--apply", "--yes")
    shown = json.loads(anywhere("-C", str(study), "key", "show", "--json").out)
    assert shown["schema"] == "kodebok.key/1"
    assert ("Zebrahild Kvistebakk", "Gunn Lillevik") in {
        (item["original"], item["replacement"]) for item in shown["items"]
    }
    copy = tmp_path / "kopi.age"
    assert anywhere("-C", str(study), "key", "export", str(copy)).code == 0
    assert copy.read_bytes().startswith(encrypted.MARK)
    assert anywhere("-C", str(study), "key", "export", str(copy)).code == 2


def test_a_wrong_passphrase_opens_nothing(
    anywhere: Run, study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    decide(anywhere, study, "--replacement", "Gunn Lillevik")
    anywhere("-C", str(study), "anonymise", "--apply", "--yes")
    monkeypatch.setenv("KODEBOK_PASSPHRASE", "feil")
    answer = anywhere("-C", str(study), "key", "show")
    assert answer.code == 2
    assert "Zebrahild" not in answer.out + answer.err
    assert anywhere("-C", str(study), "anonymise", "--restore", "--yes").code == 2
    assert "Gunn Lillevik" in text_of(anywhere, study)


def test_the_key_is_destroyed_by_a_person_alone_who_types_the_word(
    anywhere: Run, study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    decide(anywhere, study, "--replacement", "Gunn Lillevik")
    anywhere("-C", str(study), "anonymise", "--apply", "--yes")
    assert anywhere("-C", str(study), "key", "destroy", "both", "--yes").code == 2
    monkeypatch.setattr(key_command, "can_ask", lambda: True)
    monkeypatch.setattr(key_command, "ask_text", lambda _prompt: "nei")
    assert anywhere("-C", str(study), "key", "destroy", "both").code == 2
    assert anywhere("-C", str(study), "key", "show").code == 0
    monkeypatch.setattr(key_command, "ask_text", lambda _prompt: "both")
    answer = anywhere("-C", str(study), "key", "destroy", "both")
    assert answer.code == 0, answer.err
    assert "anonymous only after re-identification" in answer.err
    assert anywhere("-C", str(study), "anonymise", "--restore", "--yes").code != 0
    assert "Gunn Lillevik" in text_of(anywhere, study)


def test_without_a_decision_nothing_is_applied(anywhere: Run, study: Path) -> None:
    answer = anywhere("-C", str(study), "anonymise", "--apply", "--yes")
    assert answer.code == 2
    assert "K830" in answer.err
    assert anywhere("-C", str(study), "anonymise").code == 2
    assert anywhere("-C", str(study), "anonymise", "--decide", "Zebrahild", "burn").code == 2


def test_new_and_corrected_text_is_looked_at_as_it_comes(
    anywhere: Run, study: Path, tmp_path: Path
) -> None:
    decide(anywhere, study, "--replacement", "Gunn Lillevik")
    anywhere("-C", str(study), "anonymise", "--apply", "--yes")
    second = tmp_path / "andre.txt"
    second.write_text(WORDS.replace("avdelingen", "laget"), encoding="utf-8")
    said = anywhere("-C", str(study), "import", str(second), "--yes").err
    assert "may name someone" in said
    assert "not applied to 1 source yet" in anywhere("-C", str(study), "status").out
    line = ("-C", str(study), "correct", "intervju", "--text", "andre etasje", "--with")
    said = anywhere(*line, "etasjen til Ulvhilda Bakkemo").err
    assert "not applied to this text yet" in said
    anywhere("-C", str(study), "anonymise", "--apply", "--yes")
    assert traces_of(study, "Zebrahild") == []
    assert "not applied to" not in anywhere("-C", str(study), "status").out


def test_a_stopped_export_says_how_to_judge_and_places_can_be_judged(
    anywhere: Run, study: Path
) -> None:
    decide(anywhere, study, "--replacement", "Gunn Lillevik")
    anywhere("-C", str(study), "anonymise", "--apply", "--yes")
    decided = anywhere("-C", str(study), "anonymise", "--decide", "etasje", "tag")
    assert decided.code == 0, decided.err
    line = ("-C", str(study), "export", "text", "intervju", "--overwrite")
    stopped = anywhere(*line)
    assert stopped.code == 5
    assert "--despite" in stopped.err
    assert "--harmless" in stopped.err
    assert "   1  (text, 3)" in stopped.err
    assert "etasje" not in stopped.err
    assert anywhere(*line, "--harmless", "one").code == 2
    assert anywhere(*line, "--harmless", "1").code == 0
    assert anywhere(*line).code == 0


def test_what_is_to_be_decided_is_listed_with_what_is_proposed(anywhere: Run, study: Path) -> None:
    answer = anywhere("-C", str(study), "anonymise", "--review", "--json")
    items = json.loads(answer.out)["items"]
    found = next(one for one in items if one["name"] == "Zebrahild Kvistebakk")
    assert (found["type"], found["action"], found["decided"]) == ("person", "pseudonym", False)
    assert found["places"] == 2
    assert found["replacement"]


def test_the_difference_is_shown_and_nothing_is_written(anywhere: Run, study: Path) -> None:
    before = text_of(anywhere, study)
    decide(anywhere, study, "--replacement", "Gunn Lillevik")
    shown = anywhere("-C", str(study), "anonymise", "--apply", "--dry-run", "--json")
    changes = [(one["before"], one["after"]) for one in json.loads(shown.out)["items"]]
    assert ("Zebrahilds", "Gunns") in changes
    assert text_of(anywhere, study) == before


def test_names_are_joined_split_typed_and_added(anywhere: Run, study: Path) -> None:
    def run(*words: str) -> Answer:
        answer = anywhere("-C", str(study), "anonymise", *words)
        assert answer.code == 0, answer.err
        return answer

    run("--add", "avdelingen", "--type", "organisation")
    run("--add", "bestyreren", "--type", "role")
    joined = json.loads(run("--merge", "bestyreren", "avdelingen", "--json").out)["items"][0]
    assert (joined["name"], joined["aliases"]) == ("avdelingen", ["bestyreren"])
    run("--split", "avdelingen", "bestyreren")
    run("--set-type", "bestyreren", "--type", "person")
    listed = json.loads(run("--entities", "--json").out)["items"]
    assert {(one["name"], one["type"]) for one in listed} == {
        ("avdelingen", "organisation"),
        ("bestyreren", "person"),
    }
    nobody = anywhere("-C", str(study), "anonymise", "--merge", "ingen", "avdelingen")
    assert nobody.code == 2


def test_rules_and_public_names_are_kept_and_followed(anywhere: Run, study: Path) -> None:
    def found() -> set[str]:
        answer = anywhere("-C", str(study), "anonymise", "--find", "--json")
        return {one["text"] for one in json.loads(answer.out)["items"] if one["tier"] == "likely"}

    line = ("-C", str(study), "anonymise")
    assert "Zebrahild Kvistebakk" in found()
    assert anywhere(*line, "--never", "Zebrahild Kvistebakk").code == 0
    assert anywhere(*line, "--always", "avdelingen", "--type", "organisation").code == 0
    assert "Zebrahild Kvistebakk" not in found()
    assert "avdelingen" in found()
    assert anywhere(*line, "--forget", "Zebrahild Kvistebakk").code == 0
    assert anywhere(*line, "--allow", "Zebrahild Kvistebakk", "--reason", "forfatter").code == 0
    assert "forfatter" in (study / "kodebok.toml").read_text(encoding="utf-8")
    assert "Zebrahild Kvistebakk" not in found()
    listed = json.loads(anywhere(*line, "--rules", "--json").out)["items"]
    assert {(one["text"], one["rule"]) for one in listed} == {
        ("avdelingen", "always"),
        ("Zebrahild Kvistebakk", "allow"),
    }
    assert anywhere(*line, "--forget", "Zebrahild Kvistebakk").code == 0
    assert "Zebrahild Kvistebakk" in found()
    assert anywhere(*line, "--forget", "Zebrahild Kvistebakk").code == 2


def test_a_sample_is_read_and_the_log_says_what_was_done_without_a_name(
    anywhere: Run, study: Path, tmp_path: Path
) -> None:
    line = ("-C", str(study), "anonymise")
    drawn = json.loads(anywhere(*line, "--sample", "--json").out)["items"]
    assert drawn
    assert all("Zebrahild" not in one["text"] for one in drawn)
    for one in drawn:
        assert anywhere(*line, "--answer", str(one["number"]), "clean").code == 0
    assert "95 %" in anywhere(*line, "--sample").err
    assert anywhere(*line, "--answer", "99", "clean").code == 2
    decide(anywhere, study, "--replacement", "Gunn Lillevik")
    assert anywhere(*line, "--apply", "--yes").code == 0
    log = anywhere(*line, "--log").out
    assert "pseudonymised (de-identified)" in log or "avidentifisert" in log
    assert "95 %" in log
    assert "tokens.npz" in log
    assert "Zebrahild" not in log
    written = anywhere(*line, "--log", "-o", str(tmp_path / "logg.docx"))
    assert written.code == 0, written.err
    assert (tmp_path / "logg.docx").read_bytes().startswith(b"PK")
