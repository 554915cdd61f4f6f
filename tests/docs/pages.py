"""The pages for users, taken apart: commands, keys, links, pictures."""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass
from html import unescape
from pathlib import Path

ROOT = Path(__file__).parents[2]
GUIDE = ROOT / "docs" / "guide"
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")))

_FENCED = re.compile(r"^```\w*\n(.*?)^```", re.DOTALL | re.MULTILINE)
_SPAN = re.compile(r"`([^`\n]+)`")
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)#\s]+)[^)]*\)")
_PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)]+)\)")
_KEY_ROW = re.compile(r"^\|((?: <kbd>.+?</kbd>)+) \| \*\*(.+?)\*\*", re.MULTILINE)
_KEY_IN_TEXT = re.compile(r"<kbd>([^<]+)</kbd> \(\*\*(.+?)\*\*")
_KEY = re.compile(r"<kbd>(.+?)</kbd>")


@dataclass(frozen=True, slots=True)
class NamedCommand:
    """A command that a page names.

    Attributes:
        page: The page's path under the checkout.
        line: As it stands there.
        words: What follows `kodebok`.
        is_whole: Whether it stands in a block, to be typed as it is.
    """

    page: str
    line: str
    words: tuple[str, ...]
    is_whole: bool


@dataclass(frozen=True, slots=True)
class NamedKey:
    """Keys that a page names, with what they do as the screen calls it."""

    page: str
    keys: frozenset[str]
    label: str


def name_of(page: Path) -> str:
    """The page's path under the checkout."""
    return page.relative_to(ROOT).as_posix()


def text_of(page: Path) -> str:
    """What stands in a page."""
    return page.read_text(encoding="utf-8")


def named_commands(page: Path) -> list[NamedCommand]:
    """Every `kodebok …` in the page's blocks and code spans."""
    text = text_of(page)
    blocks = [line for block in _FENCED.findall(text) for line in block.splitlines()]
    outside = _FENCED.sub("", text)
    blocks += [line[4:] for line in outside.splitlines() if line.startswith("    ")]
    spans = [span for line in outside.splitlines() for span in _SPAN.findall(line)]
    found = [(line, True) for line in blocks] + [(span, False) for span in spans]
    return [
        NamedCommand(name_of(page), line, words, is_whole)
        for line, is_whole in found
        if (words := _words_after_kodebok(line)) is not None
    ]


def _words_after_kodebok(line: str) -> tuple[str, ...] | None:
    """What follows the program's name, when the line calls it."""
    last = line.rsplit("&&", maxsplit=1)[-1].strip().removeprefix("uv run ")
    if last != "kodebok" and not last.startswith("kodebok "):
        return None
    return tuple(shlex.split(last.split(" >")[0]))[1:]


def named_keys(page: Path) -> list[NamedKey]:
    """Keys in the page's tables, and those in the text with what they do in bold behind them."""
    text = text_of(page)
    rows = [(_KEY.findall(keys), label) for keys, label in _KEY_ROW.findall(text)]
    rows += [([key], label) for key, label in _KEY_IN_TEXT.findall(text)]
    return [NamedKey(name_of(page), frozenset(map(unescape, keys)), label) for keys, label in rows]


def all_keys(page: Path) -> set[str]:
    """Every key that the page names anywhere."""
    return {unescape(key) for key in _KEY.findall(text_of(page))}


def links(page: Path) -> list[str]:
    """Every link and picture, without addresses on the net."""
    return [link for link in _LINK.findall(text_of(page)) if "://" not in link]


def pictures(page: Path) -> list[tuple[str, str]]:
    """The words for and the place of each picture."""
    return _PICTURE.findall(text_of(page))
