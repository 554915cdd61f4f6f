"""The quotes that were chosen, as they are listed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kodebok.cli.items import first_line, short_id
from kodebok.cli.output import Column, Item, show
from kodebok.cli.session import Session
from kodebok.domain.quote import Degree, Quote, has_drifted, render_quote
from kodebok.domain.span import Span
from kodebok.i18n import translator

if TYPE_CHECKING:
    from kodebok.storage.codings import ExcerptFilter
    from kodebok.storage.database import Store

_ = translator("cli")


def chosen_items(store: Store, wanted: ExcerptFilter | None = None) -> list[Item]:
    """Chosen quotes by the schema `chosen`, in their order."""
    from kodebok.coding.hearing import unheard_quotes
    from kodebok.storage import cases, codes, quotes, sources

    unheard = {quote.id for quote in unheard_quotes(store)}
    tree = codes.load_code_tree(store)
    names = {source.id: source.name for source in sources.load_sources(store)}
    people = {case.id: case for case in cases.load_cases(store)}
    items = []
    for number, quote in enumerate(quotes.load_quotes(store), start=1):
        voice = sources.load_voice_at(store, quote.source_id, quote.start)
        case = people.get(voice.case_id or "")
        if wanted and not _lets_through(
            store, wanted, quote, voice.case_id, case.values if case else {}
        ):
            continue
        now = sources.load_text(store, quote.source_id)[quote.start : quote.end]
        items.append(
            {
                "id": quote.id,
                "number": number,
                "source": names[quote.source_id],
                "case": case.name if case else None,
                "code": tree.path(quote.code_id) if quote.code_id else None,
                "start": quote.start,
                "end": quote.end,
                "text": now,
                "speaker": voice.label,
                "time_ms": voice.time_ms,
                "degree": _degree(quote, is_heard=quote.id not in unheard),
                "heard": quote.id not in unheard,
                "cuts": [[cut.start, cut.end] for cut in quote.cuts],
                "insertions": [[item.offset, item.text] for item in quote.insertions],
                "wording": quote.wording,
                "printed": quote.wording or render_quote(now, quote.cuts, quote.insertions),
                "used_in": quote.used_in,
                "note": quote.note,
                "drifted": has_drifted(quote, now),
            }
        )
    return items


def _degree(quote: Quote, *, is_heard: bool) -> str:
    """The degree; recognised speech that nobody has heard is never called verbatim."""
    if quote.degree is Degree.VERBATIM and not is_heard:
        return "unheard"
    return str(quote.degree)


def _lets_through(
    store: Store,
    wanted: ExcerptFilter,
    quote: Quote,
    case_id: str | None,
    values: dict[str, str],
) -> bool:
    listed = (
        (wanted.code_ids, quote.code_id),
        (wanted.source_ids, quote.source_id),
        (wanted.case_ids, case_id),
        (wanted.coder_ids, quote.coder_id),
    )
    if any(chosen and value not in chosen for chosen, value in listed):
        return False
    if any(values.get(name) != value for name, value in wanted.variables):
        return False
    return not wanted.overlapping or _overlaps(store, quote, wanted.overlapping)


def _overlaps(store: Store, quote: Quote, code_ids: tuple[str, ...]) -> bool:
    from kodebok.storage.codings import load_codings

    return any(
        coding.code_id in code_ids and coding.span.overlaps(Span(quote.start, quote.end))
        for coding in load_codings(store, quote.source_id)
    )


def show_chosen(session: Session, wanted: ExcerptFilter | None = None) -> None:
    """Print the chosen quotes."""
    show_some(session, chosen_items(session.store, wanted))


def show_some(session: Session, items: list[Item]) -> None:
    """Print quotes of the schema `chosen`."""
    columns = [
        Column(_("No."), "number", is_number=True),
        Column(_("Id"), "short"),
        Column(_("Source"), "source"),
        Column(_("Participant"), "case"),
        Column(_("Code"), "code", width=30),
        Column(_("Degree"), "degree", is_choice=True),
        Column(_("Used in"), "used_in"),
        Column(_("Drifted"), "drifted"),
        Column(_("Printed"), "printed"),
    ]
    if not session.json:
        items = [
            {**i, "short": short_id(i["id"]), "printed": first_line(i["printed"])} for i in items
        ]
    show(session, "chosen", items, columns)
