"""The actions of the anonymising screen."""

from __future__ import annotations

from kodebok.i18n import mark, translator
from kodebok.tui.keymap import KeyAction

ROOM = "anonymise_screen"
_ = translator("anonymise_screen")  # the catalogue that the marked texts stand in

# The views, in their order: stable name and words.
VIEWS = {
    "likely": mark("Decide"),
    "possible": mark("Possible"),
    "decided": mark("Decided"),
    "difference": mark("Changes"),
    "files": mark("Files"),
    "sample": mark("Sample"),
    "key": mark("The key"),
}


def _action(
    name: str, action: str, keys: str, label: str, tip: str = "", *, footer: bool = False
) -> KeyAction:
    return KeyAction(f"anonymise.{name}", action, keys, label, footer, tip, ROOM)


ACTIONS = (
    _action(
        "find",
        "find",
        "f",
        mark("Find"),
        mark("Looks through all texts, in a process of its own; Esc ends it"),
        footer=True,
    ),
    _action(
        "accept",
        "accept",
        "a",
        mark("Accept"),
        mark("Decides as proposed, for every place at once; in the sample: nothing was missed"),
        footer=True,
    ),
    _action(
        "choose",
        "choose_action",
        "c",
        mark("Choose"),
        mark("Pseudonym, letter, made general, category, [hen], rewritten, left out or kept"),
        footer=True,
    ),
    _action(
        "edit",
        "edit_replacement",
        "e",
        mark("Other words"),
        mark("Write what is to stand in the text; in the sample: what was missed"),
        footer=True,
    ),
    _action(
        "no-name",
        "no_name",
        "x",
        mark("No name"),
        mark("Not a name: it is not proposed again in this study"),
        footer=True,
    ),
    _action(
        "apply",
        "apply",
        "ctrl+s",
        mark("Replace"),
        mark("Shows the difference; once more, and everything decided is replaced everywhere"),
        footer=True,
    ),
    _action(
        "keep",
        "keep",
        "y",
        mark("Keep"),
        mark("It stays as it is: a theorist, a reform; a file with originals that stays"),
    ),
    _action(
        "join",
        "join",
        "m",
        mark("The same as another"),
        mark("Two that are one: what this one is called becomes another name of the other"),
    ),
    _action(
        "split",
        "split",
        "s",
        mark("Split"),
        mark("One of its names is somebody else"),
    ),
    _action("type", "change_type", "t", mark("Type"), mark("What kind of thing it is")),
    _action(
        "always",
        "always",
        "w",
        mark("Always a name"),
        mark("The word is a name wherever it stands in this study"),
    ),
    _action(
        "add",
        "add",
        "n",
        mark("Add by hand"),
        mark("Words that nobody found; they are replaced everywhere"),
    ),
    _action(
        "take-back",
        "take_back",
        "d",
        mark("Decide later"),
        mark("Takes back what was decided, as long as it is not replaced"),
    ),
    _action(
        "accept-likely",
        "accept_likely",
        "v",
        mark("Accept all likely"),
        mark("Shows the list of likely names with what is proposed, and takes them as one act"),
    ),
    _action(
        "restore",
        "restore",
        "o",
        mark("Originals back"),
        mark("Puts the originals back in every text; needs the passphrase"),
    ),
    _action(
        "key-acts",
        "key_menu",
        "p",
        mark("Use the key"),
        mark("Where it lies, what is in it, another passphrase, and its end"),
    ),
    _action(
        "delete",
        "delete_file",
        "delete",
        mark("Delete the file"),
        mark("Deletes a file in which originals stand"),
    ),
    _action(
        "open",
        "open_source",
        "r",
        mark("Read there"),
        mark("Opens the source at the first place"),
    ),
    _action("cancel", "cancel", "escape", mark("End the search")),
    *(
        _action(view, f"show_view('{view}')", str(number), words)
        for number, (view, words) in enumerate(VIEWS.items(), start=1)
    ),
    _action("next-view", "step_view(1)", "l,right", mark("Next view")),
    _action("previous-view", "step_view(-1)", "h,left", mark("View before")),
)
