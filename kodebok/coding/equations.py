"""Code equations: passages under one code and not another, such as `Samarbeid & ~Økonomi`.

A name stands for a code, `name/*` also for the codes below it, `"name"` for one with signs of its
own. `~` is not, `&` and, `|` or; `&` binds closer than `|`. A passage has a code when a coding
with it shares at least one character with the passage.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from kodebok.coding.naming import find_code
from kodebok.domain.code import CodeTree
from kodebok.domain.coding import Excerpt
from kodebok.errors import WrongUseError
from kodebok.i18n import translator

_ = translator("coding")

ALSO_BELOW = "/*"
_TOKEN = re.compile(r'\s*(?:"([^"]*)"(/\*)?|([&|~()])|([^&|~()"]+))')
_DEEPEST = 50


@dataclass(frozen=True, slots=True)
class Has:
    """True where the passage has one of some codes."""

    code_ids: frozenset[str]


@dataclass(frozen=True, slots=True)
class Not:
    """True where the inner equation is not."""

    inner: Equation


@dataclass(frozen=True, slots=True)
class Both:
    """True where all parts are (`is_and`), or one of them."""

    parts: tuple[Equation, ...]
    is_and: bool


Equation = Has | Not | Both


def holds(equation: Equation, code_ids: AbstractSet[str]) -> bool:
    """Whether an equation is true of a passage that has these codes."""
    if isinstance(equation, Has):
        return not equation.code_ids.isdisjoint(code_ids)
    if isinstance(equation, Not):
        return not holds(equation.inner, code_ids)
    found = (holds(part, code_ids) for part in equation.parts)
    return all(found) if equation.is_and else any(found)


def wanted_codes(equation: Equation, *, is_wanted: bool = True) -> frozenset[str]:
    """Ids of the codes that the equation asks for, not those that it rules out."""
    if isinstance(equation, Has):
        return equation.code_ids if is_wanted else frozenset()
    if isinstance(equation, Not):
        return wanted_codes(equation.inner, is_wanted=not is_wanted)
    return frozenset().union(*(wanted_codes(p, is_wanted=is_wanted) for p in equation.parts))


def parse_equation(typed: str, tree: CodeTree) -> Equation:
    """The equation that was typed.

    Raises:
        WrongUseError: It cannot be read (K346), or names a code that is not there.
    """
    reader = _Reader(list(_tokens(typed)), lambda name: _codes_of(tree, name))
    equation = reader.either(0)
    if reader.tokens:
        raise _unreadable()
    return equation


def _codes_of(tree: CodeTree, name: str) -> frozenset[str]:
    if not name.endswith(ALSO_BELOW):
        return frozenset({find_code(tree, name).id})
    top = find_code(tree, name.removesuffix(ALSO_BELOW).strip())
    return frozenset({top.id, *(below.id for below in tree.descendants(top.id))})


def _tokens(typed: str) -> Iterable[tuple[str, bool]]:
    """Signs and names, each with whether it is a name."""
    place = 0
    while typed[place:].strip():
        found = _TOKEN.match(typed, place)
        if found is None:
            raise _unreadable()
        quoted, below, sign, name = found.groups()
        place = found.end()
        if sign:
            yield sign, False
        elif (name if quoted is None else quoted).strip():
            yield (name.strip() if quoted is None else quoted.strip() + (below or "")), True


@dataclass(slots=True)
class _Reader:
    """Takes tokens from the front."""

    tokens: list[tuple[str, bool]]
    codes_of: Callable[[str], frozenset[str]]

    def either(self, depth: int) -> Equation:
        return self._joined("|", lambda: self._joined("&", lambda: self._one(depth)))

    def _joined(self, sign: str, read: Callable[[], Equation]) -> Equation:
        parts = [read()]
        while self.tokens and self.tokens[0] == (sign, False):
            self.tokens.pop(0)
            parts.append(read())
        return parts[0] if len(parts) == 1 else Both(tuple(parts), is_and=sign == "&")

    def _one(self, depth: int) -> Equation:
        if not self.tokens or depth > _DEEPEST:
            raise _unreadable()
        word, is_name = self.tokens.pop(0)
        if is_name:
            return Has(self.codes_of(word))
        if word == "~":
            return Not(self._one(depth + 1))
        if word != "(":
            raise _unreadable()
        inner = self.either(depth + 1)
        if not self.tokens or self.tokens.pop(0) != (")", False):
            raise _unreadable()
        return inner


def _unreadable() -> WrongUseError:
    return WrongUseError(
        _("the code equation cannot be read"),
        _("write for example 'A & ~B' or '(A | B/*) & ~\"C\"'"),
        "K346",
    )


def matching_excerpts(
    excerpts: Sequence[Excerpt],
    equation: Equation,
    spans: Iterable[tuple[str, int, int, str]],
) -> list[Excerpt]:
    """Those excerpts whose passage the equation is true of.

    An equation that asks for codes gives the excerpts of these; one that only rules codes out
    gives every excerpt without them.

    Args:
        excerpts: What is looked through, in the order wanted.
        equation: What must hold.
        spans: Source id, start, end and code id of every coding of the study.
    """
    by_source: dict[str, list[tuple[int, int, str]]] = {}
    for source_id, start, end, code_id in spans:
        by_source.setdefault(source_id, []).append((start, end, code_id))
    for listed in by_source.values():
        listed.sort()
    wanted = wanted_codes(equation)
    return [
        excerpt
        for excerpt in excerpts
        if (not wanted or excerpt.code_id in wanted)
        and holds(equation, _codes_at(by_source, excerpt))
    ]


def _codes_at(
    by_source: Mapping[str, Sequence[tuple[int, int, str]]], excerpt: Excerpt
) -> set[str]:
    found = set()
    for start, end, code_id in by_source.get(excerpt.source_id, ()):
        if start >= excerpt.end:
            break
        if end > excerpt.start:
            found.add(code_id)
    return found
