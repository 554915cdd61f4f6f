"""Every word for the user is there in bokmål and nynorsk, with the same placeholders."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from string import Formatter
from typing import Any

import pytest

from tests.architecture.modules import PACKAGE, Module, all_modules

LANGUAGES = ("nb", "nn")
# Functions that make a translating function, and the place of the room's name.
MAKERS = {"translator": 0, "plural_translator": 0, "translator_to": 1}
USUAL_NAMES = frozenset({"_", "_n", "mark"})


@dataclass
class Words:
    """What one room says."""

    single: set[str] = field(default_factory=set)
    plural: set[str] = field(default_factory=set)

    @property
    def all(self) -> set[str]:
        return self.single | self.plural


@cache
def words_by_room() -> dict[str, Words]:
    """The texts that each room has translated."""
    rooms: dict[str, Words] = {}
    for module in all_modules():
        if module.name == "i18n.py":
            continue
        for room, keys in _keys_of(module):
            words = rooms.setdefault(room, Words())
            (words.plural if len(keys) > 1 else words.single).add(keys[-1])
    return rooms


def _keys_of(module: Module) -> Iterator[tuple[str, list[str]]]:
    """Room and key of each translated text; two texts when it has a plural."""
    rooms = _rooms_of_names(module.tree)
    own_room = next(iter(rooms.values()), module.room)
    for node in ast.walk(module.tree):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        called = node.func
        texts = [a.value for a in node.args if isinstance(a, ast.Constant) and type(a.value) is str]
        name = ast.unparse(called) if isinstance(called, ast.Name | ast.Attribute) else ""
        if isinstance(called, ast.Call):
            room = _made_room(called)
        elif name in rooms.keys() | USUAL_NAMES:
            room = rooms.get(name, own_room)
        else:
            continue
        if room and texts:
            yield room, texts[:2]


def _rooms_of_names(tree: ast.Module) -> dict[str, str]:
    """The room of each name that a translating function is given."""
    rooms: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call):
            room = _made_room(node.value)
            for target in node.targets:
                if room and isinstance(target, ast.Name | ast.Attribute):
                    rooms[ast.unparse(target)] = room
    return rooms


def _made_room(call: ast.Call) -> str | None:
    if not isinstance(call.func, ast.Name) or call.func.id not in MAKERS:
        return None
    place = MAKERS[call.func.id]
    argument = call.args[place] if len(call.args) > place else None
    return str(argument.value) if isinstance(argument, ast.Constant) else None


def catalogue(language: str, room: str) -> dict[str, Any]:
    path = PACKAGE / "locale" / language / f"{room}.json"
    entries: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return entries


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("room", sorted(words_by_room()))
def test_every_text_of_a_room_has_its_translation_and_no_other(room: str, language: str) -> None:
    there, wanted = catalogue(language, room).keys(), words_by_room()[room].all
    assert sorted(wanted - there) == [], "not translated"
    assert sorted(there - wanted) == [], "translated, but never said"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("room", sorted(words_by_room()))
def test_a_translation_has_the_placeholders_of_its_text(room: str, language: str) -> None:
    wrong = []
    for key, entry in catalogue(language, room).items():
        forms = entry if isinstance(entry, list) else [entry]
        if placeholders(forms[-1]) != placeholders(key):
            wrong.append(key)
        wrong += [key for form in forms[:-1] if placeholders(form) - placeholders(key)]
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("room", sorted(words_by_room()))
def test_a_translation_is_words_and_a_plural_is_two(room: str, language: str) -> None:
    plurals = words_by_room()[room].plural
    wrong = []
    for key, entry in catalogue(language, room).items():
        forms = entry if isinstance(entry, list) else [entry]
        enough = len(forms) == 2 if isinstance(entry, list) else key not in plurals
        if not enough or not all(isinstance(form, str) and form.strip() for form in forms):
            wrong.append(key)
    assert wrong == []


def test_there_is_no_catalogue_without_a_room() -> None:
    files = {path.stem for path in (PACKAGE / "locale").glob("*/*.json")}
    assert files <= words_by_room().keys()


def test_the_collector_finds_texts_plurals_and_marks() -> None:
    source = (
        "_ = translator('study')\n_n = plural_translator('study')\n"
        "TITLE = mark('Later')\n"
        "def f(n):\n"
        "    self.say = translator_to('nn', 'export')\n"
        "    return _('Now'), _n('{n} code', '{n} codes', n), self.say('There'), _(TITLE)\n"
        "    return translator_to('nn', 'export')('At once')\n"
    )
    module = Module(PACKAGE / "study" / "made_up.py", 7, ast.parse(source))
    assert sorted(_keys_of(module)) == [
        ("export", ["At once"]),
        ("export", ["There"]),
        ("study", ["Later"]),
        ("study", ["Now"]),
        ("study", ["{n} code", "{n} codes"]),
    ]
