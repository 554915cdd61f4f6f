"""`kodebok history`: what was done."""

from __future__ import annotations

from kodebok.cli.acts import act_columns, event_item, for_people
from kodebok.cli.base import new_command, option
from kodebok.cli.items import named_things
from kodebok.cli.output import show
from kodebok.cli.session import Session, with_session
from kodebok.i18n import mark


@new_command(mark("List what was done, the newest first."))
@option(
    "--limit", type=int, default=50, show_default=True, metavar="N", help=mark("How many acts.")
)
@option("--before", type=int, metavar="N", help=mark("Only acts before this number."))
@option("--all", "every", is_flag=True, help=mark("All acts."))
@with_session
def command(session: Session, limit: int, before: int | None, every: bool) -> None:
    """Print acts."""
    from kodebok.storage.history import load_events

    count = -1 if every else max(limit, 0)
    events = load_events(session.store, count, before)
    names = named_things(session.store)
    items = [event_item(event, names) for event in events]
    if not session.json:
        items = [for_people(item, names) for item in items]
    show(session, "history", items, act_columns())
