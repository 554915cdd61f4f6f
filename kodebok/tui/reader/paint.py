"""One row of the layout as a strip: margin, gutter, text.

    Informant 1   A┃  Det er noe med å stå skulder ved skulder
    00:12:31       ┃  og se på den samme tavla.

The text is never markup. Strips are as wide as the view, and the same picture gives the same
strip, so that a widget can keep them and repaint only the rows that differ.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from kodebok.domain.code import Color
from kodebok.domain.span import Span
from kodebok.tui.reader.cells import cells, clip, clusters, is_plain, shown
from kodebok.tui.reader.document import ReaderDocument, format_time
from kodebok.tui.reader.lanes import Lanes
from kodebok.tui.reader.layout import Layout, Row, RowKind
from kodebok.tui.reader.palette import Mark, Palette

TEXT_MOST = 80
_PAD_LEAST_VIEW = 40
_MARGIN_LEAST_VIEW = 70
_MARGIN_WIDE_VIEW = 110
_GUTTER_SMALL, _GUTTER_NARROW, _GUTTER = 2, 4, 6
_LABEL_MOST_NARROW, _LABEL_MOST = 13, 18
_TIME = len("0:00:00")


@dataclass(frozen=True, slots=True)
class Columns:
    """How the cells of a row are divided, from the left.

    Attributes:
        view: All of them.
        pad: Empty ones at the left edge.
        margin: For speaker and time, the space after them included; 0 for headings instead.
        time_x: Where in the margin the time stands; 0 for below the speaker.
        gutter: For lanes.
        text: For text; one more follows, where a cursor or a space may hang over the edge.
    """

    view: int
    pad: int
    margin: int
    time_x: int
    gutter: int
    text: int

    @property
    def text_x(self) -> int:
        """The cell where text begins; the one before it is for the marks of memos."""
        return self.pad + self.margin + self.gutter + 1


def divide(view: int, document: ReaderDocument) -> Columns:
    """The columns for a view of `view` cells: a margin from 70 cells on, text of 80 at most."""
    narrow = view < _MARGIN_LEAST_VIEW
    pad = 0 if view < _PAD_LEAST_VIEW else 1
    gutter = _GUTTER_SMALL if pad == 0 else _GUTTER_NARROW if narrow else _GUTTER
    margin = time_x = 0
    if document.has_margin and not narrow:
        labels = {document.label(turn) for turn in document.turns}
        widest = min(_LABEL_MOST, max(cells(label) for label in labels))
        if view >= _MARGIN_WIDE_VIEW:
            time_x = widest + 2 if widest else 0
            margin = time_x + _TIME + 1
        else:
            margin = max(_TIME, min(_LABEL_MOST_NARROW, widest)) + 1
    text = max(1, min(TEXT_MOST, view - pad - margin - gutter - 2))
    return Columns(view, pad, margin, time_x, gutter, text)


def heading_turns(document: ReaderDocument, columns: Columns) -> frozenset[int]:
    """Which turns have a heading row: those with a speaker or a time, when there is no margin."""
    if columns.margin:
        return frozenset()
    return frozenset(
        index
        for index, turn in enumerate(document.turns)
        if document.label(turn) or turn.start_ms is not None
    )


@dataclass(frozen=True, slots=True)
class Picture:
    """All that a row's strip depends on.

    Attributes:
        noted: Passages that memos are about, sorted and merged.
        note_starts: Where those memos begin, sorted.
        quote_starts: Where chosen quotes begin, sorted.
        hits: Sorted, none overlapping another.
        played: The word that sounds, or None.
        active: Id of the coding that stands out, or None.
        cursor: Offset of the cursor, or None to draw none.
        focused: Whether the cursor is drawn awake or at rest.
    """

    document: ReaderDocument
    layout: Layout
    lanes: Lanes
    columns: Columns
    palette: Palette
    selection: Span | None = None
    cursor: int | None = 0
    focused: bool = True
    active: str | None = None
    noted: Sequence[Span] = ()
    note_starts: Sequence[int] = ()
    quote_starts: Sequence[int] = ()
    hits: Sequence[Span] = ()
    current_hit: int | None = None
    played: Span | None = None

    def with_palette(self, palette: Palette) -> Picture:
        """The same in other styles."""
        return replace(self, palette=palette)


def paint_row(picture: Picture, index: int) -> Strip:
    """The strip of a row, as wide as the view; an empty one past the last row."""
    palette, columns = picture.palette, picture.columns
    if not 0 <= index < picture.layout.row_count:
        return Strip([Segment(" " * columns.view, palette.plain)], columns.view)
    row = picture.layout.row(index)
    segments = [
        *_margin(picture, row),
        *_gutter(picture, index),
        *(_heading(picture, row) if row.kind is RowKind.HEADING else _text(picture, row)),
    ]
    segments = [segment for segment in segments if segment.text]
    left = columns.view - sum(segment.cell_length for segment in segments)
    if left < 0:
        return Strip(segments).adjust_cell_length(columns.view, palette.plain)
    if left:
        segments.append(Segment(" " * left, palette.plain))
    return Strip(segments, columns.view)


def _margin(picture: Picture, row: Row) -> list[Segment]:
    palette, columns = picture.palette, picture.columns
    if not columns.margin or row.kind is RowKind.HEADING or row.nth > 1:
        return [Segment(" " * (columns.pad + columns.margin), palette.plain)]
    label, time, voice = _voice_and_time(picture, row)
    label_here = row.nth == 0
    time_here = row.nth == (1 if label and not columns.time_x else 0)
    room = columns.time_x - 2 if columns.time_x else columns.margin - 1
    label = clip(label, room, palette.signs.cut) if label_here else ""
    time = time if time_here else ""
    between = columns.time_x - cells(label) if time else 0
    after = columns.margin - cells(label) - between - len(time)
    return [
        Segment(" " * columns.pad, palette.plain),
        Segment(label, voice),
        Segment(" " * between, palette.plain),
        Segment(time, palette.dim),
        Segment(" " * after, palette.plain),
    ]


def _voice_and_time(picture: Picture, row: Row) -> tuple[str, str, Style]:
    """The turn's speaker and time as they are written, and the speaker's style."""
    document, palette = picture.document, picture.palette
    turn = document.turns[row.turn]
    time = "" if turn.start_ms is None else format_time(turn.start_ms)
    voice = palette.muted if document.is_interviewer(turn) else palette.strong
    return document.label(turn), time, voice


def _gutter(picture: Picture, index: int) -> list[Segment]:
    palette, width = picture.palette, picture.columns.gutter
    drawn = [(" ", palette.plain)] * width
    shown_lanes = width if picture.lanes.count <= width else width - 1
    for bar in picture.lanes.in_row(index):
        if bar.lane >= shown_lanes:
            drawn[0] = (palette.signs.hidden, palette.dim)
            break
        is_first = bar.first_row == index
        sign = palette.signs.letter(bar.span) if is_first else palette.signs.bar(bar.span)
        style = palette.bar(bar.span.color, active=bar.span.id == picture.active)
        drawn[width - 1 - bar.lane] = (sign, style)
    return [
        Segment("".join(sign for sign, _ in run), style)
        for style, run in groupby(drawn, key=lambda cell: cell[1])
    ]


def _heading(picture: Picture, row: Row) -> list[Segment]:
    palette = picture.palette
    label, time, voice = _voice_and_time(picture, row)
    label = clip(label, picture.columns.text, palette.signs.cut)
    return [
        Segment(" ", palette.plain),
        Segment(label, voice),
        Segment("  " if label and time else "", palette.plain),
        Segment(time, palette.dim),
    ]


def _text(picture: Picture, row: Row) -> list[Segment]:
    palette = picture.palette
    if row.kind is RowKind.GAP:
        return []
    words = picture.layout.words_of(row)
    tints, marks = _tints_and_marks(picture, row, len(words))
    cursor = picture.cursor
    waits = cursor is not None and cursor - row.start == len(words) and _holds(picture, row)
    if not is_plain(words):
        _snap_to_clusters(words, tints, marks)
    segments = [_note_mark(picture, row)]
    position = 0
    for (tint, mark), run in groupby(zip(tints, marks, strict=True)):
        end = position + sum(1 for _ in run)
        segments.append(Segment(shown(words[position:end]), palette.text(tint, mark)))
        position = end
    if waits:
        segments.append(Segment(" ", palette.text(None, _cursor_mark(picture))))
    return segments


def _holds(picture: Picture, row: Row) -> bool:
    """Whether the place behind a row's last sign is its own: at a line end, or at the text's."""
    return picture.cursor is not None and (
        picture.cursor < row.end or row.end == len(picture.layout.text)
    )


def _note_mark(picture: Picture, row: Row) -> Segment:
    """The sign before a row where a quote begins, else of one where a memo does."""
    signs = picture.palette.signs
    if _any_in(picture.quote_starts, row):
        return Segment(signs.quote, picture.palette.strong)
    return Segment(signs.note if _any_in(picture.note_starts, row) else " ", picture.palette.dim)


def _any_in(starts: Sequence[int], row: Row) -> bool:
    index = bisect_left(starts, row.start)
    return index < len(starts) and starts[index] < row.end


def _cursor_mark(picture: Picture) -> Mark:
    return Mark.CURSOR if picture.focused else Mark.RESTING_CURSOR


def _tints_and_marks(
    picture: Picture, row: Row, length: int
) -> tuple[list[Color | None], list[int]]:
    """For each character of a row the shortest coding's colour, and its marks.

    The space that a row is broken at gets no tint, so that the right edge stays quiet.
    """
    start, end = row.start, row.start + length
    tints: list[Color | None] = [None] * length
    muted = picture.document.is_interviewer(picture.document.turns[row.turn])
    marks = [int(Mark.MUTED) if muted else 0] * length

    def add(first: int, last: int, mark: Mark) -> None:
        for index in range(max(first, start) - start, min(last, end) - start):
            marks[index] |= mark

    for span in reversed(picture.lanes.overlapping(start, end)):
        first, last = max(span.start, start) - start, min(span.end, end) - start
        tints[first:last] = [span.color] * (last - first)
        if span.id == picture.active:
            add(span.start, span.end, Mark.ACTIVE)
    if row.end == end and picture.document.text[start:end].endswith(" "):
        tints[-1] = None
        marks[-1] &= ~Mark.ACTIVE
    for index in _near(picture.noted, start, end):
        add(picture.noted[index].start, picture.noted[index].end, Mark.NOTED)
    for index in _near(picture.hits, start, end):
        mark = Mark.CURRENT_HIT if index == picture.current_hit else Mark.HIT
        add(picture.hits[index].start, picture.hits[index].end, mark)
    for held, mark in _held(picture):
        add(held.start, held.end, mark)
    return tints, marks


def _held(picture: Picture) -> Iterator[tuple[Span, Mark]]:
    """What is selected, what sounds, and the sign at the cursor."""
    if picture.selection is not None:
        yield picture.selection, Mark.SELECTED
    if picture.played is not None:
        yield picture.played, Mark.PLAYED
    if picture.cursor is not None:
        yield Span(picture.cursor, picture.cursor + 1), _cursor_mark(picture)


def _near(spans: Sequence[Span], start: int, end: int) -> range:
    """Indexes of the spans (sorted, none overlapping) that have a character in `start` to `end`."""
    first = bisect_right(spans, start, key=lambda span: span.end)
    return range(first, bisect_left(spans, end, lo=first, key=lambda span: span.start))


def _snap_to_clusters(words: str, tints: list[Color | None], marks: list[int]) -> None:
    """Give every code point of a cluster the look of its first, so that none is torn apart."""
    for start, end, _ in clusters(words):
        tints[start:end] = [tints[start]] * (end - start)
        marks[start:end] = [marks[start]] * (end - start)


def changed_rows(old: Picture, new: Picture) -> list[tuple[int, int]]:
    """Ranges of rows, both ends inclusive, that may look different in the new picture.

    Cursor, selection, active coding and the word that sounds are compared; everything else is
    taken to be the same.
    """
    passages = [(offset, offset) for offset in (old.cursor, new.cursor) if offset is not None]
    passages += _difference(old.selection, new.selection)
    passages += _difference(old.played, new.played)
    if old.active != new.active:
        spans = (new.lanes.get(coding_id) for coding_id in (old.active, new.active))
        passages += [(span.start, span.end) for span in spans if span is not None]
    row_of = new.layout.row_of
    return [(row_of(start), row_of(end)) for start, end in passages]


def _difference(old: Span | None, new: Span | None) -> list[tuple[int, int]]:
    """The stretches between the ends of two selections."""
    if old == new:
        return []
    if old is None or new is None:
        return [(span.start, span.end) for span in (old, new) if span is not None]
    ends = ((old.start, new.start), (old.end, new.end))
    return [(min(pair), max(pair)) for pair in ends if pair[0] != pair[1]]
