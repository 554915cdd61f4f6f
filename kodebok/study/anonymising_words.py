"""Carrying the words that quotes and suggestions keep of a source over many edits at once."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from kodebok.domain.span import Edit, Span
from kodebok.storage import typed_texts
from kodebok.storage.history import Act
from kodebok.storage.text_edits import load_text
from kodebok.storage.typed_texts import KeptWords


class Pieces:
    """Edits of one text that are made at once, and where its places go.

    Args:
        edits: In the order of the text, without overlap; offsets of the text before.
    """

    def __init__(self, edits: Sequence[Edit]) -> None:
        self._edits = list(edits)
        self._starts = [edit.start for edit in edits]
        self._shifts = [0]
        for edit in edits:
            self._shifts.append(self._shifts[-1] + edit.shift)

    def new_spans(self) -> list[Span]:
        """Where what was put in stands in the new text."""
        return [
            Span(edit.start + shift, edit.start + shift + len(edit.inserted))
            for edit, shift in zip(self._edits, self._shifts, strict=False)
        ]

    def carry(self, offset: int, *, is_end: bool = False) -> int:
        """An offset in the new text; within an edit it goes to the edge, outwards."""
        place = bisect_right(self._starts, offset)
        if place == 0:
            return offset
        edit = self._edits[place - 1]
        if offset >= edit.end:
            return offset + self._shifts[place]
        if offset == edit.start:
            return offset + self._shifts[place - 1]
        return edit.start + self._shifts[place - 1] + (len(edit.inserted) if is_end else 0)


def follow_kept_words(
    act: Act, source_id: str, before: str, kept: Sequence[KeptWords], pieces: Pieces
) -> list[tuple[KeptWords, KeptWords]]:
    """Let rows that keep words of a source say what it says now, where they were true before.

    Args:
        act: The act in which the source was edited.
        source_id: The source.
        before: Its text before the edits.
        kept: What the rows kept before, with their passages then.
        pieces: The edits.

    Returns:
        The rows that changed, and all quotes, before and after.
    """
    text = load_text(act.store, source_id)
    now = {(one.table, one.row_id): one for one in typed_texts.kept_words(act.store, source_id)}
    changes = []
    for one in kept:
        new = now.get((one.table, one.row_id))
        if new is None:
            continue
        words = one.text
        if words == before[one.start : one.end]:
            words = text[new.start : new.end]
        changed = replace(new, text=words)
        if one.cuts:
            changed = _with_offsets(changed, one, pieces)
        if typed_texts.change_kept_words(act, changed) or one.cuts:
            changes.append((one, changed))
    return changes


def _with_offsets(new: KeptWords, old: KeptWords, pieces: Pieces) -> KeptWords:
    """A quote's cuts and insertions, which are counted from its beginning."""

    def carry(offset: int, *, is_end: bool) -> int:
        at = pieces.carry(old.start + offset, is_end=is_end) - new.start
        return min(max(at, 0), new.end - new.start)

    cuts = [
        [carry(start, is_end=False), carry(end, is_end=True)] for start, end in json.loads(old.cuts)
    ]
    put_in = [[carry(at, is_end=True), words] for at, words in json.loads(new.insertions)]
    return replace(
        new,
        cuts=json.dumps(cuts),
        insertions=json.dumps(put_in, ensure_ascii=False),
    )
