"""`kodebok demo`: the example study."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kodebok.cli.base import argument, new_command, option
from kodebok.cli.output import write
from kodebok.cli.session import Session, with_session
from kodebok.i18n import mark, translator
from kodebok.paths import DATABASE_NAME

if TYPE_CHECKING:
    from kodebok.study.opening import Study

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

    folder = directory or session.folder / _FOLDER
    session.keep(_example_in(session, folder))
    write(f"{session.study.folder}\n")
    return 0 if no_open or not session.has_terminal else open_screen(session)


def _example_in(session: Session, folder: Path) -> Study:
    """The example, made now; one that was made before is opened as it was left."""
    from kodebok.storage.history import has_kind
    from kodebok.study.example import EXAMPLE_ACT, make_example
    from kodebok.study.opening import open_study

    if (folder / DATABASE_NAME).is_file():
        study = open_study(folder)
        if has_kind(study.store, EXAMPLE_ACT):
            session.say(_("The example study is here already; it is as you left it."))
            return study
        study.close()
    study = make_example(folder)
    session.say(_("Made the example study."))
    return study
