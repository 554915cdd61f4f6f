"""A package in Word goes out with printed ids, and what is written in it comes back."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import docx
import pytest

from kodebok.domain.review import AnswerKind, AnswerState, ReviewForm
from kodebok.domain.span import Edit
from kodebok.errors import KodebokError
from kodebok.review.choosing import Wish
from kodebok.review.receiving import Received, receive
from kodebok.review.settling import load_queue
from kodebok.storage import reviews, sources
from kodebok.storage.history import undo
from kodebok.study.opening import Study
from kodebok.study.supervising import send
from tests.builders import add_code
from tests.review.studies import MEETINGS, OUTSIDE, ROLES, make_study
from tests.review.word_files import commented, filled, replied, saved_by_libreoffice

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


def test_a_reply_to_kodeboks_own_comment_is_an_answer_on_that_item(study):
    content = sent(study)
    mark = marks(study)["Vi møtes hver onsdag."]
    (answer,) = taken_in(study, replied(content, mark, "enig", is_done=True)).new
    (standing,) = load_queue(study.store)
    assert (answer.kind, answer.is_resolved) == (AnswerKind.AGREE, True)
    assert standing.item is not None
    assert standing.item.mark == mark


def test_what_is_written_in_the_boxes_is_read(study):
    content = sent(study)
    mark = marks(study)["Vi møtes hver onsdag."]
    back = filled(filled(content, mark, 0, "x"), mark, 2, "«Samhandling/Roller»\nDe er roller.")
    agreed, proposed = taken_in(study, back).new
    assert agreed.kind is AnswerKind.AGREE
    assert (proposed.proposal, proposed.text) == (ROLES, "De er roller.")
    standings = {s.answer.kind: s for s in load_queue(study.store)}
    assert standings[AnswerKind.PROPOSE].proposed is not None


def test_a_file_that_nobody_wrote_in_brings_nothing(study):
    with pytest.raises(KodebokError) as told:
        taken_in(study, sent(study))
    assert told.value.code == "K978"


def test_received_twice_changes_nothing_also_when_more_was_written_meanwhile(study):
    first = commented(sent(study), "Det faste møtet", "tvil: hvorfor?")
    taken_in(study, first)
    before = study.store.change_count()
    assert taken_in(study, first).known == 1
    assert study.store.change_count() == before
    again = taken_in(study, commented(first, "Vi møtes hver onsdag", "enig"))
    assert (len(again.new), again.known) == (1, 1)
    assert len(load_queue(study.store)) == 2


def test_what_cannot_be_placed_is_kept_and_listed(study):
    content = commented(sent(study), "Én kommune", "En tanke om det hele")
    content = commented(content, "Vi møtes hver onsdag", "enig")
    received = taken_in(study, content)
    (unplaced,) = received.unplaced
    assert unplaced.text == "En tanke om det hele"
    assert unplaced.id in {s.answer.id for s in load_queue(study.store)}


def test_an_answer_lands_on_the_same_words_after_the_transcript_was_corrected(study):
    content = commented(sent(study), "Det faste møtet", "tvil: hvorfor?")
    source = sources.load_sources(study.store)[0].id
    with study.store.act("text.correct", study.coder.id) as act:
        text = sources.load_text(study.store, source)
        act.edit_text(source, Edit(0, text[:3], "Ja, og hva"))
        at = sources.load_text(study.store, source).index("faste")
        act.edit_text(source, Edit(at, "faste", "ukentlige"))
    (answer,) = taken_in(study, content).new
    assert answer.start is not None
    words = sources.load_text(study.store, source)[answer.start : answer.end]
    assert words == "Det ukentlige møtet er det som holder oss sammen."
    with study.store.act("text.correct", study.coder.id) as act:
        act.edit_text(source, Edit(0, "Ja, og hva", "Hva"))
    (standing,) = load_queue(study.store)
    now = sources.load_text(study.store, source)[standing.answer.start : standing.answer.end]
    assert now == words


def test_undo_takes_the_answers_out_and_they_can_be_received_again(study):
    content = commented(sent(study), "Det faste møtet", "tvil: hvorfor?")
    taken_in(study, content)
    undo(study.store, study.coder.id)
    assert load_queue(study.store) == []
    assert len(taken_in(study, content).new) == 1


def interview(study: Study) -> bytes:
    source = sources.load_sources(study.store)[0].id
    return sent(study, code_ids=(), source_ids=(source,), form=ReviewForm.INTERVIEW)


def test_a_whole_interview_is_commented_on_codes_and_on_words_without_one(study):
    content = interview(study)
    mark = marks(study)["Ergoterapeut, sykepleier"]
    back = commented(replied(content, mark, f"kode: {MEETINGS}"), "og ofte fastlegen", "Viktig!")
    received = taken_in(study, back)
    by_kind = {answer.kind: answer for answer in received.new}
    assert received.unplaced == ()
    assert by_kind[AnswerKind.PROPOSE].proposal == MEETINGS
    free = by_kind[AnswerKind.COMMENT]
    text = sources.load_text(study.store, free.source_id)
    assert "og ofte fastlegen" in text[free.start : free.end]
    assert all(s.answer.state is AnswerState.OPEN for s in load_queue(study.store))


@needs_office
@pytest.mark.parametrize("make", [sent, interview])
def test_all_of_it_comes_back_from_a_file_that_libreoffice_saved(study, tmp_path, make):
    content = make(study)
    mark = marks(study)["Det faste møtet er det som holder oss sammen."]
    back = commented(replied(content, mark, "enig", is_done=True), "Vi møtes hver", "tvil: nå?")
    if make is sent:
        back = filled(back, mark, 3, "Dette er kjernen.")
    received = taken_in(study, saved_by_libreoffice(back, tmp_path))
    told = {
        (s.item.mark if s.item else "", s.answer.kind, s.answer.text, s.answer.is_resolved)
        for s in load_queue(study.store)
    }
    expected = {
        (mark, AnswerKind.AGREE, "", True),
        (marks(study)["Vi møtes hver onsdag."], AnswerKind.DOUBT, "nå?", False),
    }
    if make is sent:
        expected.add((mark, AnswerKind.COMMENT, "Dette er kjernen.", False))
    assert told == expected
    assert received.unplaced == ()
