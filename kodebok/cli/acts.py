"""What was done, in words; shared by history, undo and redo."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from kodebok.cli.output import Column, Item, show
from kodebok.errors import WrongUseError
from kodebok.i18n import mark, translator

if TYPE_CHECKING:
    from kodebok.cli.session import Session
    from kodebok.domain.event import Event
    from kodebok.storage.database import Store
    from kodebok.storage.merging import TakenEvent

_ = translator("cli")

# What an act did, by its kind; the keys of the translations.
ACTS = {
    "project.create": mark("made the study"),
    "project.example": mark("filled the example study"),
    "project.change": mark("changed the study's card"),
    "coder.add": mark("added a coder"),
    "card.change": mark("wrote on the project card"),
    "consent.give": mark("noted a consent"),
    "consent.withdraw": mark("noted that a consent was withdrawn"),
    "request.access": mark("noted a request for access"),
    "request.correction": mark("noted a request for correction"),
    "request.restriction": mark("noted a request for restriction"),
    "request.objection": mark("noted an objection"),
    "request.deletion": mark("noted a request for deletion"),
    "request.answer": mark("answered a request"),
    "case.withdraw": mark("erased a participant who withdrew, for good"),
    "erasure.apply": mark("erased what was erased in another copy, for good"),
    "study.end": mark("took a step of the study's end"),
    "export.made": mark("made a file"),
    "export.sent": mark("noted to whom a file went"),
    "backup.made": mark("made a backup"),
    "source.import": mark("brought in sources"),
    "source.transcribe": mark("transcribed a recording"),
    "sound.delete": mark("deleted the sound of a source"),
    "word.settle": mark("settled a word everywhere"),
    "speaker.name": mark("named voices"),
    "speaker.swap": mark("let two voices change places"),
    "mark.put": mark("put a mark on words"),
    "mark.take": mark("took marks off words"),
    "heard.add": mark("compared a passage with the sound"),
    "heard.remove": mark("took back that a passage was heard"),
    "source.change": mark("changed what is known of a source"),
    "source.remove": mark("removed a source"),
    "source.asked": mark("noted what a guide asked about"),
    "source.read": mark("marked a source as read"),
    "source.unread": mark("took back that a source was read"),
    "text.correct": mark("corrected a text"),
    "turn.split": mark("divided a turn"),
    "turn.join": mark("joined two turns"),
    "turn.speaker": mark("gave turns another voice"),
    "speaker.change": mark("changed a voice"),
    "case.add": mark("added a participant"),
    "case.change": mark("changed what is known of a participant"),
    "case.remove": mark("removed a participant"),
    "variable.remove": mark("removed a variable"),
    "code.add": mark("added a code"),
    "code.in-vivo": mark("made a code of the passage's own words"),
    "code.change": mark("changed a code"),
    "code.rename": mark("renamed a code"),
    "code.move": mark("moved a code"),
    "code.merge": mark("merged two codes"),
    "code.split": mark("split a code"),
    "code.delete": mark("deleted a code"),
    "code.summary": mark("wrote the summary of a code"),
    "codebook.import": mark("brought in a codebook"),
    "coding.add": mark("coded"),
    "coding.remove": mark("removed codings"),
    "coding.adjust": mark("moved the borders of a coding"),
    "coding.recode": mark("gave codings another code"),
    "coding.weigh": mark("weighed a coding"),
    "coding.change": mark("changed codings"),
    "condensation.write": mark("wrote a condensation"),
    "memo.add": mark("wrote a memo"),
    "memo.change": mark("changed a memo"),
    "memo.remove": mark("removed a memo"),
    "wondering.add": mark("marked a wondering"),
    "wondering.change": mark("changed a wondering"),
    "wondering.remove": mark("removed a wondering"),
    "theme.add": mark("added a theme"),
    "theme.change": mark("changed a theme"),
    "theme.remove": mark("removed a theme"),
    "quote.choose": mark("chose a quote"),
    "quote.edit": mark("changed a quote"),
    "quote.move": mark("put quotes in another order"),
    "quote.release": mark("let a quote go"),
    "blind.begin": mark("let a coder code blind"),
    "blind.end": mark("ended blind coding"),
    "recoding.begin": mark("began a round of coding anew"),
    "agreement.keep": mark("kept figures of agreement"),
    "coding.settle": mark("settled a difference between coders"),
    "theory.add": mark("wrote a theory into the register"),
    "theory.change": mark("changed a theory"),
    "theory.remove": mark("took a theory out of the register"),
    "theory.link": mark("linked a theory and codes"),
    "theory.step": mark("noted a step between data and theory"),
    "theory.unstep": mark("took back a step between data and theory"),
    "question.add": mark("wrote a research question"),
    "question.change": mark("changed a research question"),
    "question.remove": mark("removed a research question"),
    "suggestions.on": mark("turned suggestions on"),
    "suggestions.off": mark("turned suggestions off"),
    "suggestions.compute": mark("asked for suggestions"),
    "suggestion.accept": mark("accepted a suggestion"),
    "suggestion.reject": mark("rejected a suggestion"),
    "entity.decide": mark("decided about a name"),
    "entity.add": mark("added a name"),
    "entity.change": mark("changed a name"),
    "entity.merge": mark("joined two names"),
    "entity.split": mark("split a name off"),
    "entity.type": mark("gave a name another type"),
    "rule.set": mark("said that a word is always, or never, a name"),
    "rule.remove": mark("took back a rule for a word"),
    "sample.draw": mark("drew a sample of sentences without a finding"),
    "sample.answer": mark("read a sentence of the sample"),
    "gate.harmless": mark("judged places in an export harmless"),
    "gate.despite": mark("let an export go on for a reason"),
    "anonymise.apply": mark("applied the anonymisation"),
    "anonymise.restore": mark("put the originals back"),
    "anonymise.settle": mark("settled a file with originals"),
    "key.export": mark("copied the key"),
    "key.destroy": mark("destroyed the key, or a part of it"),
    "review.send": mark("sent excerpts to a supervisor"),
    "review.receive": mark("took in a supervisor's answers"),
    "review.place": mark("placed a supervisor's answer"),
    "review.settle": mark("decided on a supervisor's answer"),
    "merge.take": mark("took in another copy of the study"),
    "merge.erase": mark("erased what another copy had erased for good"),
    "undo": mark("took back an act"),
    "redo": mark("did an act again"),
}


def event_item(event: Event, names: dict[str, str]) -> Item:
    """An act by the schema `history`."""
    return {
        "seq": event.seq,
        "id": event.id,
        "at": event.at,
        "coder": names.get(event.coder_id, event.coder_id),
        "kind": event.kind,
        "subject": event.subject,
        "target": event.target,
        "undone": event.undone,
        "hash": event.hash,
        "taken_at": None,
    }


def taken_item(taken: TakenEvent, names: dict[str, str]) -> Item:
    """An act that was done in another copy, by the same schema.

    `seq` is its number there, `taken_at` that of the merge which brought it.
    """
    import json

    body = json.loads(taken.body)
    return {
        "seq": taken.seq,
        "id": body["id"],
        "at": body["at"],
        "coder": names.get(body["coder"], body["coder"]),
        "kind": body["kind"],
        "subject": body.get("subject", ""),
        "target": body.get("target"),
        "undone": False,
        "hash": taken.hash,
        "taken_at": taken.taken_at,
    }


def short_time(at: str) -> str:
    """A time as a list shows it."""
    return at[:16].replace("T", " ")


def for_people(item: Item, names: dict[str, str]) -> Item:
    """An act in words."""
    done = act_in_words(item["kind"])
    target = f" {item['target']}" if item["target"] else ""
    if item["taken_at"] is not None:
        done = _("in the other copy: {act}", act=done)
    return {
        **item,
        "at": item["at"][:19].replace("T", " "),
        "done": f"{done}{target}",
        "what": names.get(item["subject"], ""),
    }


def act_in_words(kind: str) -> str:
    """What an act did; its kind itself when it is one that has no words yet."""
    return _(ACTS[kind]) if kind in ACTS else kind


def act_columns() -> list[Column]:
    """What people are shown of acts."""
    return [
        Column(_("No."), "seq", is_number=True),
        Column(_("When (UTC)"), "at"),
        Column(_("Coder"), "coder"),
        Column(_("What was done"), "done"),
        Column(_("To what"), "what"),
        Column(_("Taken back"), "undone"),
    ]


def show_turned_back(session: Session, turn: Callable[[Store, str], Event], times: int) -> None:
    """Undo or redo some acts, and say which.

    Raises:
        WrongUseError: Not even one (K612), or nothing is left to undo or redo.
    """
    from kodebok.cli.items import named_things

    if times < 1:
        raise WrongUseError(_("at least one act is needed"), _("give --times 1 or more"), "K612")
    store = session.store
    before = named_things(store)
    events = []
    for _number in range(times):
        events.append(turn(store, session.coder_id))
        done = act_in_words(events[-1].kind)
        is_undone = events[-1].undone
        session.say(
            _("Taken back: {act}", act=done) if is_undone else _("Done again: {act}", act=done)
        )
    if session.json:
        names = {**before, **named_things(store)}
        show(session, "history", [event_item(event, names) for event in events], act_columns())
