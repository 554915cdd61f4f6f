"""Paths as terminals paste them."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kodebok.tui.typed_paths import parse_paths

HERE = Path("/home/kari/studie")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("/a/I1.txt", ["/a/I1.txt"]),
        ("'/a b/I1.txt'", ["/a b/I1.txt"]),
        ('"/a b/I1.txt"', ["/a b/I1.txt"]),
        (r"/a\ b/I1\ \(2\).txt", ["/a b/I1 (2).txt"]),
        ("file:///a%20b/I%C3%B8.txt", ["/a b/Iø.txt"]),
        ("'/a b/I1.txt' '/a b/I2.txt'", ["/a b/I1.txt", "/a b/I2.txt"]),
        ("/a/I1.txt\n/a/I2.txt\n", ["/a/I1.txt", "/a/I2.txt"]),
        ("/a/I1.txt /a/I1.txt", ["/a/I1.txt"]),
        ("'/a/it'\\''s.txt'", ["/a/it's.txt"]),
        ("I1.txt", ["/home/kari/studie/I1.txt"]),
        ("", []),
        ("  \n ", []),
    ],
)
def test_a_pasted_path_is_understood(typed: str, expected: list[str]) -> None:
    assert parse_paths(typed, HERE) == [Path(item) for item in expected]


def test_an_unquoted_path_with_spaces_that_exists_is_one_path(tmp_path: Path) -> None:
    file = tmp_path / "intervju nr 3.txt"
    file.write_text("R: Ja.", encoding="utf-8")
    assert parse_paths(str(file), HERE) == [file]


names = st.text("abcæøå 'x()-_.#%?&", min_size=1, max_size=12).map(lambda s: f"n{s}n")


@given(st.lists(names, min_size=1, max_size=4, unique=True))
def test_addresses_and_quoted_paths_come_back_whole(parts: list[str]) -> None:
    path = Path("/nowhere-at-all").joinpath(*parts)
    assert parse_paths("file://" + quote(str(path)), HERE) == [path]
    assert parse_paths("'" + str(path).replace("'", "'\\''") + "'", HERE) == [path]
    if "'" not in str(path):
        assert parse_paths(f"'{path}' '/x y'", HERE) == [path, Path("/x y")]


@given(st.text(max_size=60))
def test_nothing_that_is_pasted_brings_it_down(typed: str) -> None:
    for path in parse_paths(typed, HERE):
        assert isinstance(path, Path)
