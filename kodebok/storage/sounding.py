"""What a source keeps of its sound: when each word is spoken, what was heard, verbatim marks.

All of it stands on passages of the text and is carried over every edit of it.
"""

from __future__ import annotations

from collections.abc import Iterable

from kodebok.domain.ids import new_id
from kodebok.domain.recording import WordTime
from kodebok.domain.span import Span, merge_spans
from kodebok.domain.verbatim import Mark
from kodebok.storage.database import Store
from kodebok.storage.history import Act
from kodebok.storage.rows import load_all, to_row

_TIME_COLUMNS = ("id", "source_id", "start", "end", "start_ms", "end_ms", "probability")


def add_word_times(act: Act, times: Iterable[WordTime]) -> None:
    """Write when the words of a new source are spoken."""
    rows = [[getattr(time, name) for name in _TIME_COLUMNS] for time in times]
    act.insert_many("word_times", _TIME_COLUMNS, rows)


def load_word_times(store: Store, source_id: str) -> list[WordTime]:
    """The word times of a source in the order of its words, those of taken-out words included."""
    return load_all(store, WordTime, "word_times", "WHERE source_id = ? ORDER BY id", [source_id])


def settle_word_time(act: Act, word_id: int) -> bool:
    """Note that a person is sure of a word; False when that was noted."""
    return act.update("word_times", word_id, probability=1.0)


def load_heard(store: Store, source_id: str | None = None) -> dict[str, list[Span]]:
    """By source id: the passages that someone has compared with the sound, merged and in order."""
    where, values = ("WHERE source_id = ?", [source_id]) if source_id else ("", [])
    spans: dict[str, list[Span]] = {}
    for owner, start, end in store.rows(
        f'SELECT source_id, "start", "end" FROM heard {where}', values
    ):
        if start < end:
            spans.setdefault(owner, []).append(Span(start, end))
    return {owner: merge_spans(listed) for owner, listed in spans.items()}


def add_heard(act: Act, source_id: str, span: Span) -> None:
    """Write that a passage was compared with the sound."""
    row = {"id": new_id(), "source_id": source_id, "start": span.start, "end": span.end}
    act.insert("heard", {**row, "coder_id": act.coder_id, "at": act.at})


def remove_heard(act: Act, source_id: str, span: Span) -> bool:
    """Take back that a passage was heard; what is left of longer passages stays. False if none."""
    rows = act.store.rows(
        'SELECT id, "start", "end" FROM heard WHERE source_id = ? AND "start" < ? AND "end" > ?',
        [source_id, span.end, span.start],
    )
    for row_id, start, end in rows:
        if start < span.start:
            act.update("heard", row_id, end=span.start)
        else:
            act.delete("heard", row_id)
        if end > span.end:
            add_heard(act, source_id, Span(span.end, end))
    return bool(rows)


def load_marks(store: Store, source_id: str | None = None) -> list[Mark]:
    """The verbatim marks of one source, or of all, in the order of the text."""
    if source_id is None:
        return load_all(store, Mark, "marks", 'ORDER BY source_id, "start", "end", id')
    return load_all(
        store, Mark, "marks", 'WHERE source_id = ? ORDER BY "start", "end", id', [source_id]
    )


def add_mark(act: Act, mark: Mark) -> None:
    """Write a mark."""
    act.insert("marks", to_row(mark))


def remove_mark(act: Act, mark_id: str) -> None:
    """Remove a mark."""
    act.delete("marks", mark_id)


def forget_sound_of(act: Act, source_id: str) -> None:
    """Remove what a source that is about to go keeps of its sound; the recording stays."""
    rows = act.store.rows(
        'SELECT id, source_id, "start", "end", start_ms, end_ms, probability FROM word_times '
        "WHERE source_id = ?",
        [source_id],
    )
    if rows:
        act.delete_many("word_times", _TIME_COLUMNS, rows)
    for table in ("heard", "marks"):
        act.delete_where(table, "source_id", source_id)
    act.delete("transcriptions", source_id)
