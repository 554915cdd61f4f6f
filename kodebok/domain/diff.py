"""From a text that was rewritten to the smallest edits that lead there."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from kodebok.domain.span import Edit

_TOKEN = re.compile(r"\w+|\s|[^\w\s]")


def diff_edits(old: str, new: str, at: int = 0) -> list[Edit]:
    """Edits of whole words that turn `old` into `new`, the last in the text first.

    Applied in that order, each stands at its offset in the text as it then is.

    Args:
        old: The words that stand at `at`.
        new: What is to stand there.
        at: Offset of `old` in the source's text.
    """
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    starts = [at]
    for token in before:
        starts.append(starts[-1] + len(token))
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    edits = [
        Edit(starts[i], "".join(before[i:j]), "".join(after[k:m]))
        for tag, i, j, k, m in matcher.get_opcodes()
        if tag != "equal"
    ]
    return edits[::-1]
