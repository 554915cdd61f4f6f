"""`kodebok backup`: one encrypted file of the study, and the way back."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kodebok.cli.base import argument, new_command, option
from kodebok.cli.output import show_json, write
from kodebok.cli.passphrase import ask_passphrase
from kodebok.cli.session import Session, with_session
from kodebok.errors import WrongUseError
from kodebok.i18n import mark, translator
from kodebok.paths import PROJECT_FOLDERS

_ = translator("cli")


@new_command(
    mark(
        "Write one encrypted file of the study, read it back, and note it.\n\n"
        "The file lies in the approved place when the card names one. It is opened by a "
        "passphrase: when that is lost, the backup is lost too. The key file is not in it."
    )
)
@argument(
    "file", mark("Where to; else a new name in the approved place."), required=False,
    metavar="FILE", type=click.Path(path_type=Path),
)  # fmt: skip
@option(
    "--without", type=click.Choice(PROJECT_FOLDERS), multiple=True,
    help=mark("Leave out a folder of the study; may be given several times."),
)  # fmt: skip
@option(
    "--restore", nargs=2, type=click.Path(path_type=Path), metavar="FILE DIR",
    help=mark("Bring the study in a backup back into a new folder, but for what was erased since."),
)  # fmt: skip
@option(
    "--newer", type=click.Path(path_type=Path), metavar="DIR",
    help=mark("With --restore: a newer copy of the study, whose erasures are carried out too."),
)  # fmt: skip
@with_session
def command(
    session: Session, file: Path | None, without: tuple[str, ...],
    restore: tuple[Path, Path] | None, newer: Path | None,
) -> None:  # fmt: skip
    """Write a backup, or bring one back."""
    if restore is None:
        if newer is not None:
            raise _wrong_options()
        _write(session, file, without)
    elif file is not None or without:
        raise _wrong_options()
    else:
        _bring_back(session, *restore, newer)


def _wrong_options() -> WrongUseError:
    return WrongUseError(
        _("a backup is either written or restored"),
        _("write: kodebok backup FILE; restore: kodebok backup --restore FILE DIR"),
        "K641",
    )


def _write(session: Session, file: Path | None, without: tuple[str, ...]) -> None:
    from kodebok.study.backup import default_backup_path, make_backup
    from kodebok.study.card import local_today

    path = file or default_backup_path(session.study, local_today())
    passphrase = ask_passphrase(twice=True)
    session.say(_("Writing, and reading back; a lot of sound takes some minutes."))
    made = make_backup(
        session.study, path, passphrase, without=without, progress=_Percent(session).show
    )
    if session.json:
        item = {"path": str(made.path), "bytes": made.bytes, "files": made.files}
        show_json("backups", [{**item, "sha256": made.digest}])
        return
    write(f"{made.path}\n")
    session.say(_("{n} files, read back and found whole.", n=made.files))
    session.say(_("Keep the passphrase apart from the backup. If it is lost, so is the backup."))


def _bring_back(session: Session, file: Path, folder: Path, newer: Path | None) -> None:
    from kodebok.study.restoring import restore_backup

    restored = restore_backup(file, folder, ask_passphrase(twice=False), newer=newer)
    if session.json:
        item = {"folder": str(restored.folder), "made": restored.made, "files": restored.files}
        show_json("restored", [{**item, "erased": restored.erased}])
        return
    write(f"{restored.folder}\n")
    day = restored.made[:10]
    session.say(_("{n} files, as they were on {day}.", n=restored.files, day=day))
    if restored.erased:
        session.say(_("What was erased since was erased again: {n}.", n=restored.erased))


class _Percent:
    """How far the writing has come, on a terminal, once for each percent."""

    def __init__(self, session: Session) -> None:
        self._is_shown = sys.stderr.isatty() and not session.quiet
        self._last = -1

    def show(self, done: int, total: int) -> None:
        """Draw it over the last one; the line goes away at the end."""
        percent = min(100, done * 100 // max(1, total))
        if self._is_shown and percent != self._last:
            self._last = percent
            sys.stderr.write("\r      \r" if percent == 100 else f"\r{percent:>3} %")  # noqa: PLR2004
            sys.stderr.flush()
