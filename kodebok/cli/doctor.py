"""`kodebok doctor`: whether this machine has what kodebok needs."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

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
}


@new_command(
    mark(
        "Check Python, SQLite, the terminal, the parts that kodebok is made of, and whether the "
        "folder is copied away by a syncing service. Nothing is sent anywhere."
    )
)
@with_session
def command(session: Session) -> int:
    """Check this machine."""
    items = [*_program(), *_terminal(), *_parts(), *_folder(session)]
    words = {"ok": _("well"), "warning": _("look at this"), "missing": _("missing")}
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
    yield _item(_("Signs to look at"), "ok", "æøå ÆØÅ «» – … │ ▇ ●")


def _parts() -> Iterator[Item]:
    for module, use in _PARTS.items():
        there = find_spec(module) is not None
        remedy = "" if there else "pip install --force-reinstall kodebok"
        found = _("there") if there else _("not there")
        yield _item(f"{module} ({_(use)})", "ok" if there else "missing", found, remedy)


def _folder(session: Session) -> Iterator[Item]:
    from kodebok.paths import find_project, syncing_service, user_config_dir

    folder: Path | None = find_project(session.folder)
    if folder is None:
        yield _item(_("Study"), "ok", _("none in this folder"))
    else:
        service = syncing_service(folder)
        remedy = _("move the study to a folder that is not copied away") if service else ""
        found = service or _("not copied away by a service that kodebok knows")
        yield _item(_("Study's folder"), "warning" if service else "ok", found, remedy)
    yield _item(_("Settings"), "ok", str(user_config_dir()))
