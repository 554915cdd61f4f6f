"""`kodebok doctor`: whether this machine has what kodebok needs."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from shutil import which

from kodebok.cli.base import new_command
from kodebok.cli.output import Column, Item, show
from kodebok.cli.session import Session, with_session
from kodebok.errors import ExitCode
from kodebok.i18n import mark, translator

_ = translator("cli")

OLDEST_SQLITE = (3, 37, 0)
_PARTS = {
    "textual": mark("the screen"),
    "docx": mark("reading Word"),
    "lxml": mark("Word and REFI-QDA"),
    "openpyxl": mark("reading spreadsheets"),
    "xlsxwriter": mark("writing spreadsheets"),
    "pdfminer": mark("reading PDF"),
    "charset_normalizer": mark("old encodings"),
    "yaml": mark("codebooks as YAML"),
    "pyrage": mark("the key file and backups, encrypted"),
    "sklearn": mark("suggestions"),
}

# What only some studies need: module or program, what for, and the line that installs it.
_EXTRAS = (
    ("whisper", mark("recognition of speech"), 'pip install "kodebok[whisper]"'),
    ("faster_whisper", mark("recognition of speech, quicker"), 'pip install "kodebok[faster]"'),
    ("av", mark("reading sound"), 'pip install "kodebok[faster]"'),
    ("spacy", mark("a language model of your own"), 'pip install "kodebok[spacy]"'),
    ("nb_core_news_lg", mark("finding names"), "python -m spacy download nb_core_news_lg"),
)
_PLAYERS = ("mpv", "ffplay")
_LEAST_FREE_MB = 2_000


@new_command(
    mark(
        "Check Python, SQLite, the terminal, the parts that kodebok is made of, what sound needs, "
        "the study's folder and its disk. Each line that lacks something says what installs it. "
        "Nothing is sent anywhere."
    )
)
@with_session
def command(session: Session) -> int:
    """Check this machine."""
    items = [*_program(), *_terminal(), *_parts(), *_extras(), *_folder(session)]
    words = {
        "ok": _("well"),
        "optional": _("not needed for all"),
        "unknown": _("not known"),
        "warning": _("look at this"),
        "missing": _("missing"),
    }
    if not session.json:
        items = [{**item, "verdict": words[item["state"]]} for item in items]
    columns = [
        Column(_("What"), "what"),
        Column(_("State"), "verdict"),
        Column(_("Found"), "found"),
        Column(_("What to do"), "remedy"),
    ]
    show(session, "doctor", items, columns)
    is_missing = any(item["state"] == "missing" for item in items)
    return ExitCode.MISSING_COMPONENT if is_missing else ExitCode.DONE


def _item(what: str, state: str, found: str, remedy: str = "") -> Item:
    return {"what": what, "state": state, "found": found, "remedy": remedy}


def _program() -> Iterator[Item]:
    from kodebok import __version__
    from kodebok.storage.database import sqlite_version

    yield _item("kodebok", "ok", __version__)
    yield _item("Python", "ok", sys.version.split()[0])
    found = sqlite_version()
    is_old = tuple(int(part) for part in found.split(".")) < OLDEST_SQLITE
    remedy = _("install a newer Python, which brings a newer SQLite") if is_old else ""
    yield _item("SQLite", "warning" if is_old else "ok", found, remedy)


def _terminal() -> Iterator[Item]:
    encoding = (sys.stdout.encoding or "").lower()
    is_utf8 = encoding.replace("-", "") == "utf8"
    remedy = "" if is_utf8 else _("set the terminal to UTF-8; on Windows: chcp 65001")
    yield _item(_("Terminal's encoding"), "ok" if is_utf8 else "warning", encoding, remedy)
    if sys.stdout.isatty():
        from shutil import get_terminal_size

        size = get_terminal_size()
        fits = size.columns >= 80 and size.lines >= 24  # noqa: PLR2004 - the smallest screen drawn for
        remedy = "" if fits else _("make the window at least 80 wide and 24 high")
        found = f"{size.columns}×{size.lines}"
        yield _item(_("Terminal's size"), "ok" if fits else "warning", found, remedy)
    colours = _colours()
    remedy = "" if colours else _("kodebok can do without: kodebok config set theme plain")
    found = colours or _("none")
    yield _item(_("Terminal's colours"), "ok" if colours else "optional", found, remedy)
    yield _item(_("Signs to look at"), "ok", "æøå ÆØÅ «» – … │ ▇ ●")


def _colours() -> str:
    """What the terminal says of its colours, as programs are used to ask it; empty for none."""
    if os.environ.get("NO_COLOR"):
        return ""
    if os.environ.get("COLORTERM", "").lower() in {"truecolor", "24bit"} or sys.platform == "win32":
        return _("16 million")
    kind = os.environ.get("TERM", "")
    if "256" in kind:
        return "256"
    return "" if kind in {"", "dumb"} else "16"


def _parts() -> Iterator[Item]:
    for module, use in _PARTS.items():
        there = find_spec(module) is not None
        remedy = "" if there else "pip install --force-reinstall kodebok"
        found = _("there") if there else _("not there")
        yield _item(f"{module} ({_(use)})", "ok" if there else "missing", found, remedy)


def _extras() -> Iterator[Item]:
    for module, use, line in _EXTRAS:
        there = find_spec(module) is not None
        state, found = ("ok", _("there")) if there else ("optional", _("not there"))
        yield _item(f"{module} ({_(use)})", state, found, "" if there else line)
    player = next((name for name in _PLAYERS if which(name)), None)
    remedy = "" if player else _player_line()
    found = player or _("not there")
    yield _item(_("Player of sound"), "ok" if player else "optional", found, remedy)


def _player_line() -> str:
    if sys.platform == "win32":
        return "winget install mpv"
    return "brew install mpv" if sys.platform == "darwin" else "sudo apt install mpv"


def _folder(session: Session) -> Iterator[Item]:
    from kodebok.paths import find_project, user_config_dir

    folder = find_project(session.folder)
    if folder is None:
        yield _item(_("Study"), "ok", _("none in this folder"))
    else:
        yield from _study_folder(folder)
    yield from _disk(folder or session.folder)
    yield _item(_("Settings"), "ok", str(user_config_dir()))


def _study_folder(folder: Path) -> Iterator[Item]:
    from kodebok.paths import syncing_service
    from kodebok.study.card import local_today, peeked_warnings

    service = syncing_service(folder)
    remedy = _("move the study to a folder that is not copied away") if service else ""
    found = service or _("not copied away by a service that kodebok knows")
    yield _item(_("Study's folder"), "warning" if service else "ok", found, remedy)
    if sys.platform == "darwin" and service is None and _is_desktop_or_documents(folder):
        yield _item(
            "iCloud",
            "unknown",
            _("a Mac does not say whether iCloud copies Desktop and Documents"),
            _("see System Settings, your name, iCloud, Drive"),
        )
    for warning in peeked_warnings(folder, local_today()):
        yield _item(_("Project card"), "warning", warning, "kodebok card")


def _is_desktop_or_documents(folder: Path) -> bool:
    home = Path.home()
    return any(folder.resolve().is_relative_to(home / name) for name in ("Desktop", "Documents"))


def _disk(folder: Path) -> Iterator[Item]:
    from shutil import disk_usage

    from kodebok.study.machine import DiskState, disk_of

    disk = disk_of(folder)
    found = {
        DiskState.ENCRYPTED: _("encrypted ({system})", system=disk.by),
        DiskState.OPEN: _("not encrypted"),
        DiskState.UNKNOWN: _("could not be found out: {why}", why=disk.why),
    }[disk.state]
    remedy = {
        DiskState.ENCRYPTED: "",
        DiskState.OPEN: _("turn on {system}, or use an encrypted disk", system=disk.by),
        DiskState.UNKNOWN: _("see for yourself, or ask the institution's IT support"),
    }[disk.state]
    states = {DiskState.ENCRYPTED: "ok", DiskState.OPEN: "warning", DiskState.UNKNOWN: "unknown"}
    yield _item(_("Disk"), states[disk.state], found, remedy)
    free = disk_usage(folder).free // 1_000_000
    is_little = free < _LEAST_FREE_MB
    remedy = _("free some space; a backup needs as much as the study") if is_little else ""
    found = _("{n} MB free", n=free)
    yield _item(_("Space"), "warning" if is_little else "ok", found, remedy)
