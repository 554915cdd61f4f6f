"""`kodebok anonymise`: what in the texts may point to someone. Finding only reports."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kodebok.cli.base import argument, new_command, option
from kodebok.cli.gate_words import gate_options
from kodebok.cli.output import Column, Item, for_terminal, is_terminal, print_rich, show
from kodebok.cli.session import Session, with_session
from kodebok.domain.identifier import IdentifierType, Tier
from kodebok.errors import WrongUseError
from kodebok.i18n import mark, plural_translator, translator

if TYPE_CHECKING:
    from kodebok.domain.identifier import Identifier
    from kodebok.storage.database import Store

_ = translator("cli")
_n = plural_translator("cli")

_AROUND = 32  # characters shown on each side

_TYPES = {
    IdentifierType.PERSON: mark("Persons"),
    IdentifierType.PLACE: mark("Places"),
    IdentifierType.ORGANISATION: mark("Organisations"),
    IdentifierType.NUMBER: mark("Numbers"),
    IdentifierType.DATE: mark("Dates"),
    IdentifierType.AGE: mark("Ages"),
    IdentifierType.CONTACT: mark("Phones, addresses on the net"),
    IdentifierType.ADDRESS: mark("Addresses"),
    IdentifierType.ROLE: mark("Roles"),
    IdentifierType.OTHER: mark("Other names"),
}
_TIERS = {Tier.LIKELY: mark("likely"), Tier.POSSIBLE: mark("possible")}


@new_command(
    mark(
        "Find what may point to persons, places or workplaces, decide, and replace it.\n\n"
        "With --find nothing is changed: names, numbers, dates, ages, addresses and roles are "
        "listed, those that are likely and those that are only possible. No list is complete; "
        "read the texts too. --decide says what becomes of one of them everywhere, --apply does "
        "it, and --restore puts the originals back with the passphrase."
    )
)
@argument("sources", mark("Names or ids of sources; all when none."), nargs=-1, metavar="SOURCE")
@option("--find", is_flag=True, help=mark("Report only; nothing is changed."))
@option(
    "--type", "types", multiple=True, type=click.Choice([str(t) for t in IdentifierType]),
    help=mark("Only this type."),
)  # fmt: skip
@option(
    "--pipeline", "pipelines", multiple=True, metavar="NAME",
    help=mark("Ask an installed spaCy pipeline too, such as nb_core_news_lg."),
)  # fmt: skip
@option(
    "--decide", nargs=2, metavar="ENTITY ACTION", default=None,
    help=mark(
        "Decide about a name: pseudonym, letter, generalise, tag, pronoun, rewrite, delete or keep."
    ),
)  # fmt: skip
@option("--replacement", default="", metavar="TEXT", help=mark("What stands there instead."))
@option("--reason", default="", metavar="TEXT", help=mark("Why, in your own words."))
@option("--entities", is_flag=True, help=mark("List what is decided, and what is not."))
@option("--review", is_flag=True, help=mark("List what to decide, the riskiest first."))
@option(
    "--merge", nargs=2, metavar="ENTITY INTO", default=None,
    help=mark("Say that two are the same: the first becomes another name of the second."),
)  # fmt: skip
@option(
    "--split", nargs=2, metavar="ENTITY NAME", default=None,
    help=mark("Say that one of its names is somebody else."),
)  # fmt: skip
@option("--set-type", metavar="ENTITY", default="", help=mark("Give an entity the type --type."))
@option(
    "--add", metavar="TEXT", default="",
    help=mark("Add words that were not found, of the type --type; they are replaced everywhere."),
)  # fmt: skip
@option("--always", metavar="WORD", default="", help=mark("The word is a name in this study."))
@option("--never", metavar="WORD", default="", help=mark("The word is no name in this study."))
@option(
    "--allow", metavar="NAME", default="",
    help=mark("A public name that stays, for --reason; it is kept in kodebok.toml."),
)  # fmt: skip
@option("--forget", metavar="WORD", default="", help=mark("Take back what was said of a word."))
@option("--rules", is_flag=True, help=mark("List the study's own rules and public names."))
@option("--sample", is_flag=True, help=mark("Sentences without a finding, for you to read."))
@option("--size", type=click.IntRange(1, 500), help=mark("Draw a new sample of so many."))
@option(
    "--answer", nargs=2, metavar="N clean|TEXT", default=None,
    help=mark("Of a sentence of the sample: clean, or the words that were missed in it."),
)  # fmt: skip
@option("--log", "is_log", is_flag=True, help=mark("A log for SIKT or a DPIA, without originals."))
@option("--format", "form", type=click.Choice(["text", "docx"]), help=mark("The kind of file."))
@option(
    "-o", "--output", type=click.Path(path_type=Path), metavar="FILE",
    help=mark("Where the log is to lie; else a Word file goes to the folder 'exports'."),
)  # fmt: skip
@option("--overwrite", is_flag=True, help=mark("Replace a file of that name."))
@option("--apply", "is_apply", is_flag=True, help=mark("Replace what is decided, everywhere."))
@option("--dry-run", is_flag=True, help=mark("With --apply: show what would change."))
@option("--restore", "is_restore", is_flag=True, help=mark("Put the originals back."))
@option(
    "--settle", nargs=2, metavar="FILE keep|delete", default=None,
    help=mark("Say of a file in which originals stand that it stays, or delete it."),
)  # fmt: skip
@option("--tier", type=click.Choice([str(t) for t in Tier]), help=mark("Only this tier."))
@gate_options
@with_session
def command(session: Session, **given: Any) -> None:
    """One thing at a time."""
    wanted = [name for name in _DOES if given[name]]
    if len(wanted) != 1:
        raise WrongUseError(
            _("what to do is not said"), _("give --find to see what can be found"), "K810"
        )
    _DOES[wanted[0]](session, given)


def _type_of(given: dict[str, Any]) -> IdentifierType | None:
    return IdentifierType(given["types"][0]) if given["types"] else None


def _decide(session: Session, given: dict[str, Any]) -> None:
    from kodebok.cli.anonymise_acts import decide

    wanted, action = given["decide"]
    decide(session, wanted, action, given["replacement"], given["reason"], _type_of(given))


def _apply(session: Session, given: dict[str, Any]) -> None:
    from kodebok.cli import anonymise_acts, anonymise_review

    if given["dry_run"]:
        anonymise_review.show_difference(session)
    else:
        anonymise_acts.apply(session)


def _rule(session: Session, given: dict[str, Any]) -> None:
    from kodebok.cli.anonymise_review import set_rule
    from kodebok.domain.entity import Rule

    rule = Rule.ALWAYS if given["always"] else Rule.NEVER
    set_rule(session, given["always"] or given["never"], rule, _type_of(given))


def _sample(session: Session, given: dict[str, Any]) -> None:
    from kodebok.anonymise.residual import USUAL_SIZE
    from kodebok.cli.anonymise_review import sample

    sample(session, given["size"] or USUAL_SIZE, is_new=given["size"] is not None)


def _log(session: Session, given: dict[str, Any]) -> None:
    from kodebok.cli.anonymise_log import show_log

    show_log(session, given["form"], given["output"], overwrite=given["overwrite"])


def _in(module: str, name: str, *options: str) -> Callable[[Session, dict[str, Any]], None]:
    """What calls a function of a module, imported then, with the values of these options."""

    def run(session: Session, given: dict[str, Any]) -> None:
        values: list[Any] = []
        for one in options:
            value = _type_of(given) if one == "type" else given[one]
            values += value if isinstance(value, tuple) else [value]
        getattr(import_module(f"kodebok.cli.{module}"), name)(session, *values)

    return run


_ACTS, _REVIEW = "anonymise_acts", "anonymise_review"
# What each option that says what to do leads to.
_DOES: dict[str, Callable[[Session, dict[str, Any]], None]] = {
    "find": lambda session, given: _find(
        session, given["sources"], given["types"], given["tier"], given["pipelines"]
    ),
    "decide": _decide,
    "entities": _in(_ACTS, "show_entities"),
    "review": _in(_REVIEW, "show_review"),
    "merge": _in(_REVIEW, "merge", "merge"),
    "split": _in(_REVIEW, "split", "split"),
    "set_type": _in(_REVIEW, "give_type", "set_type", "type"),
    "add": _in(_REVIEW, "add", "add", "type"),
    "always": _rule,
    "never": _rule,
    "allow": _in(_REVIEW, "allow", "allow", "reason"),
    "forget": _in(_REVIEW, "forget_rule", "forget"),
    "rules": _in(_REVIEW, "show_rules"),
    "sample": _sample,
    "answer": _in(_REVIEW, "answer", "answer", "type"),
    "is_log": _log,
    "is_apply": _apply,
    "is_restore": _in(_ACTS, "restore"),
    "settle": _in(_ACTS, "settle", "settle"),
}


def _find(
    session: Session,
    sources: tuple[str, ...],
    types: tuple[str, ...],
    tier: str | None,
    pipelines: tuple[str, ...],
) -> None:
    """Report the identifiers of the study."""
    from kodebok.anonymise.study_texts import find_in_study
    from kodebok.coding.naming import find_source
    from kodebok.study.anonymising_review import user_allow_list

    store = session.store
    ids = frozenset(find_source(store, name).id for name in sources)
    found = [
        one
        for one in find_in_study(store, ids, user_allow_list(session.study.settings), pipelines)
        if (not types or one.type in types) and (tier is None or one.tier == tier)
    ]
    if session.json or not is_terminal():
        items = [_item(one) for one in found]
        show(session, "identifiers", items, _columns())
    else:
        _draw(store, found)
    _tell_rest(session, found)


def _item(found: Identifier) -> Item:
    """An identifier by the schema `identifiers`."""
    return {
        "source": found.source,
        "start": found.start,
        "end": found.end,
        "text": found.text,
        "type": str(found.type),
        "tier": str(found.tier),
        "score": found.score,
        "finders": list(found.finders),
        "entity": found.entity,
        "reasons": list(found.reasons),
    }


def _columns() -> list[Column]:
    return [
        Column(_("Type"), "type"),
        Column(_("Tier"), "tier"),
        Column(_("Source"), "source"),
        Column(_("From"), "start", is_number=True),
        Column(_("To"), "end", is_number=True),
        Column(_("Text"), "text"),
        Column(_("Entity"), "entity"),
    ]


def _draw(store: Store, found: list[Identifier]) -> None:
    """A table for each type and tier, every mention in its context."""
    from rich.text import Text

    texts = _texts_of(store)
    for type_, title in _TYPES.items():
        for tier, word in _TIERS.items():
            part = [one for one in found if one.type is type_ and one.tier is tier]
            if part:
                heading = f"{_(title)} – {_(word)} ({len(part)})"
                print_rich(Text(heading, style="bold"), _table(part, texts))


def _texts_of(store: Store) -> dict[str, str]:
    from kodebok.storage.sources import load_sources, load_text

    return {source.name: load_text(store, source.id) for source in load_sources(store)}


def _table(part: list[Identifier], texts: dict[str, str]) -> Any:
    from rich.box import SIMPLE
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE, pad_edge=False, show_edge=False, show_header=False)
    table.add_column(justify="left", overflow="fold")
    table.add_column(justify="right")
    table.add_column(overflow="fold")
    for one in sorted(part, key=lambda one: (one.entity, one.source, one.start)):
        before, after = _around(texts[one.source], one.start, one.end)
        found = for_terminal(one.text.replace("\n", " "))
        words = Text.assemble(for_terminal(before), (found, "bold underline"), for_terminal(after))
        table.add_row(Text(for_terminal(one.source)), Text(f"{one.start}-{one.end}"), words)
    return table


def _around(text: str, start: int, end: int) -> tuple[str, str]:
    """Whole words before and after a place, on one line."""
    before = text[max(0, start - _AROUND) : start].replace("\n", " ")
    after = text[end : end + _AROUND].replace("\n", " ")
    if start > _AROUND:
        before = "…" + before.partition(" ")[2]
    if len(text) - end > _AROUND:
        after = after.rpartition(" ")[0] + "…"
    return before, after


def _tell_rest(session: Session, found: list[Identifier]) -> None:
    """How much was found, and which names stand outside the texts."""
    from kodebok.anonymise.study_texts import count_names_beside_text

    likely = sum(one.tier is Tier.LIKELY for one in found)
    session.say(
        _(
            "{likely} likely and {possible} possible; nothing was changed.",
            likely=likely,
            possible=len(found) - likely,
        )
    )
    beside = count_names_beside_text(session.store)
    if beside.any:
        session.say(
            _(
                "Names stand outside the texts too: in {voices} labels of voices, {cases} names of "
                "participants or sites, {sources} names of sources or files.",
                voices=beside.voices,
                cases=beside.cases,
                sources=beside.sources,
            )
        )
