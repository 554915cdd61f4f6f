"""The code tree: paths, families, and what a typed name means."""

from __future__ import annotations

import pytest

from kodebok.domain.code import Code, CodeTree, Color

TREE = CodeTree(
    [
        Code("aaaa-1", "Samhandling", position=0),
        Code("aaaa-2", "Faste møtepunkt", "aaaa-1", position=1),
        Code("bbbb-3", "Roller", "aaaa-1", position=0),
        Code("cccc-4", "Ledelse", position=1),
        Code("cccc-5", "Roller", "cccc-4", position=0),
        Code("dddd-6", "ledelse", "aaaa-2", position=0),
    ]
)


def ids(codes: list[Code]) -> list[str]:
    return [code.id for code in codes]


def test_codes_come_in_the_order_of_the_codebook_parents_first() -> None:
    assert [TREE.path(code.id) for code in TREE] == [
        "Samhandling",
        "Samhandling/Roller",
        "Samhandling/Faste møtepunkt",
        "Samhandling/Faste møtepunkt/ledelse",
        "Ledelse",
        "Ledelse/Roller",
    ]


def test_siblings_of_the_same_position_stand_by_name() -> None:
    tree = CodeTree([Code("2", "Å"), Code("1", "B"), Code("3", "A")])
    assert [code.name for code in tree] == ["A", "B", "Å"]


def test_families_are_told_by_the_tree() -> None:
    assert ids(list(TREE.ancestors("dddd-6"))) == ["aaaa-2", "aaaa-1"]
    assert ids(list(TREE.descendants("aaaa-1"))) == ["bbbb-3", "aaaa-2", "dddd-6"]
    assert ids(list(TREE.children(None))) == ["aaaa-1", "cccc-4"]
    assert [TREE.depth(i) for i in ("aaaa-1", "aaaa-2", "dddd-6")] == [0, 1, 2]
    assert TREE.top("dddd-6").id == TREE.top("aaaa-1").id == "aaaa-1"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Samhandling/Faste møtepunkt", ["aaaa-2"]),
        ("Faste møtepunkt", ["aaaa-2"]),
        (" faste MØTEPUNKT ", ["aaaa-2"]),
        ("Roller", ["bbbb-3", "cccc-5"]),
        ("Ledelse/Roller", ["cccc-5"]),
        ("samhandling/roller", ["bbbb-3"]),
        ("Faste møtepunkt/ledelse", ["dddd-6"]),
        ("ledelse", ["dddd-6"]),
        ("Ledelse", ["cccc-4"]),
        ("LEDELSE", ["cccc-4"]),
        ("bbbb-3", ["bbbb-3"]),
        ("bbbb", ["bbbb-3"]),
        ("aaaa", ["aaaa-1", "aaaa-2"]),
        ("bbb", []),
        ("møtepunkt", []),
        ("", []),
        ("/", []),
    ],
)
def test_a_code_is_named_by_path_last_part_or_the_beginning_of_its_id(
    typed: str, meant: list[str]
) -> None:
    assert sorted(ids(TREE.find(typed))) == sorted(meant)


def test_a_name_typed_with_loose_accents_is_the_same_name() -> None:
    tree = CodeTree([Code("1", "Å være på")])
    assert ids(tree.find("A\u030a være pa\u030a")) == ["1"]


def test_a_code_whose_parent_is_gone_stands_at_the_top() -> None:
    tree = CodeTree([Code("1", "Alene", "borte")])
    assert tree.path("1") == "Alene"
    assert tree.top("1").id == "1"
    assert "1" in tree
    assert tree.get("borte") is None


def test_each_colour_has_its_own_hex_value() -> None:
    values = [color.rgb for color in Color]
    assert len(set(values)) == len(values)
    assert all(len(value) == 7 and value.startswith("#") for value in values)
