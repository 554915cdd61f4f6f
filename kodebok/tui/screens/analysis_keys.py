"""The actions of the analysis screen."""

from __future__ import annotations

from kodebok.i18n import mark, translator
from kodebok.tui.keymap import KeyAction

ROOM = "analysis"
_ = translator("analysis")  # the catalogue that the marked texts stand in


def _action(
    name: str, action: str, keys: str, label: str, tip: str = "", *, footer: bool = False
) -> KeyAction:
    return KeyAction(f"analysis.{name}", action, keys, label, footer, tip, ROOM)


ACTIONS = (
    _action(
        "write",
        "write",
        "e",
        mark("Write"),
        mark("Writes the passage shorter, one after the other; on a theme its central idea"),
        footer=True,
    ),
    _action(
        "view",
        "next_view",
        "t",
        mark("Passages or people"),
        mark("Shorter by passage, or by what each participant says under the code"),
        footer=True,
    ),
    _action(
        "summary",
        "summary",
        "s",
        mark("Mini-summary"),
        mark("What the code comes to; it ends the code's section in the chapter"),
        footer=True,
    ),
    _action(
        "gather",
        "gather",
        "g",
        mark("Gather"),
        mark("On a theme the codes that it gathers; on a code the theme that is to gather it"),
        footer=True,
    ),
    _action("new-theme", "new_theme", "n", mark("New theme"), footer=True),
    _action("idea", "idea", "i", mark("Central idea"), mark("What holds the theme together")),
    _action("rename", "rename", "r", mark("Rename the theme")),
    _action(
        "move", "move_code", "m", mark("To another theme"), mark("Moves the code between themes")
    ),
    _action("release", "release", "x", mark("Out of the theme")),
    _action(
        "up", "shift(-1)", "comma", mark("Move up"), mark("A theme, or a code inside its theme")
    ),
    _action(
        "down",
        "shift(1)",
        "full_stop",
        mark("Move down"),
        mark("A theme, or a code inside its theme"),
    ),
    _action(
        "remove", "remove", "d,delete", mark("Remove the theme"), mark("The codes stay; u undoes")
    ),
    _action(
        "lacking",
        "next_lacking",
        "f",
        mark("Next not condensed"),
        mark("Goes to the next that is not written shorter yet"),
    ),
    _action("open", "open_source", "o", mark("Open source")),
    _action("left", "go('left')", "h,left", mark("To the themes")),
    _action("right", "go('right')", "l,right", mark("To the passages")),
)
