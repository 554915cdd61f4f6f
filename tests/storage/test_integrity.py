"""What was changed behind kodebok's back is found, and what can be mended is mended."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from kodebok.coding.wondering import wonder
from kodebok.errors import WrongUseError
from kodebok.storage import codes
from kodebok.storage.database import Store
from kodebok.storage.history import redo, undo
from kodebok.storage.integrity import check_store, rebuild_index
from kodebok.storage.search import WordQuery, search_turns
from tests.builders import (
    add_code,
    add_interview,
    choose_quote,
    code_passage,
    coder_of,
    correct,
    make_store,
    mark_passage,
    span_of,
    state_of,
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with make_store(tmp_path) as made:
        source_id = add_interview(made)
        code_passage(made, source_id, add_code(made, "Samhandling/Møter"), "hver onsdag")
        choose_quote(made, source_id, "hver onsdag")
        wonder(made, coder_of(made), source_id, span_of(made, source_id, "hver onsdag"))
        mark_passage(made, source_id, "fastlegen", "Hvem bestemmer?")
        correct(made, source_id, "fastlegen", "legen")
        add_code(made, "Roller")
        undo(made, coder_of(made))
        add_code(made, "Ledelse")
        yield made


def tamper(store: Store, sql: str) -> None:
    store.db.execute("PRAGMA foreign_keys=OFF")
    changed = store.db.execute(sql).rowcount
    store.db.execute("PRAGMA foreign_keys=ON")
    assert changed != 0, "nothing was tampered with"


def kinds_of_faults(store: Store) -> set[str]:
    return {fault.kind for fault in check_store(store)}


def test_a_sound_project_has_no_faults(store: Store) -> None:
    assert check_store(store) == []


@pytest.mark.parametrize(
    ("sql", "kinds"),
    [
        ("UPDATE events SET body = replace(body, 'code.add', 'code.own') WHERE seq = 3", {"chain"}),
        ("UPDATE events SET hash = substr(hash, 2) || '0' WHERE seq = 3", {"chain"}),
        ("UPDATE payloads SET text = text || '.' WHERE seq = 3 AND number = 0", {"payload"}),
        ("UPDATE payloads SET salt = x'00' WHERE seq = 3 AND number = 0", {"payload"}),
        ("UPDATE payloads SET salt = NULL WHERE seq = 3 AND number = 0", {"payload"}),
        ("UPDATE payloads SET digest = '00' WHERE seq = 3", {"chain", "payload"}),
        ("DELETE FROM payloads WHERE seq = 3 AND number = 0", {"chain"}),
        ("DELETE FROM events WHERE seq = 3", {"foreign-key"}),
        ("DELETE FROM events WHERE seq = (SELECT max(seq) FROM events)", {"foreign-key"}),
        ("UPDATE events SET undone = 1 WHERE seq = 3", {"undone"}),
        ("UPDATE events SET undone = 0 WHERE undone = 2", {"undone"}),
        ('UPDATE codings SET "start" = "start" + 1', {"coding"}),
        ('UPDATE codings SET "end" = 100000', {"coding"}),
        ("UPDATE codings SET text = 'hver fredag'", {"coding"}),
        ('UPDATE quotes SET "end" = 100000', {"anchor"}),
        ('UPDATE notes SET "start" = -1 WHERE "start" IS NOT NULL', {"anchor"}),
        ('UPDATE wonderings SET "end" = 100000', {"anchor"}),
        ("UPDATE notes SET target_id = 'borte'", {"memo"}),
        ('UPDATE turns SET "end" = "end" - 1 WHERE "start" = 0', {"turns", "index"}),
        ("UPDATE texts SET text = text || ' mer'", {"turns", "text"}),
        ("UPDATE texts SET text = replace(text, 'onsdag', 'fredag')", {"coding", "index"}),
        ("DELETE FROM texts", {"turns", "text", "coding", "index"}),
        ("UPDATE sources SET words = words + 1", {"text"}),
        ("DELETE FROM codes WHERE name = 'Møter'", {"foreign-key"}),
        ("UPDATE codes SET parent_id = id WHERE name = 'Ledelse'", {"circle"}),
        ("UPDATE search SET text = 'annet' WHERE rowid = (SELECT min(id) FROM turns)", {"index"}),
        ("DELETE FROM search WHERE rowid = (SELECT min(id) FROM turns)", {"index"}),
        ("INSERT INTO search (rowid, text) VALUES (7, 'et navn som skulle bort')", {"index"}),
        ("DELETE FROM search_data WHERE id > 10", {"index"}),
        ("UPDATE search_content SET c0 = 'annet'", {"index"}),
    ],
)
def test_each_change_behind_its_back_is_found(store: Store, sql: str, kinds: set[str]) -> None:
    tamper(store, sql)
    assert kinds_of_faults(store) == kinds


def test_an_act_cut_out_with_all_its_texts_is_found(store: Store) -> None:
    tamper(store, "DELETE FROM payloads WHERE seq = 3")
    tamper(store, "DELETE FROM events WHERE seq = 3")
    first = check_store(store)[0]
    assert (first.kind, first.subject) == ("chain", "4")


def test_two_acts_that_change_places_are_found(store: Store) -> None:
    for old, new in ((3, 99), (4, 3), (99, 4)):
        tamper(store, f"UPDATE events SET seq = {new} WHERE seq = {old}")
        tamper(store, f"UPDATE payloads SET seq = {new} WHERE seq = {old}")
    assert "chain" in kinds_of_faults(store)


def test_a_fault_never_quotes_the_text(store: Store) -> None:
    tamper(store, "UPDATE texts SET text = replace(text, 'onsdag', 'hemmelighet')")
    tamper(store, "UPDATE codes SET name = 'hemmelighet', parent_id = id")
    faults = check_store(store)
    assert faults
    assert all("hemmelighet" not in f"{fault}" and "onsdag" not in f"{fault}" for fault in faults)


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM search",
        "UPDATE search SET text = 'annet'",
        "INSERT INTO search (rowid, text) VALUES (7, 'et navn')",
        "DELETE FROM search_data WHERE id > 10",
        "UPDATE search_content SET c0 = 'annet'",
    ],
)
def test_the_search_index_is_built_anew_from_the_texts(store: Store, sql: str) -> None:
    before = state_of(store)
    tamper(store, sql)
    rebuild_index(store)
    assert check_store(store) == []
    assert state_of(store) == before
    assert len(search_turns(store, WordQuery.parse("onsdag"))) == 1
    undo(store, coder_of(store))
    assert check_store(store) == []


def erase_the_last_act(store: Store) -> None:
    tamper(
        store,
        "UPDATE payloads SET salt = NULL, text = NULL WHERE seq = (SELECT max(seq) FROM events)",
    )


def test_what_is_erased_leaves_the_chain_whole_and_never_comes_back(store: Store) -> None:
    erase_the_last_act(store)
    assert check_store(store) == []
    before = state_of(store)
    with pytest.raises(WrongUseError) as refused:
        undo(store, coder_of(store))
    assert refused.value.code == "K212"
    assert state_of(store) == before
    add_code(store, "Etterpå")
    undo(store, coder_of(store))
    assert check_store(store) == []


def test_an_erased_act_cannot_be_redone(store: Store) -> None:
    undo(store, coder_of(store))
    tamper(
        store,
        "UPDATE payloads SET salt = NULL, text = NULL WHERE seq = "
        "(SELECT seq FROM events WHERE undone = 1)",
    )
    before = state_of(store)
    with pytest.raises(WrongUseError) as refused:
        redo(store, coder_of(store))
    assert refused.value.code == "K212"
    assert state_of(store) == before


def test_a_code_cannot_come_to_stand_under_itself(store: Store) -> None:
    (parent,) = codes.load_code_tree(store).find("Samhandling")
    grandchild = add_code(store, "Samhandling/Møter/Onsdag")
    before = state_of(store)
    for place in (grandchild, parent.id):

        def move(place: str = place) -> None:
            with store.act("code.move", coder_of(store)) as act:
                codes.change_code(act, parent.id, parent_id=place)

        with pytest.raises(WrongUseError) as refused:
            move()
        assert refused.value.code == "K216"
    assert state_of(store) == before


def test_the_chain_says_who_did_what_and_when(store: Store) -> None:
    bodies = [json.loads(row[0]) for row in store.rows("SELECT body FROM events ORDER BY seq")]
    assert all(body["coder"] == coder_of(store) for body in bodies)
    assert [body["at"] for body in bodies] == sorted(body["at"] for body in bodies)
    assert {body["kind"] for body in bodies} >= {"source.add", "coding.add", "undo"}
