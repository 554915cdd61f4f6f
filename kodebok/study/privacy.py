"""The privacy page: where data lie, what ran, what left, what risk is left; no one is named.

Of what was typed only the reference number, the approved place and dates are printed; of paths
only what does not say whose machine it is.
"""

from __future__ import annotations

import getpass
from collections import Counter
from pathlib import Path

from kodebok.domain.card import Card
from kodebok.domain.consent import RequestKind
from kodebok.export.document import Block, Cell, Document, ParagraphKind, Table, paragraph
from kodebok.export.privacy_page import document_bytes
from kodebok.i18n import mark, translator_to
from kodebok.paths import user_data_dir, user_state_dir
from kodebok.storage import consents, departures, sources
from kodebok.storage.processed import Processed, load_processed
from kodebok.study.card import VALUES, load_card, local_today
from kodebok.study.consent import REQUESTS
from kodebok.study.departing import RECIPIENTS, log_export
from kodebok.study.gating import study_gate
from kodebok.study.opening import Study
from kodebok.study.privacy_forms import form_blocks
from kodebok.study.residual_risk import sample_result, sample_words

_RUNS = {
    "code": mark("codes for new passages"),
    "group": mark("groups of passages"),
    "unexplained": mark("passages without a code"),
    "more": mark("more passages for a code"),
}
_TYPES = {
    "person": mark("persons"),
    "place": mark("places"),
    "organisation": mark("organisations"),
    "number": mark("numbers"),
    "date": mark("dates"),
    "age": mark("ages"),
    "contact": mark("ways of contact"),
    "address": mark("addresses"),
    "role": mark("roles"),
    "other": mark("other"),
}


def privacy_document(study: Study, *, language: str = "", made_on: str = "") -> Document:
    """The page as the study stands now."""
    lang = language or study.project().language
    say = translator_to(lang, "study")
    day = made_on or local_today().isoformat()
    card, done = load_card(study), load_processed(study.store)
    blocks: list[Block] = [
        paragraph(ParagraphKind.HEADING_1, say("Privacy in this study")),
        paragraph(
            ParagraphKind.BODY,
            say("Made by kodebok on {day} from the study itself. It names no one.", day=day),
        ),
        *_card_blocks(card, lang),
        *_place_blocks(study, lang),
        *_process_blocks(study, done, lang),
        *_departure_blocks(study, lang),
        *_people_blocks(study, lang),
        *_risk_blocks(study, done, lang),
        *form_blocks(card, done, lang),
    ]
    return Document(say("Privacy in this study"), lang, tuple(blocks), day)


def write_privacy_page(
    study: Study, path: Path, form: str, *, language: str = "", overwrite: bool = False
) -> tuple[str, ...]:
    """Write the page through the gate.

    Returns:
        What the gate said.

    Raises:
        WrongUseError: There is a file of that name.
        ProtectionError: The gate stops it.
        KodebokError: The disk is full, or cannot be written.
    """
    return write_document(
        study,
        privacy_document(study, language=language),
        path,
        form,
        "privacy",
        overwrite=overwrite,
    )


def write_document(
    study: Study, document: Document, path: Path, form: str, kind: str, *, overwrite: bool = False
) -> tuple[str, ...]:
    """Write a document that names no one through the gate, and note that it was made."""
    from kodebok.export.write import write_export

    content = document_bytes(document, form)
    verdict = write_export(path, content, study_gate(study), kind=kind, overwrite=overwrite)
    log_export(study, path, kind, content)
    return verdict.sentences


def _heading(text: str) -> Block:
    return paragraph(ParagraphKind.HEADING_2, text)


def _card_blocks(card: Card, lang: str) -> list[Block]:
    say = translator_to(lang, "study")
    unknown = say("not noted")
    rows: tuple[tuple[Cell, ...], ...] = (
        (say("Reference number (SIKT, REK)"), card.reference or unknown),
        (say("Legal basis"), say(VALUES[card.legal_basis]) if card.legal_basis else unknown),
        (say("Class of the data"), say(VALUES[card.data_class]) if card.data_class else unknown),
        (say("Approved place of storage"), card.place or unknown),
        (say("End date"), card.end_date or unknown),
        (say("What happens then"), say(VALUES[card.afterwards]) if card.afterwards else unknown),
    )
    return [_heading(say("The project")), Table((say("What"), say("Value")), rows, widths=(2, 3))]


def shown_path(path: Path) -> str:
    """A path without the part that says whose machine it is."""
    resolved, home = path.expanduser().absolute(), Path.home().absolute()
    if resolved.is_relative_to(home):
        return str(Path("~") / resolved.relative_to(home))
    try:
        user = getpass.getuser().casefold()
    except (KeyError, OSError):
        user = ""
    return str(Path(*("…" if part.casefold() == user else part for part in resolved.parts)))


