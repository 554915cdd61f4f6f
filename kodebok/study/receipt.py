"""Receipts for what a participant asked for: they name no one, and hold nothing that was typed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from kodebok.domain.case import Case
from kodebok.domain.coding import Coding
from kodebok.domain.consent import Consent, Request, RequestKind, short_case_id
from kodebok.domain.note import Target
from kodebok.domain.quote import Quote
from kodebok.export.document import Block, Cell, Document, ParagraphKind, Table, paragraph
from kodebok.i18n import mark, translator_to
from kodebok.storage import consents, notes, quotes, sources
from kodebok.storage.codings import load_codings
from kodebok.study.consent import MANNERS, PURPOSES, REQUESTS
from kodebok.study.opening import Study

_RIGHTS = {
    RequestKind.ACCESS: mark(
        "The participant has a right to know what is held, and to get a copy of it."
    ),
    RequestKind.CORRECTION: mark("The participant has a right to have what is wrong put right."),
    RequestKind.RESTRICTION: mark(
        "Until it is answered, the data are kept but not used in the analysis."
    ),
    RequestKind.OBJECTION: mark(
        "Until it is answered, the data are kept but not used in the analysis."
    ),
    RequestKind.DELETION: mark(
        "Until it is answered, the data are kept but not used in the analysis."
    ),
}


def consent_receipt(study: Study, case: Case, *, language: str = "", made_on: str = "") -> Document:
    """What a participant consented to, when, and when it ended."""
    lang = language or study.project().language
    say = translator_to(lang, "study")
    blocks: list[Block] = [
        paragraph(ParagraphKind.HEADING_1, say("Receipt: consent")),
        paragraph(ParagraphKind.BODY, _of_whom(case, lang)),
    ]
    held = consents.load_consents(study.store, case.id)
    if held:
        blocks.append(_consent_table(held, lang))
    else:
        blocks.append(paragraph(ParagraphKind.BODY, say("No consent is noted.")))
    return Document(say("Receipt: consent"), lang, (*blocks, _closing(lang, made_on)), made_on)


def request_receipt(
    study: Study, case: Case, request: Request, *, language: str = "", made_on: str = ""
) -> Document:
    """What a participant asked for, when, what is held, and when it was answered."""
    lang = language or study.project().language
    say = translator_to(lang, "study")
    title = say("Receipt: {what}", what=say(REQUESTS[request.kind]))
    answered = request.answered or say("not answered yet")
    facts: tuple[tuple[str, Cell], ...] = (
        (say("Received"), request.received),
        (say("Answered"), answered),
        *_what_is_held(study, case, lang),
    )
    blocks = (
        paragraph(ParagraphKind.HEADING_1, title),
        paragraph(ParagraphKind.BODY, _of_whom(case, lang)),
        paragraph(ParagraphKind.BODY, say(_RIGHTS[request.kind])),
        Table((say("What"), say("Value")), facts, widths=(3, 2)),
        _closing(lang, made_on),
    )
    return Document(title, lang, blocks, made_on)


def _of_whom(case: Case, lang: str) -> str:
    say = translator_to(lang, "study")
    return say("Participant {id} in the study's own numbering.", id=short_case_id(case.id))


def _consent_table(held: list[Consent], lang: str) -> Table:
    say = translator_to(lang, "study")
    header = (say("Given"), say("To what"), say("How"), say("Withdrawn"))
    rows = tuple(
        (
            consent.given,
            ", ".join(say(PURPOSES[purpose]) for purpose in consent.purposes),
            say(MANNERS[consent.manner]),
            consent.withdrawn or say("stands"),
        )
        for consent in held
    )
    return Table(header, rows, widths=(2, 5, 3, 2))


def _what_is_held(study: Study, case: Case, lang: str) -> list[tuple[str, int]]:
    """Counts of what the study holds of a participant."""
    store, say = study.store, translator_to(lang, "study")
    voices = {s.id: s.source_id for s in sources.load_speakers(store) if s.case_id == case.id}
    own = {s.id for s in sources.load_sources(store) if s.case_id == case.id}
    spoken = own | set(voices.values())
    turns = [
        turn
        for source_id in spoken
        for turn in sources.load_turns(store, source_id)
        if turn.speaker_id in voices
    ]
    return [
        (say("Sources with this voice"), len(spoken)),
        (say("Turns"), len(turns)),
        (say("Coded passages in these sources"), _count_in(load_codings(store), spoken)),
        (say("Chosen quotes from these sources"), _count_in(quotes.load_quotes(store), spoken)),
        (say("Background variables"), len(case.values)),
        (say("Memos on the participant"), len(notes.load_notes(store, Target.CASE, case.id))),
    ]


def _count_in(placed: Iterable[Coding] | Iterable[Quote], source_ids: set[str]) -> int:
    return sum(item.source_id in source_ids for item in placed)


def _closing(lang: str, made_on: str) -> Block:
    say = translator_to(lang, "study")
    day = made_on or date.today().isoformat()  # noqa: DTZ011 - the user's own day
    return paragraph(
        ParagraphKind.CLOSING, say("Made by kodebok on {day}. The receipt names no one.", day=day)
    )
