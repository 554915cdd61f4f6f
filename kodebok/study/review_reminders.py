"""What waits in the supervisor's loop: packages without an answer, answers without a decision."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from kodebok.i18n import plural_translator
from kodebok.storage import reviews
from kodebok.storage.database import Store

_n = plural_translator("study")


def review_reminders(store: Store, today: date) -> list[str]:
    """Sentences on what waits in an open study."""
    return _in_words(reviews.count_waiting(store, today.isoformat()))


def peeked_reminders(folder: Path, today: date) -> list[str]:
    """The same of a study that is not open."""
    waiting = reviews.peek_waiting(folder, today.isoformat())
    return _in_words(waiting) if waiting else []


def _in_words(waiting: reviews.Waiting) -> list[str]:
    said = []
    if waiting.overdue:
        said.append(
            _n(
                "{n} package to a supervisor has no answer, and its date has passed: "
                "see 'kodebok review sent'",
                "{n} packages to a supervisor have no answer, and their dates have passed: "
                "see 'kodebok review sent'",
                waiting.overdue,
            )
        )
    if waiting.undecided:
        said.append(
            _n(
                "{n} answer from a supervisor waits for your decision: see 'kodebok review'",
                "{n} answers from a supervisor wait for your decision: see 'kodebok review'",
                waiting.undecided,
            )
        )
    return said
