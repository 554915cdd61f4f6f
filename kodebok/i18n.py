"""Words for the user in bokmål, nynorsk and English.

The English text is the key. Each room has its own catalogue `locale/LANG/ROOM.json`, a map from
English to the translation; a plural is a list of two (one, many). English needs no catalogue.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from functools import cache
from pathlib import Path

LANGUAGES = ("nb", "nn", "en")
DEFAULT_LANGUAGE = "nb"

_language = ""


def language() -> str:
    """The language in force: what was set, else `KODEBOK_LANG`, else the system's, else bokmål."""
    return _language or _language_of_environment()


def set_language(code: str) -> None:
    """Choose the language for this process; an unknown code falls back to the environment's."""
    global _language  # noqa: PLW0603 - one process speaks one language
    _language = code if code in LANGUAGES else ""


def _language_of_environment() -> str:
    chosen = os.environ.get("KODEBOK_LANG", "")
    if chosen in LANGUAGES:
        return chosen
    system = next(
        (os.environ[v] for v in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(v)), ""
    )
    prefix = system[:2].lower()
    if prefix in {"nb", "no"}:
        return "nb"
    if prefix in LANGUAGES:
        return prefix
    return DEFAULT_LANGUAGE


@cache
def _catalogue(code: str, room: str) -> dict[str, str | list[str]]:
    if code == "en":
        return {}
    path = Path(__file__).parent / "locale" / code / f"{room}.json"
    if not path.is_file():
        return {}
    entries: dict[str, str | list[str]] = json.loads(path.read_text(encoding="utf-8"))
    return entries


def translator(room: str) -> Callable[..., str]:
    """The room's translating function: `_("Imported {n} sources", n=3)`.

    Placeholders are filled after translation, by name.
    """

    def translate(text: str, /, **values: object) -> str:
        entry = _catalogue(language(), room).get(text, text)
        wording = entry if isinstance(entry, str) else entry[-1]
        return wording.format(**values) if values else wording

    return translate


def translator_to(code: str, room: str) -> Callable[..., str]:
    """As `translator`, into one given language: a document's need not be the screen's."""

    def translate(text: str, /, **values: object) -> str:
        entry = _catalogue(code if code in LANGUAGES else DEFAULT_LANGUAGE, room).get(text, text)
        wording = entry if isinstance(entry, str) else entry[-1]
        return wording.format(**values) if values else wording

    return translate


def plural_translator(room: str) -> Callable[..., str]:
    """The room's plural function: `_n("{n} source", "{n} sources", n)`."""

    def translate(one: str, many: str, n: int, /, **values: object) -> str:
        entry = _catalogue(language(), room).get(many, [one, many])
        pair = [entry, entry] if isinstance(entry, str) else entry
        return pair[0 if n == 1 else 1].format(n=n, **values)

    return translate


def mark(text: str) -> str:
    """Mark a text for translation where it is only written down, not yet shown."""
    return text
