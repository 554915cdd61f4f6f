"""Two researchers, one study: what the other copy brings, and taking it in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from kodebok.domain.merge import Choice, Conflict, Notices, Place, State, rows_of
from kodebok.domain.merge_study import merge_states
from kodebok.errors import WrongUseError
from kodebok.i18n import translator
from kodebok.storage.database import Store
from kodebok.storage.departures import load_erasures
from kodebok.storage.merging import Compared, compare_copies, has_news, take
from kodebok.storage.merging_other import open_other
from kodebok.storage.merging_state import copy_in_memory
from kodebok.study.erasures import apply_erasures
from kodebok.study.opening import Study

_ = translator("study")


@dataclass(frozen=True, slots=True)
class Brought:
    """What comes in of one kind.

    Attributes:
        table: Where it stands, such as `codings`.
        added, changed, removed: How many.
    """

    table: str
    added: int
    changed: int
    removed: int


@dataclass(frozen=True, slots=True)
class Preview:
    """What a merge would do.

    Attributes:
        merged: The rows that this copy would have.
        brought: What comes in, by kind.
        conflicts: All conflicts met, also those that are settled.
        unsettled: Those that nobody has settled yet.
        notices: What was settled without asking.
    """

    merged: State
    brought: tuple[Brought, ...]
    conflicts: tuple[Conflict, ...]
    unsettled: tuple[Conflict, ...]
    notices: Notices


@dataclass(slots=True)
class Merging:
    """Two copies of a study side by side; nothing is written before `take`.

    Attributes:
        other: The other copy, for the names of what it holds.
        erased: How many rows the other copy erased for good, which go here too.
        choices: How conflicts are settled, by their keys.
        always: How all conflicts without a choice are settled; None to ask.
        missed: Tombstones of the other copy that this one has not carried out yet.
    """

    study: Study
    other: Store
    compared: Compared
    choices: dict[str, Choice] = field(default_factory=dict)
    always: Choice | None = None
    missed: frozenset[str] = frozenset()

    @property
    def erased(self) -> int:
        """How many rows of this copy the other has erased for good."""
        return self.compared.erased

    def preview(self) -> Preview:
        """What a merge would do by the choices made so far; nothing is written."""
        met: dict[str, Conflict] = {}

        def decide(conflict: Conflict) -> Choice:
            met[conflict.key] = conflict
            return self.choices.get(conflict.key, self.always or Choice.MINE)

        compared = self.compared
        merged = merge_states(
            compared.base,
            compared.mine,
            compared.theirs,
            compared.shape,
            compared.traces,
            decide,
        )
        unsettled = [c for key, c in met.items() if key not in self.choices and not self.always]
        return Preview(
            merged.state,
            tuple(_brought(compared.mine, merged.state)),
            tuple(met.values()),
            tuple(unsettled),
            merged.notices,
        )

    def take(self, preview: Preview | None = None) -> int | None:
        """Take the other copy in, as one act; nothing when nothing changes.

        Returns:
            The number of the act in the history; None when the study was as it would be.

        Raises:
            WrongUseError: A conflict is not settled.
            ProjectInUseError: The study was changed meanwhile.
        """
        shown = preview or self.preview()
        if self.missed and not shown.unsettled:
            apply_erasures(self.study.store, self.missed)
            self.compared = compare_copies(self.study.store, self.other)
            shown = self.preview()
        if shown.unsettled:
            raise WrongUseError(
                _("the two copies disagree, and nobody has said which one counts"),
                _("answer the questions in a terminal, or give --conflicts mine or theirs"),
                "K968",
            )
        coder_id = self.study.coder.id
        return take(self.study.store, coder_id, self.other, self.compared, shown.merged)


@contextmanager
def open_merge(study: Study, path: Path) -> Iterator[Merging | None]:
    """Two copies side by side; None when the other holds nothing new.

    Args:
        study: This copy.
        path: The other one's folder, or its file.

    Raises:
        WrongUseError: There is no study, or it is another one.
        DamagedProjectError: The other copy is damaged.
        ProtectionError: One copy is anonymised and the other is not.
    """
    with open_other(study.store, path) as other:
        if not has_news(study.store, other):
            yield None
            return
        missed = frozenset(load_erasures(other) - load_erasures(study.store))
        apply_erasures(other, load_erasures(study.store), on_disk=False)
        yield Merging(study, other, _compare(study.store, other, missed), missed=missed)


def _compare(store: Store, other: Store, missed: frozenset[str]) -> Compared:
    """The two copies side by side, as if this one had erased already what the other has."""
    if not missed:
        return compare_copies(store, other)
    with copy_in_memory(store) as erased:
        apply_erasures(erased, missed, on_disk=False)
        return compare_copies(erased, other)


def merge_copy(study: Study, path: Path, always: Choice | None = None) -> int | None:
    """Take another copy in, with all conflicts settled one way.

    Returns:
        The number of the act in the history; None when there was nothing to take.
    """
    with open_merge(study, path) as merging:
        if merging is None:
            return None
        merging.always = always
        return merging.take()


_DERIVED = frozenset({"texts", "turns", "erasures", "word_times", "applied_texts"})
_OWN = frozenset({"start", "end", "version", "words"})


def _brought(mine: State, merged: State) -> Iterator[Brought]:
    for table, rows in sorted(merged.items()):
        before = rows_of(mine, table)
        if table in _DERIVED:
            continue
        changed = [
            key for key, row in rows.items() if key in before and _differs(row, before[key], table)
        ]
        found = Brought(
            table,
            len(rows.keys() - before.keys()),
            len(changed),
            len(before.keys() - rows.keys()),
        )
        if found.added or found.changed or found.removed:
            yield found
    corrected = _corrected(mine, merged)
    if corrected:
        yield Brought("texts", 0, len(corrected), 0)


def _differs(row: Mapping[str, object], before: Mapping[str, object], table: str) -> bool:
    own = _OWN | {"text"} if table == "codings" else _OWN
    return any(row[name] != before[name] for name in row if name not in own)


def _corrected(mine: State, merged: State) -> list[Place]:
    """Texts of this copy that the other corrected."""
    texts = rows_of(mine, "texts")
    return [
        ("texts", key)
        for key, row in rows_of(merged, "texts").items()
        if key in texts and row["text"] != texts[key]["text"]
    ]
