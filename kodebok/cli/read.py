"""`kodebok read`: a source is read through."""

from __future__ import annotations

from kodebok.cli.base import argument, new_command, option
from kodebok.cli.session import Session, with_session
from kodebok.i18n import mark, translator

_ = translator("cli")


@new_command(
    mark(
        "Mark a source as read through by you, so that an empty cell of the matrix tells more "
        "than that nobody has looked yet."
    )
)
@argument("source", mark("The source's name or id."))
@option("--undo", "take_back", is_flag=True, help=mark("It is not read through after all."))
@with_session
def command(session: Session, source: str, take_back: bool) -> None:
    """Mark it."""
    from kodebok.coding.naming import find_source
    from kodebok.storage.sources import mark_read, unmark_read

    found = find_source(session.store, source)
    change = unmark_read if take_back else mark_read
    kind = "source.unread" if take_back else "source.read"
    with session.store.act(kind, session.coder_id, found.id) as act:
        changed = change(act, found.id, session.coder_id)
    if not changed:
        session.say(_("It is so already; nothing was changed."))
    elif take_back:
        session.say(_("{name} is not read through.", name=found.name))
    else:
        session.say(_("{name} is read through.", name=found.name))
