"""From a text that was rewritten to the smallest edits that lead there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from kodebok.domain.span import Edit

_TOKEN = re.compile(r"\w+|\s|[^\w\s]")

ALIKE = 0.6  # of a word's letters that a misheard or misspelt word shares with the right one
_MOST_PAIRS = 400  # pairs of words to compare; a longer stretch was rewritten, not corrected

Pieces = list[str]


def diff_edits(old: str, new: str, at: int = 0) -> list[Edit]:
    """Edits of whole words that turn `old` into `new`, the last in the text first.

    Applied in that order, each stands at its offset in the text as it then is. A word that is
    corrected is one edit, and what is put in or taken out beside it another, so that a coding
    that ends with the word still does.

    Args:
        old: The words that stand at `at`.
        new: What is to stand there.
        at: Offset of `old` in the source's text.
    """
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    edits: list[Edit] = []
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal":
            at += len("".join(before[i:j]))
            continue
        for removed, inserted in _align(before[i:j], after[k:m]):
            if removed != inserted:
                edits.append(Edit(at, removed, inserted))
            at += len(removed)
    return edits[::-1]


def _align(before: Pieces, after: Pieces) -> Iterator[tuple[str, str]]:
    """Pairs of what is removed and what is inserted, in order, around words that are alike."""
    pair = _most_alike(before, after)
    if pair is None:
        yield "".join(before), "".join(after)
        return
    i, k = pair
    if before[:i] or after[:k]:
        yield from _align(before[:i], after[:k])
    yield before[i], after[k]
    if before[i + 1 :] or after[k + 1 :]:
        yield from _align(before[i + 1 :], after[k + 1 :])


def _most_alike(before: Pieces, after: Pieces) -> tuple[int, int] | None:
    if len(before) * len(after) > _MOST_PAIRS or len(before) * len(after) <= 1:
        return None
    scored = [
        (SequenceMatcher(None, old.lower(), new.lower(), autojunk=False).ratio(), -i, -k)
        for i, old in enumerate(before)
        for k, new in enumerate(after)
        if old.isalnum() and new.isalnum()
    ]
    best = max(scored, default=(0.0, 0, 0))
    return (-best[1], -best[2]) if best[0] >= ALIKE else None
