"""The cursor and the selection: what every move and mark makes of them.

A selection runs from the *anchor*, which stays, to the cursor's offset. While something is being
marked, a move forward goes to the end of a word, sentence or turn rather than to the start of the
next, so that a passage ends with its last word. All functions are pure.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass, replace

from kodebok.domain.span import Edit, Span, carry_span
from kodebok.tui.reader import units
from kodebok.tui.reader.document import ReaderDocument
from kodebok.tui.reader.lanes import Lanes
from kodebok.tui.reader.layout import Layout, RowKind
from kodebok.tui.reader.units import Unit


@dataclass(frozen=True, slots=True)
class Ground:
    """What a cursor moves over. `page` is the height of the view in rows."""

    document: ReaderDocument
    layout: Layout
    lanes: Lanes
    page: int = 1

    @property
    def text(self) -> str:
        """The canonical text."""
        return self.document.text


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where the cursor stands, and where a selection began.

    Attributes:
        marking: Whether plain moves extend the selection; else they drop it.
        goal_x: The cell that moves from row to row come back to.
        seed: Where a selection that grows and shrinks by units was begun.
    """

    offset: int = 0
    anchor: int | None = None
    marking: bool = False
    goal_x: int | None = None
    seed: int | None = None

    @property
    def span(self) -> Span | None:
        """The selection, or None when it is empty."""
        if self.anchor is None or self.anchor == self.offset:
            return None
        return Span(min(self.anchor, self.offset), max(self.anchor, self.offset))

    @property
    def focus(self) -> int:
        """The character that is meant: the selection's last when the cursor stands behind it."""
        if self.anchor is not None and self.offset > self.anchor:
            return self.offset - 1
        return self.offset


def trimmed(text: str, span: Span | None) -> Span | None:
    """The span without white space at its ends, or None when nothing is left."""
    if span is None:
        return None
    words = text[span.start : span.end]
    start = span.start + len(words) - len(words.lstrip())
    end = span.end - len(words) + len(words.rstrip())
    return Span(start, end) if start < end else None


def place(cursor: Cursor, offset: int, *, extend: bool = False) -> Cursor:
    """The cursor at an offset. The selection goes on while marking, or when `extend` asks."""
    if not (extend or cursor.marking):
        return Cursor(offset)
    anchor = cursor.offset if cursor.anchor is None else cursor.anchor
    return Cursor(offset, anchor, cursor.marking)


def begin_mark(cursor: Cursor) -> Cursor:
    """Marking begun at the cursor; or the selection dropped, when marking is under way."""
    if cursor.marking:
        return Cursor(cursor.offset)
    return Cursor(cursor.offset, cursor.anchor if cursor.span else cursor.offset, marking=True)


def swap_ends(cursor: Cursor) -> Cursor:
    """The cursor at the selection's other end."""
    if cursor.anchor is None:
        return cursor
    return Cursor(cursor.anchor, cursor.offset, cursor.marking)


def select(span: Span | None, cursor: Cursor, *, marking: bool = False) -> Cursor:
    """The span selected, with the cursor behind it; nothing selected for None."""
    if span is None:
        return Cursor(cursor.offset)
    return Cursor(span.end, span.start, marking)


def select_unit(ground: Ground, cursor: Cursor, unit: Unit) -> Cursor:
    """The word, sentence or turn at the cursor selected."""
    span = units.unit_at(ground.text, ground.document.turns, unit, cursor.focus)
    if span is None:
        return cursor
    return replace(select(span, cursor, marking=True), seed=cursor.focus)


def grow(ground: Ground, cursor: Cursor) -> Cursor:
    """The selection grown to the next larger unit around it: word, sentence, turn."""
    held = trimmed(ground.text, cursor.span)
    seed = cursor.seed if cursor.seed is not None else (held.start if held else cursor.offset)
    for unit in Unit:
        larger = _unit_around(ground, unit, held, cursor.offset)
        if larger is not None and larger != held:
            return replace(select(larger, cursor, marking=True), seed=seed)
    return cursor


def _unit_around(ground: Ground, unit: Unit, held: Span | None, offset: int) -> Span | None:
    """The unit at the offset, or from the one that `held` begins in to the one it ends in."""
    turns = ground.document.turns
    if held is None:
        return units.unit_at(ground.text, turns, unit, offset)
    first = units.unit_at(ground.text, turns, unit, held.start)
    last = units.unit_at(ground.text, turns, unit, held.end - 1)
    if first is None or last is None or first.start > held.start or last.start >= held.end:
        return None
    around = Span(first.start, last.end)
    return around if around.contains(held) else None


def shrink(ground: Ground, cursor: Cursor) -> Cursor:
    """The selection shrunk to the next smaller unit where it was begun; a word to nothing."""
    held = cursor.span
    if held is None:
        return cursor
    seed = held.start if cursor.seed is None else cursor.seed
    for unit in reversed(Unit):
        span = units.unit_at(ground.text, ground.document.turns, unit, seed)
        if span is not None and span != held and held.contains(span):
            return replace(select(span, cursor, marking=True), seed=seed)
    return Cursor(seed)


def next_coding(lanes: Lanes, offset: int) -> int:
    """Where the next coding begins; the offset itself when there is none."""
    index = bisect_right(lanes.starts, offset)
    return lanes.starts[index] if index < len(lanes.starts) else offset


