"""Repairs of single characters: mojibake, invisible signs, and white space of odd kinds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kodebok.sources.edits import Edit
from kodebok.sources.hyphens import hyphen_joint
from kodebok.sources.labels import is_known

if TYPE_CHECKING:
    from collections.abc import Callable

# What UTF-8's second and third bytes look like when they are read as windows-1252.
_CONTINUATION = "\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
_MOJIBAKE = re.compile(f"[ÂÃ][{_CONTINUATION}]|â[€‚†ˆ„™][{_CONTINUATION}]|ðŸ[{_CONTINUATION}]{{2}}")
_SOFT_HYPHEN = re.compile("\u00ad(?:[ \t]*[\n\u2028][ \t]*(?=[^\\W\\d_]))?")
_INVISIBLE = re.compile(
    "[\u200b\u2060\ufeff\u200e\u200f\u202a-\u202e\u2066-\u2069"
    "\x01-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]"
    "|(?<=[\x20-\u024f])[\u200c\u200d]|[\u200c\u200d](?=[\x20-\u024f])"
)
_ODD_SPACE = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000]")
_LINE_SEPARATOR = re.compile("[\u2028\u2029\x0b\x85]")
_ANY_ODD = re.compile(
    "[\x01-\x08\x0b\x0e-\x1f\x7f-\u00a0\u00ad\u2000-\u200f\u2028-\u202f\u205f\u2060"
    "\u2066-\u2069\u3000\ufeffÂÃâð]"
)
_RUN = re.compile(r"(?<![ \t])(?:[ \t]{2,}|\t| (?=\n)|(?<=\n) )")
_BEFORE_PUNCTUATION = re.compile(r"(?<=[^\W_]) +(?=[,.;:!?](?:\s|\Z))")
_LOOSE_SPACE = re.compile(r" [ \n]")
_STRAY = re.compile(r" [,.;:!?](?:\s|\Z)")
# Spaces between a name and its time are the layout of a transcript, not a slip.
_CLOCK_ALONE = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?(?=\n|\Z)")
_MAX_LABEL = 31


def has_odd_characters(text: str) -> bool:
    """Whether any of the character repairs but `spaces` may have something to do."""
    return _ANY_ODD.search(text) is not None


def find_mojibake(text: str) -> list[Edit]:
    """UTF-8 that was once read as windows-1252: `Ã¥` for å."""
    if "Ã" not in text and "Â" not in text and "â" not in text and "ð" not in text:
        return []
    found = []
    for match in _MOJIBAKE.finditer(text):
        letter = _as_utf8(match.group())
        if letter is not None:
            found.append(Edit(match.start(), match.end(), letter))
    return found


def _as_utf8(signs: str) -> str | None:
    try:
        raw = b"".join(
            sign.encode("latin-1" if sign < "\u0100" else "windows-1252") for sign in signs
        )
        letter = raw.decode("utf-8")
    except UnicodeError:
        return None
    return letter if letter.isprintable() or letter == "\u00a0" else None


def find_soft_hyphens(text: str) -> list[Edit]:
    """Soft hyphens, with the line break after them when the word goes on there."""
    if "\u00ad" not in text:
        return []
    return [Edit(m.start(), m.end(), "") for m in _SOFT_HYPHEN.finditer(text)]


def find_invisible(text: str) -> list[Edit]:
    """Zero-width characters, direction marks and control characters."""
    return [Edit(m.start(), m.end(), "") for m in _INVISIBLE.finditer(text)]


def find_odd_spaces(text: str) -> list[Edit]:
    """No-break and typographic spaces."""
    return [Edit(m.start(), m.end(), " ") for m in _ODD_SPACE.finditer(text)]


def find_line_separators(text: str, starts_turn: Callable[[str], bool]) -> list[Edit]:
    """U+2028 and its kin: a soft line break inside a paragraph, but never before a speaker."""
    found: list[Edit] = []
    for match in _LINE_SEPARATOR.finditer(text):
        start, end = match.span()
        if found and start < found[-1].end:
            continue
        while start > 0 and text[start - 1] in " \t":
            start -= 1
        while end < len(text) and (text[end] in " \t" or _LINE_SEPARATOR.match(text[end])):
            end += 1
        found.append(_separator_edit(text, start, end, starts_turn))
    return found


def _separator_edit(text: str, start: int, end: int, starts_turn: Callable[[str], bool]) -> Edit:
    if starts_turn(_LINE_SEPARATOR.split(text[end : end + 80].split("\n", 1)[0])[0]):
        return Edit(start, end, "\n")
    joint = hyphen_joint(text, start, end) if text[start - 1 : start] == "-" else None
    if joint is not None:
        return Edit(start - 1, end, joint)
    at_edge = start == 0 or end == len(text) or "\n" in (text[start - 1], text[end : end + 1])
    return Edit(start, end, "" if at_edge else " ")


def find_spaces(text: str) -> list[Edit]:
    """Double spaces, tabs, spaces at the ends of lines and before punctuation."""
    found = []
    if _LOOSE_SPACE.search(text) or "\t" in text or "\n " in text:
        for match in _RUN.finditer(text):
            space = _space_for(text, match.start(), match.end())
            if space != match.group() and not _CLOCK_ALONE.match(text, match.end()):
                found.append(Edit(match.start(), match.end(), space))
    if _STRAY.search(text):
        strays = [Edit(m.start(), m.end(), "") for m in _BEFORE_PUNCTUATION.finditer(text)]
        if strays:
            starts = {stray.start for stray in strays}
            found = sorted(
                [*strays, *(edit for edit in found if edit.start not in starts)],
                key=lambda edit: edit.start,
            )
    return found


def _space_for(text: str, start: int, end: int) -> str:
    if start == 0 or text[start - 1] == "\n" or text[end : end + 1] in {"", "\n"}:
        return ""
    if "\t" in text[start:end]:
        line_start = text.rfind("\n", max(0, start - _MAX_LABEL), start) + 1
        is_first = line_start > 0 or start < _MAX_LABEL
        if is_first and is_known(text[line_start:start]):
            return "\t"
    return " "
