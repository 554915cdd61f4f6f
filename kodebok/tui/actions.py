"""The actions of the app, the study screens, and the screens around coding."""

from __future__ import annotations

from kodebok.i18n import mark
from kodebok.tui.keymap import KeyAction

APP = (
    KeyAction("app.project", "open_screen('project')", "f2", mark("Project")),
    KeyAction("app.coding", "open_screen('coding')", "f3", mark("Coding")),
    KeyAction("app.codebook", "open_screen('codebook')", "f4", mark("Codebook")),
    KeyAction("app.matrix", "open_screen('matrix')", "f5", mark("Matrix")),
    KeyAction("app.quotes", "open_screen('quotes')", "f6", mark("Quotes")),
    KeyAction("app.export", "open_screen('export')", "f7", mark("Export")),
    KeyAction("app.history", "open_screen('history')", "f8", mark("Analysis log")),
    KeyAction("app.settings", "open_screen('settings')", "f9", mark("Settings")),
    # F10 and F11 open a terminal's menu and fill its screen.
    KeyAction("app.analysis", "open_screen('analysis')", "f12", mark("Analysis")),
    KeyAction(
        "app.suggestions",
        "open_screen('suggestions')",
        "ctrl+g",
        mark("Suggestions"),
        tip=mark("What your codings suggest, for you to judge; off until you turn it on"),
    ),
    KeyAction(
        "app.anonymise",
        "open_screen('anonymise')",
        "ctrl+n",
        mark("Anonymise"),
        tip=mark("Find names and places, decide once, replace everywhere; the key"),
    ),
    KeyAction(
        "app.recordings",
        "open_screen('recordings')",
        "ctrl+t",
        mark("Recordings"),
        tip=mark("Sound that becomes text while you code"),
    ),
    KeyAction(
        "app.review",
        "open_screen('review')",
        "ctrl+r",
        mark("Supervision"),
        tip=mark("Excerpts to a supervisor, and what came back"),
    ),
    KeyAction(
        "app.palette",
        "palette",
        "ctrl+p",
        mark("All commands"),
        tip=mark("Find a command by its name"),
        priority=True,
    ),
    KeyAction(
        "app.tour-off",
        "tour_off",
        "f10",
        mark("Hide the first round"),
        tip=mark("Takes away the line that shows the first round"),
    ),
    KeyAction(
        "app.help",
        "help",
        "question_mark,f1",
        mark("Help"),
        footer=True,
        tip=mark("The keys of the screen at hand"),
    ),
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
    KeyAction(
        "study.undo",
        "undo",
        "u",
        mark("Undo"),
        footer=True,
        tip=mark("Takes back the last act"),
    ),
    KeyAction("study.redo", "redo", "U", mark("Redo"), tip=mark("Does again what was undone")),
)

LIST = (
    KeyAction("list.down", "cursor_down", "j", mark("Down")),
    KeyAction("list.up", "cursor_up", "k", mark("Up")),
)

DIALOG = (
    KeyAction("dialog.cancel", "cancel", "escape", mark("Cancel")),
    KeyAction("dialog.accept", "accept", "ctrl+s", mark("Save")),
)

HELP = (KeyAction("help.close", "close", "escape,question_mark,f1,q", mark("Back")),)

PALETTE = (
    KeyAction("palette.close", "close", "escape,ctrl+p", mark("Back"), priority=True),
    KeyAction("palette.down", "down", "down", mark("Down")),
    KeyAction("palette.up", "up", "up", mark("Up")),
)

START = (
    KeyAction("start.new", "new_study", "n", mark("New study"), footer=True),
    KeyAction(
        "start.open",
        "open_folder",
        "o",
        mark("Open a folder"),
        footer=True,
        tip=mark("A study that lies in another folder"),
    ),
    KeyAction(
        "start.example",
        "open_example",
        "e",
        mark("Example study"),
        footer=True,
        tip=mark("A finished study to try everything on"),
    ),
)

