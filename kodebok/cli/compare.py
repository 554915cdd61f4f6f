"""`kodebok compare`: how far coders agree, and the passages that they coded differently."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from kodebok.cli.base import argument, new_command, option
from kodebok.cli.items import first_line
from kodebok.cli.output import Column, Item, show
from kodebok.cli.session import Session, with_session
from kodebok.cli.words import decimal
from kodebok.i18n import mark, translator

if TYPE_CHECKING:
    from kodebok.coding.agreement_compared import Compared
    from kodebok.coding.agreement_report import Agreement, Report

_ = translator("cli")

# Measures of a code that people are shown, by their signs, which need no translation.
_SIGNS = {
    "kappa": "κ",
    "fleiss_kappa": "κ",
    "alpha": "α",
    "ac1": "AC1",
    "u_alpha": "uα",
    "cu_alpha": "cuα",
}


@new_command(
    mark(
        "Show how far two or more coders agree, by code and over all, with intervals; or, with "
        "--differences, the passages that they coded differently, those that cost most agreement "
        "first.\n\n"
        "Only participants' words count, in the sources that all of these coders have coded or "
        "marked as read. Let a coder code blind with 'kodebok coders blind', and one code anew "
        "with 'kodebok coders again'; settle differences with --settle."
    )
)
@argument(
    "coders", mark("Names or ids of two coders or more."), nargs=-1, required=True, metavar="NAME"
)
@option(
    "--units",
    type=click.Choice(["turns", "sentences", "characters"]),
    default="turns",
    help=mark("What is judged for each code: turns, sentences or characters."),
)
@option("--source", multiple=True, metavar="SOURCE", help=mark("Only this source."))
@option("--rollup", is_flag=True, help=mark("Let a code also count what is coded below it."))
@option("--differences", is_flag=True, help=mark("List the passages that were coded differently."))
@option("--recoded", is_flag=True, help=mark("A coder with herself, in her last round anew."))
@option("--settle", metavar="ID", help=mark("Settle the difference of this id."))
@option(
    "--agree-with", metavar="NAME", help=mark("Whose codings stand there: a coder, both or none.")
)
@option("--reason", default="", metavar="TEXT", help=mark("Why it was settled so."))
@option("--settled", is_flag=True, help=mark("List what was settled."))
@option("--keep", metavar="NOTE", help=mark("Keep the figures as they are now, with a note."))
@option("--kept", is_flag=True, help=mark("List the figures that were kept, before and after."))
@with_session
def command(
    session: Session,
    coders: tuple[str, ...],
    units: str,
    source: tuple[str, ...],
    rollup: bool,
    differences: bool,
    recoded: bool,
    **wish: Any,
) -> None:
    """Compare."""
    from kodebok.cli import compare_settle
    from kodebok.coding import agreement_words
    from kodebok.coding.agreement_compared import load_compared
    from kodebok.coding.naming import find_coder, find_source
    from kodebok.storage.projects import load_project

    store = session.store
    users = [find_coder(store, name) for name in coders]
    if recoded:
        users = compare_settle.with_herself(store, users)
    if wish["settled"] or wish["kept"]:
        compare_settle.show_kept(session, users, settled=wish["settled"])
        return
    only = [find_source(store, name).id for name in source]
    compared = load_compared(store, users, only, rollup=rollup)
    reason = agreement_words.why_not_asked(load_project(store).method)
    if reason:
        session.say(reason)
    if wish["settle"]:
        compare_settle.settle(session, compared, wish)
    elif wish["keep"] is not None:
        compare_settle.keep(session, compared, units, wish["keep"])
    elif differences:
        _show_differences(session, compared)
    else:
        _show_agreement(session, compared, units)


def _show_agreement(session: Session, compared: Compared, units: str) -> None:
    from kodebok.coding import agreement_words
    from kodebok.coding.agreement_report import report_agreement
    from kodebok.coding.agreement_units import UnitKind

    report = report_agreement(compared, UnitKind(units))
    if session.json:
        items = [_agreement_item(compared, report, row) for row in report.rows]
        show(session, "agreement", items, ())
    else:
        _show_whole(session, compared, report)
        session.say("")
        _show_codes(session, compared, report)
    session.say("")
    for sentence in agreement_words.what_was_compared(compared, report):
        session.say(sentence)
    for sentence in agreement_words.warnings(report):
        session.say(sentence)


def _agreement_item(compared: Compared, report: Report, row: Agreement) -> Item:
    from kodebok.coding.agreement_report import OF_PASSAGES

    return {
        "code": compared.tree.path(row.code_id) if row.code_id else None,
        "measure": row.measure,
        "value": row.value,
        "low": row.low,
        "high": row.high,
        "units": row.units,
        "unit": "characters" if row.measure in OF_PASSAGES else str(report.unit),
        "coders": [coder.name for coder in compared.coders],
        "sources": [item.source.name for item in compared.taking_part],
    }


def _show_whole(session: Session, compared: Compared, report: Report) -> None:
    from kodebok.coding import agreement_words
    from kodebok.coding.settling import runs_of

    runs = runs_of(session.store, compared.coders)
    last = [figure for figure in runs[-1].figures if figure[0] is None] if runs else []
    before = {measure: value for _code, measure, value, _low, _high in last}
    items = [
        {
            "measure": agreement_words.measure_name(row.measure),
            "value": _number(row.measure, row.value),
            "interval": _interval(row),
            "kept": _number(row.measure, before.get(row.measure)),
            "tells": agreement_words.what_it_tells(row.measure),
            "means": agreement_words.what_it_means(row.measure, row.value),
        }
        for row in report.rows
        if row.code_id is None
    ]
    titles = agreement_words.headings()
    columns = [
        Column(titles["measure"], "measure"),
        Column(titles["value"], "value", is_number=True),
        Column(titles["interval"], "interval", is_number=True),
        *([Column(titles["kept"], "kept", is_number=True)] if runs else []),
        Column(titles["tells"], "tells"),
        Column(titles["means"], "means"),
    ]
    show(session, "agreement", items, columns)


def _show_codes(session: Session, compared: Compared, report: Report) -> None:
    from kodebok.coding import agreement_words

    by_code: dict[str, Item] = {}
    for row in report.rows:
        if row.code_id is None:
            continue
        item = by_code.setdefault(row.code_id, {"code": compared.tree.path(row.code_id)})
        item[_SIGNS.get(row.measure, row.measure)] = _number(row.measure, row.value)
        if row.measure == "alpha":
            item["interval"] = _interval(row)
    titles = agreement_words.headings()
    columns = [
        Column(_("Code"), "code", width=30),
        Column(titles["percent"], "percent", is_number=True),
        Column("κ", "κ", is_number=True),
        Column("α", "α", is_number=True),
        Column(titles["interval"] + " α", "interval", is_number=True),
        Column("AC1", "AC1", is_number=True),
        Column("uα", "uα", is_number=True),
        Column("cuα", "cuα", is_number=True),
    ]
    show(session, "agreement", list(by_code.values()), columns)


def _number(measure: str, value: float | None) -> str:
    if value is None:
        return "–"
    return f"{decimal(value)} %" if measure == "percent" else _decimal(value)


def _interval(row: Agreement) -> str:
    if row.low is None or row.high is None:
        return "–"
    shown = decimal if row.measure == "percent" else _decimal
    return f"{shown(row.low)} … {shown(row.high)}"


def _decimal(number: float) -> str:
    """Two decimals, and no sign before a zero."""
    return decimal(round(number, 2) + 0.0, 2)


def _show_differences(session: Session, compared: Compared) -> None:
    from kodebok.coding import agreement_words
    from kodebok.coding.agreement_differences import find_differences
    from kodebok.coding.settling import difference_id

    found = find_differences(compared)
    paths = [[[compared.tree.path(c) for c in codes] for codes in d.codes] for d in found]
    names = [coder.name for coder in compared.coders]
    items = [
        {
            "id": difference_id(difference),
            "source": difference.source.name,
            "start": difference.span.start,
            "end": difference.span.end,
            "text": difference.text,
            "codes": dict(zip(names, codes, strict=True)),
            "differ_in": "codes" if difference.in_codes else "borders",
            "cost": round(difference.cost, 4),
        }
        for difference, codes in zip(found, paths, strict=True)
    ]
    if session.json:
        show(session, "differences", items, ())
        return
    titles = agreement_words.headings()
    columns = [
        Column(titles["cost"], "share", is_number=True, width=12),
        Column(_("Source"), "source"),
        Column(_("Place"), "place"),
        Column(titles["differ_in"], "kind"),
        *(Column(name, f"coder {place}", width=30) for place, name in enumerate(names)),
        Column(_("Id"), "id"),
        Column(_("Text"), "text"),
    ]
    show(session, "differences", [_for_people(item) for item in items], columns)


def _for_people(item: Item) -> Item:
    from kodebok.coding.agreement_words import kind_of_difference

    coded = enumerate(item["codes"].values())
    return {
        **item,
        **{f"coder {place}": codes or "–" for place, codes in coded},
        "share": f"{decimal(100 * item['cost'])} %",
        "place": f"{item['start']}-{item['end']}",
        "kind": kind_of_difference(in_codes=item["differ_in"] == "codes"),
        "text": first_line(item["text"]),
    }
