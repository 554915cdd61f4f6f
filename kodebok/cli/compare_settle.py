"""What `kodebok compare` changes and keeps: differences settled, figures before and after."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kodebok.cli.output import Column, Item, show
from kodebok.cli.words import decimal
from kodebok.errors import WrongUseError
from kodebok.i18n import translator

if TYPE_CHECKING:
    from kodebok.cli.session import Session
    from kodebok.coding.agreement_compared import Compared
    from kodebok.domain.project import User
    from kodebok.storage.database import Store

_ = translator("cli")


def with_herself(store: Store, users: list[User]) -> list[User]:
    """A coder and her second self.

    Raises:
        WrongUseError: More than one coder was named (K378), or she has not coded anew.
    """
    from kodebok.coding.blinding import second_self

    if len({user.id for user in users}) != 1:
        raise WrongUseError(
            _("a coder is compared with herself"),
            _("name one coder with --recoded"),
            "K378",
        )
    return [users[0], second_self(store, users[0])]


def settle(session: Session, compared: Compared, wish: dict[str, Any]) -> None:
    """Settle one difference.

    Raises:
        WrongUseError: It is not said whose codings stand (K379).
    """
    from kodebok.coding import settling
    from kodebok.coding.naming import find_coder
    from kodebok.domain.blind import Settling

    named = (wish["agree_with"] or "").strip()
    if not named:
        raise WrongUseError(
            _("it is not said whose codings are to stand"),
            _("give --agree-with and a coder, 'both' or 'none'"),
            "K379",
        )
    difference = settling.find_difference(compared, wish["settle"])
    of_all = {"both": Settling.BOTH, "none": Settling.NONE}.get(named)
    coder = None if of_all else find_coder(session.store, named)
    settling.settle(
        session.store,
        session.coder_id,
        compared,
        difference,
        of_all or Settling.AGREE,
        agree_with=coder,
        reason=wish["reason"],
    )
    session.say(_("Settled; 'kodebok undo' takes it back."))


def keep(session: Session, compared: Compared, units: str, note: str) -> None:
    """Keep the figures as they are."""
    from kodebok.coding.agreement_report import report_agreement
    from kodebok.coding.agreement_units import UnitKind
    from kodebok.coding.settling import keep_figures

    report = report_agreement(compared, UnitKind(units))
    keep_figures(session.store, session.coder_id, compared, report, note)
    show_kept(session, list(compared.coders), settled=False)


def show_kept(session: Session, users: list[User], *, settled: bool) -> None:
    """List what was settled, or the figures that were kept."""
    if settled:
        _show_settled(session, users)
    else:
        _show_runs(session, users)


def _show_runs(session: Session, users: list[User]) -> None:
    from kodebok.coding.agreement_words import headings, measure_name
    from kodebok.coding.settling import runs_of

    items: list[Item] = [
        {
            "id": run.id,
            "at": run.at,
            "note": run.note,
            "unit": run.unit,
            "sources": len(run.sources.split(",")),
            "figures": {m: value for code, m, value, _low, _high in run.figures if code is None},
            "by_code": [list(figure) for figure in run.figures if figure[0] is not None],
        }
        for run in runs_of(session.store, users)
    ]
    measures = list(dict.fromkeys(name for item in items for name in item["figures"]))
    if not session.json:
        items = [{**item, **{m: _two(item["figures"].get(m)) for m in measures}} for item in items]
    columns = [
        Column(_("When"), "at"),
        Column(_("Note"), "note", width=30),
        Column(_("Sources"), "sources", is_number=True),
        *(Column(measure_name(name), name, is_number=True) for name in measures),
    ]
    session.say(headings()["kept"])
    show(session, "agreement-kept", items, columns)


def _two(value: float | None) -> str:
    return "–" if value is None else decimal(round(value, 2) + 0.0, 2)


def _show_settled(session: Session, users: list[User]) -> None:
    from kodebok.cli.items import first_line, named_things
    from kodebok.coding.settling import coders_key
    from kodebok.storage.blind import load_settlements
    from kodebok.storage.sources import load_text

    store = session.store
    names = named_things(store)
    key = coders_key(users)
    items = [
        {
            "id": item.id,
            "at": item.at,
            "source": names.get(item.source_id),
            "start": item.start,
            "end": item.end,
            "text": load_text(store, item.source_id)[item.start : item.end],
            "choice": names.get(item.choice, item.choice),
            "reason": item.reason,
            "by": names.get(item.coder_id),
        }
        for item in load_settlements(store)
        if item.coders == key
    ]
    if not session.json:
        words = {"both": _("both"), "none": _("none")}
        items = [
            {
                **item,
                "text": first_line(str(item["text"])),
                "choice": words.get(str(item["choice"]), item["choice"]),
            }
            for item in items
        ]
    columns = [
        Column(_("When"), "at"),
        Column(_("Source"), "source"),
        Column(_("Whose codings stand"), "choice"),
        Column(_("Why"), "reason", width=40),
        Column(_("Text"), "text"),
    ]
    show(session, "settled", items, columns)
