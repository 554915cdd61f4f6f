"""`kodebok suggest`: suggestions, asked for and judged one by one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from kodebok.cli.base import argument, new_group, option
from kodebok.cli.session import Session, with_session
from kodebok.domain.suggestion import SuggestionKind
from kodebok.i18n import mark

if TYPE_CHECKING:
    from kodebok.suggest.runs import Wish

MOST_SEED = 2**32 - 1

_RUN_OPTIONS = (
    argument("sources", mark("Only these sources."), nargs=-1, metavar="SOURCE"),
    option(
        "--all",
        "unread",
        is_flag=True,
        help=mark("Also in sources that you have not read through; the record says so."),
    ),
    option("--limit", type=int, default=10, metavar="N", help=mark("The most to suggest.")),
    option(
        "--seed",
        type=click.IntRange(0, MOST_SEED),
        default=1,
        metavar="N",
        help=mark("What all draws begin with."),
    ),
)
_without = option(
    "--without",
    multiple=True,
    metavar="TEXT",
    help=mark("A word that is not to count as evidence; repeat for more."),
)
_suggestion = argument("suggestion", mark("The suggestion's id, or its first signs."))


def _run_options(function: Callable[..., Any]) -> Callable[..., Any]:
    for add in reversed(_RUN_OPTIONS):
        function = add(function)
    return function


@new_group(
    mark(
        "Suggestions learned from your own codings, off until you turn them on; without a "
        "command: list.\n\n"
        "Nothing is coded until you accept it, one at a time. What was suggested, why, and what "
        "you made of it is kept."
    )
)
def command() -> None:
    """Suggestions."""


@command.command("list", help=mark("List what was suggested last and has no verdict yet."))
@with_session
def list_suggestions(session: Session) -> None:
    """Print the open ones."""
    from kodebok.cli.suggest_acts import say_when_off
    from kodebok.cli.suggest_view import show_suggestions
    from kodebok.suggest.verdicts import open_suggestions

    say_when_off(session)
    show_suggestions(session, open_suggestions(session.store, session.coder_id))


@command.command("show", help=mark("Print all of one suggestion: what it rests on."))
@_suggestion
@with_session
def show_suggestion(session: Session, suggestion: str) -> None:
    """Print a card."""
    from kodebok.cli.suggest_view import show_card
    from kodebok.suggest.verdicts import find_suggestion

    show_card(session, find_suggestion(session.store, session.coder_id, suggestion))


@command.command("on", help=mark("Turn suggestions on in this study."))
@with_session
def turn_on(session: Session) -> None:
    """Choose to have them."""
    from kodebok.cli.suggest_acts import turn_switch

    turn_switch(session, is_on=True)


@command.command("off", help=mark("Turn suggestions off in this study; the record stays."))
@with_session
def turn_off(session: Session) -> None:
    """Choose to do without."""
    from kodebok.cli.suggest_acts import turn_switch

    turn_switch(session, is_on=False)


@command.command("codes", help=mark("Suggest codes for passages that you left without one."))
@_run_options
@_without
@with_session
def suggest_codes(session: Session, **wished: Any) -> None:
    """Codes, three at most for a passage."""
    from kodebok.cli.suggest_acts import show_run

    show_run(session, SuggestionKind.CODE, _wish(session, wished))


@command.command("unexplained", help=mark("List passages that your codes explain least."))
@_run_options
@_without
@with_session
def suggest_unexplained(session: Session, **wished: Any) -> None:
    """What no code explains."""
    from kodebok.cli.suggest_acts import show_run

    show_run(session, SuggestionKind.UNEXPLAINED, _wish(session, wished))


@command.command(
    "more", help=mark("List passages like those with a wondering; three wonderings are needed.")
)
@_run_options
@_without
@with_session
def suggest_more(session: Session, **wished: Any) -> None:
    """More like these."""
    from kodebok.cli.suggest_acts import show_run

    show_run(session, SuggestionKind.MORE, _wish(session, wished))


@command.command(
    "groups", help=mark("Suggest groups of uncoded passages that may become a category.")
)
@_run_options
@with_session
def suggest_groups(session: Session, **wished: Any) -> None:
    """Candidates."""
    from kodebok.cli.suggest_acts import show_run

    show_run(session, SuggestionKind.GROUP, _wish(session, wished))


@command.command(
    "try",
    help=mark(
        "Try on your own codes, with whole interviews left out, how far suggestions can be "
        "trusted here; nothing is kept."
    ),
)
@option(
    "--seed",
    type=click.IntRange(0, MOST_SEED),
    default=1,
    metavar="N",
    help=mark("What all draws begin with."),
)
@option(
    "--embedding",
    metavar="DIR",
    help=mark("Try a sentence-transformers model too, from this folder; none is fetched."),
)
@with_session
def try_suggestions(session: Session, seed: int, embedding: str | None) -> None:
    """The self-test."""
    from kodebok.cli.suggest_acts import show_trial

    show_trial(session, seed, embedding)


@command.command(
    "drift",
    help=mark("List codings that sit nearer another code than their own, and codes to read again."),
)
@option(
    "--seed",
    type=click.IntRange(0, MOST_SEED),
    default=1,
    metavar="N",
    help=mark("What all draws begin with."),
)
@with_session
def list_drift(session: Session, seed: int) -> None:
    """Where coding may have drifted."""
    from kodebok.cli.suggest_acts import show_drift

    show_drift(session, seed)


@command.command("theory", help=mark("Print what each theory has met in your codings."))
@with_session
def list_theory(session: Session) -> None:
    """Theory and data."""
    from kodebok.cli.suggest_acts import show_theory

    show_theory(session)


@command.command("accept", help=mark("Accept one suggestion; the passage is coded."))
@_suggestion
@option("--code", metavar="CODE", help=mark("Another code, or the code where none was suggested."))
@option("--start", type=int, metavar="N", help=mark("Offset of the first character, from 0."))
@option("--end", type=int, metavar="N", help=mark("Offset after the last character."))
@with_session
def accept_suggestion(
    session: Session, suggestion: str, code: str | None, start: int | None, end: int | None
) -> None:
    """Say yes to one."""
    from kodebok.cli.suggest_acts import accept_one

    accept_one(session, suggestion, code, start, end)


@command.command("reject", help=mark("Reject one suggestion; it is not made again."))
@_suggestion
@option("--reason", metavar="TEXT", required=True, help=mark("Why it does not fit."))
@with_session
def reject_suggestion(session: Session, suggestion: str, reason: str) -> None:
    """Say no to one."""
    from kodebok.cli.suggest_acts import reject_one

    reject_one(session, suggestion, reason)


@command.command(
    "record", help=mark("Facts for the method chapter: whether and how suggestions were used.")
)
@with_session
def show_record(session: Session) -> None:
    """What the study's file says."""
    from kodebok.cli.suggest_acts import print_record

    print_record(session)


def _wish(session: Session, wished: dict[str, Any]) -> Wish:
    from kodebok.coding.naming import find_source
    from kodebok.suggest.runs import Wish

    return Wish(
        source_ids=tuple(find_source(session.store, name).id for name in wished["sources"]),
        unread=wished["unread"],
        limit=max(1, wished["limit"]),
        without=wished.get("without", ()),
        seed=wished["seed"],
    )
