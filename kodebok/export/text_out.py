"""A source as plain text with its voices named, and where each passage stands in that text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate

from kodebok.domain.verbatim import Mark, TextView, print_passage
from kodebok.export.document import Document, Paragraph, ParagraphKind, Run, paragraph
from kodebok.export.model import StudyView


@dataclass(frozen=True, slots=True)
class Stretch:
    """A turn, or text between turns: `start` to `end` of the canonical text.

    Attributes:
        label: Of the voice; empty when no one is named.
        start_ms: When it begins in the recording, in milliseconds.
    """

    start: int
    end: int
    label: str = ""
    start_ms: int | None = None


def stretches(view: StudyView, source_id: str) -> Iterator[Stretch]:
    """The source's turns in order; lines that belong to no turn come as stretches of their own."""
    text = view.texts.get(source_id, "")
    at = 0
    for turn in view.turns.get(source_id, ()):
        yield from _lines(text, at, turn.start)
        speaker = view.speakers.get(turn.speaker_id or "")
        yield Stretch(turn.start, turn.end, speaker.label if speaker else "", turn.start_ms)
        at = turn.end
    yield from _lines(text, at, len(text))


def _lines(text: str, start: int, end: int) -> Iterator[Stretch]:
    at = start
    for line in text[start:end].split("\n"):
        if line.strip():
            yield Stretch(at, at + len(line))
        at += len(line) + 1


@dataclass(frozen=True, slots=True)
class LabelledText:
    """Canonical text with `Label: ` before each turn that has a voice.

    Attributes:
        text: With the labels.
        starts: Canonical offsets where a label is put in, ascending.
        shifts: How far text from there on has moved, in code points.
        moved: Where the turns begin in `text`, after their labels: `starts` plus `shifts`.
    """

    text: str
    starts: tuple[int, ...]
    shifts: tuple[int, ...]
    moved: tuple[int, ...]

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where the half-open passage of canonical text stands in the labelled text."""
        return start + self._shift(start), end + self._shift(max(start, end - 1))

    def canonical(self, start: int, end: int) -> tuple[int, int]:
        """The inverse of `place`; an offset inside a label moves to the turn it belongs to."""
        return self._back(start), self._back(end)

    def _shift(self, offset: int) -> int:
        found = bisect_right(self.starts, offset) - 1
        return self.shifts[found] if found >= 0 else 0

    def _back(self, offset: int) -> int:
        found = bisect_right(self.moved, offset) - 1
        before = self.shifts[found] if found >= 0 else 0
        back = offset - before
        following = found + 1
        return min(back, self.starts[following]) if following < len(self.starts) else back


def labelled_text(view: StudyView, source_id: str) -> LabelledText:
    """The source's canonical text with the voices named."""
    text = view.texts.get(source_id, "")
    named = [(s.start, f"{s.label}: ") for s in stretches(view, source_id) if s.label]
    pieces, at = [], 0
    for start, label in named:
        pieces += [text[at:start], label]
        at = start
    return place_labels("".join([*pieces, text[at:]]), named)


def place_labels(text: str, named: list[tuple[int, str]]) -> LabelledText:
    """A text that has its labels, with where they are.

    Args:
        text: With the labels.
        named: Canonical offset and label, colon and space included, in order.
    """
    starts = tuple(start for start, _label in named)
    shifts = tuple(accumulate(len(label) for _start, label in named))
    moved = tuple(start + shift for start, shift in zip(starts, shifts, strict=True))
    return LabelledText(text, starts, shifts, moved)


def clock(milliseconds: int) -> str:
    """A time in a recording as `h:mm:ss`."""
    seconds = milliseconds // 1000
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def source_text_bytes(
    view: StudyView,
    source_id: str,
    *,
    with_times: bool = False,
    marks: Iterable[Mark] = (),
    printed: TextView = TextView.VERBATIM,
) -> bytes:
    """The source as UTF-8 text, a turn to a paragraph, times in brackets when wanted.

    Args:
        view: The study.
        source_id: The source.
        with_times: Whether times are printed.
        marks: Its verbatim marks.
        printed: Whether they are printed, or the words are shown as sentences.
    """
    lines = [
        f"{head}{words}" for head, words in _lines_of(view, source_id, with_times, marks, printed)
    ]
    return ("\n\n".join(lines) + "\n").encode("utf-8", "replace")


def source_document(
    view: StudyView,
    source_id: str,
    *,
    with_times: bool = False,
    marks: Iterable[Mark] = (),
    printed: TextView = TextView.VERBATIM,
    made_on: str = "",
) -> Document:
    """As `source_text_bytes`, for Word: the voice in bold, a turn to a paragraph."""
    source = view.sources[source_id]
    turns = [
        Paragraph(ParagraphKind.TURN, (Run(head, bold=True), Run(words, language=source.language)))
        for head, words in _lines_of(view, source_id, with_times, marks, printed)
    ]
    heading = paragraph(ParagraphKind.HEADING_1, source.name)
    return Document(source.name, view.project.language, (heading, *turns), made_on)


def _lines_of(
    view: StudyView, source_id: str, with_times: bool, marks: Iterable[Mark], printed: TextView
) -> Iterator[tuple[str, str]]:
    """Time and voice of each turn, and its words as they are printed."""
    text, listed = view.texts.get(source_id, ""), list(marks)
    for stretch in stretches(view, source_id):
        timed = with_times and stretch.start_ms is not None
        time = f"[{clock(stretch.start_ms or 0)}] " if timed else ""
        label = f"{stretch.label}: " if stretch.label else ""
        words = text[stretch.start : stretch.end]
        near = [m for m in listed if m.start <= stretch.end and m.end >= stretch.start]
        yield f"{time}{label}", print_passage(words, near, printed, stretch.start)
