"""Consents and requests of participants: acts, what lacks, and the receipt."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from kodebok.domain.case import Case, CaseKind
from kodebok.domain.consent import (
    ANSWER_WITHIN_DAYS,
    REMIND_AFTER_DAYS,
    Consent,
    Manner,
    Purpose,
    Request,
    RequestKind,
    standing_consent,
)
from kodebok.domain.ids import new_id
from kodebok.domain.text import canonicalise, fold_space
from kodebok.errors import WrongUseError
from kodebok.i18n import mark, plural_translator, translator
from kodebok.storage import cases, consents
from kodebok.study.card import checked_day
from kodebok.study.opening import Study

_ = translator("study")
_n = plural_translator("study")

PURPOSES = {
    Purpose.PARTICIPATION: mark("taking part"),
    Purpose.RECORDING: mark("recording of sound"),
    Purpose.QUOTES: mark("quotes in the text"),
    Purpose.SPECIAL: mark("special categories (health and the like)"),
    Purpose.CONTACT: mark("being contacted again"),
    Purpose.REUSE: mark("use in other research"),
    Purpose.ARCHIVE: mark("archiving"),
}
MANNERS = {
    Manner.WRITTEN: mark("in writing"),
    Manner.ORAL: mark("orally, on the recording"),
    Manner.DIGITAL: mark("digitally"),
}
REQUESTS = {
    RequestKind.ACCESS: mark("access"),
    RequestKind.CORRECTION: mark("correction"),
    RequestKind.RESTRICTION: mark("restriction"),
    RequestKind.OBJECTION: mark("objection"),
    RequestKind.DELETION: mark("deletion"),
}


_REQUEST_ACTS = {kind: f"request.{kind}" for kind in RequestKind}


def give_consent(
    study: Study,
    case: Case,
    *,
    given: str,
    purposes: Sequence[Purpose] = (Purpose.PARTICIPATION,),
    manner: Manner = Manner.WRITTEN,
    note: str = "",
) -> Consent:
    """Note that a participant consented.

    Raises:
        WrongUseError: K553, it is no participant; K552, a date that is none; K554, no purpose.
    """
    _check_participant(case)
    if not purposes:
        raise WrongUseError(
            _("a consent is to something"),
            _("use one or more of: {choices}", choices=", ".join(Purpose)),
            "K554",
        )
    ordered = tuple(purpose for purpose in Purpose if purpose in purposes)
    day, words = checked_day(given), fold_space(canonicalise(note))
    consent = Consent(new_id(), case.id, day, ordered, manner, note=words)
    with study.store.act("consent.give", study.coder.id, case.id) as act:
        consents.add_consent(act, consent)
    return consent


def withdraw_consent(study: Study, case: Case, day: str) -> list[Consent]:
    """Note that a participant withdrew what they consented to; the data stay until `withdraw`.

    Returns:
        The consents that ended.

    Raises:
        WrongUseError: K555, there is none that stands; K552, a date that is none.
    """
    ended = checked_day(day)
    standing = [c for c in consents.load_consents(study.store, case.id) if c.withdrawn is None]
    if not standing:
        raise WrongUseError(
            _("that participant has no consent that stands"),
            _("see 'kodebok consent list'"),
            "K555",
        )
    with study.store.act("consent.withdraw", study.coder.id, case.id) as act:
        for consent in standing:
            consents.end_consent(act, consent.id, ended)
    return consents.load_consents(study.store, case.id)


def receive_request(
    study: Study, case: Case, kind: RequestKind, received: str, note: str = ""
) -> Request:
    """Note that a participant asked for something.

    Raises:
        WrongUseError: K553, it is no participant; K552, a date that is none.
    """
    _check_participant(case)
    words = fold_space(canonicalise(note))
    request = Request(new_id(), case.id, kind, checked_day(received), note=words)
    with study.store.act(_REQUEST_ACTS[kind], study.coder.id, case.id) as act:
        consents.add_request(act, request)
    return request


def answer_request(study: Study, request: Request, answered: str, note: str = "") -> Request:
    """Note that a request was met.

    Raises:
        WrongUseError: K552, a date that is none; K556, a day before the request came.
    """
    day = checked_day(answered)
    if day < request.received:
        raise WrongUseError(
            _("the answer would be older than the request"), _("see to the dates"), "K556"
        )
    words = fold_space(canonicalise(note)) or request.note
    with study.store.act("request.answer", study.coder.id, request.case_id) as act:
        consents.answer_request(act, request.id, day, words)
    return find_request(study, request.id)


def find_request(study: Study, wanted: str) -> Request:
    """The request whose id begins so.

    Raises:
        WrongUseError: K557, there is none, or more than one.
    """
    found = [r for r in consents.load_requests(study.store) if wanted and r.id.startswith(wanted)]
    if len(found) != 1:
        raise WrongUseError(
            _("no single request has that id"), _("see 'kodebok consent list'"), "K557"
        )
    return found[0]


def _check_participant(case: Case) -> None:
    if case.kind is not CaseKind.PARTICIPANT:
        raise WrongUseError(
            _("a site cannot consent"), _("name a participant; see 'kodebok cases'"), "K553"
        )


def consent_words(held: Iterable[Consent], case_id: str) -> str:
    """A participant's consent in a few words."""
    own = [consent for consent in held if consent.case_id == case_id]
    standing = standing_consent(own, case_id)
    if standing:
        return standing.given
    if own:
        last = max(consent.withdrawn or "" for consent in own)
        return _("withdrawn {day}", day=last)
    return _("none")


def consent_warnings(study: Study, today: date) -> list[str]:
    """What cannot wait: withdrawn consents, and requests that nobody has answered."""
    people = _participants(study)
    held = consents.load_consents(study.store)
    open_ones = [r for r in consents.load_requests(study.store) if r.answered is None]
    withdrawn = sum(
        standing_consent(held, case.id) is None and any(c.case_id == case.id for c in held)
        for case in people
    )
    late = sum(request.days_open(today) > ANSWER_WITHIN_DAYS for request in open_ones)
    stopped = len({request.case_id for request in open_ones if request.kind.stops_use})
    waiting = sum(request.days_open(today) >= REMIND_AFTER_DAYS for request in open_ones) - late
    said = []
    if withdrawn:
        said.append(
            _n(
                "{n} participant has withdrawn: 'kodebok withdraw' removes what is here",
                "{n} participants have withdrawn: 'kodebok withdraw' removes what is here",
                withdrawn,
            )
        )
    if late:
        said.append(
            _n(
                "{n} request is older than a month, which is the limit: answer it",
                "{n} requests are older than a month, which is the limit: answer them",
                late,
            )
        )
    if stopped:
        said.append(
            _n(
                "{n} participant's data are not to be used until a request is answered",
                "{n} participants' data are not to be used until requests are answered",
                stopped,
            )
        )
    if waiting:
        said.append(
            _n(
                "{n} request has waited for two weeks",
                "{n} requests have waited for two weeks",
                waiting,
            )
        )
    return said


def lacking_consents(study: Study) -> list[str]:
    """A sentence on participants without any consent."""
    with_one = {consent.case_id for consent in consents.load_consents(study.store)}
    without = sum(case.id not in with_one for case in _participants(study))
    if not without:
        return []
    return [
        _n(
            "{n} participant has no consent noted",
            "{n} participants have no consent noted",
            without,
        )
    ]


def _participants(study: Study) -> list[Case]:
    return [case for case in cases.load_cases(study.store) if case.kind is CaseKind.PARTICIPANT]
