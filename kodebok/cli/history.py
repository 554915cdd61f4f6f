"""`kodebok history`: what was done."""

from __future__ import annotations

from kodebok.cli.acts import act_columns, event_item, for_people, short_time, taken_item
from kodebok.cli.base import new_command, option
from kodebok.cli.items import named_things
from kodebok.cli.output import Column, Item, show
from kodebok.cli.session import Session, with_session
from kodebok.i18n import mark, translator

_ = translator("cli")


@new_command(
    mark(
        "List what was done, the newest first, with what merges brought from other copies; or, "
        "with --code, the biography of a category, the oldest first."
    )
)
@option(
    "--limit", type=int, default=50, show_default=True, metavar="N", help=mark("How many acts.")
)
@option("--before", type=int, metavar="N", help=mark("Only acts before this number."))
@option("--all", "every", is_flag=True, help=mark("All acts."))
@option("--code", metavar="CODE", help=mark("The biography of this code, also of one now gone."))
@with_session
def command(
    session: Session, limit: int, before: int | None, every: bool, code: str | None
) -> None:
    """Print acts."""
    from kodebok.storage.history import load_events

    if code is not None:
        _show_biography(session, code)
        return

    count = -1 if every else max(limit, 0)
    events = load_events(session.store, count, before)
    names = named_things(session.store)
    items = _with_taken(session, [event_item(event, names) for event in events], names)
    if not session.json:
        items = [for_people(item, names) for item in items]
    show(session, "history", items, act_columns())


def _with_taken(session: Session, items: list[Item], names: dict[str, str]) -> list[Item]:
    """Acts of other copies stand right below the merge that brought them."""
    from kodebok.storage.merging import load_taken_events

    brought: dict[int, list[Item]] = {}
    for taken in load_taken_events(session.store):
        brought.setdefault(taken.taken_at, []).insert(0, taken_item(taken, names))
    return [one for item in items for one in (item, *brought.get(item["seq"], ()))]


def _show_biography(session: Session, typed: str) -> None:
    from kodebok.coding.biography import find_told_code, load_biography, tell
    from kodebok.storage.codes import load_code_tree

    store = session.store
    tree, names = load_code_tree(store), named_things(store)
    items = [
        {
            "seq": moment.seq,
            "at": moment.at,
            "until": moment.until,
            "kind": str(moment.kind),
            "told": tell(moment, tree, names),
            "passages": moment.count,
            "sources": [names.get(source_id) for source_id in moment.sources],
            "coder": names.get(moment.coder_id),
        }
        for moment in load_biography(store, find_told_code(store, typed))
    ]
    if not session.json:
        items = [{**item, "at": short_time(str(item["at"]))} for item in items]
    columns = [
        Column(_("No."), "seq", is_number=True),
        Column(_("When"), "at"),
        Column(_("Who"), "coder"),
        Column(_("What happened"), "told"),
    ]
    show(session, "biography", items, columns)
