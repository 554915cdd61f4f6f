"""What a reader shows, where its cursor stands and what is marked: all but keys and mouse.

It owns no data. A screen hands it a `ReaderDocument` and the codings, listens to its messages,
and hands it the codings anew when they have changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from textual.message import Message

from kodebok.domain.source import Turn
from kodebok.domain.span import Edit, Span, carry_span, merge_spans
from kodebok.tui.reader import cursor as moves
from kodebok.tui.reader.canvas import Canvas
from kodebok.tui.reader.cursor import Cursor
from kodebok.tui.reader.document import CodedSpan, ReaderDocument
from kodebok.tui.reader.lanes import Lanes
from kodebok.tui.reader.layout import Layout
from kodebok.tui.reader.paint import Picture, changed_rows, divide, heading_turns
from kodebok.tui.reader.palette import Look
from kodebok.tui.reader.units import cluster_start, turn_index


class ReaderView(Canvas):
    """A source's text with its codings, moved over and marked by calls.

    Offsets are half-open code points of the canonical text. Nothing is drawn before the widget
    knows its size; what is shown or moved to before then is kept.

    Args:
        document: What to show; an empty text when None.
        look: Colour and signs.
    """

    @dataclass
    class CursorMoved(Message, namespace="reader"):
        """The cursor stands somewhere else, or other codings are there, or another is active.

        Attributes:
            offset: Where it stands.
            codings_here: The codings at the cursor, shortest first.
        """

        reader: ReaderView
        offset: int
        codings_here: tuple[CodedSpan, ...]

        @property
        def control(self) -> ReaderView:
            """The reader, for `@on` selectors."""
            return self.reader

    @dataclass
    class SelectionChanged(Message, namespace="reader"):
        """Something else is marked: a span without white space at its ends, or None."""

        reader: ReaderView
        span: Span | None

        @property
        def control(self) -> ReaderView:
            """The reader, for `@on` selectors."""
            return self.reader

    def __init__(
        self,
        document: ReaderDocument | None = None,
        *,
        look: Look | None = None,
        name: str | None = None,
        id: str | None = None,  # noqa: A002 - Textual's name for it
        classes: str | None = None,
    ) -> None:
        super().__init__(look or Look(), name=name, id=id, classes=classes)
        self._document = document or ReaderDocument("")
        self._spans: tuple[CodedSpan, ...] = ()
        self._notes: tuple[Span, ...] = ()
        self._quotes: tuple[Span, ...] = ()
        self._hits: tuple[Span, ...] = ()
        self._current_hit: int | None = None
        self._played: Span | None = None
        self._cursor = Cursor()
        self._active: str | None = None

    @property
    def document(self) -> ReaderDocument:
        """What is shown."""
        return self._document

    def show(self, document: ReaderDocument, offset: int = 0) -> None:
        """Show a source from an offset on, with no codings, memos, quotes, hits or selection."""
        self._document = document
        self._spans, self._notes, self._hits, self._current_hit = (), (), (), None
        self._quotes = ()
        self._active = self._played = None
        self._become(Cursor(self.clamped(offset)))

    def set_codings(self, spans: Iterable[CodedSpan]) -> None:
        """Show these codings, and no others."""
        self._spans = tuple(spans)
        if self._picture is not None:
            lanes = Lanes(self._spans, self._picture.layout.row_of)
            self.repaint(self._composed(replace(self._picture, lanes=lanes)))
        self._announce()

    def set_notes(self, spans: Iterable[Span]) -> None:
        """Show where memos are: a sign beside the row, and the passage in italics."""
        self._notes = tuple(sorted(spans))
        self._repaint_marks()

    def set_quotes(self, spans: Iterable[Span]) -> None:
        """Show where chosen quotes are: a sign beside the row that each begins in."""
        self._quotes = tuple(sorted(spans))
        self._repaint_marks()

    def set_hits(self, spans: Iterable[Span], current: int | None = None) -> None:
        """Show hits of a search, sorted and not overlapping; `current` is the index of one."""
        self._hits, self._current_hit = tuple(spans), current
        self._repaint_marks()

    def set_played(self, span: Span | None) -> None:
        """Show which word sounds; None for none."""
        if span == self._played:
            return
        self._played = span
        self.settle(self._cursor, scroll=False)

    def apply_edit(self, edit: Edit, turns: Sequence[Turn]) -> None:
        """Show the text after an edit; codings, memos, hits and cursor are carried over it.

        Args:
            edit: What changes.
            turns: All turns after the edit.

        Raises:
            ValueError: The edit does not fit the text, or the turns do not.
        """
        text = edit.apply(self._document.text)
        self._document = replace(self._document, text=text, turns=tuple(turns))
        self._spans = tuple(_carry_codings(self._spans, edit))
        self._notes = _carry_spans(self._notes, edit)
        self._quotes = _carry_spans(self._quotes, edit)
        self._hits, self._current_hit = _carry_spans(self._hits, edit), None
        self._played = None
        self._become(moves.carry(self._cursor, edit))

    @property
    def cursor_offset(self) -> int:
        """Where the cursor stands."""
        return self._cursor.offset

    @property
    def current_turn(self) -> Turn:
        """The turn that the cursor stands in."""
        turns = self._document.turns
        return turns[turn_index(turns, self._cursor.focus)]

    @property
    def selection(self) -> Span | None:
        """What is marked, without white space at its ends; None when it is nothing."""
        return moves.trimmed(self._document.text, self._cursor.span)

    @property
    def selected_text(self) -> str:
        """The words that are marked."""
        span = self.selection
        return self._document.text[span.start : span.end] if span else ""

    @property
    def is_marking(self) -> bool:
        """Whether plain moves extend the selection."""
        return self._cursor.marking

    @property
    def codings_at_cursor(self) -> tuple[CodedSpan, ...]:
        """The codings at the cursor, shortest first."""
        focus = self._cursor.focus
        if self._picture is not None:
            return tuple(self._picture.lanes.at(focus))
        here = (span for span in self._spans if span.start <= focus < span.end)
        return tuple(sorted(here, key=lambda span: (len(span), span.start, span.id)))

    @property
    def active_coding(self) -> CodedSpan | None:
        """The coding at the cursor that stands out: the shortest, unless another was chosen."""
        return self._active_of(self.codings_at_cursor)

    def _active_of(self, here: Sequence[CodedSpan]) -> CodedSpan | None:
        return next((span for span in here if span.id == self._active), here[0] if here else None)

    def set_active(self, coding_id: str) -> None:
        """Let one of the codings at the cursor stand out."""
        self._active = coding_id
        self.settle(self._cursor)
        self._announce()

    def go_to(self, offset: int, *, center: bool = False) -> None:
        """Move the cursor, and let go of what is marked. The offset is brought into the text.

        Args:
            offset: Where to.
            center: Bring its row to the upper third of the view even when it is in sight.
        """
        self.settle(Cursor(self.clamped(offset)), center=center)

    def set_selection(self, span: Span | None, *, center: bool = False) -> None:
        """Mark a passage, with the cursor behind it; let go for None."""
        if span is not None:
            span = Span(self.clamped(span.start), self.clamped(span.end))
        self.settle(moves.select(span, self._cursor), center=center)

    def lift(self, offset: int, covered: int) -> None:
        """Scroll so that an offset is not among the lowest `covered` rows of the view."""
        if self._picture is None:
            return
        row, rows = self._picture.layout.row_of(offset), self.view_rows
        if row + 2 > rows.stop - covered:
            self.bring_into_view(row, center=True)

    def clamped(self, offset: int) -> int:
        """The offset brought into the text, and before the cluster that it stands in."""
        inside = min(max(0, offset), len(self._document.text))
        return cluster_start(self._document.text, inside)

    def on_resize(self) -> None:
        """Lay the text out for the new width."""
        self._lay_out()

    def on_focus(self) -> None:
        """Wake the cursor."""
        self.settle(self._cursor, scroll=False)

    def on_blur(self) -> None:
        """Put the cursor to rest."""
        self.settle(self._cursor, scroll=False)

    def _lay_out(self) -> None:
        width = self.scrollable_content_region.width
        if width <= 0 or not self.is_attached:
            return
        document, former = self._document, self._picture
        columns = divide(width, document)
        headings = heading_turns(document, columns)
        before = former.layout if former else None
        layout = Layout(document.text, document.turns, columns.text, headings, before)
        lanes = Lanes(self._spans, layout.row_of)
        palette = former.palette if former else self.make_palette()
        picture = Picture(document, layout, lanes, columns, palette)
        self.hang(self._composed(self._with_marks(picture)))
        self.bring_into_view(layout.row_of(self._cursor.offset))
        self.place_hardware_cursor()

    def _composed(self, picture: Picture) -> Picture:
        """The picture with cursor, selection and marks as they are now."""
        active = self._active_of(picture.lanes.at(self._cursor.focus))
        return replace(
            picture,
            selection=self._cursor.span,
            cursor=self._cursor.offset,
            focused=self.has_focus,
            active=active.id if active else None,
            played=self._played,
        )

    def _repaint_marks(self) -> None:
        if self._picture is not None:
            self.repaint(self._with_marks(self._picture))

    def _with_marks(self, picture: Picture) -> Picture:
        return replace(
            picture,
            noted=merge_spans(self._notes),
            note_starts=[span.start for span in self._notes],
            quote_starts=[span.start for span in self._quotes],
            hits=self._hits,
            current_hit=self._current_hit,
        )

    def _become(self, cursor: Cursor) -> None:
        """Lay out what is shown now, with the cursor there, and tell."""
        former, self._cursor = self._cursor, cursor
        self._lay_out()
        self._announce()
        if former.span != cursor.span:
            self.post_message(self.SelectionChanged(self, self.selection))

    def settle(self, cursor: Cursor, *, scroll: bool = True, center: bool = False) -> None:
        """Put the cursor there: draw, scroll, tell."""
        former, self._cursor = self._cursor, cursor
        if self._picture is not None:
            picture = self._composed(self._picture)
            self.repaint(picture, changed_rows(self._picture, picture))
            if scroll:
                self.bring_into_view(picture.layout.row_of(cursor.offset), center=center)
            self.place_hardware_cursor()
        if (former.offset, former.focus) != (cursor.offset, cursor.focus):
            self._announce()
        if former.span != cursor.span:
            self.post_message(self.SelectionChanged(self, self.selection))

    def _announce(self) -> None:
        self.post_message(self.CursorMoved(self, self._cursor.offset, self.codings_at_cursor))


def _carry_spans(spans: Iterable[Span], edit: Edit) -> tuple[Span, ...]:
    return tuple(moved for span in spans if (moved := carry_span(span, edit)) is not None)


def _carry_codings(spans: Iterable[CodedSpan], edit: Edit) -> Iterable[CodedSpan]:
    for span in spans:
        moved = carry_span(Span(span.start, span.end), edit)
        if moved is not None:
            yield replace(span, start=moved.start, end=moved.end)
