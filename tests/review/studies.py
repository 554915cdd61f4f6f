"""A study that may be sent of: two interviews, codes, one of them in doubt, anonymised."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from kodebok.config import Settings
from kodebok.storage import anonymisation, projects
from kodebok.study.opening import Study
from tests import builders

FIRST = """\
I: Hva gjør dere når en bruker har sammensatte behov?
R: Vi møtes hver onsdag. Det faste møtet er det som holder oss sammen.
I: Hvem er med?
R: Ergoterapeut, sykepleier og ofte fastlegen, når han har tid."""
SECOND = """\
I: Hva er et faste møtepunkt for deg?
R: [latter] Kaffemaskinen. Der avklarer vi det meste.
I: Og ellers?
R: Tavlemøtet klokka åtte."""
OUTSIDE = "Kaffemaskinen"
MEETINGS = "Samhandling/Faste møtepunkt"
ROLES = "Samhandling/Roller"


def make_study(folder: Path, *, is_applied: bool = True) -> Study:
    """A study of two interviews, four coded passages, and a codebook with one definition."""
    store = builders.make_store(folder, title="Én kommune", coders=("Kari",))
    first = builders.add_interview(store, FIRST, "I1", case="Informant 1")
    second = builders.add_interview(store, SECOND, "I2", case="Informant 2")
    meetings = builders.add_code(store, MEETINGS, definition="Møter som går fast.")
    roles = builders.add_code(store, ROLES)
    builders.code_passage(store, first, meetings, "Vi møtes hver onsdag.")
    builders.code_passage(store, first, meetings, "Det faste møtet er det som holder oss sammen.")
    builders.code_passage(store, first, roles, "Ergoterapeut, sykepleier")
    builders.code_passage(store, second, meetings, "Tavlemøtet klokka åtte")
    if is_applied:
        mark_applied(store)
    return Study(store, projects.first_user(store), Settings(folder))


def mark_applied(store: builders.Store) -> None:
    """Let the study count as anonymised, without a name in it."""
    with store.act("anonymise.apply", builders.coder_of(store)) as act:
        state = replace(anonymisation.load_state(store), is_applied=True)
        anonymisation.write_state(act, state)
