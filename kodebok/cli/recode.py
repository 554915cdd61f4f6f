"""`kodebok recode`: codings get another code, other borders or a weight."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kodebok.cli.base import argument, new_command, option
from kodebok.cli.items import coded_items, for_people, quote_columns
from kodebok.cli.output import show
from kodebok.cli.session import Session, with_session
from kodebok.domain.coding import Weight
from kodebok.errors import WrongUseError
from kodebok.i18n import mark, translator

if TYPE_CHECKING:
    from kodebok.domain.coding import Coding

_ = translator("cli")

_NO_WEIGHT = "none"


@new_command(
    mark(
        "Change codings, as one act: --to gives them another code, --start and --end or --text "
        "move the borders of one, --weight says what they do to their code."
    )
)
@argument(
    "codings", mark("Ids of codings, or the first four signs of each."), nargs=-1, required=True,
    metavar="CODING",
)  # fmt: skip
@option("--to", "code", metavar="CODE", help=mark("The code that they are to have."))
@option("--start", type=int, metavar="N", help=mark("Offset of the first character, from 0."))
@option("--end", type=int, metavar="N", help=mark("Offset after the last character."))
@option("--text", metavar="TEXT", help=mark("The words of the passage."))
@option("--nth", type=int, metavar="N", help=mark("Which place, when the words stand in several."))
@option(
    "--weight", type=click.Choice([*(str(w) for w in Weight), _NO_WEIGHT]),
    help=mark("Whether they support, nuance or contradict what the code otherwise shows."),
)  # fmt: skip
@with_session
def command(
    session: Session,
    codings: tuple[str, ...],
    code: str | None,
    start: int | None,
    end: int | None,
    text: str | None,
    nth: int | None,
    weight: str | None,
) -> None:
    """Change them."""
    from kodebok.cli.facts import nothing_given
    from kodebok.coding import naming, passages
    from kodebok.storage.codes import load_code_tree

    store, coder = session.store, session.coder_id
    found = {c.id: c for c in (naming.find_coding(store, typed) for typed in codings)}
    new_borders = any(value is not None for value in (start, end, text))
    if code is None and weight is None and not new_borders:
        raise nothing_given()
    code_id = naming.find_code(load_code_tree(store), code).id if code else None
    with store.act("coding.change", coder, next(iter(found))):
        if new_borders:
            _move_borders(session, list(found.values()), start, end, text, nth)
        for coding_id in found if weight else ():
            chosen = Weight(weight) if weight and weight != _NO_WEIGHT else None
            passages.weigh_coding(store, coder, coding_id, chosen)
        if code_id:
            passages.recode(store, coder, found, code_id)
    items = coded_items(store, found)
    show(session, "quotes", items if session.json else for_people(items), quote_columns())


def _move_borders(
    session: Session,
    codings: list[Coding],
    start: int | None,
    end: int | None,
    text: str | None,
    nth: int | None,
) -> None:
    from kodebok.cli.code import given_passage
    from kodebok.coding.passages import adjust_coding
    from kodebok.storage.sources import load_text

    if len(codings) != 1:
        raise WrongUseError(
            _("borders are moved of one coding at a time"), _("name one coding"), "K630"
        )
    coding = codings[0]
    words = load_text(session.store, coding.source_id)
    # One border may be given alone; the other stays.
    if text is None:
        start = coding.start if start is None else start
        end = coding.end if end is None else end
    span = given_passage(words, start, end, text, nth)
    adjust_coding(session.store, session.coder_id, coding.id, span)
