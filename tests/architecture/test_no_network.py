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


# The one module that may, and the one that may call it, for `kodebok models download`.
DOWNLOADS = "kodebok.transcribe.model_download"
DOWNLOADER = ROOT / "kodebok" / "transcribe" / "model_download.py"
CALLER = ROOT / "kodebok" / "cli" / "models.py"


def test_only_the_download_of_models_imports_what_opens_connections():
    importing = {}
    for path in (ROOT / "kodebok").rglob("*.py"):
        found = {name.split(".")[0] for name in imported_modules(path)} & NETWORK_MODULES
        found |= {name for name in imported_modules(path) if name.startswith("urllib.request")}
        if found:
            importing[path] = found
    assert importing == {DOWNLOADER: {"http", "urllib.request"}}


def test_only_its_own_command_calls_the_download_of_models():
    callers = [
        path for path in (ROOT / "kodebok").rglob("*.py") if DOWNLOADS in imported_modules(path)
    ]
    assert callers == [CALLER]
    tree = ast.parse(CALLER.read_text(encoding="utf-8"))
    using = [
        function.name
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.ImportFrom) and node.module == DOWNLOADS
    ]
    assert using == ["download"]


def guarded(*arguments, cwd):
    return subprocess.run(
        [sys.executable, "-c", GUARDED, *arguments],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), "KODEBOK_DATA_DIR": str(cwd)},
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
        "models list",
        "models check",
    ],
)
def test_no_command_opens_a_connection(example, line):
    (example.parent / "new.txt").write_text("I: Hva?\nR: Et svar om møter.\n", encoding="utf-8")
    done = guarded(*line.split(), cwd=example)
    assert "NETWORK" not in done.stderr
    assert done.returncode == 0, done.stderr


def test_a_model_is_fetched_only_after_a_yes(example):
    line = ("models", "download", "nb-whisper-tiny-verbatim")
    asked = guarded(*line, cwd=example)
    assert asked.returncode == 2
    assert "NETWORK" not in asked.stderr
    pytest.importorskip("ctranslate2")  # without its engine it is not fetched at all
    answered = guarded(*line, "--yes", cwd=example)
    assert answered.returncode == 99
    assert "NETWORK" in answered.stderr
    assert answered.stderr.index("huggingface.co") < answered.stderr.index("NETWORK")
