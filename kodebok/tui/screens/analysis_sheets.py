"""A sheet that asks for any number of codes."""

from __future__ import annotations

from collections.abc import Collection

from textual import on
from textual.app import ComposeResult

from kodebok.domain.code import Code, CodeTree
from kodebok.i18n import translator
from kodebok.tui.widgets.pieces import Line, code_pieces
from kodebok.tui.widgets.rows import Rows
from kodebok.tui.widgets.sheet import Sheet

_ = translator("analysis")


class CodesSheet(Sheet[list[str] | None]):
    """Asks which codes are meant; gives back their ids, in the codebook's order.

    Args:
        title: What for.
        tree: The codebook.
        chosen: Ids of those that are meant already.
    """

    DEFAULT_CSS = "CodesSheet Rows { height: 15; max-height: 15; }"

    def __init__(self, title: str, tree: CodeTree, chosen: Collection[str]) -> None:
        super().__init__()
        self.title_words = title
        self.hint_words = _("Space chooses or lets go · Enter: done · Esc gives up")
        self._tree, self._chosen = tree, chosen

    def compose_body(self) -> ComposeResult:
        """The codes."""
        yield Rows(self._draw, lambda code: code.id, markable=True, empty=_("No codes yet"))

    @property
    def rows(self) -> Rows[Code]:
        """The codes."""
        return self.query_one(Rows)

    def on_mount(self) -> None:
        """Show them, those meant already marked."""
        self.rows.show(list(self._tree))
        self.rows.mark(self._chosen)
        self.rows.focus()

    def _draw(self, code: Code, _width: int) -> list[Line]:
        indent = "  " * self._tree.depth(code.id)
        return [[(indent, ""), *code_pieces(code, self.rows.look), (f" {code.name}", "")]]

    @on(Rows.Chosen)
    def _chosen_enough(self) -> None:
        self.dismiss([code.id for code in self.rows.marked])
