"""The matrix: codes against participants, or against what is known of them. Pure.

Counts are not weight: they say where to look.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from kodebok.domain.code import CodeTree
from kodebok.domain.coding import Excerpt
from kodebok.domain.span import Span, merge_spans
from kodebok.domain.text import count_words


class CellState(StrEnum):
    """Why a cell is empty, or that it is not."""

    CODED = "coded"
    NOT_ASKED = "not-asked"
    ASKED = "asked"
    NOT_READ = "not-read"


@dataclass(frozen=True, slots=True)
class Cell:
    """One code and one column.

    Attributes:
        codings: Number of codings, of all coders.
        passages: Number of passages: overlapping and touching codings are one.
        words: Words of these passages.
        coding_ids: The codings behind the numbers.
    """

    code_id: str
    column: str
    codings: int
    passages: int
    words: int
    state: CellState
    coding_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """A column and the sources that speak in it.

    Attributes:
        source_ids: Sources in which someone of this column speaks.
    """

    name: str
    source_ids: frozenset[str]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Cells by code id and column name."""

    codes: tuple[str, ...]
    columns: tuple[Column, ...]
    cells: Mapping[tuple[str, str], Cell]


@dataclass(frozen=True, slots=True)
class Coverage:
    """What is known of whether a code could have been met: what was asked, and read.

    Attributes:
        asked: Pairs of source id and code id from the interview guides.
        read: Ids of sources that someone has read through.
    """

    asked: Collection[tuple[str, str]] = ()
    read: Collection[str] = ()


def build_matrix(
    tree: CodeTree,
    columns: Iterable[Column],
    excerpts: Iterable[tuple[str, Excerpt]],
    texts: Mapping[str, str],
    coverage: Coverage,
    *,
    rollup: bool = False,
) -> Matrix:
    """Count the codings of every code in every column.

    Args:
        tree: The codebook.
        columns: The columns in their order.
        excerpts: Coded passages, each with the name of its column.
        texts: Canonical texts by source id.
        coverage: What was asked and read.
        rollup: Whether a code also counts what is coded below it.
    """
    listed = tuple(columns)
    gathered: dict[tuple[str, str], list[Excerpt]] = {}
    for name, excerpt in excerpts:
        code_ids = [excerpt.code_id]
        if rollup:
            code_ids += [code.id for code in tree.ancestors(excerpt.code_id)]
        for code_id in code_ids:
            gathered.setdefault((code_id, name), []).append(excerpt)
    cells = {}
    for code in tree:
        for column in listed:
            key = (code.id, column.name)
            cells[key] = _cell(*key, gathered.get(key, []), texts, column, tree, coverage)
    return Matrix(tuple(code.id for code in tree), listed, cells)


def _cell(
    code_id: str,
    name: str,
    excerpts: list[Excerpt],
    texts: Mapping[str, str],
    column: Column,
    tree: CodeTree,
    coverage: Coverage,
) -> Cell:
    if not excerpts:
        return Cell(code_id, name, 0, 0, 0, _empty_state(code_id, column, tree, coverage))
    spans: dict[str, list[Span]] = {}
    for excerpt in excerpts:
        spans.setdefault(excerpt.source_id, []).append(excerpt.span)
    merged = {source_id: merge_spans(found) for source_id, found in spans.items()}
    words = sum(
        count_words(texts[source_id][span.start : span.end])
        for source_id, found in merged.items()
        for span in found
    )
    ids = tuple(excerpt.id for excerpt in excerpts)
    passages = sum(map(len, merged.values()))
    return Cell(code_id, name, len(excerpts), passages, words, CellState.CODED, ids)


def _empty_state(code_id: str, column: Column, tree: CodeTree, coverage: Coverage) -> CellState:
    if any(source_id not in coverage.read for source_id in column.source_ids):
        return CellState.NOT_READ
    family = [code_id, *(code.id for code in tree.ancestors(code_id))]
    asked = any(
        (source_id, member) in coverage.asked
        for source_id in column.source_ids
        for member in family
    )
    return CellState.ASKED if asked else CellState.NOT_ASKED
