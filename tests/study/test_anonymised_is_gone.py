"""A unique name is planted everywhere; after anonymisation no byte of the folder tells it."""

from __future__ import annotations

from pathlib import Path

import pytest

from kodebok.config import Settings
from kodebok.domain.entity import Action, Entity
from kodebok.domain.identifier import IdentifierType
from kodebok.domain.ids import new_id
from kodebok.paths import DATABASE_NAME
from kodebok.storage import encrypted, entities, notes, projects, scrubbing
from kodebok.storage.copies import COPIES_FOLDER, make_verified_copy
from kodebok.storage.database import Store
from kodebok.storage.history import undo
from kodebok.storage.integrity import check_store
from kodebok.storage.schema import TEXT_COLUMNS
from kodebok.storage.scrubbing import empty_log, is_pending
from kodebok.storage.typed_texts import OWN_WORDS, SOURCE_WORDS, typed_columns
from kodebok.study.anonymising_apply import apply_anonymisation
from kodebok.study.anonymising_files import open_leftovers, settle_leftover
from kodebok.study.anonymising_restore import restore_originals
from kodebok.study.opening import Study
from kodebok.study.unlocking import unlock
from tests.builders import correct, state_of, write_memo
from tests.storage.test_history_keeps_no_names import planted
from tests.study.anonymised import (
    PASSPHRASE,
    bytes_of_project,
    quick_decrypt,
    quick_encrypt,
    traces_of,
)

FIRST, LAST = "Zebrahild", "Kvistebakk"
NAMES = (FIRST, LAST)


@pytest.fixture(autouse=True)
def key_that_opens_at_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(encrypted, "encrypt", quick_encrypt)
    monkeypatch.setattr(encrypted, "decrypt", quick_decrypt)
    monkeypatch.setenv("KODEBOK_DATA_DIR", str(tmp_path / "user-data"))


@pytest.fixture
def study(tmp_path: Path) -> Study:
    """A name in every column, in undone acts, in an earlier wording, in older copies."""
    folder = tmp_path / "study"
    store = planted(folder, lambda table, column: f"{FIRST} {LAST} {table} {column}")
    for entity in entities.load_entities(store):
        store.db.execute("DELETE FROM replacements WHERE entity_id = ?", [entity.id])
        store.db.execute("DELETE FROM entities WHERE id = ?", [entity.id])
    me = projects.first_user(store)
    with store.act("memo.add", me.id):
        write_memo(store, f"{FIRST.lower()} og {FIRST}s mor, {LAST.upper()}, {LAST}, {FIRST}")
    undo(store, me.id)
    source_id = store.rows("SELECT id FROM sources")[0][0]
    correct(store, source_id, "Vi sa", f"Vi sa ikke {FIRST.lower()}s navn, sa")
    make_verified_copy(store.db.conn, folder / COPIES_FOLDER / "kodebok-2026-01-01.db")
    empty_log(store)
    entity = Entity(
        new_id(),
        IdentifierType.PERSON,
        f"{FIRST} {LAST}",
        (FIRST,),
        Action.PSEUDONYM,
        "Gunn Lillevik",
    )
    with store.act("entity.add", me.id) as act:
        entities.add_entity(act, entity)
    return Study(store, me, Settings(folder))


def test_every_text_column_is_replaced_or_sealed() -> None:
    known = set(typed_columns()) | SOURCE_WORDS | OWN_WORDS
    assert known == {(table, column) for table, names in TEXT_COLUMNS.items() for column in names}


def test_no_byte_of_the_folder_tells_the_name(study: Study) -> None:
    assert {path for path, _name in traces_of(study.folder, *NAMES)} >= {
        DATABASE_NAME,
        f"{COPIES_FOLDER}/kodebok-2026-01-01.db",
    }
    done = apply_anonymisation(study, unlock(study, PASSPHRASE))
    assert done.is_scrubbed
    assert traces_of(study.folder, *NAMES) == []
    assert check_store(study.store) == []
    assert [path for path in bytes_of_project(study.folder) if COPIES_FOLDER in path] != []
    study.close()
    with Store.open(study.folder) as again:
        assert check_store(again) == []
        assert traces_of(study.folder, *NAMES) == []


