"""Words divided by a hyphen at a line end: which hyphens belong to the word and which do not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

_WORD_BEFORE = re.compile(r"[^\W_]+\Z")
_WORD_AFTER = re.compile(r"[^\W_]+")
_COORDINATING = frozenset("og eller samt men til and or".split())
_KEEPING_PREFIXES = frozenset("ikke ikkje ex eks selv sjølv non nord sør aust øst vest".split())
_LONGEST_WORD = 60


def hyphen_joint(
    text: str, hyphen_end: int, word_start: int, compounds: Collection[str] = ()
) -> str | None:
    """What replaces a hyphen and the break after it: nothing, or the hyphen alone.

    Args:
        text: The text.
        hyphen_end: Offset just after the hyphen.
        word_start: Offset where the word goes on.
        compounds: Words that the text writes with a hyphen elsewhere, lower-cased.

    Returns:
        None when the break is no division of a word ("helse-" before "og omsorg").
    """
    before = _WORD_BEFORE.search(text[max(0, hyphen_end - 1 - _LONGEST_WORD) : hyphen_end - 1])
    after = _WORD_AFTER.match(text[word_start : word_start + _LONGEST_WORD])
    if before is None or after is None or after.group().casefold() in _COORDINATING:
        return None
    first, second = before.group(), after.group()
    keeps = (
        len(first) == 1
        or not first[1:].islower()
        or not second[0].islower()
        or first.casefold() in _KEEPING_PREFIXES
        or f"{first}-{second}".casefold() in compounds
    )
    return "-" if keeps else ""
