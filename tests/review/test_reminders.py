"""What waits in the supervisor's loop is said by `kodebok status` and on the start screen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from kodebok.domain.ids import new_id
from kodebok.domain.review import AnswerKind, ReviewAnswer, ReviewForm, ReviewPackage
from kodebok.i18n import set_language
from kodebok.review import settling
from kodebok.storage import reviews
from kodebok.study import status as status_module
from kodebok.study.card import recent_warnings
from kodebok.study.opening import Study
from kodebok.study.status import load_status
from tests.review.studies import make_study

TODAY = date(2026, 12, 2)


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Study]:
    monkeypatch.setattr(status_module, "local_today", lambda: TODAY)
    set_language("en")
    made = make_study(tmp_path / "s")
    yield made
    made.close()
    set_language("")


def send(study: Study, due: str) -> ReviewPackage:
    with study.store.act(reviews.SEND_KIND, study.coder.id, "p") as act:
        package = ReviewPackage(new_id(), "Anne", ReviewForm.WORD, study.coder.id, act.at, due)
        reviews.add_package(act, package, [])
    return package


def answer(study: Study, package: ReviewPackage) -> ReviewAnswer:
    with study.store.act(reviews.RECEIVE_KIND, study.coder.id, package.id) as act:
        given = ReviewAnswer(new_id(), package.id, AnswerKind.DOUBT, "hvorfor?", received=act.at)
        reviews.add_answer(act, given)
    return given


def said(study: Study) -> list[str]:
    """What both places say of the loop; they must say the same."""
    words = [one for one in load_status(study).lacking if "supervisor" in one]
    assert recent_warnings(study.folder, TODAY)[-len(words) or 99 :] == words
    return words


@pytest.mark.parametrize(("due", "is_late"), [("2026-12-01", True), ("2026-12-02", False)])
def test_a_package_is_late_the_day_after_its_date(study, due, is_late):
    send(study, due)
    assert any("1 package to a supervisor has no answer" in one for one in said(study)) is is_late


def test_a_package_without_a_date_is_never_late(study):
    send(study, "")
    assert said(study) == []


def test_an_answer_ends_the_waiting_and_waits_itself_until_it_is_settled(study):
    package = send(study, "2026-12-01")
    given = answer(study, package)
    assert said(study) == [
        "1 answer from a supervisor waits for your decision: see 'kodebok review'"
    ]
    settling.discuss(study.store, study.coder.id, "Kari", given, "Fordi.")
    assert said(study) == []
    answer(study, package)
    answer(study, package)
    assert "2 answers from a supervisor wait" in said(study)[0]
    waiting = reviews.count_waiting(study.store, TODAY.isoformat())
    assert waiting.undecided == settling.count_open(settling.load_queue(study.store))
