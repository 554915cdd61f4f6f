"""The coding screen: a source to read and code, its codes, excerpts and memos around it."""

from __future__ import annotations

from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.timer import Timer

from kodebok.domain.code import Code
from kodebok.domain.coding import Excerpt
from kodebok.domain.note import Note
from kodebok.domain.span import Edit, Span, trim_edit
from kodebok.i18n import plural_translator, translator
from kodebok.storage import codings, sources
from kodebok.storage.codings import ExcerptFilter, load_excerpts
from kodebok.tui.keymap import bindings_for
from kodebok.tui.reader.view import ReaderView
from kodebok.tui.screens.coding_desk import CodingDesk
from kodebok.tui.screens.coding_find import SearchActs, SearchPane
from kodebok.tui.screens.coding_panes import (
    EXCERPT_LINES,
    MEMO_LINES,
    Pane,
    about_words,
    draw_code,
    draw_excerpt,
    draw_note,
)
from kodebok.tui.screens.coding_place import Place, load_place, save_place
from kodebok.tui.screens.coding_recent import draw_strip, recent_of
from kodebok.tui.screens.coding_spoken_marks import SpokenMarkActs
from kodebok.tui.screens.coding_status import status_line
from kodebok.tui.screens.coding_text import TextActs
from kodebok.tui.screens.coding_uncertain import UncertainActs
from kodebok.tui.screens.coding_wonder import WonderActs
from kodebok.tui.widgets.adjust import BorderLine
from kodebok.tui.widgets.painted import PieceLines
from kodebok.tui.widgets.rows import Rows

_ = translator("coding_screen")
_n = plural_translator("coding_screen")

REST_SECONDS = 0.12  # after the last move, before the panes follow the cursor
WIDE = 120  # cells from which panes stand beside the text
_PANES = ("tree", "excerpts", "memos")


