"""The actions of the screen on which coders are compared."""

from __future__ import annotations

from kodebok.i18n import mark, translator
from kodebok.tui.keymap import KeyAction

ROOM = "compare_screen"
_ = translator("compare_screen")  # the catalogue that the marked texts stand in


def _action(
    name: str, action: str, keys: str, label: str, tip: str = "", *, footer: bool = False
) -> KeyAction:
    return KeyAction(f"compare.{name}", action, keys, label, footer, tip, ROOM)


ACTIONS = (
    KeyAction(
        "app.compare",
        "open_screen('compare')",
        "ctrl+o",
        mark("Compare coders"),
        tip=mark("How far two coders agree, and settling what they coded differently"),
        room=ROOM,
    ),
    _action(
        "first",
        "settle('first')",
        "f",
        mark("The first"),
        mark("The first coder's codings stand on this passage, for both"),
        footer=True,
    ),
    _action(
        "second",
        "settle('second')",
        "s",
        mark("The second"),
        mark("The second coder's codings stand on this passage, for both"),
        footer=True,
    ),
    _action(
        "both",
        "settle('both')",
        "b",
        mark("Both"),
        mark("Both coders get all codings of this passage"),
        footer=True,
    ),
    _action(
        "none",
        "settle('none')",
        "n",
        mark("None"),
        mark("Neither coder keeps a coding on this passage"),
        footer=True,
    ),
    _action("open", "open_source", "o", mark("Open source"), footer=True),
    _action(
        "coders",
        "choose_coders",
        "c",
        mark("Other coders"),
        mark("Chooses whom to compare, also a coder with herself in a later round"),
        footer=True,
    ),
    _action(
        "blind",
        "begin_blind",
        "d",
        mark("Code blind"),
        mark("Lets a coder code a source without seeing what others did, until it is read"),
    ),
    _action(
        "keep",
        "keep_figures",
        "m",
        mark("Keep figures"),
        mark("Keeps the figures as they are now; those before settling are kept by themselves"),
    ),
    _action("differences", "show_view('differences')", "1", mark("Differences")),
    _action("figures", "show_view('figures')", "2", mark("Figures")),
)
