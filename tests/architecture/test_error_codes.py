"""An error's number leads to one error."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator

from tests.architecture.modules import all_modules

_CODE = re.compile(r"K\d{3}\Z")


def messages_by_code(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Code and English text of every error made as `…Error(_("…"), …, "Knnn")`."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not ast.unparse(node.func).endswith("Error"):
            continue
        given = [*node.args, *(word.value for word in node.keywords)]
        codes = [one.value for one in given if isinstance(one, ast.Constant)]
        for code in codes:
            if isinstance(code, str) and _CODE.match(code):
                yield code, _english(given[0])


def _english(message: ast.expr) -> str:
    """The text that is translated; its placeholders' values make no other message."""
    if isinstance(message, ast.Call) and message.args:
        return ast.unparse(message.args[0])
    return ast.unparse(message)


def test_two_different_messages_never_share_a_code():
    said: dict[str, set[str]] = defaultdict(set)
    for module in all_modules():
        for code, message in messages_by_code(module.tree):
            said[code].add(message)
    assert len(said) > 200
    assert {code: texts for code, texts in said.items() if len(texts) > 1} == {}


def test_a_shared_code_is_seen():
    tree = ast.parse('AError(_("one"), _("do"), "K999")\nBError(_("two {n}", n=2), "", "K999")')
    assert list(messages_by_code(tree)) == [("K999", "'one'"), ("K999", "'two {n}'")]
