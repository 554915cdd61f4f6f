"""The legend at the top of a transcript: `I = intervjuer, R = respondent`."""

from __future__ import annotations

import re

from kodebok.sources.labels import is_known, is_role

_TOP_LINES = 20
_HEADING = re.compile(
    r"(?:tegnforklaring(?:er)?|teiknforklaring(?:ar)?|forklaring(?:er)?|legend|key)\s*:?\s*",
    re.IGNORECASE,
)
_ITEM = re.compile(r"([^\s=][^=]{0,14}?)\s*=\s*([^=]{2,60})\Z")
_COLON_ITEM = re.compile(r"([A-ZÆØÅ]{1,3}\d{0,2})\s*:\s*(.{2,40})\Z")
_SEPARATORS = re.compile(r"[,;]\s*|\s+(?:og|and)\s+(?=[^\W_][\w. ]{0,12}\s*=)")


def read_legend(lines: list[str]) -> tuple[dict[str, str], frozenset[int]]:
    """The labels that a text explains at its top, and the numbers of the lines that do so.

    Signs that are explained beside the labels ("(2 s) = pause") belong to the legend too.
    """
    items = [_items(line) for line in lines[:_TOP_LINES]]
    naming = [number for number, found in enumerate(items) if _names_a_voice(found)]
    if not naming:
        return {}, frozenset()
    first, last = naming[0], naming[-1]
    while last + 1 < len(items) and items[last + 1]:
        last += 1
    while first > 0 and (items[first - 1] or _HEADING.fullmatch(lines[first - 1].strip())):
        first -= 1
    legend: dict[str, str] = {}
    taken = set()
    for number in range(first, last + 1):
        if items[number] or _HEADING.fullmatch(lines[number].strip()):
            legend.update(items[number])
            taken.add(number)
    return legend, frozenset(taken)


def _names_a_voice(found: dict[str, str]) -> bool:
    return any(
        is_known(label) or is_role(label) or is_role(meaning) for label, meaning in found.items()
    )


def _items(raw: str) -> dict[str, str]:
    line = raw.strip().strip("*_ ").rstrip(".")
    if line.startswith(("(", "[")) and line.endswith((")", "]")) and "=" in line[:-1]:
        line = line[1:-1]
    if "=" not in line:
        return _colon_item(line)
    lead = _HEADING.match(line)
    found: dict[str, str] = {}
    for part in _SEPARATORS.split(line[lead.end() :] if lead else line):
        item = _ITEM.match(part.strip())
        if item is None:
            return {}
        found[item.group(1)] = item.group(2).strip()
    return found


def _colon_item(line: str) -> dict[str, str]:
    """`I: Intervjuer`, whose value is a role and nothing else."""
    item = _COLON_ITEM.match(line)
    if item is None or not is_role(item.group(2).strip()):
        return {}
    return {item.group(1): item.group(2).strip()}