PROJECT = (
    KeyAction(
        "project.add-files",
        "app.open_screen('import')",
        "a",
        mark("Add files"),
        footer=True,
        tip=mark("Bring in transcripts, notes or answers"),
    ),
    KeyAction(
        "project.read",
        "toggle_read",
        "r",
        mark("Read"),
        footer=True,
        tip=mark("Marks that you have read the source through, or that you have not"),
    ),
    KeyAction(
        "project.memo",
        "write_memo",
        "m",
        mark("Memo"),
        footer=True,
        tip=mark("Writes a memo on the source, the participant or the study"),
    ),
    KeyAction(
        "project.new",
        "add_new",
        "n",
        mark("New"),
        footer=True,
        tip=mark("A new participant; on the memos, a new memo"),
    ),
    KeyAction(
        "project.edit",
        "edit",
        "e",
        mark("Edit"),
        footer=True,
        tip=mark("The name and type of a source, the values of a participant, a memo's text"),
    ),
    KeyAction(
        "project.variable",
        "add_variable",
        "v",
        mark("New background variable"),
        tip=mark("Something you know of the participants, such as role or years in the job"),
    ),
    KeyAction(
        "project.asked",
        "choose_asked",
        "g",
        mark("What the guide asked about"),
        tip=mark("The codes that the source's guide asked about; the matrix tells them apart"),
    ),
    KeyAction(
        "project.delete",
        "remove",
        "delete",
        mark("Remove"),
        tip=mark("Takes away what the cursor stands on; can be undone"),
    ),
    KeyAction("project.sources", "show_tab('sources')", "1", mark("Sources")),
    KeyAction("project.cases", "show_tab('cases')", "2", mark("Participants")),
    KeyAction("project.memos", "show_tab('memos')", "3", mark("Memos")),
    KeyAction("project.cards", "show_tab('cards')", "4", mark("Project card")),
    KeyAction(
        "project.consent",
        "consent",
        "s",
        mark("Consent"),
        tip=mark("What a participant consented to, withdrew or asks for"),
    ),
    KeyAction("project.title", "edit_title", "t", mark("The study's title")),
)

IMPORT = (
    KeyAction("import.store", "store", "ctrl+s", mark("Bring in"), footer=True),
    KeyAction("import.type", "change_type", "t", mark("Type"), footer=True),
    KeyAction("import.name", "change_name", "n", mark("Name"), footer=True),
    KeyAction(
        "import.voices",
        "change_voice",
        "s",
        mark("Voices"),
        footer=True,
        tip=mark("Who asks, who answers, and whose voice it is"),
    ),
    KeyAction(
        "import.repairs",
        "switch_repair",
        "r",
        mark("Repairs"),
        footer=True,
        tip=mark("Shows what was mended, and lets you refuse it"),
    ),
    KeyAction("import.encoding", "change_encoding", "c", mark("Encoding")),
    KeyAction("import.up", "up", "backspace", mark("The folder above")),
    KeyAction("import.drop", "drop", "delete", mark("Leave out")),
    KeyAction("import.back", "back", "escape", mark("Back"), footer=True),
)

EXPORT = (
    KeyAction("export.make", "make", "ctrl+s", mark("Make the file"), footer=True),
    KeyAction("export.copy", "copy_path", "c", mark("Copy the path")),
)

HISTORY = (
    KeyAction("history.filter", "filter", "slash", mark("Filter"), footer=True),
    KeyAction("history.more", "load_more", "m", mark("Older acts")),
)

SETTINGS = (
    KeyAction("settings.change", "change", "e", mark("Change"), footer=True),
    KeyAction("settings.reset", "reset_key", "delete", mark("The key it had")),
    KeyAction("settings.tour", "start_tour", "g", mark("Show the first round again")),
)

ACTIONS = (
    *APP,
    *STUDY,
    *LIST,
    *DIALOG,
    *HELP,
    *PALETTE,
    *START,
    *PROJECT,
    *IMPORT,
    *EXPORT,
    *HISTORY,
    *SETTINGS,
)
