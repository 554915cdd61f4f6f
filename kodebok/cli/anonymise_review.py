"""What `kodebok anonymise` offers beside deciding and replacing: the list, rules, the sample."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kodebok.cli.anonymise_acts import entity_columns, entity_item
from kodebok.cli.output import Column, Item, show
from kodebok.errors import WrongUseError
from kodebok.i18n import mark, plural_translator, translator

if TYPE_CHECKING:
    from kodebok.cli.session import Session
    from kodebok.domain.entity import Entity, Rule
    from kodebok.domain.identifier import IdentifierType

_ = translator("cli")
_n = plural_translator("cli")

CLEAN = "clean"
RULES = {"always": mark("always a name"), "never": mark("never a name"), "allow": mark("public")}
_ANSWERS = {"clean": mark("nothing missed"), "missed": mark("something missed"), "": ""}


def show_review(session: Session) -> None:
    """Everything to decide about, the riskiest first, with what is proposed."""
    from kodebok.anonymise.finding_stage import find
    from kodebok.study.anonymising_review import Review, finding_arguments
    from kodebok.study.singled_out import singled_out_sentences

    review = Review(session.study)
    review.take(find(finding_arguments(session.study)))
    items: list[Item] = []
    for one in review.items():
        entity = one.entity
        open_ = not one.is_decided and not one.is_applied
        action, words = review.proposal(entity) if open_ else (entity.action, entity.replacement)
        items.append(
            {
                "entity": entity.id if one.is_stored else entity.name,
                "name": entity.name,
                "aliases": list(entity.aliases),
                "type": str(entity.type),
                "tier": str(one.tier),
                "places": len(review.mentions(one)),
                "decided": one.is_decided,
                "applied": one.is_applied,
                "action": None if action is None else str(action),
                "replacement": words,
            }
        )
    columns = [
        Column(_("Type"), "type", is_choice=True),
        Column(_("Tier"), "tier"),
        Column(_("Name"), "name"),
        Column(_("Places"), "places", is_number=True),
        Column(_("Becomes"), "action", is_choice=True),
        Column(_("In the text"), "replacement"),
        Column(_("Decided"), "decided"),
    ]
    show(session, "review", items, columns)
    left = sum(not one["decided"] for one in items)
    session.say(_n("{n} waits for a decision.", "{n} wait for a decision.", left))
    for sentence in singled_out_sentences(session.study):
        session.say(f"- {sentence}")


def _found(session: Session, name: str) -> Entity:
    """The entity of that name or id: a stored one, or one that was found.

    Raises:
        WrongUseError: K818, there is none.
    """
    from kodebok.study.deciding import find_or_make_entity

    entity = find_or_make_entity(session.study, name)
    if entity is None:
        raise WrongUseError(
            _("there is no such name in the texts"),
            _("see 'kodebok anonymise --review', or add it with --add"),
            "K818",
        )
    return entity


def _show_one(session: Session, entity: Entity) -> None:
    if session.json:
        show(session, "entities", [entity_item(entity, is_applied=False)], entity_columns())
    else:
        session.say(f"{', '.join(entity.originals)} ({entity.type})")


def merge(session: Session, gone: str, kept: str) -> None:
    """Say that two are the same."""
    from kodebok.study.anonymising_decisions import join_entities

    first, second = _found(session, gone), _found(session, kept)
    _show_one(session, join_entities(session.study, first, second))


def split(session: Session, whole: str, name: str) -> None:
    """Make one of an entity's names an entity of its own."""
    from kodebok.study.anonymising_decisions import split_off

    _show_one(session, split_off(session.study, _found(session, whole), [name]))


def give_type(session: Session, name: str, type_: IdentifierType | None) -> None:
    """Say what kind of thing an entity is.

    Raises:
        WrongUseError: K819, no type was given.
    """
    from kodebok.study.anonymising_decisions import give_type as give

    if type_ is None:
        raise WrongUseError(_("no type is given"), _("give it with --type"), "K819")
    _show_one(session, give(session.study, _found(session, name), type_))


def add(session: Session, name: str, type_: IdentifierType | None) -> None:
    """Add words that no finder saw."""
    from kodebok.domain.identifier import IdentifierType
    from kodebok.study.anonymising_decisions import add_by_hand

    _show_one(session, add_by_hand(session.study, name, type_ or IdentifierType.PERSON))


def set_rule(session: Session, word: str, rule: Rule, type_: IdentifierType | None) -> None:
    """Say of a word that it is always a name here, or never."""
    from kodebok.domain.identifier import IdentifierType
    from kodebok.study.anonymising_decisions import set_word_rule

    made = set_word_rule(session.study, word, rule, type_ or IdentifierType.OTHER)
    session.say(f"{made.text}: {_(RULES[str(made.rule)])}")


