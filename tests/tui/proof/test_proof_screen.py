"""A student checks her manuscript on the screen: what drifted, where it stands, a copy."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from textual.pilot import Pilot

from kodebok.config import Settings
from kodebok.storage import encrypted, projects
from kodebok.study.anonymising_apply import apply_anonymisation
from kodebok.study.opening import Study, open_study
from kodebok.study.unlocking import unlock
from kodebok.tui.screens.coding import CodingScreen
from kodebok.tui.screens.proof import ProofScreen
from tests import builders
from tests.study.anonymised import PASSPHRASE, add_entity, quick_decrypt, quick_encrypt
from tests.study.proof_manuscripts import write_manuscript
from tests.tui.piloting import opened, press, seen, told, until, write

SAID = "Vi møtes hver onsdag klokka ni. Det faste møtet er det som holder oss sammen."
DRIFTED = "«Vi møtes hver tirsdag klokka ni», sa en av dem."
MADE_UP = "«Vi drikker aldri kaffe sammen lenger», sa en annen."
RIGHT = "«Det faste møtet er det som holder oss sammen», sa Informant 1."


@pytest.fixture
def study(tmp_path: Path) -> Study:
    store = builders.make_store(tmp_path / "studie")
    builders.add_interview(store, f"I: Hva gjør dere?\nR: {SAID}", "I1", case="Informant 1")
    return Study(store, projects.first_user(store), Settings(store.folder))


def manuscript(study: Study, *paragraphs: str) -> Path:
    return write_manuscript(study.folder / "min oppgave.docx", *paragraphs)


async def check(pilot: Pilot[int], path: Path) -> None:
    """Open the screen, write the manuscript's path, and wait for what is found."""
    await press(pilot, "ctrl+l", "shift+tab")
    await write(pilot, path.name)
    await press(pilot, "enter")
    await until(pilot, lambda: screen_of(pilot).proof is not None)


def screen_of(pilot: Pilot[int]) -> ProofScreen:
    screen = pilot.app.screen
    assert isinstance(screen, ProofScreen)
    return screen


async def test_a_drifted_quotation_stands_beside_its_source(study: Study) -> None:
    path = manuscript(study, DRIFTED, MADE_UP, RIGHT)
    async with opened(study, study.folder) as pilot:
        await check(pilot, path)
        shown = seen(pilot)
        assert "min oppgave.docx  2 må rettes" in shown
        assert shown.index("Finnes ikke i studien (1)") < shown.index("Andre ord enn kilden har")
        assert "Det faste møtet" not in shown
        await press(pilot, "j", "j")
        shown = seen(pilot)
        assert "Kilden, I1" in shown
        assert "Vi møtes hver onsdag klokka ni" in shown
        assert "«onsdag» → «tirsdag»" in shown
        await press(pilot, "v")
        assert "Kildens ord (1)" in seen(pilot)


async def test_the_file_is_chosen_in_the_tree_which_shows_manuscripts_alone(study: Study) -> None:
    path = manuscript(study, DRIFTED)
    (study.folder / "notat.txt").write_text("x", encoding="utf-8")
    async with opened(study, study.folder) as pilot:
        await press(pilot, "ctrl+l")
        await until(pilot, lambda: path.name in seen(pilot))
        assert "notat.txt" not in seen(pilot)
        await press(pilot, "end", "enter")
        await until(pilot, lambda: screen_of(pilot).proof is not None)
        assert "«onsdag» → «tirsdag»" in seen(pilot)


async def test_enter_goes_to_the_passage_and_what_has_none_says_so(study: Study) -> None:
    path = manuscript(study, DRIFTED, MADE_UP)
    async with opened(study, study.folder) as pilot:
        await check(pilot, path)
        await press(pilot, "enter")
        assert "Studien har ikke noe sted for dette" in told(pilot)
        await press(pilot, "j", "j", "enter")
        assert isinstance(pilot.app.screen, CodingScreen)
        assert "hver onsdag" in seen(pilot)


