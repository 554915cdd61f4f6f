"""A sheet with coded passages, to look at and go to."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult

from kodebok.domain.coding import Excerpt
from kodebok.i18n import translator
from kodebok.tui.screens.coding_panes import draw_excerpt
from kodebok.tui.widgets.rows import Rows
from kodebok.tui.widgets.sheet import Sheet

_ = translator("coding_screen")


class PassagesSheet(Sheet[Excerpt | None]):
    """Passages; Enter gives back the one to go to.

    Args:
        title: What they have in common.
        excerpts: The passages.
    """

    DEFAULT_CSS = "PassagesSheet Rows { height: 15; max-height: 15; }"

    def __init__(self, title: str, excerpts: Sequence[Excerpt]) -> None:
        super().__init__()
        self.title_words = title
        self.hint_words = _("Enter opens the source there · Esc back")
        self._excerpts = excerpts

    def compose_body(self) -> ComposeResult:
        """The passages."""
        yield Rows(
            lambda e, width: draw_excerpt(e, width, self.rows.look), lambda e: e.id, height=3
        )

    @property
    def rows(self) -> Rows[Excerpt]:
        """The passages."""
        return self.query_one(Rows)

    def on_mount(self) -> None:
        """Show them."""
        self.rows.show(self._excerpts)
        self.rows.focus()

    @on(Rows.Chosen)
    def _chosen(self, event: Rows.Chosen) -> None:
        self.dismiss(event.item)
