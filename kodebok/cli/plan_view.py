"""Showing what was understood of the files of an import, before anything is stored."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from kodebok.cli.gathering import Gathered
from kodebok.cli.output import Column, Item, is_terminal, shortened, show, write_text
from kodebok.cli.session import Session
from kodebok.i18n import mark, translator

if TYPE_CHECKING:
    from kodebok.study.importing import SourcePlan

_ = translator("cli")

MOST_WITH_VOICES = 20  # sources whose voices are still shown one by one
_SHORT_EXAMPLE = 60  # signs of a repair's example

_REPAIRED = mark("Repair {kind} ({name}): {n}, such as: {before} → {after}")
_NOT_REPAIRED = mark("Not repaired, {kind} ({name}): {n}, such as: {before} → {after}")


def plan_item(plan: SourcePlan, repaired: frozenset[str]) -> Item:
    """A source as it would be stored, by the schema `import`."""
    return {
        "name": plan.name,
        "type": str(plan.type),
        "format": plan.arrival.format,
        "encoding": plan.arrival.encoding,
        "case": plan.case,
        "words": plan.words,
        "turns": len(plan.arrival.turns),
        "speakers": [
            {"label": v.label, "role": str(v.role), "case": v.case, "turns": v.turns}
            for v in plan.voices
        ],
        "values": plan.arrival.values,
        "repairs": [
            {
                "kind": r.kind,
                "count": r.count,
                "before": r.before,
                "after": r.after,
                "made": r.kind in repaired,
            }
            for r in plan.arrival.repairs
        ],
        "doubts": list(plan.warnings),
    }


def show_plans(session: Session, gathered: Gathered) -> None:
    """Show what was understood: a table of sources, then repairs and doubts."""
    items = [plan_item(plan, gathered.repaired) for plan in gathered.plans]
    if session.json:
        show(session, "import", items, ())
        return
    for item in items:
        item["voices"] = [_voice(voice) for voice in item["speakers"]]
        item["mended"] = sum(r["count"] for r in item["repairs"] if r["made"])
    if is_terminal():
        _show_on_terminal(session, items)
    else:
        show(session, "import", items, _plan_columns())
    say = write_text if is_terminal() else session.say
    for line in _remarks(items):
        say(line)


def _show_on_terminal(session: Session, items: Sequence[Item]) -> None:
    """The sources, then their voices: one table would be too wide for a terminal."""
    for item in items:
        item["read_as"] = ", ".join(filter(None, (item["format"], item["encoding"])))
    columns = [c for c in _plan_columns() if c.key not in {"voices", "format", "encoding"}]
    columns.insert(2, Column(_("Format"), "read_as"))
    show(session, "import", items, columns)
    for item in items if len(items) <= MOST_WITH_VOICES else ():
        if item["voices"]:
            write_text("\n".join(["", item["name"], *(f"  {v}" for v in item["voices"])]))


def _voice(voice: Item) -> str:
    """A voice with what it does: the participant whose it is, or that it asks."""
    role = voice["case"] or (_("asks") if voice["role"] == "interviewer" else _("no participant"))
    return f"{voice['label']} ({role}, {voice['turns']})"


def _plan_columns() -> list[Column]:
    return [
        Column(_("Name"), "name"),
        Column(_("Type"), "type", is_choice=True),
        Column(_("Format"), "format"),
        Column(_("Encoding"), "encoding"),
        Column(_("Participant"), "case"),
        Column(_("Voices"), "voices"),
        Column(_("Turns"), "turns", is_number=True),
        Column(_("Words"), "words", is_number=True),
        Column(_("Repairs"), "mended", is_number=True),
    ]


def _remarks(items: Sequence[Item]) -> Iterator[str]:
    """Each kind of repair with its number and one example, and each doubt once."""
    from kodebok.sources import describe_repair

    counts: dict[str, int] = {}
    examples: dict[str, Item] = {}
    for item in items:
        for repair in item["repairs"]:
            counts[repair["kind"]] = counts.get(repair["kind"], 0) + repair["count"]
            examples.setdefault(repair["kind"], repair)
    for kind, count in counts.items():
        before, after = (
            shortened(examples[kind][side], _SHORT_EXAMPLE) for side in ("before", "after")
        )
        yield _(
            _REPAIRED if examples[kind]["made"] else _NOT_REPAIRED,
            kind=kind,
            name=describe_repair(kind),
            n=count,
            before=before,
            after=after,
        )
    for item in items:
        for doubt in item["doubts"]:
            yield _("{name}: {doubt}", name=item["name"], doubt=doubt)
