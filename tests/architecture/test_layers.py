"""The rooms stand in their order; SQL, screens and heavy libraries stay where they belong."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.modules import (
    all_modules,
    all_rooms,
    imported_anywhere,
    imported_when_loaded,
    strings_but_docstrings,
)

REPOSITORY = Path(__file__).parents[2]
MOST_LINES_OF_MODULE, MOST_LINES_OF_FUNCTION = 400, 50

HEAVY = frozenset(
    "av charset_normalizer docx faster_whisper lxml matplotlib numpy openpyxl pandas pdfminer "
    "plotext pyrage scipy silero_vad sklearn spacy sqlite_utils tomlkit torch whisper xlsxwriter "
    "yaml".split()
)
SCREEN = frozenset({"textual"})
COMMAND_LINE = frozenset({"click", "rich"})
DATABASE = frozenset({"sqlite3", "sqlite_utils"})
NETWORK = frozenset({"aiohttp", "ftplib", "http", "httpx", "requests", "socket", "urllib3"})

SQL = re.compile(
    r"\b(SELECT\s.+?\sFROM\b|INSERT\s+(OR\s+\w+\s+)?INTO\b|UPDATE\s+\S+\s+SET\b|DELETE\s+FROM\b|"
    r"(CREATE|DROP|ALTER)\s+(VIRTUAL\s+)?(TABLE|INDEX|VIEW|TRIGGER)\b|PRAGMA\s+\w+|"
    r"BEGIN\s+IMMEDIATE\b)",
    re.DOTALL,
)


def run_python(script: str) -> str:
    """What a script prints in a fresh interpreter."""
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=REPOSITORY, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_every_room_uses_only_what_stands_before_it() -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports_command as c; c()",
            "--no-cache",
            "--no-logo",
        ],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 broken" in done.stdout


def test_every_room_has_its_place_in_the_row() -> None:
    contract = (REPOSITORY / "pyproject.toml").read_text(encoding="utf-8")
    missing = [room for room in all_rooms() if f"kodebok.{room}" not in contract]
    assert missing == []


def test_sql_stands_in_storage_alone() -> None:
    elsewhere = [
        f"{module.name}:{line}"
        for module in all_modules()
        if module.room != "storage"
        for line, text in strings_but_docstrings(module.tree)
        if SQL.search(text)
    ]
    assert elsewhere == []


def test_the_scan_knows_sql_when_it_sees_it() -> None:
    in_storage = [
        module.name
        for module in all_modules()
        if module.room == "storage"
        and any(SQL.search(text) for _, text in strings_but_docstrings(module.tree))
    ]
    assert {"storage/history.py", "storage/codings.py", "storage/search.py"} <= set(in_storage)
    assert not SQL.search("Select a code FROM the list, update it")


@pytest.mark.parametrize(
    ("libraries", "rooms"),
    [
        (SCREEN, {"tui"}),
        (COMMAND_LINE, {"cli", "tui", "__main__"}),
        (DATABASE, {"storage"}),
        (NETWORK, {"transcribe"}),
    ],
)
def test_a_library_is_known_only_where_it_belongs(
    libraries: frozenset[str], rooms: set[str]
) -> None:
    elsewhere = [
        f"{module.name}:{line} {name}"
        for module in all_modules()
        if module.room not in rooms
        for line, name in imported_anywhere(module.tree)
        if name in libraries
    ]
    assert elsewhere == []


def test_heavy_libraries_are_imported_by_the_function_that_needs_them() -> None:
    too_early = [
        f"{module.name}:{line} {name}"
        for module in all_modules()
        for line, name in imported_when_loaded(module.tree)
        if name in HEAVY
    ]
    assert too_early == []


@pytest.mark.parametrize("room", [room for room in all_rooms() if room not in {"cli", "tui"}])
def test_loading_a_room_loads_no_heavy_library(room: str) -> None:
    script = f"""
import importlib, pkgutil, sys
import kodebok.{room} as room
for found in pkgutil.walk_packages(room.__path__, room.__name__ + "."):
    if not found.name.endswith("__main__"):
        importlib.import_module(found.name)
print(" ".join(sorted({set(HEAVY | SCREEN)!r} & sys.modules.keys())))
"""
    assert run_python(script) == ""


def test_the_domain_and_storage_load_nothing_that_they_do_not_need() -> None:
    script = """
import importlib, pkgutil, sys
for name in ("domain", "storage"):
    room = importlib.import_module("kodebok." + name)
    for found in pkgutil.walk_packages(room.__path__, room.__name__ + "."):
        importlib.import_module(found.name)
unwanted = {"textual", "numpy", "lxml", "docx", "yaml", "click", "rich", "asyncio"}
print(" ".join(sorted(unwanted & sys.modules.keys())))
"""
    assert run_python(script) == ""


def test_working_in_a_project_does_not_load_numpy() -> None:
    script = """
import sys, tempfile
from pathlib import Path
from tests.builders import add_interview, make_store
with tempfile.TemporaryDirectory() as folder, make_store(Path(folder)) as store:
    add_interview(store)
print(" ".join(sorted({"numpy", "textual", "lxml"} & sys.modules.keys())))
"""
    assert run_python(script) == ""


def test_no_module_outgrows_a_reader() -> None:
    too_long = {m.name: m.lines for m in all_modules() if m.lines > MOST_LINES_OF_MODULE}
    assert too_long == {}


def test_no_function_outgrows_a_screen() -> None:
    too_long = [
        f"{module.name}:{node.lineno} {node.name}"
        for module in all_modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and lines_of_code(node) > MOST_LINES_OF_FUNCTION
    ]
    assert too_long == []


def lines_of_code(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function without its docstring."""
    first = node.body[0]
    says = ast.get_docstring(node) is not None
    docstring = (first.end_lineno or 0) - first.lineno + 1 if says else 0
    return (node.end_lineno or 0) - node.lineno + 1 - docstring


def test_every_module_says_what_it_is_for() -> None:
    silent = [m.name for m in all_modules() if m.lines and not ast.get_docstring(m.tree)]
    assert silent == []
