"""Small studies for the screen tests, the same every time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kodebok.domain.ids import new_id
from kodebok.domain.note import Note, NoteKind, Target
from kodebok.storage import notes
from kodebok.storage.database import Store
from kodebok.study.opening import Study, open_study
from tests import builders

CLOCK = "2025-03-04T09:30:00.000+00:00"

SECOND = """\
I: Hva er et faste møtepunkt for deg?
R: [latter] Kaffemaskinen. Der avklarer vi det meste.
I: Og ellers?
R: Tavlemøtet klokka åtte."""


class _StoppedDate(date):
    @classmethod
    def today(cls) -> date:
        return cls(2025, 3, 4)


def stop_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every act happens at the same moment."""
    for module in ("history", "notes", "projects", "sources"):
        monkeypatch.setattr(f"kodebok.storage.{module}.now", lambda: CLOCK)
    monkeypatch.setattr("kodebok.study.exporting.date", _StoppedDate)


def make_small_study(folder: Path, title: str = "Én kommune") -> Study:
    """Two interviews and a note, three codes, five coded passages, two impressions, one quote."""
    with builders.make_store(folder, title=title) as store:
        first = builders.add_interview(store, name="I1", case="Informant 1", date="2025-01-20")
        second = builders.add_interview(store, SECOND, "I2", case="Informant 2")
        builders.add_notes_source(
            store, "Rommet var kaldt. Alle snakket i munnen på hverandre.", "N1"
        )
        fixed = builders.add_code(store, "Tverrfaglig samhandling/Faste møtepunkt")
        roles = builders.add_code(store, "Tverrfaglig samhandling/Roller og ansvar")
        builders.code_passage(store, first, fixed, "Vi møtes hver onsdag")
        builders.code_passage(store, first, fixed, "Det faste møtet")
        builders.code_passage(store, first, roles, "Ergoterapeut, sykepleier")
        builders.code_passage(store, second, fixed, "Kaffemaskinen")
        builders.code_passage(store, second, fixed, "Tavlemøtet klokka åtte")
        _impress(store, first)
        builders.choose_quote(store, first, "Vi møtes hver onsdag")
    return open_study(folder)


def make_empty_study(folder: Path, title: str = "Tom studie") -> Study:
    """A study without anything in it."""
    builders.make_store(folder, title=title).close()
    return open_study(folder)


def _impress(store: Store, source_id: str) -> None:
    coder = builders.coder_of(store)
    with store.act("memo.add", coder) as act:
        for day, kind, text in (
            (1, NoteKind.FIRST_IMPRESSION, "Handlekraftig. Svarer før spørsmålet er ferdig."),
            (2, NoteKind.AFTER_CODING, "Mindre handlekraft enn jeg trodde: mest venting."),
        ):
            note = Note(new_id(), Target.SOURCE, source_id, coder, text, kind)
            notes.add_note(act, replace(note, created=f"2025-02-0{day}T10:00:00.000+00:00"))
