"""A row in every table of a study's life, its words given by a function of table and column."""

from __future__ import annotations

from collections.abc import Callable

from kodebok.domain.consent import Consent, Request, RequestKind
from kodebok.domain.departure import Backup, Departure
from kodebok.domain.ids import new_id
from kodebok.storage import card, consents, departures, ending
from kodebok.storage.history import Act


def write_life(act: Act, project_id: str, case_id: str, word: Callable[[str, str], str]) -> None:
    """Write a card, a consent, a request, a file that left and a backup."""
    names = ("reference", "responsible", "place", "folder", "end_date")
    card.change_card(act, project_id, **{name: word("cards", name) for name in names})
    given, withdrawn = word("consents", "given"), word("consents", "withdrawn")
    note = word("consents", "note")
    consents.add_consent(act, Consent(new_id(), case_id, given, withdrawn=withdrawn, note=note))
    received, answered = word("requests", "received"), word("requests", "answered")
    kind, note = RequestKind.ACCESS, word("requests", "note")
    consents.add_request(act, Request(new_id(), case_id, kind, received, answered, note))
    name = word("departures", "file_name")
    departures.add_departure(act, Departure(new_id(), "word", name, "0" * 64, 1, act.at))
    departures.add_backup(act, Backup(new_id(), word("backups", "file_name"), "0" * 64, 1, act.at))
    departures.add_erasures(act, ["erased"])
    ending.note_end(act, "question:places", "no", word("end_steps", "answer"))