def previous_coding(lanes: Lanes, offset: int) -> int:
    """Where the coding before begins; the offset itself when there is none."""
    index = bisect_left(lanes.starts, offset)
    return lanes.starts[index - 1] if index else offset


def uncoded_turn(ground: Ground, offset: int, step: int) -> int:
    """The start of the next (`step` 1) or former (-1) turn that nothing is coded in.

    Turns of interviewers and empty turns are passed over; the offset itself when there is none.
    """
    turns = ground.document.turns
    index = units.turn_index(turns, offset) + step
    while 0 <= index < len(turns):
        turn = turns[index]
        told = turn.end > turn.start and not ground.document.is_interviewer(turn)
        if told and not ground.lanes.covers_any_of(turn.start, turn.end):
            return turn.start
        index += step
    return offset


def by_rows(ground: Ground, cursor: Cursor, count: int, *, extend: bool = False) -> Cursor:
    """The cursor `count` rows of the screen down (up when negative), in the same cell.

    Headings and gaps are passed over, on in the same direction, and back where the text ends.
    """
    layout = ground.layout
    row, x = layout.position(cursor.offset)
    goal = x if cursor.goal_x is None else cursor.goal_x
    step = 1 if count > 0 else -1
    target = min(max(0, row + count), layout.row_count - 1)
    while layout.row(target).kind is not RowKind.TEXT:
        step = {0: 1, layout.row_count - 1: -1}.get(target, step)
        target += step
    if target == row:
        edge = len(ground.text) if count > 0 else layout.row(row).start
        return place(cursor, edge, extend=extend)
    moved = place(cursor, layout.offset_at(target, goal), extend=extend)
    return replace(moved, goal_x=goal)


def row_start(ground: Ground, offset: int) -> int:
    """Where the row of an offset begins."""
    return ground.layout.row(ground.layout.row_of(offset)).start


def row_end(ground: Ground, offset: int) -> int:
    """The last place of the row of an offset."""
    row = ground.layout.row_of(offset)
    return ground.layout.offset_at(row, ground.layout.width + 2)


Step = Callable[[Ground, int], int]

STEPS: dict[str, Step] = {
    "next-character": lambda ground, offset: units.next_cluster(ground.text, offset),
    "previous-character": lambda ground, offset: units.previous_cluster(ground.text, offset),
    "next-word": lambda ground, offset: units.next_word(ground.text, offset),
    "previous-word": lambda ground, offset: units.previous_word(ground.text, offset),
    "next-sentence": lambda ground, offset: units.next_sentence(ground.text, offset),
    "previous-sentence": lambda ground, offset: units.previous_sentence(ground.text, offset),
    "next-turn": lambda ground, offset: units.next_turn(ground.document.turns, offset),
    "previous-turn": lambda ground, offset: units.previous_turn(ground.document.turns, offset),
    "row-start": row_start,
    "row-end": row_end,
    "source-start": lambda _ground, _offset: 0,
    "source-end": lambda ground, _offset: len(ground.text),
    "next-coding": lambda ground, offset: next_coding(ground.lanes, offset),
    "previous-coding": lambda ground, offset: previous_coding(ground.lanes, offset),
    "next-uncoded-turn": lambda ground, offset: uncoded_turn(ground, offset, 1),
    "previous-uncoded-turn": lambda ground, offset: uncoded_turn(ground, offset, -1),
}
"""Moves to another offset, by name."""

ENDS: dict[str, Step] = {
    "next-word": lambda ground, offset: units.word_end(ground.text, offset),
    "next-sentence": lambda ground, offset: units.sentence_end(ground.text, offset),
    "next-turn": lambda ground, offset: units.turn_end(ground.document.turns, offset),
}
"""What the same moves do while a passage is being marked forward."""

ROWS: dict[str, int] = {"next-row": 1, "previous-row": -1}
PAGES: dict[str, int] = {"next-page": 1, "previous-page": -1}


def move(ground: Ground, cursor: Cursor, name: str, *, extend: bool = False) -> Cursor:
    """The cursor after the move `name`, one of `STEPS`, `ROWS` and `PAGES`.

    Args:
        ground: What the cursor moves over.
        cursor: Where it stands.
        name: The move.
        extend: Begin a selection when none is under way.

    Raises:
        KeyError: No move has that name.
    """
    if name in ROWS:
        return by_rows(ground, cursor, ROWS[name], extend=extend)
    if name in PAGES:
        return by_rows(ground, cursor, PAGES[name] * max(1, ground.page - 1), extend=extend)
    forward = cursor.anchor is None or cursor.offset >= cursor.anchor
    extends = extend or cursor.marking
    step = ENDS.get(name, STEPS[name]) if extends and forward else STEPS[name]
    offset = units.cluster_edge(ground.text, step(ground, cursor.offset))
    return place(cursor, offset, extend=extend)


def carry(cursor: Cursor, edit: Edit) -> Cursor:
    """The cursor after an edit of the text: on the same words, or at the edit's end."""
    held = cursor.span and carry_span(cursor.span, edit)
    if held is not None and cursor.span is not None:
        at_start = cursor.offset == cursor.span.start
        offset, anchor = (held.start, held.end) if at_start else (held.end, held.start)
        return replace(cursor, offset=offset, anchor=anchor, goal_x=None, seed=None)
    if cursor.offset < edit.start:
        return Cursor(cursor.offset)
    return Cursor(edit.start + len(edit.inserted) + max(0, cursor.offset - edit.end))
