"""`kodebok search`: find words, look at the hits, code the chosen ones together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kodebok.cli.base import argument, new_command, option
from kodebok.cli.items import coded_items, for_people, hit_item, quote_columns
from kodebok.cli.output import Column, Item, clock, is_terminal, new_table, print_rich, show
from kodebok.cli.session import Session, with_session
from kodebok.errors import WrongUseError
from kodebok.i18n import mark, plural_translator, translator

if TYPE_CHECKING:
    from kodebok.coding.finding import Hit, SearchScope
    from kodebok.storage.database import Store

_ = translator("cli")
_n = plural_translator("cli")

_AROUND = 40  # characters shown on each side of a hit


@new_command(
    mark(
        "Find words in the texts, and code the hits together.\n\n"
        'Words must all stand in the same turn; "a phrase" is given in quotation marks inside the '
        "query, and a star ends the beginning of a word: samhandl*. With --apply and --hits the "
        "chosen hits are coded as one act."
    )
)
@argument("query", mark("Words, phrases, or a pattern with --regex."))
@option("--regex", is_flag=True, help=mark("The query is a regular expression."))
@option("--source", multiple=True, metavar="SOURCE", help=mark("Only this source."))
@option("--case", multiple=True, metavar="CASE", help=mark("Only this participant."))
@option("--code", multiple=True, metavar="CODE", help=mark("Only in passages with this code."))
@option("--limit", type=int, metavar="N", help=mark("Show no more hits than this."))
@option(
    "--apply",
    "codes",
    multiple=True,
    metavar="CODE",
    help=mark("Code the chosen hits with this code."),
)
@option("--hits", "choice", metavar="1,3-5", help=mark("Which hits to code, or 'all'."))
@option(
    "--turns/--words",
    default=True,
    help=mark("Code the whole turn around a hit, or the words alone."),
)
@with_session
def command(session: Session, query: str, codes: tuple[str, ...], **given: Any) -> None:
    """Search, and code what is chosen."""
    from kodebok.coding.finding import find

    if given["limit"] is not None and given["limit"] < 1:
        raise WrongUseError(_("no hit can be shown so"), _("give --limit 1 or more"), "K631")
    scope = _scope(session.store, given)
    hits = find(session.store, query, scope, regex=given["regex"], limit=given["limit"])
    if codes or given["choice"]:
        _apply(session, hits, codes, given["choice"], turns=given["turns"])
    else:
        _show_hits(session, hits)


def _scope(store: Store, given: dict[str, Any]) -> SearchScope:
    from kodebok.cli.filters import chosen_codes
    from kodebok.coding.finding import SearchScope
    from kodebok.coding.naming import find_case, find_source
    from kodebok.storage.codes import load_code_tree

    return SearchScope(
        source_ids=tuple(find_source(store, name).id for name in given["source"]),
        case_ids=tuple(find_case(store, name).id for name in given["case"]),
        code_ids=chosen_codes(load_code_tree(store), given["code"]),
    )


def _apply(
    session: Session, hits: list[Hit], names: tuple[str, ...], choice: str | None, *, turns: bool
) -> None:
    """Code the chosen hits.

    Raises:
        WrongUseError: The code, or the choice of hits, is not given (K632).
    """
    from kodebok.cli.filters import chosen_codes
    from kodebok.coding.finding import code_hits, parse_choice
    from kodebok.storage.codes import load_code_tree

    if not names or not choice:
        raise WrongUseError(
            _("both the code and the hits must be chosen"),
            _("give --apply CODE and --hits 1,3-5, or --hits all"),
            "K632",
        )
    code_ids = chosen_codes(load_code_tree(session.store), names)
    chosen = [hits[number - 1] for number in parse_choice(choice, len(hits))]
    added = code_hits(session.store, session.coder_id, chosen, code_ids, turns=turns)
    items = coded_items(session.store, (coding.id for coding in added))
    show(session, "quotes", items if session.json else for_people(items), quote_columns())
    session.say(_n("{n} new coding.", "{n} new codings.", len(added)))


def _show_hits(session: Session, hits: list[Hit]) -> None:
    if session.json or not is_terminal():
        items = [hit_item(hit) for hit in hits]
        for item, hit in zip(items, hits, strict=True) if not session.json else ():
            item |= {"place": f"{hit.start}-{hit.end}", "around": "".join(_around(hit))}
        show(session, "quotes", items, _columns())
    else:
        _draw_hits(hits)
    if hits:
        session.say(_n("{n} hit.", "{n} hits.", len(hits)))


def _columns() -> list[Column]:
    return [
        Column(_("No."), "number", is_number=True),
        Column(_("Source"), "source"),
        Column(_("Participant"), "case"),
        Column(_("Place"), "place"),
        Column(_("Text"), "around"),
    ]


def _around(hit: Hit) -> tuple[str, str, str]:
    """The words before a hit, the hit, and the words after it."""
    at, end = hit.start - hit.context_start, hit.end - hit.context_start
    first, last = max(0, at - _AROUND), min(len(hit.context), end + _AROUND)
    before = ("…" if first else "") + hit.context[first:at]
    after = hit.context[end:last] + ("…" if last < len(hit.context) else "")
    return before, hit.context[at:end], after


def _draw_hits(hits: list[Hit]) -> None:
    """A line for each hit, the words found in bold."""
    from rich.text import Text

    from kodebok.cli.output import for_terminal

    table = new_table()
    for title in (_("No."), _("Source"), _("Participant"), _("Time"), _("Text")):
        table.add_column(Text(title), overflow="fold")
    for hit in hits:
        before, found, after = (for_terminal(part) for part in _around(hit))
        words = Text.assemble(before, (found, "bold underline"), after)
        cells: Item = {"source": hit.source, "case": hit.case or "", "time": clock(hit.time_ms)}
        texts = (Text(for_terminal(value)) for value in cells.values())
        table.add_row(Text(str(hit.number)), *texts, words)
    print_rich(table)