def _place_blocks(study: Study, lang: str) -> list[Block]:
    say = translator_to(lang, "study")
    yes, no = say("yes"), say("no")
    made = departures.load_backups(study.store)
    last = made[-1].made[:10] if made else say("none")
    here = shown_path(study.folder)
    rows: tuple[tuple[Cell, ...], ...] = (
        (say("texts, codings, memos, log (kodebok.db)"), here, yes),
        (say("copies of that file, one a day for fourteen days"), f"{here}/copies", yes),
        (say("sound"), f"{here}/audio", yes),
        (say("files that were made"), f"{here}/exports", yes),
        (say("settings (kodebok.toml)"), here, no),
        (say("the key, encrypted, once names are replaced"), shown_path(user_data_dir()), yes),
        (say("ids of what was erased"), shown_path(user_data_dir()), no),
        (say("which studies were open, by folder"), shown_path(user_state_dir()), no),
        (
            say("encrypted backups: {n}, the last one {day}", n=len(made), day=last),
            say("where they were written to"),
            yes,
        ),
    )
    header = (say("What"), say("Where"), say("Personal data"))
    return [
        _heading(say("Where data lie")),
        Table(header, rows, widths=(4, 4, 2)),
        paragraph(
            ParagraphKind.BODY,
            say(
                "kodebok does not encrypt the study's folder: the machine's own disk encryption "
                "does. The key file and backups are encrypted with a passphrase (age)."
            ),
        ),
    ]


def _process_blocks(study: Study, done: Processed, lang: str) -> list[Block]:
    say = translator_to(lang, "study")
    brought = len(sources.load_sources(study.store))
    rows: list[tuple[Cell, ...]] = [(say("Bringing in of text"), say("{n} sources", n=brought))]
    if done.recordings:
        heard = say("{n} recordings, {left} of them kept", n=done.recordings, left=done.sounds_left)
        rows.append((say("Recognition of speech"), heard))
    rows += [(say("Model, with checksum"), engine) for engine in done.engines]
    if done.applied_at:
        replaced = ", ".join(f"{say(_TYPES.get(kind, kind))} {n}" for kind, n in done.replaced)
        rows.append((say("Replacing of names"), f"{done.applied_at[:10]}: {replaced or 0}"))
    else:
        rows.append((say("Replacing of names"), say("not done yet")))
    runs = ", ".join(f"{say(_RUNS.get(kind, kind))} {n}" for kind, n in done.suggestion_runs)
    rows.append((say("Suggestions"), runs or say("never computed")))
    return [
        _heading(say("What ran")),
        Table((say("Process"), say("What it did")), tuple(rows), widths=(2, 5)),
        paragraph(
            ParagraphKind.BODY,
            say(
                "All of it ran on this machine. None of it had a network: kodebok opens no "
                "connection, except to fetch a model when it is asked to, which sends nothing of "
                "the study. No text was sent to a language model or any other service."
            ),
        ),
    ]


def _departure_blocks(study: Study, lang: str) -> list[Block]:
    say = translator_to(lang, "study")
    left = departures.load_departures(study.store)
    heading = _heading(say("What was made for others"))
    if not left:
        return [heading, paragraph(ParagraphKind.BODY, say("No file was made yet."))]
    rows = tuple(
        (
            item.made[:10],
            item.kind,
            say(RECIPIENTS[item.recipient]) if item.recipient else say("not noted"),
            item.digest[:16],
        )
        for item in left
    )
    header = (say("Day"), say("Kind"), say("To whom"), say("Checksum (SHA-256, beginning)"))
    return [heading, Table(header, rows, widths=(2, 3, 3, 4))]


def _people_blocks(study: Study, lang: str) -> list[Block]:
    say = translator_to(lang, "study")
    held = consents.load_consents(study.store)
    standing = {consent.case_id for consent in held if consent.withdrawn is None}
    withdrawn = {consent.case_id for consent in held} - standing
    asked = Counter(request.kind for request in consents.load_requests(study.store))
    rows: tuple[tuple[Cell, ...], ...] = (
        (say("Participants with a consent that stands"), len(standing)),
        (say("Participants who withdrew"), len(withdrawn)),
        *(
            (say("Requests: {what}", what=say(REQUESTS[k])), asked[k])
            for k in RequestKind
            if asked[k]
        ),
        (say("Things erased for good"), len(departures.load_erasures(study.store))),
    )
    return [
        _heading(say("Participants' rights")),
        Table((say("What"), say("Number")), rows, widths=(4, 1)),
    ]


def _risk_blocks(study: Study, done: Processed, lang: str) -> list[Block]:
    say = translator_to(lang, "study")
    said = []
    if done.sounds_left:
        said.append(say("Sound is kept: a voice is personal data, and the study is not anonymous."))
    if not done.applied_at:
        said.append(say("Names are not replaced yet: all texts are personal data."))
    elif done.is_key_destroyed:
        said.append(
            say(
                "Names are replaced and the key is deleted. The study is anonymous only after an "
                "assessment of indirect identification."
            )
        )
    else:
        said.append(
            say(
                "Names are replaced and the key exists: the texts are pseudonymous, and still "
                "personal data."
            )
        )
    said.append(
        say(
            "No list of names is complete. A role that one person has, a small place, a rare "
            "event or a way of speaking can point to someone; the student has read for them."
        )
    )
    if sample_result(study) is not None:
        said.append(say("Sample read by a person: {result}.", result=sample_words(study)))
    return [_heading(say("What risk is left")), *(_body(text) for text in said)]


def _body(text: str) -> Block:
    return paragraph(ParagraphKind.BODY, text)
