"""The reader's bindings as actions of the table."""

from __future__ import annotations

from kodebok.tui.keymap import KeyAction
from kodebok.tui.reader.keys import EXTENSIONS, MARKS, MOVES

ACTIONS = tuple(
    KeyAction(
        id=binding.id or "",
        action=binding.action,
        keys=binding.key,
        label=binding.description,
        tip=binding.tooltip,
        room="reader",
    )
    for binding in (*MOVES, *EXTENSIONS, *MARKS)
)
