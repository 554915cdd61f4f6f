"""Cases, variables and their values."""

from __future__ import annotations

from dataclasses import replace

from kodebok.domain.case import Case, CaseKind, Variable, VariableKind
from kodebok.domain.ids import new_id
from kodebok.storage.consents import remove_case_facts
from kodebok.storage.database import Store
from kodebok.storage.history import Act
from kodebok.storage.rows import load_all


def load_cases(store: Store) -> list[Case]:
    """All cases by name, with their values."""
    values: dict[str, dict[str, str]] = {}
    for case_id, name, value in store.rows(
        "SELECT v.case_id, n.name, v.value FROM case_values v "
        "JOIN variables n ON n.id = v.variable_id ORDER BY n.position"
    ):
        values.setdefault(case_id, {})[name] = value
    rows = store.rows("SELECT id, name, kind, site_id FROM cases ORDER BY name")
    return [
        Case(case_id, name, CaseKind(kind), site_id, values.get(case_id, {}))
        for case_id, name, kind, site_id in rows
    ]


def load_variables(store: Store) -> list[Variable]:
    """All variables in the order in which they were made."""
    return load_all(store, Variable, "variables", "ORDER BY position, id")


def add_case(act: Act, name: str, kind: CaseKind = CaseKind.PARTICIPANT) -> Case:
    """A new case without values."""
    case = Case(new_id(), name, kind)
    act.insert("cases", {"id": case.id, "name": name, "kind": kind, "site_id": None})
    return case


def change_case(act: Act, case_id: str, **values: str | None) -> bool:
    """Change a case's name, kind or site; False when they were so."""
    return act.update("cases", case_id, **values)


def add_variable(act: Act, name: str, kind: VariableKind = VariableKind.TEXT) -> Variable:
    """A new variable."""
    variable = Variable(new_id(), name, kind)
    last = act.store.rows("SELECT max(position) FROM variables")[0][0]
    position = 0 if last is None else last + 1
    act.insert("variables", {"id": variable.id, "name": name, "kind": kind, "position": position})
    return variable


def set_value(act: Act, case: Case, variable: Variable, value: str) -> Case:
    """Give a case a value; an empty one removes it.

    Returns:
        The case with its new values.
    """
    key = [case.id, variable.id]
    found = act.store.row("SELECT id FROM case_values WHERE case_id = ? AND variable_id = ?", key)
    values = {name: v for name, v in case.values.items() if name != variable.name}
    if not value:
        if found:
            act.delete("case_values", found[0])
        return replace(case, values=values)
    if found:
        act.update("case_values", found[0], value=value)
    else:
        row = {"id": new_id(), "case_id": case.id, "variable_id": variable.id, "value": value}
        act.insert("case_values", row)
    return replace(case, values={**values, variable.name: value})


def remove_case(act: Act, case_id: str) -> None:
    """Remove a case; its sources and voices stay, without a participant."""
    store = act.store
    for table in ("sources", "speakers"):
        for (row_id,) in store.rows(f"SELECT id FROM {table} WHERE case_id = ?", [case_id]):
            act.update(table, row_id, case_id=None)
    for (row_id,) in store.rows("SELECT id FROM cases WHERE site_id = ?", [case_id]):
        act.update("cases", row_id, site_id=None)
    act.delete_where("case_values", "case_id", case_id)
    act.delete_where("condensations", "case_id", case_id)
    act.delete_where("notes", "target_id", case_id)
    remove_case_facts(act, case_id)
    act.delete("cases", case_id)


def remove_variable(act: Act, variable_id: str) -> None:
    """Remove a variable with all its values."""
    act.delete_where("case_values", "variable_id", variable_id)
    act.delete("variables", variable_id)
