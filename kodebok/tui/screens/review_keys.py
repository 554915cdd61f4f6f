"""The actions of the review screen, and of the supervisor's own."""

from __future__ import annotations

from kodebok.i18n import mark, translator
from kodebok.tui.keymap import KeyAction

ROOM = "review"
_ = translator("review")  # the catalogue that the marked texts stand in


def _action(
    name: str, action: str, keys: str, label: str, tip: str = "", *, footer: bool = False
) -> KeyAction:
    return KeyAction(name, action, keys, label, footer, tip, ROOM)


ACTIONS = (
    _action(
        "review.accept",
        "accept",
        "a",
        mark("Accept"),
        mark("A code that is proposed is given to the passage"),
        footer=True,
    ),
    _action(
        "review.discuss",
        "discuss",
        "d",
        mark("Discuss"),
        mark("Writes back; it goes along with the next package"),
        footer=True,
    ),
    _action(
        "review.reject",
        "reject",
        "r",
        mark("Reject"),
        mark("Asks for the reason, which the supervisor is shown"),
        footer=True,
    ),
    _action(
        "review.other-code",
        "other_code",
        "e",
        mark("With another code"),
        mark("Accepts, and gives the passage a code that you choose"),
        footer=True,
    ),
    _action(
        "review.send",
        "send",
        "s",
        mark("Send excerpts"),
        mark("Writes a package for a supervisor: you choose what goes, and in which form"),
        footer=True,
    ),
    _action(
        "review.receive",
        "receive",
        "i",
        mark("Take in a file"),
        mark("Takes in what came back: Word, or a file of answers"),
        footer=True,
    ),
    _action("review.open", "open_source", "o", mark("Open source"), footer=True),
    _action(
        "review.all",
        "toggle_all",
        "v",
        mark("All or open"),
        mark("Shows also what is settled, or only what waits"),
    ),
    _action("package.agree", "agree", "a,1", mark("Agree"), footer=True),
    _action("package.doubt", "say('doubt')", "d,2", mark("Doubt"), footer=True),
    _action("package.propose", "say('propose')", "p,3", mark("Another code"), footer=True),
    _action("package.comment", "say('comment')", "c,4", mark("Comment"), footer=True),
    _action(
        "package.clear",
        "clear",
        "x",
        mark("Take back"),
        mark("Takes away the last answer on this item"),
        footer=True,
    ),
)
