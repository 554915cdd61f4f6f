"""Theories, blind coding, settlements and kept figures come along when two copies are merged."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree

from kodebok.coding import blinding, settling, theories
from kodebok.coding.agreement_compared import load_compared
from kodebok.coding.agreement_differences import find_differences
from kodebok.domain.blind import Settling
from kodebok.storage import blind, projects, sources
from kodebok.study.merging import merge_copy
from kodebok.study.opening import Study, open_study
from tests import builders


def put(study: Study, coder: str, code: str, words: str) -> None:
    here = sources.load_sources(study.store)[0].id
    code_id = builders.add_code(study.store, code)
    coder_id = builders.coder_of(study.store, coder)
    builders.code_passage(study.store, here, code_id, words, coder_id=coder_id)


def test_what_was_done_of_method_in_one_copy_is_there_in_both(tmp_path: Path) -> None:
    with builders.make_store(tmp_path / "mine", coders=("Kari", "Jonas")) as store:
        builders.add_interview(store, name="I1")
        builders.add_interview(store, name="I2")
    with open_study(tmp_path / "mine") as study:
        put(study, "Kari", "Møter", "hver onsdag")
        put(study, "Jonas", "Folk", "ofte fastlegen")
    copytree(tmp_path / "mine", tmp_path / "theirs")

    with open_study(tmp_path / "mine") as mine, open_study(tmp_path / "theirs", "Jonas") as theirs:
        theories.add_theory(mine.store, mine.coder.id, "Silo", author="Mintzberg")
        theories.add_theory(theirs.store, theirs.coder.id, "Cynefin")
        theories.add_step(theirs.store, theirs.coder.id, surprise="Så få møter")
        users = projects.load_users(theirs.store)
        compared = load_compared(theirs.store, users)
        difference = find_differences(compared)[0]
        settling.settle(theirs.store, theirs.coder.id, compared, difference, Settling.BOTH)
        second = next(s for s in sources.load_sources(mine.store) if s.name == "I2")
        blinding.begin_blind(mine.store, mine.coder.id, theirs.coder, [second])

    with open_study(tmp_path / "mine") as mine:
        merge_copy(mine, tmp_path / "theirs")
    with open_study(tmp_path / "theirs") as theirs:
        merge_copy(theirs, tmp_path / "mine")
    for name in ("mine", "theirs"):
        with open_study(tmp_path / name) as study:
            assert {t.name for t in theories.register(study.store)} == {"Silo", "Cynefin"}
            assert len(blind.load_settlements(study.store)) == 1
            assert len(blind.load_runs(study.store)) == 1
            assert [b.ended for b in blind.load_blind(study.store)] == [""]
            kari, jonas = (projects.find_user(study.store, n) for n in ("Kari", "Jonas"))
            assert kari is not None
            assert jonas is not None
            assert len(find_differences(load_compared(study.store, [kari, jonas]))) == 1
