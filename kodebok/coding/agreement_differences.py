"""The passages that coders coded differently, those that cost most agreement first. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kodebok.coding.agreement_compared import Compared, ComparedSource
from kodebok.coding.agreement_passages import tally_passages
from kodebok.coding.agreement_text import Coded, Continuum
from kodebok.domain.source import Source
from kodebok.domain.span import Span

Layers = tuple[tuple[Coded, ...], ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """A passage on which coders differ.

    Attributes:
        span: Where it stands in the source's text; it takes in all overlapping passages.
        text: The words there.
        codes: For each coder, in their order: ids of the codes used there, as the codebook has
            them.
        in_codes: Whether the codes differ; else only the borders do.
        cost: Its share of all disagreement on which character has which code, from 0 to 1.
    """

    source: Source
    span: Span
    text: str
    codes: tuple[tuple[str, ...], ...]
    in_codes: bool
    cost: float


def find_differences(compared: Compared) -> list[Difference]:
    """Every passage that was coded differently, the dearest first."""
    order = {code.id: place for place, code in enumerate(compared.tree)}
    weighed = [
        (_disagreement(item.coded.length, layers), item, layers)
        for item in compared.taking_part
        for layers in _overlapping(item.coded)
    ]
    total = sum(weight for weight, _, _ in weighed)
    found = [
        _difference(item, layers, weight / total, order)
        for weight, item, layers in weighed
        if weight
    ]
    return sorted(found, key=lambda d: (-d.cost, d.source.name, d.span))


def _overlapping(coded: Continuum) -> Iterator[Layers]:
    """Groups of passages, of any coder and code, that hang together by shared characters."""
    passages = sorted(
        (passage, coder) for coder, layer in enumerate(coded.layers) for passage in layer
    )
    group: list[tuple[Coded, int]] = []
    reached = 0
    for passage, coder in passages:
        if group and passage[0] >= reached:
            yield _by_coder(group, len(coded.layers))
            group = []
        group.append((passage, coder))
        reached = max(reached, passage[1])
    if group:
        yield _by_coder(group, len(coded.layers))


def _by_coder(group: list[tuple[Coded, int]], coders: int) -> Layers:
    return tuple(tuple(p for p, owner in group if owner == coder) for coder in range(coders))


def _disagreement(length: int, layers: Layers) -> float:
    """Characters on which two coders differ about a code, added up over codes."""
    tally = tally_passages(Continuum(length, layers))
    return sum(numbers[1] for code, numbers in tally.items() if code is not None)


def _difference(
    item: ComparedSource, layers: Layers, cost: float, order: dict[str, int]
) -> Difference:
    passages = [passage for layer in layers for passage in layer]
    span = item.text.passage(min(p[0] for p in passages), max(p[1] for p in passages))
    used = [{code for _, _, code in layer} for layer in layers]
    return Difference(
        source=item.source,
        span=span,
        text=item.words[span.start : span.end],
        codes=tuple(tuple(sorted(codes, key=order.__getitem__)) for codes in used),
        in_codes=any(codes != used[0] for codes in used),
        cost=cost,
    )
