"""The project card's row; it can also be read of a study that is not open."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from kodebok.domain.card import Card
from kodebok.storage.database import Store
from kodebok.storage.history import Act
from kodebok.storage.peeking import peek_row
from kodebok.storage.rows import column_list, from_values, load_all, only, to_row

CHANGEABLE = frozenset(
    "reference legal_basis responsible data_class machine is_allowed place folder end_date "
    "afterwards".split()
)


def load_card(store: Store, project_id: str) -> Card:
    """The study's card; an empty one when nothing was written on it."""
    found = load_all(store, Card, "cards", "WHERE id = ?", [project_id])
    return found[0] if found else Card(project_id)


def change_card(act: Act, project_id: str, **values: Any) -> bool:
    """Write on the card; False when it said so already.

    Raises:
        KeyError: There is no such field.
    """
    only(values, CHANGEABLE)
    if act.store.row("SELECT 1 FROM cards WHERE id = ?", [project_id]) is None:
        act.insert("cards", to_row(Card(project_id)))
    return act.update("cards", project_id, **values)


def peek_card(folder: Path) -> Card | None:
    """The card of a study that is not open, without migrating or locking it.

    Returns:
        The card; None when the study has none, is in use, or cannot be read.
    """
    row = peek_row(folder, f"SELECT {column_list(Card)} FROM cards")
    return from_values(Card, row) if row else None
