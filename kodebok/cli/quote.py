"""`kodebok quote`: quotes for the text."""

from __future__ import annotations

from typing import Any

import click

from kodebok.cli.base import argument, new_group, option
from kodebok.cli.chosen import chosen_items, show_chosen, show_some
from kodebok.cli.output import Column, show
from kodebok.cli.session import Session, with_session
from kodebok.domain.quote import Degree, Quote
from kodebok.domain.text import canonicalise
from kodebok.errors import ExitCode, WrongUseError
from kodebok.i18n import mark, plural_translator, translator

_ = translator("cli")
_n = plural_translator("cli")

_THE_QUOTE = mark("The quote's number in the list, or its id.")


@new_group(mark("Choose quotes for the text, cut them, check them; without a command: list."))
def command() -> None:
    """Quotes."""


@command.command("list", help=mark("List the chosen quotes."))
@with_session
def list_quotes(session: Session) -> None:
    """Print all."""
    show_chosen(session)


@command.command(
    "choose",
    help=mark("Choose a coded passage by its id, or any passage of a source, for the text."),
)
@argument("coding", mark("The coding's id, or its first four signs."), required=False)
@option("--source", metavar="SOURCE", help=mark("The source, when the passage has no coding."))
@option("--start", type=int, metavar="N", help=mark("Offset of the first character, from 0."))
@option("--end", type=int, metavar="N", help=mark("Offset after the last character."))
@option("--text", metavar="TEXT", help=mark("The words of the passage."))
@option("--nth", type=int, metavar="N", help=mark("Which place, when the words stand in several."))
@option("--code", metavar="CODE", help=mark("The code whose section it is to stand in."))
@with_session
def choose(session: Session, coding: str | None, source: str | None, **given: Any) -> None:
    """Choose one."""
    from kodebok.coding import naming, quoting
    from kodebok.storage.codes import load_code_tree

    if (coding is None) == (source is None):
        raise WrongUseError(
            _("it is not said which passage"),
            _("name a coding, or give --source with the passage"),
            "K645",
        )
    store = session.store
    code_id = naming.find_code(load_code_tree(store), given["code"]).id if given["code"] else None
    if coding is not None:
        found = naming.find_coding(store, coding)
        place, span = found.source_id, found.span
        code_id = code_id or found.code_id
    else:
        place, span = _passage(session, source or "", given)
    quote = quoting.choose_quote(store, session.coder_id, place, span, code_id)
    _show_one(session, quote.id)


def _passage(session: Session, source: str, given: dict[str, Any]) -> Any:
    from kodebok.cli.code import given_passage
    from kodebok.coding.naming import find_source
    from kodebok.storage.sources import load_text

    found = find_source(session.store, source)
    text = load_text(session.store, found.id)
    return found.id, given_passage(text, given["start"], given["end"], given["text"], given["nth"])


def _show_one(session: Session, quote_id: str) -> None:
    show_some(session, [i for i in chosen_items(session.store) if i["id"] == quote_id])


@command.command(
    "edit",
    help=mark(
        "Cut a quote, put in words of your own, or say how close it is to the source's words.\n\n"
        "Cuts and insertions given replace those that stand; '--cut \"\"' and '--insert \"\"' take "
        "them away."
    ),
)
@argument("quote", _THE_QUOTE)
@option("--cut", multiple=True, metavar="TEXT", help=mark("Words to leave out; repeat for more."))
@option(
    "--insert", multiple=True, metavar="'AFTER=>TEXT'",
    help=mark("Words of yours after words of the quote, in brackets when printed."),
)  # fmt: skip
@option(
    "--degree",
    type=click.Choice([str(d) for d in Degree]),
    help=mark("How close it is to the source."),
)
@option("--wording", metavar="TEXT", help=mark("Your wording, when it is not verbatim."))
@option("--code", metavar="CODE", help=mark("The code whose section it is to stand in."))
@option("--note", metavar="TEXT", help=mark("A note to yourself."))
@option("--position", type=int, metavar="N", help=mark("Its place in the order, from 1."))
@with_session
def edit(session: Session, quote: str, **given: Any) -> None:
    """Change one."""
    from kodebok.cli.facts import nothing_given
    from kodebok.coding import quoting

    store, coder = session.store, session.coder_id
    found = quoting.find_quote(store, quote)
    fields = _edited_fields(session, found, given)
    if not fields and given["position"] is None:
        raise nothing_given()
    with store.act("quote.edit", coder, found.id):
        if fields:
            quoting.edit_quote(store, coder, found.id, **fields)
        if given["position"] is not None:
            _put_at(session, found.id, given["position"] - 1)
    _show_one(session, found.id)


