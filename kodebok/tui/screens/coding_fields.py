"""The sheets of the codebook screen: a code's fields, longer words, excerpts to choose."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import TextArea

from kodebok.domain.code import Code, Color, Origin
from kodebok.domain.coding import Excerpt
from kodebok.i18n import mark, translator
from kodebok.tui.screens.coding_panes import EXCERPT_LINES, draw_excerpt
from kodebok.tui.widgets.choice import Choice, ChoiceSheet, LineSheet
from kodebok.tui.widgets.pieces import DIM, STRONG, Line, fit
from kodebok.tui.widgets.rows import Rows
from kodebok.tui.widgets.sheet import Sheet

_ = translator("coding_screen")

ORIGIN_WORDS = {
    Origin.DEDUCTIVE: mark("deductive"),
    Origin.GUIDE: mark("from interview guide"),
    Origin.EMPIRICAL: mark("empirical"),
}
COLOR_WORDS = {
    Color.ORANGE: mark("orange"),
    Color.SKY: mark("sky blue"),
    Color.GREEN: mark("green"),
    Color.YELLOW: mark("yellow"),
    Color.BLUE: mark("blue"),
    Color.VERMILION: mark("vermilion"),
    Color.PURPLE: mark("purple"),
    Color.GREY: mark("grey"),
}
FIELD_WORDS = {
    "name": mark("Name"),
    "definition": mark("Definition"),
    "use_when": mark("Use when"),
    "not_when": mark("Not when"),
    "example": mark("Example"),
    "origin": mark("Origin"),
    "color": mark("Colour"),
    "letter": mark("Letter"),
    "question": mark("Question"),
    "theory": mark("Theory"),
}
_LONG = frozenset({"definition", "use_when", "not_when", "example"})
_LABEL_CELLS = 14


def field_text(code: Code, name: str) -> str:
    """A field's value as a person reads it."""
    value = getattr(code, name)
    if name == "origin":
        return _(ORIGIN_WORDS[value])
    if name == "color":
        return _(COLOR_WORDS[value])
    return ", ".join(value) if name == "theory" else str(value)


class WordsSheet(Sheet[str | None]):
    """Asks for words over several lines.

    Args:
        title: What they are.
        words: What stands there at first.
    """

    DEFAULT_CSS = "WordsSheet TextArea { height: 8; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,f10", "keep", show=False, priority=True)
    ]

    def __init__(self, title: str, words: str) -> None:
        super().__init__()
        self.title_words = title
        self.hint_words = _("Ctrl+S keeps · Esc leaves")
        self._words = words
        self._warned = False

    def compose_body(self) -> ComposeResult:
        """The words."""
        yield TextArea(self._words, soft_wrap=True, show_line_numbers=False)

    def on_mount(self) -> None:
        """Begin to write."""
        self.query_one(TextArea).focus()

    def action_keep(self) -> None:
        """Keep what is written."""
        self.dismiss(self.query_one(TextArea).text.strip())

    def action_leave(self) -> None:
        """Leave; what was written is dropped only when that is asked for twice."""
        if self.query_one(TextArea).text.strip() == self._words.strip() or self._warned:
            self.dismiss(None)
            return
        self._warned = True
        self.say_hint(_("Not kept yet: Ctrl+S keeps it, Esc again drops it"), warn=True)


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a code: its name, what it is called, its value in words."""

    name: str
    label: str
    value: str


class FieldsSheet(Sheet[None]):
    """The fields of a code; each is changed by itself, and kept at once.

    Args:
        load: The code as it is now.
        change: Changes one field.
    """

    DEFAULT_CSS = "FieldsSheet Rows { height: 10; }"

    def __init__(self, load: Callable[[], Code], change: Callable[[str, Any], None]) -> None:
        super().__init__()
        self._load, self._change = load, change
        self.title_words = load().name
        self.hint_words = _("Enter changes the field · Esc: done")

    def compose_body(self) -> ComposeResult:
        """The fields."""
        yield Rows(self._draw, lambda item: item.name, one_click=True)

    @property
    def rows(self) -> Rows[Field]:
        """The fields."""
        return self.query_one(Rows)

    def on_mount(self) -> None:
        """Show them."""
        self._fill()
        self.rows.focus()

    def _fill(self) -> None:
        code = self._load()
        self.say_title(code.name)
        self.rows.show(
            [Field(name, _(words), field_text(code, name)) for name, words in FIELD_WORDS.items()]
        )

    def _draw(self, item: Field, _width: int) -> list[Line]:
        label = fit([(item.label, STRONG)], _LABEL_CELLS, self.rows.look)
        return [[*label, (item.value.replace("\n", " "), "") if item.value else ("–", DIM)]]

    @on(Rows.Chosen)
    def _chosen(self, event: Rows.Chosen) -> None:
        name, label = event.item.name, event.item.label
        code = self._load()
        sheet: Sheet[str | None]
        if name in {"origin", "color"}:
            kinds: type[Origin | Color] = Origin if name == "origin" else Color
            words: dict[Any, str] = {**ORIGIN_WORDS, **COLOR_WORDS}
            choices = [Choice(str(kind), _(words[kind])) for kind in kinds]
            sheet = ChoiceSheet(label, choices, at=str(getattr(code, name)), typed=False)
        elif name in _LONG:
            sheet = WordsSheet(label, getattr(code, name))
        else:
            hint = _("Names of theory codes, with commas between") if name == "theory" else ""
            value = field_text(code, name)
            sheet = LineSheet(label, value, hint, may_be_empty=name != "name")
        self.app.push_screen(sheet, lambda typed: self._answered(name, typed))

    def _answered(self, name: str, typed: str | None) -> None:
        if typed is not None:
            self._change(name, parse_field(name, typed))
            self._fill()


def parse_field(name: str, typed: str) -> Any:
    """The value of a field from what was typed or chosen."""
    if name == "origin":
        return Origin(typed)
    if name == "color":
        return Color(typed)
    if name == "letter":
        return typed[:1].upper()
    if name == "theory":
        return tuple(part.strip() for part in typed.split(",") if part.strip())
    return typed


class ExcerptsSheet(Sheet[list[str] | None]):
    """Asks which excerpts are meant; gives back the ids of their codings.

    Args:
        title: What for.
        excerpts: Those to choose from.
    """

    DEFAULT_CSS = "ExcerptsSheet Rows { height: 15; max-height: 15; }"

    def __init__(self, title: str, excerpts: Sequence[Excerpt]) -> None:
        super().__init__()
        self.title_words = title
        self.hint_words = _("Space chooses · Enter goes on with the chosen · Esc gives up")
        self._excerpts = excerpts

    def compose_body(self) -> ComposeResult:
        """The excerpts."""
        yield Rows(
            lambda e, width: draw_excerpt(e, width, self.rows.look),
            lambda e: e.id,
            height=EXCERPT_LINES,
            markable=True,
        )

    @property
    def rows(self) -> Rows[Excerpt]:
        """The excerpts."""
        return self.query_one(Rows)

    def on_mount(self) -> None:
        """Show them."""
        self.rows.show(self._excerpts)
        self.rows.focus()

    @on(Rows.Chosen)
    def _chosen(self) -> None:
        marked = self.rows.marked
        if marked:
            self.dismiss([excerpt.id for excerpt in marked])
        else:
            self.say_hint(_("Choose at least one with Space"), warn=True)
