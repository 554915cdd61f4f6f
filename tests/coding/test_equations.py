"""Code equations: what is coded with one code and not another."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kodebok.coding.equations import (
    Both,
    Equation,
    Has,
    Not,
    holds,
    matching_excerpts,
    parse_equation,
)
from kodebok.errors import WrongUseError
from kodebok.storage.codes import load_code_tree
from kodebok.storage.codings import load_excerpts, load_spans
from kodebok.storage.database import Store
from tests.builders import add_code, add_interview, code_passage, make_store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Three passages: Samarbeid alone, Samarbeid with Økonomi, Økonomi alone."""
    store = make_store(tmp_path)
    source = add_interview(store)
    both, money = add_code(store, "Samarbeid"), add_code(store, "Rammer/Økonomi & tid")
    code_passage(store, source, both, "Vi møtes hver onsdag")
    code_passage(store, source, both, "Det faste møtet er det som holder oss sammen")
    code_passage(store, source, money, "som holder oss")
    code_passage(store, source, money, "når han har tid")
    return store


def passages(store: Store, typed: str) -> list[str]:
    tree = load_code_tree(store)
    equation = parse_equation(typed, tree)
    found = matching_excerpts(load_excerpts(store, tree), equation, load_spans(store))
    return [excerpt.text for excerpt in found]


def test_one_code_and_not_another(store: Store) -> None:
    assert passages(store, 'Samarbeid & ~"Økonomi & tid"') == ["Vi møtes hver onsdag"]


def test_both_codes_show_the_passages_of_both(store: Store) -> None:
    assert passages(store, 'Samarbeid & "Økonomi & tid"') == [
        "Det faste møtet er det som holder oss sammen",
        "som holder oss",
    ]


def test_also_the_codes_below(store: Store) -> None:
    assert passages(store, "Rammer") == []
    assert passages(store, "Rammer/*") == ["som holder oss", "når han har tid"]


def test_what_only_rules_out_gives_all_others(store: Store) -> None:
    assert passages(store, "~Samarbeid") == ["når han har tid"]


def test_and_binds_closer_than_or(store: Store) -> None:
    assert passages(store, "Samarbeid | Rammer & Samarbeid") == passages(store, "Samarbeid")
    assert passages(store, "(Samarbeid | Rammer/*) & ~Samarbeid") == ["når han har tid"]


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "&",
        "Samarbeid &",
        "(Samarbeid",
        "Samarbeid)",
        '"',
        "~",
        "Samarbeid ~ Rammer",
        "(" * 400 + "Samarbeid",
    ],
)
def test_what_cannot_be_read_is_refused(store: Store, typed: str) -> None:
    with pytest.raises(WrongUseError, match="K346"):
        parse_equation(typed, load_code_tree(store))


def test_a_code_that_is_not_there_is_said(store: Store) -> None:
    with pytest.raises(WrongUseError):
        parse_equation("Samarbied", load_code_tree(store))


def equations() -> st.SearchStrategy[Equation]:
    one: st.SearchStrategy[Equation] = st.builds(Has, st.frozensets(st.sampled_from("abc")))
    return st.recursive(
        one,
        lambda inner: st.one_of(
            st.builds(Not, inner),
            st.builds(Both, st.lists(inner, min_size=1, max_size=3).map(tuple), st.booleans()),
        ),
        max_leaves=8,
    )


@given(equations(), st.frozensets(st.sampled_from("abcd")))
def test_not_turns_every_equation_round(equation: Equation, codes: frozenset[str]) -> None:
    assert holds(Not(equation), codes) is not holds(equation, codes)
