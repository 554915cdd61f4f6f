"""`kodebok uncode`: codings are removed."""

from __future__ import annotations

from kodebok.cli.base import argument, new_command
from kodebok.cli.session import Session, with_session
from kodebok.i18n import mark, plural_translator

_n = plural_translator("cli")


@new_command(mark("Remove codings by their ids, as one act; 'kodebok quotes' prints the ids."))
@argument(
    "codings", mark("Ids of codings, or the first four signs of each."), nargs=-1, required=True,
    metavar="CODING",
)  # fmt: skip
@with_session
def command(session: Session, codings: tuple[str, ...]) -> None:
    """Remove them."""
    from kodebok.coding.naming import find_coding
    from kodebok.coding.passages import uncode

    found = list(dict.fromkeys(find_coding(session.store, typed).id for typed in codings))
    uncode(session.store, session.coder_id, found)
    session.say(_n("Removed {n} coding.", "Removed {n} codings.", len(found)))
