"""Choosing a code by typing a part of its name, or making one of that name."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from kodebok.domain.code import PATH_SEPARATOR, Code, CodeTree
from kodebok.i18n import translator
from kodebok.tui.widgets.code_match import match_codes, split_new_name
from kodebok.tui.widgets.pieces import DIM, STRONG, Line, Piece, code_pieces, spread
from kodebok.tui.widgets.rows import Rows
from kodebok.tui.widgets.sheet import Sheet

_ = translator("coding_screen")


@dataclass(frozen=True, slots=True)
class Picked:
    """What was chosen: a code; or a name for a new one, and the code to put it below."""

    code_id: str | None
    new_name: str = ""
    parent_id: str | None = None


@dataclass(frozen=True, slots=True)
class PickerRow:
    """A line of the picker: a code, or what else can be chosen when `code` is None."""

    key: str
    code: Code | None = None
    words: str = ""
    picked: Picked | None = None


class CodePicker(Sheet[Picked | None]):
    """Finds a code by parts of its path.

    Args:
        tree: The codebook.
        counts: Codings by code id.
        title: What the code is for.
        offers_new: Whether a name that is not there may become a code.
        new_first: Whether that is what is meant at first.
        offers_top: Words for choosing no code at all, such as "At the top"; empty for not so.
        left_out: Ids of codes that cannot be chosen.
        typed: What stands in the line at first.
        explain: Words about a code, shown while it is meant.
    """

    DEFAULT_CSS = "CodePicker Rows { height: 10; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "step(1)", show=False, priority=True),
        Binding("up", "step(-1)", show=False, priority=True),
        Binding("pagedown", "step(8)", show=False, priority=True),
        Binding("pageup", "step(-8)", show=False, priority=True),
        Binding("ctrl+n", "new_at_top", show=False, priority=True),
    ]

    def __init__(
        self,
        tree: CodeTree,
        counts: Mapping[str, int],
        *,
        title: str,
        offers_new: bool = False,
        new_first: bool = False,
        offers_top: str = "",
        left_out: Collection[str] = (),
        typed: str = "",
        explain: Callable[[Code], str] | None = None,
    ) -> None:
        super().__init__()
        self._tree, self._counts = tree, counts
        self._codes = [code for code in tree if code.id not in left_out]
        self._offers_new, self._offers_top = offers_new, offers_top
        self._typed, self._new_first = typed, new_first
        self._explain = explain
        self._new_name = ""
        self.title_words = title
        self.hint_words = _hint(offers_new)

    def compose_body(self) -> ComposeResult:
        """A line to type in, and the codes that fit."""
        yield Input(self._typed, placeholder=_("Part of a name"), select_on_focus=False)
        yield Rows(self._draw, lambda row: row.key, one_click=True, empty=_("No code fits"))

    @property
    def rows(self) -> Rows[PickerRow]:
        """The codes that fit."""
        return self.query_one(Rows)

    def on_mount(self) -> None:
        """Begin with what is typed already."""
        self.query_one(Input).focus()
        self._fill(self._typed)

    @on(Input.Changed)
    def _narrow(self, event: Input.Changed) -> None:
        self._fill(event.value)

    def _fill(self, typed: str) -> None:
        found = match_codes(self._codes, self._tree, typed, self._counts)
        rows = [PickerRow(code.id, code) for code in found]
        if self._offers_top and not typed.strip():
            rows.insert(0, PickerRow("top", None, self._offers_top, Picked(None)))
        if self._offers_new and not self._new_name:
            new = self._new_rows(typed)
            rows = [*new, *rows] if self._new_first else [*rows, *new]
        best = rows[0].key if rows else None
        self.rows.show(rows, at=best)
        self._tell(self.rows.item)

    def _new_rows(self, typed: str) -> list[PickerRow]:
        parts = split_new_name(self._tree, typed)
        if parts is None:
            return []
        name, parent = parts
        if parent is None:
            return [PickerRow("new", None, _("New code “{name}” …", name=name))]
        words = _("New code “{name}” below {parent}", name=name, parent=parent.name)
        return [PickerRow("new", None, words, Picked(None, name, parent.id))]

    @on(Rows.Highlighted)
    def _highlighted(self, event: Rows.Highlighted) -> None:
        self._tell(event.item)

    def _tell(self, row: PickerRow | None) -> None:
        words = self.hint_words
        if row is not None and row.code is not None and self._explain is not None:
            words = self._explain(row.code) or words
        self.say_hint(words)

    @on(Input.Submitted)
    def _submitted(self) -> None:
        if self.rows.item is not None:
            self._choose(self.rows.item)

    @on(Rows.Chosen)
    def _chosen(self, event: Rows.Chosen) -> None:
        self._choose(event.item)

    def _choose(self, row: PickerRow) -> None:
        code_id = row.code.id if row.code else None
        if self._new_name:
            self.dismiss(Picked(None, self._new_name, code_id))
        elif row.picked is not None:
            self.dismiss(row.picked)
        elif row.key == "new":
            self._ask_for_parent(self.query_one(Input).value.strip())
        else:
            self.dismiss(Picked(code_id))

    def _ask_for_parent(self, name: str) -> None:
        if not self._codes:  # the first code of a study has only one place
            self.dismiss(Picked(None, name))
            return
        self._new_name = name
        self._offers_top = _("At the top")
        self.say_title(_("New code “{name}”: below which code?", name=name))
        self.hint_words = _("Enter chooses · Esc gives up")
        self.query_one(Input).value = ""
        self._fill("")

    def action_new_at_top(self) -> None:
        """Make a code of what is typed, at the top, at once."""
        name = self.query_one(Input).value.strip()
        if self._offers_new and name and PATH_SEPARATOR not in name and not self._new_name:
            self.dismiss(Picked(None, name))

    def action_step(self, count: int) -> None:
        """Move in the list while the line keeps the keys."""
        self.rows.action_step(count)

    def _draw(self, row: PickerRow, width: int) -> list[Line]:
        look = self.rows.look
        if row.code is None:
            return [[("+ " if row.key == "new" else "  ", STRONG), (row.words, STRONG)]]
        code = row.code
        depth = self._tree.depth(code.id)
        listed = not self.query_one(Input).value.strip()
        left: list[Piece] = [("  " * depth if listed else "", ""), *code_pieces(code, look)]
        left.append((f" {code.name}", "" if listed and depth else STRONG))
        if not listed and depth and code.parent_id is not None:
            left.append((f"   {self._tree.path(code.parent_id)}", DIM))
        count = self._counts.get(code.id, 0)
        return [spread(left, [(f" {count} ", DIM)], width, look)]


def _hint(offers_new: bool) -> str:
    if offers_new:
        return _("Enter chooses · a name that is not there becomes a code · Ctrl+N at the top")
    return _("Enter chooses · Esc gives up")
