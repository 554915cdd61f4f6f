"""The actions of the app, the study screens, and the screens around coding."""

from __future__ import annotations

from kodebok.i18n import mark
from kodebok.tui.keymap import KeyAction

APP = (
    KeyAction(
        "app.help",
        "help",
        "question_mark,f1",
        mark("Help"),
        footer=True,
        tip=mark("The keys of the screen at hand"),
    ),
    KeyAction("app.project", "open_screen('project')", "f2", mark("Project")),
    KeyAction("app.coding", "open_screen('coding')", "f3", mark("Coding")),
    KeyAction("app.codebook", "open_screen('codebook')", "f4", mark("Codebook")),
    KeyAction("app.matrix", "open_screen('matrix')", "f5", mark("Matrix")),
    KeyAction("app.quotes", "open_screen('quotes')", "f6", mark("Quotes")),
    KeyAction("app.export", "open_screen('export')", "f7", mark("Export")),
    KeyAction("app.history", "open_screen('history')", "f8", mark("Analysis log")),
    KeyAction("app.settings", "open_screen('settings')", "f9", mark("Settings")),
    KeyAction("app.palette", "command_palette", "ctrl+p", mark("Command palette"), priority=True),
    KeyAction(
        "app.quit",
        "quit",
        "ctrl+q",
        mark("Quit"),
        footer=True,
        tip=mark("Everything is saved already"),
        priority=True,
    ),
)

STUDY = (
    KeyAction("study.undo", "undo", "u", mark("Undo"), tip=mark("Takes back the last act")),
    KeyAction("study.redo", "redo", "U", mark("Redo"), tip=mark("Does again what was undone")),
)

ACTIONS = (*APP, *STUDY)