class CodingScreen(SearchActs, WonderActs, TextActs, SpokenMarkActs, UncertainActs):
    """Reading and coding one source.

    The reader, one line with every code at the cursor, and one with the codes on the digits.
    On a wide screen the code tree stands at the left, excerpts and memos below; on a narrow one
    each is laid over the text by its key.
    """

    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 - Textual's own
        (0, "-narrow"),
        (WIDE, "-wide"),
    ]
    AUTO_FOCUS = "Reader"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings_for("coding"),
        *bindings_for("sound"),
        Binding("escape", "back_to_text", show=False, id="coding.back"),
    ]
    DEFAULT_CSS = """
    CodingScreen { layers: below over; }
    CodingScreen #desk { height: 1fr; }
    CodingScreen #middle { width: 1fr; }
    CodingScreen Reader { height: 1fr; }
    CodingScreen #tree { width: 36; }
    CodingScreen #below { height: 11; }
    CodingScreen #excerpts, CodingScreen #memos { width: 1fr; }
    CodingScreen #memos { border-left: blank; }
    CodingScreen.-narrow Pane { layer: over; }
    CodingScreen.-narrow #tree { dock: right; width: 44; height: 1fr; }
    CodingScreen.-narrow #below { layer: over; dock: bottom; height: 11; }
    CodingScreen #status, CodingScreen #sound { background: $surface; }
    CodingScreen #sound { display: none; }
    CodingScreen #digits { background: $panel; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._place = Place()
        self._project_id = ""
        self._status, self._digits = PieceLines(id="status"), PieceLines(id="digits")
        self._asked: tuple[str, int | None, int | None] | None = None
        self._open_panes: dict[bool, set[str]] = {True: set(_PANES), False: set()}
        self._said, self._said_at = "", 0
        self._rest: Timer | None = None
        self._excerpts_of: str | None = None

    def compose_body(self) -> ComposeResult:
        """Tree, reader, panes, search, status and digits."""
        tree: Rows[Code] = Rows(self._draw_code, lambda code: code.id, empty=_("No codes yet"))
        found: Rows[Excerpt] = Rows(
            lambda e, w: draw_excerpt(e, w, self.reader_look, self.study.coder.name),
            lambda e: e.id,
            height=EXCERPT_LINES,
            empty=_("Nothing coded with it yet"),
        )
        memos: Rows[Note] = Rows(
            self._draw_note, lambda n: n.id, height=MEMO_LINES, empty=_("No memos here")
        )
        with Horizontal(id="desk"):
            yield Pane(_("Code tree"), "C", tree, "tree")
            with Vertical(id="middle"):
                yield self.reader
                with Horizontal(id="below"):
                    yield Pane(_("Excerpts"), "X", found, "excerpts")
                    yield Pane(_("Memos"), "M", memos, "memos")
        yield SearchPane(id="search")
        yield BorderLine(id="borders")
        yield self._sound_line
        yield self._status
        yield self._digits

    @property
    def reader_look(self) -> Any:
        """Colour and signs."""
        return self.kodebok.look

    def on_mount(self) -> None:
        """Wait for the cursor to rest before panes follow it."""
        self.reader.set_look(self.kodebok.look)
        self._rest = self.set_interval(REST_SECONDS, self.follow_cursor, pause=True)
        self._show_panes()

    # Opening -------------------------------------------------------------------------------

    def show_source(
        self, source_id: str, offset: int | None = None, end: int | None = None
    ) -> None:
        """Open a source at an offset, or with the passage from there to `end` marked."""
        self._asked = (source_id, offset, end)
        if self.is_mounted and self.is_open:
            self._answer()

    def _answer(self) -> None:
        if self._asked is None:
            return
        (source_id, offset, end), self._asked = self._asked, None
        if not self.is_open or self.desk.source.id != source_id:
            self._open(source_id)
        if offset is not None and end is not None:
            self.reader.set_selection(Span(offset, end), center=True)
        elif offset is not None:
            self.reader.go_to(offset, center=True)
        self.reader.focus()

    def _open(self, source_id: str) -> None:
        self._keep_place()
        desk = CodingDesk(self.study, source_id)
        if self.opened is not None:
            desk.only_mine = self.opened.only_mine
        self.opened = desk
        self.reader.show(desk.document, self._place.offsets.get(source_id, 0))
        self.show_all()

    def reload(self) -> None:
        """Read the source and its marks again; the cursor stays on its words."""
        if self.opened is None:
            self._open_first()
            return
        try:
            self._read_again(self.desk)
        except KeyError:
            self.opened = None
            self._open_first()

    def _read_again(self, desk: CodingDesk) -> None:
        before = (desk.text, tuple(desk.turns), dict(desk.speakers))
        desk.load(desk.source.id)
        edit = trim_edit(Edit(0, before[0], desk.text)) if before[0] != desk.text else None
        if edit is not None and before[2] == desk.speakers:
            self.reader.apply_edit(edit, desk.turns)
        elif before != (desk.text, tuple(desk.turns), desk.speakers):
            self.reader.show(desk.document, min(self.reader.cursor_offset, len(desk.text)))
        self.show_all()

    def _open_first(self) -> None:
        study = self.study
        self._project_id = study.project().id
        self._place = load_place(self._project_id, study.coder.id)
        listed = sources.load_sources(study.store)
        known = {source.id for source in listed}
        asked = self._asked[0] if self._asked else self._place.source_id
        if not listed:
            self.say(_("No sources yet: bring one in from the project screen"))
            return
        self._open(asked if asked in known and asked is not None else listed[0].id)
        tree = self.desk.tree
        self.recent = recent_of(codings.load_codings(study.store), study.coder.id, tree)
        self._answer()
        self.show_all()

    def _keep_place(self) -> None:
        if self.opened is None:
            return
        self._place.source_id = self.opened.source.id
        self._place.offsets[self.opened.source.id] = self.reader.cursor_offset
        save_place(self._project_id, self.desk.coder_id, self._place)

    def on_screen_suspend(self) -> None:
        """Keep the place."""
        self._keep_place()

    def on_unmount(self) -> None:
        """Keep the place."""
        self._keep_place()

    # Showing -------------------------------------------------------------------------------

    def show_all(self) -> None:
        """Show everything that the desk knows."""
        self.recent.keep(self.desk.tree)
        self.tree_rows.show(list(self.desk.tree))
        self.take_up_sound()
        self.show_marks()

    def show_marks(self) -> None:
        """Show codings, memos and quotes as the desk has them."""
        desk = self.desk
        self.reader.set_codings(desk.spans())
        self.reader.set_notes(desk.noted_spans())
        self.reader.set_quotes(quote.span for quote in desk.quotes)
        self.tree_rows.redraw()
        self._excerpts_of = None
        self._draw_lines()
        self._wait_for_rest()
        self.refresh_frame()

    @property
    def tree_rows(self) -> Rows[Code]:
        """The list of the code tree."""
        return self.query_one("#tree", Pane).rows

    def title_text(self) -> str:
        """The source, how much of it is coded, and whether it is read."""
        if not self.is_open:
            return _("Coding")
        count = len(self.desk.codings)
        parts = [self.desk.source.name, _n("{n} coding", "{n} codings", count)]
        if self.desk.is_read:
            parts.append(_("read through"))
        elif self.desk.is_blind:
            parts.append(_("coded blind"))
        return ", ".join(parts)

    def say(self, words: str) -> None:
        """Tell something in the status line until the cursor moves."""
        self._said, self._said_at = words, self.reader.cursor_offset
        self._draw_lines()

    def _draw_lines(self) -> None:
        width = max(1, self.size.width - 2)
        look = self.reader_look
        if not self.is_open:
            self._status.show([(self._said, "strong")])
            return
        status = status_line(self.desk, self.reader, self._said, width, look)
        self._status.show(status)
        hint = _("The codes you use come here: press the digit to use one again")
        strip = draw_strip(self.recent, self.desk.tree, width, look, hint)
        self._digits.show(strip)
        self.draw_sound()

    @on(ReaderView.CursorMoved)
    def _moved(self, event: ReaderView.CursorMoved) -> None:
        if event.offset != self._said_at:
            self._said = ""
        self._draw_lines()
        self._wait_for_rest()

    @on(ReaderView.SelectionChanged)
    def _marked(self) -> None:
        self._draw_lines()

    def _wait_for_rest(self) -> None:
        if self._rest is not None:
            self._rest.reset()

    def follow_cursor(self) -> None:
        """Let the panes follow the cursor, once it has come to rest."""
        if self._rest is not None:
            self._rest.pause()
        if not self.is_open:
            return
        active = self.reader.active_coding
        coding = self.desk.codings.get(active.id) if active else None
        if coding is not None and not self.tree_rows.has_focus:
            self.tree_rows.go_to(coding.code_id)
        memos = self.query_one("#memos", Pane)
        if memos.display:
            memos.rows.show(self.desk.memos_here(self.reader.cursor_offset))
        self._show_excerpts()

    def _show_excerpts(self) -> None:
        pane = self.query_one("#excerpts", Pane)
        code = self.tree_rows.item
        if not pane.display or (code and code.id == self._excerpts_of):
            return
        self._excerpts_of = code.id if code else None
        wanted = ExcerptFilter(code_ids=(code.id,)) if code else ExcerptFilter(code_ids=("",))
        pane.rows.show(load_excerpts(self.study.store, self.desk.tree, wanted))
        pane.say(f"{code.name}  {len(pane.rows.items)}" if code else "")

    def _draw_code(self, code: Code, width: int) -> Any:
        return draw_code(code, self.desk.tree, self.desk.counts, width, self.reader_look)

    def _draw_note(self, note: Note, width: int) -> Any:
        codes = {coding.id: coding.code_id for coding in self.desk.codings.values()}
        about = about_words(note, self.desk.tree, codes)
        return draw_note(note, about, width, self.reader_look)

    # Panes ---------------------------------------------------------------------------------

    @property
    def is_wide(self) -> bool:
        """Whether there is room for panes beside the text."""
        return self.app.size.width >= WIDE

    def on_resize(self) -> None:
        """Show the panes that are open at this width."""
        self._show_panes()

    def _show_panes(self) -> None:
        shown = self._open_panes[self.is_wide]
        for name in _PANES:
            self.query_one(f"#{name}", Pane).display = name in shown
        self.query_one("#below").display = bool(shown & {"excerpts", "memos"})
        self._draw_lines()
        self._wait_for_rest()

    def action_toggle_pane(self, name: str) -> None:
        """Show a pane and go into it; hide it when it is shown."""
        shown = self._open_panes[self.is_wide]
        if name in shown:
            shown.discard(name)
            self.reader.focus()
        else:
            if not self.is_wide:
                shown.clear()
            shown.add(name)
        self._show_panes()
        if name in shown:
            self.query_one(f"#{name}", Pane).rows.focus()

    def action_back_to_text(self) -> None:
        """Put the keys back on the text, and what lies over it away."""
        if not self.is_wide:
            self._open_panes[False].clear()
            self._show_panes()
        self.close_search()
        self.reader.focus()

    @on(Rows.Chosen, "#tree Rows")
    def _code_from_tree(self, event: Rows.Chosen) -> None:
        self.put_codes([event.item.id])

    @on(Rows.Highlighted, "#tree Rows")
    def _code_meant(self) -> None:
        self._show_excerpts()

    @on(Rows.Chosen, "#excerpts Rows")
    def _excerpt_chosen(self, event: Rows.Chosen) -> None:
        self.show_source(event.item.source_id, event.item.start, event.item.end)

    @on(Rows.Chosen, "#memos Rows")
    def _memo_chosen(self, event: Rows.Chosen) -> None:
        self.edit_memo(event.item)
