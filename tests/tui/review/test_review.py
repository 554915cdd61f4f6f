"""A student decides on a supervisor's answers, and a supervisor answers with one key each."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from kodebok.domain.review import AnswerKind, AnswerState, ReviewForm
from kodebok.review.choosing import Wish
from kodebok.review.content import PackageContent
from kodebok.review.receiving import receive
from kodebok.review.settling import Standing, load_queue
from kodebok.review.supervisor import Given, answers_bytes, new_answer
from kodebok.storage import codings, reviews
from kodebok.study.opening import Study
from kodebok.study.supervising import plan_package, send
from kodebok.tui.reviewing_app import ReviewApp
from tests.builders import add_code
from tests.review.studies import MEETINGS, ROLES, make_study
from tests.tui.piloting import opened, press, seen, told, until, write

SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
WORDS = "Det faste møtet er det som holder oss sammen."


@pytest.fixture
def study(tmp_path: Path) -> Study:
    """A package was sent, and a proposal, a doubt and an agreement came back."""
    made = make_study(tmp_path / "s")
    wish = Wish("Anne", ReviewForm.HTML, (add_code(made.store, MEETINGS),))
    package = send(made, wish).package
    marks = {item.text: item.mark for item in reviews.load_items(made.store)}
    content = PackageContent(package.id, "", "nb", "", ())
    given = [
        new_answer(marks["Vi møtes hver onsdag."], AnswerKind.AGREE),
        new_answer(marks[WORDS], AnswerKind.PROPOSE, "De er roller.", ROLES),
        new_answer(marks["Tavlemøtet klokka åtte"], AnswerKind.DOUBT, "Er dette et møte?"),
    ]
    receive(made.store, made.coder.id, answers_bytes(content, given, "Anne V"), lambda: "")
    return made


def standing(study: Study, kind: AnswerKind) -> Standing:
    return next(s for s in load_queue(study.store) if s.answer.kind is kind)


@SIZES
async def test_the_queue_shows_what_was_asked_and_what_was_said(study, size):
    async with opened(study, study.folder, size) as pilot:
        await press(pilot, "ctrl+r")
        shown = seen(pilot)
        assert "Veiledning" in shown
        assert "3 svar venter på deg" in shown
        assert "foreslår en annen kode → Samhandling/Roller" in shown
        assert WORDS in shown
        assert "Hva gjør dere når" in shown


async def test_accepting_a_proposal_gives_the_passage_the_code_and_undo_takes_it_back(study):
    async with opened(study, study.folder) as pilot:
        await press(pilot, "ctrl+r", "a")
        code_ids = {c.text: c.code_id for c in codings.load_codings(study.store)}
        assert code_ids[WORDS] == add_code(study.store, ROLES)
        assert standing(study, AnswerKind.PROPOSE).answer.state is AnswerState.ACCEPTED
        assert "2 svar venter" in seen(pilot)
        await press(pilot, "u")
        assert standing(study, AnswerKind.PROPOSE).answer.state is AnswerState.OPEN


async def test_a_doubt_is_discussed_and_then_rejected_with_a_reason(study):
    async with opened(study, study.folder) as pilot:
        await press(pilot, "ctrl+r", "j", "d")
        await write(pilot, "Ja,avtalt")
        await press(pilot, "enter")
        doubt = standing(study, AnswerKind.DOUBT)
        assert doubt.answer.state is AnswerState.DISCUSSED
        assert [reply.text for reply in doubt.replies] == ["Ja,avtalt"]
        while pilot.app.screen.rows.item.answer.id != doubt.answer.id:
            await press(pilot, "j")
        await press(pilot, "r", "enter")
        assert standing(study, AnswerKind.DOUBT).answer.state is AnswerState.DISCUSSED
        await write(pilot, "Fast tid")
        await press(pilot, "enter")
        settled = standing(study, AnswerKind.DOUBT).answer
        assert (settled.state, settled.reason) == (AnswerState.REJECTED, "Fast tid")
        assert "Er dette et møte?" not in seen(pilot)
        await press(pilot, "v")
        assert "avvist" in seen(pilot)


async def test_excerpts_are_sent_from_the_screen(study):
    async with opened(study, study.folder) as pilot:
        await press(pilot, "ctrl+r", "s")
        assert "4 ting å svare på" in seen(pilot)
        await press(pilot, "ctrl+s")
        await until(pilot, lambda: len(reviews.load_packages(study.store)) == 2)
        last = reviews.load_packages(study.store)[-1]
        assert (last.recipient, last.form) == ("Anne", ReviewForm.WORD)
        assert (study.folder / "exports" / last.file_name).is_file()
        assert last.file_name in told(pilot).replace("\n", "")


async def test_before_it_is_anonymised_the_screen_says_so_and_sends_nothing(tmp_path):
    raw = make_study(tmp_path / "raw", is_applied=False)
    async with opened(raw, raw.folder) as pilot:
        await press(pilot, "ctrl+r", "s")
        assert "K970" in told(pilot)
        assert reviews.load_packages(raw.store) == []


async def test_a_file_that_came_back_is_taken_in_from_the_screen(study, tmp_path):
    item = reviews.load_items(study.store)[-1]
    content = PackageContent(item.package_id, "", "nb", "", ())
    file = tmp_path / "svar.json"
    file.write_bytes(answers_bytes(content, [new_answer(item.mark, AnswerKind.COMMENT, "Fint")]))
    async with opened(study, study.folder) as pilot:
        await press(pilot, "ctrl+r", "i")
        await write(pilot, str(file))
        await press(pilot, "enter")
        assert "1 nytt svar" in told(pilot)
        assert standing(study, AnswerKind.COMMENT).answer.text == "Fint"


@asynccontextmanager
async def package_open(
    study: Study, save: Callable[[list[Given]], None], size: tuple[int, int] = (80, 24)
) -> AsyncIterator[Pilot[int]]:
    content = plan_package(study, Wish("Anne", doubtful=4)).content
    study.close()
    app = ReviewApp(content, [], save)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield pilot


@SIZES
async def test_a_supervisor_answers_with_one_key_each_and_every_answer_is_written(study, size):
    written: list[list[Given]] = []
    async with package_open(study, lambda given: written.append(list(given)), size) as pilot:
        await press(pilot, "a", "d")
        await write(pilot, "Hvorfor")
        await press(pilot, "enter", "j", "p")
        await write(pilot, "roller")
        await press(pilot, "enter", "enter", "j", "4")
        await write(pilot, "Bra")
        await press(pilot, "enter")
        await until(pilot, lambda: bool(written) and len(written[-1]) == 4)
        assert "4 av 4 er besvart" in seen(pilot)
    given = written[-1]
    assert [(one.kind, one.text, one.code) for one in given] == [
        (AnswerKind.AGREE, "", ""),
        (AnswerKind.DOUBT, "Hvorfor", ""),
        (AnswerKind.PROPOSE, "", ROLES),
        (AnswerKind.COMMENT, "Bra", ""),
    ]
    assert len({one.mark for one in given}) == 4


async def test_an_answer_is_taken_back_and_what_is_not_written_is_written_at_the_end(study):
    written: list[list[Given]] = []
    async with package_open(study, lambda given: written.append(list(given))) as pilot:
        await press(pilot, "a", "k", "x")
        await asyncio.sleep(0)
        await press(pilot, "ctrl+q")
    assert not written or written[-1] == []
