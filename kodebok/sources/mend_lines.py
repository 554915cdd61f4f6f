"""Repairs of lines: double spacing, hard wraps, divided words, tables with one cell a line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from kodebok.sources.edits import Edit, lines_with_offsets
from kodebok.sources.hyphens import hyphen_joint

if TYPE_CHECKING:
    from collections.abc import Callable

LONGEST_WRAPPED_LINE = 120
_NARROWEST_WRAP = 35
_FEWEST_LINES = 4
_FEWEST_DOUBLE_SPACED = 6
_LONG_LINES_ALLOWED = 0.02
_SINGLE_BLANK_SHARE = 0.7
_NO_BLANK_SHARE = 0.1
_CONTINUING_SHARE = 0.35
_NEARLY_FULL = 0.6
_SENTENCE_END = '.!?…:»”")]'
_BULLET = re.compile(r"(?:[-–•*·]|\d{1,2}[.)])\s")
_DIVIDED = re.compile(r"-[ \t]{0,3}\n[ \t]{0,3}(?=[^\W\d_])")
_COMPOUND = re.compile(r"(?<![^\W_])[^\W\d_]{1,40}-[^\W\d_]{1,40}(?![^\W_])")
_REST_OF_WORD = re.compile(r"(\S{1,60}) (?=\S)")
_COORDINATION = re.compile(r"(?:og|eller|samt|men|til|and|or)\b")
_NUMBER_CELL = re.compile(r"[\d.,%/ –-]*\d[\d.,%/ –-]*\Z")
_LONGEST_CELL = 40
_FEWEST_ROWS = 3
_COLUMNS = range(2, 9)


@dataclass(frozen=True, slots=True)
class _TextLine:
    start: int
    text: str
    blanks_before: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def _text_lines(text: str) -> list[_TextLine]:
    lines, blanks = [], 0
    for start, line in lines_with_offsets(text):
        stripped = line.strip()
        if stripped:
            lines.append(_TextLine(start + len(line) - len(line.lstrip()), stripped, blanks))
            blanks = 0
        else:
            blanks += 1
    return lines


def _has_short_lines(text: str) -> bool:
    """Whether nearly no line is longer than a wrapped one; quick, to leave most texts at once."""
    lengths = [len(line) for line in text.split("\n") if line]
    long_ones = sum(1 for length in lengths if length > LONGEST_WRAPPED_LINE)
    return len(lengths) >= _FEWEST_LINES and long_ones <= _LONG_LINES_ALLOWED * len(lengths)


def _goes_on(before: str, after: str) -> bool:
    """Whether a sentence plainly goes on from one line to the next."""
    return before[-1] not in _SENTENCE_END and after[0].islower()


def find_double_spacing(text: str, starts_turn: Callable[[str], bool]) -> list[Edit]:
    """The empty line after every line; more than one empty line is a paragraph's end."""
    if "\n\n" not in text or not _has_short_lines(text):
        return []
    lines = _text_lines(text)
    pairs = list(pairwise(lines))
    if len(lines) < _FEWEST_DOUBLE_SPACED:
        return []
    single = [pair for pair in pairs if pair[1].blanks_before == 1]
    none = sum(1 for pair in pairs if pair[1].blanks_before == 0)
    if len(single) < _SINGLE_BLANK_SHARE * len(pairs) or none > _NO_BLANK_SHARE * len(pairs):
        return []
    inner = [pair for pair in single if not starts_turn(pair[1].text)]
    going_on = sum(1 for before, after in inner if _goes_on(before.text, after.text))
    if going_on < max(2, _CONTINUING_SHARE * len(inner)):
        return []
    return [
        Edit(before.end, after.start, "\n" if after.blanks_before == 1 else "\n\n")
        for before, after in pairs
        if after.blanks_before == 1 or after.start - before.end > len("\n\n")
    ]


def _wrap_width(lines: list[_TextLine]) -> int | None:
    """The width at which a text is hard-wrapped; None when it is not."""
    if len(lines) < _FEWEST_LINES:
        return None
    lengths = sorted(len(line.text) for line in lines)
    width = lengths[int(0.95 * (len(lengths) - 1))]
    return width if _NARROWEST_WRAP <= width <= LONGEST_WRAPPED_LINE else None


def is_wrapped(text: str, starts_turn: Callable[[str], bool]) -> bool:
    """Whether the lines of a text were broken at a fixed width."""
    return bool(find_wrapped_lines(text, starts_turn))


