"""Codes: the codebook's rows."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any

from kodebok.domain.code import Code, CodeTree
from kodebok.domain.ids import now
from kodebok.errors import WrongUseError
from kodebok.i18n import translator
from kodebok.storage.blind import seen
from kodebok.storage.database import Store
from kodebok.storage.history import Act
from kodebok.storage.rows import column_list, from_values, only, to_row

_ = translator("storage")

_CHANGEABLE = frozenset(
    "name parent_id position definition use_when not_when example origin color letter question "
    "theory".split()
)

_THEORY = [item.name for item in fields(Code)].index("theory")


def load_code_tree(store: Store) -> CodeTree:
    """The whole codebook."""
    rows = store.rows(f"SELECT {column_list(Code)} FROM codes")
    return CodeTree(_code(row) for row in rows)


def _code(row: tuple[Any, ...]) -> Code:
    values = list(row)
    values[_THEORY] = tuple(json.loads(values[_THEORY]))
    return from_values(Code, tuple(values))


def add_code(act: Act, code: Code) -> None:
    """Write a new code."""
    theory = json.dumps(code.theory, ensure_ascii=False)
    act.insert("codes", to_row(code, theory=theory, created=code.created or now()))


def change_code(act: Act, code_id: str, **values: Any) -> bool:
    """Change fields of a code; False when they were so already.

    Raises:
        WrongUseError: The code would stand under itself.
    """
    changed = only(values, _CHANGEABLE)
    if changed.get("parent_id"):
        _refuse_circle(act.store, code_id, changed["parent_id"])
    if "theory" in changed:
        changed["theory"] = json.dumps(changed["theory"], ensure_ascii=False)
    return act.update("codes", code_id, **changed)


def _refuse_circle(store: Store, code_id: str, parent_id: str) -> None:
    found = store.row(
        "WITH RECURSIVE above (id) AS (SELECT ? UNION SELECT c.parent_id FROM codes c "
        "JOIN above a ON c.id = a.id) SELECT 1 FROM above WHERE id = ?",
        [parent_id, code_id],
    )
    if found:
        raise WrongUseError(
            _("a code cannot stand under itself"), _("choose another place for it"), "K216"
        )


def remove_code(act: Act, code_id: str) -> None:
    """Remove a code with its codings, memos, condensations and links.

    Its children stay, under the code that it stood under itself.
    """
    store = act.store
    parent = store.row("SELECT parent_id FROM codes WHERE id = ?", [code_id])
    for (child_id,) in store.rows("SELECT id FROM codes WHERE parent_id = ?", [code_id]):
        act.update("codes", child_id, parent_id=parent[0] if parent else None)
    for (coding_id,) in store.rows("SELECT id FROM codings WHERE code_id = ?", [code_id]):
        act.delete_where("condensations", "coding_id", coding_id)
        act.delete_where("notes", "target_id", coding_id)
    for table in ("codings", "condensations", "asked", "theme_codes"):
        act.delete_where(table, "code_id", code_id)
    act.delete_where("notes", "target_id", code_id)
    act.delete("summaries", code_id)
    for (quote_id,) in store.rows("SELECT id FROM quotes WHERE code_id = ?", [code_id]):
        act.update("quotes", quote_id, code_id=None)
    act.delete("codes", code_id)


def move_uses(act: Act, from_id: str, into_id: str) -> None:
    """Give what hangs on one code to another; what that one has already is dropped.

    Memos and condensations of a coding that is dropped go over to its twin.
    """
    store = act.store
    for table in ("codings", "quotes", "condensations", "asked", "theme_codes"):
        for (row_id,) in store.rows(f"SELECT id FROM {table} WHERE code_id = ?", [from_id]):
            twin_id = _twin_of(store, table, row_id, into_id)
            if twin_id is None:
                act.update(table, row_id, code_id=into_id)
                continue
            if table == "codings":
                _move_to_twin(act, row_id, twin_id)
            act.delete(table, row_id)
    for (note_id,) in store.rows("SELECT id FROM notes WHERE target_id = ?", [from_id]):
        act.update("notes", note_id, target_id=into_id)


def _move_to_twin(act: Act, coding_id: str, twin_id: str) -> None:
    store = act.store
    for (note_id,) in store.rows("SELECT id FROM notes WHERE target_id = ?", [coding_id]):
        act.update("notes", note_id, target_id=twin_id)
    if store.row("SELECT 1 FROM condensations WHERE coding_id = ?", [twin_id]):
        act.delete_where("condensations", "coding_id", coding_id)
    for (row_id,) in store.rows("SELECT id FROM condensations WHERE coding_id = ?", [coding_id]):
        act.update("condensations", row_id, coding_id=twin_id)


# What makes two rows of a table the same but for their code.
_TWIN_COLUMNS = {
    "codings": ("source_id", "start", "end", "coder_id"),
    "condensations": ("case_id",),
    "asked": ("source_id",),
    "theme_codes": ("theme_id",),
}


def _twin_of(store: Store, table: str, row_id: str, code_id: str) -> str | None:
    columns = _TWIN_COLUMNS.get(table)
    if columns is None:
        return None
    same = " AND ".join(f'a."{name}" IS b."{name}"' for name in columns)
    found = store.row(
        f"SELECT b.id FROM {table} a, {table} b WHERE a.id = ? AND b.code_id = ? AND {same}",
        [row_id, code_id],
    )
    return found[0] if found else None


def count_codings(store: Store) -> dict[str, int]:
    """Number of codings by code id."""
    condition, values = seen(store)
    where = f"WHERE {condition}" if condition else ""
    return dict(
        store.rows(f"SELECT code_id, count(*) FROM codings {where} GROUP BY code_id", values)
    )


def load_summaries(store: Store) -> dict[str, str]:
    """The author's closing mini-summaries, by code id."""
    return dict(store.rows("SELECT id, text FROM summaries"))


def write_summary(act: Act, code_id: str, text: str) -> None:
    """Set the mini-summary of a code; an empty one is removed."""
    if not text.strip():
        act.delete("summaries", code_id)
    elif act.store.row("SELECT 1 FROM summaries WHERE id = ?", [code_id]):
        act.update("summaries", code_id, text=text)
    else:
        act.insert("summaries", {"id": code_id, "text": text})
