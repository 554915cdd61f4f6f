"""Wonderings: passages at which a reader was surprised."""

from __future__ import annotations

from kodebok.domain.ids import now
from kodebok.domain.wondering import Wondering
from kodebok.storage.blind import seen
from kodebok.storage.database import Store
from kodebok.storage.history import Act
from kodebok.storage.rows import load_all, to_row

ADD_KIND, CHANGE_KIND, REMOVE_KIND = "wondering.add", "wondering.change", "wondering.remove"


def load_wonderings(store: Store, source_id: str | None = None) -> list[Wondering]:
    """The wonderings of one source in the order of its text, or all, source by source."""
    order = 'ORDER BY source_id, "start", "end", id'
    condition, values = seen(store)
    conditions = [condition] if condition else []
    if source_id is not None:
        conditions.append("source_id = ?")
        values.append(source_id)
    where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
    return load_all(store, Wondering, "wonderings", f"{where} {order}", values)


def find_wondering_ids(store: Store, prefix: str) -> list[str]:
    """Ids of wonderings that begin so (at most ten)."""
    rows = store.rows(
        "SELECT id FROM wonderings WHERE substr(id, 1, ?) = ? LIMIT 10", [len(prefix), prefix]
    )
    return [row[0] for row in rows]


def add_wondering(act: Act, wondering: Wondering) -> None:
    """Write a new wondering."""
    act.insert("wonderings", to_row(wondering, created=wondering.created or now()))


def change_wondering(act: Act, wondering_id: str, *, surprise: str, theory: str) -> bool:
    """Change what surprises, and against which theory; False when they were so."""
    return act.update("wonderings", wondering_id, surprise=surprise, theory=theory)


def remove_wondering(act: Act, wondering_id: str) -> None:
    """Remove a wondering."""
    act.delete("wonderings", wondering_id)
