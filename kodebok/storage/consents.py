"""Consents and requests of participants."""

from __future__ import annotations

from kodebok.domain.consent import Consent, Manner, Purpose, Request
from kodebok.storage.database import Store
from kodebok.storage.history import Act
from kodebok.storage.rows import load_all, to_row


def load_consents(store: Store, case_id: str | None = None) -> list[Consent]:
    """Consents, the oldest first; of one participant when one is named."""
    rest, parameters = _of_case(case_id)
    rows = store.rows(
        "SELECT id, case_id, given, purposes, manner, withdrawn, note FROM consents "
        f"{rest} ORDER BY given, rowid",
        parameters,
    )
    return [
        Consent(row_id, of_case, given, _purposes(purposes), Manner(manner), withdrawn, note)
        for row_id, of_case, given, purposes, manner, withdrawn, note in rows
    ]


def _purposes(stored: str) -> tuple[Purpose, ...]:
    return tuple(Purpose(name) for name in stored.split(",") if name)


def _of_case(case_id: str | None) -> tuple[str, list[str]]:
    return ("WHERE case_id = ?", [case_id]) if case_id else ("", [])


def add_consent(act: Act, consent: Consent) -> None:
    """Write a consent."""
    act.insert("consents", to_row(consent, purposes=",".join(consent.purposes)))


def end_consent(act: Act, consent_id: str, day: str) -> bool:
    """Note that a consent was withdrawn; False when it said so already."""
    return act.update("consents", consent_id, withdrawn=day)


def load_requests(store: Store, case_id: str | None = None) -> list[Request]:
    """Requests, the oldest first; of one participant when one is named."""
    rest, parameters = _of_case(case_id)
    return load_all(store, Request, "requests", f"{rest} ORDER BY received, rowid", parameters)


def add_request(act: Act, request: Request) -> None:
    """Write a request."""
    act.insert("requests", to_row(request))


def answer_request(act: Act, request_id: str, day: str, note: str) -> bool:
    """Note that a request was answered; False when it said so already."""
    return act.update("requests", request_id, answered=day, note=note)


def remove_case_facts(act: Act, case_id: str) -> None:
    """Remove a participant's consents and requests, before the participant goes."""
    act.delete_where("consents", "case_id", case_id)
    act.delete_where("requests", "case_id", case_id)
