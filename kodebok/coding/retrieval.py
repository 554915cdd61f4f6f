"""Getting out what was coded: excerpts, the matrix, co-occurrence, coverage."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from kodebok.coding.matrix import Column, Coverage, Matrix, build_matrix
from kodebok.domain.code import CodeTree
from kodebok.domain.coding import Excerpt
from kodebok.domain.source import Role
from kodebok.domain.span import Span, merge_spans
from kodebok.domain.text import count_words
from kodebok.storage import cases, codes, codings, sources
from kodebok.storage.codings import ExcerptFilter, load_excerpts
from kodebok.storage.database import Store

NO_VALUE = "–"
BY_CASE, BY_SOURCE = "cases", "sources"


def load_matrix(
    store: Store,
    by: str = BY_CASE,
    wanted: ExcerptFilter | None = None,
    *,
    rollup: bool = False,
) -> Matrix:
    """Codes against participants, sources, or the values of a variable.

    Args:
        store: The project.
        by: `cases`, `sources`, or the name of a variable.
        wanted: Which codings to count.
        rollup: Whether a code also counts what is coded below it.
    """
    tree = codes.load_code_tree(store)
    names = _column_names(store, by)
    excerpts = [
        (excerpt.source if by == BY_SOURCE else names.get(excerpt.case or "", NO_VALUE), excerpt)
        for excerpt in load_excerpts(store, tree, wanted)
    ]
    columns = _columns(store, by, names, {name for name, _ in excerpts})
    texts = {s.id: sources.load_text(store, s.id) for s in sources.load_sources(store)}
    coverage = Coverage(sources.load_asked(store), set(sources.load_reads(store)))
    return build_matrix(tree, columns, excerpts, texts, coverage, rollup=rollup)


def _column_names(store: Store, by: str) -> dict[str, str]:
    """By the name of a participant: the column that their words are counted in."""
    if by in {BY_CASE, BY_SOURCE}:
        return {case.name: case.name for case in cases.load_cases(store)}
    return {case.name: case.values.get(by, NO_VALUE) for case in cases.load_cases(store)}


def _columns(store: Store, by: str, names: dict[str, str], used: set[str]) -> list[Column]:
    listed = sources.load_sources(store)
    if by == BY_SOURCE:
        return [Column(source.name, frozenset({source.id})) for source in listed]
    case_names = {case.id: case.name for case in cases.load_cases(store)}
    speaking: dict[str, set[str]] = {}
    for source in listed:
        if source.case_id:
            speaking.setdefault(names[case_names[source.case_id]], set()).add(source.id)
    for speaker in sources.load_speakers(store):
        if speaker.case_id and speaker.role is not Role.INTERVIEWER:
            column = names[case_names[speaker.case_id]]
            speaking.setdefault(column, set()).add(speaker.source_id)
    order = [name for name in dict.fromkeys(names.values()) if name in speaking or name in used]
    order += sorted(used - set(order))
    return [Column(name, frozenset(speaking.get(name, ()))) for name in order]


def count_cooccurrence(spans: Iterable[tuple[str, int, int, str]]) -> Counter[tuple[str, str]]:
    """How many pairs of codings with two codes share at least one character.

    Args:
        spans: Source id, start, end, code id; sorted by source and start.

    Returns:
        By pair of code ids, the smaller first; pairs of one code with itself are left out.
    """
    pairs: Counter[tuple[str, str]] = Counter()
    open_spans: list[tuple[int, str]] = []
    current = ""
    for source_id, start, end, code_id in spans:
        if source_id != current:
            current, open_spans = source_id, []
        open_spans = [item for item in open_spans if item[0] > start]
        for _, other in open_spans:
            if other < code_id:
                pairs[other, code_id] += 1
            elif other > code_id:
                pairs[code_id, other] += 1
        open_spans.append((end, code_id))
    return pairs


def load_cooccurrence(store: Store) -> Counter[tuple[str, str]]:
    """`count_cooccurrence` of the whole study."""
    return count_cooccurrence(codings.load_spans(store))


@dataclass(frozen=True, slots=True)
class SourceCoverage:
    """How much of a source is coded, and by what.

    Attributes:
        words, coded_words: Of the whole text; of the passages that have a code.
        uncoded_turns: Turns of participants without any code.
        lacking: Ids of the codes that it has no coding of.
        new_codes: Ids of the codes that no earlier source had.
    """

    source_id: str
    name: str
    words: int
    coded_words: int
    turns: int
    uncoded_turns: int
    codes: int
    lacking: tuple[str, ...]
    new_codes: tuple[str, ...]


def load_coverage(store: Store) -> list[SourceCoverage]:
    """Coverage of each source, in the order in which they were brought in."""
    tree = codes.load_code_tree(store)
    met: set[str] = set()
    covered = []
    for source in sorted(sources.load_sources(store), key=lambda s: (s.created, s.name)):
        found = codings.load_codings(store, source.id)
        used = {coding.code_id for coding in found}
        merged = merge_spans(coding.span for coding in found)
        text = sources.load_text(store, source.id)
        turns = participants_turns(store, source.id)
        covered.append(
            SourceCoverage(
                source_id=source.id,
                name=source.name,
                words=source.words,
                coded_words=sum(count_words(text[span.start : span.end]) for span in merged),
                turns=len(turns),
                uncoded_turns=len(_uncovered(turns, merged)),
                codes=len(used),
                lacking=tuple(code.id for code in tree if code.id not in used),
                new_codes=tuple(code.id for code in tree if code.id in used - met),
            )
        )
        met |= used
    return covered


def participants_turns(store: Store, source_id: str) -> list[Span]:
    """Where the turns of a source stand, in order, but for those of interviewers."""
    asking = {
        speaker.id
        for speaker in sources.load_speakers(store, source_id)
        if speaker.role is Role.INTERVIEWER
    }
    turns = sources.load_turns(store, source_id)
    return [turn.span for turn in turns if turn.speaker_id not in asking]


def _uncovered(turns: list[Span], merged: list[Span]) -> list[Span]:
    uncovered = []
    place = 0
    for turn in turns:
        while place < len(merged) and merged[place].end <= turn.start:
            place += 1
        if place == len(merged) or not merged[place].overlaps(turn):
            uncovered.append(turn)
    return uncovered


def group_by_code(tree: CodeTree, excerpts: Iterable[Excerpt]) -> dict[str, list[Excerpt]]:
    """Excerpts by code id, in the codebook's order."""
    grouped: dict[str, list[Excerpt]] = {code.id: [] for code in tree}
    for excerpt in excerpts:
        grouped[excerpt.code_id].append(excerpt)
    return {code_id: found for code_id, found in grouped.items() if found}
