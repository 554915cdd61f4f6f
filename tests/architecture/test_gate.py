"""No export goes round the gate: only one module of the export room writes files."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import kodebok

PACKAGE = Path(kodebok.__file__).parent
EXPORT = PACKAGE / "export"
WRITER = EXPORT / "write.py"

WRITING_METHODS = {"write_text", "write_bytes", "touch", "mkdir", "rename", "replace", "symlink_to"}
WRITING_MODULES = {"os", "shutil", "tempfile", "subprocess", "socket", "mmap"}
SAFE_TARGETS = {"BytesIO", "StringIO"}


def writes_of(source: str) -> list[str]:
    """What in a module's source could put bytes on the disk, with its line."""
    tree = ast.parse(source)
    memory = {
        target.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and _calls(node.value, SAFE_TARGETS)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            found += [f"{node.lineno}: import {name}" for name in _modules(node)]
        elif isinstance(node, ast.Call):
            reason = _writing_call(node, memory)
            if reason:
                found.append(f"{node.lineno}: {reason}")
    return found


def _modules(node: ast.Import | ast.ImportFrom) -> set[str]:
    names = (
        [alias.name for alias in node.names]
        if isinstance(node, ast.Import)
        else [node.module or ""]
    )
    return {name.split(".")[0] for name in names} & WRITING_MODULES


def _calls(node: ast.expr, names: set[str]) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names


def _writing_call(node: ast.Call, memory: set[str]) -> str:
    """Why the call could write, or nothing."""
    name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
    if name == "open":
        return "open"
    if name in {"save", "Workbook", "ZipFile"}:
        return "" if _stays_in_memory(name, node, memory) else name
    if name in WRITING_METHODS and isinstance(node.func, ast.Attribute):
        # `str.replace` and `datetime.replace` write nothing: paths are replaced by one argument.
        is_path = name != "replace" or (len(node.args) == 1 and not node.keywords)
        return name if is_path else ""
    return ""


def _stays_in_memory(name: str, node: ast.Call, memory: set[str]) -> bool:
    if not node.args:
        return False
    target = node.args[0]
    if _calls(target, SAFE_TARGETS) or (isinstance(target, ast.Name) and target.id in memory):
        return True
    modes = [a.value for a in node.args[1:] if isinstance(a, ast.Constant)]
    return name == "ZipFile" and not modes and not node.keywords  # opened for reading


@pytest.mark.parametrize("module", sorted(p.name for p in EXPORT.glob("**/*.py")))
def test_no_module_of_the_export_room_writes_but_the_one_that_asks_the_gate(module):
    found = writes_of((EXPORT / module).read_text(encoding="utf-8"))
    assert bool(found) is (module == WRITER.name), found


@pytest.mark.parametrize(
    "line",
    [
        "open('x', 'wb')",
        "path.open('w')",
        "path.write_bytes(b'')",
        "path.write_text('')",
        "zipfile.ZipFile(path, 'w')",
        "zipfile.ZipFile(path, mode='a')",
        "document.save(path)",
        "xlsxwriter.Workbook('x.xlsx')",
        "temporary.replace(path)",
        "import os",
        "from shutil import copyfile",
    ],
)
def test_the_check_sees_each_way_of_writing(line):
    assert writes_of(line)


def test_the_check_lets_through_what_stays_in_memory():
    assert not writes_of(
        "out = BytesIO()\ndocument.save(out)\nxlsxwriter.Workbook(out, {})\n"
        "zipfile.ZipFile(out, 'w')\nzipfile.ZipFile(path)\n'a'.replace('a', 'b')\n"
    )


def test_the_gate_is_asked_before_the_first_byte_is_written():
    tree = ast.parse(WRITER.read_text(encoding="utf-8"))
    functions = {n.name: n for n in tree.body if isinstance(n, ast.FunctionDef)}
    public = [name for name in functions if not name.startswith("_")]
    assert public == ["write_export"]
    calls = [
        (node.lineno, node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id)
        for node in ast.walk(functions["write_export"])
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute | ast.Name)
    ]
    asked = min(line for line, name in calls if name == "check")
    written = [line for line, name in calls if name == "_write_whole"]
    assert written
    assert all(line > asked for line in written)


def test_only_write_export_uses_what_writes():
    callers = {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.glob("**/*.py")
        if "_write_whole" in path.read_text(encoding="utf-8")
    }
    assert callers == {"export/write.py"}
