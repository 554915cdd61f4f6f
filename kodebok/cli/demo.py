"""`kodebok demo`: the example study."""

from __future__ import annotations

from pathlib import Path

import click

from kodebok.cli.base import argument, new_command, option
from kodebok.cli.output import write
from kodebok.cli.session import Session, with_session
from kodebok.i18n import mark, translator

_ = translator("cli")

_FOLDER = "kodebok-demo"


@new_command(
    mark(
        "Make the example study in a folder, and open it.\n\n"
        "All of it is fiction: sources, codebook, codings, memos and quotes to try kodebok on."
    )
)
@argument(
    "directory", mark("The folder to make it in; 'kodebok-demo' here when not named."),
    required=False, metavar="DIR", type=click.Path(path_type=Path),
)  # fmt: skip
@option("--no-open", is_flag=True, help=mark("Do not open the screen afterwards."))
@with_session
def command(session: Session, directory: Path | None, no_open: bool) -> int:
    """Make the example."""
    from kodebok.cli.app import open_screen
    from kodebok.study.example import make_example

    folder = directory or session.folder / _FOLDER
    session.keep(make_example(folder))
    session.say(_("Made the example study."))
    write(f"{session.study.folder}\n")
    return 0 if no_open or not session.has_terminal else open_screen(session)
