"""The web page: one file, answered with buttons or keys, and the saved file comes back."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from kodebok.domain.review import AnswerKind, ReviewForm
from kodebok.errors import KodebokError
from kodebok.review.choosing import Wish
from kodebok.review.receiving import receive
from kodebok.review.settling import load_queue
from kodebok.storage import reviews
from kodebok.study.opening import Study
from kodebok.study.supervising import send
from tests.builders import add_code
from tests.review.browser import Browser, browsing
from tests.review.studies import MEETINGS, OUTSIDE, ROLES, make_study

needs_browser = pytest.mark.skipif(
    not (shutil.which("chromium") and shutil.which("chromedriver")), reason="Chromium lacks"
)


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    with make_study(tmp_path / "s") as made:
        yield made


def page(study: Study, **wish: object) -> Path:
    told = {"code_ids": (add_code(study.store, MEETINGS),), "form": ReviewForm.HTML, **wish}
    return send(study, Wish("Anne", **told)).path


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[Browser]:
    with browsing(tmp_path / "downloads") as opened:
        yield opened


@needs_browser
def test_buttons_and_fields_make_a_file_that_is_read_back(study, browser):
    browser.open(page(study))
    items = {i.text: i.mark for i in reviews.load_items(study.store) if i.text}
    first, second, third = (f"article[data-mark='{mark}'] " for mark in items.values())
    browser.click(first + "[data-kind=agree]")
    browser.click(second + "[data-kind=propose]")
    browser.type(second + "input", ROLES)
    browser.type(second + "textarea", "De er «roller» & <b>ansvar</b>")
    browser.type(third + "textarea", "Fint.")
    browser.type("#author", "Anne V")
    browser.click("#save")
    received = receive(study.store, study.coder.id, browser.downloaded(), lambda: "")
    queue = {s.answer.kind: s for s in load_queue(study.store)}
    assert set(queue) == {AnswerKind.AGREE, AnswerKind.PROPOSE, AnswerKind.COMMENT}
    assert queue[AnswerKind.PROPOSE].answer.text == "De er «roller» & <b>ansvar</b>"
    assert queue[AnswerKind.PROPOSE].proposed is not None
    assert queue[AnswerKind.AGREE].item.mark == next(iter(items.values()))
    assert {a.author for a in received.new} == {"Anne V"}
    assert browser.log() == []


@needs_browser
def test_the_page_is_answered_by_keys_alone(study, browser):
    browser.open(page(study))
    browser.press("j", "1", "j", "2")
    browser.press(*"Hvorfor?")
    browser.press("escape", "j", "3")
    browser.press(*ROLES)
    browser.press("escape")
    answers = browser.run("return answers()")
    assert [(a["kind"], a["text"], a["code"]) for a in answers] == [
        ("agree", "", ""),
        ("doubt", "Hvorfor?", ""),
        ("propose", "", ROLES),
    ]
    assert browser.run("return document.getElementById('count').textContent") == "3 / 4"


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_page_holds_all_that_it_needs_and_nothing_outside_the_choice(study, language):
    made = page(study, code_ids=(add_code(study.store, ROLES),), language=language)
    text = made.read_text(encoding="utf-8")
    assert "Ergoterapeut, sykepleier" in text
    assert OUTSIDE not in text
    reader = _Links()
    reader.feed(text)
    assert reader.found == []
    assert "default-src 'none'" in text
    assert re.search(r"url\(|@import|fetch\(|XMLHttpRequest|https?://", text) is None


def test_the_page_itself_is_not_taken_for_the_answers(study):
    with pytest.raises(KodebokError) as told:
        receive(study.store, study.coder.id, page(study).read_bytes(), lambda: "")
    assert told.value.code == "K975"


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [str(value) for name, value in attrs if name in {"src", "href", "action"}]
