"""Repairs of texts as they arrive: found first, shown, and made only where they are not refused."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kodebok.domain.source import Repair
from kodebok.errors import WrongUseError
from kodebok.i18n import mark, translator
from kodebok.sources.edits import Edit, apply_edits, example
from kodebok.sources.mend_characters import (
    find_invisible,
    find_line_separators,
    find_mojibake,
    find_odd_spaces,
    find_soft_hyphens,
    find_spaces,
    has_odd_characters,
)
from kodebok.sources.mend_lines import (
    find_double_spacing,
    find_flattened_tables,
    find_line_hyphens,
    find_wrapped_lines,
)
from kodebok.sources.mend_marks import find_footnote_marks
from kodebok.sources.mend_pages import find_page_breaks, find_page_numbers, find_running_heads
from kodebok.sources.survey import survey

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from kodebok.sources.survey import Survey

_ = translator("sources")

_NAMES = {
    "mojibake": mark("Letters that were read in the wrong encoding"),
    "soft-hyphens": mark("Soft hyphens"),
    "invisible": mark("Invisible characters"),
    "no-break-spaces": mark("No-break spaces and other odd spaces"),
    "line-separators": mark("Line separators inside paragraphs"),
    "running-heads": mark("Running heads"),
    "page-numbers": mark("Page numbers"),
    "page-breaks": mark("Page breaks in mid-sentence"),
    "double-spacing": mark("An empty line after every line"),
    "flattened-tables": mark("Tables with one cell a line"),
    "line-hyphens": mark("Words divided at line ends"),
    "wrapped-lines": mark("Lines broken inside paragraphs"),
    "footnote-marks": mark("Footnote marks glued to words"),
    "spaces": mark("Double and stray spaces"),
}
# Repairs are made in this order: characters, then pages, then lines.
KINDS: tuple[str, ...] = tuple(_NAMES)
CHARACTER_KINDS = frozenset(
    {"mojibake", "soft-hyphens", "invisible", "no-break-spaces", "line-separators", "spaces"}
)
_MOST_PASSES = 12


@dataclass(frozen=True, slots=True)
class Mended:
    """A text after its repairs, and what they were."""

    text: str
    repairs: tuple[Repair, ...]


class _Voices:
    """Whether a line begins a turn; the text is looked through only when someone asks."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._survey: Survey | None = None

    def __call__(self, line: str) -> bool:
        if self._survey is None:
            plain = self._text.replace("\u2028", "\n").replace("\u2029", "\n").replace("\f", "\n")
            self._survey = survey(plain)
        return self._survey.starts_turn(line)


_CHARACTER_FINDERS = {
    "mojibake": find_mojibake,
    "soft-hyphens": find_soft_hyphens,
    "invisible": find_invisible,
    "no-break-spaces": find_odd_spaces,
    "footnote-marks": find_footnote_marks,
    "spaces": find_spaces,
}
_LINE_FINDERS: dict[str, Callable[[str, Callable[[str], bool]], list[Edit]]] = {
    "line-separators": find_line_separators,
    "running-heads": find_running_heads,
    "page-numbers": find_page_numbers,
    "page-breaks": find_page_breaks,
    "double-spacing": find_double_spacing,
    "flattened-tables": find_flattened_tables,
    "line-hyphens": find_line_hyphens,
    "wrapped-lines": find_wrapped_lines,
}


def find(text: str) -> tuple[Repair, ...]:
    """Every kind of repair that a text could have, with its count and one example."""
    return mend(text).repairs


def apply(text: str, kinds: Collection[str] = KINDS) -> str:
    """The text with repairs of the given kinds made; none gives the text as it is."""
    return mend(text, kinds).text


def mend(text: str, kinds: Collection[str] = KINDS) -> Mended:
    """Make the repairs of some kinds until none of them finds anything more.

    Raises:
        WrongUseError: K135 for an unknown kind.
    """
    check_kinds(kinds)
    found: dict[str, Repair] = {}
    for _pass in range(_MOST_PASSES):
        mended = _mend_once(text, kinds, found)
        if mended == text:
            break
        text = mended
    return Mended(text, tuple(found[kind] for kind in KINDS if kind in found))


def check_kinds(kinds: Collection[str]) -> None:
    """Stop at a kind of repair that does not exist.

    Raises:
        WrongUseError: K135.
    """
    if not _NAMES.keys() >= set(kinds):
        raise WrongUseError(
            _("there is no such repair"),
            _("choose among {names}", names=", ".join(KINDS)),
            "K135",
        )


def _mend_once(text: str, kinds: Collection[str], found: dict[str, Repair]) -> str:
    voices = _Voices(text)
    odd = has_odd_characters(text)
    for kind in KINDS:
        if kind not in kinds or (not odd and kind in CHARACTER_KINDS and kind != "spaces"):
            continue
        if kind in _CHARACTER_FINDERS:
            edits = _CHARACTER_FINDERS[kind](text)
        else:
            edits = _LINE_FINDERS[kind](text, voices)
        if edits:
            _note(found, kind, text, edits)
            text = apply_edits(text, edits)
    return text


def _note(found: dict[str, Repair], kind: str, text: str, edits: list[Edit]) -> None:
    if kind in found:
        found[kind] = replace(found[kind], count=found[kind].count + len(edits))
    else:
        before, after = example(text, edits[0])
        found[kind] = Repair(kind, len(edits), before, after)


def merge(repairs: Collection[Repair]) -> tuple[Repair, ...]:
    """Repairs of several texts as one list: counts added, the first example kept."""
    merged: dict[str, Repair] = {}
    for repair in repairs:
        known = merged.get(repair.kind)
        merged[repair.kind] = (
            repair if known is None else replace(known, count=known.count + repair.count)
        )
    return tuple(merged[kind] for kind in KINDS if kind in merged)


def describe_repair(kind: str) -> str:
    """The name of a kind of repair, in the user's language; an unknown kind is its own name."""
    return _(_NAMES[kind]) if kind in _NAMES else kind
