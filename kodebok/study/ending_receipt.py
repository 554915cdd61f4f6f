"""The receipt of a study's end, for the method chapter and for the institution; it names no one."""

from __future__ import annotations

from kodebok.export.document import Block, Document, ParagraphKind, Table, paragraph
from kodebok.i18n import mark, translator_to
from kodebok.storage.ending import EndRecord, load_end
from kodebok.study.card import VALUES, load_card, local_today
from kodebok.study.ending import DONE, EndStep
from kodebok.study.ending_check import QUESTIONS, answers, end_sentence, scan
from kodebok.study.opening import Study

STEPS = {
    EndStep.QUOTES: mark("Quotes from recognised speech were compared with the sound"),
    EndStep.SOUND: mark("Sound was deleted"),
    EndStep.ORIGINALS: mark("Original transcripts, and files with names, were deleted"),
    EndStep.KEY: mark("The key was destroyed, or what the card lets go of it"),
    EndStep.COPIES: mark("Kept copies were deleted"),
    EndStep.OUTSIDE: mark("Traces outside the study's folder were removed"),
}


def end_receipt(study: Study, *, language: str = "", made_on: str = "") -> Document:
    """What was done, when, what a scan found afterwards, and what the rest may be called."""
    lang = language or study.project().language
    say = translator_to(lang, "study")
    day = made_on or local_today().isoformat()
    card, noted, told = load_card(study), load_end(study.store), answers(study)
    title = say("Receipt: the end of the study")
    steps = tuple((say(words), *_state(noted.get(step), lang)) for step, words in STEPS.items())
    found = tuple(
        (say(one.what), say("nothing") if one.is_clean else one.found) for one in scan(study)
    )
    asked = tuple(
        (say(words), say("not answered") if key not in told else say("yes" if told[key] else "no"))
        for key, words in QUESTIONS.items()
    )
    afterwards = say(VALUES[card.afterwards]) if card.afterwards else say("not said")
    blocks: tuple[Block, ...] = (
        paragraph(ParagraphKind.HEADING_1, title),
        paragraph(ParagraphKind.BODY, say("Reference: {ref}.", ref=card.reference or "–")),
        paragraph(
            ParagraphKind.BODY, say("End date on the card: {day}.", day=card.end_date or "–")
        ),
        paragraph(
            ParagraphKind.BODY, say("What the card says happens then: {what}.", what=afterwards)
        ),
        Table((say("Step"), say("State"), say("Day")), steps, widths=(6, 2, 2)),
        paragraph(ParagraphKind.HEADING_2, say("Checked by scanning")),
        Table((say("Looked for"), say("Found")), found, widths=(6, 2)),
        paragraph(ParagraphKind.HEADING_2, say("Indirect identification")),
        Table((say("Question"), say("Answer")), asked, widths=(6, 2)),
        paragraph(
            ParagraphKind.BODY, say("State of the text: {state}.", state=end_sentence(study))
        ),
        paragraph(
            ParagraphKind.CLOSING,
            say("Made by kodebok on {day}. The receipt names no one.", day=day),
        ),
    )
    return Document(title, lang, blocks, day)


def _state(record: EndRecord | None, lang: str) -> tuple[str, str]:
    say = translator_to(lang, "study")
    if record is None:
        return say("not done"), "–"
    return say("done") if record.state == DONE else say("left out"), record.at[:10]
