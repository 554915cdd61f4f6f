"""`kodebok quotes`: coded passages, or the quotes that were chosen."""

from __future__ import annotations

from typing import Any

import click

from kodebok.cli.base import new_command, option
from kodebok.cli.chosen import show_chosen
from kodebok.cli.filters import chosen_filter, filter_options
from kodebok.cli.items import excerpt_item, first_line, for_people, quote_columns
from kodebok.cli.output import show
from kodebok.cli.session import Session, with_session
from kodebok.domain.coding import Weight
from kodebok.i18n import mark


@new_command(
    mark(
        "List coded passages with their source, participant, place and coder.\n\n"
        "After the command --coder chooses whose codings are listed."
    )
)
@filter_options
@option("--chosen", is_flag=True, help=mark("List the quotes that were chosen for the text."))
@option(
    "--where",
    metavar="EQUATION",
    help=mark("Only passages that a code equation holds for, such as 'A & ~B' or 'A | B/*'."),
)
@option(
    "--weight",
    type=click.Choice([str(weight) for weight in Weight]),
    help=mark("Only passages that do this to their code; contradicts: the negative cases."),
)
@option("--short", is_flag=True, help=mark("Show only the beginning of each passage."))
@with_session
def command(
    session: Session,
    chosen: bool,
    where: str | None,
    weight: str | None,
    short: bool,
    **filters: Any,
) -> None:
    """Print passages."""
    from kodebok.storage.codes import load_code_tree
    from kodebok.storage.codings import load_excerpts

    store = session.store
    wanted = chosen_filter(store, filters)
    if chosen:
        show_chosen(session, wanted)
        return
    tree = load_code_tree(store)
    excerpts = load_excerpts(store, tree, wanted)
    if where is not None:
        from kodebok.coding.equations import matching_excerpts, parse_equation
        from kodebok.storage.codings import load_spans

        excerpts = matching_excerpts(excerpts, parse_equation(where, tree), load_spans(store))
    items = [excerpt_item(e) for e in excerpts if weight in {None, str(e.weight)}]
    if session.json:
        show(session, "quotes", items, ())
        return
    listed = for_people(items)
    if short:
        listed = [{**item, "text": first_line(item["text"])} for item in listed]
    show(session, "quotes", listed, quote_columns())
