"""Making and opening a project, whatever lies in the folder."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from kodebok.errors import DamagedProjectError, ExitCode, KodebokError, WrongUseError
from kodebok.paths import DATABASE_NAME, PROJECT_FOLDERS
from kodebok.storage import projects, schema
from kodebok.storage.copies import COPIES_FOLDER
from kodebok.storage.database import Store
from kodebok.storage.integrity import check_store
from tests.builders import add_code, add_interview, code_passage, make_store, state_of


def folders_of(path: Path) -> set[str]:
    return {item.name for item in path.iterdir() if item.is_dir()}


def test_a_new_project_has_its_file_and_folders_and_nothing_else(tmp_path: Path) -> None:
    make_store(tmp_path / "studie").close()
    found = {item.name for item in (tmp_path / "studie").iterdir()}
    assert found == {DATABASE_NAME, *PROJECT_FOLDERS}


def test_a_second_project_in_the_same_folder_is_refused(tmp_path: Path) -> None:
    with make_store(tmp_path) as store:
        before = state_of(store)
    with pytest.raises(WrongUseError) as refused:
        Store.create(tmp_path)
    assert (refused.value.code, refused.value.exit_code) == ("K202", ExitCode.WRONG_USE)
    with Store.open(tmp_path) as store:
        assert state_of(store) == before


def test_a_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "studie").write_text("en fil")
    with pytest.raises(WrongUseError) as refused:
        Store.create(tmp_path / "studie")
    assert refused.value.code == "K203"


def test_making_a_project_that_fails_leaves_no_half_project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(_db: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(schema, "apply_migrations", interrupted)
        with pytest.raises(KeyboardInterrupt):
            Store.create(tmp_path)
    assert folders_of(tmp_path) == set(PROJECT_FOLDERS)
    assert not (tmp_path / DATABASE_NAME).exists()
    make_store(tmp_path).close()


def test_a_project_that_was_made_but_never_named_says_so(tmp_path: Path) -> None:
    with Store.create(tmp_path) as store, pytest.raises(DamagedProjectError) as refused:
        projects.load_project(store)
    assert refused.value.code == "K217"


def test_a_folder_without_a_project_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(WrongUseError) as refused:
        Store.open(tmp_path)
    assert refused.value.code == "K204"


def leave_empty(path: Path) -> None:
    path.write_bytes(b"")


def write_text(path: Path) -> None:
    path.write_text("Dette er en logg, ikke et prosjekt.\n" * 100)


def write_other_database(path: Path) -> None:
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE recipes (id INTEGER PRIMARY KEY, name TEXT)")


def cut_in_half(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def overwrite_the_head(path: Path) -> None:
    path.write_bytes(b"\x00" * 200 + path.read_bytes()[200:])


@pytest.mark.parametrize(
    ("harm", "code"),
    [
        (leave_empty, "K205"),
        (write_text, "K208"),
        (write_other_database, "K205"),
        (overwrite_the_head, "K208"),
    ],
)
def test_a_file_that_is_no_project_is_left_as_it_is(
    tmp_path: Path, harm: Callable[[Path], None], code: str
) -> None:
    path = tmp_path / DATABASE_NAME
    if harm is overwrite_the_head:
        make_store(tmp_path).close()
    harm(path)
    before = path.read_bytes()
    with pytest.raises(DamagedProjectError) as refused:
        Store.open(tmp_path)
    assert (refused.value.code, refused.value.exit_code) == (code, ExitCode.IN_USE_OR_DAMAGED)
    assert "copies" in f"{refused.value.remedy}"
    assert path.read_bytes() == before


def test_a_project_cut_short_is_found_to_be_damaged(tmp_path: Path) -> None:
    with make_store(tmp_path) as store:
        for number in range(20):
            add_interview(store, "R: " + "mange ord " * 500, f"Intervju {number}")
    cut_in_half(tmp_path / DATABASE_NAME)
    with pytest.raises(DamagedProjectError) as refused, Store.open(tmp_path) as store:
        check_store(store)
    assert refused.value.code == "K208"


def test_a_damaged_page_is_found_by_check(tmp_path: Path) -> None:
    with make_store(tmp_path) as store:
        source_id = add_interview(store)
        code_passage(store, source_id, add_code(store, "Møter"), "hver onsdag")
        page = store.rows("SELECT rootpage FROM sqlite_master WHERE name = 'codings_by_place'")
        size = store.rows("PRAGMA page_size")[0][0]
    path = tmp_path / DATABASE_NAME
    with path.open("r+b") as file:
        file.seek((page[0][0] - 1) * size + size - 40)
        file.write(b"\x01" * 40)
    with Store.open(tmp_path) as store:
        assert {fault.kind for fault in check_store(store)} == {"file"}


def m002_adds_a_column(db: Any) -> None:
    db.execute("ALTER TABLE cases ADD COLUMN nickname TEXT NOT NULL DEFAULT ''")


def m002_fails_half_way(db: Any) -> None:
    db.execute("ALTER TABLE cases ADD COLUMN nickname TEXT NOT NULL DEFAULT ''")
    db.execute("ALTER TABLE no_such_table ADD COLUMN x")


def test_an_older_project_is_copied_and_then_brought_up_to_date(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with make_store(tmp_path) as store:
        add_interview(store, case="Anna")
        before = state_of(store)
    monkeypatch.setattr(schema, "_STEPS", (*schema._STEPS, m002_adds_a_column))
    with Store.open(tmp_path) as store:
        assert store.rows("SELECT name, nickname FROM cases") == [("Anna", "")]
        assert {**state_of(store), "cases": before["cases"]} == before
        assert check_store(store) == []
    monkeypatch.undo()
    number = len(schema._STEPS) + 1
    copy = tmp_path / COPIES_FOLDER / f"kodebok-before-migration-{number:03}.db"
    (tmp_path / "gammel").mkdir()
    copy.rename(tmp_path / "gammel" / DATABASE_NAME)
    with Store.open(tmp_path / "gammel") as old:
        assert state_of(old) == before


def test_a_migration_that_fails_leaves_the_project_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with make_store(tmp_path) as store:
        add_interview(store, case="Anna")
        before = state_of(store)
    with monkeypatch.context() as patch:
        patch.setattr(schema, "_STEPS", (*schema._STEPS, m002_fails_half_way))
        with pytest.raises(DamagedProjectError):
            Store.open(tmp_path)
    with Store.open(tmp_path) as store:
        assert state_of(store) == before
        assert check_store(store) == []


def test_without_room_for_a_copy_a_project_is_not_migrated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with make_store(tmp_path) as store:
        before = state_of(store)
    (tmp_path / COPIES_FOLDER).write_text("no folder")
    with monkeypatch.context() as patch:
        patch.setattr(schema, "_STEPS", (*schema._STEPS, m002_adds_a_column))
        with pytest.raises(KodebokError) as refused:
            Store.open(tmp_path)
    assert refused.value.code == "K215"
    with Store.open(tmp_path) as store:
        assert state_of(store) == before


def test_a_project_of_a_newer_kodebok_is_refused_untouched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_store(tmp_path).close()
    with monkeypatch.context() as patch:
        patch.setattr(schema, "_STEPS", (*schema._STEPS, m002_adds_a_column))
        Store.open(tmp_path).close()
    with pytest.raises(WrongUseError) as refused:
        Store.open(tmp_path)
    assert refused.value.code == "K213"
