"""Names of places that kodebok knows: lists written for it, read from the package."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

HOME = ("municipalities.txt", "places.txt")
ABROAD = ("countries.txt",)


def read_list(name: str) -> list[str]:
    """The lines of a shipped list, without remarks and empty lines."""
    text = files("kodebok.anonymise").joinpath("lists", name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def _names_of(*lists: str) -> frozenset[str]:
    return frozenset(
        name.replace("_", " ") for listed in lists for line in read_list(listed)
        for name in line.split()
    )  # fmt: skip


@cache
def home_places() -> frozenset[str]:
    """Municipalities, counties, towns and districts of Norway, as they are written."""
    return _names_of(*HOME)


@cache
def listed_places() -> frozenset[str]:
    """All places that are listed, at home and abroad."""
    return _names_of(*HOME, *ABROAD)


@cache
def words_also_names() -> frozenset[str]:
    """Words in lower case that are names too, such as `stein` and `vår`."""
    return _names_of("ambiguous.txt")


@cache
def names_in_list(name: str) -> frozenset[str]:
    """The names of a shipped list that stand parted by spaces."""
    return _names_of(name)
