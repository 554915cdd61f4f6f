"""A file that the gate stops on the screen: judged harmless, or written for a reason."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input, OptionList

from kodebok.domain.entity import Action
from kodebok.storage import encrypted, gate_memory, sources
from kodebok.study.anonymising_apply import apply_anonymisation
from kodebok.study.exporting import ExportKind
from kodebok.study.opening import Study, open_study
from kodebok.study.unlocking import unlock
from kodebok.tui.screens.export_words import KINDS
from tests import builders
from tests.study.anonymised import PASSPHRASE, add_entity, quick_decrypt, quick_encrypt
from tests.tui.piloting import opened, press, seen, until, write


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(encrypted, "encrypt", quick_encrypt)
    monkeypatch.setattr(encrypted, "decrypt", quick_decrypt)
    monkeypatch.delenv("KODEBOK_PASSPHRASE", raising=False)
    with builders.make_store(tmp_path / "studie", title="Én kommune") as store:
        builders.add_interview(store, "R: Solfrid kommer til etasjen.", "I1")
    with open_study(tmp_path / "studie") as study:
        add_entity(study, "Solfrid", "Gunn")
        apply_anonymisation(study, unlock(study, PASSPHRASE))
        add_entity(study, "etasjen", "[STED-1]", action=Action.TAG)
    return tmp_path / "studie"


def reopened(folder: Path) -> Study:
    return open_study(folder)


async def make_text(pilot) -> None:
    await press(pilot, "f7")
    pilot.app.screen.query_one(OptionList).highlighted = list(KINDS).index(ExportKind.TEXT)
    field = pilot.app.screen.query_one("#path", Input)
    await until(pilot, lambda: field.value.endswith(".txt"))
    await press(pilot, "ctrl+s")


async def test_the_key_is_asked_for_and_a_place_is_judged_harmless(
    folder: Path, tmp_path: Path
) -> None:
    study = reopened(folder)
    async with opened(study, tmp_path) as pilot:
        await make_text(pilot)
        assert "Passordsetningen til nøkkelen" in seen(pilot)
        await write(pilot, PASSPHRASE)
        await press(pilot, "enter")
        assert "Stoppet: 1 sted" in seen(pilot)
        assert "etasjen" in seen(pilot)
        await press(pilot, "enter")
        assert "Ingenting er merket" in seen(pilot)
        await press(pilot, "space", "enter")
        assert len(gate_memory.load_harmless(study.store)) == 1
        assert list((folder / "exports").iterdir())


async def test_a_file_leaves_for_a_reason_that_is_kept(folder: Path, tmp_path: Path) -> None:
    study = reopened(folder)
    unlock(study, PASSPHRASE)
    async with opened(study, tmp_path) as pilot:
        await make_text(pilot)
        await press(pilot, "d")
        await write(pilot, "bare for meg")
        await press(pilot, "enter")
        assert [one.reason for one in gate_memory.load_reasons(study.store)] == ["bare for meg"]
        assert study.wish.despite == ""
        assert "Gunn" in sources.load_text(study.store, sources.load_sources(study.store)[0].id)
