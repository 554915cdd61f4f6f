"""`kodebok review`: excerpts to a supervisor, the answers back, and what becomes of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from kodebok.cli.base import argument, new_group, option
from kodebok.cli.gate_words import gate_options
from kodebok.cli.session import Session, with_session
from kodebok.domain.review import ReviewForm
from kodebok.i18n import LANGUAGES, mark

_PATH = click.Path(path_type=Path)
_answer = argument("answer", mark("The answer's id, its first signs, or a printed id (K-3F2A)."))


@new_group(
    mark(
        "Send excerpts to a supervisor, and take the answers in; without a command: list.\n\n"
        "What goes out is anonymised and passes the gate; who got what, and until when, is kept."
    )
)
def command() -> None:
    """The supervisor's loop."""


@command.command("list", help=mark("List the answers, those to decide on first."))
@option("--open", "only_open", is_flag=True, help=mark("Only those that are not settled."))
@with_session
def list_answers(session: Session, only_open: bool) -> None:
    """Print the queue."""
    from kodebok.cli.review_acts import show_queue

    show_queue(session, only_open=only_open)


@command.command("send", help=mark("Write a package for a supervisor."))
@option("--to", "recipient", metavar="NAME", required=True, help=mark("To whom; kept here alone."))
@option(
    "--form",
    type=click.Choice([str(form) for form in ReviewForm]),
    default=str(ReviewForm.WORD),
    help=mark("Word with excerpts, a whole interview in Word, a web page, or for kodebok."),
)
@option("--code", multiple=True, metavar="CODE", help=mark("This code, and those below it."))
@option("--theme", multiple=True, metavar="THEME", help=mark("This theme, and its codes."))
@option("--source", multiple=True, metavar="SOURCE", help=mark("Only this source."))
@option("--memo", multiple=True, metavar="MEMO", help=mark("Send this memo along."))
@option("--definitions", is_flag=True, help=mark("Send the definitions of the codes along."))
@option("--doubtful", type=int, default=0, metavar="N", help=mark("The N most in doubt."))
@option("--sample", type=int, default=0, metavar="N", help=mark("N passages, drawn."))
@option("--seed", type=int, default=1, metavar="N", help=mark("What all draws begin with."))
@option("--until", "due", default="", metavar="DATE", help=mark("When answers are wanted."))
@option("--questions", default="", metavar="TEXT", help=mark("What you want to ask."))
@option("--language", type=click.Choice(LANGUAGES), help=mark("The language of the package."))
@option("-o", "--output", "path", type=_PATH, metavar="FILE", help=mark("Where to write it."))
@gate_options
@with_session
def send_package(session: Session, **wished: Any) -> None:
    """Choose, pack, write."""
    from kodebok.cli.review_acts import send_one

    send_one(session, wished)


@command.command("receive", help=mark("Take in a file that came back; twice changes nothing."))
@argument("file", mark("The Word file, or the file of answers."), type=_PATH, metavar="FILE")
@with_session
def receive_file(session: Session, file: Path) -> None:
    """Take answers in."""
    from kodebok.cli.review_acts import receive_one

    receive_one(session, file)


@command.command("settle", help=mark("Decide on an answer: accept, discuss or reject."))
@_answer
@argument(
    "decision",
    mark("accept, discuss or reject."),
    type=click.Choice(["accept", "discuss", "reject"]),
    metavar="accept|discuss|reject",
)
@option("--reason", default="", metavar="TEXT", help=mark("Why; the supervisor is shown it."))
@option("--code", metavar="CODE", help=mark("Another code than the one proposed."))
@option("--add", is_flag=True, help=mark("Keep the code it has, and add the other."))
@with_session
def settle_answer(session: Session, answer: str, decision: str, **told: Any) -> None:
    """Decide."""
    from kodebok.cli.review_acts import settle_one

    settle_one(session, answer, decision, **told)


@command.command(
    "place", help=mark("Say which passage an answer is about, when it could not be placed.")
)
@_answer
@argument("coding", mark("The coding's id, or its first four signs."), required=False)
@option("--source", metavar="SOURCE", help=mark("The source, when the passage has no coding."))
@option("--text", metavar="TEXT", help=mark("The words of the passage."))
@option("--nth", type=int, metavar="N", help=mark("Which place, when the words stand in several."))
@with_session
def place_answer(session: Session, answer: str, coding: str | None, **words: Any) -> None:
    """Place an answer."""
    from kodebok.cli.review_place import place_one

    place_one(session, answer, coding, **words)


@command.command("sent", help=mark("List what was sent: to whom, when, and until when."))
@with_session
def list_sent(session: Session) -> None:
    """Print packages."""
    from kodebok.cli.review_acts import show_sent

    show_sent(session)


@command.command(
    "open", help=mark("For the supervisor: open a package, and answer with one key each.")
)
@argument("file", mark("The package (.kodebok)."), type=_PATH, metavar="FILE")
@option("--name", default="", metavar="NAME", help=mark("Your name, for the student."))
@option("-o", "--output", "path", type=_PATH, metavar="FILE", help=mark("Where the answers go."))
@option(
    "--answer",
    "given",
    multiple=True,
    metavar="ID=TEXT",
    help=mark("Answer without the screen, such as K-3F2A=agree; repeat for more."),
)
@with_session
def open_package(
    session: Session, file: Path, name: str, path: Path | None, given: tuple[str, ...]
) -> int:
    """Answer a package."""
    from kodebok.cli.review_open import open_one

    return open_one(session, file, name, path, given)
