"""A thing is named by its name or its id, and an ambiguous name is never guessed."""

import pytest

from kodebok.coding import naming
from kodebok.errors import ExitCode, WrongUseError
from kodebok.storage import codes
from tests.builders import add_code, add_interview, make_store


@pytest.fixture
def store(tmp_path):
    return make_store(tmp_path)


def test_a_source_is_found_by_name_case_folded_or_by_id(store):
    source = add_interview(store, name="Intervju Åse")
    for typed in ("Intervju Åse", "intervju åse", source, source[:6]):
        assert naming.find_source(store, typed).id == source


def test_an_exact_name_wins_over_the_same_in_other_case(store):
    small = add_interview(store, name="i1")
    big = add_interview(store, name="I1")
    assert naming.find_source(store, "i1").id == small
    assert naming.find_source(store, "I1").id == big


def test_an_ambiguous_code_is_refused_with_the_ids(store):
    one, two = add_code(store, "A/Møter"), add_code(store, "B/Møter")
    tree = codes.load_code_tree(store)
    with pytest.raises(WrongUseError) as caught:
        naming.find_code(tree, "Møter")
    assert one in caught.value.message
    assert two in caught.value.message
    assert caught.value.exit_code is ExitCode.WRONG_USE
    assert naming.find_code(tree, "B/Møter").id == two


def test_what_is_not_there_is_not_made(store):
    with pytest.raises(WrongUseError, match="K301"):
        naming.find_code(codes.load_code_tree(store), "Finnes ikke")
    for find in (naming.find_source, naming.find_case, naming.find_coder, naming.find_coding):
        with pytest.raises(WrongUseError, match="K301"):
            find(store, "Finnes ikke")
