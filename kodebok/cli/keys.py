"""`kodebok keys`: the keys of the screen."""

from __future__ import annotations

from kodebok.cli.base import new_command
from kodebok.cli.output import Column, show
from kodebok.cli.session import Session, with_session
from kodebok.i18n import mark, translator

_ = translator("cli")


@new_command(
    mark(
        "List the keys of the screen. They can be changed in kodebok.toml, in a table [keys] with "
        "lines such as: study.undo = 'ctrl+z'"
    )
)
@with_session
def command(session: Session) -> None:
    """Print the keys, those that the settings give in place of the default."""
    chosen = session.settings().table("keys")
    items = [
        {
            "action": action,
            "keys": str(chosen.get(action, keys)),
            "default": keys,
            "does": explained,
        }
        for action, keys, explained in session.front.screen_keys()
    ]
    columns = [
        Column(_("Keys"), "keys"),
        Column(_("What they do"), "does"),
        Column(_("Action"), "action"),
    ]
    show(session, "keys", items, columns)
