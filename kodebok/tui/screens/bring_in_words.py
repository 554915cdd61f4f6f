"""What was understood of a file, in words."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from rich.style import Style
from rich.text import Text

from kodebok.domain.source import Arrival, Repair, Role
from kodebok.i18n import plural_translator, translator
from kodebok.sources import describe_repair
from kodebok.study.importing import SourcePlan, Voice
from kodebok.tui.incoming import IncomingFile
from kodebok.tui.widgets.plain import cut_to
from kodebok.tui.words import number, role_words, type_words

_ = translator("tui")
_n = plural_translator("tui")

_HEADING = Style(bold=True)
_FIRST_TURNS = 4
_EXAMPLE_WIDE = 30


def file_row(file: IncomingFile, plans: Sequence[SourcePlan]) -> tuple[str, ...]:
    """Cells of the table of files."""
    first = plans[0]
    name = first.name if file.is_single else _n("{n} source", "{n} sources", len(plans))
    doubts = sum(len(plan.warnings) for plan in plans)
    return (
        file.path.name,
        name,
        type_words(first.type),
        number(sum(plan.words for plan in plans)),
        str(len(first.voices)) if file.is_single else "–",
        str(doubts) if doubts else "–",
    )


def describe_file(file: IncomingFile, plans: Sequence[SourcePlan]) -> Text:
    """All that was understood, the doubts first."""
    plan = plans[0]
    text = Text()
    for doubt in dict.fromkeys(doubt for each in plans for doubt in each.warnings):
        text.append(f"! {doubt}\n", style=_HEADING)
    _append_part(text, _("Read as"), _reading(file.arrivals[0]))
    if file.is_single:
        _append_part(text, _("Participant"), plan.case or _("none"))
        voices = "; ".join(voice_line(voice) for voice in plan.voices)
        _append_part(text, _("Voices"), voices or _("none recognised"))
    for repair in file.arrivals[0].repairs:
        _append_part(text, _("Repair"), repair_line(repair, refused=repair.kind in file.refused))
    text.append("\n")
    for turn in islice(file.arrivals[0].turns, _FIRST_TURNS):
        if turn.speaker:
            text.append(f"{turn.speaker}: ", style=_HEADING)
        text.append(cut_to(turn.text, 200) + "\n")
    return text


def _append_part(text: Text, heading: str, words: str) -> None:
    text.append(f"{heading}: ", style=_HEADING)
    text.append(words + "\n")


def _reading(arrival: Arrival) -> str:
    parts = [arrival.format]
    if arrival.encoding:
        parts.append(arrival.encoding)
    parts.append(_n("{n} turn", "{n} turns", len(arrival.turns)))
    timed = any(turn.start_ms is not None for turn in arrival.turns)
    parts.append(_("with times") if timed else _("without times"))
    return " · ".join(parts)


def voice_line(voice: Voice) -> str:
    """A voice, what it does, and whose it is."""
    turns = _n("{n} turn", "{n} turns", voice.turns)
    line = f"{voice.label} {role_words(voice.role)} ({turns})"
    if voice.role is Role.PARTICIPANT and voice.case and voice.case != voice.label:
        line += f" = {voice.case}"
    return line


def repair_line(repair: Repair, *, refused: bool) -> str:
    """A repair, how often, and one example."""
    sign = "[ ]" if refused else "[x]"
    before, after = _around_difference(repair.before, repair.after)
    return f"{sign} {describe_repair(repair.kind)} ({repair.count}): «{before}» > «{after}»"


def _around_difference(before: str, after: str) -> tuple[str, str]:
    """Both texts from a few signs before where they part, with spaces and line ends as they are."""
    shared = next(
        (
            place
            for place, pair in enumerate(zip(before, after, strict=False))
            if pair[0] != pair[1]
        ),
        min(len(before), len(after)),
    )
    start = max(0, shared - _EXAMPLE_WIDE // 2)
    one, other = (
        words[start : start + _EXAMPLE_WIDE].replace("\n", "¶") for words in (before, after)
    )
    return one, other