def find_wrapped_lines(text: str, starts_turn: Callable[[str], bool]) -> list[Edit]:
    """Line ends inside paragraphs, where a text was wrapped at a fixed width."""
    if not _has_short_lines(text):
        return []
    lines = _text_lines(text)
    width = _wrap_width(lines)
    if width is None:
        return []
    pairs = [
        pair
        for pair in pairwise(lines)
        if pair[1].blanks_before == 0
        and not _BULLET.match(pair[1].text)
        and not starts_turn(pair[1].text)
    ]
    going_on = sum(1 for before, after in pairs if _goes_on(before.text, after.text))
    if going_on < max(2, _CONTINUING_SHARE * len(pairs)):
        return []
    return [
        Edit(before.end, after.start, " ")
        for before, after in pairs
        if _is_wrap(before.text, after.text, width)
    ]


def _is_wrap(before: str, after: str, width: int) -> bool:
    if before.endswith("-") and before[-2:-1].isalpha() and not _COORDINATION.match(after):
        return False
    if _goes_on(before, after):
        return True
    first_word = after.split(None, 1)[0]
    would_have_fitted = len(before) + 1 + len(first_word) <= width
    return len(before) >= _NEARLY_FULL * width and not would_have_fitted


def find_line_hyphens(text: str, starts_turn: Callable[[str], bool]) -> list[Edit]:
    """Hyphens that divide a word at the end of a wrapped line.

    A hyphen that belongs to the word stays ("BTI-arbeidet"), and so does one before "og".
    """
    if "-" not in text or not _has_short_lines(text):
        return []
    places = list(_DIVIDED.finditer(text))
    width = _wrap_width(_text_lines(text)) if places else None
    if width is None:
        return []
    compounds = frozenset(match.group().casefold() for match in _COMPOUND.finditer(text))
    found = []
    for match in places:
        line_start = text.rfind("\n", 0, match.start()) + 1
        following = text[match.end() : match.end() + 120].split("\n", 1)[0]
        if match.start() - line_start < _NEARLY_FULL * width or starts_turn(following):
            continue
        joint = hyphen_joint(text, match.start() + 1, match.end(), compounds)
        if joint is not None:
            found.append(_whole_word(text, match.start(), match.end(), joint))
    return found


def _whole_word(text: str, start: int, end: int, joint: str) -> Edit:
    """Draw the rest of a word up to its first line, and let the line end after it."""
    rest = _REST_OF_WORD.match(text, end)
    if rest is None:
        return Edit(start, end, joint)
    return Edit(start, rest.end(), f"{joint}{rest.group(1)}\n")


def find_flattened_tables(text: str, starts_turn: Callable[[str], bool]) -> list[Edit]:
    """Tables that became one cell a line, when their numbers show how wide they were."""
    if not _has_run_of_cells(text):
        return []
    found: list[Edit] = []
    run: list[_TextLine] = []
    for line in [*_text_lines(text), None]:
        if line is not None and line.blanks_before == 0 and _is_cell(line.text, starts_turn):
            run.append(line)
            continue
        found.extend(_rows_of(run))
        run = [line] if line is not None and _is_cell(line.text, starts_turn) else []
    return found


def _has_run_of_cells(text: str) -> bool:
    fewest, length = _FEWEST_ROWS * _COLUMNS[0], 0
    for line in text.split("\n"):
        length = length + 1 if line and len(line) <= _LONGEST_CELL else 0
        if length >= fewest:
            return True
    return False


def _is_cell(text: str, starts_turn: Callable[[str], bool]) -> bool:
    if len(text) > _LONGEST_CELL or text[-1] in ".!?…:,;" or " | " in text:
        return False
    return not starts_turn(text)


def _rows_of(run: list[_TextLine]) -> list[Edit]:
    if len(run) < _FEWEST_ROWS * _COLUMNS[0]:
        return []
    kinds = [_NUMBER_CELL.match(line.text) is not None for line in run]
    for columns in _COLUMNS:
        for skipped in (0, columns):
            if _is_periodic(kinds[skipped:], columns) and not any(kinds[:skipped]):
                return [
                    Edit(before.end, after.start, " | ")
                    for number, (before, after) in enumerate(pairwise(run), start=1)
                    if number % columns
                ]
    return []


def _is_periodic(kinds: list[bool], columns: int) -> bool:
    row = kinds[:columns]
    return (
        len(kinds) % columns == 0
        and len(kinds) >= _FEWEST_ROWS * columns
        and any(row)
        and not all(row)
        and not row[0]
        and all(kinds[i] == row[i % columns] for i in range(len(kinds)))
    )
