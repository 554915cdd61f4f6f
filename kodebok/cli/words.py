"""The command line's language: which one is chosen, and the words that click itself says."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from kodebok.i18n import LANGUAGES, language, mark, set_language, translator
from kodebok.paths import SETTINGS_NAME, find_project, user_config_dir

_ = translator("cli")

# What click says, as it stands in click's own source; the keys of the translations.
CLICK_WORDS = (
    mark("Usage:"),
    mark("[OPTIONS]"),
    mark("[COMMAND] [ARGS]..."),
    mark("Options"),
    mark("Show this message and exit."),
    mark("default: {default}"),
    mark("required"),
    mark("Missing command."),
    mark("Missing argument"),
    mark("Missing option"),
    mark("Missing parameter"),
    mark("Invalid value: {message}"),
    mark("Invalid value for {param_hint}: {message}"),
    mark("No such option {name!r}."),
    mark("No such command {name!r}."),
    mark("Did you mean {possibility}?"),
    mark("(Did you mean one of: {possibilities}?)"),
    mark("Option {name!r} does not take a value."),
    mark("Option {name!r} requires an argument."),
    mark("Option {name!r} requires {nargs} arguments."),
    mark("Argument {name!r} takes {nargs} values."),
    mark("Got unexpected extra argument ({args})"),
    mark("Got unexpected extra arguments ({args})"),
    mark("Choose from:\n\t{choices}"),
    mark("{value!r} is not {choice}."),
    mark("{value!r} is not one of {choices}."),
    mark("{value!r} is not a valid {number_type}."),
    mark("{value} is not in the range {range}."),
    mark("{name} {filename!r} does not exist."),
    mark("{name} {filename!r} is a file."),
    mark("{name} {filename!r} is a directory."),
    mark("{name} {filename!r} is not readable."),
    mark("file"),
    mark("directory"),
    mark("path"),
    mark("File"),
    mark("Directory"),
    mark("Path"),
)

# The words for values in help and usage.
VALUE_WORDS = (
    mark("'AFTER=>TEXT'"),
    mark("1,3-5"),
    mark("ANSWER"),
    mark("CASE"),
    mark("CODE"),
    mark("CODING"),
    mark("NOTE"),
    mark("PERCENT"),
    mark("THEORY"),
    mark("YEAR"),
    mark("DATE"),
    mark("REASON"),
    mark("DIR"),
    mark("ENTITY INTO"),
    mark("ENTITY NAME"),
    mark("ENTITY"),
    mark("ENTITY ACTION"),
    mark("EQUATION"),
    mark("FILE"),
    mark("FILE DIR"),
    mark("FILE WHO"),
    mark("FILE keep|delete"),
    mark("GUIDE"),
    mark("ID"),
    mark("INTO"),
    mark("KEY"),
    mark("ID=TEXT"),
    mark("KIND"),
    mark("LETTER"),
    mark("MEMO"),
    mark("OTHER"),
    mark("METHOD"),
    mark("N"),
    mark("N clean|TEXT"),
    mark("NAME"),
    mark("NAME=VALUE"),
    mark("OLD=NEW"),
    mark("PART"),
    mark("PASSAGE"),
    mark("PLACE"),
    mark("QUERY"),
    mark("QUOTE"),
    mark("SHELL"),
    mark("SOURCE"),
    mark("SUGGESTION"),
    mark("TEXT"),
    mark("TIME"),
    mark("TIME-TIME"),
    mark("THEME"),
    mark("TURN"),
    mark("VALUE"),
    mark("WONDERING"),
    mark("WORD"),
    mark("accept|discuss|reject"),
    mark("cases|sources|VARIABLE"),
)

_MODULES = ("core", "decorators", "exceptions", "formatting", "parser", "types")


def choose_language(words: Sequence[str]) -> None:
    """Set the language: flag, then `KODEBOK_LANG`, then settings; else the system's stays.

    It is looked for before the line is read, so that a wrong line is answered in it too.
    """
    flag = _value_of(words, ("--lang",))
    if flag in LANGUAGES:
        set_language(flag)
    elif os.environ.get("KODEBOK_LANG") in LANGUAGES:
        set_language("")
    else:
        set_language(_language_of_settings(Path(_value_of(words, ("-C",)) or ".")))


def _value_of(words: Sequence[str], names: tuple[str, ...]) -> str:
    value = ""
    for place, word in enumerate(words):
        if word == "--":
            break
        head, sign, tail = word.partition("=")
        if word in names and place + 1 < len(words):
            value = words[place + 1]
        elif sign and head in names:
            value = tail
    return value


def _language_of_settings(start: Path) -> str:
    folder = find_project(start)
    if not any(
        path.is_file()
        for path in (
            user_config_dir() / "config.toml",
            *([folder / SETTINGS_NAME] if folder else []),
        )
    ):
        return ""
    from kodebok.config import Settings
    from kodebok.errors import KodebokError

    try:
        return Settings(folder).get("lang")
    except KodebokError:
        return ""


def _one_or_many(one: str, many: str, n: int) -> str:
    return _(one if n == 1 else many)


def teach_click() -> None:
    """Let click speak through our translations: it asks gettext, which knows no Norwegian."""
    import importlib

    for name in _MODULES:
        module = importlib.import_module(f"click.{name}")
        if hasattr(module, "_"):
            module._ = _  # type: ignore[attr-defined]
        if hasattr(module, "ngettext"):
            module.ngettext = _one_or_many  # type: ignore[attr-defined]


def decimal(number: float, digits: int = 1) -> str:
    """A number for people, with a comma where the language has one."""
    text = f"{number:.{digits}f}"
    return text if language() == "en" else text.replace(".", ",")


def grouped(number: int) -> str:
    """A whole number for people, its thousands apart."""
    return f"{number:,}".replace(",", "," if language() == "en" else "\u00a0")