def _edited_fields(session: Session, quote: Quote, given: dict[str, Any]) -> dict[str, Any]:
    from kodebok.coding import naming, quoting
    from kodebok.storage.codes import load_code_tree
    from kodebok.storage.sources import load_text

    words = load_text(session.store, quote.source_id)[quote.start : quote.end]
    fields: dict[str, Any] = {}
    if given["cut"]:
        fields["cuts"] = quoting.find_cuts(words, [cut for cut in given["cut"] if cut.strip()])
    if given["insert"]:
        typed = [item for item in given["insert"] if item.strip()]
        fields["insertions"] = tuple(
            quoting.find_insertion(words, *split_insertion(item)) for item in typed
        )
    if given["code"]:
        fields["code_id"] = naming.find_code(load_code_tree(session.store), given["code"]).id
    for name in ("wording", "note"):
        if given[name] is not None:
            fields[name] = canonicalise(given[name]).strip()
    if given["degree"]:
        fields["degree"] = Degree(given["degree"])
        if fields["degree"] is Degree.VERBATIM:
            fields.setdefault("wording", "")
    return fields


def split_insertion(typed: str) -> tuple[str, str]:
    """The words of the quote, and the words to put in after them.

    Raises:
        WrongUseError: It is not written as AFTER=>TEXT (K646).
    """
    after, sign, words = typed.partition("=>")
    if not sign or not words.strip():
        raise WrongUseError(
            _("an insertion must be written as AFTER=>TEXT"),
            _("write for example 'the meeting=>in the morning'"),
            "K646",
        )
    return after.strip(), canonicalise(words).strip()


def _put_at(session: Session, quote_id: str, place: int) -> None:
    from kodebok.storage.quotes import change_quote, load_quotes

    order = [quote.id for quote in load_quotes(session.store) if quote.id != quote_id]
    order.insert(max(0, min(place, len(order))), quote_id)
    with session.store.act("quote.edit", session.coder_id, quote_id) as act:
        for position, other_id in enumerate(order):
            change_quote(act, other_id, position=position)


@command.command("used-in", help=mark("Note where in your text a quote stands, in your own words."))
@argument("quote", _THE_QUOTE)
@argument("place", mark("Such as 'Chapter 4.2'; an empty one takes it away."))
@with_session
def used_in(session: Session, quote: str, place: str) -> None:
    """Note it."""
    from kodebok.coding import quoting

    found = quoting.find_quote(session.store, quote)
    words = canonicalise(place).strip()
    quoting.edit_quote(session.store, session.coder_id, found.id, used_in=words)
    _show_one(session, found.id)


@command.command("where-used", help=mark("List the quotes with where they stand in your text."))
@argument("quote", _THE_QUOTE, required=False)
@with_session
def where_used(session: Session, quote: str | None) -> None:
    """Print where they stand."""
    from kodebok.coding import quoting

    items = chosen_items(session.store)
    if quote is not None:
        chosen = quoting.find_quote(session.store, quote)
        items = [item for item in items if item["id"] == chosen.id]
    columns = [
        Column(_("No."), "number", is_number=True),
        Column(_("Used in"), "used_in"),
        Column(_("Source"), "source"),
        Column(_("Participant"), "case"),
        Column(_("Printed"), "printed"),
    ]
    show(session, "chosen", items, columns)


@command.command("release", help=mark("Let a quote go; the coding stays."))
@argument("quote", _THE_QUOTE)
@with_session
def release(session: Session, quote: str) -> None:
    """Let one go."""
    from kodebok.coding import quoting

    found = quoting.find_quote(session.store, quote)
    quoting.release_quote(session.store, session.coder_id, found.id)
    session.say(_("Let the quote go; 'kodebok undo' brings it back."))


@command.command(
    "check",
    help=mark("Compare the quotes with their sources, and show how they spread over voices."),
)
@with_session
def check(session: Session) -> int:
    """Print the quotes that drifted; exit 1 when there are any."""
    items = [item for item in chosen_items(session.store) if item["drifted"]]
    if items or session.json:
        show_some(session, items)
    _say_spread(session)
    if not items:
        session.say(_("Every quote has its source's words."))
        return ExitCode.DONE
    session.say(
        _n(
            "{n} quote drifted: 'kodebok quote accept-drift' takes the source's words of now.",
            "{n} quotes drifted: 'kodebok quote accept-drift' takes the source's words of now.",
            len(items),
        )
    )
    return ExitCode.FAILED


def _say_spread(session: Session) -> None:
    from kodebok.coding.quoting import spread_of_voices
    from kodebok.domain.case import CaseKind
    from kodebok.storage.cases import load_cases

    people = [c.name for c in load_cases(session.store) if c.kind is CaseKind.PARTICIPANT]
    quoted = [item["case"] for item in chosen_items(session.store) if item["case"] in people]
    spread = spread_of_voices(quoted, people)
    for name, count in spread.counts:
        session.say(_n("{name}: {n} quote", "{name}: {n} quotes", count, name=name))
    if spread.dominant:
        session.say(_("{name} dominates: look for other voices.", name=spread.dominant))


@command.command("accept-drift", help=mark("Take the source's words of now as the quote's."))
@argument("quote", _THE_QUOTE)
@with_session
def accept_drift(session: Session, quote: str) -> None:
    """Settle it."""
    from kodebok.coding import quoting

    found = quoting.find_quote(session.store, quote)
    quoting.settle_drift(session.store, session.coder_id, found.id)
    _show_one(session, found.id)
