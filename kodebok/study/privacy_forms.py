"""Text of the privacy page for the notification form and the data management plan."""

from __future__ import annotations

from kodebok.domain.card import Afterwards, Card
from kodebok.export.document import Block, ParagraphKind, paragraph
from kodebok.i18n import mark, translator_to
from kodebok.storage.processed import Processed

_ENDINGS = {
    Afterwards.DELETE: mark("everything is deleted"),
    Afterwards.ANONYMISE: mark("made anonymous; the rest is deleted"),
    Afterwards.ARCHIVE: mark("archived, as the participants agreed"),
}


def form_blocks(card: Card, done: Processed, language: str) -> list[Block]:
    """Both texts; what the card does not say stands in square brackets, for the student."""
    say = translator_to(language, "study")
    return [
        paragraph(ParagraphKind.HEADING_2, say("For the notification form")),
        *(paragraph(ParagraphKind.QUOTE, text) for text in _notification(card, done, language)),
        paragraph(ParagraphKind.HEADING_2, say("For the data management plan")),
        *(paragraph(ParagraphKind.QUOTE, text) for text in _plan(card, language)),
    ]


def _notification(card: Card, done: Processed, language: str) -> list[str]:
    say = translator_to(language, "study")
    said = [
        say(
            "Transcripts are analysed in the program kodebok, which runs on {place} and opens no "
            "network connection. Data lie in one folder there, on a disk that is encrypted with "
            "[BitLocker, FileVault or LUKS].",
            place=card.place or say("[the approved place]"),
        )
    ]
    if done.recordings:
        said.append(
            say(
                "Recordings are transcribed on the same machine by a model that is installed "
                "there. No sound and no text is sent to any service."
            )
        )
    said.append(
        say(
            "Names and other identifying words are replaced. The key lies apart from the data, "
            "encrypted with a passphrase that only the student knows."
        )
    )
    said.append(
        say(
            "A participant can withdraw without giving a reason: recording, transcript, coded "
            "passages and quotes are then erased, also from the log and from backups that are "
            "brought back."
        )
    )
    said.append(
        say(
            "The study ends on {day}. What happens then: {ending}.",
            day=card.end_date or say("[end date]"),
            ending=say(_ENDINGS[card.afterwards])
            if card.afterwards
            else say("[delete, archive …]"),
        )
    )
    return said


def _plan(card: Card, language: str) -> list[str]:
    say = translator_to(language, "study")
    return [
        say(
            "Formats: transcripts and analysis in one SQLite file; export to Word, Excel, web "
            "page and REFI-QDA, which other programs for qualitative analysis read."
        ),
        say(
            "Storage: {place}. A checked copy is made each day; encrypted backups in the age "
            "format are read back when they are written.",
            place=card.place or say("[the approved place]"),
        ),
        say(
            "Documentation: codebook with definitions, an unbroken log of all acts, and for every "
            "figure the command that makes it again."
        ),
        say(
            "Sharing and archiving: only what the participants agreed to, after an assessment of "
            "indirect identification."
        ),
    ]
