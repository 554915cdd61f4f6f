"""The matrix screen: where codes are met, by participant; coverage; codes that meet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from rich.style import Style
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import DataTable

from kodebok.coding.matrix import Matrix
from kodebok.coding.retrieval import (
    BY_CASE,
    BY_SOURCE,
    SourceCoverage,
    load_cooccurrence,
    load_coverage,
    load_matrix,
)
from kodebok.domain.code import CodeTree
from kodebok.domain.coding import Excerpt
from kodebok.domain.method import profile_of
from kodebok.i18n import mark, plural_translator, translator
from kodebok.storage import cases, codes
from kodebok.storage.codings import ExcerptFilter, load_excerpts
from kodebok.tui.base import StudyScreen
from kodebok.tui.keymap import bindings_for
from kodebok.tui.screens.coding_matrix_cells import (
    Measure,
    biggest,
    draw_cell,
    draw_code_name,
    draw_number,
    legend,
)
from kodebok.tui.screens.coding_passage_sheet import PassagesSheet
from kodebok.tui.widgets.choice import Choice, ChoiceSheet
from kodebok.tui.widgets.grid import Grid
from kodebok.tui.widgets.painted import PieceLines
from kodebok.tui.widgets.pieces import DIM, STRONG, Piece

_ = translator("coding_screen")
_n = plural_translator("coding_screen")

MATRIX, COVERAGE, MEETING = mark("Matrix"), mark("Coverage"), mark("Codes that meet")
_VIEWS = (MATRIX, COVERAGE, MEETING)
_NAME_NARROW, _NAME_WIDE = 28, 44
_WIDE = 110
_LONGEST_HEAD = 14


class MatrixScreen(StudyScreen):
    """Tables whose every number opens the passages behind it."""

    SCOPE = "matrix"
    AUTO_FOCUS = "Grid"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_for("matrix")]
    DEFAULT_CSS = """
    MatrixScreen #heading { background: $surface; }
    MatrixScreen #legend { background: $surface; height: 2; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._by = BY_CASE
        self._measure_chosen: Measure | None = None
        self._rollup = False
        self._view = MATRIX
        self._tree = CodeTree(())
        self._matrix: Matrix | None = None
        self._coverage: list[SourceCoverage] = []
        self._heading = PieceLines(id="heading")
        self._legend = PieceLines(id="legend")
        self.grid = Grid()

    def compose_body(self) -> ComposeResult:
        """What is counted, the table, and what its signs mean."""
        yield self._heading
        yield self.grid
        yield self._legend

    def reload(self) -> None:
        """Count again."""
        self._tree = codes.load_code_tree(self.study.store)
        {MATRIX: self._show_matrix, COVERAGE: self._show_coverage, MEETING: self._show_meeting}[
            self._view
        ]()

    def title_text(self) -> str:
        """Which table it is."""
        return _(self._view)

    def on_resize(self) -> None:
        """Give the names of the codes the room that there is."""
        if self._shown_change is not None:
            self.reload()

    # The tables ----------------------------------------------------------------------------

    @property
    def _name_cells(self) -> int:
        return _NAME_WIDE if self.size.width >= _WIDE else _NAME_NARROW

    def _head(self, names: Sequence[str]) -> list[Text]:
        ascii_signs = self.kodebok.look.ascii
        cut = "~" if ascii_signs else "…"
        return [
            Text(name if len(name) <= _LONGEST_HEAD else name[: _LONGEST_HEAD - 1] + cut)
            for name in names
        ]

    def _code_name(self, code_id: str) -> Text:
        code = self._tree[code_id]
        return draw_code_name(code, self._tree, self._name_cells, self.kodebok.look)

    @property
    def _measure(self) -> Measure:
        """What was chosen, else what the study's way of working shows first."""
        if self._measure_chosen is not None:
            return self._measure_chosen
        profile = profile_of(self.study.project().method)
        return Measure.PASSAGES if profile.counts_first.value else Measure.PRESENCE

    def _bar_style(self, code_id: str) -> Style:
        """The code's colour, as far from the background as the theme needs."""
        bar = self._heading.palette.bar(self._tree[code_id].color, active=False)
        return Style(color=bar.color)

    def _show_matrix(self) -> None:
        matrix = load_matrix(self.study.store, self._by, rollup=self._rollup)
        self._matrix = matrix
        measure, look = self._measure, self.kodebok.look
        most = biggest(measure.of(cell) for cell in matrix.cells.values())
        rows = []
        for code_id in matrix.codes:
            cells = [matrix.cells[code_id, column.name] for column in matrix.columns]
            style = self._bar_style(code_id)
            drawn = [draw_cell(cell, measure, most, look, style) for cell in cells]
            rows.append((code_id, [self._code_name(code_id), *drawn]))
        head = self._head([_("Code"), *(column.name for column in matrix.columns)])
        self.grid.show(head, rows)
        facts = [_(measure.value)]
        if self._rollup:
            facts.append(_("with the codes below"))
        self._tell(_("Codes × {columns}", columns=self._columns_word()), facts, legend(look))

    def _columns_word(self) -> str:
        if self._by == BY_SOURCE:
            return _("sources")
        if self._by != BY_CASE:
            return self._by
        return self.study.project().case_word

    def _show_coverage(self) -> None:
        self._coverage = load_coverage(self.study.store)
        look = self.kodebok.look
        head = [
            _("Source"), _("words"), _("coded"), _("turns"), _("uncoded"), _("codes"),
            _("lacking"), _("new"),
        ]  # fmt: skip
        rows = []
        for item in self._coverage:
            share = round(100 * item.coded_words / item.words) if item.words else 0
            rows.append((
                item.source_id,
                [
                    Text(item.name),
                    *(Text(f"{value:>6}") for value in (item.words,)),
                    Text(f"{draw_number(share, 100, look).plain} %"),
                    Text(f"{item.turns:>6}"),
                    draw_number(item.uncoded_turns, biggest(c.turns for c in self._coverage), look),
                    Text(f"{item.codes:>5}"),
                    Text(f"{len(item.lacking):>7}"),
                    Text(f"{len(item.new_codes):>5}"),
                ],
            ))  # fmt: skip
        self.grid.show(self._head(head), rows)
        words = _("lacking: codes that the source has no passage of, new: codes met first here")
        self._tell(_("How much of each source is coded"), [], words)

    def _show_meeting(self) -> None:
        pairs: Counter[tuple[str, str]] = load_cooccurrence(self.study.store)
        met = [code for code in self._tree if any(code.id in pair for pair in pairs)]
        most = biggest(pairs.values())
        look = self.kodebok.look
        rows = []
        for code in met:
            numbers = [pairs[min(code.id, o.id), max(code.id, o.id)] for o in met]
            style = self._bar_style(code.id)
            drawn = [draw_number(number, most, look, style) for number in numbers]
            rows.append((code.id, [self._code_name(code.id), *drawn]))
        names = [f"{code.letter or code.name[:1]} {code.name}" for code in met]
        self.grid.show(self._head([_("Code"), *names]), rows)
        self._tell(_("Pairs of codings that share words"), [], "")

    def _tell(self, title: str, facts: Sequence[str], words: str) -> None:
        line: list[Piece] = [(title, STRONG), *((f"   {fact}", DIM) for fact in facts)]
        self._heading.show(line)
        plain = _("Counts say where to look; they are not weight. Enter shows the passages.")
        self._legend.show([(words, DIM)], [(plain, "")])

    # What is shown -------------------------------------------------------------------------

    def action_next_view(self) -> None:
        """Show the next of the tables."""
        self._view = _VIEWS[(_VIEWS.index(self._view) + 1) % len(_VIEWS)]
        self.reload()
        self.refresh_frame()

    def action_next_columns(self) -> None:
        """Choose what the columns are."""
        choices = [
            Choice(BY_CASE, self.study.project().case_word),
            Choice(BY_SOURCE, _("sources")),
            *(
                Choice(v.name, v.name, _("variable"))
                for v in cases.load_variables(self.study.store)
            ),
        ]
        sheet = ChoiceSheet(_("Which columns?"), choices, at=self._by, typed=False)
        self.app.push_screen(sheet, self._columns_chosen)

    def _columns_chosen(self, by: str | None) -> None:
        if by is not None:
            self._by, self._view = by, MATRIX
            self.reload()

    def action_next_measure(self) -> None:
        """Count something else."""
        kinds = list(Measure)
        self._measure_chosen = kinds[(kinds.index(self._measure) + 1) % len(kinds)]
        self.reload()

    def action_toggle_rollup(self) -> None:
        """Count what is coded below a code with it, or not."""
        self._rollup = not self._rollup
        self.reload()

    # Behind the numbers --------------------------------------------------------------------

    @on(DataTable.CellSelected)
    def _open(self, event: DataTable.CellSelected) -> None:
        row = event.cell_key.row_key.value or ""
        column = event.coordinate.column - 1
        shown: dict[str, Callable[[str, int], None]] = {
            MATRIX: self._open_cell,
            COVERAGE: self._open_coverage,
            MEETING: self._open_meeting,
        }
        shown[self._view](row, column)

    def _open_cell(self, code_id: str, column: int) -> None:
        if self._matrix is None:
            return
        if column < 0:
            ids = [
                coding_id
                for (cell_code, _column), cell in self._matrix.cells.items()
                if cell_code == code_id
                for coding_id in cell.coding_ids
            ]
            title = self._tree[code_id].name
        else:
            name = self._matrix.columns[column].name
            ids = list(self._matrix.cells[code_id, name].coding_ids)
            title = f"{self._tree[code_id].name}, {name}"
        wanted = set(ids)
        excerpts = load_excerpts(self.study.store, self._tree)
        self._show_passages(title, [excerpt for excerpt in excerpts if excerpt.id in wanted])

    def _open_meeting(self, code_id: str, column: int) -> None:
        others = [row.value or "" for row in self.grid.rows]
        overlapping = tuple(others) if column < 0 else (others[column],)
        wanted = ExcerptFilter(code_ids=(code_id,), overlapping=overlapping)
        excerpts = load_excerpts(self.study.store, self._tree, wanted)
        title = self._tree[code_id].name
        if column >= 0:
            title += f" × {self._tree[others[column]].name}"
        self._show_passages(title, excerpts)

    def _open_coverage(self, source_id: str, _column: int) -> None:
        item = next(item for item in self._coverage if item.source_id == source_id)
        choices = [Choice("", _("Open the source"))]
        choices += [Choice(i, self._tree.path(i), _("lacking")) for i in item.lacking]
        sheet = ChoiceSheet(_("Codes that {source} lacks", source=item.name), choices, typed=False)
        self.app.push_screen(
            sheet, lambda key: self.kodebok.open_source(source_id) if key is not None else None
        )

    def _show_passages(self, title: str, excerpts: list[Excerpt]) -> None:
        if not excerpts:
            self.app.notify(_("No passages here"), markup=False)
            return
        count = _n("{n} passage", "{n} passages", len(excerpts))
        sheet = PassagesSheet(f"{title}: {count}", excerpts)
        self.app.push_screen(sheet, self._passage_chosen)

    def _passage_chosen(self, excerpt: Any) -> None:
        if excerpt is not None:
            self.kodebok.open_source(excerpt.source_id, excerpt.start, excerpt.end)
