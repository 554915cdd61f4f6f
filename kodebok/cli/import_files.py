"""`kodebok import`: transcripts, notes, documents and answers into the study."""

from __future__ import annotations

from typing import Any

import click

from kodebok.cli.base import argument, new_command, option
from kodebok.cli.facts import check_date
from kodebok.cli.session import Session, with_session
from kodebok.domain.source import Mode, SourceType
from kodebok.i18n import language, mark


@new_command(
    mark(
        "Bring in transcripts, notes, documents or answers.\n\n"
        "FILE may be a file, a folder or a pattern. What was understood is shown before anything "
        "is stored; --dry-run only shows it, --yes stores it without asking. Files that cannot be "
        "read are listed, and the others are brought in."
    )
)
@argument("files", mark("Files, folders or patterns."), nargs=-1, required=True, metavar="FILE")
@option(
    "--type", "kind", type=click.Choice([str(t) for t in SourceType]),
    help=mark("What kind of material it is; else it is guessed."),
)  # fmt: skip
@option("--name", metavar="TEXT", help=mark("The source's name; else the file's."))
@option("--case", metavar="CASE", help=mark("The participant whose words they are."))
@option("--no-cases", is_flag=True, help=mark("Make no participants."))
@option("--date", metavar="DATE", help=mark("When it took place, such as 2025-02-12."))
@option("--place", metavar="TEXT", help=mark("Where it took place."))
@option("--mode", type=click.Choice([str(m) for m in Mode]), help=mark("How it was held."))
@option("--interviewer", metavar="NAME", help=mark("Who asked."))
@option("--observer", metavar="NAME", help=mark("Who looked on and wrote."))
@option(
    "--language",
    "spoken",
    type=click.Choice(("nb", "nn", "en")),
    help=mark("The language of its words."),
)
@option(
    "--repair/--no-repair",
    default=True,
    help=mark("Mend what the file format did to the text, or leave it."),
)
@option(
    "--refuse",
    multiple=True,
    metavar="KIND",
    help=mark("A kind of repair not to make, as --dry-run names it."),
)
@option("--encoding", metavar="NAME", help=mark("The encoding of a text file, such as cp1252."))
@option(
    "--no-speakers",
    is_flag=True,
    help=mark("Take every line as text: look for no voices and times."),
)
@option(
    "--text-column",
    multiple=True,
    metavar="NAME",
    help=mark("A spreadsheet's column with answers."),
)
@option(
    "--case-column", metavar="NAME", help=mark("A spreadsheet's column that names the participant.")
)
@option("--sheet", metavar="NAME", help=mark("The sheet of a workbook."))
@option(
    "--first-impression",
    metavar="TEXT",
    help=mark("A memo on what struck you, before you have read it."),
)
@option("--dry-run", is_flag=True, help=mark("Only show what was understood."))
@with_session
def command(session: Session, files: tuple[str, ...], dry_run: bool, **given: Any) -> int:
    """Read, show, ask, store."""
    from kodebok.cli.gathering import gather, tell_failures
    from kodebok.cli.importing import store
    from kodebok.cli.plan_view import show_plans

    given["date"] = check_date(given["date"])
    given["spoken"] = given["spoken"] or session.study.project().language or language()
    gathered = gather(session, files, given)
    tell_failures(gathered.failures)
    if dry_run:
        show_plans(session, gathered)
        return gathered.exit_code
    if gathered.plans:
        store(session, gathered, given["first_impression"])
    return gathered.exit_code
