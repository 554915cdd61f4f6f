"""A package in Word goes out with printed ids, and what is written in it comes back."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import docx
import pytest

from kodebok.domain.review import AnswerKind
from kodebok.review.choosing import Wish
from kodebok.review.receiving import Received, receive
from kodebok.review.settling import load_queue
from kodebok.storage import reviews
from kodebok.study.opening import Study
from kodebok.study.supervising import send
from tests.builders import add_code
from tests.review.studies import MEETINGS, OUTSIDE, ROLES, make_study
from tests.review.word_files import commented

needs_office = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice lacks")


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    with make_study(tmp_path / "s") as made:
        yield made


def code_id(study: Study, path: str) -> str:
    return add_code(study.store, path)


def sent(study: Study, **wish: object) -> bytes:
    told = {"code_ids": (code_id(study, MEETINGS),), **wish}
    return send(study, Wish("Anne", **told)).path.read_bytes()


def marks(study: Study) -> dict[str, str]:
    """Printed ids by the words of the item."""
    return {item.text or item.target_id: item.mark for item in reviews.load_items(study.store)}


def taken_in(study: Study, content: bytes) -> Received:
    return receive(study.store, study.coder.id, content, lambda: "")


def test_the_excerpts_go_out_with_ids_and_context_and_nothing_outside_the_choice(study):
    document = docx.Document(BytesIO(sent(study, code_ids=(code_id(study, ROLES),))))
    text = "\n".join(p.text for p in document.paragraphs)
    assert marks(study)["Ergoterapeut, sykepleier"] in text
    assert "Hvem er med?" in text
    assert "Ergoterapeut, sykepleier og ofte fastlegen" in text
    assert OUTSIDE not in text
    assert document.core_properties.author == ""


def test_a_comment_lands_on_the_words_that_it_is_written_on(study):
    back = commented(sent(study), "Det faste møtet", "tvil: er dette ikke en rolle?")
    (answer,) = taken_in(study, back).new
    (standing,) = load_queue(study.store)
    assert answer.kind is AnswerKind.DOUBT
    assert standing.answer.text == "er dette ikke en rolle?"
    assert standing.item is not None
    assert standing.item.text == "Det faste møtet er det som holder oss sammen."
    assert standing.code == MEETINGS
    assert standing.answer.author == "Anne Veileder"
