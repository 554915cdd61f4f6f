"""`kodebok code`: codes on a passage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kodebok.cli.base import argument, new_command, option
from kodebok.cli.items import coded_items, for_people, quote_columns
from kodebok.cli.output import show
from kodebok.cli.session import Session, with_session
from kodebok.errors import WrongUseError
from kodebok.i18n import mark, plural_translator, translator

if TYPE_CHECKING:
    from kodebok.domain.span import Span

_ = translator("cli")
_n = plural_translator("cli")


@new_command(
    mark(
        "Put codes on a passage.\n\n"
        "The passage is given by its offsets, or by its words, which must stand there once; "
        "white space may differ."
    )
)
@argument("source", mark("The source's name or id."))
@argument("codes", mark("Codes by path, last part of the path, or id."), nargs=-1, metavar="CODE")
@option("--start", type=int, metavar="N", help=mark("Offset of the first character, from 0."))
@option("--end", type=int, metavar="N", help=mark("Offset after the last character."))
@option("--text", metavar="TEXT", help=mark("The words of the passage."))
@option("--nth", type=int, metavar="N", help=mark("Which place, when the words stand in several."))
@option("--in-vivo", is_flag=True, help=mark("Make a code of the passage's own words."))
@with_session
def command(
    session: Session,
    source: str,
    codes: tuple[str, ...],
    start: int | None,
    end: int | None,
    text: str | None,
    nth: int | None,
    in_vivo: bool,
) -> None:
    """Code one passage."""
    from kodebok.cli.filters import chosen_codes
    from kodebok.coding import passages
    from kodebok.coding.naming import find_source
    from kodebok.storage.codes import load_code_tree
    from kodebok.storage.sources import load_text

    if not codes and not in_vivo:
        raise WrongUseError(
            _("no code was named"), _("name a code after the source, or use --in-vivo"), "K610"
        )
    store = session.store
    found = find_source(store, source)
    code_ids = chosen_codes(load_code_tree(store), codes)
    span = given_passage(load_text(store, found.id), start, end, text, nth)
    with store.act("coding.add", session.coder_id, found.id):
        added = passages.code_passage(store, session.coder_id, found.id, span, code_ids)
        if in_vivo:
            added += passages.code_in_vivo(store, session.coder_id, found.id, span)[1]
    items = coded_items(store, (coding.id for coding in added))
    if not added:
        session.say(_("You have coded it so already; nothing was changed."))
    if added or session.json:
        show(session, "quotes", for_people(items) if not session.json else items, quote_columns())
    if in_vivo:
        from kodebok.cli.codebook_changes import ask_of_new_code

        ask_of_new_code(session)


def given_passage(
    text: str, start: int | None, end: int | None, words: str | None, nth: int | None
) -> Span:
    """The passage that the options describe.

    Raises:
        WrongUseError: Neither offsets nor words, or both, were given (K611); or they do not fit.
    """
    from kodebok.coding.passages import find_passage
    from kodebok.domain.span import Span

    has_offsets = start is not None and end is not None
    if has_offsets == (words is not None) or (start is None) != (end is None):
        raise WrongUseError(
            _("the passage is not given"),
            _("give both --start and --end, or the words with --text"),
            "K611",
        )
    if words is not None:
        return find_passage(text, words, nth)
    return Span(start or 0, end or 0)
