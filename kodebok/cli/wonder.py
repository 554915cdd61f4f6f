"""`kodebok wonder`: what surprises, and against which theory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kodebok.cli.base import argument, new_command, option
from kodebok.cli.items import first_line, named_things, short_id
from kodebok.cli.output import Column, Item, show
from kodebok.cli.session import Session, with_session
from kodebok.errors import WrongUseError
from kodebok.i18n import mark, translator

if TYPE_CHECKING:
    from kodebok.domain.wondering import Wondering

_ = translator("cli")


@new_command(
    mark(
        "Mark what surprises you in a passage, and against which theory; without a passage list "
        "the wonderings of the source, without a source all of them.\n\n"
        "From three wonderings on, 'kodebok suggest more' finds passages like them."
    )
)
@argument("source", mark("The source's name or id."), required=False)
@option("--start", type=int, metavar="N", help=mark("Offset of the first character, from 0."))
@option("--end", type=int, metavar="N", help=mark("Offset after the last character."))
@option("--text", metavar="TEXT", help=mark("The words of the passage."))
@option("--nth", type=int, metavar="N", help=mark("Which place, when the words stand in several."))
@option("--about", metavar="TEXT", default="", help=mark("What surprises here."))
@option("--theory", metavar="TEXT", default="", help=mark("Against which theory or expectation."))
@option("--remove", metavar="WONDERING", help=mark("Take this wondering away, by its id."))
@with_session
def command(
    session: Session,
    source: str | None,
    start: int | None,
    end: int | None,
    text: str | None,
    nth: int | None,
    about: str,
    theory: str,
    remove: str | None,
) -> None:
    """Mark one, take one away, or list them."""
    from kodebok.cli.code import given_passage
    from kodebok.coding import wondering
    from kodebok.coding.naming import find_source
    from kodebok.storage.sources import load_text
    from kodebok.storage.wonderings import load_wonderings

    store = session.store
    if remove is not None:
        wondering.forget(store, session.coder_id, wondering.find_wondering(store, remove))
        session.say(_("Taken away."))
        return
    found = find_source(store, source) if source else None
    if start is None and end is None and text is None:
        if about or theory:
            raise WrongUseError(
                _("a wondering stands on a passage"),
                _("name the source, and give --start and --end, or the words with --text"),
                "K860",
            )
        _show(session, load_wonderings(store, found.id if found else None))
        return
    if found is None:
        raise WrongUseError(
            _("a wondering stands on a passage"), _("name the source before the options"), "K860"
        )
    span = given_passage(load_text(store, found.id), start, end, text, nth)
    made = wondering.wonder(store, session.coder_id, found.id, span, about, theory)
    _show(session, [made])


def _show(session: Session, listed: list[Wondering]) -> None:
    from kodebok.storage.sources import load_text

    names = named_things(session.store)
    items: list[Item] = [
        {
            "id": item.id,
            "source": names.get(item.source_id),
            "start": item.start,
            "end": item.end,
            "text": load_text(session.store, item.source_id)[item.start : item.end],
            "surprise": item.surprise,
            "theory": item.theory,
            "coder": names.get(item.coder_id),
            "created": item.created,
        }
        for item in listed
    ]
    if not session.json:
        items = [{**i, "id": short_id(i["id"]), "text": first_line(i["text"])} for i in items]
    columns = [
        Column(_("Id"), "id"),
        Column(_("Source"), "source"),
        Column(_("What surprises"), "surprise", width=40),
        Column(_("Against which theory"), "theory", width=24),
        Column(_("Passage"), "text", width=60),
    ]
    show(session, "wonderings", items, columns)
