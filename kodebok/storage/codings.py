"""Codings, and the excerpts read out of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from kodebok.domain.code import CodeTree
from kodebok.domain.coding import Coding, Excerpt, Weight
from kodebok.domain.ids import now
from kodebok.storage.blind import seen
from kodebok.storage.database import Store
from kodebok.storage.history import Act
from kodebok.storage.rows import load_all, only, to_row
from kodebok.storage.search import CASE_OF_TURN

_CHANGEABLE = frozenset({"code_id", "start", "end", "text", "weight"})

# The turn that a passage begins in gives its voice, time and participant.
_EXCERPTS = f"""
SELECT c.id, s.name, c.source_id, k.name, c.code_id, c."start", c."end", c.text, p.label,
    t.start_ms, u.name, s.type IN ('notes', 'observation'), c.weight
FROM codings c
JOIN sources s ON s.id = c.source_id
JOIN users u ON u.id = c.coder_id
LEFT JOIN turns t ON t.id = (SELECT id FROM turns WHERE source_id = c.source_id
    AND "start" <= c."start" ORDER BY "start" DESC LIMIT 1)
LEFT JOIN speakers p ON p.id = t.speaker_id
LEFT JOIN cases k ON k.id = {CASE_OF_TURN}
"""


@dataclass(frozen=True, slots=True)
class ExcerptFilter:
    """Which coded passages are wanted; empty fields let all through.

    Attributes:
        variables: Name and value pairs that the participant has, all of them.
        overlapping: Ids of codes; the passage shares a character with a coding of one of them.
    """

    code_ids: tuple[str, ...] = ()
    source_ids: tuple[str, ...] = ()
    case_ids: tuple[str, ...] = ()
    coder_ids: tuple[str, ...] = ()
    variables: tuple[tuple[str, str], ...] = ()
    overlapping: tuple[str, ...] = ()

    def where(self, may_be_seen: tuple[str, list[Any]] = ("", [])) -> tuple[str, list[Any]]:
        """The condition in SQL, with its parameters.

        Args:
            may_be_seen: What lets through the other codings, `o`, that the viewer may see.
        """
        clauses: list[str] = []
        values: list[Any] = []
        for column, wanted in (
            ("c.code_id", self.code_ids),
            ("c.source_id", self.source_ids),
            (CASE_OF_TURN, self.case_ids),
            ("c.coder_id", self.coder_ids),
        ):
            if wanted:
                clauses.append(f"{column} IN ({_marks(wanted)})")
                values += wanted
        for name, value in self.variables:
            clauses.append(
                "EXISTS (SELECT 1 FROM case_values v JOIN variables n ON n.id = v.variable_id "
                "WHERE v.case_id = k.id AND n.name = ? AND v.value = ?)"
            )
            values += [name, value]
        if self.overlapping:
            clauses.append(
                "EXISTS (SELECT 1 FROM codings o WHERE o.source_id = c.source_id AND o.id != c.id "
                'AND o."start" < c."end" AND o."end" > c."start" '
                f"AND o.code_id IN ({_marks(self.overlapping)})"
                f"{' AND ' if may_be_seen[0] else ''}{may_be_seen[0]})"
            )
            values += [*self.overlapping, *may_be_seen[1]]
        return (f"WHERE {' AND '.join(clauses)}" if clauses else ""), values


def _marks(values: Iterable[str]) -> str:
    return ", ".join("?" for _ in values)


def load_excerpts(
    store: Store, tree: CodeTree, wanted: ExcerptFilter | None = None
) -> list[Excerpt]:
    """Coded passages with their setting, by source name and place in the text."""
    where, values = _and_seen(store, *(wanted or ExcerptFilter()).where(seen(store, "o.")), "c.")
    order = 'ORDER BY s.name, c."start", c."end", u.name, c.id'
    rows = store.rows(f"{_EXCERPTS} {where} {order}", values)
    paths = {code.id: tree.path(code.id) for code in tree}
    # In the order of the fields, since a study asks for thousands at a time.
    # fmt: off
    return [
        Excerpt(
            key, source, source_id, case, paths[code], code, start, end, text, label, ms, coder,
            bool(notes), Weight(weight) if weight else None,
        )
        for (
            key, source, source_id, case, code, start, end, text, label, ms, coder, notes, weight
        ) in rows
    ]
    # fmt: on


def load_codings(store: Store, source_id: str | None = None) -> list[Coding]:
    """The codings of one source, or of all, in the order of the text."""
    where, values = ("", []) if source_id is None else ("WHERE source_id = ?", [source_id])
    where, values = _and_seen(store, where, values)
    order = 'ORDER BY source_id, "start", "end", id'
    return load_all(store, Coding, "codings", f"{where} {order}", values)


def _and_seen(
    store: Store, where: str, values: list[Any], alias: str = ""
) -> tuple[str, list[Any]]:
    """A condition, and that the viewer may see the coding."""
    condition, more = seen(store, alias)
    if not condition:
        return where, values
    return (f"{where} AND {condition}" if where else f"WHERE {condition}"), [*values, *more]


def load_coding(store: Store, coding_id: str) -> Coding:
    """One coding; KeyError when there is none."""
    found = load_all(store, Coding, "codings", "WHERE id = ?", [coding_id])
    if not found:
        raise KeyError(coding_id)
    return found[0]


def find_coding_ids(store: Store, prefix: str) -> list[str]:
    """Ids of codings that begin so (at most ten)."""
    where, values = _and_seen(store, "WHERE substr(id, 1, ?) = ?", [len(prefix), prefix])
    rows = store.rows(f"SELECT id FROM codings {where} LIMIT 10", values)
    return [row[0] for row in rows]


def find_same_coding(store: Store, coding: Coding) -> str | None:
    """Id of a coding of the same passage, code and coder, or None."""
    found = store.row(
        'SELECT id FROM codings WHERE source_id = ? AND "start" = ? AND "end" = ? '
        "AND code_id = ? AND coder_id = ?",
        [coding.source_id, coding.start, coding.end, coding.code_id, coding.coder_id],
    )
    return found[0] if found else None


def load_spans(store: Store) -> list[tuple[str, int, int, str]]:
    """Source id, start, end and code id of every coding, by source and start."""
    where, values = _and_seen(store, "", [])
    return store.rows(
        f'SELECT source_id, "start", "end", code_id FROM codings {where} '
        'ORDER BY source_id, "start", "end" DESC',
        values,
    )


def add_coding(act: Act, coding: Coding) -> None:
    """Write a new coding."""
    act.insert("codings", to_row(coding, created=coding.created or now()))


def change_coding(act: Act, coding_id: str, **values: Any) -> bool:
    """Change a coding's code, borders (with its words) or weight; False when it was so."""
    return act.update("codings", coding_id, **only(values, _CHANGEABLE))


def remove_coding(act: Act, coding_id: str) -> None:
    """Remove a coding with its condensation and memos."""
    act.delete_where("condensations", "coding_id", coding_id)
    act.delete_where("notes", "target_id", coding_id)
    act.delete("codings", coding_id)


def move_coding(act: Act, coding: Coding, code_id: str) -> bool:
    """Give a coding another code within an act, or drop it where the same coding exists."""
    if coding.code_id == code_id:
        return False
    moved = Coding(
        coding.id, coding.source_id, code_id, coding.coder_id, coding.start, coding.end, coding.text
    )
    if find_same_coding(act.store, moved) is None:
        return change_coding(act, coding.id, code_id=code_id)
    remove_coding(act, coding.id)
    return True
