"""Entities are decided once, merged, split and taken back; no two share a replacement."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kodebok.domain.entity import Action, Entity, NameRule, Rule
from kodebok.domain.identifier import IdentifierType
from kodebok.domain.ids import new_id
from kodebok.errors import WrongUseError
from kodebok.storage import entities
from kodebok.storage.database import Store
from kodebok.storage.history import redo, undo
from kodebok.storage.integrity import check_store
from tests.builders import coder_of, make_store, state_of


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with make_store(tmp_path) as made:
        yield made


def add(store: Store, name: str, *aliases: str) -> str:
    entity = Entity(new_id(), IdentifierType.PERSON, name, aliases)
    with store.act("entity.add", coder_of(store)) as act:
        return entities.add_entity(act, entity).id


def decide(store: Store, entity_id: str, action: Action, replacement: str = "") -> Entity:
    with store.act("entity.decide", coder_of(store)) as act:
        return entities.decide(act, entity_id, action, replacement)


def test_a_decision_is_kept_and_taken_back(store: Store) -> None:
    entity_id = add(store, " Solfrid  Bakkemo ", "Solfrid", "Solfrid")
    decide(store, entity_id, Action.PSEUDONYM, "Gunn Lillevik")
    after = state_of(store)
    found = entities.load_entity(store, entity_id)
    assert found.originals == ("Solfrid Bakkemo", "Solfrid")
    assert (found.action, found.replacement) == (Action.PSEUDONYM, "Gunn Lillevik")
    undo(store, coder_of(store))
    assert entities.load_entity(store, entity_id).action is None
    redo(store, coder_of(store))
    assert state_of(store) == after
    assert check_store(store) == []


def test_two_that_are_one_are_merged_and_one_that_is_two_is_split(store: Store) -> None:
    full, short = add(store, "Solfrid Bakkemo"), add(store, "Solla")
    with store.act("entity.change", coder_of(store)) as act:
        entities.merge_entities(act, short, full)
    assert [one.originals for one in entities.load_entities(store)] == [
        ("Solfrid Bakkemo", "Solla")
    ]
    with store.act("entity.change", coder_of(store)) as act:
        new = entities.split_entity(act, full, ["Solla"])
    assert new.action is None
    assert {one.name for one in entities.load_entities(store)} == {"Solfrid Bakkemo", "Solla"}
    undo(store, coder_of(store))
    undo(store, coder_of(store))
    assert {one.id for one in entities.load_entities(store)} == {full, short}


def test_a_replacement_that_stands_for_another_is_refused(store: Store) -> None:
    first, second = add(store, "Solfrid"), add(store, "Ulvhilda")
    decide(store, first, Action.PSEUDONYM, "Gunn")
    for taken in ("Gunn", "gunn", "Solfrid", "ulvhilda"):
        with pytest.raises(WrongUseError) as error:
            decide(store, second, Action.PSEUDONYM, taken)
        assert error.value.code == "K231"
    assert decide(store, second, Action.PSEUDONYM, "Ellinor").replacement == "Ellinor"


def test_a_generalisation_may_stand_for_several(store: Store) -> None:
    for name in ("Namsos", "Grong"):
        decide(store, add(store, name), Action.GENERALISE, "en liten kommune")


def test_what_is_to_stand_there_must_be_said(store: Store) -> None:
    entity_id = add(store, "Solfrid")
    with pytest.raises(WrongUseError) as error:
        decide(store, entity_id, Action.PSEUDONYM)
    assert error.value.code == "K233"
    assert decide(store, entity_id, Action.KEEP, "uten betydning").replacement == ""


def test_what_is_applied_is_not_changed_by_a_new_decision(store: Store) -> None:
    entity_id = add(store, "Solfrid")
    decide(store, entity_id, Action.PSEUDONYM, "Gunn")
    with store.act("anonymise", coder_of(store)) as act:
        entities.blank_entity(act, entity_id)
    with pytest.raises(WrongUseError) as error:
        decide(store, entity_id, Action.KEEP)
    assert error.value.code == "K232"


def test_a_rule_of_the_same_words_gives_way(store: Store) -> None:
    for rule in (Rule.ALWAYS, Rule.NEVER):
        with store.act("entity.rule", coder_of(store)) as act:
            entities.set_rule(act, NameRule(new_id(), "Vår", rule))
    assert [(one.text, one.rule) for one in entities.load_rules(store)] == [("Vår", Rule.NEVER)]


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    steps=st.lists(
        st.tuples(
            st.integers(0, 3),
            st.sampled_from([Action.PSEUDONYM, Action.TAG, Action.KEEP, Action.LETTER]),
            st.sampled_from(["Gunn", "Ellinor", "gunn", "Åse", "Solfrid", "A"]),
        ),
        max_size=12,
    )
)
def test_two_entities_never_share_a_replacement(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[int, Action, str]]
) -> None:
    with make_store(tmp_path_factory.mktemp("study")) as store:
        ids = [add(store, name) for name in ("Solfrid", "Ulvhilda", "Snøfrid", "Åse")]
        for place, action, words in steps:
            try:
                decide(store, ids[place], action, words)
            except WrongUseError as refused:
                assert refused.code == "K231"
        known = entities.load_entities(store)
        used = [one.replacement.casefold() for one in known if one.replacement]
        assert len(used) == len(set(used))
        assert not {name.casefold() for one in known for name in one.originals} & set(used)
