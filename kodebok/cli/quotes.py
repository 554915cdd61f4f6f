"""`kodebok quotes`: coded passages, or the quotes that were chosen."""

from __future__ import annotations

from typing import Any

from kodebok.cli.base import new_command, option
from kodebok.cli.chosen import show_chosen
from kodebok.cli.filters import chosen_filter, filter_options
from kodebok.cli.items import excerpt_item, first_line, for_people, quote_columns
from kodebok.cli.output import show
from kodebok.cli.session import Session, with_session
from kodebok.i18n import mark


@new_command(
    mark(
        "List coded passages with their source, participant, place and coder.\n\n"
        "After the command --coder chooses whose codings are listed."
    )
)
@filter_options
@option("--chosen", is_flag=True, help=mark("List the quotes that were chosen for the text."))
@option("--short", is_flag=True, help=mark("Show only the beginning of each passage."))
@with_session
def command(session: Session, chosen: bool, short: bool, **filters: Any) -> None:
    """Print passages."""
    from kodebok.storage.codes import load_code_tree
    from kodebok.storage.codings import load_excerpts

    store = session.store
    wanted = chosen_filter(store, filters)
    if chosen:
        show_chosen(session, wanted)
        return
    items = [excerpt_item(e) for e in load_excerpts(store, load_code_tree(store), wanted)]
    if session.json:
        show(session, "quotes", items, ())
        return
    listed = for_people(items)
    if short:
        listed = [{**item, "text": first_line(item["text"])} for item in listed]
    show(session, "quotes", listed, quote_columns())
