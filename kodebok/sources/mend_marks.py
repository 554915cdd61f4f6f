"""Repair of footnote marks that were glued to words when a document became plain text."""

from __future__ import annotations

import re
from collections import defaultdict

from kodebok.sources.edits import Edit

_SUPERSCRIPTS = "¹²³⁰⁴⁵⁶⁷⁸⁹"
_SUPERSCRIPT = re.compile(f"[{_SUPERSCRIPTS}]+")
_NUMBER = re.compile("[0-9]{1,2}(?![0-9])")
_STEM = re.compile(r"[^\W\d_]{3,40}\Z")
_UNITS = frozenset({"m", "km", "cm", "dm", "mm", "ha", "x", "n"})
_AFTER_OR_END = frozenset(' \n\t.,;:!?)»”"') | {""}
_BETWEEN = '.,;»”)"'
_WORD_WINDOW = 42
_FEWEST_MARKS = 2


def find_footnote_marks(text: str) -> list[Edit]:
    """Raised digits after words, and plain ones that count 1, 2, 3 through the text."""
    found: list[Edit] = []
    if not text.isascii() and any(sign in text for sign in _SUPERSCRIPTS):
        raised = (match.span() for match in _SUPERSCRIPT.finditer(text))
        found = [Edit(start, end, "") for start, end in raised if _is_note(text, start)]
    if _has_a_first_mark(text):
        found += _counted_marks(text)
    return sorted(found, key=lambda edit: edit.start)


def _has_a_first_mark(text: str) -> bool:
    """Whether a 1 is glued to a word somewhere; a quick look that spares most texts the rest."""
    position = text.find("1")
    while position >= 0:
        glued = position > 0 and (text[position - 1].isalpha() or text[position - 1] in _BETWEEN)
        if glued and text[position + 1 : position + 2] in _AFTER_OR_END:
            return True
        position = text.find("1", position + 1)
    return False


def _is_note(text: str, start: int) -> bool:
    if start == 0 or not (text[start - 1].isalpha() or text[start - 1] in _BETWEEN):
        return False
    word = re.search(r"[^\W\d_]*\Z", text[max(0, start - _WORD_WINDOW) : start])
    return word is None or word.group().lower() not in _UNITS


def _counted_marks(text: str) -> list[Edit]:
    candidates: list[tuple[str, int, Edit]] = []
    numbers_of_stem: defaultdict[str, set[int]] = defaultdict(set)
    for match in _NUMBER.finditer(text):
        start, end = match.span()
        is_loose = start == 0 or text[start - 1] in " \n:0123456789"
        if is_loose or text[end : end + 1] not in _AFTER_OR_END:
            continue
        stem = _stem_before(text, start)
        if stem is not None:
            candidates.append((stem, int(match.group()), Edit(start, end, "")))
            numbers_of_stem[stem].add(int(match.group()))
    taken: list[Edit] = []
    for stem, number, edit in candidates:
        if number == len(taken) + 1 and len(numbers_of_stem[stem]) == 1:
            taken.append(edit)
    return taken if len(taken) >= _FEWEST_MARKS else []


def _stem_before(text: str, start: int) -> str | None:
    end = start
    while end > 0 and text[end - 1] in _BETWEEN and start - end < len(_BETWEEN):
        end -= 1
    word = _STEM.search(text[max(0, end - _WORD_WINDOW) : end])
    return word.group().casefold() if word else None
