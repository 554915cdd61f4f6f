"""The steps of a study's end that were taken, and answers on indirect identification."""

from __future__ import annotations

from dataclasses import dataclass

from kodebok.domain.ids import now
from kodebok.storage.database import Store
from kodebok.storage.history import Act
from kodebok.storage.rows import load_all


@dataclass(frozen=True, slots=True)
class EndRecord:
    """A step taken, or a question answered.

    Attributes:
        id: Which; a question's begins with `question:`.
        state: What was done, or `yes` or `no`.
        answer: What was said to it, in the researcher's words.
        at: UTC time, ISO 8601.
    """

    id: str
    state: str
    answer: str = ""
    at: str = ""


def load_end(store: Store) -> dict[str, EndRecord]:
    """What is noted of the end, by id."""
    return {one.id: one for one in load_all(store, EndRecord, "end_steps", "ORDER BY at, id")}


def note_end(act: Act, record_id: str, state: str, answer: str = "") -> None:
    """Note a step or an answer, in place of an earlier one."""
    values = {"state": state, "answer": answer, "at": now()}
    if record_id in load_end(act.store):
        act.update("end_steps", record_id, **values)
    else:
        act.insert("end_steps", {"id": record_id, **values})
