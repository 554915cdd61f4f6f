"""`kodebok undo`."""

from __future__ import annotations

from kodebok.cli.acts import show_turned_back
from kodebok.cli.base import new_command, option
from kodebok.cli.session import Session, with_session
from kodebok.i18n import mark


@new_command(
    mark("Take back the last act, also after the program was closed; as often as you like.")
)
@option("--times", type=int, default=1, metavar="N", help=mark("How many acts to take back."))
@with_session
def command(session: Session, times: int) -> None:
    """Undo."""
    from kodebok.cli.anonymise_acts import restore
    from kodebok.storage.history import is_apply_next, undo

    if times == 1 and is_apply_next(session.store):
        restore(session)
        return
    show_turned_back(session, undo, times)
