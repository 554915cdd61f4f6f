"""Storing what the files of an import hold, once the user has agreed to it."""

from __future__ import annotations

from kodebok.cli.gathering import Gathered
from kodebok.cli.items import source_columns, source_items
from kodebok.cli.output import show
from kodebok.cli.plan_view import show_plans
from kodebok.cli.session import Session
from kodebok.i18n import plural_translator, translator

_ = translator("cli")
_n = plural_translator("cli")


def store(session: Session, gathered: Gathered, impression: str | None) -> None:
    """Ask, and store the sources as one act with the first impression of each."""
    from kodebok.study.importing import store_plans

    plans = gathered.plans
    question = _n("Bring in {n} source?", "Bring in {n} sources?", len(plans))
    session.check_answerable(question)
    if not session.yes and not session.json:
        show_plans(session, gathered)
    if not session.ask(question):
        session.say(_("Nothing was changed."))
        return
    with session.store.act("source.import", session.coder_id):
        made = store_plans(session.store, session.coder_id, plans)
        if impression and impression.strip():
            for source in made:
                write_impression(session, source.id, impression)
    show(session, "sources", source_items(session.store, made), source_columns())
    session.say(_n("Brought in {n} source.", "Brought in {n} sources.", len(made)))
    for sentence in _names_in(session, [source.id for source in made]):
        session.say(sentence)


def _names_in(session: Session, source_ids: list[str]) -> list[str]:
    """What is to be said of names in what was brought in after anonymisation was applied."""
    from kodebok.storage.anonymisation import is_applied
    from kodebok.storage.sources import load_text

    if not is_applied(session.store):
        return []
    from kodebok.study.checking_new_text import sentences_on_new_text

    texts = [load_text(session.store, source_id) for source_id in source_ids]
    return sentences_on_new_text(session.study, "\n".join(texts))


def write_impression(session: Session, source_id: str, text: str) -> None:
    """A memo on what struck one about a source before it was read."""
    from kodebok.domain.ids import new_id
    from kodebok.domain.note import Note, NoteKind, Target
    from kodebok.domain.text import canonicalise
    from kodebok.storage.notes import add_note

    note = Note(
        new_id(),
        Target.SOURCE,
        source_id,
        session.coder_id,
        canonicalise(text).strip(),
        NoteKind.FIRST_IMPRESSION,
    )
    with session.store.act("memo.add", session.coder_id, source_id) as act:
        add_note(act, note)
