"""`kodebok redo`."""

from __future__ import annotations

from kodebok.cli.acts import show_turned_back
from kodebok.cli.base import new_command, option
from kodebok.cli.session import Session, with_session
from kodebok.i18n import mark


@new_command(mark("Do again the act that was taken back last."))
@option("--times", type=int, default=1, metavar="N", help=mark("How many acts to do again."))
@with_session
def command(session: Session, times: int) -> None:
    """Redo."""
    from kodebok.storage.history import redo

    show_turned_back(session, redo, times)
