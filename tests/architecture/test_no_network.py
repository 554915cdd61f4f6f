"""Promise 1: nothing leaves the machine."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NETWORK_MODULES = {
    "aiohttp",
    "ftplib",
    "http",
    "httpx",
    "requests",
    "smtplib",
    "socket",
    "socketserver",
    "ssl",
    "telnetlib",
    "urllib3",
    "webbrowser",
    "xmlrpc",
}

# Runs kodebok with a hook that ends the process at the first attempt to reach anything.
GUARDED = """
import os, sys

def refuse(event, arguments):
    if event in {"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto",
                 "socket.bind", "urllib.Request", "webbrowser.open"}:
        os.write(2, f"NETWORK {event}\\n".encode())
        os._exit(99)

sys.addaudithook(refuse)
from kodebok.__main__ import main
sys.argv[0] = "kodebok"
sys.exit(main())
"""


def imported_modules(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_no_module_imports_what_opens_connections():
    for path in (ROOT / "kodebok").rglob("*.py"):
        found = {name.split(".")[0] for name in imported_modules(path)} & NETWORK_MODULES
        found |= {name for name in imported_modules(path) if name.startswith("urllib.request")}
        assert not found, f"{path.relative_to(ROOT)} imports {found}"


def guarded(*arguments, cwd):
    return subprocess.run(
        [sys.executable, "-c", GUARDED, *arguments],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_the_guard_sees_a_connection(tmp_path):
    code = (
        GUARDED.split("from kodebok", maxsplit=1)[0]
        + "import socket\nsocket.getaddrinfo('localhost', 1)\n"
    )
    found = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, check=False)
    assert found.returncode == 99


@pytest.fixture(scope="module")
def example(tmp_path_factory):
    folder = tmp_path_factory.mktemp("offline")
    made = guarded("demo", "study", "--no-open", cwd=folder)
    assert made.returncode == 0, made.stderr
    return folder / "study"


@pytest.mark.parametrize(
    "line",
    [
        "status",
        "doctor",
        "import ../new.txt --yes",
        "matrix --json",
        "search møte",
        "quotes",
        "check",
        "export word --overwrite",
        "export html --overwrite",
        "export excel --overwrite",
        "export refi --overwrite",
        "history",
        "man",
    ],
)
def test_no_command_opens_a_connection(example, line):
    (example.parent / "new.txt").write_text("I: Hva?\nR: Et svar om møter.\n", encoding="utf-8")
    done = guarded(*line.split(), cwd=example)
    assert "NETWORK" not in done.stderr
    assert done.returncode == 0, done.stderr
