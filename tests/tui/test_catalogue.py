"""Every word of the screen is there in bokmål and nynorsk, with its placeholders."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import pytest

import kodebok

PACKAGE = Path(kodebok.__file__).parent
PLACEHOLDER = re.compile(r"\{(\w+)\}")


def _texts_of_room(room: str) -> set[str]:
    found: set[str] = set()
    for file in sorted((PACKAGE / "tui").rglob("*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        calls = [n for n in ast.walk(tree) if isinstance(n, ast.Call)]
        rooms = {_first(call) for call in calls if _name(call).endswith("translator")}
        if file.name == "actions.py":
            rooms = {"tui"}
        if room in rooms:
            found |= {text for call in calls if (text := _text(call))}
    return found


def _name(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else ""


def _first(call: ast.Call) -> str:
    first = call.args[0] if call.args else None
    return first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else ""


def _text(call: ast.Call) -> str:
    if _name(call) in {"_", "mark"}:
        return _first(call)
    if _name(call) == "_n" and isinstance(call.args[1], ast.Constant):
        return str(call.args[1].value)
    return ""


@pytest.mark.parametrize("code", ["nb", "nn"])
def test_every_text_is_translated_with_the_same_placeholders(code: str) -> None:
    path = PACKAGE / "locale" / code / "tui.json"
    catalogue = json.loads(path.read_text(encoding="utf-8"))
    texts = _texts_of_room("tui")
    assert len(texts) > 200
    assert texts - catalogue.keys() == set()
    assert catalogue.keys() - texts == set()
    for text, entry in catalogue.items():
        for wording in [entry] if isinstance(entry, str) else entry:
            assert set(PLACEHOLDER.findall(wording)) == set(PLACEHOLDER.findall(text)), text


def test_bokmal_and_nynorsk_are_two_languages() -> None:
    one, other = (
        json.loads((PACKAGE / "locale" / code / "tui.json").read_text(encoding="utf-8"))
        for code in ("nb", "nn")
    )
    different = sum(one[text] != other[text] for text in one)
    assert different > len(one) / 2
    assert "ikke" not in json.dumps(other, ensure_ascii=False).split()
