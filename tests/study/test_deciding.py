"""What the finders found becomes an entity when it is decided; the change is seen beforehand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kodebok.domain.entity import Action, Entity
from kodebok.domain.identifier import IdentifierType
from kodebok.domain.note import Target
from kodebok.errors import WrongUseError
from kodebok.storage import entities
from kodebok.storage.history import undo
from kodebok.study.anonymising_preview import preview_apply
from kodebok.study.anonymising_review import Review
from kodebok.study.deciding import decide_entity, found_entities
from kodebok.study.opening import Study
from tests.builders import add_interview, state_of, write_memo
from tests.study.anonymised import add_entity, new_study

TEXT = """\
I: Hvem leder avdelingen?
R: Det gjør Solfrid Bakkemo. Hun heter Solfrid, og Solfrids kontor er i Namsos.
I: Hva sier Solfrid?"""


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    with new_study(tmp_path / "study") as made:
        add_interview(made.store, TEXT)
        yield made


def test_all_mentions_of_a_person_are_one_found_entity(study: Study) -> None:
    found = {one.entity.name: one for one in found_entities(study.store)}
    assert len(found["Solfrid Bakkemo"].identifiers) == 4
    assert found["Namsos"].entity.type is IdentifierType.PLACE


def test_what_is_decided_is_no_longer_among_the_found(study: Study) -> None:
    decided = decide_entity(study, "Solfrid", Action.PSEUDONYM, "Gunn")
    assert decided.name == "Solfrid Bakkemo"
    assert "Solfrid Bakkemo" not in {one.entity.name for one in found_entities(study.store)}
    again = decide_entity(study, "Solfrid Bakkemo", Action.PSEUDONYM, "Gunn Lillevik")
    assert again.id == decided.id
    undo(study.store, study.coder.id)
    undo(study.store, study.coder.id)
    assert entities.load_entities(study.store) == []


def test_words_written_by_hand_become_an_entity_everywhere(study: Study) -> None:
    write_memo(study.store, "Kontor-Trollet er nevnt", Target.PROJECT)
    decided = decide_entity(
        study, "Kontor-Trollet", Action.REWRITE, "en kollega", type_=IdentifierType.OTHER
    )
    assert decided.type is IdentifierType.OTHER
    assert [one.before for one in preview_apply(study)] == ["Kontor-Trollet"]


def test_a_place_that_stands_in_longer_words_alone_is_decided_as_the_place(tmp_path: Path) -> None:
    with new_study(tmp_path / "other") as study:
        add_interview(study.store, "R: Jeg jobbet på Namsos-sykehuset, altså Namsos-sykehuset.")
        assert [one.key for one in found_entities(study.store)] == ["place:namsos"]
        decided = decide_entity(study, "namsos", Action.PSEUDONYM, "Lillebø")
        assert (decided.type, decided.originals) == (IdentifierType.PLACE, ("Namsos",))
        assert found_entities(study.store) == []
        assert {one.after for one in preview_apply(study)} == {"Lillebø-sykehuset"}


@pytest.mark.parametrize(
    "names", [("Namsos", "Namsos sykehus"), ("Namsos sykehus", "Namsos"), ("Namsos", "Namsos vgs")]
)
def test_a_place_and_what_is_called_by_it_share_a_pseudonym(
    study: Study, names: tuple[str, str]
) -> None:
    kinds = {"Namsos": IdentifierType.PLACE}
    decided = {
        name: decide_entity(
            study, name, Action.PSEUDONYM, type_=kinds.get(name, IdentifierType.ORGANISATION)
        ).replacement
        for name in names
    }
    place = decided.pop("Namsos")
    ((name, new),) = decided.items()
    assert new == name.replace("Namsos", place)
    bindal = decide_entity(study, "Bindal", Action.PSEUDONYM, type_=IdentifierType.PLACE)
    assert bindal.replacement not in {place, new}


def test_only_a_pseudonym_is_shared(study: Study) -> None:
    decide_entity(study, "Namsos", Action.PSEUDONYM, "Lillebø")
    decided = decide_entity(
        study, "Namsos sykehus", Action.LETTER, type_=IdentifierType.ORGANISATION
    )
    assert decided.replacement == "A"


def test_what_is_proposed_for_a_place_and_its_hospital_goes_together(study: Study) -> None:
    review = Review(study)
    place = Entity("1", IdentifierType.PLACE, "Namsos")
    hospital = Entity("2", IdentifierType.ORGANISATION, "Namsos sykehus")
    words = [review.proposal(one)[1] for one in (hospital, place)]
    assert words[0] == f"{words[1]} sykehus"
    assert [review.proposal(one)[1] for one in (hospital, place)] == words
    decide_entity(study, "Namsos", Action.PSEUDONYM, "Storvik")
    assert review.proposal(hospital)[1] == "Storvik sykehus"


def test_one_that_could_be_several_is_not_guessed(study: Study) -> None:
    add_entity(study, "Solfrid Bakkemo", "Gunn", "Solfrid")
    add_entity(study, "Solfrid Li", "Ellinor", "Solfrid")
    with pytest.raises(WrongUseError) as error:
        decide_entity(study, "Solfrid", Action.KEEP)
    assert error.value.code == "K835"


def test_the_change_is_seen_before_anything_is_written(study: Study) -> None:
    decide_entity(study, "Solfrid Bakkemo", Action.PSEUDONYM, "Gunn Lillevik")
    before = state_of(study.store)
    planned = preview_apply(study)
    assert [(one.before, one.after) for one in planned] == [
        ("Solfrid Bakkemo", "Gunn Lillevik"),
        ("Solfrid", "Gunn"),
        ("Solfrids", "Gunns"),
        ("Solfrid", "Gunn"),
    ]
    assert state_of(study.store) == before
