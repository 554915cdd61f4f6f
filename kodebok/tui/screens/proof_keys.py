"""The actions of the screen on which a manuscript is checked."""

from __future__ import annotations

from kodebok.i18n import mark, translator
from kodebok.tui.keymap import KeyAction

ROOM = "proof_screen"
_ = translator("proof_screen")  # the catalogue that the marked texts stand in


def _action(
    name: str, action: str, keys: str, label: str, tip: str = "", *, footer: bool = True
) -> KeyAction:
    return KeyAction(f"proof.{name}", action, keys, label, footer, tip, ROOM)


ACTIONS = (
    KeyAction(
        "app.proof",
        "open_screen('proof')",
        "ctrl+l",
        mark("Check a manuscript"),
        tip=mark("Your own text in Word against the study: quotations that drifted, names"),
        room=ROOM,
    ),
    _action(
        "open",
        "open_source",
        "o",
        mark("To the passage"),
        mark("Opens the source at the words that the manuscript quotes"),
    ),
    _action(
        "copy",
        "write_copy",
        "c",
        mark("Copy with comments"),
        mark("Writes a copy of the manuscript with what was found as comments"),
    ),
    _action(
        "again",
        "check_again",
        "r",
        mark("Check again"),
        mark("Reads the manuscript and the study anew"),
    ),
    _action(
        "file",
        "choose_file",
        "f",
        mark("Another file"),
        mark("Chooses another manuscript"),
    ),
    _action(
        "all",
        "toggle_all",
        "v",
        mark("Show all"),
        mark("Shows also what is right, and what is from the literature, or hides it"),
    ),
    _action("back", "back", "escape", mark("Back to what was found"), footer=False),
)
