"""The three-way merge of two copies of a study: pure, and the same whoever merges."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kodebok.domain.merge import Decide, Id, Notices, Shape, State, Trace, copy_state, rows_of
from kodebok.domain.merge_mend import mend
from kodebok.domain.merge_places import place_rows, weave_texts
from kodebok.domain.merge_rows import Three, merge_rows
from kodebok.domain.merge_same import unify
from kodebok.domain.merge_text import Weave
from kodebok.domain.merge_turns import merge_turns
from kodebok.domain.text import count_words


@dataclass(frozen=True, slots=True)
class Merged:
    """A merged study.

    Attributes:
        state: Its rows.
        notices: What was settled without asking.
        weaves: By source id, the texts that differed, and the ways from each to the merged one.
    """

    state: State
    notices: Notices
    weaves: dict[str, Weave]


def merge_states(
    base: State,
    mine: State,
    theirs: State,
    shape: Shape,
    traces: tuple[Trace, Trace],
    decide: Decide,
) -> Merged:
    """Merge two states that began as one.

    Args:
        base: The rows in the latest state that both have seen.
        mine: The rows of this copy.
        theirs: The rows of the other.
        shape: What must be known of the tables.
        traces: What the two histories tell, mine first.
        decide: Settles a conflict; it is asked in the same order whoever merges.
    """
    notices = Notices()
    three = Three(
        base=copy_state(base),
        mine=copy_state(mine),
        theirs=copy_state(theirs),
        shape=shape,
        my_trace=traces[0],
        their_trace=traces[1],
        decide=decide,
        notices=notices,
    )
    unify(three.base, three.mine, three.theirs, shape, decide, notices)
    _give_free_numbers(three)
    weaves = weave_texts(three)
    place_rows(three, weaves)
    merged = merge_rows(three, sorted(three.mine.keys() | three.theirs.keys()))
    merged["turns"] = merge_turns(three, weaves, merged)
    mend(merged, three)
    if _applied(mine) != _applied(theirs):
        merged["applied_texts"] = {}  # a name that one copy replaced may stand in the other
    for source_id, woven in weaves.items():
        sources = rows_of(merged, "sources")
        if source_id in sources:
            sources[source_id] = {**sources[source_id], "words": count_words(woven.merged)}
    return Merged(merged, notices, {str(key): woven for key, woven in weaves.items()})


def _applied(state: State) -> set[Id]:
    return {key for key, row in rows_of(state, "entities").items() if row["applied"]}


def _give_free_numbers(three: Three) -> None:
    """Rows with numbers for ids, other than turns, that both added under one number."""
    for name, rows in three.theirs.items():
        ours, base = rows_of(three.mine, name), rows_of(three.base, name)
        if name == "turns" or not any(isinstance(key, int) for key in rows):
            continue
        clashing = [k for k, row in rows.items() if k in ours and k not in base and ours[k] != row]
        for key in clashing:
            free = _next_free(key, ours.keys() | rows.keys())
            rows[free] = {**rows.pop(key), "id": free}


def _next_free(key: str | int, taken: Iterable[str | int]) -> int:
    return max([int(number) for number in taken] + [int(key)]) + 1


def split_turn_key(key: str) -> tuple[str, int]:
    """The source and the offset in the merged text that name a turn in a conflict."""
    source_id, _colon, at = key.rpartition(":")
    return source_id, int(at)
