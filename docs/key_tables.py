"""Write the tables of docs/guide/13-taster.md: `python -m docs.key_tables`."""

from __future__ import annotations

import re
from html import escape
from itertools import groupby
from pathlib import Path

from kodebok.i18n import set_language
from kodebok.tui.keymap import SCOPES, KeyAction, all_actions
from kodebok.tui.words import all_key_words, scope_words

PAGE = Path(__file__).resolve().parent / "guide" / "13-taster.md"
BEGIN, END = "<!-- tastene -->", "<!-- slutt -->"


def key_row(actions: list[KeyAction]) -> str:
    """A row of the table: the keys of actions that are called the same, and what they do."""
    keys = " ".join(all_key_words(action.keys) for action in actions).split(" ")
    shown = " ".join(f"<kbd>{escape(key)}</kbd>" for key in keys)
    label, tip = actions[0].label_text(), actions[0].tip_text()
    explained = "" if tip == label else f": {tip[:1].lower()}{tip[1:]}"
    return f"| {shown} | **{label}**{explained} |"


def key_tables() -> str:
    """All tables in bokmål, a heading for each scope."""
    set_language("nb")
    parts = []
    for scope in sorted({action.scope for action in all_actions()}, key=SCOPES.index):
        listed = [action for action in all_actions() if action.scope == scope]
        rows = [key_row(list(same)) for _label, same in groupby(listed, lambda a: (a.label, a.tip))]
        heading = [f"## {scope_words(scope)}", "", "| tast | hva den gjør |", "|---|---|"]
        parts.append("\n".join([*heading, *rows]))
    set_language("")
    return "\n\n".join(parts)


def with_tables(page: str) -> str:
    """The page with the tables of now between its two marks."""
    pattern = re.escape(BEGIN) + ".*" + re.escape(END)
    return re.sub(pattern, lambda _: f"{BEGIN}\n\n{key_tables()}\n\n{END}", page, flags=re.DOTALL)


if __name__ == "__main__":
    PAGE.write_text(with_tables(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
