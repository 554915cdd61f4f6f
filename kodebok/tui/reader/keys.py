"""The reader's keys. Every binding has an id, so that a keymap can change it.

Descriptions and tooltips are English keys of the catalogue `reader`; `describe_keys` gives them
in the user's language.
"""

from __future__ import annotations

from dataclasses import dataclass

from textual.binding import Binding, BindingType

from kodebok.i18n import mark, translator

_ = translator("reader")


@dataclass(frozen=True, slots=True)
class KeyHelp:
    """One binding in the user's language. `keys` is Textual's comma-separated list."""

    id: str
    keys: str
    description: str
    tooltip: str


def _bind(keys: str, action: str, name: str, description: str, tooltip: str) -> Binding:
    return Binding(keys, action, description, show=False, tooltip=tooltip, id=f"reader.{name}")


def _move(keys: str, name: str, description: str, tooltip: str) -> Binding:
    return _bind(keys, f"move('{name}')", name, description, tooltip)


def _extend(keys: str, name: str, description: str) -> Binding:
    tooltip = mark("Marks from the cursor on; a plain move lets go")
    return _bind(keys, f"extend('{name}')", f"extend-{name}", description, tooltip)


MOVES: tuple[Binding, ...] = (
    _move("l,right", "next-character", mark("Right"), mark("One sign to the right")),
    _move("h,left", "previous-character", mark("Left"), mark("One sign to the left")),
    _move("j,down", "next-row", mark("Down"), mark("One row down")),
    _move("k,up", "previous-row", mark("Up"), mark("One row up")),
    _move("w,ctrl+right", "next-word", mark("Next word"), mark("To the next word")),
    _move("b,ctrl+left", "previous-word", mark("Former word"), mark("To the word before")),
    _move(
        "right_parenthesis", "next-sentence", mark("Next sentence"), mark("To the next sentence")
    ),
    _move(
        "left_parenthesis",
        "previous-sentence",
        mark("Former sentence"),
        mark("To the start of the sentence, then to the one before"),
    ),
    _move("f,ctrl+down", "next-turn", mark("Next turn"), mark("To the next turn")),
    _move(
        "F,ctrl+up",
        "previous-turn",
        mark("Former turn"),
        mark("To the start of the turn, then to the one before"),
    ),
    _move("home", "row-start", mark("Start of row"), mark("To the start of the row")),
    _move("end", "row-end", mark("End of row"), mark("To the end of the row")),
    _move("pagedown", "next-page", mark("Page down"), mark("One page down")),
    _move("pageup", "previous-page", mark("Page up"), mark("One page up")),
    _move(
        "ctrl+home,less_than_sign",
        "source-start",
        mark("Start of source"),
        mark("To the beginning of the source"),
    ),
    _move(
        "ctrl+end,greater_than_sign",
        "source-end",
        mark("End of source"),
        mark("To the end of the source"),
    ),
    _move("p", "next-coding", mark("Next coded passage"), mark("To the next coded passage")),
    _move(
        "P", "previous-coding", mark("Former coded passage"), mark("To the coded passage before")
    ),
    _move(
        "y",
        "next-uncoded-turn",
        mark("Next uncoded turn"),
        mark("To the next turn of a participant where nothing is coded"),
    ),
    _move(
        "Y",
        "previous-uncoded-turn",
        mark("Former uncoded turn"),
        mark("To the turn of a participant before, where nothing is coded"),
    ),
)

EXTENSIONS: tuple[Binding, ...] = (
    _extend("shift+right", "next-character", mark("Mark to the right")),
    _extend("shift+left", "previous-character", mark("Mark to the left")),
    _extend("shift+down", "next-row", mark("Mark downwards")),
    _extend("shift+up", "previous-row", mark("Mark upwards")),
    _extend("ctrl+shift+right", "next-word", mark("Mark to the end of the word")),
    _extend("ctrl+shift+left", "previous-word", mark("Mark to the former word")),
    _extend("shift+end", "row-end", mark("Mark to the end of the row")),
    _extend("shift+home", "row-start", mark("Mark to the start of the row")),
)

MARKS: tuple[Binding, ...] = (
    _bind(
        "v", "mark", "mark", mark("Mark"), mark("Begins marking: moves extend it; again: lets go")
    ),
    _bind("W", "mark_unit('word')", "mark-word", mark("Mark word"), mark("Marks the word")),
    _bind(
        "S",
        "mark_unit('sentence')",
        "mark-sentence",
        mark("Mark sentence"),
        mark("Marks the sentence"),
    ),
    _bind("T", "mark_unit('turn')", "mark-turn", mark("Mark turn"), mark("Marks the whole turn")),
    _bind("plus", "grow", "grow", mark("Mark more"), mark("Word, then sentence, then turn")),
    _bind("minus", "shrink", "shrink", mark("Mark less"), mark("Turn, then sentence, then word")),
    _bind(
        "O",
        "swap_ends",
        "swap-ends",
        mark("Other end"),
        mark("Moves the cursor to the other end of what is marked"),
    ),
    _bind("escape", "unmark", "unmark", mark("Let go"), mark("Lets go of what is marked")),
    _bind("ctrl+c,super+c", "copy", "copy", mark("Copy"), mark("Copies what is marked")),
    _bind(
        "z",
        "cycle",
        "cycle",
        mark("Other code here"),
        mark("Goes round the codings that overlap at the cursor"),
    ),
)

BINDINGS: list[BindingType] = [*MOVES, *EXTENSIONS, *MARKS]


def describe_keys() -> tuple[KeyHelp, ...]:
    """Every binding of the reader, described in the user's language."""
    return tuple(
        KeyHelp(binding.id or "", binding.key, _(binding.description), _(binding.tooltip))
        for binding in (*MOVES, *EXTENSIONS, *MARKS)
    )
