"""`kodebok new-codes`: what each source brought for the first time, and the curve of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kodebok.cli.base import new_command, option
from kodebok.cli.output import Column, show
from kodebok.cli.session import Session, with_session
from kodebok.i18n import mark, translator

if TYPE_CHECKING:
    from kodebok.coding.new_code_curves import Point

_ = translator("cli")

BAR = 24  # cells of the longest bar


@new_command(
    mark(
        "List the codes that each source brought for the first time, in the order in which the "
        "sources were brought in, and how the curve would have gone in other orders. Few new codes "
        "towards the end may speak for saturation; they do not prove it."
    )
)
@option(
    "--base", type=click.IntRange(1), default=4, show_default=True, metavar="N",
    help=mark("How many interviews the base is."),
)  # fmt: skip
@option(
    "--run", type=click.IntRange(1), default=2, show_default=True, metavar="N",
    help=mark("How many interviews a run is."),
)  # fmt: skip
@option(
    "--threshold", type=click.IntRange(0, 100), default=5, show_default=True, metavar="PERCENT",
    help=mark("New codes, as a share of the base's, that count as few."),
)  # fmt: skip
@with_session
def command(session: Session, base: int, run: int, threshold: int) -> None:
    """Print the new codes."""
    from kodebok.coding import new_code_curves as curves
    from kodebok.storage.codes import load_code_tree
    from kodebok.storage.projects import load_project

    tree = load_code_tree(session.store)
    listed = curves.load_codes_by_source(session.store)
    found = [codes for _source, codes in listed]
    curve = curves.draw_curve(found)
    most = curve.points[-1].codes if curve.points else 0
    items = [
        {
            "id": source.source_id,
            "source": source.name,
            "new": len(source.new_codes),
            "total": point.codes,
            "mean": round(point.mean, 2),
            "low": point.low,
            "high": point.high,
            "codes": [tree.path(code_id) for code_id in source.new_codes],
        }
        for (source, _codes), point in zip(listed, curve.points, strict=True)
    ]
    if not session.json:
        drawn = zip(items, curve.points, strict=True)
        items = [{**i, "band": f"{p.low}–{p.high}", "bar": bar(p, most)} for i, p in drawn]
    columns = [
        Column(_("Source"), "source"),
        Column(_("New codes"), "new", is_number=True),
        Column(_("So far"), "total", is_number=True),
        Column(_("In other orders"), "band", is_number=True),
        Column("", "bar"),
        Column(_("Which"), "codes"),
    ]
    show(session, "new-codes", items, columns)
    if not items:
        return
    stopping = curves.find_stopping(found, base, run, threshold / 100)
    why_not = curves.why_no_curve(load_project(session.store).method)
    said = [
        *([why_not] if why_not else []),
        curves.tell_curve(curve),
        *curves.tell_stopping(stopping, base, run, threshold / 100),
        *curves.information_power(),
    ]
    session.say("")
    for sentence in said:
        session.say(sentence)


def bar(point: Point, most: int) -> str:
    """Codes so far as a bar, the band of other orders behind it."""
    if not most:
        return ""
    solid, low, high = (round(BAR * n / most) for n in (point.codes, point.low, point.high))
    cells = ["█" if place < solid else "░" if low <= place < high else " " for place in range(BAR)]
    return "".join(cells).rstrip()