def test_the_fresh_copy_opens_and_is_whole(study: Study, tmp_path: Path) -> None:
    apply_anonymisation(study, unlock(study, PASSPHRASE))
    copies = list((study.folder / COPIES_FOLDER).glob("*"))
    assert len(copies) == 1
    folder = tmp_path / "from-copy"
    folder.mkdir()
    (folder / DATABASE_NAME).write_bytes(copies[0].read_bytes())
    with Store.open(folder) as opened:
        assert check_store(opened) == []
        assert state_of(opened) == state_of(study.store)


def test_everything_comes_back_with_the_key(study: Study) -> None:
    before = state_of(study.store)
    apply_anonymisation(study, unlock(study, PASSPHRASE))
    assert state_of(study.store) != before
    restore_originals(study, unlock(study, PASSPHRASE))
    assert state_of(study.store) == before
    assert check_store(study.store) == []


def test_everything_comes_back_also_after_other_work(study: Study) -> None:
    before = state_of(study.store)
    apply_anonymisation(study, unlock(study, PASSPHRASE))
    with study.store.act("theme.add", study.coder.id) as act:
        theme = notes.add_theme(act, "Ansvar", "Hvem har det")
    restore_originals(study, unlock(study, PASSPHRASE))
    after = state_of(study.store)
    after["themes"] = [row for row in after["themes"] if row[0] != theme.id]
    differing = {table for table in before if before[table] != after[table]}
    assert differing <= {"anonymisation", "leftovers", "applied_texts"}
    assert check_store(study.store) == []


def test_files_with_the_name_are_listed_and_settled_one_by_one(study: Study) -> None:
    exports = study.folder / "exports"
    exports.mkdir(exist_ok=True)
    (exports / "kapittel.txt").write_text(f"Som {FIRST} sa", encoding="utf-8")
    (exports / f"{FIRST}.txt").write_text("Ingenting", encoding="utf-8")
    (exports / "annet.txt").write_text("Ingenting her heller", encoding="utf-8")
    (study.folder / "transcripts").mkdir(exist_ok=True)
    (study.folder / "transcripts" / "rå.txt").write_text(f"{LAST} sier", encoding="utf-16")
    done = apply_anonymisation(study, unlock(study, PASSPHRASE))
    assert done.leftovers == 3
    waiting = {one.path.name for one in open_leftovers(study)}
    assert waiting == {"kapittel.txt", f"{FIRST}.txt", "rå.txt"}
    assert all((exports / name).exists() for name in ("kapittel.txt", f"{FIRST}.txt"))
    assert FIRST not in repr(study.store.rows("SELECT * FROM leftovers"))
    settle_leftover(study, "kapittel.txt", delete=True)
    settle_leftover(study, "transcripts/rå.txt", delete=False)
    (exports / f"{FIRST}.txt").unlink()
    assert not (exports / "kapittel.txt").exists()
    assert open_leftovers(study) == []


def test_while_another_program_reads_the_file_it_says_so_and_opening_again_finishes(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scrubbing, "PATIENCE_S", 0.2)
    reader = Store.open(study.folder)
    reader.db.execute("BEGIN")
    reader.rows("SELECT count(*) FROM texts")
    done = apply_anonymisation(study, unlock(study, PASSPHRASE))
    assert not done.is_scrubbed
    assert is_pending(study.store)
    assert traces_of(study.folder, *NAMES) != []
    study.close()
    with Store.open(study.folder) as opened_beside:
        assert is_pending(opened_beside), "it opens all the same"
    reader.close()
    with Store.open(study.folder) as again:
        assert not is_pending(again)
        assert check_store(again) == []
    assert traces_of(study.folder, *NAMES) == []
