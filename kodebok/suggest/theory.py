"""Theory and data: what each theory has met, codes by origin, and what no code explains yet."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from kodebok.domain.code import Code, CodeTree, Origin
from kodebok.domain.coding import Coding, Weight
from kodebok.storage import codes, codings, wonderings
from kodebok.storage.database import Store
from kodebok.suggest.passages import load_material


@dataclass(frozen=True, slots=True)
class OriginCount:
    """How many codes came about in one way, and how many codings they have."""

    origin: Origin
    codes: int
    codings: int


@dataclass(frozen=True, slots=True)
class TheoryMet:
    """What one theory has met in the data.

    Attributes:
        codes: How many codes are linked to it.
        codings: Codings of these.
        supports, nuances, contradicts: How many of them were weighed so.
        wonderings: How many wonderings are against it.
    """

    name: str
    codes: int
    codings: int
    supports: int
    nuances: int
    contradicts: int
    wonderings: int


@dataclass(frozen=True, slots=True)
class TheoryAndData:
    """A coder's codebook against what the coder has read.

    Attributes:
        read, uncoded: Passages of participants in what is read through; those without a code.
        negative: Codings that contradict their code.
    """

    origins: tuple[OriginCount, ...]
    theories: tuple[TheoryMet, ...]
    read: int
    uncoded: int
    negative: tuple[Coding, ...]


def load_theory_and_data(store: Store, coder_id: str) -> TheoryAndData:
    """What the study's file says of one coder's codings."""
    tree = codes.load_code_tree(store)
    own = [c for c in codings.load_codings(store) if c.coder_id == coder_id]
    per_code = Counter(coding.code_id for coding in own)
    passages = [p for p in load_material(store, coder_id).passages if p.is_read]
    against = Counter(
        w.theory.casefold() for w in wonderings.load_wonderings(store) if w.coder_id == coder_id
    )
    return TheoryAndData(
        origins=tuple(
            OriginCount(
                origin,
                sum(code.origin is origin for code in tree),
                sum(per_code[code.id] for code in tree if code.origin is origin),
            )
            for origin in Origin
        ),
        theories=tuple(
            _met(name, linked, own, against) for name, linked in sorted(_linked(tree).items())
        ),
        read=len(passages),
        uncoded=sum(not passage.is_coded for passage in passages),
        negative=tuple(coding for coding in own if coding.weight is Weight.CONTRADICTS),
    )


def _linked(tree: CodeTree) -> dict[str, list[Code]]:
    """By name of a theory: the codes that are linked to it."""
    found: dict[str, list[Code]] = {}
    for code in tree:
        for name in code.theory:
            found.setdefault(name, []).append(code)
    return found


def _met(name: str, linked: list[Code], own: list[Coding], against: Counter[str]) -> TheoryMet:
    wanted = {code.id for code in linked}
    met = [coding for coding in own if coding.code_id in wanted]
    weights = Counter(coding.weight for coding in met)
    return TheoryMet(
        name=name,
        codes=len(linked),
        codings=len(met),
        supports=weights[Weight.SUPPORTS],
        nuances=weights[Weight.NUANCES],
        contradicts=weights[Weight.CONTRADICTS],
        wonderings=against[name.casefold()],
    )
