"""What `kodebok anonymise` changes: decide, apply, restore, settle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kodebok.cli.output import Column, Item, show
from kodebok.cli.passphrase import ask_passphrase
from kodebok.errors import WrongUseError
from kodebok.i18n import mark, plural_translator, translator

if TYPE_CHECKING:
    from kodebok.anonymise.key_file import OpenKey
    from kodebok.cli.session import Session
    from kodebok.domain.entity import Entity
    from kodebok.domain.identifier import IdentifierType

_ = translator("cli")
_n = plural_translator("cli")

ACTIONS = {
    "pseudonym": mark("pseudonym"),
    "letter": mark("letter"),
    "generalise": mark("made general"),
    "tag": mark("category"),
    "pronoun": mark("[hen]"),
    "rewrite": mark("rewritten"),
    "delete": mark("left out"),
    "keep": mark("kept"),
}
KEEP, DELETE = "keep", "delete"


def unlocked(session: Session) -> OpenKey:
    """The study's key, its passphrase asked for once; twice where a new key begins."""
    from kodebok.study.unlocking import has_key_file, unlock, warnings_on_place

    study = session.study
    if study.key is not None:
        return study.key
    is_new = not has_key_file(study)
    if is_new:
        for sentence in warnings_on_place(study):
            session.say(sentence)
    return unlock(study, ask_passphrase(twice=is_new))


def show_entities(session: Session) -> None:
    """Entities with what is decided for them; originals only where the study has them still."""
    from kodebok.storage.entities import load_applied_ids, load_entities

    applied = load_applied_ids(session.store)
    items = [entity_item(one, is_applied=one.id in applied) for one in load_entities(session.store)]
    show(session, "entities", items, entity_columns())


def entity_item(entity: Entity, *, is_applied: bool) -> Item:
    """An entity by the schema `entities`."""
    return {
        "id": entity.id,
        "type": str(entity.type),
        "name": entity.name,
        "aliases": list(entity.aliases),
        "action": None if entity.action is None else str(entity.action),
        "replacement": entity.replacement,
        "reason": entity.reason,
        "applied": is_applied,
    }


def entity_columns() -> list[Column]:
    """The columns for people."""
    return [
        Column(_("Type"), "type", is_choice=True),
        Column(_("Name"), "name"),
        Column(_("Also"), "aliases"),
        Column(_("Becomes"), "action", is_choice=True),
        Column(_("In the text"), "replacement"),
        Column(_("Applied"), "applied"),
        Column(_("Id"), "id"),
    ]


def decide(
    session: Session,
    wanted: str,
    action: str,
    replacement: str,
    reason: str,
    type_: IdentifierType | None,
) -> None:
    """Decide about one entity, and say what was decided.

    Raises:
        WrongUseError: K813, there is no such action.
    """
    from kodebok.domain.entity import Action
    from kodebok.study.deciding import decide_entity

    if action not in ACTIONS:
        raise WrongUseError(
            _("there is no such action"), _("use one of: {names}", names=", ".join(ACTIONS)), "K813"
        )
    decided = decide_entity(session.study, wanted, Action(action), replacement, reason, type_)
    if session.json:
        show(session, "entities", [entity_item(decided, is_applied=False)], entity_columns())
    elif decided.replacement:
        session.say(_("{name} becomes {words}.", name=decided.name, words=decided.replacement))
    else:
        session.say(_("{name}: {action}.", name=decided.name, action=_(ACTIONS[action])))


def apply(session: Session) -> None:
    """Apply what was decided, after the user has said yes."""
    from kodebok.study.anonymising_apply import apply_anonymisation
    from kodebok.study.anonymising_state import load_anonymity

    if not session.ask(
        _(
            "Replace every name that is decided, everywhere in the study? "
            "The originals are then in the key file alone."
        )
    ):
        return
    done = apply_anonymisation(session.study, unlocked(session))
    session.say(
        _n(
            "{n} place in the texts was replaced, and {values} other values.",
            "{n} places in the texts were replaced, and {values} other values.",
            done.mentions,
            values=done.values,
        )
    )
    report = load_anonymity(session.study)
    session.say(_("State of the text: {state}.", state=report.sentence))
    for sentence in report.unfinished:
        session.say(f"- {sentence}")


def restore(session: Session) -> None:
    """Put the originals back, after the user has said yes."""
    from kodebok.study.anonymising_restore import restore_originals

    if not session.ask(_("Put the originals back in every text?")):
        return
    done = restore_originals(session.study, unlocked(session))
    session.say(
        _n(
            "{n} original was put back in the texts.",
            "{n} originals were put back in the texts.",
            done.mentions,
        )
    )
    if not done.is_undone:
        session.say(_("What was done before now cannot be undone any more."))
    if done.lacking:
        session.say(
            _n(
                "{n} original is not known any more.",
                "{n} originals are not known any more.",
                done.lacking,
            )
        )


def settle(session: Session, name: str, what: str) -> None:
    """Say of a file in which originals stand that it is kept, or delete it.

    Raises:
        WrongUseError: K814, neither `keep` nor `delete` was said.
    """
    from kodebok.study.anonymising_files import settle_leftover

    if what not in {KEEP, DELETE}:
        raise WrongUseError(
            _("what to do with the file is not said"), _("say keep or delete"), "K814"
        )
    path = settle_leftover(session.study, name, delete=what == DELETE)
    said = _("{file} is deleted.") if what == DELETE else _("{file} stays as it is.")
    session.say(said.format(file=path.name))