async def test_a_key_writes_the_copy_and_never_over_another_without_a_question(
    study: Study,
) -> None:
    path = manuscript(study, DRIFTED)
    before = path.read_bytes()
    copy = study.folder / "min oppgave-sjekket.docx"
    async with opened(study, study.folder) as pilot:
        await check(pilot, path)
        await press(pilot, "c", "enter")
        (comment,) = docx.Document(str(copy)).comments
        assert "«onsdag» → «tirsdag»" in comment.text
        copy.write_bytes(b"mine")
        await press(pilot, "c", "enter")
        assert "Det finnes en fil" in seen(pilot)
        await press(pilot, "escape")
        assert copy.read_bytes() == b"mine"
        assert path.read_bytes() == before


async def test_the_manuscript_itself_is_never_written_over(study: Study) -> None:
    path = manuscript(study, DRIFTED)
    before = path.read_bytes()
    async with opened(study, study.folder) as pilot:
        await check(pilot, path)
        await press(pilot, "c", "ctrl+u")
        await write(pilot, path.name)
        await press(pilot, "enter")
        assert "K544" in told(pilot)
        assert path.read_bytes() == before


async def test_a_file_that_is_no_manuscript_gives_a_clear_line(study: Study) -> None:
    bad = study.folder / "oppgave.doc"
    bad.write_bytes(b"gammel")
    async with opened(study, study.folder) as pilot:
        await press(pilot, "ctrl+l", "shift+tab")
        await write(pilot, bad.name)
        await press(pilot, "enter")
        await until(pilot, lambda: "K540" in told(pilot))
        assert not screen_of(pilot).is_showing


async def test_what_is_mended_in_word_is_gone_when_it_is_checked_again(study: Study) -> None:
    path = manuscript(study, DRIFTED)
    async with opened(study, study.folder) as pilot:
        await check(pilot, path)
        first = screen_of(pilot).proof
        manuscript(study, RIGHT)
        await press(pilot, "r")
        await until(pilot, lambda: screen_of(pilot).proof is not first)
        assert "Ingenting må rettes" in seen(pilot)


async def test_a_study_that_changed_since_says_so(study: Study) -> None:
    path = manuscript(study, DRIFTED)
    async with opened(study, study.folder) as pilot:
        await check(pilot, path)
        assert "Studien er endret" not in seen(pilot)
        await press(pilot, "f2")
        builders.correct(study.store, _only_source(study), "onsdag", "tirsdag")
        await press(pilot, "ctrl+l")
        assert "Studien er endret siden" in seen(pilot)


def _only_source(study: Study) -> str:
    ((source_id,),) = study.store.rows("SELECT id FROM sources")
    return str(source_id)


async def test_the_key_s_names_are_looked_for_once_it_is_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(encrypted, "encrypt", quick_encrypt)
    monkeypatch.setattr(encrypted, "decrypt", quick_decrypt)
    with builders.make_store(tmp_path / "s") as store:
        text = "R: Jeg snakket med Zebrahild Kvistebakk om turnusen hver mandag."
        builders.add_interview(store, text, "I1", case="Informant 1")
    with open_study(tmp_path / "s") as made:
        add_entity(made, "Zebrahild Kvistebakk", "Gunn Lillevik", "Zebrahild")
        apply_anonymisation(made, unlock(made, PASSPHRASE))
    study = open_study(tmp_path / "s")
    path = manuscript(study, "Turnusen var Zebrahilds idé.")
    async with opened(study, study.folder) as pilot:
        await press(pilot, "ctrl+l", "shift+tab")
        await write(pilot, path.name)
        await press(pilot, "enter", "escape")
        await until(pilot, lambda: screen_of(pilot).proof is not None)
        assert "Nøkkelen er ikke åpen" in seen(pilot)
        first = screen_of(pilot).proof
        await press(pilot, "r")
        await write(pilot, PASSPHRASE)
        await press(pilot, "enter")
        await until(
            pilot,
            lambda: (
                isinstance(pilot.app.screen, ProofScreen) and screen_of(pilot).proof is not first
            ),
        )
        assert "Et navn som studien kjenner (1)" in seen(pilot)
        assert "Nøkkelen er ikke åpen" not in seen(pilot)
