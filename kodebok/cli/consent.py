"""`kodebok consent`: what participants agreed to, and what they ask for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kodebok.cli.base import argument, new_group, option
from kodebok.cli.output import Column, Item, show, write, write_text
from kodebok.cli.session import Session, tell, with_session
from kodebok.domain.consent import Manner, Purpose, RequestKind
from kodebok.errors import WrongUseError
from kodebok.i18n import mark, translator

if TYPE_CHECKING:
    from kodebok.domain.case import Case
    from kodebok.domain.consent import Consent, Request
    from kodebok.export.document import Document

_ = translator("cli")

_ENDINGS = {".txt": "text", ".docx": "docx", ".html": "html"}


def checked_receipt(_ctx: click.Context, _param: click.Parameter, path: Path | None) -> Path | None:
    """The receipt's path, seen to before anything is noted.

    Raises:
        WrongUseError: The file's ending is none that a receipt has (K640).
    """
    if path is not None and path.suffix.lower() not in _ENDINGS:
        raise WrongUseError(
            _("a receipt cannot be a file of that ending"),
            _("let the name end in one of: {choices}", choices="txt, docx, html"),
            "K640",
        )
    return path


_case = argument("case", mark("The participant's name or id."))
_on = option("--on", metavar="DATE", help=mark("The day; today when not named."))
_note = option("--note", default="", metavar="TEXT", help=mark("For yourself; on no receipt."))
_receipt = option(
    "--receipt", type=click.Path(path_type=Path), metavar="FILE", callback=checked_receipt,
    help=mark("Write the receipt, which names no one: .txt, .docx or .html."),
)  # fmt: skip


@new_group(mark("Consents of participants, and what they ask for; without a command: list."))
def command() -> None:
    """Consents."""


@command.command("list", help=mark("List participants with their consents and requests."))
@with_session
def list_consents(session: Session) -> None:
    """Print all."""
    from kodebok.domain.case import CaseKind
    from kodebok.storage import cases, consents

    held, asked = consents.load_consents(session.store), consents.load_requests(session.store)
    people = [c for c in cases.load_cases(session.store) if c.kind is CaseKind.PARTICIPANT]
    items = [_item(case, held, asked) for case in people]
    if session.json:
        show(session, "consents", items, [])
        return
    rows = [_row(case, item, held) for case, item in zip(people, items, strict=True)]
    columns = [
        Column(_("Name"), "name"),
        Column(_("Consent"), "consent"),
        Column(_("To what"), "purposes", width=40),
        Column(_("Requests"), "requests", width=40),
    ]
    show(session, "consents", rows, columns)


def _item(case: Case, held: list[Consent], asked: list[Request]) -> Item:
    return {
        "id": case.id,
        "name": case.name,
        "consents": [
            {
                "id": consent.id,
                "given": consent.given,
                "purposes": list(consent.purposes),
                "manner": consent.manner,
                "withdrawn": consent.withdrawn,
            }
            for consent in held
            if consent.case_id == case.id
        ],
        "requests": [
            {
                "id": request.id,
                "kind": request.kind,
                "received": request.received,
                "answered": request.answered,
            }
            for request in asked
            if request.case_id == case.id
        ],
    }


def _row(case: Case, item: Item, held: list[Consent]) -> Item:
    from kodebok.domain.consent import standing_consent
    from kodebok.i18n import translator as translator_of
    from kodebok.study.consent import PURPOSES, REQUESTS, consent_words

    say = translator_of("study")
    standing = standing_consent(held, case.id)
    requests = (
        f"{request['id'][:8]} {say(REQUESTS[request['kind']])} "
        f"{request['answered'] or _('open since {day}', day=request['received'])}"
        for request in item["requests"]
    )
    return {
        "name": case.name,
        "consent": consent_words(held, case.id),
        "purposes": [say(PURPOSES[p]) for p in standing.purposes] if standing else [],
        "requests": list(requests),
    }


@command.command("give", help=mark("Note that a participant consented."))
@_case
@_on
@option(
    "--to", "purposes", type=click.Choice([str(p) for p in Purpose]), multiple=True,
    help=mark("What the consent covers; may be given several times."),
)  # fmt: skip
@option(
    "--how", type=click.Choice([str(m) for m in Manner]), default="written", show_default=True,
    help=mark("How it was given."),
)  # fmt: skip
@_note
@_receipt
@with_session
def give(
    session: Session, case: str, on: str | None, purposes: tuple[str, ...], how: str, note: str,
    receipt: Path | None,
) -> None:  # fmt: skip
    """Note one."""
    from kodebok.study.consent import give_consent
    from kodebok.study.receipt import consent_receipt

    found = _find(session, case)
    wanted = tuple(Purpose(name) for name in purposes) or (Purpose.PARTICIPATION,)
    give_consent(
        session.study, found, given=_day(on), purposes=wanted, manner=Manner(how), note=note
    )
    hand_out(session, consent_receipt(session.study, found), receipt)


@command.command("withdraw", help=mark("Note that a participant withdrew the consent."))
@_case
@_on
@_receipt
@with_session
def withdraw(session: Session, case: str, on: str | None, receipt: Path | None) -> None:
    """Note it; the data are removed by another command."""
    from kodebok.study.consent import withdraw_consent
    from kodebok.study.receipt import consent_receipt

    found = _find(session, case)
    withdraw_consent(session.study, found, _day(on))
    tell(_("The data are still here. 'kodebok withdraw {name}' removes them.", name=found.name))
    hand_out(session, consent_receipt(session.study, found), receipt)


@command.command("request", help=mark("Note what a participant asks for."))
@_case
@argument(
    "kind", mark("access, correction, restriction, objection or deletion."),
    type=click.Choice([str(kind) for kind in RequestKind]), metavar="KIND",
)  # fmt: skip
@_on
@_note
@_receipt
@with_session
def request(
    session: Session, case: str, kind: str, on: str | None, note: str, receipt: Path | None
) -> None:
    """Note it, and say what to do."""
    from kodebok.study.consent import receive_request
    from kodebok.study.receipt import request_receipt

    found = _find(session, case)
    made = receive_request(session.study, found, RequestKind(kind), _day(on), note)
    tell(_what_to_do(made.kind, found.name))
    tell(_("When it is done: kodebok consent answer {id}", id=made.id[:8]))
    hand_out(session, request_receipt(session.study, found, made), receipt)


def _what_to_do(kind: RequestKind, name: str) -> str:
    if kind is RequestKind.ACCESS:
        return _("Give a copy: 'kodebok export text' of each source, and the receipt.")
    if kind is RequestKind.CORRECTION:
        return _("Put it right: 'kodebok correct' or 'kodebok cases set'.")
    if kind is RequestKind.RESTRICTION:
        return _("Leave {name} out of the analysis and of exports until it is answered.", name=name)
    return _("'kodebok withdraw {name}' shows first what it would remove.", name=name)


@command.command("answer", help=mark("Note that a request was met."))
@argument("request_id", mark("The beginning of the request's id."), metavar="ID")
@_on
@_note
@_receipt
@with_session
def answer(
    session: Session, request_id: str, on: str | None, note: str, receipt: Path | None
) -> None:
    """Note it."""
    from kodebok.storage import cases
    from kodebok.study.consent import answer_request, find_request
    from kodebok.study.receipt import request_receipt

    met = answer_request(session.study, find_request(session.study, request_id), _day(on), note)
    case = next(c for c in cases.load_cases(session.store) if c.id == met.case_id)
    hand_out(session, request_receipt(session.study, case, met), receipt)


def _find(session: Session, name: str) -> Case:
    from kodebok.coding.naming import find_case

    return find_case(session.store, name)


def _day(typed: str | None) -> str:
    from kodebok.study.card import local_today

    return typed if typed is not None else local_today().isoformat()


def hand_out(session: Session, document: Document, path: Path | None) -> None:
    """Print the receipt, or write it where it is wanted."""
    from kodebok.export.privacy_page import document_text
    from kodebok.study.privacy import write_document

    if path is None:
        write_text(document_text(document))
        return
    form = _ENDINGS[path.suffix.lower()]
    for sentence in write_document(session.study, document, path, form, "receipt"):
        tell(sentence)
    write(f"{path}\n")
