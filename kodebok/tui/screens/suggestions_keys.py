"""The actions of the suggestions screen."""

from __future__ import annotations

from kodebok.i18n import mark, translator
from kodebok.tui.keymap import KeyAction

ROOM = "suggest"
_ = translator("suggest")  # the catalogue that the marked texts stand in

# The views, in their order: stable name and words.
VIEWS = {
    "codes": mark("Suggestions"),
    "unexplained": mark("Unexplained"),
    "candidates": mark("Candidates"),
    "theory": mark("Theory"),
    "equations": mark("Equations"),
    "drift": mark("Drift"),
    "record": mark("Record"),
}


def _action(
    name: str, action: str, keys: str, label: str, tip: str = "", *, footer: bool = False
) -> KeyAction:
    return KeyAction(f"suggestions.{name}", action, keys, label, footer, tip, ROOM)


ACTIONS = (
    _action(
        "compute",
        "compute",
        "r",
        mark("Compute"),
        mark("Computes what this view shows, in a process of its own; Esc ends it"),
        footer=True,
    ),
    _action(
        "accept",
        "accept",
        "a",
        mark("Accept"),
        mark("Codes this one passage; where no code is suggested, you choose it"),
        footer=True,
    ),
    _action(
        "reject",
        "reject",
        "x",
        mark("Reject"),
        mark("Asks for the reason, and does not suggest it again"),
        footer=True,
    ),
    _action(
        "edit",
        "edit",
        "e",
        mark("Edit"),
        mark("Another code or other borders, then accepted; in the equations, another equation"),
        footer=True,
    ),
    _action(
        "strike",
        "strike",
        "w",
        mark("Strike a word"),
        mark("A word that is not to count as evidence; counts again when it is chosen anew"),
        footer=True,
    ),
    _action(
        "name",
        "name_candidate",
        "n",
        mark("Name it"),
        mark("Makes a code of the candidate; then its passages are offered one by one"),
        footer=True,
    ),
    _action(
        "members",
        "members",
        "v",
        mark("All its passages"),
        mark("Shows every passage of a candidate, before it has a name, or the telling ones again"),
    ),
    _action("open", "open_source", "o", mark("Open source"), footer=True),
    _action(
        "more",
        "more",
        "m",
        mark("More like the wonderings"),
        mark("Finds passages like those with a wondering; three are needed"),
    ),
    _action(
        "try",
        "try_out",
        "t",
        mark("Try on my codes"),
        mark("How far suggestions can be trusted in this study, whole interviews held out"),
    ),
    _action(
        "switch",
        "switch",
        "p",
        mark("On or off"),
        mark("Turns suggestions on or off in this study; what was suggested and judged is kept"),
    ),
    _action("cancel", "cancel", "escape", mark("End the computing")),
    *(
        _action(view, f"show_view('{view}')", str(number), words)
        for number, (view, words) in enumerate(VIEWS.items(), start=1)
    ),
    _action("next-view", "step_view(1)", "l,right", mark("Next view")),
    _action("previous-view", "step_view(-1)", "h,left", mark("View before")),
)