def forget_rule(session: Session, word: str) -> None:
    """Take back what was said of a word, or that a name is public."""
    from kodebok.config import remove_table_value
    from kodebok.study.anonymising_decisions import drop_word_rule
    from kodebok.study.anonymising_review import ALLOW_TABLE

    if word in session.study.settings.table(ALLOW_TABLE):
        remove_table_value(session.study.folder, ALLOW_TABLE, word)
    else:
        drop_word_rule(session.study, word)
    session.say(_("{name}: no rule any more", name=word))


def allow(session: Session, name: str, reason: str) -> None:
    """Put a public name on the study's allow-list, in kodebok.toml."""
    from kodebok.config import write_table_value
    from kodebok.study.anonymising_review import ALLOW_TABLE

    write_table_value(session.study.folder, ALLOW_TABLE, name.strip(), reason.strip())
    session.say(f"{name.strip()}: {_(RULES['allow'])}")


def show_rules(session: Session) -> None:
    """List the study's own rules and its allow-list."""
    from kodebok.storage.entities import load_rules
    from kodebok.study.anonymising_review import ALLOW_TABLE

    items: list[Item] = [
        {"text": one.text, "rule": str(one.rule), "type": str(one.type), "reason": ""}
        for one in load_rules(session.store)
    ]
    allowed = session.study.settings.table(ALLOW_TABLE)
    items += [
        {"text": name, "rule": "allow", "type": None, "reason": str(reason)}
        for name, reason in allowed.items()
    ]
    columns = [
        Column(_("Text"), "text"),
        Column(_("Rule"), "rule"),
        Column(_("Type"), "type", is_choice=True),
        Column(_("Reason"), "reason"),
    ]
    show(session, "name_rules", items, columns)


def show_difference(session: Session) -> None:
    """Every place that would change, before and after; nothing is written."""
    from kodebok.storage.sources import load_sources
    from kodebok.study.anonymising_preview import preview_apply

    names = {one.id: one.name for one in load_sources(session.store)}
    items: list[Item] = [
        {
            "source": names.get(one.source_id or ""),
            "table": one.table,
            "start": one.start,
            "before": one.before,
            "after": one.after,
            "entity": one.entity_id,
        }
        for one in preview_apply(session.study, session.study.key)
    ]
    columns = [
        Column(_("Source"), "source"),
        Column(_("Where"), "table"),
        Column(_("From"), "start", is_number=True),
        Column(_("Before"), "before"),
        Column(_("After"), "after"),
    ]
    show(session, "difference", items, columns)
    session.say(_n("{n} place would change.", "{n} places would change.", len(items)))


def sample(session: Session, size: int, *, is_new: bool) -> None:
    """Show the residual-risk sample with its answers; draw one where there is none."""
    from kodebok.anonymise.residual import unfound_sentences
    from kodebok.storage.residual import load_sample
    from kodebok.storage.sources import load_sources, load_text
    from kodebok.study.residual_risk import keep_sample, sample_arguments, sample_words

    if is_new or load_sample(session.store) is None:
        rows = unfound_sentences(sample_arguments(session.study))
        keep_sample(session.study, rows, size, seed=1)
    found = load_sample(session.store)
    listed = found[1] if found else []
    names = {one.id: one.name for one in load_sources(session.store)}
    items: list[Item] = [
        {
            "number": one.position,
            "source": names[one.source_id],
            "start": one.start,
            "end": one.end,
            "text": load_text(session.store, one.source_id)[one.start : one.end],
            "times": one.times,
            "chance": one.chance,
            "answer": one.answer,
            "said": _(_ANSWERS[one.answer]) if one.answer else "",
        }
        for one in listed
        if one.source_id in names
    ]
    columns = [
        Column(_("No."), "number", is_number=True),
        Column(_("Source"), "source"),
        Column(_("Text"), "text"),
        Column(_("Answer"), "said"),
    ]
    show(session, "risk_sample", items, columns)
    session.say(f"{sample_words(session.study)}.")


def answer(session: Session, number: str, missed: str, type_: IdentifierType | None) -> None:
    """Note what was seen in a sentence of the sample: `clean`, or the words that were missed."""
    from kodebok.study.residual_risk import answer_sample, sample_words

    is_clean = missed == CLEAN
    answer_sample(session.study, number, missed=not is_clean)
    if not is_clean:
        add(session, missed, type_)
    session.say(f"{sample_words(session.study)}.")
