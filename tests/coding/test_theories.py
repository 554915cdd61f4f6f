"""Theory is registered, linked, met by data; and a category's life is told from the history."""

from __future__ import annotations

from pathlib import Path

import pytest

from kodebok.coding import codebook, theories
from kodebok.coding.biography import MomentKind, find_told_code, load_biography, tell
from kodebok.coding.themes import make_theme
from kodebok.coding.wondering import wonder
from kodebok.domain.coding import Weight
from kodebok.errors import WrongUseError
from kodebok.storage import codes, codings, projects
from kodebok.storage.database import Store
from kodebok.storage.history import undo
from kodebok.storage.theories import load_steps
from tests import builders


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = builders.make_store(tmp_path / "study")
    builders.add_interview(made, name="I1")
    return made


@pytest.fixture
def me(store: Store) -> str:
    return builders.coder_of(store)


def source_id(store: Store) -> str:
    return str(store.rows("SELECT id FROM sources")[0][0])


def test_a_theory_that_codes_name_is_listed_before_anybody_registers_it(
    store: Store, me: str
) -> None:
    builders.add_code(store, "Samhandling/Møter", theory=("Silo",))
    (named,) = theories.register(store)
    assert (named.id, named.name) == ("", "Silo")
    kept = theories.change_theory(store, me, named, author="Mintzberg", year="1979")
    assert kept.id
    assert [t.author for t in theories.register(store)] == ["Mintzberg"]


def test_a_new_name_is_followed_by_the_links_and_removing_takes_them_away(
    store: Store, me: str
) -> None:
    code_id = builders.add_code(store, "Møter")
    made = theories.add_theory(store, me, "Silo")
    theories.link(store, me, made, [codes.load_code_tree(store)[code_id]])
    renamed = theories.change_theory(store, me, made, name="Siloer")
    assert codes.load_code_tree(store)[code_id].theory == ("Siloer",)
    theories.remove_theory(store, me, renamed)
    assert codes.load_code_tree(store)[code_id].theory == ()
    undo(store, me)
    assert codes.load_code_tree(store)[code_id].theory == ("Siloer",)


def test_deleting_a_code_leaves_links_to_theories_of_the_register(store: Store, me: str) -> None:
    kept = builders.add_code(store, "Møter", theory=("Silo", "Gammel"))
    builders.add_code(store, "Gammel")
    theories.add_theory(store, me, "Silo")
    codebook.delete_code(store, me, builders.add_code(store, "Gammel"))
    assert codes.load_code_tree(store)[kept].theory == ("Silo",)


def test_no_two_theories_have_one_name(store: Store, me: str) -> None:
    theories.add_theory(store, me, "Silo")
    for name in ("silo", " "):
        with pytest.raises(WrongUseError) as caught:
            theories.add_theory(store, me, name)
        assert caught.value.code == "K381"


def test_the_matrix_says_what_has_met_what(store: Store, me: str) -> None:
    moter = builders.add_code(store, "Samhandling/Møter", theory=("Silo",))
    builders.add_code(store, "Rammer/Tid")
    coding = builders.code_passage(store, source_id(store), moter, "hver onsdag")
    builders.code_passage(store, source_id(store), moter, "Det faste møtet")
    with store.act("coding.weigh", me) as act:
        codings.change_coding(act, coding, weight=str(Weight.CONTRADICTS))
    theories.add_theory(store, me, "Cynefin")
    matrix = theories.load_theory_matrix(store)
    tree = codes.load_code_tree(store)
    (((name, category), cell),) = matrix.cells.items()
    assert (name, tree.path(category)) == ("Silo", "Samhandling")
    assert (cell.codes, cell.codings, cell.contradicts) == (1, 2, 1)
    assert [tree.path(c) for c in matrix.without_theory] == ["Rammer"]
    assert matrix.without_data == ("Cynefin",)


def test_a_step_takes_its_words_from_the_wondering(store: Store, me: str) -> None:
    span = builders.span_of(store, source_id(store), "hver onsdag")
    marked = wonder(store, me, source_id(store), span, "Så ofte?", "Silo")
    theories.add_step(store, me, wondering=marked.id[:8], changed="Ny kode: rytme")
    (step,) = load_steps(store)
    assert (step.wondering_id, step.surprise, step.theory) == (marked.id, "Så ofte?", "Silo")
    theories.remove_step(store, me, step.id[:8])
    assert load_steps(store) == []
    with pytest.raises(WrongUseError):
        theories.add_step(store, me)


def test_research_questions_are_numbered_as_they_stand(store: Store, me: str) -> None:
    for text in ("Hva?", "Hvordan?"):
        theories.add_question(store, me, text)
    theories.change_question(store, me, 2, "Hvorfor?")
    theories.remove_question(store, me, 1)
    assert [q.text for q in projects.load_questions(store)] == ["Hvorfor?"]
    for number in (0, 2):
        with pytest.raises(WrongUseError) as caught:
            theories.remove_question(store, me, number)
        assert caught.value.code == "K385"


def test_a_category_tells_its_life(store: Store, me: str) -> None:
    here = source_id(store)
    code = codebook.add_code(store, me, "Rytme")
    builders.code_passage(store, here, code.id, "hver onsdag")
    builders.code_passage(store, here, code.id, "Det faste møtet")
    codebook.change_code(store, me, code.id, name="Fast rytme")
    codebook.change_code(store, me, code.id, definition="Det som gjentar seg.")
    other = codebook.add_code(store, me, "Møter")
    builders.code_passage(store, here, other.id, "holder oss sammen")
    codebook.merge_codes(store, me, other.id, code.id)
    first = codings.load_codings(store)[0]
    codebook.split_code(store, me, code.id, "Onsdag", [first.id])
    make_theme(store, me, "Sammen", "", [code.id])
    codebook.change_code(store, me, code.id, name="Feil")
    undo(store, me)

    told = load_biography(store, code.id)
    assert [moment.kind for moment in told] == [
        MomentKind.BORN,
        MomentKind.GREW,
        MomentKind.RENAMED,
        MomentKind.REDEFINED,
        MomentKind.ABSORBED,
        MomentKind.SPLIT,
        MomentKind.GATHERED,
    ]
    assert told[1].count == 2
    assert told[1].sources == (here,)
    assert (told[2].before, told[2].after) == ("Rytme", "Fast rytme")
    assert (told[4].before, told[5].after) == ("Møter", "Onsdag")
    tree = codes.load_code_tree(store)
    sentences = [tell(moment, tree, {here: "I1"}) for moment in told]
    assert all(sentences)
    assert "I1" in sentences[1]

    gone = load_biography(store, find_told_code(store, "møter"))
    assert [moment.kind for moment in gone] == [
        MomentKind.BORN,
        MomentKind.GREW,
        MomentKind.MERGED,
    ]


def test_a_code_out_of_the_words_says_which(store: Store, me: str) -> None:
    from kodebok.coding.passages import code_in_vivo

    here = source_id(store)
    made, _made = code_in_vivo(store, me, here, builders.span_of(store, here, "Det faste møtet"))
    born = load_biography(store, made.id)[0]
    assert (born.kind, born.text, born.sources) == (MomentKind.BORN, "Det faste møtet", (here,))
