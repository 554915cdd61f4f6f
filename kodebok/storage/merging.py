"""Two copies of a study side by side, and one taken into the other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kodebok.domain.merge import Shape, State, Trace, rows_of
from kodebok.domain.merge_base import fill_unknown, refine_base
from kodebok.errors import WrongUseError
from kodebok.i18n import translator
from kodebok.storage.database import Store
from kodebok.storage.departures import load_erasures
from kodebok.storage.merging_erase import take_over_erasures, without_erased
from kodebok.storage.merging_history import (
    CommonState,
    Lineage,
    common_hash,
    find_common_state,
    is_all_they_share,
    last_of_both,
    load_lineage,
    load_trace,
    meetings_since,
)
from kodebok.storage.merging_state import Rewinder, copy_in_memory, load_shape, load_state
from kodebok.storage.merging_write import say_the_same, write_merged
from kodebok.storage.scrubbing import scrub

_ = translator("storage")


@dataclass(frozen=True, slots=True)
class Compared:
    """Two copies and what they have in common; nothing of it has been written.

    Attributes:
        base: The rows in the latest state that both have seen.
        mine, theirs: Their rows now, without what either has erased for good.
        before: The rows of this copy as they stand in its file.
        shape: References and rules of the tables.
        traces: What the two histories tell since then.
        lineages: What each copy has seen.
        erased: How many rows of this copy the other has erased for good.
    """

    base: State
    mine: State
    theirs: State
    before: State
    shape: Shape
    traces: tuple[Trace, Trace]
    lineages: tuple[Lineage, Lineage]
    erased: int


def has_news(store: Store, other: Store) -> bool:
    """Whether the other copy has done anything that this one has not seen."""
    return not load_lineage(store).knows(load_lineage(other).head)


def compare_copies(store: Store, other: Store) -> Compared:
    """Read two copies and find the latest state that both have seen.

    Raises:
        WrongUseError: Their histories have no act in common.
    """
    lineages = mine, theirs = load_lineage(store), load_lineage(other)
    common = find_common_state(mine, theirs)
    if common is None:
        raise WrongUseError(
            _("the two histories have no act in common"),
            _("merge takes copies of one study; bring in other material with 'kodebok import'"),
            "K967",
        )
    shape = load_shape(store)
    begin = common_hash(mine, theirs, common)
    # What both took from a third copy must look the same in both: by how the texts differ.
    is_whole = is_all_they_share(mine, theirs, common)
    traces = (
        _trace(store, shape, (mine, theirs), begin, with_edits=is_whole),
        _trace(other, shape, (theirs, mine), begin, with_edits=is_whole),
    )
    before, there = load_state(store), load_state(other)
    base, *meetings = _earlier_states((store, other), lineages, common, begin)
    refine_base(base, before, there, (meetings[0], meetings[1]), shape)
    fill_unknown(base, before, there, shape)
    erased = load_erasures(store) | load_erasures(other)
    left = without_erased(before, erased, shape)
    _add_tombstones(left, there)
    return Compared(
        base=without_erased(base, erased, shape),
        mine=left,
        theirs=without_erased(there, erased, shape),
        before=before,
        shape=shape,
        traces=traces,
        lineages=lineages,
        erased=sum(len(rows.keys() - left[table].keys()) for table, rows in before.items()),
    )


def _add_tombstones(state: State, theirs: State) -> None:
    """The other's marks of what is erased come with the erasing, not with the act."""
    for key, row in rows_of(theirs, "erasures").items():
        rows_of(state, "erasures").setdefault(key, row)


def _trace(
    store: Store, shape: Shape, lineages: tuple[Lineage, Lineage], begin: str, *, with_edits: bool
) -> Trace:
    own, other = lineages
    begins_here = begin in own.own
    since = own.own[begin] if begins_here else last_of_both(own, other)
    return load_trace(store, shape, since, with_edits=begins_here and with_edits)


def _earlier_states(
    stores: tuple[Store, Store],
    lineages: tuple[Lineage, Lineage],
    common: CommonState,
    begin: str,
) -> tuple[State, list[State], list[State]]:
    """The common state, and of each copy the states right after merges since."""
    base: State = {}
    is_whole = is_all_they_share(*lineages, common)
    meetings: list[list[State]] = []
    for is_mine, store, own, other in (
        (True, stores[0], lineages[0], lineages[1]),
        (False, stores[1], lineages[1], lineages[0]),
    ):
        points = [] if is_whole else meetings_since(own, other, begin)
        states: list[State] = []
        if points or is_mine is common.is_mine:
            with copy_in_memory(store) as copy:
                rewinder = Rewinder(copy)
                states = [rewinder.go_back_to(seq) for seq in points]
                if is_mine is common.is_mine:
                    base = rewinder.go_back_to(common.seq)
        meetings.append(states)
    return base, meetings[0], meetings[1]


def take(
    store: Store, coder_id: str, other: Store, compared: Compared, merged: State
) -> int | None:
    """Write what was merged, as one act; what the other copy erased for good is erased first.

    Args:
        store: This copy.
        coder_id: Who merges.
        other: The other copy.
        compared: What the two copies were when they were compared.
        merged: The rows that this copy is to have.

    Returns:
        The number of the act's event; None when nothing was to be changed.

    Raises:
        ProjectInUseError: This copy was changed meanwhile.
    """
    is_erased = take_over_erasures(
        store,
        coder_id,
        (compared.before, compared.mine),
        other,
        compared.lineages[0].head,
    )
    lineages = compared.lineages
    if is_erased:
        lineages = (load_lineage(store), lineages[1])
    number = write_merged(
        store,
        coder_id,
        compared.mine,
        merged,
        lineages,
        other,
        is_same=say_the_same(compared.mine, compared.theirs),
    )
    if is_erased:
        scrub(store)
    return number


@dataclass(frozen=True, slots=True)
class TakenEvent:
    """An act that was done in another copy of the study.

    Attributes:
        taken_at: The number of this copy's merge that brought it.
        seq: Its number in its own copy's chain.
        body: What was done, when and by whom; its texts are not kept here.
    """

    taken_at: int
    seq: int
    body: str
    hash: str


def load_taken_events(store: Store) -> Iterable[TakenEvent]:
    """Acts of other copies, in the order in which they came."""
    rows = store.rows("SELECT taken_at, seq, body, hash FROM merged_events ORDER BY id")
    return [TakenEvent(*row) for row in rows]
