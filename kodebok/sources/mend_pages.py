"""Repairs of what a page leaves behind in running text: numbers, running heads, breaks."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kodebok.sources.edits import Edit, lines_with_offsets
from kodebok.sources.labels import is_known
from kodebok.sources.mend_lines import is_wrapped

if TYPE_CHECKING:
    from collections.abc import Callable

_BARE_NUMBER = re.compile(r"(?:[-–—] ?)?(\d{1,4})(?: ?[-–—])?\Z")
_WORDED_NUMBER = re.compile(
    r"(?:(?:side|page|s\.|p\.)\s*(\d{1,4})(?:\s*(?:av|of|/)\s*\d{1,4})?"
    r"|(\d{1,4})\s*(?:av|of|/)\s*\d{1,4})\Z",
    re.IGNORECASE,
)
_NUMBER_LINE = re.compile(r"[-–—] ?\d{1,4} ?[-–—]\Z")
_DIGITS = re.compile(r"\d+")
_LONGEST_NUMBER_LINE = 20
_LONGEST_HEAD = 80
_SHORTEST_HEAD = 4
# A page of running text holds some 1,500 characters or more; half-empty ones still hold this.
_LEAST_PAGE = 500
_LEAST_RUN = 3
_NEAR = 2
_NEAR_SHARE = 0.8
_SENTENCE_END = '.!?…:»”")]'


class _Layout:
    """What joins need to know about the whole text; whether it is wrapped is found out once."""

    def __init__(self, text: str, starts_turn: Callable[[str], bool]) -> None:
        self.text = text
        self.starts_turn = starts_turn
        self._wrapped: bool | None = None

    @property
    def is_wrapped(self) -> bool:
        if self._wrapped is None:
            self._wrapped = is_wrapped(self.text, self.starts_turn)
        return self._wrapped


@dataclass(frozen=True, slots=True)
class _PageLine:
    start: int
    text: str
    after_break: bool

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def _page_lines(text: str) -> list[_PageLine]:
    lines, broken = [], False
    for start, line in lines_with_offsets(text, "\n\f"):
        broken = broken or (start > 0 and text[start - 1] == "\f")
        if line.strip():
            lead = len(line) - len(line.lstrip())
            lines.append(_PageLine(start + lead, line.strip(), broken))
            broken = False
    return lines


def _is_beside_break(lines: list[_PageLine], number: int) -> bool:
    return lines[number].after_break or (number + 1 < len(lines) and lines[number + 1].after_break)


def _page_numbers(lines: list[_PageLine]) -> list[int]:
    """Indexes of the lines that are page numbers."""
    bare: list[tuple[int, int]] = []
    worded: list[tuple[int, int]] = []
    for index, line in enumerate(lines):
        if len(line.text) > _LONGEST_NUMBER_LINE:
            continue
        match = _BARE_NUMBER.match(line.text)
        if match:
            bare.append((index, int(match.group(1))))
            continue
        match = _WORDED_NUMBER.match(line.text)
        if match:
            worded.append((index, int(match.group(1) or match.group(2))))
    sure = {index for index, _n in (*bare, *worded) if _is_beside_break(lines, index)}
    sure |= _ascending(lines, bare, _LEAST_RUN) | _ascending(lines, worded, 2)
    return sorted(sure)


def _ascending(lines: list[_PageLine], numbered: list[tuple[int, int]], least: int) -> set[int]:
    chains: dict[int, list[int]] = {}
    for index, number in numbered:
        chain = chains.get(number - 1)
        if chain and lines[index].start - lines[chain[-1]].start >= _LEAST_PAGE:
            chain = chains.pop(number - 1)
            chain.append(index)
        else:
            chain = [index]
        if len(chain) >= len(chains.get(number, ())):
            chains[number] = chain
    return {index for chain in chains.values() if len(chain) >= least for index in chain}


def _has_numbered_lines(text: str) -> bool:
    """Whether there may be page numbers; quick, to leave most texts at once."""
    if "\f" in text:
        return True
    numbered = 0
    for line in text.split("\n"):
        if len(line) <= _LONGEST_HEAD and line and (line[0].isdigit() or line[-1].isdigit()):
            numbered += 1
            if numbered > 1:
                return True
        elif line and len(line) <= _LONGEST_NUMBER_LINE and _NUMBER_LINE.match(line.strip()):
            numbered += 1
    return False


def find_page_numbers(text: str, starts_turn: Callable[[str], bool]) -> list[Edit]:
    """Lines that are page numbers: at a page break, or counting up through the text."""
    if not _has_numbered_lines(text):
        return []
    lines = _page_lines(text)
    layout = _Layout(text, starts_turn)
    return [_removal(layout, lines[index], keep_apart=False) for index in _page_numbers(lines)]


def find_running_heads(text: str, starts_turn: Callable[[str], bool]) -> list[Edit]:
    """Lines that come back at the top or foot of page after page."""
    if not _has_numbered_lines(text):
        return []
    lines = _page_lines(text)
    places: defaultdict[str, list[int]] = defaultdict(list)
    for index, line in enumerate(lines):
        if _SHORTEST_HEAD <= len(line.text) <= _LONGEST_HEAD:
            places[_DIGITS.sub("#", line.text)].append(index)
    if all(len(found) < _LEAST_RUN for found in places.values()):
        return []
    numbers = set(_page_numbers(lines))
    heads = sorted(
        index
        for pattern, found in places.items()
        if _is_head(lines, pattern, found, numbers) and not starts_turn(lines[found[0]].text)
        for index in found
    )
    layout = _Layout(text, starts_turn)
    return [
        _removal(layout, lines[index], keep_apart=_touches(index, numbers))
        for index in heads
        if index not in numbers
    ]


def _touches(index: int, numbers: set[int]) -> bool:
    return index - 1 in numbers or index + 1 in numbers


def _is_head(lines: list[_PageLine], pattern: str, found: list[int], numbers: set[int]) -> bool:
    if len(found) < _LEAST_RUN or sum(sign.isalpha() for sign in pattern) < _LEAST_RUN:
        return False
    if is_known(pattern.rstrip("#: ")) or is_known(lines[found[0]].text.rstrip(":")):
        return False
    last_numbers = [_DIGITS.findall(lines[i].text)[-1:] for i in found]
    if all(last_numbers):
        counted = [(i, int(number)) for i, (number,) in zip(found, last_numbers, strict=True)]
        if len(_ascending(lines, counted, _LEAST_RUN)) == len(found):
            return True
    near = sum(1 for index in found if _is_near_page_mark(lines, index, numbers))
    return near >= _NEAR_SHARE * len(found)


def _is_near_page_mark(lines: list[_PageLine], index: int, numbers: set[int]) -> bool:
    around = range(max(0, index - _NEAR), min(len(lines), index + _NEAR + 1))
    return any(i in numbers for i in around) or any(
        lines[i].after_break for i in around if i > index - _NEAR
    )


def _removal(layout: _Layout, line: _PageLine, *, keep_apart: bool) -> Edit:
    """Take a line out, and join what it parted unless a page break does that later."""
    text = layout.text
    start, end = _with_space_around(text, line.start, line.end)
    if "\f" in text[start : line.start] or "\f" in text[line.end : end]:
        return Edit(line.start, line.end, "")
    if keep_apart:
        return Edit(start, end, _paragraph_break(text, start, end))
    return Edit(start, end, _joint(layout, start, end))


def _with_space_around(text: str, start: int, end: int) -> tuple[int, int]:
    while start > 0 and text[start - 1] in " \t\n\f":
        start -= 1
    while end < len(text) and text[end] in " \t\n\f":
        end += 1
    return start, end


def _paragraph_break(text: str, start: int, end: int) -> str:
    if start == 0 or end == len(text):
        return ""
    removed = text[start:end]
    return "\n\n" if "\n\n" in removed else "\n"


def _joint(layout: _Layout, start: int, end: int) -> str:
    """What joins the text on both sides of a page: a space in mid-sentence, else a line end.

    In a wrapped text the line end stays, and goes with all the others.
    """
    text = layout.text
    if start == 0 or end == len(text):
        return ""
    following = text[end : end + 120].split("\n", 1)[0]
    if layout.starts_turn(following):
        return _paragraph_break(text, start, end)
    if text[start - 1] == "-":
        return "\n"
    if text[start - 1] not in _SENTENCE_END and following[:1].islower():
        return "\n" if layout.is_wrapped else " "
    return _paragraph_break(text, start, end)


def find_page_breaks(text: str, starts_turn: Callable[[str], bool]) -> list[Edit]:
    """Form feeds, and the single leading space that a page break in mid-sentence turns into."""
    found = []
    layout = _Layout(text, starts_turn)
    position = text.find("\f")
    while position >= 0:
        start, end = _with_space_around(text, position, position + 1)
        found.append(Edit(start, end, _joint(layout, start, end)))
        position = text.find("\f", end)
    if "\n " in text:
        breaks = [
            Edit(match.start(), match.end(), " ")
            for match in _LEADING_SPACE.finditer(text)
            if not starts_turn(text[match.end() : match.end() + 120].split("\n", 1)[0])
        ]
        found = sorted([*found, *breaks], key=lambda edit: edit.start)
    return found


_LEADING_SPACE = re.compile(r"(?<=[\w,])\n (?=[a-zæøåäöé])")
