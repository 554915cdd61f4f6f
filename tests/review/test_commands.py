"""`kodebok review` from the command line: out, answered, in, and decided on."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from kodebok.cli.app import root
from kodebok.cli.session import Front
from kodebok.domain.departure import Recipient
from kodebok.i18n import set_language
from kodebok.storage import codings, departures, encrypted
from kodebok.study.opening import open_study
from tests.builders import add_code
from tests.review.studies import MEETINGS, ROLES, make_study
from tests.review.word_files import commented
from tests.study.anonymised import quick_decrypt, quick_encrypt

PASSPHRASE = "fire korte ord her"


@dataclass(frozen=True)
class Told:
    code: int
    err: str
    items: list[dict[str, Any]]


Run = Callable[..., Told]


@pytest.fixture(autouse=True)
def _surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    monkeypatch.setattr(encrypted, "encrypt", quick_encrypt)
    monkeypatch.setattr(encrypted, "decrypt", quick_decrypt)
    monkeypatch.setattr("kodebok.study.supervising.encrypt", quick_encrypt)
    monkeypatch.setenv("KODEBOK_LANG", "en")
    monkeypatch.setenv("KODEBOK_PASSPHRASE", PASSPHRASE)
    for name in ("CONFIG", "STATE", "DATA"):
        monkeypatch.setenv(f"KODEBOK_{name}_DIR", str(tmp_path / name.lower()))
    set_language("en")
    yield
    set_language("")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = make_study(tmp_path / "s")
    made.close()
    return tmp_path / "s"


def runner(folder: Path) -> Run:
    def run(*line: str | Path) -> Told:
        words = ["-C", str(folder), "review", *map(str, line), "--json"]
        result = CliRunner().invoke(root, words, obj=Front(lambda *_: 0, list))
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        out = json.loads(result.stdout) if result.stdout.strip() else {"items": []}
        return Told(result.exit_code, result.stderr, out["items"])

    return run


@pytest.fixture
def run(folder: Path) -> Run:
    return runner(folder)


def send(run: Run, *more: str) -> Path:
    told = run("send", "--to", "Anne", "--code", MEETINGS, *more)
    assert told.code == 0, told.err
    return Path(told.items[0]["file"])


def doubt(path: Path) -> Path:
    path.write_bytes(commented(path.read_bytes(), "Det faste møtet", f"code: {ROLES}\nA role."))
    return path


def test_before_the_study_is_anonymised_nothing_is_sent(tmp_path):
    make_study(tmp_path / "raw", is_applied=False).close()
    told = runner(tmp_path / "raw")("send", "--to", "Anne", "--code", MEETINGS)
    assert told.code == 5
    assert "K970" in told.err
    assert list((tmp_path / "raw" / "exports").iterdir()) == []


def test_who_got_what_and_until_when_is_kept(run, folder):
    path = send(run, "--until", "2026-12-01", "--questions", "Is this one code?")
    (sent,) = run("sent").items
    assert (sent["recipient"], sent["due"], sent["file"]) == ("Anne", "2026-12-01", path.name)
    with open_study(folder) as study:
        (left,) = departures.load_departures(study.store)
    assert left.recipient is Recipient.SUPERVISOR


def test_accepting_a_proposal_recodes_the_passage_as_the_students_own_act(run, folder):
    (received,) = run("receive", doubt(send(run))).items
    assert received["proposal"] == ROLES
    told = run("settle", received["id"][:8], "accept")
    assert told.code == 0, told.err
    assert (told.items[0]["state"], told.items[0]["code"]) == ("accepted", ROLES)
    with open_study(folder) as study:
        coding = codings.load_coding(study.store, told.items[0]["coding"])
        assert coding.code_id == add_code(study.store, ROLES)
        assert coding.text == "Det faste møtet er det som holder oss sammen."
    assert CliRunner().invoke(root, ["-C", str(folder), "undo"], obj=None).exit_code == 0
    (back,) = run("list", "--open").items
    assert back["code"] == MEETINGS


def test_accepting_with_add_keeps_the_code_it_has(run, folder):
    (received,) = run("receive", doubt(send(run))).items
    run("settle", received["id"], "accept", "--add")
    with open_study(folder) as study:
        words = "Det faste møtet er det som holder oss sammen."
        found = [c.code_id for c in codings.load_codings(study.store) if c.text == words]
        assert set(found) == {add_code(study.store, MEETINGS), add_code(study.store, ROLES)}


def test_a_rejection_and_a_reply_go_along_with_the_next_package(run):
    (received,) = run("receive", doubt(send(run))).items
    assert run("settle", received["mark"], "reject").code == 2
    run("settle", received["mark"], "discuss", "--reason", "They lead the meeting.")
    run("settle", received["mark"], "reject", "--reason", "It is the meeting itself.")
    page = send(run, "--form", "html").read_text(encoding="utf-8")
    assert "It is the meeting itself." in page
    assert "They lead the meeting." in page
    other = run("send", "--to", "Bo", "--code", MEETINGS, "--form", "html")
    assert "It is the meeting itself." not in Path(other.items[0]["file"]).read_text("utf-8")


def test_a_package_for_the_terminal_is_encrypted_and_answered_without_a_study(run, tmp_path):
    path = send(run, "--form", "kodebok", "--definitions")
    assert path.read_bytes().startswith(encrypted.MARK)
    supervisor = runner(tmp_path / "elsewhere")
    items = supervisor("open", path).items
    passages = [item for item in items if item["target"] == "coding"]
    assert passages[0]["text"] == "Vi møtes hver onsdag."
    assert any("sammensatte behov" in line for line in passages[0]["before"])
    answers = tmp_path / "answers.kodebok"
    mark = passages[0]["mark"]
    opened = supervisor(
        "open", path, "-o", answers, "--name", "Anne V", "--answer", f"{mark}=doubt: why?"
    )
    assert opened.code == 0, opened.err
    (received,) = run("receive", answers).items
    assert (received["mark"], received["kind"], received["answer"]) == (mark, "doubt", "why?")
    assert received["author"] == "Anne V"
    assert run("receive", answers).items == []
    assert supervisor("open", path, "--answer", "K-0000=agree").code == 2


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "K104"),
        (b"hei", "K976"),
        (b"PK\x03\x04 nonsense", "K116"),
        (b'{"schema": "kodebok.review-answers/1", "answers": [{"id": 1}]}', "K977"),
        (b'{"schema": "kodebok.review-answers/1", "answers": 3}', "K977"),
        (b'{"schema": "kodebok.review-answers/1", "answers": []}', "K978"),
        (b'{"schema": "else", "answers": []}', "K976"),
        (b"[" * 100_000, "K976"),
        (b"{" * 100_000, "K977"),
    ],
)
def test_a_bad_file_is_refused_with_a_reason(run, tmp_path, content, code):
    bad = tmp_path / "bad.json"
    bad.write_bytes(content)
    told = run("receive", bad)
    assert told.code in {1, 2}
    assert code in told.err


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (["--to", "Anne"], "K972"),
        (["--to", " ", "--code", MEETINGS], "K985"),
        (["--to", "Anne", "--code", MEETINGS, "--until", "next week"], "K986"),
        (["--to", "Anne", "--form", "interview"], "K973"),
    ],
)
def test_a_wish_that_does_not_fit_is_refused_with_a_reason(run, line, code):
    told = run("send", *line)
    assert told.code == 2
    assert code in told.err


def test_a_package_for_kodebok_is_judged_before_it_is_encrypted(folder, monkeypatch):
    """The gate sees the words, not the sealed bytes."""
    from kodebok.export import write

    seen: list[str] = []
    whole = write.texts_in

    def spy(content: bytes) -> list[Any]:
        found = list(whole(content))
        seen.extend(text.text for text in found)
        return found

    monkeypatch.setattr(write, "texts_in", spy)
    send(runner(folder), "--form", "kodebok")
    assert any("Vi møtes hver onsdag." in text for text in seen)
