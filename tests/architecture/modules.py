"""The package's modules, read as syntax trees."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import kodebok

PACKAGE = Path(kodebok.__file__).parent


@dataclass(frozen=True)
class Module:
    """One module of the package."""

    path: Path
    lines: int
    tree: ast.Module

    @property
    def name(self) -> str:
        """Where it lies in the package, such as `storage/history.py`."""
        return self.path.relative_to(PACKAGE).as_posix()

    @property
    def room(self) -> str:
        """The room it belongs to, or its own name when it stands below all rooms."""
        return self.path.relative_to(PACKAGE).parts[0].removesuffix(".py")


@cache
def all_modules() -> tuple[Module, ...]:
    """Every module of the package."""
    modules = []
    for path in sorted(PACKAGE.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        modules.append(Module(path, text.count("\n"), ast.parse(text)))
    return tuple(modules)


def all_rooms() -> list[str]:
    """The rooms that have something in them."""
    return sorted({module.room for module in all_modules() if module.path.parent != PACKAGE})


def imported_when_loaded(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and top package of what a module imports as soon as it is imported itself."""
    waiting: list[ast.stmt] = list(tree.body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
            waiting += node.orelse
            continue
        yield from _imports_of(node)
        waiting += [child for child in ast.iter_child_nodes(node) if isinstance(child, ast.stmt)]


def imported_anywhere(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and top package of everything that a module imports, early or late."""
    for node in ast.walk(tree):
        yield from _imports_of(node)


def _imports_of(node: ast.AST) -> Iterator[tuple[int, str]]:
    if isinstance(node, ast.Import):
        for alias in node.names:
            yield node.lineno, alias.name.split(".")[0]
    elif isinstance(node, ast.ImportFrom) and node.level == 0:
        yield node.lineno, (node.module or "").split(".")[0]


def strings_but_docstrings(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and value of every text constant that is not a docstring."""
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in docstrings
        ):
            yield node.lineno, node.value
