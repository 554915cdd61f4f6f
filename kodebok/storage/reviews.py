"""Packages to a supervisor, their items, and the answers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kodebok.domain.review import ReviewAnswer, ReviewItem, ReviewPackage
from kodebok.storage.database import Store
from kodebok.storage.history import Act
from kodebok.storage.peeking import peek_row
from kodebok.storage.rows import load_all, only, to_row

SEND_KIND, RECEIVE_KIND, SETTLE_KIND = "review.send", "review.receive", "review.settle"
PLACE_KIND = "review.place"

_CHANGEABLE = frozenset(
    {"state", "reason", "settled", "coding_id", "is_resolved", "item_id"}
    | {"source_id", "start", "end"}
)


_WAITING = """
SELECT (SELECT COUNT(*) FROM review_packages AS sent WHERE sent.due != '' AND sent.due < ?
        AND NOT EXISTS (SELECT 1 FROM review_answers WHERE package_id = sent.id)),
    (SELECT COUNT(*) FROM review_answers AS one WHERE one.state = 'open'
        AND NOT EXISTS (SELECT 1 FROM review_answers AS above WHERE above.id = one.thread))
"""


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits in the loop.

    Attributes:
        overdue: Packages whose date has passed without an answer.
        undecided: Answers that are open; a reply in a thread is none.
    """

    overdue: int
    undecided: int


def count_waiting(store: Store, today: str) -> Waiting:
    """What waits on the day of that ISO date."""
    row = store.row(_WAITING, [today])
    return Waiting(*row) if row else Waiting(0, 0)


def peek_waiting(folder: Path, today: str) -> Waiting | None:
    """The same of a study that is not open; None when it cannot be read."""
    row = peek_row(folder, _WAITING, [today])
    return Waiting(*row) if row else None


def load_packages(store: Store) -> list[ReviewPackage]:
    """What was sent, the oldest first."""
    return load_all(store, ReviewPackage, "review_packages", "ORDER BY made, id")


def load_items(store: Store, package_id: str | None = None) -> list[ReviewItem]:
    """The items of one package in their order, or of all."""
    if package_id is None:
        return load_all(store, ReviewItem, "review_items", "ORDER BY package_id, position, id")
    where = "WHERE package_id = ? ORDER BY position, id"
    return load_all(store, ReviewItem, "review_items", where, [package_id])


def load_answers(store: Store) -> list[ReviewAnswer]:
    """All answers and replies, in the order in which they were received."""
    return load_all(store, ReviewAnswer, "review_answers", "ORDER BY received, rowid")


def load_marks(store: Store) -> set[str]:
    """Every printed id that was ever given and is still known."""
    return {row[0] for row in store.rows("SELECT mark FROM review_items")}


def is_received(store: Store, digest: str) -> bool:
    """Whether answers out of a file of that digest are kept."""
    found = store.row("SELECT 1 FROM review_answers WHERE file = ? LIMIT 1", [digest])
    return found is not None


def add_package(act: Act, package: ReviewPackage, items: Iterable[ReviewItem]) -> None:
    """Write a package that was sent, with what was in it."""
    act.insert("review_packages", to_row(package, form=str(package.form)))
    for item in items:
        act.insert("review_items", to_row(item, target=str(item.target)))


def add_answer(act: Act, answer: ReviewAnswer) -> None:
    """Write an answer."""
    row = {"kind": str(answer.kind), "state": str(answer.state)}
    act.insert("review_answers", to_row(answer, is_resolved=int(answer.is_resolved), **row))


def change_answer(act: Act, answer_id: str, **values: Any) -> bool:
    """Change what became of an answer, or what it is about; False when it was so."""
    return act.update("review_answers", answer_id, **only(values, _CHANGEABLE))


def forget_reviews_of(act: Act, source_id: str) -> None:
    """Remove what was sent of a source, and every answer to it."""
    items = act.store.rows("SELECT id FROM review_items WHERE source_id = ?", [source_id])
    for (item_id,) in items:
        act.delete_where("review_answers", "item_id", item_id)
    act.delete_where("review_answers", "source_id", source_id)
    act.delete_where("review_items", "source_id", source_id)
