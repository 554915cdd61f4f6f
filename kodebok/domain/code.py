"""Codes, and the tree that they form."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

PATH_SEPARATOR = "/"
SHORTEST_ID = 4  # first signs of an id that name it, as in git


class Origin(StrEnum):
    """Where a code came from."""

    DEDUCTIVE = "deductive"
    GUIDE = "guide"
    EMPIRICAL = "empirical"


class Color(StrEnum):
    """The palette of Okabe and Ito (2008), with their hex values as `rgb`."""

    ORANGE = "orange"
    SKY = "sky"
    GREEN = "green"
    YELLOW = "yellow"
    BLUE = "blue"
    VERMILION = "vermilion"
    PURPLE = "purple"
    GREY = "grey"

    @property
    def rgb(self) -> str:
        """Hex colour, `#RRGGBB`."""
        return _RGB[self]


_RGB = {
    Color.ORANGE: "#E69F00",
    Color.SKY: "#56B4E9",
    Color.GREEN: "#009E73",
    Color.YELLOW: "#F0E442",
    Color.BLUE: "#0072B2",
    Color.VERMILION: "#D55E00",
    Color.PURPLE: "#CC79A7",
    Color.GREY: "#999999",
}


@dataclass(frozen=True, slots=True)
class Code:
    """A code of the codebook.

    Attributes:
        position: Order among siblings, from 0.
        letter: One sign shown beside the colour, so that colour is never alone.
        question: The research question it answers, in words.
        theory: Names of the theory codes it is linked to.
    """

    id: str
    name: str
    parent_id: str | None = None
    position: int = 0
    definition: str = ""
    use_when: str = ""
    not_when: str = ""
    example: str = ""
    origin: Origin = Origin.EMPIRICAL
    color: Color = Color.GREY
    letter: str = ""
    question: str = ""
    theory: tuple[str, ...] = ()
    created: str = ""


class CodeTree:
    """Codes with their order, paths and families. Built once from rows, never changed."""

    def __init__(self, codes: Iterable[Code]) -> None:
        self._by_id = {code.id: code for code in codes}
        self._children: dict[str | None, list[Code]] = {}
        for code in self._by_id.values():
            parent = code.parent_id if code.parent_id in self._by_id else None
            self._children.setdefault(parent, []).append(code)
        for family in self._children.values():
            family.sort(key=lambda code: (code.position, code.name, code.id))
        self._paths = {code.id: path for code, path in self._walk_paths(None, "")}

    def _walk_paths(self, parent: str | None, prefix: str) -> Iterator[tuple[Code, str]]:
        for code in self._children.get(parent, ()):
            path = f"{prefix}{code.name}"
            yield code, path
            yield from self._walk_paths(code.id, f"{path}{PATH_SEPARATOR}")

    def __iter__(self) -> Iterator[Code]:
        """Every code, parents before children, in the codebook's order."""
        return (self._by_id[code_id] for code_id in self._paths)

    def __len__(self) -> int:
        return len(self._by_id)

    def __contains__(self, code_id: str) -> bool:
        return code_id in self._by_id

    def __getitem__(self, code_id: str) -> Code:
        return self._by_id[code_id]

    def get(self, code_id: str) -> Code | None:
        """The code with that id, or None."""
        return self._by_id.get(code_id)

    def path(self, code_id: str) -> str:
        """The code's path, names joined by `/`."""
        return self._paths[code_id]

    def depth(self, code_id: str) -> int:
        """0 for a top code."""
        return sum(1 for _ in self.ancestors(code_id))

    def children(self, code_id: str | None) -> tuple[Code, ...]:
        """The codes right below one, or the top codes for None."""
        return tuple(self._children.get(code_id, ()))

    def ancestors(self, code_id: str) -> Iterator[Code]:
        """The parent, its parent, and so on."""
        parent = self._by_id[code_id].parent_id
        while parent is not None and parent in self._by_id:
            yield self._by_id[parent]
            parent = self._by_id[parent].parent_id

    def descendants(self, code_id: str) -> Iterator[Code]:
        """Every code below one, parents first."""
        for child in self._children.get(code_id, ()):
            yield child
            yield from self.descendants(child.id)

    def find(self, name: str) -> list[Code]:
        """Codes that a user may mean: by id or its first signs (four at least), path, or last part.

        An exact path wins over an exact name, and both over the same without regard to case.
        """
        wanted = unicodedata.normalize("NFC", name.strip())
        if wanted in self._by_id:
            return [self._by_id[wanted]]
        for fold in (str, str.casefold):
            key = fold(wanted)
            paths = {code_id: fold(path) for code_id, path in self._paths.items()}
            whole = [self._by_id[i] for i, path in paths.items() if path == key]
            tail = PATH_SEPARATOR + key
            found = whole or [self._by_id[i] for i, path in paths.items() if path.endswith(tail)]
            if found:
                return found
        if len(wanted) < SHORTEST_ID:
            return []
        return [code for code_id, code in self._by_id.items() if code_id.startswith(wanted)]

    def top(self, code_id: str) -> Code:
        """The top code of the family."""
        return (self[code_id], *self.ancestors(code_id))[-1]
