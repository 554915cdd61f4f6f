"""A list of things, each drawn on the same number of lines; as quick for 10,000 as for ten."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, TypeVar

from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Offset, Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from kodebok.tui.widgets.painted import Painted
from kodebok.tui.widgets.pieces import Line, fit, segments

T = TypeVar("T")

_DOUBLE = 2
_RAISED = 0.16  # of the way from background to foreground, for the line that is meant


def _bind(keys: str, action: str, name: str) -> Binding:
    return Binding(keys, action, show=False, id=f"rows.{name}")


class Rows(Painted, ScrollView, Generic[T], can_focus=True):
    """A list to move over, choose from, and mark in.

    Args:
        draw: The lines of an item for a width in cells.
        key: What tells items apart when the list is shown anew.
        height: Lines per item.
        markable: Whether space marks items.
        one_click: Whether one click chooses; else two.
    """

    ALLOW_SELECT: ClassVar[bool] = False
    DEFAULT_CSS = """
    Rows {
        overflow-x: hidden;
        scrollbar-size-vertical: 1;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        _bind("down,j", "step(1)", "next"),
        _bind("up,k", "step(-1)", "previous"),
        _bind("pagedown", "page(1)", "page-down"),
        _bind("pageup", "page(-1)", "page-up"),
        _bind("home", "edge(0)", "first"),
        _bind("end", "edge(-1)", "last"),
        _bind("enter", "choose", "choose"),
        _bind("space", "mark", "mark"),
    ]

    @dataclass
    class Highlighted(Message, namespace="rows"):
        """Another item is the one that is meant; None when the list is empty."""

        rows: Rows[Any]
        item: Any

        @property
        def control(self) -> Rows[Any]:
            """The list, for `@on` selectors."""
            return self.rows

    @dataclass
    class Chosen(Message, namespace="rows"):
        """An item was chosen."""

        rows: Rows[Any]
        item: Any

        @property
        def control(self) -> Rows[Any]:
            """The list, for `@on` selectors."""
            return self.rows

    @dataclass
    class MarksChanged(Message, namespace="rows"):
        """Other items are marked."""

        rows: Rows[Any]

        @property
        def control(self) -> Rows[Any]:
            """The list, for `@on` selectors."""
            return self.rows

    def __init__(
        self,
        draw: Callable[[T, int], Sequence[Line]],
        key: Callable[[T], str],
        *,
        height: int = 1,
        markable: bool = False,
        one_click: bool = False,
        empty: str = "",
        id: str | None = None,  # noqa: A002 - Textual's name for it
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._draw, self._key = draw, key
        self._item_height = height
        self._markable = markable
        self._one_click = one_click
        self.empty = empty
        self._items: Sequence[T] = ()
        self._index = 0
        self._marked: set[str] = set()
        self._strips: dict[int, list[Strip]] = {}

    @property
    def items(self) -> Sequence[T]:
        """What is listed."""
        return self._items

    @property
    def item(self) -> T | None:
        """What is meant, or None when there is nothing."""
        return self._items[self._index] if self._items else None

    @property
    def index(self) -> int:
        """The place of what is meant, from 0."""
        return self._index

    @property
    def marked(self) -> list[T]:
        """The items that are marked, in their order."""
        return [item for item in self._items if self._key(item) in self._marked]

    def show(self, items: Sequence[T], *, at: str | None = None) -> None:
        """List these items; what was meant is kept, or the item of the key `at` is meant."""
        former = self.item
        wanted = at if at is not None else (self._key(former) if former is not None else None)
        self._items = items
        keys = {self._key(item): number for number, item in enumerate(items)}
        self._marked &= keys.keys()
        place = keys.get(wanted) if wanted is not None else None
        self._index = min(self._index, max(0, len(items) - 1)) if place is None else place
        self.redraw()
        self._resize_content()
        self._bring_into_view()
        if self.item is not former:
            self.post_message(self.Highlighted(self, self.item))

    def redraw(self) -> None:
        """Draw every item anew: something beside the items has changed."""
        self._strips.clear()
        self.refresh()

    def go_to(self, key: str) -> None:
        """Mean the item of that key, when it is there."""
        for number, item in enumerate(self._items):
            if self._key(item) == key:
                self._settle(number)
                return

    def mark(self, keys: Iterable[str]) -> None:
        """Mark the items of these keys, and no others."""
        self._marked = {self._key(item) for item in self._items} & set(keys)
        self.redraw()

    def mark_all(self) -> None:
        """Mark every item; or none, when all were marked."""
        keys = {self._key(item) for item in self._items}
        self._marked = set() if self._marked == keys else keys
        self.redraw()
        self.post_message(self.MarksChanged(self))

    def is_marked(self, item: T) -> bool:
        """Whether the item is marked."""
        return self._key(item) in self._marked

    def action_step(self, count: int) -> None:
        """Go down or up by items."""
        self._settle(self._index + count)

    def action_page(self, count: int) -> None:
        """Go down or up by pages."""
        page = max(1, self.scrollable_content_region.height // self._item_height - 1)
        self._settle(self._index + count * page)

    def action_edge(self, place: int) -> None:
        """Go to the first (0) or last (-1) item."""
        self._settle(0 if place == 0 else len(self._items) - 1)

    def action_choose(self) -> None:
        """Choose what is meant."""
        if self.item is not None:
            self.post_message(self.Chosen(self, self.item))

    def action_mark(self) -> None:
        """Mark what is meant, or let go, and go on; in a list without marks choose it."""
        if self.item is None:
            return
        if not self._markable:
            self.action_choose()
            return
        self._marked ^= {self._key(self.item)}
        self._strips.pop(self._index, None)
        self.refresh()
        self.post_message(self.MarksChanged(self))
        self.action_step(1)

    def _settle(self, index: int) -> None:
        index = max(0, min(index, len(self._items) - 1))
        if index == self._index or not self._items:
            return
        former, self._index = self._index, index
        self._strips.pop(former, None)
        self._strips.pop(index, None)
        top = self.scroll_offset.y
        self._bring_into_view()
        if top == self.scroll_offset.y:
            for number in (former, index):
                y = number * self._item_height - top
                self.refresh(Region(0, y, self.size.width, self._item_height))
        self._place_hardware_cursor()
        self.post_message(self.Highlighted(self, self.item))

    def _bring_into_view(self) -> None:
        height = self.scrollable_content_region.height
        first = self._index * self._item_height
        top = self.scroll_offset.y
        if first < top:
            self.scroll_to(y=first, animate=False, force=True)
        elif first + self._item_height > top + height > 0:
            self.scroll_to(y=first + self._item_height - height, animate=False, force=True)

    def _resize_content(self) -> None:
        width = self.scrollable_content_region.width
        self.virtual_size = Size(width, len(self._items) * self._item_height)

    def on_resize(self) -> None:
        """Draw for the new width."""
        self._resize_content()
        self.redraw()
        self._bring_into_view()

    def on_focus(self) -> None:
        """Show that keys come here."""
        self.redraw()
        self._place_hardware_cursor()

    def on_blur(self) -> None:
        """Show that they do not."""
        self.redraw()

    def notify_style_update(self) -> None:
        """Take up the theme's colours."""
        super().notify_style_update()
        self._strips.clear()

    def render_line(self, y: int) -> Strip:
        """A line of the view as a strip."""
        width = self.scrollable_content_region.width
        number, line = divmod(y + self.scroll_offset.y, self._item_height)
        if number >= len(self._items):
            words = self.empty if not self._items and y == 0 else ""
            return self._strip([(words, "dim")], width, None)
        strips = self._strips.get(number)
        if strips is None:
            strips = self._strips[number] = self._paint(number, width)
        return strips[line]

    def _paint(self, number: int, width: int) -> list[Strip]:
        item, meant = self._items[number], number == self._index
        ascii_signs = self.look.ascii
        sign = (">" if ascii_signs else "›") if meant else " "
        if self._markable:
            filled = "x" if ascii_signs else "●"
            sign += filled if self.is_marked(item) else ("-" if ascii_signs else "○")
            sign += " "
        lines = list(self._draw(item, max(1, width - len(sign))))
        lines += [[]] * (self._item_height - len(lines))
        extra = self._meant_style() if meant else None
        indent = " " * len(sign)
        return [
            self._strip([(indent if nth else sign, "strong"), *line], width, extra)
            for nth, line in enumerate(lines)
        ]

    def _meant_style(self) -> Style:
        if not self.has_focus:
            return Style(bold=True)
        palette = self.palette
        if not palette.look.color:
            return Style(reverse=True)
        _, _, background, foreground = self.colors
        return Style(bgcolor=background.blend(background + foreground, _RAISED).rich_color)

    def _strip(self, line: Line, width: int, extra: Style | None) -> Strip:
        palette = self.palette
        return Strip(segments(fit(line, width, self.look), palette, extra), width)

    def _place_hardware_cursor(self) -> None:
        if self.has_focus:
            y = self._index * self._item_height - self.scroll_offset.y
            self.app.cursor_position = self.content_region.offset + Offset(0, y)

    def on_click(self, event: events.Click) -> None:
        """Mean the item under the pointer; choose it by one click or two, as the list says."""
        inside = event.offset - self.gutter.top_left
        number = (inside.y + self.scroll_offset.y) // self._item_height
        if not 0 <= number < len(self._items):
            return
        self._settle(number)
        if self._markable and inside.x <= 1:
            self.action_mark()
        elif self._one_click or event.chain == _DOUBLE:
            self.action_choose()
