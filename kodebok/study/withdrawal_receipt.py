"""The receipt of a withdrawal, which names no one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from kodebok.domain.consent import short_case_id
from kodebok.domain.departure import Departure
from kodebok.export.document import Block, Cell, Document, ParagraphKind, Table, paragraph
from kodebok.i18n import mark, plural_translator, translator, translator_to
from kodebok.study.card import local_today
from kodebok.study.departing import RECIPIENTS
from kodebok.study.opening import Study
from kodebok.study.withdrawing import Withdrawn
from kodebok.study.withdrawing_plan import WithdrawalPlan

_ = translator("study")
_n = plural_translator("study")

# What went, by table, in the order in which a reader wants to know it.
COUNTED = {
    "sources": mark("Sources"),
    "recordings": mark("Recordings"),
    "turns": mark("Turns"),
    "codings": mark("Coded passages"),
    "quotes": mark("Chosen quotes"),
    "notes": mark("Memos"),
    "case_values": mark("Background variables"),
    "consents": mark("Consents"),
    "requests": mark("Requests"),
    "suggestions": mark("Suggestions"),
    "entities": mark("Entries in the list of names"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the researcher answered before the withdrawal; None when it was not asked.

    Attributes:
        is_anonymous: Whether something was made anonymous before, so that it cannot be found.
        is_submitted: Whether something was submitted or published.
    """

    is_anonymous: bool | None = None
    is_submitted: bool | None = None


def plan_lines(plan: WithdrawalPlan, language: str) -> list[str]:
    """What would be touched, a line each."""
    lines = [
        _("{name} withdraws. This would be erased for good:", name=plan.case.name),
        *(_("  source: {name}", name=name) for name in plan.sources),
        *(_("  turns in: {name}", name=name) for name in plan.shared),
        _("  turns: {n}", n=plan.turns),
        _("  recordings: {n}", n=plan.sound),
        _("  coded passages: {n}", n=plan.codings),
        _("  chosen quotes: {n}", n=plan.quotes),
        _("  memos: {n}", n=plan.memos),
        _("  suggestions: {n}", n=plan.suggestions),
        _("  entries in the list of names, and in the key: {n}", n=len(plan.entities)),
        *(_("  file: {name}", name=path.name) for path in plan.files),
        _("  and the copies in the folder 'copies', which are replaced"),
    ]
    if plan.resting:
        lines.append(_("Categories that rest on this voice:"))
        lines += [
            _("  {code}: {own} of {all}", code=one.path, own=one.own, all=one.all)
            for one in plan.resting
        ]
    if plan.left:
        lines.append(_("Has left the study already, and cannot be called back from here:"))
        lines += [f"  {line}" for line in left_in_words(plan.left, language)]
    if plan.backups:
        lines.append(_("Backups that hold it: {n}. Delete the old ones.", n=plan.backups))
    if plan.own_files:
        lines.append(_("Files of your own that tell of them, and stay:"))
        lines += [f"  {path.name}" for path in plan.own_files]
    if plan.found:
        lines.append(_n("{n} place to decide on.", "{n} places to decide on.", len(plan.found)))
    return lines


def withdrawal_receipt(
    study: Study, done: Withdrawn, asked: Asked, *, language: str = "", made_on: str = ""
) -> Document:
    """What was erased, when, and what had left before; for the participant and for the method."""
    lang = language or study.project().language
    say = translator_to(lang, "study")
    day = made_on or local_today().isoformat()
    title = say("Receipt: withdrawal")
    rows: list[tuple[str, Cell]] = [
        (say(words), done.removed[table]) for table, words in COUNTED.items() if done.removed[table]
    ]
    rows += [
        (say("Turns among others', whose words were erased"), done.turns),
        (say("Sound files deleted"), done.sound),
        (say("Other files deleted"), done.files),
        (say("Entries taken out of the key"), done.key_entries),
        (say("Places where others tell of the participant"), done.decided[0]),
        (say("Of these erased"), done.decided[1]),
    ]
    blocks: list[Block] = [
        paragraph(ParagraphKind.HEADING_1, title),
        paragraph(
            ParagraphKind.BODY,
            say(
                "Participant {id} in the study's own numbering withdrew. On {day} the following "
                "was erased for good, from the study, its history, its index and its copies.",
                id=short_case_id(done.case_id),
                day=day,
            ),
        ),
        Table((say("What"), say("Number")), tuple(rows), widths=(5, 2)),
        *(paragraph(ParagraphKind.BODY, line) for line in _what_remains(done, asked, lang)),
        paragraph(
            ParagraphKind.CLOSING,
            say("Made by kodebok on {day}. The receipt names no one.", day=day),
        ),
    ]
    return Document(title, lang, tuple(blocks), day)


def _what_remains(done: Withdrawn, asked: Asked, lang: str) -> Iterable[str]:
    say = translator_to(lang, "study")
    if done.left:
        listed = left_in_words(done.left, lang)
        yield say("Files that had left the study before: {files}.", files="; ".join(listed))
    if done.backups:
        yield say(
            "Backups made before: {n}. What is restored from them is erased again.",
            n=done.backups,
        )
    if asked.is_anonymous:
        yield say("What was made anonymous before can no longer be found, and stays.")
    if asked.is_submitted:
        yield say("What was submitted or published before cannot be called back.")


def left_in_words(left: Iterable[Departure], lang: str) -> list[str]:
    """What left and to whom, without the names of files, which may name someone."""
    say = translator_to(lang, "study")
    nobody = say("nothing is noted")
    counts = Counter(
        (one.kind, say(RECIPIENTS[one.recipient]) if one.recipient else nobody) for one in left
    )
    return [
        say("{kind} to {whom}: {n}", kind=kind, whom=whom, n=n)
        for (kind, whom), n in sorted(counts.items())
    ]
