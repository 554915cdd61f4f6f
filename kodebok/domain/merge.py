"""What two copies of a study and their common beginning are, when they are merged.

A state is every row by table and id. What one copy alone changed is taken, cell by cell; where
both changed the same thing in two ways there is a conflict, which someone must settle. Nothing
here depends on which of the two copies is called mine, but the ids of turns.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

Id = str | int
Row = Mapping[str, Any]
Table = dict[Id, Row]
State = dict[str, Table]
Place = tuple[str, Id]

PLACE_COLUMNS = frozenset({"start", "end"})

# What a memo may be about, and the table that it stands in.
MEMO_TABLES = {
    "source": "sources",
    "passage": "sources",
    "code": "codes",
    "coding": "codings",
    "case": "cases",
    "theme": "themes",
}


class Choice(StrEnum):
    """How a conflict is settled."""

    MINE = "mine"
    THEIRS = "theirs"
    BOTH = "both"


class ConflictKind(StrEnum):
    """What kind of conflict it is.

    Attributes:
        VALUE: Both changed one thing in two ways.
        TEXT: Both changed the same words of a transcript, or one removed words that the other
            built on.
        DELETED: One deleted what the other changed or used.
        NAME: Both made something of the same name.
        CIRCLE: Together, the two would put codes under each other in a circle.
    """

    VALUE = "value"
    TEXT = "text"
    DELETED = "deleted"
    NAME = "name"
    CIRCLE = "circle"


@dataclass(frozen=True, slots=True)
class Conflict:
    """Something that both copies say, each in its own way.

    Attributes:
        table: The table of the row; `texts` for words of a transcript.
        row_id: The row's id, the same in both copies.
        column: The column, or the offset in the common text; empty when it is the whole row.
        mine, theirs: What each says; for a deletion the number of changes and uses, None for the
            side that deleted.
        base: What it was before.
        can_be_both: Whether both can be kept.
    """

    kind: ConflictKind
    table: str
    row_id: str
    column: str = ""
    mine: Any = None
    theirs: Any = None
    base: Any = None
    can_be_both: bool = False

    @property
    def key(self) -> str:
        """What names this conflict in both copies."""
        return f"{self.kind}:{self.table}:{self.row_id}:{self.column}"


Decide = Callable[[Conflict], Choice]


@dataclass(frozen=True, slots=True)
class Shape:
    """What must be known of the tables.

    Attributes:
        refs: By table and column: the table whose ids stand there.
        required: Pairs of table and column without which a row cannot be.
        unique: By table: the sets of columns of which no two rows have the same values.
        placed: By table: the column of the source's id, where rows stand on a passage.
    """

    refs: Mapping[str, Mapping[str, str]]
    required: frozenset[tuple[str, str]]
    unique: Mapping[str, tuple[tuple[str, ...], ...]]
    placed: Mapping[str, str]

    def references(self, table: str, row: Row) -> Iterator[tuple[str, str, str]]:
        """The row's references: column, the table it points to, and the id."""
        for column, target in self.refs.get(table, {}).items():
            if row[column] is not None:
                yield column, target, row[column]
        if table == "notes" and row["target_id"] is not None:
            yield "target_id", MEMO_TABLES.get(row["target"], "project"), row["target_id"]

    def is_required(self, table: str, column: str) -> bool:
        """Whether a row cannot be without what this column points to."""
        return (table, column) in self.required or column == "id"


@dataclass(frozen=True, slots=True)
class Trace:
    """What a copy's history tells beyond its state.

    Attributes:
        deleted_in: The number of the act in which a row was deleted last.
        successors: By table and id: what took a deleted row's place, as when codes are merged.
        edits: By source: what its text went through since the common state; no entry if unknown.
    """

    deleted_in: Mapping[Place, int] = field(default_factory=dict)
    successors: Mapping[Place, str] = field(default_factory=dict)
    edits: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)


@dataclass(slots=True)
class Notices:
    """What was settled without asking, for the user to know.

    Attributes:
        unified: Rows of both copies that are one and the same: table and the id that is kept.
        renamed: Rows that got a name of their own: table and id.
        moved_on: Uses of a code (or voice) that the other copy merged into another.
        lost_words: Codings whose words are gone from the text.
        lost_voices: Turns that one copy gave another voice, and that the other joined with the
            turn before: the source and the offset in the merged text.
    """

    unified: list[Place] = field(default_factory=list)
    renamed: list[Place] = field(default_factory=list)
    moved_on: list[Place] = field(default_factory=list)
    lost_words: list[Place] = field(default_factory=list)
    lost_voices: list[tuple[Id, int]] = field(default_factory=list)


def copy_state(state: State) -> State:
    """The state with tables of its own; rows are never changed in place."""
    return {table: dict(rows) for table, rows in state.items()}


def rows_of(state: State, table: str) -> Table:
    """The rows of a table; none when the state does not have it."""
    return state.setdefault(table, {})


def point_elsewhere(state: State, shape: Shape, target: str, ids: Mapping[Id, Id]) -> None:
    """Give rows of a table other ids, and let everything that points to them follow."""
    if not ids:
        return
    _give_ids(rows_of(state, target), ids)
    for table, columns in shape.refs.items():
        named = [column for column, there in columns.items() if there == target]
        rows = rows_of(state, table)
        for column in named:
            changed = [(key, row) for key, row in rows.items() if row[column] in ids]
            for key, row in changed:
                rows[key] = {**row, column: ids[row[column]]}
            if column == "id":
                _give_ids(rows, ids)
    notes = rows_of(state, "notes")
    for key, row in list(notes.items()):
        if row["target_id"] in ids and MEMO_TABLES.get(row["target"]) == target:
            notes[key] = {**row, "target_id": ids[row["target_id"]]}


def _give_ids(rows: Table, ids: Mapping[Id, Id]) -> None:
    for old in [key for key in rows if key in ids]:
        row = rows.pop(old)
        new = ids[old]
        rows.setdefault(new, {**row, "id": new})
