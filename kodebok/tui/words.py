"""Names of things in the user's language: keys, acts, types and times."""

from __future__ import annotations

from functools import cache

from kodebok.i18n import language, mark, translator, translator_to

_ = translator("tui")

_KEY_WORDS = {
    "enter": mark("Enter"),
    "space": mark("Space"),
    "escape": mark("Esc"),
    "tab": mark("Tab"),
    "backspace": mark("Backspace"),
    "delete": mark("Del"),
    "insert": mark("Ins"),
    "home": mark("Home"),
    "end": mark("End"),
    "pageup": mark("PgUp"),
    "pagedown": mark("PgDn"),
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "ctrl": mark("Ctrl"),
    "shift": mark("Shift"),
    "alt": mark("Alt"),
    "super": mark("Cmd"),
}

_ACTS = {
    "coding.add": mark("coding a passage"),
    "source.import": mark("bringing in sources"),
    "project.create": mark("making the study"),
    "project.example": mark("making the example study"),
}


@cache
def _one_key(key: str, code: str) -> str:
    from textual.keys import key_to_character

    say = translator_to(code, "tui")
    *modifiers, last = key.split("+")
    if last in _KEY_WORDS:
        shown = say(_KEY_WORDS[last])
    else:
        sign = key_to_character(last) or last
        shown = sign.upper() if modifiers or len(sign) > 1 else sign
    return "+".join([*(say(_KEY_WORDS.get(name, name)) for name in modifiers), shown])


def key_words(keys: str) -> str:
    """The first of some keys, as it is written on the keyboard."""
    return _one_key(keys.partition(",")[0].strip(), language())


def all_key_words(keys: str) -> str:
    """All of some keys, with spaces between."""
    return " ".join(_one_key(key.strip(), language()) for key in keys.split(","))


def act_words(kind: str) -> str:
    """What an act did, as a noun: `coding.add` is "coding a passage"."""
    return _(_ACTS[kind]) if kind in _ACTS else kind
